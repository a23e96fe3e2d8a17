using Markdig;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>Prose of a definition or of the council, in Markdown. HTML in it is shown as text: what designers write is words, never markup.</summary>
public sealed class MarkdownText : Drawn
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePipeTables().Build();

    [Parameter, EditorRequired] public required string Markdown { get; set; }

    /// <summary>The language of the prose where it is not the page's (WCAG 2.2, 3.1.2).</summary>
    [Parameter] public string? Language { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        html.Raw("<div class=\"prose\""u8).Attribute("lang"u8, Language).Attribute("dir"u8, Language is null ? null : Phrases.In(Language).Direction).Raw(">"u8).Raw(Dressed(Markdig.Markdown.ToHtml(Markdown, Pipeline))).Raw("</div>"u8);
    }

    // The classes that govuk-frontend gives to plain elements; Markdig writes each of these tags without attributes.
    static string Dressed(string html) => html
        .Replace("<p>", "<p class=\"govuk-body\">", StringComparison.Ordinal).Replace("<h1>", "<h1 class=\"govuk-heading-l\">", StringComparison.Ordinal)
        .Replace("<h2>", "<h2 class=\"govuk-heading-m\">", StringComparison.Ordinal).Replace("<h3>", "<h3 class=\"govuk-heading-s\">", StringComparison.Ordinal)
        .Replace("<ul>", "<ul class=\"govuk-list govuk-list--bullet\">", StringComparison.Ordinal).Replace("<ol>", "<ol class=\"govuk-list govuk-list--number\">", StringComparison.Ordinal)
        .Replace("<table>", "<table class=\"govuk-table\">", StringComparison.Ordinal).Replace("<th>", "<th class=\"govuk-table__header\" scope=\"col\">", StringComparison.Ordinal)
        .Replace("<td>", "<td class=\"govuk-table__cell\">", StringComparison.Ordinal).Replace("<a href", "<a class=\"govuk-link\" href", StringComparison.Ordinal);
}
