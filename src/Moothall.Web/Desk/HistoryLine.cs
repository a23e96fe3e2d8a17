using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>One line of a case's history as a plain sentence for staff, with what was written and answered, and what the customer reads of it.</summary>
/// <param name="Sentence">Who did what: "Amara Okafor chose “Send an inspector”. It went to “Inspect the road”." It ends with a colon where words follow.</param>
/// <param name="Words">A note, question or answer as it was written; null when there is none.</param>
/// <param name="Told">What the customer reads of this when they follow the case, as the whole sentence that says so; null when nothing.</param>
/// <param name="Asked">Staff questions that the action asked.</param>
public sealed record HistoryLine(Instant At, MarkupString Sentence, string? Words, MarkupString? Told, IReadOnlyList<Question> Asked, Answers Answers)
{
    /// <summary>Whether it was taken back within the minute; then nobody was told of it.</summary>
    public bool IsUndone { get; init; }
    /// <summary>The version of the case that it made.</summary>
    public int Version { get; init; }
    /// <summary>What it came to for payments and partners, a sentence for each thing.</summary>
    public IReadOnlyList<MarkupString> Came { get; init; } = [];
    /// <summary>The sentence where no words follow it, with what it came to.</summary>
    public MarkupString Alone => new(string.Join(' ', Came.Select(c => c.Value).Prepend(Ended(Sentence))));

    // What was written is left out: the sentence ends where it would have followed.
    static string Ended(MarkupString sentence) => sentence.Value.EndsWith(':') ? sentence.Value[..^1] + "." : sentence.Value;

