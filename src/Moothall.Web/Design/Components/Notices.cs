using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>A short state of something: "New", "Late".</summary>
public sealed class Tag : WordedPart
{
    public override void Write(HtmlWriter html) =>
        html.Raw("<strong class=\"govuk-tag"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8).Content(Text, Html, ChildContent).Raw("</strong>"u8);
}

/// <summary>The confirmation that something was sent, with its reference. No links inside.</summary>
public sealed class Panel : WordedPart
{
    [Parameter] public string? TitleText { get; set; }
    [Parameter] public string? TitleHtml { get; set; }
    [Parameter] public int? HeadingLevel { get; set; }

    public override void Write(HtmlWriter html)
    {
        html.Raw("<div class=\"govuk-panel govuk-panel--confirmation"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw("><h"u8).Number(HeadingLevel ?? 1)
            .Raw(" class=\"govuk-panel__title\">"u8).Content(TitleText, TitleHtml).Raw("</h"u8).Number(HeadingLevel ?? 1).Raw(">"u8);
        if (ChildContent is not null || !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(Html))
            html.Raw("<div class=\"govuk-panel__body\">"u8).Content(Text, Html, ChildContent).Raw("</div>"u8);
        html.Raw("</div>"u8);
    }
}

/// <summary>More for those who want it, folded away.</summary>
public sealed class Details : WordedPart
{
    [Parameter] public string? Id { get; set; }
    [Parameter] public string? SummaryText { get; set; }
    [Parameter] public string? SummaryHtml { get; set; }
    [Parameter] public bool Open { get; set; }
    /// <summary>A part drawn inside instead of words or markup.</summary>
    [Parameter] public Part? Inside { get; set; }

    public override void Write(HtmlWriter html)
    {
        html.Raw("<details"u8).Attribute("id"u8, Id).Raw(" class=\"govuk-details"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Flag("open"u8, Open)
            .Raw("><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">"u8).Content(SummaryText, SummaryHtml)
            .Raw("</span></summary><div class=\"govuk-details__text\">"u8);
        if (Inside is not null) html.Part(Inside);
        else html.Content(Text, Html, ChildContent);
        html.Raw("</div></details>"u8);
    }
}

/// <summary>A note set apart from the text around it.</summary>
public sealed class InsetText : WordedPart
{
    [Parameter] public string? Id { get; set; }

    public override void Write(HtmlWriter html) =>
        html.Raw("<div"u8).Attribute("id"u8, Id).Raw(" class=\"govuk-inset-text"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8).Content(Text, Html, ChildContent).Raw("</div>"u8);
}

/// <summary>Something that has consequences when overlooked.</summary>
public sealed class WarningText : WordedPart
{
    [Parameter] public string? IconFallbackText { get; set; }

    public override void Write(HtmlWriter html) =>
        html.Raw("<div class=\"govuk-warning-text"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes)
            .Raw("><span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span><strong class=\"govuk-warning-text__text\"><span class=\"govuk-visually-hidden\">"u8)
            .Text(string.IsNullOrEmpty(IconFallbackText) ? html.Phrases.Say("Warning") : IconFallbackText).Raw("</span> "u8).Content(Text, Html, ChildContent).Raw("</strong></div>"u8);
}

/// <summary>Something that happened, told on the next page ("The case was closed").</summary>
public sealed class NotificationBanner : WordedPart
{
    [Parameter] public string? Type { get; set; }
    [Parameter] public string? Role { get; set; }
    [Parameter] public string? TitleText { get; set; }
    [Parameter] public string? TitleHtml { get; set; }
    [Parameter] public int? TitleHeadingLevel { get; set; }
    [Parameter] public string? TitleId { get; set; }
    [Parameter] public bool? DisableAutoFocus { get; set; }

    public override void Write(HtmlWriter html)
    {
        var success = Type == "success";
        var titleId = string.IsNullOrEmpty(TitleId) ? "govuk-notification-banner-title" : TitleId;
        html.Raw("<div class=\"govuk-notification-banner"u8).Raw(success ? " govuk-notification-banner--success"u8 : ""u8).Classes(Classes).Raw("\""u8)
            .Attribute("role"u8, !string.IsNullOrEmpty(Role) ? Role : success ? "alert" : "region").Attribute("aria-labelledby"u8, titleId).Raw(" data-module=\"govuk-notification-banner\""u8);
        if (DisableAutoFocus is { } still) html.Raw(still ? " data-disable-auto-focus=\"true\""u8 : " data-disable-auto-focus=\"false\""u8);
        html.Attributes(Attributes).Raw("><div class=\"govuk-notification-banner__header\"><h"u8).Number(TitleHeadingLevel ?? 2).Raw(" class=\"govuk-notification-banner__title\""u8).Attribute("id"u8, titleId)
            .Raw(">"u8).Content(string.IsNullOrEmpty(TitleText) ? (success ? html.Phrases.Say("Success") : html.Phrases.Say("Important")) : TitleText, TitleHtml).Raw("</h"u8).Number(TitleHeadingLevel ?? 2)
            .Raw("></div><div class=\"govuk-notification-banner__content\">"u8);
        if (ChildContent is not null || !string.IsNullOrEmpty(Html)) html.Content(null, Html, ChildContent);
        else if (!string.IsNullOrEmpty(Text)) html.Raw("<p class=\"govuk-notification-banner__heading\">"u8).Text(Text).Raw("</p>"u8);
        html.Raw("</div></div>"u8);
    }
}
