using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>The key or the value of a row: words, our own markup, or a part.</summary>
public sealed class SummaryText
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Classes { get; set; }
    public RenderFragment? Content { get; set; }

    public static implicit operator SummaryText(string text) => new() { Text = text };
}

/// <summary>A link at the end of a row ("Change"), with words for those who hear it alone.</summary>
public sealed class SummaryAction
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Href { get; set; }
    public string? VisuallyHiddenText { get; set; }
    public string? Classes { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>The links of a row or a card.</summary>
public sealed class SummaryActions
{
    public IReadOnlyList<SummaryAction>? Items { get; set; }
    public string? Classes { get; set; }
}

/// <summary>One row of a summary.</summary>
public sealed class SummaryRow
{
    public SummaryText? Key { get; set; }
    public SummaryText? Value { get; set; }
    public SummaryActions? Actions { get; set; }
    public string? Classes { get; set; }
}

/// <summary>The heading of a card.</summary>
public sealed class CardTitle
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public int? HeadingLevel { get; set; }
    public string? Classes { get; set; }

    public static implicit operator CardTitle(string text) => new() { Text = text };
}

/// <summary>A card around a summary, where there are several on a page.</summary>
public sealed class SummaryCard
{
    public CardTitle? Title { get; set; }
    public SummaryActions? Actions { get; set; }
    public string? Classes { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>Facts as pairs: what was asked and what was answered.</summary>
public sealed class SummaryList : DesignPart
{
    [Parameter] public IReadOnlyList<SummaryRow> Rows { get; set; } = [];
    [Parameter] public SummaryCard? Card { get; set; }

    public override void Write(HtmlWriter html)
    {
        if (Card is null)
        {
            List(html, null);
            return;
        }
        html.Raw("<div class=\"govuk-summary-card"u8).Classes(Card.Classes).Raw("\""u8).Attributes(Card.Attributes).Raw("><div class=\"govuk-summary-card__title-wrapper\">"u8);
        if (Card.Title is { } title)
            html.Raw("<h"u8).Number(title.HeadingLevel ?? 2).Raw(" class=\"govuk-summary-card__title"u8).Classes(title.Classes).Raw("\">"u8).Content(title.Text, title.Html)
                .Raw("</h"u8).Number(title.HeadingLevel ?? 2).Raw(">"u8);
        if (Card.Actions?.Items is { Count: > 0 } actions)
        {
            var one = actions.Count == 1;
            html.Raw(one ? "<div class=\"govuk-summary-card__actions"u8 : "<ul class=\"govuk-summary-card__actions"u8).Classes(Card.Actions.Classes).Raw("\">"u8);
            foreach (var action in actions)
            {
                if (!one) html.Raw("<li class=\"govuk-summary-card__action\">"u8);
                Link(html, action, Card.Title);
                if (!one) html.Raw("</li>"u8);
            }
            html.Raw(one ? "</div>"u8 : "</ul>"u8);
        }
        html.Raw("</div><div class=\"govuk-summary-card__content\">"u8);
        List(html, Card.Title);
        html.Raw("</div></div>"u8);
    }

    void List(HtmlWriter html, CardTitle? card)
    {
        var anyActions = Rows.Any(r => r.Actions?.Items is { Count: > 0 });
        html.Raw("<dl class=\"govuk-summary-list"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8);
        foreach (var row in Rows)
        {
            html.Raw("<div class=\"govuk-summary-list__row"u8).Raw(anyActions && row.Actions?.Items is null ? " govuk-summary-list__row--no-actions"u8 : ""u8).Classes(row.Classes)
                .Raw("\"><dt class=\"govuk-summary-list__key"u8).Classes(row.Key?.Classes).Raw("\">"u8).Content(row.Key?.Text, row.Key?.Html, row.Key?.Content)
                .Raw("</dt><dd class=\"govuk-summary-list__value"u8).Classes(row.Value?.Classes).Raw("\">"u8).Content(row.Value?.Text, row.Value?.Html, row.Value?.Content).Raw("</dd>"u8);
            if (row.Actions?.Items is { Count: > 0 } actions)
            {
                html.Raw("<dd class=\"govuk-summary-list__actions"u8).Classes(row.Actions.Classes).Raw("\">"u8);
                if (actions.Count == 1) Link(html, actions[0], card);
                else
                {
                    html.Raw("<ul class=\"govuk-summary-list__actions-list\">"u8);
                    foreach (var action in actions)
                    {
                        html.Raw("<li class=\"govuk-summary-list__actions-list-item\">"u8);
                        Link(html, action, card);
                        html.Raw("</li>"u8);
                    }
                    html.Raw("</ul>"u8);
                }
                html.Raw("</dd>"u8);
            }
            html.Raw("</div>"u8);
        }
        html.Raw("</dl>"u8);
    }

    static void Link(HtmlWriter html, SummaryAction action, CardTitle? card)
    {
        html.Raw("<a class=\"govuk-link"u8).Classes(action.Classes).Raw("\""u8).Attribute("href"u8, action.Href).Attributes(action.Attributes).Raw(">"u8).Content(action.Text, action.Html);
        var hidden = !string.IsNullOrEmpty(action.VisuallyHiddenText);
        if (hidden || card is not null)
        {
            html.Raw("<span class=\"govuk-visually-hidden\">"u8);
            if (hidden) html.Raw(" "u8).Text(action.VisuallyHiddenText);
            if (card is not null) html.Raw(" ("u8).Content(card.Text, card.Html).Raw(")"u8);
            html.Raw("</span>"u8);
        }
        html.Raw("</a>"u8);
    }
}
