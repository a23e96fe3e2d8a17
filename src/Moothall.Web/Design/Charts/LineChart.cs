using Microsoft.AspNetCore.Components;

namespace Moothall.Web.Design;

/// <summary>One line of a chart: its name, and a value at each of the chart's points, null where none is known.</summary>
public sealed record Series(string Name, IReadOnlyList<double?> Values);

/// <summary>How something went over time: up to four lines from zero, each with its name and last value at its end.</summary>
public sealed class LineChart : Chart
{
    const double Left = 46, Top = 12, Bottom = 26;

    /// <summary>The points in time, as they are written under the chart: "Jan 2026".</summary>
    [Parameter] public IReadOnlyList<string> Points { get; set; } = [];
    [Parameter] public IReadOnlyList<Series> Lines { get; set; } = [];
    /// <summary>The top of the axis where it has a natural one (1 for rates); the greatest value where null.</summary>
    [Parameter] public double? Most { get; set; }

    private protected override int Height => 210;

    private protected override bool IsEmpty => Points.Count == 0 || !Lines.Any(l => l.Values.Any(v => v is not null));

    // Room at the right for the longest name or value, at about 7 units a letter.
    double Right => Width - Math.Clamp(Lines.Max(l => Math.Max(l.Name.Length, 6)) * 7.6 + 16, 62, 150);

    private protected override string Described() => string.Join(" ", Lines.Select(line =>
    {
        var known = line.Values.Select((value, i) => (value, i)).Where(v => v.value is not null && v.i < Points.Count).ToList();
        if (known.Count == 0) return Phrases.Say("{line}: no figures.", ("line", Named(line)));
        var (first, last) = (known[0], known[^1]);
        return first.i == last.i
            ? Phrases.Say("{line}: {value} in {month}.", ("line", Named(line)), ("value", Format(last.value!.Value)), ("month", Points[last.i]))
            : Phrases.Say("{line}: from {first} in {begin} to {last} in {end}.", ("line", Named(line)), ("first", Format(first.value!.Value)), ("begin", Points[first.i]), ("last", Format(last.value!.Value)), ("end", Points[last.i]));
    }));

    string Named(Series line) => line.Name.Length > 0 ? line.Name : Title;

    private protected override void Draw(HtmlWriter html)
    {
        var greatest = Most ?? Lines.Max(l => l.Values.Max() ?? 0);
        var step = Step(greatest);
        var top = Math.Max(Math.Ceiling(greatest / step - 0.001), 1) * step;
        var (floor, right) = (Height - Bottom, Right);
        double X(int i) => Points.Count == 1 ? (Left + right) / 2 : Left + (right - Left) * i / (Points.Count - 1);
        double Y(double value) => floor - (floor - Top) * Math.Clamp(value / top, 0, 1);

        for (var value = 0.0; value <= top * 1.001; value += step)
        {
            Line(html, value == 0 ? "axis" : "rule", Left, Y(value), right, Y(value));
            Words(html, "quiet", Left - 8, Y(value) + 4.5, "end", Format(value));
        }
        var every = Math.Max(1, (int)Math.Ceiling(Points.Count * 74 / (right - Left)));
        // The last month ends where the lines do, so that it stays clear of their names.
        for (var i = Points.Count - 1; i >= 0; i -= every) Words(html, "quiet", X(i), Height - 8, i > 0 && i == Points.Count - 1 ? "end" : "middle", Points[i]);

        var ends = new List<(double Y, int Line, double Value, double X)>();
        for (var n = 0; n < Lines.Count; n++)
        {
            var drawn = false;
            var (lastX, lastY, lastValue, count) = (0.0, 0.0, 0.0, 0);
            html.Raw("<path class=\"line s"u8).Number(n % 4).Raw("\" d=\""u8);
            for (var i = 0; i < Math.Min(Points.Count, Lines[n].Values.Count); i++)
            {
                if (Lines[n].Values[i] is not { } value)
                {
                    drawn = false;
                    continue;
                }
                (lastX, lastY, lastValue) = (X(i), Y(value), value);
                html.Raw(drawn ? "L"u8 : "M"u8);
                At(html, lastX);
                html.Raw(" "u8);
                At(html, lastY);
                drawn = true;
                count++;
            }
            html.Raw("\"/>"u8);
            if (count > 0) ends.Add((lastY, n, lastValue, lastX));
        }

        // Words at the ends of lines keep apart from each other and within the picture.
        const double apart = 36;
        var ordered = ends.OrderBy(e => e.Y).ToList();
        var at = new double[ordered.Count];
        for (var i = 0; i < at.Length; i++) at[i] = Math.Max(ordered[i].Y, i == 0 ? Top + 6 : at[i - 1] + apart);
        for (var i = at.Length - 1; i >= 0; i--) at[i] = Math.Min(at[i], i == at.Length - 1 ? Height - 20 : at[i + 1] - apart);
        for (var i = 0; i < at.Length; i++)
        {
            var (y, line, value, x) = ordered[i];
            html.Raw("<circle class=\"d"u8).Number(line % 4).Raw("\" r=\"4.5\" cx=\""u8);
            At(html, x);
            html.Raw("\" cy=\""u8);
            At(html, y);
            html.Raw("\"/>"u8);
            Words(html, "strong", right + 12, at[i], "start", Format(value));
            if (Lines.Count > 1 || Lines[line].Name.Length > 0) Words(html, null, right + 12, at[i] + 15, "start", Lines[line].Name);
        }
    }
}
