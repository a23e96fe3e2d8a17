using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One fault in the summary, with the field it is mended in.</summary>
public sealed class ErrorItem
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Href { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>All that is wrong, at the top of the page; script moves the focus here.</summary>
public sealed class ErrorSummary : DesignPart
{
    [Parameter] public string? TitleText { get; set; }
    [Parameter] public string? TitleHtml { get; set; }
    [Parameter] public string? DescriptionText { get; set; }
    [Parameter] public string? DescriptionHtml { get; set; }
    [Parameter] public IReadOnlyList<ErrorItem> ErrorList { get; set; } = [];
    [Parameter] public bool? DisableAutoFocus { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    public override void Write(HtmlWriter html)
    {
        html.Raw("<div class=\"govuk-error-summary"u8).Classes(Classes).Raw("\""u8);
        if (DisableAutoFocus is { } still) html.Raw(still ? " data-disable-auto-focus=\"true\""u8 : " data-disable-auto-focus=\"false\""u8);
        html.Attributes(Attributes).Raw(" data-module=\"govuk-error-summary\"><div role=\"alert\"><h2 class=\"govuk-error-summary__title\">"u8).Content(TitleText ?? html.Phrases.Say("There is a problem"), TitleHtml)
            .Raw("</h2><div class=\"govuk-error-summary__body\">"u8);
        if (ChildContent is not null || !string.IsNullOrEmpty(DescriptionText) || !string.IsNullOrEmpty(DescriptionHtml))
            html.Raw("<p>"u8).Content(DescriptionText, DescriptionHtml, ChildContent).Raw("</p>"u8);
        if (ErrorList.Count > 0)
        {
            html.Raw("<ul class=\"govuk-list govuk-error-summary__list\">"u8);
            foreach (var item in ErrorList)
            {
                html.Raw("<li>"u8);
                if (string.IsNullOrEmpty(item.Href)) html.Content(item.Text, item.Html);
                else html.Raw("<a"u8).Attribute("href"u8, item.Href).Attributes(item.Attributes).Raw(">"u8).Content(item.Text, item.Html).Raw("</a>"u8);
                html.Raw("</li>"u8);
            }
            html.Raw("</ul>"u8);
        }
        html.Raw("</div></div></div>"u8);
    }
}
