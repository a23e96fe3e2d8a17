using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>The label of a field; on a question page it is the page's heading.</summary>
public sealed class Label : WordedPart
{
    [Parameter] public string? For { get; set; }
    [Parameter] public bool IsPageHeading { get; set; }

    public static implicit operator Label(string text) => new() { Text = text };

    public override void Write(HtmlWriter html) => Write(html, For);

    internal void Write(HtmlWriter html, string? field, ReadOnlySpan<byte> kind = default)
    {
        if (string.IsNullOrEmpty(Text) && string.IsNullOrEmpty(Html) && ChildContent is null) return;
        if (IsPageHeading) html.Raw("<h1 class=\"govuk-label-wrapper\">"u8);
        html.Raw("<label class=\"govuk-label"u8).Raw(kind).Classes(Classes).Raw("\""u8).Attributes(Attributes).Attribute("for"u8, field).Raw(">"u8)
            .Content(Text, Html, ChildContent).Raw("</label>"u8);
        if (IsPageHeading) html.Raw("</h1>"u8);
    }
}

/// <summary>Help that stands under a label; only where it helps, and without links.</summary>
public sealed class Hint : WordedPart
{
    [Parameter] public string? Id { get; set; }

    public static implicit operator Hint(string text) => new() { Text = text };

    public override void Write(HtmlWriter html) => Write(html, Id);

    internal void Write(HtmlWriter html, string? id, ReadOnlySpan<byte> kind = default) =>
        html.Raw("<div"u8).Attribute("id"u8, id).Raw(" class=\"govuk-hint"u8).Raw(kind).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8)
            .Content(Text, Html, ChildContent).Raw("</div>"u8);
}

/// <summary>What is wrong with a field and how to mend it, in the same words as the summary at the top.</summary>
public sealed class ErrorMessage : WordedPart
{
    [Parameter] public string? Id { get; set; }
    /// <summary>Read before the message, "Error" where null; empty leaves it out.</summary>
    [Parameter] public string? VisuallyHiddenText { get; set; }

    public static implicit operator ErrorMessage?(string? text) => text is null ? null : new() { Text = text };

    public override void Write(HtmlWriter html) => Write(html, Id);

    internal void Write(HtmlWriter html, string? id)
    {
        html.Raw("<p"u8).Attribute("id"u8, id).Raw(" class=\"govuk-error-message"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8);
        if (VisuallyHiddenText != "") html.Raw("<span class=\"govuk-visually-hidden\">"u8).Text(VisuallyHiddenText ?? html.Phrases.Say("Error")).Raw(":</span> "u8);
        html.Content(Text, Html, ChildContent).Raw("</p>"u8);
    }
}