    /// <summary>A case's history, newest first.</summary>
    public static IReadOnlyList<HistoryLine> NewestFirst(CaseFile file, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. file.History.Reverse().Select(entry => Of(entry, file, desk))];
    }

    /// <summary>One entry in words.</summary>
    /// <param name="toThem">Said to whoever did it: "You chose …".</param>
    public static HistoryLine Of(HistoryEntry entry, CaseFile file, DeskVisit desk, bool toThem = false)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(desk);
        var asked = Questions(entry, file);
        var undone = file.History.Any(h => h.Undoes == entry.Version);
        var sentence = SentenceOf(entry, file, desk, toThem);
        return new HistoryLine(entry.At, sentence, entry.Note, undone ? null : Read(entry, file, desk), asked,
            asked.Count == 0 ? Answers.None : AnswersJson.Read(asked, entry.AnswersJson!)) 
        {
            IsUndone = undone, Version = entry.Version, Came = entry.CameTo is { } came ? [.. MoveWords.Of(came, file.ChargedBy, desk)] : [],
        };
    }

    static MarkupString? Read(HistoryEntry entry, CaseFile file, DeskVisit desk) =>
        CaseQueries.Progress(file.Case, file.Definition, [entry], desk.Look.Language).History is [var told, ..] ? desk.Look.SayHtml("The customer reads: {words}", ("words", InItsLanguage(told))) : null;

    static object InItsLanguage(ProgressLine told) => told.Language is { } other ? Design.Told.Marked(other, told.What) : told.What;

    static MarkupString SentenceOf(HistoryEntry entry, CaseFile file, DeskVisit desk, bool toThem)
    {
        var (look, council, work) = (desk.Look, desk.Council, file.Definition.Work);
        object by = toThem ? "you" : entry.ByMember is null ? "program" : "other";
        var who = entry.ByMember is { } member ? DeskWords.Member(desk, member) : look.Say("The program");
        var chosen = work.Stages.Concat(file.AnswersDefinition.Work.Stages).Select(s => s.FindAction(entry.Action ?? "")).FirstOrDefault(a => a is not null);
        object action = chosen is null ? entry.Action ?? "" : desk.Html(chosen.Label);
        var channel = DeskWords.By(desk.Phrases, file.Case.Channel);
        return entry.Kind switch
        {
            "received" when file.SentFor is { } sent && entry.ByMember is null => new MarkupString(System.Net.WebUtility.HtmlEncode(MyAccount.ActingWords.Sent(look, sent))),
            "received" when file.Case.Imported => look.SayHtml("We got it ({channel}). It was brought in from an older system.", ("channel", channel)),
            "received" when entry.ByMember is not null && file.Case.Channel is not ("web" or "api") =>
                look.SayHtml("{by, select, you {You took it down ({channel}).} other {{who} took it down ({channel}).}}", ("by", by), ("who", who), ("channel", channel)),
            "received" => look.SayHtml("We got it ({channel}).", ("channel", channel)),
            "advanced" or "closed" when entry.GivenTo == CoSigning.ByLink => entry.Note is null ? look.SayHtml("Whoever must agree answered by their link: “{action}”.", ("action", action)) : look.SayHtml("Whoever must agree answered by their link: “{action}”. They wrote:", ("action", action)),
            "advanced" => look.SayHtml("{by, select, you {You chose “{action}”. It went to “{stage}”.} program {The program chose “{action}”. It went to “{stage}”.} other {{who} chose “{action}”. It went to “{stage}”.}}",
                ("by", by), ("who", who), ("action", action), ("stage", DeskWords.Stage(desk, file.Definition, entry.Stage ?? ""))),
            "closed" when entry.Outcome == WithdrawCase.Outcome && entry.ByMember is null => entry.Note is null ? look.SayHtml("The customer withdrew it.") : look.SayHtml("The customer withdrew it:"),
            "closed" when entry.Outcome == WithdrawCase.Outcome =>
                look.SayHtml("{by, select, you {You closed it because the person withdrew it.} other {{who} closed it because the person withdrew it.}}", ("by", by), ("who", who)),
            "closed" => look.SayHtml("{by, select, you {You chose “{action}”. The case is closed.} program {The program chose “{action}”. The case is closed.} other {{who} chose “{action}”. The case is closed.}}",
                ("by", by), ("who", who), ("action", action)),
            "reopened" => look.SayHtml("{by, select, you {You opened it again.} program {The program opened it again.} other {{who} opened it again.}}", ("by", by), ("who", who)),
            "moved" when entry.GivenTo is null => look.SayHtml("{by, select, you {You moved it to another team.} program {The program moved it to another team.} other {{who} moved it to another team.}}", ("by", by), ("who", who)),
            "moved" when council.Teams.ContainsKey(entry.GivenTo) => look.SayHtml("{by, select, you {You moved it to {to}.} program {The program moved it to {to}.} other {{who} moved it to {to}.}}",
                ("by", by), ("who", who), ("to", DeskWords.TeamIn(council, entry.GivenTo))),
            "moved" => look.SayHtml("{by, select, you {You moved it to “{service}”.} program {The program moved it to “{service}”.} other {{who} moved it to “{service}”.}}",
                ("by", by), ("who", who), ("service", entry.GivenTo == file.Definition.Name ? desk.Html(file.Definition.Title) : entry.GivenTo)),
            "assign" when entry.GivenTo is null => look.SayHtml("{by, select, you {You took it from whoever had it. Nobody has it now.} program {The program took it from whoever had it. Nobody has it now.} other {{who} took it from whoever had it. Nobody has it now.}}",
                ("by", by), ("who", who)),
            "assign" when entry.GivenTo == entry.ByMember => look.SayHtml("{by, select, you {You took it.} other {{who} took it.}}", ("by", by), ("who", who)),
            "assign" => look.SayHtml("{by, select, you {You gave it to {to}.} program {The program gave it to {to}.} other {{who} gave it to {to}.}}", ("by", by), ("who", who), ("to", DeskWords.Member(desk, entry.GivenTo))),
            "note" => look.SayHtml("{by, select, you {You wrote a note:} program {The program wrote a note:} other {{who} wrote a note:}}", ("by", by), ("who", who)),
            "ask-customer" => look.SayHtml("{by, select, you {You asked the customer:} program {The program asked the customer:} other {{who} asked the customer:}}", ("by", by), ("who", who)),
            "answered" => look.SayHtml("The customer answered:"),
            "sent" => council.Contractors.FirstOrDefault(c => c.Id == entry.GivenTo)?.Name is { } contractor
                ? look.SayHtml("{by, select, you {You sent it to {to}.} program {The program sent it to {to}.} other {{who} sent it to {to}.}}", ("by", by), ("who", who), ("to", contractor))
                : look.SayHtml("{by, select, you {You sent it to a contractor.} program {The program sent it to a contractor.} other {{who} sent it to a contractor.}}", ("by", by), ("who", who)),
            "undone" => file.History.FirstOrDefault(h => h.Version == entry.Undoes) is { } taken
                ? look.SayHtml("{by, select, you {You took this back: {what}} other {{who} took this back: {what}}}", ("by", by), ("who", who), ("what", new MarkupString(Ended(SentenceOf(taken, file, desk, toThem)))))
                : look.SayHtml("{by, select, you {You took the last step back.} other {{who} took the last step back.}}", ("by", by), ("who", who)),
            "payment" => look.SayHtml("{by, select, you {You recorded a payment.} program {The program recorded a payment.} other {{who} recorded a payment.}}", ("by", by), ("who", who)),
            "charge" => look.SayHtml("{by, select, you {You added a charge.} program {The program added a charge.} other {{who} added a charge.}}", ("by", by), ("who", who)),
            "send-link" => look.SayHtml("{by, select, you {You had another link sent to whoever must agree.} program {The program had another link sent to whoever must agree.} other {{who} had another link sent to whoever must agree.}}", ("by", by), ("who", who)),
            "passed-on" => look.SayHtml("{by, select, you {You marked it as passed on to the partner.} program {The program marked it as passed on to the partner.} other {{who} marked it as passed on to the partner.}}", ("by", by), ("who", who)),
            "reminded" => look.SayHtml("The person was reminded that it runs out."),
            "added" => look.SayHtml("The customer added:"),
            _ => look.SayHtml("{who}: {what}.", ("who", who), ("what", entry.Kind)),
        };
    }

    /// <summary>The questions whose answers an entry holds. After a move they may be those of the service it was.</summary>
    static List<Question> Questions(HistoryEntry entry, CaseFile file)
    {
        if (entry.AnswersJson is not { } json) return [];
        if (entry.Kind == "added") return [.. ResidentActs.Additions.Where(q => q.Type.Name == "file")];
        if (entry.Kind == "send-link") return [.. CoSigning.LinkQuestions];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(m => file.Definition.Work.FindQuestion(m.Name) ?? file.AnswersDefinition.Work.FindQuestion(m.Name)).OfType<Question>()];
    }
}
