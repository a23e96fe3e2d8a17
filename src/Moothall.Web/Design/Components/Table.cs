using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One cell of a table; Format is "numeric" for figures.</summary>
public sealed class Cell
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Format { get; set; }
    public string? Classes { get; set; }
    public int? Colspan { get; set; }
    public int? Rowspan { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
    public RenderFragment? Content { get; set; }

    public static implicit operator Cell(string text) => new() { Text = text };

    /// <summary>A figure, right-aligned.</summary>
    public static Cell Figure(string text) => new() { Text = text, Format = "numeric" };

    internal void Spans(HtmlWriter html)
    {
        if (Colspan is { } columns) html.Raw(" colspan=\""u8).Number(columns).Raw("\""u8);
        if (Rowspan is { } rows) html.Raw(" rowspan=\""u8).Number(rows).Raw("\""u8);
        html.Attributes(Attributes);
    }
}

/// <summary>Figures or facts in rows and columns.</summary>
public sealed class Table : DesignPart
{
    [Parameter] public IReadOnlyList<IReadOnlyList<Cell>> Rows { get; set; } = [];
    [Parameter] public IReadOnlyList<Cell>? Head { get; set; }
    [Parameter] public string? Caption { get; set; }
    [Parameter] public string? CaptionClasses { get; set; }
    [Parameter] public bool FirstCellIsHeader { get; set; }
    /// <summary>Has more columns than a phone is wide: it scrolls in a region of its own, by keyboard too, named by its caption.</summary>
    [Parameter] public bool Wide { get; set; }

    public override void Write(HtmlWriter html)
    {
        if (Wide) html.Raw("<div class=\"wide\" role=\"region\" tabindex=\"0\""u8).Attribute("aria-label"u8, Caption ?? "Table").Raw(">"u8);
        html.Raw("<table class=\"govuk-table"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8);
        if (!string.IsNullOrEmpty(Caption)) html.Raw("<caption class=\"govuk-table__caption"u8).Classes(CaptionClasses).Raw("\">"u8).Text(Caption).Raw("</caption>"u8);
        if (Head is not null)
        {
            html.Raw("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"u8);
            foreach (var cell in Head)
            {
                html.Raw("<th scope=\"col\" class=\"govuk-table__header"u8);
                if (!string.IsNullOrEmpty(cell.Format)) html.Raw(" govuk-table__header--"u8).Text(cell.Format);
                html.Classes(cell.Classes).Raw("\""u8);
                cell.Spans(html);
                html.Raw(">"u8).Content(cell.Text, cell.Html, cell.Content).Raw("</th>"u8);
            }
            html.Raw("</tr></thead>"u8);
        }
        html.Raw("<tbody class=\"govuk-table__body\">"u8);
        foreach (var row in Rows)
        {
            html.Raw("<tr class=\"govuk-table__row\">"u8);
            for (var i = 0; i < row.Count; i++)
            {
                var (cell, header) = (row[i], i == 0 && FirstCellIsHeader);
                html.Raw(header ? "<th scope=\"row\" class=\"govuk-table__header"u8 : "<td class=\"govuk-table__cell"u8);
                if (!header && !string.IsNullOrEmpty(cell.Format)) html.Raw(" govuk-table__cell--"u8).Text(cell.Format);
                html.Classes(cell.Classes).Raw("\""u8);
                cell.Spans(html);
                html.Raw(">"u8).Content(cell.Text, cell.Html, cell.Content).Raw(header ? "</th>"u8 : "</td>"u8);
            }
            html.Raw("</tr>"u8);
        }
        html.Raw(Wide ? "</tbody></table></div>"u8 : "</tbody></table>"u8);
    }
}
