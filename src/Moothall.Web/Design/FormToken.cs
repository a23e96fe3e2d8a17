using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>The hidden field that proves a form came from our own page.</summary>
public sealed class FormToken : Drawn
{
    /// <summary>The token of FormTokens.For.</summary>
    [Parameter] public string? Value { get; set; }

    public override void Write(HtmlWriter html) => html.Raw("<input type=\"hidden\" name=\"__RequestVerificationToken\""u8).Attribute("value"u8, Value).Raw(">"u8);
}
