using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>What stands before or after an input in its box: "£", "kg".</summary>
public sealed class Affix
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Classes { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }

    public static implicit operator Affix(string text) => new() { Text = text };
}

/// <summary>The box around an input that has something before or after it.</summary>
public sealed class InputWrapper
{
    public string? Classes { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>One line of text.</summary>
public sealed class Input : FieldPart
{
    [Parameter] public string? Type { get; set; }
    [Parameter] public string? Inputmode { get; set; }
    [Parameter] public string? Value { get; set; }
    [Parameter] public string? Autocomplete { get; set; }
    [Parameter] public string? Autocapitalize { get; set; }
    [Parameter] public string? Pattern { get; set; }
    [Parameter] public bool? Spellcheck { get; set; }
    [Parameter] public Affix? Prefix { get; set; }
    [Parameter] public Affix? Suffix { get; set; }
    [Parameter] public InputWrapper? InputWrapper { get; set; }

    public override void Write(HtmlWriter html)
    {
        var describedBy = OpenField(html);
        var (before, after) = (FormGroup?.BeforeInput, FormGroup?.AfterInput);
        var wrapped = Has(Prefix) || Has(Suffix) || Piece.Has(before) || Piece.Has(after);
        if (wrapped)
        {
            html.Raw("<div class=\"govuk-input__wrapper"u8).Classes(InputWrapper?.Classes).Raw("\""u8).Attributes(InputWrapper?.Attributes).Raw(">"u8);
            Piece.Write(html, before);
            if (Has(Prefix)) Write(html, Prefix!, "<div class=\"govuk-input__prefix"u8);
        }
        html.Raw("<input class=\"govuk-input"u8).Classes(Classes).Raw(ErrorMessage is null ? "\""u8 : " govuk-input--error\""u8)
            .Attribute("id"u8, FieldId).Attribute("name"u8, Name).Attribute("type"u8, string.IsNullOrEmpty(Type) ? "text" : Type)
            .Attribute("spellcheck"u8, Spellcheck is { } check ? (check ? "true" : "false") : null)
            .Attribute("value"u8, Value).Flag("disabled"u8, Disabled).Attribute("aria-describedby"u8, describedBy)
            .Attribute("autocomplete"u8, Autocomplete).Attribute("autocapitalize"u8, Autocapitalize).Attribute("pattern"u8, Pattern).Attribute("inputmode"u8, Inputmode)
            .Attributes(Attributes).Raw(">"u8);
        if (wrapped)
        {
            if (Has(Suffix)) Write(html, Suffix!, "<div class=\"govuk-input__suffix"u8);
            Piece.Write(html, after);
            html.Raw("</div>"u8);
        }
        html.Raw("</div>"u8);
    }

    static bool Has(Affix? affix) => affix is not null && !(string.IsNullOrEmpty(affix.Text) && string.IsNullOrEmpty(affix.Html));

    static void Write(HtmlWriter html, Affix affix, ReadOnlySpan<byte> open) =>
        html.Raw(open).Classes(affix.Classes).Raw("\" aria-hidden=\"true\""u8).Attributes(affix.Attributes).Raw(">"u8).Content(affix.Text, affix.Html).Raw("</div>"u8);
}
