using Microsoft.AspNetCore.Components;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>A deadline with a sign of its own where it is late or soon, so that colour never says it alone.</summary>
public sealed class DueMark : Drawn
{
    [Parameter, EditorRequired] public required DueWords Due { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (Due.Matters is null) html.Raw("<span class=\"due\">"u8);
        else
            html.Raw("<span class=\"due "u8).Raw(Due.Matters).Raw("\"><svg class=\"due__sign\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><path fill=\"currentColor\" d=\""u8)
                .Raw(Due.Matters == "late" ? "M8 0 16 15H0ZM7 5v5h2V5ZM7 11.5v2h2v-2Z"u8 : "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm0 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM7.1 4v4.6l3 1.9 1-1.5-2.2-1.4V4Z"u8)
                .Raw("\" fill-rule=\"evenodd\"/></svg>"u8);
        html.Text(Due.Words).Raw("</span>"u8);
    }
}
