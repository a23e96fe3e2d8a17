using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>The words of one danger with the number to ring, for a page, a box above the answers, and what an advisor reads out.</summary>
public sealed class AlertWords : Drawn
{
    [Parameter, EditorRequired] public required Look Look { get; set; }
    [Parameter, EditorRequired] public required Alert Alert { get; set; }
    /// <summary>The council's own number for the service, where the alert names no other.</summary>
    [Parameter, EditorRequired] public required string CouncilPhone { get; set; }
    [Parameter] public int HeadingLevel { get; set; } = 2;

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var number = Alert.Ring ?? CouncilPhone;
        var level = HeadingLevel.ToString(CultureInfo.InvariantCulture);
        html.Raw("<h"u8).Text(level).Raw(" class=\"danger__title\">"u8).Raw(Look.Html(Alert.Title).Value).Raw("</h"u8).Text(level).Raw(">"u8);
        html.Part(new MarkdownText { Markdown = Alert.Text.In(Look.Language), Language = Look.LanguageOf(Alert.Text) });
        html.Raw("<p class=\"danger__ring\"><a class=\"govuk-link\""u8).Attribute("href"u8, "tel:" + number.Replace(" ", "", StringComparison.Ordinal)).Raw(">"u8)
            .Text(Look.Say("Ring {number}", ("number", number))).Raw("</a></p>"u8);
    }
}
