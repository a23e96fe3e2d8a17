using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>What is shown only while an item is chosen.</summary>
public sealed class Conditional
{
    public string? Html { get; set; }
    /// <summary>A part drawn there instead of markup.</summary>
    public Part? Part { get; set; }

    internal bool IsEmpty => string.IsNullOrEmpty(Html) && Part is null;
}

/// <summary>One answer among radios or checkboxes, or a divider ("or").</summary>
public sealed class ChoiceItem
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Id { get; set; }
    /// <summary>Of checkboxes only: a name of its own.</summary>
    public string? Name { get; set; }
    public string? Value { get; set; }
    public Label? Label { get; set; }
    public Hint? Hint { get; set; }
    public string? Divider { get; set; }
    public bool? Checked { get; set; }
    public Conditional? Conditional { get; set; }
    /// <summary>Of checkboxes only: "exclusive" unticks the others.</summary>
    public string? Behaviour { get; set; }
    public bool Disabled { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>What radios and checkboxes share: they are drawn alike and differ in names and in how many may be chosen.</summary>
public abstract class ChoicePart : DesignPart
{
    [Parameter] public Fieldset? Fieldset { get; set; }
    [Parameter] public Hint? Hint { get; set; }
    [Parameter] public ErrorMessage? ErrorMessage { get; set; }
    [Parameter] public FormGroup? FormGroup { get; set; }
    [Parameter] public string? IdPrefix { get; set; }
    [Parameter] public string? Name { get; set; }
    [Parameter] public IReadOnlyList<ChoiceItem> Items { get; set; } = [];

    private protected void Write(HtmlWriter html, bool radios, string? describedBy)
    {
        var prefix = string.IsNullOrEmpty(IdPrefix) ? Name : IdPrefix;
        var set = radios ? "govuk-radios" : "govuk-checkboxes";
        FieldPart.OpenGroup(html, FormGroup, ErrorMessage is not null);
        if (Fieldset is not null)
        {
            var all = describedBy;
            if (Hint is not null) all = FieldPart.Joined(all, prefix + "-hint");
            if (ErrorMessage is not null) all = FieldPart.Joined(all, prefix + "-error");
            Fieldset.Open(html, all, null);
        }
        describedBy = FieldPart.WriteHintAndError(html, prefix, describedBy, Hint, ErrorMessage);
        html.Raw("<div class=\""u8).Raw(set).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(" data-module=\""u8).Raw(set).Raw("\">"u8);
        Piece.Write(html, FormGroup?.BeforeInputs);
        for (var i = 0; i < Items.Count; i++)
            Item(html, Items[i], Items[i].Id ?? (i == 0 ? prefix : $"{prefix}-{i + 1}"), set, radios, !radios && Fieldset is null ? describedBy : null);
        Piece.Write(html, FormGroup?.AfterInputs);
        html.Raw("</div>"u8);
        if (Fieldset is not null) Design.Fieldset.Close(html);
        html.Raw("</div>"u8);
    }

    private protected abstract bool IsChosen(string? value);

    void Item(HtmlWriter html, ChoiceItem item, string? id, string set, bool radios, string? describedBy)
    {
        if (!string.IsNullOrEmpty(item.Divider))
        {
            html.Raw("<div class=\""u8).Raw(set).Raw("__divider\">"u8).Text(item.Divider).Raw("</div>"u8);
            return;
        }
        var chosen = item.Checked ?? IsChosen(item.Value);
        var hinted = item.Hint is { } hint && !(string.IsNullOrEmpty(hint.Text) && string.IsNullOrEmpty(hint.Html));
        var hintId = hinted ? id + "-item-hint" : null;
        var more = item.Conditional is { IsEmpty: false } ? "conditional-" + id : null;
        html.Raw("<div class=\""u8).Raw(set).Raw("__item\"><input class=\""u8).Raw(set).Raw("__input\""u8).Attribute("id"u8, id).Attribute("name"u8, radios ? Name : item.Name ?? Name)
            .Raw(radios ? " type=\"radio\" value=\""u8 : " type=\"checkbox\" value=\""u8).Text(item.Value).Raw("\""u8)
            .Flag("checked"u8, chosen).Flag("disabled"u8, item.Disabled).Attribute("data-aria-controls"u8, more);
        if (!radios) html.Attribute("data-behaviour"u8, item.Behaviour);
        html.Attribute("aria-describedby"u8, hintId is null ? describedBy : FieldPart.Joined(describedBy, hintId)).Attributes(item.Attributes).Raw(">"u8);

        if (!string.IsNullOrEmpty(item.Text) || !string.IsNullOrEmpty(item.Html))
            html.Raw("<label class=\"govuk-label "u8).Raw(set).Raw("__label"u8).Classes(item.Label?.Classes).Raw("\""u8).Attributes(item.Label?.Attributes).Attribute("for"u8, id).Raw(">"u8)
                .Content(item.Text, item.Html).Raw("</label>"u8);
        if (hinted) item.Hint!.Write(html, hintId, radios ? " govuk-radios__hint"u8 : " govuk-checkboxes__hint"u8);
        html.Raw("</div>"u8);
        if (more is null) return;
        html.Raw("<div class=\""u8).Raw(set).Raw("__conditional"u8);
        if (!chosen) html.Raw(" "u8).Raw(set).Raw("__conditional--hidden"u8);
        html.Raw("\""u8).Attribute("id"u8, more).Raw(">"u8).Raw(item.Conditional!.Html).Part(item.Conditional.Part).Raw("</div>"u8);
    }
}

/// <summary>One of several answers.</summary>
public sealed class Radios : ChoicePart
{
    [Parameter] public string? Value { get; set; }

    public override void Write(HtmlWriter html) => Write(html, radios: true, Fieldset?.DescribedBy);

    private protected override bool IsChosen(string? value) => !string.IsNullOrEmpty(Value) && value == Value;
}

/// <summary>Any of several answers.</summary>
public sealed class Checkboxes : ChoicePart
{
    [Parameter] public IReadOnlyList<string> Values { get; set; } = [];
    [Parameter] public string? DescribedBy { get; set; }

    public override void Write(HtmlWriter html) => Write(html, radios: false, string.IsNullOrEmpty(Fieldset?.DescribedBy) ? DescribedBy : Fieldset.DescribedBy);

    private protected override bool IsChosen(string? value) => value is not null && Values.Contains(value);
}
