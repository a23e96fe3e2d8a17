using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>
/// A figure drawn on the server as SVG. It starts at zero, writes its words on the lines and bars themselves, and is named and
/// described for those who do not see it; the table with the same numbers stands under it on the page.
/// </summary>
public abstract class Chart : Drawn
{
    /// <summary>A name for this chart, unlike any other on the page: ids are made of it.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }
    [Parameter, EditorRequired] public required string Title { get; set; }
    /// <summary>What a person would say of the chart in a sentence; made from the numbers where null.</summary>
    [Parameter] public string? Description { get; set; }
    /// <summary>How a value is written: "£2.10", "74%".</summary>
    [Parameter] public Func<double, string> Format { get; set; } = value => value.ToString("#,0.##", CultureInfo.GetCultureInfo("en-GB"));
    /// <summary>What stands there when there is nothing to draw.</summary>
    [Parameter] public string? WhenEmpty { get; set; }
    /// <summary>The language of its words.</summary>
    [Parameter] public Phrases Phrases { get; set; } = Phrases.English;

    private protected const int Width = 440;

    private protected abstract bool IsEmpty { get; }
    private protected abstract int Height { get; }
    private protected abstract string Described();
    private protected abstract void Draw(HtmlWriter html);

    public override void Write(HtmlWriter html)
    {
        html.Raw("<figure class=\"chart\"><figcaption>"u8).Text(Title).Raw("</figcaption>"u8);
        if (IsEmpty) html.Raw("<p class=\"govuk-body\">"u8).Text(WhenEmpty ?? Phrases.Say("Nothing to show yet: there are no figures for these days.")).Raw("</p>"u8);
        else
        {
            html.Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 "u8).Number(Width).Raw(" "u8).Number(Height).Raw("\""u8)
                .Attribute("aria-labelledby"u8, $"{Id}-title {Id}-desc").Raw("><title"u8).Attribute("id"u8, Id + "-title").Raw(">"u8).Text(Title)
                .Raw("</title><desc"u8).Attribute("id"u8, Id + "-desc").Raw(">"u8).Text(Description ?? Described()).Raw("</desc>"u8);
            Draw(html);
            html.Raw("</svg>"u8);
        }
        html.Raw("</figure>"u8);
    }

    private protected static void At(HtmlWriter html, double value) => html.Raw(value.ToString("0.#", CultureInfo.InvariantCulture));

    private protected static void Line(HtmlWriter html, string kind, double x1, double y1, double x2, double y2)
    {
        html.Raw("<line class=\""u8).Raw(kind).Raw("\" x1=\""u8);
        At(html, x1);
        html.Raw("\" y1=\""u8);
        At(html, y1);
        html.Raw("\" x2=\""u8);
        At(html, x2);
        html.Raw("\" y2=\""u8);
        At(html, y2);
        html.Raw("\"/>"u8);
    }

    private protected static void Words(HtmlWriter html, string? kind, double x, double y, string anchor, string words)
    {
        html.Raw("<text"u8).Attribute("class"u8, kind).Raw(" x=\""u8);
        At(html, x);
        html.Raw("\" y=\""u8);
        At(html, y);
        html.Raw("\" text-anchor=\""u8).Raw(anchor).Raw("\">"u8).Text(words).Raw("</text>"u8);
    }

    /// <summary>The step between the rules of an axis from zero to a value: 1, 2, 2.5 or 5 times a power of ten, five rules at most.</summary>
    private protected static double Step(double most)
    {
        if (most <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most / 4)));
        foreach (var step in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10])
            if (step * power * 5 >= most * 0.999) return step * power;
        return 10 * power;
    }
}
