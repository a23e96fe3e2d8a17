using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Preview;

/// <summary>The map of a journey in words: the same stops in the same order, each loop a list within the list.</summary>
public sealed class MapList : Drawn
{
    [Parameter, EditorRequired] public required Look Look { get; set; }
    [Parameter, EditorRequired] public required ServiceDefinition Definition { get; set; }
    [Parameter, EditorRequired] public required PathCoverage Coverage { get; set; }
    /// <summary>Where the page of a part opens; null where it has none to open.</summary>
    [Parameter] public Func<MapMark, PathPart?, string?, string?> Href { get; set; } = (_, _, _) => null;

    public override void Write(HtmlWriter html)
    {
        html.Raw("<ol class=\"govuk-list map-list\">"u8);
        Item(html, MapMark.Start, null, null, Look.Say("Start page"), null);
        html.Raw("</li>"u8);
        Items(html, JourneyMap.Of(Definition));
        Item(html, MapMark.Send, null, null, Look.Say("Check your answers and send"), null);
        html.Raw("</li></ol>"u8);
    }

    void Items(HtmlWriter html, IReadOnlyList<MapItem> items)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case MapSection { Section: var section }:
                    html.Raw("<li><strong>"u8).Raw(Look.Html(section.Title).Value).Raw("</strong>"u8);
                    break;
                case MapQuestion { Question: var question } of:
                    Item(html, MapMark.Question, new PathPart(PathKind.Asked, question.Name), question.Name, (question.Short ?? question.Text).In(Look.Language), question.Optional ? Look.Say("May be left out") : null);
                    if (question.IsGroup) html.Raw("<br><span class=\"map-list__quiet\">"u8).Text(Look.Say("In each row:")).Raw("</span>"u8);
                    Inside(html, of.Inside);
                    break;
                case MapPage { Page.IsOnlyRead: true, Page: var page }:
                    Item(html, MapMark.Read, page.When is null ? null : new PathPart(PathKind.Shown, page.Name), page.Name, page.Title.In(Look.Language), Look.Say("Only read"));
                    break;
                case MapPage { Page: var page } of:
                    Item(html, MapMark.Page, null, page.Name, page.Title.In(Look.Language), Look.Say("One page"));
                    Inside(html, of.Inside);
                    break;
                case MapExit { Exit: var exit }:
                    Item(html, MapMark.Exit, new PathPart(PathKind.Exit, exit.Name), exit.Name, exit.Title.In(Look.Language), Look.Say("Ends here if {condition}", ("condition", exit.When.InWords(Look.Phrases))));
                    break;
                case MapAlert { Alert: var alert }:
                    Item(html, MapMark.Alert, new PathPart(PathKind.Alert, alert.Name), alert.Name, alert.Title.In(Look.Language), Look.Say("Told at once if {condition}", ("condition", alert.When.InWords(Look.Phrases))));
                    break;
                case MapBranch branch:
                    html.Raw("<li><span class=\"map-list__when\">"u8).Text(Look.Say("If {condition}", ("condition", branch.When.InWords(Look.Phrases)))).Raw("</span>"u8);
                    Note(html, JourneyLayout.StatesOf(branch, Coverage).Past switch { MapState.Untested => Look.Say("No example passes this by"), MapState.Never => Look.Say("Nobody passes this by"), _ => null }, never: false);
                    Inside(html, branch.Inside);
                    break;
            }
            html.Raw("</li>"u8);
        }
    }

    void Inside(HtmlWriter html, IReadOnlyList<MapItem> items)
    {
        if (items.Count == 0) return;
        html.Raw("<ol class=\"govuk-list map-list\">"u8);
        Items(html, items);
        html.Raw("</ol>"u8);
    }

    void Item(HtmlWriter html, MapMark mark, PathPart? part, string? about, string words, string? quiet)
    {
        html.Raw("<li>"u8);
        if (Href(mark, part, about) is { } href) html.Raw("<a class=\"govuk-link\""u8).Attribute("href"u8, href).Raw(">"u8).Text(words).Raw("</a>"u8);
        else html.Text(words);
        if (quiet is not null) html.Raw("<br><span class=\"map-list__quiet\">"u8).Text(quiet).Raw("</span>"u8);
        if (part is null || Coverage.Find(part.Kind, part.Of, part.Name) is not { } covered) return;
        if (!covered.IsPossible) Note(html, Look.Say("Nobody can come here"), never: true);
        else if (!covered.IsTaken) Note(html, Look.Say("No example comes here"), never: false);
    }

    static void Note(HtmlWriter html, string? words, bool never)
    {
        if (words is null) return;
        html.Raw(" <strong class=\"map-list__note"u8).Raw(never ? " is-never"u8 : ""u8).Raw("\">"u8).Text(words).Raw("</strong>"u8);
    }
}
