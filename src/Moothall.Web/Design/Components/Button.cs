using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>Sends a form, or starts something when it is a link that looks like a button.</summary>
public sealed class Button : WordedPart
{
    [Parameter] public string? Id { get; set; }
    [Parameter] public string? Name { get; set; }
    [Parameter] public string? Value { get; set; }
    [Parameter] public string? Type { get; set; }
    [Parameter] public string? Href { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public bool? PreventDoubleClick { get; set; }
    [Parameter] public bool IsStartButton { get; set; }

    public override void Write(HtmlWriter html)
    {
        var link = !string.IsNullOrEmpty(Href);
        if (link) html.Raw("<a"u8).Attribute("href"u8, Href).Raw(" role=\"button\" draggable=\"false\""u8);
        else
        {
            html.Raw("<button"u8).Attribute("type"u8, string.IsNullOrEmpty(Type) ? "submit" : Type).Attribute("value"u8, Value).Attribute("name"u8, Name);
            if (Disabled) html.Raw(" disabled aria-disabled=\"true\""u8);
            if (PreventDoubleClick is { } prevent) html.Raw(prevent ? " data-prevent-double-click=\"true\""u8 : " data-prevent-double-click=\"false\""u8);
        }
        html.Raw(" class=\"govuk-button"u8).Classes(Classes).Raw(IsStartButton ? " govuk-button--start\""u8 : "\""u8)
            .Raw(" data-module=\"govuk-button\""u8).Attributes(Attributes).Attribute("id"u8, Id).Raw(">"u8);
        var wrapped = IsStartButton && !string.IsNullOrEmpty(Html);
        if (wrapped) html.Raw("<span>"u8);
        html.Content(Text, Html, ChildContent);
        if (wrapped) html.Raw("</span>"u8);
        if (IsStartButton)
            html.Raw("<svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\" width=\"17.5\" height=\"19\" viewBox=\"0 0 33 40\" aria-hidden=\"true\" focusable=\"false\"><path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/></svg>"u8);
        html.Raw(link ? "</a>"u8 : "</button>"u8);
    }
}
