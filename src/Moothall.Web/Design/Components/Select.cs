using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One line of a drop-down list.</summary>
public sealed class SelectItem
{
    public string? Text { get; set; }
    /// <summary>What is sent; the text where null.</summary>
    public string? Value { get; set; }
    public bool? Selected { get; set; }
    public bool Disabled { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>A drop-down list. For staff and filters; residents are better served by radios.</summary>
public sealed class Select : FieldPart
{
    [Parameter] public IReadOnlyList<SelectItem> Items { get; set; } = [];
    [Parameter] public string? Value { get; set; }

    public override void Write(HtmlWriter html)
    {
        var describedBy = OpenField(html);
        Piece.Write(html, FormGroup?.BeforeInput);
        html.Raw("<select class=\"govuk-select"u8).Classes(Classes).Raw(ErrorMessage is null ? "\""u8 : " govuk-select--error\""u8).Attribute("id"u8, FieldId).Attribute("name"u8, Name)
            .Flag("disabled"u8, Disabled).Attribute("aria-describedby"u8, describedBy).Attributes(Attributes).Raw(">"u8);
        foreach (var item in Items)
        {
            html.Raw("<option"u8);
            if (item.Value is not null) html.Raw(" value=\""u8).Text(item.Value).Raw("\""u8);
            html.Flag("selected"u8, item.Selected ?? (!string.IsNullOrEmpty(Value) && (item.Value ?? item.Text) == Value)).Flag("disabled"u8, item.Disabled)
                .Attributes(item.Attributes).Raw(">"u8).Text(item.Text).Raw("</option>"u8);
        }
        html.Raw("</select>"u8);
        Piece.Write(html, FormGroup?.AfterInput);
        html.Raw("</div>"u8);
    }
}

/// <summary>Chooses a file to send. The browser's own control: the Design System's drop zone needs script to exist at all.</summary>
public sealed class FileUpload : FieldPart
{
    [Parameter] public bool Multiple { get; set; }

    public override void Write(HtmlWriter html)
    {
        var describedBy = OpenField(html);
        Piece.Write(html, FormGroup?.BeforeInput);
        html.Raw("<input class=\"govuk-file-upload"u8).Classes(Classes).Raw(ErrorMessage is null ? "\""u8 : " govuk-file-upload--error\""u8).Attribute("id"u8, FieldId).Attribute("name"u8, Name)
            .Raw(" type=\"file\""u8).Flag("disabled"u8, Disabled).Flag("multiple"u8, Multiple).Attribute("aria-describedby"u8, describedBy).Attributes(Attributes).Raw(">"u8);
        Piece.Write(html, FormGroup?.AfterInput);
        html.Raw("</div>"u8);
    }
}
