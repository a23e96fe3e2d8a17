using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Preview;

/// <summary>What the parts of a service's paths are called.</summary>
static class PreviewWords
{
    /// <summary>What the parts of a kind are called together.</summary>
    public static string Kind(Look look, KindCovered kind) => kind.Kinds[0] switch
    {
        PathKind.Asked => look.Say("Questions that are asked"),
        PathKind.PassedOver => look.Say("Questions with a condition that are passed over"),
        PathKind.Shown => look.Say("Pages with a condition, shown and not shown"),
        PathKind.Exit => look.Say("Ends other than sending"),
        PathKind.Alert => look.Say("Dangers that are told"),
        PathKind.Decided => look.Say("Values of decisions"),
        PathKind.Charged => look.Say("Charges with a condition, due and not due"),
        PathKind.Shared => look.Say("Partners with a condition, told and not told"),
        PathKind.Stage => look.Say("Stages of the case"),
        _ => look.Say("Actions of staff"),
    };

    /// <summary>One part, as a sentence says what happens.</summary>
    public static string Part(Look look, ServiceDefinition definition, PathPart part)
    {
        var language = look.Language;
        string Question() => definition.Ask.SelectMany(QuestionTree.WithThoseInside).First(q => q.Name == part.Name).Label(language);
        string Page() => definition.Pages.First(p => p.Name == part.Name).Title.In(language);
        string Charge() => definition.Charges.First(c => c.Name == part.Name).Label.In(language);
        string Stage() => definition.Work.FindStage(part.Of)!.Label.In(language);
        return part.Kind switch
        {
            PathKind.Asked => look.Say("“{question}” is asked", ("question", Question())),
            PathKind.PassedOver => look.Say("“{question}” is passed over", ("question", Question())),
            PathKind.Shown => look.Say("The page “{page}” is shown", ("page", Page())),
            PathKind.NotShown => look.Say("The page “{page}” is not shown", ("page", Page())),
            PathKind.Exit => look.Say("The journey ends with “{title}”", ("title", definition.Exits.First(e => e.Name == part.Name).Title.In(language))),
            PathKind.Alert => look.Say("“{title}” is told", ("title", definition.Alerts.First(a => a.Name == part.Name).Title.In(language))),
            PathKind.Decided => definition.InWords(part.Of, part.Name) is var (what, value) ? look.Say("“{decision}” is “{value}”", ("decision", what.In(language)), ("value", value.In(language))) : part.Name,
            PathKind.Charged => look.Say("“{charge}” is due", ("charge", Charge())),
            PathKind.NotCharged => look.Say("“{charge}” is not due", ("charge", Charge())),
            PathKind.Shared => look.Say("{partner} is told", ("partner", part.Name)),
            PathKind.NotShared => look.Say("{partner} is not told", ("partner", part.Name)),
            PathKind.Stage => look.Say("The case comes to “{stage}”", ("stage", Stage())),
            _ => look.Say("In “{stage}” staff choose “{action}”", ("stage", Stage()), ("action", definition.Work.FindStage(part.Of)!.FindAction(part.Name)!.Label.In(language))),
        };
    }
}
