using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>The legend of a group of fields; on a question page it is the page's heading.</summary>
public sealed class Legend
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Classes { get; set; }
    public bool IsPageHeading { get; set; }

    public static implicit operator Legend(string text) => new() { Text = text };
}

/// <summary>Fields that belong together under one legend.</summary>
public sealed class Fieldset : DesignPart
{
    [Parameter] public Legend? Legend { get; set; }
    [Parameter] public string? DescribedBy { get; set; }
    [Parameter] public string? Role { get; set; }
    [Parameter] public string? Html { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    public override void Write(HtmlWriter html)
    {
        Open(html, DescribedBy, Role);
        html.Content(null, Html, ChildContent);
        Close(html);
    }

    internal void Open(HtmlWriter html, string? describedBy, string? role)
    {
        html.Raw("<fieldset class=\"govuk-fieldset"u8).Classes(Classes).Raw("\""u8).Attribute("role"u8, role).Attribute("aria-describedby"u8, describedBy).Attributes(Attributes).Raw(">"u8);
        if (Legend is not { } legend || (string.IsNullOrEmpty(legend.Text) && string.IsNullOrEmpty(legend.Html))) return;
        html.Raw("<legend class=\"govuk-fieldset__legend"u8).Classes(legend.Classes).Raw("\">"u8);
        if (legend.IsPageHeading) html.Raw("<h1 class=\"govuk-fieldset__heading\">"u8).Content(legend.Text, legend.Html).Raw("</h1>"u8);
        else html.Content(legend.Text, legend.Html);
        html.Raw("</legend>"u8);
    }

    internal static void Close(HtmlWriter html) => html.Raw("</fieldset>"u8);
}
