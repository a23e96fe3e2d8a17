using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One box of a date: day, month, year, or another.</summary>
public sealed class DateItem
{
    public string? Id { get; set; }
    public string? Name { get; set; }
    public string? Label { get; set; }
    public string? Value { get; set; }
    public string? Classes { get; set; }
    /// <summary>Whether this box is the one in error; where none says so, all are.</summary>
    public bool? Error { get; set; }
    public string? Inputmode { get; set; }
    public string? Autocomplete { get; set; }
    public string? Pattern { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }

    internal bool IsWrong => Error == true || ClassedWrong;
    internal bool ClassedWrong => Classes?.Contains("govuk-input--error", StringComparison.Ordinal) == true;
}

/// <summary>A date a person knows, in boxes of its parts; also used for months and times.</summary>
public sealed class DateInput : DesignPart
{
    [Parameter] public string? Id { get; set; }
    [Parameter] public string? NamePrefix { get; set; }
    [Parameter] public DateItem? Day { get; set; }
    [Parameter] public DateItem? Month { get; set; }
    [Parameter] public DateItem? Year { get; set; }
    /// <summary>Other boxes than day, month and year.</summary>
    [Parameter] public IReadOnlyList<DateItem>? Items { get; set; }
    [Parameter] public IReadOnlyDictionary<string, string>? Values { get; set; }
    [Parameter] public Fieldset? Fieldset { get; set; }
    [Parameter] public Hint? Hint { get; set; }
    [Parameter] public ErrorMessage? ErrorMessage { get; set; }
    [Parameter] public FormGroup? FormGroup { get; set; }

    public override void Write(HtmlWriter html)
    {
        FieldPart.OpenGroup(html, FormGroup, ErrorMessage is not null);
        if (Fieldset is not null)
        {
            var describedBy = Fieldset.DescribedBy;
            if (Hint is not null) describedBy = FieldPart.Joined(describedBy, Id + "-hint");
            if (ErrorMessage is not null) describedBy = FieldPart.Joined(describedBy, Id + "-error");
            Fieldset.Open(html, describedBy, "group");
        }
        FieldPart.WriteHintAndError(html, Id, null, Hint, ErrorMessage);
        html.Raw("<div class=\"govuk-date-input"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Attribute("id"u8, Id).Raw(">"u8);
        Piece.Write(html, FormGroup?.BeforeInputs);
        if (Items is { Count: > 0 } items)
        {
            var anyWrong = items.Any(i => i.IsWrong);
            foreach (var item in items) Write(html, item, Which(item), anyWrong);
        }
        else
        {
            var anyWrong = Day?.IsWrong == true || Month?.IsWrong == true || Year?.IsWrong == true;
            Write(html, Day ?? new(), "day", anyWrong);
            Write(html, Month ?? new(), "month", anyWrong);
            Write(html, Year ?? new(), "year", anyWrong);
        }
        Piece.Write(html, FormGroup?.AfterInputs);
        html.Raw("</div>"u8);
        if (Fieldset is not null) Design.Fieldset.Close(html);
        html.Raw("</div>"u8);
    }

    string? Which(DateItem item) => item.Name is not { Length: > 0 } name ? null
        : name == "day" || name == Day?.Name ? "day"
        : name == "month" || name == Month?.Name ? "month"
        : name == "year" || name == Year?.Name ? "year" : null;

    void Write(HtmlWriter html, DateItem item, string? which, bool anyWrong)
    {
        var name = item.Name ?? which;
        var classes = "govuk-date-input__input";
        if (!item.ClassedWrong && (item.IsWrong || (item.Error != false && ErrorMessage is not null && !anyWrong))) classes += " govuk-input--error";
        if (item.Classes?.Contains("govuk-input--width-", StringComparison.Ordinal) != true) classes += which == "year" ? " govuk-input--width-4" : " govuk-input--width-2";
        if (!string.IsNullOrEmpty(item.Classes)) classes += " " + item.Classes;
        var fullName = string.IsNullOrEmpty(NamePrefix) ? name : NamePrefix + "-" + name;
        var otherwise = which switch { "day" => Day?.Value, "month" => Month?.Value, "year" => Year?.Value, _ => null };
        var value = item.Value ?? otherwise ?? (which is null ? null : Values?.GetValueOrDefault(which)) ?? (fullName is null ? null : Values?.GetValueOrDefault(fullName));
        var id = item.Id ?? Id + "-" + name;

        html.Raw("<div class=\"govuk-date-input__item\"><div class=\"govuk-form-group\"><label class=\"govuk-label govuk-date-input__label\""u8).Attribute("for"u8, id).Raw(">"u8)
            .Text(item.Label ?? Capitalised(name)).Raw("</label><input"u8).Attribute("class"u8, "govuk-input " + classes).Attribute("id"u8, id).Attribute("name"u8, fullName)
            .Raw(" type=\"text\""u8).Attribute("value"u8, value).Attribute("autocomplete"u8, item.Autocomplete).Attribute("pattern"u8, item.Pattern)
            .Attribute("inputmode"u8, item.Inputmode ?? "numeric").Attributes(item.Attributes).Raw("></div></div>"u8);
    }

    static string? Capitalised(string? name) => string.IsNullOrEmpty(name) ? name : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];
}
