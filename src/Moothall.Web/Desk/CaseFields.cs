using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>The hidden fields of every form about a case: that it is ours, the version that was seen, and when the page was opened.</summary>
public sealed class CaseFields : Drawn
{
    [Parameter, EditorRequired] public required string Token { get; set; }
    [Parameter, EditorRequired] public required int Version { get; set; }
    [Parameter, EditorRequired] public required string Opened { get; set; }

    public override void Write(HtmlWriter html)
    {
        ArgumentNullException.ThrowIfNull(html);
        new FormToken { Value = Token }.Write(html);
        html.Raw("<input type=\"hidden\""u8).Attribute("name"u8, CaseAct.VersionField).Attribute("value"u8, Version.ToString(CultureInfo.InvariantCulture)).Raw("><input type=\"hidden\""u8)
            .Attribute("name"u8, Handling.Field).Attribute("value"u8, Opened).Raw(">"u8);
    }
}
