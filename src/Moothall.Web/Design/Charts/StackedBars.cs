using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One bar: its name and its parts in the order of the chart's parts.</summary>
public sealed record Bar(string Name, IReadOnlyList<double> Parts);

/// <summary>What wholes are made of, a bar each (channels by month): lying bars from zero, named at the left, their sum at the right.</summary>
public sealed class StackedBars : Chart
{
    const double Left = 82, Thick = 26, Gap = 12, Key = 22;

    /// <summary>The names of the parts, in order: "Web", "Phone".</summary>
    [Parameter] public IReadOnlyList<string> Parts { get; set; } = [];
    [Parameter] public IReadOnlyList<Bar> Bars { get; set; } = [];

    // Only parts that occur get a colour's name in the key.
    List<int> Present => [.. Enumerable.Range(0, Parts.Count).Where(p => Bars.Any(b => p < b.Parts.Count && b.Parts[p] > 0))];

    private protected override bool IsEmpty => Present.Count == 0;

    int KeyRows => (int)Math.Ceiling(Present.Count / 3.0);

    private protected override int Height => (int)(KeyRows * Key + 10 + Bars.Count * (Thick + Gap));

    private protected override string Described() => string.Join(" ", Bars.Select(b =>
        $"{b.Name}: " + (b.Parts.Sum() > 0 ? string.Join(", ", Present.Where(p => p < b.Parts.Count && b.Parts[p] > 0).Select(p => $"{Parts[p]} {Format(b.Parts[p])}")) : Phrases.Say("none")) + "."));

    private protected override void Draw(HtmlWriter html)
    {
        var present = Present;
        for (var i = 0; i < present.Count; i++)
        {
            var (x, y) = (i % 3 * 146.0, i / 3 * Key + 2);
            Box(html, present[i], x, y, 13, 13);
            Words(html, null, x + 19, y + 11.5, "start", Parts[present[i]]);
        }
        var greatest = Bars.Max(b => b.Parts.Sum());
        var right = Width - Math.Max(40, Bars.Max(b => Format(b.Parts.Sum()).Length) * 7.6 + 10);
        var top = KeyRows * Key + 10.0;
        foreach (var bar in Bars)
        {
            Words(html, null, Left - 10, top + Thick / 2 + 4.5, "end", bar.Name);
            var x = Left;
            foreach (var part in present)
            {
                if (part >= bar.Parts.Count || bar.Parts[part] <= 0) continue;
                var wide = (right - Left) * bar.Parts[part] / greatest;
                Box(html, part, x, top, wide, Thick);
                var words = Format(bar.Parts[part]);
                if (wide > words.Length * 7.6 + 10) Words(html, part % 9 is 0 or 2 or 4 or 6 or 8 ? "on-dark" : null, x + wide / 2, top + Thick / 2 + 4.5, "middle", words);
                x += wide;
            }
            Words(html, "strong", x + 8, top + Thick / 2 + 4.5, "start", Format(bar.Parts.Sum()));
            top += Thick + Gap;
        }
        Line(html, "axis", Left, KeyRows * Key + 4, Left, Height - 6);
    }

    static void Box(HtmlWriter html, int part, double x, double y, double wide, double high)
    {
        html.Raw("<rect class=\"bar b"u8).Number(part % 9).Raw("\" x=\""u8);
        At(html, x);
        html.Raw("\" y=\""u8);
        At(html, y);
        html.Raw("\" width=\""u8);
        At(html, wide);
        html.Raw("\" height=\""u8);
        At(html, high);
        html.Raw("\"/>"u8);
    }
}
