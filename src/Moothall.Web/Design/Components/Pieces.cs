using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>Options every component of the Design System takes: more classes and more attributes.</summary>
public abstract class DesignPart : Drawn
{
    [Parameter] public string? Classes { get; set; }
    /// <summary>Further attributes; a null value writes the name alone.</summary>
    [Parameter] public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>A component whose content is words (Text), our own markup (Html), or what a page puts inside.</summary>
public abstract class WordedPart : DesignPart
{
    [Parameter] public string? Text { get; set; }
    /// <summary>Markup of our own: never anything a person typed.</summary>
    [Parameter] public string? Html { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }
}

/// <summary>A piece of content before or after an input: words or our own markup.</summary>
public sealed class Piece
{
    public string? Text { get; set; }
    public string? Html { get; set; }

    internal static void Write(HtmlWriter html, Piece? piece)
    {
        if (piece is not null) html.Content(piece.Text, piece.Html);
    }

    internal static bool Has(Piece? piece) => piece is not null && !(string.IsNullOrEmpty(piece.Text) && string.IsNullOrEmpty(piece.Html));

    public static implicit operator Piece(string text) => new() { Text = text };
}

/// <summary>The group around a field, its label and its error.</summary>
public sealed class FormGroup
{
    public string? Classes { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
    public Piece? BeforeInput { get; set; }
    public Piece? AfterInput { get; set; }
    public Piece? BeforeInputs { get; set; }
    public Piece? AfterInputs { get; set; }
}

/// <summary>What all fields share: the group, the label, the hint, the error, and what describes the field to a screen reader.</summary>
public abstract class FieldPart : DesignPart
{
    [Parameter] public string? Id { get; set; }
    [Parameter] public string? Name { get; set; }
    [Parameter] public Label? Label { get; set; }
    [Parameter] public Hint? Hint { get; set; }
    [Parameter] public ErrorMessage? ErrorMessage { get; set; }
    [Parameter] public FormGroup? FormGroup { get; set; }
    [Parameter] public string? DescribedBy { get; set; }
    [Parameter] public bool Disabled { get; set; }

    internal string? FieldId => string.IsNullOrEmpty(Id) ? Name : Id;

    internal static string? Joined(string? first, string second) => string.IsNullOrEmpty(first) ? second : first + " " + second;

    internal static void OpenGroup(HtmlWriter html, FormGroup? group, bool wrong) =>
        html.Raw("<div class=\"govuk-form-group"u8).Raw(wrong ? " govuk-form-group--error"u8 : ""u8).Classes(group?.Classes).Raw("\""u8).Attributes(group?.Attributes).Raw(">"u8);

    /// <summary>Writes hint and error under ids of the field and returns the ids that describe it.</summary>
    internal static string? WriteHintAndError(HtmlWriter html, string? id, string? describedBy, Hint? hint, ErrorMessage? error)
    {
        if (hint is not null)
        {
            var hintId = id + "-hint";
            describedBy = Joined(describedBy, hintId);
            hint.Write(html, hintId);
        }
        if (error is not null)
        {
            var errorId = id + "-error";
            describedBy = Joined(describedBy, errorId);
            error.Write(html, errorId);
        }
        return describedBy;
    }

    /// <summary>Opens the group and writes label, hint and error; returns the ids that describe the field.</summary>
    internal string? OpenField(HtmlWriter html)
    {
        OpenGroup(html, FormGroup, ErrorMessage is not null);
        Label?.Write(html, FieldId);
        return WriteHintAndError(html, FieldId, DescribedBy, Hint, ErrorMessage);
    }
}
