using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>Back to the page before, above the heading.</summary>
public sealed class BackLink : WordedPart
{
    [Parameter] public string? Href { get; set; }

    public override void Write(HtmlWriter html) =>
        html.Raw("<a"u8).Attribute("href"u8, string.IsNullOrEmpty(Href) ? "#" : Href).Raw(" class=\"govuk-back-link"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes).Raw(">"u8)
            .Content(string.IsNullOrEmpty(Text) ? html.Phrases.Say("Back") : Text, Html, ChildContent).Raw("</a>"u8);
}

/// <summary>Past the header, to the main content, for people who move by keyboard.</summary>
public sealed class SkipLink : WordedPart
{
    [Parameter] public string? Href { get; set; }

    public override void Write(HtmlWriter html) =>
        html.Raw("<a"u8).Attribute("href"u8, string.IsNullOrEmpty(Href) ? "#content" : Href).Raw(" class=\"govuk-skip-link"u8).Classes(Classes).Raw("\""u8).Attributes(Attributes)
            .Raw(" data-module=\"govuk-skip-link\">"u8).Content(Text, Html, ChildContent).Raw("</a>"u8);
}

/// <summary>One step of the breadcrumbs; without an address it is the page itself.</summary>
public sealed class Breadcrumb
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? Href { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>Where a page stands in the site.</summary>
public sealed class Breadcrumbs : DesignPart
{
    [Parameter] public IReadOnlyList<Breadcrumb> Items { get; set; } = [];
    [Parameter] public bool CollapseOnMobile { get; set; }
    [Parameter] public string? LabelText { get; set; }

    public override void Write(HtmlWriter html)
    {
        html.Raw("<nav class=\"govuk-breadcrumbs"u8).Classes(Classes).Raw(CollapseOnMobile ? " govuk-breadcrumbs--collapse-on-mobile\""u8 : "\""u8).Attributes(Attributes)
            .Attribute("aria-label"u8, LabelText ?? html.Phrases.Say("Breadcrumb")).Raw("><ol class=\"govuk-breadcrumbs__list\">"u8);
        foreach (var item in Items)
        {
            if (string.IsNullOrEmpty(item.Href))
                html.Raw("<li class=\"govuk-breadcrumbs__list-item\" aria-current=\"page\">"u8).Content(item.Text, item.Html);
            else
                html.Raw("<li class=\"govuk-breadcrumbs__list-item\"><a class=\"govuk-breadcrumbs__link\""u8).Attribute("href"u8, item.Href).Attributes(item.Attributes).Raw(">"u8)
                    .Content(item.Text, item.Html).Raw("</a>"u8);
            html.Raw("</li>"u8);
        }
        html.Raw("</ol></nav>"u8);
    }
}

/// <summary>The link to the page before or after, with what stands there.</summary>
public sealed class PageLink
{
    public string? Text { get; set; }
    public string? Html { get; set; }
    public string? LabelText { get; set; }
    public string? Href { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>A numbered page, the current one, or a gap.</summary>
public sealed class PageNumber
{
    public string? Number { get; set; }
    public string? Href { get; set; }
    public bool Current { get; set; }
    public bool Ellipsis { get; set; }
    public string? VisuallyHiddenText { get; set; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; set; }
}

/// <summary>Previous and next, of a list or of pages that follow each other.</summary>
public sealed class Pagination : DesignPart
{
    [Parameter] public IReadOnlyList<PageNumber>? Items { get; set; }
    [Parameter] public PageLink? Previous { get; set; }
    [Parameter] public PageLink? Next { get; set; }
    [Parameter] public string? LandmarkLabel { get; set; }

    public override void Write(HtmlWriter html)
    {
        var block = Items is null && (Next is not null || Previous is not null);
        html.Raw("<nav class=\"govuk-pagination"u8).Raw(block ? " govuk-pagination--block"u8 : ""u8).Classes(Classes).Raw("\""u8)
            .Attribute("aria-label"u8, string.IsNullOrEmpty(LandmarkLabel) ? html.Phrases.Say("Pagination") : LandmarkLabel).Attributes(Attributes).Raw(">"u8);
        if (!string.IsNullOrEmpty(Previous?.Href)) Arrow(html, Previous, block, next: false);
        if (Items is not null)
        {
            html.Raw("<ul class=\"govuk-pagination__list\">"u8);
            foreach (var item in Items) Numbered(html, item);
            html.Raw("</ul>"u8);
        }
        if (!string.IsNullOrEmpty(Next?.Href)) Arrow(html, Next, block, next: true);
        html.Raw("</nav>"u8);
    }

    static void Numbered(HtmlWriter html, PageNumber item)
    {
        html.Raw("<li class=\"govuk-pagination__item"u8).Raw(item.Current ? " govuk-pagination__item--current"u8 : ""u8).Raw(item.Ellipsis ? " govuk-pagination__item--ellipsis"u8 : ""u8).Raw("\">"u8);
        if (item.Ellipsis) html.Raw("&ctdot;"u8);
        else
            html.Raw("<a class=\"govuk-link govuk-pagination__link\""u8).Attribute("href"u8, item.Href).Attribute("aria-label"u8, item.VisuallyHiddenText ?? html.Phrases.Say("Page {number}", ("number", item.Number)))
                .Raw(item.Current ? " aria-current=\"page\""u8 : ""u8).Attributes(item.Attributes).Raw(">"u8).Text(item.Number).Raw("</a>"u8);
        html.Raw("</li>"u8);
    }

    static void Arrow(HtmlWriter html, PageLink link, bool block, bool next)
    {
        html.Raw(next ? "<div class=\"govuk-pagination__next\">"u8 : "<div class=\"govuk-pagination__prev\">"u8)
            .Raw("<a class=\"govuk-link govuk-pagination__link\""u8).Attribute("href"u8, link.Href).Raw(next ? " rel=\"next\""u8 : " rel=\"prev\""u8).Attributes(link.Attributes).Raw(">"u8);
        if (block || !next) html.Raw(next ? NextArrow : PreviousArrow);
        html.Raw("<span class=\"govuk-pagination__link-title"u8).Raw(block && string.IsNullOrEmpty(link.LabelText) ? " govuk-pagination__link-title--decorated\">"u8 : "\">"u8);
        if (string.IsNullOrEmpty(link.Text) && string.IsNullOrEmpty(link.Html))
            html.Raw(next ? "Next<span class=\"govuk-visually-hidden\"> page</span>"u8 : "Previous<span class=\"govuk-visually-hidden\"> page</span>"u8);
        else html.Content(link.Text, link.Html);
        html.Raw("</span>"u8);
        if (block && !string.IsNullOrEmpty(link.LabelText))
            html.Raw("<span class=\"govuk-visually-hidden\">:</span><span class=\"govuk-pagination__link-label\">"u8).Text(link.LabelText).Raw("</span>"u8);
        if (!block && next) html.Raw(NextArrow);
        html.Raw("</a></div>"u8);
    }

    static ReadOnlySpan<byte> PreviousArrow => "<svg class=\"govuk-pagination__icon govuk-pagination__icon--prev\" xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z\"></path></svg>"u8;
    static ReadOnlySpan<byte> NextArrow => "<svg class=\"govuk-pagination__icon govuk-pagination__icon--next\" xmlns=\"http://www.w3.org/2000/svg\" height=\"13\" width=\"15\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 15 13\"><path d=\"m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z\"></path></svg>"u8;
}
