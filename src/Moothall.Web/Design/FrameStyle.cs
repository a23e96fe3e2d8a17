using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>The council's colours in the page's head, under the nonce of this response.</summary>
public sealed class FrameStyle : Drawn
{
    [Parameter] public Look? Look { get; set; }

    public override void Write(HtmlWriter html)
    {
        // What the desk's script asks for is read and not shown; a style in it would be held against the policy of the page that asks.
        if (Look!.Nonce.Length > 0) html.Raw("<style"u8).Attribute("nonce"u8, Look.Nonce).Raw(">"u8).Raw(Look.Colours.Css).Raw("</style>"u8);
    }
}
