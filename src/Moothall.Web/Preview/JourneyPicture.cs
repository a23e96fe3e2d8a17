using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Preview;

/// <summary>What the pictures of a preview share: SVG drawn on the server, named and described, in a box that scrolls; the same stands beside it in words.</summary>
public abstract class MapPicture : Drawn
{
    /// <summary>A name for this picture, unlike any other on the page: ids are made of it.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }
    [Parameter, EditorRequired] public required string Title { get; set; }
    /// <summary>What a person would say of the picture.</summary>
    [Parameter, EditorRequired] public required string Description { get; set; }

    private protected void Frame(HtmlWriter html, double width, double height, Action draw)
    {
        html.Raw("<div class=\"map\" role=\"region\" tabindex=\"0\""u8).Attribute("aria-labelledby"u8, Id + "-title").Raw("><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\""u8)
            .Attribute("aria-labelledby"u8, Id + "-title").Attribute("aria-describedby"u8, Id + "-desc").Attribute("width"u8, Written(width)).Attribute("height"u8, Written(height))
            .Attribute("viewBox"u8, $"0 0 {Written(width)} {Written(height)}").Raw("><title"u8).Attribute("id"u8, Id + "-title").Raw(">"u8).Text(Title)
            .Raw("</title><desc"u8).Attribute("id"u8, Id + "-desc").Raw(">"u8).Text(Description).Raw("</desc>"u8);
        draw();
        html.Raw("</svg></div>"u8);
    }

    private protected static string Written(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private protected static string ClassOf(MapState state) => state switch { MapState.Untested => "is-untested", MapState.Never => "is-never", _ => "is-tested" };

    private protected static void Path(HtmlWriter html, string classes, string d) => html.Raw("<path"u8).Attribute("class"u8, classes).Attribute("d"u8, d).Raw("/>"u8);

    private protected static void Box(HtmlWriter html, string classes, double x, double y, double width, double height, double round) =>
        html.Raw("<rect"u8).Attribute("class"u8, classes).Attribute("x"u8, Written(x)).Attribute("y"u8, Written(y)).Attribute("width"u8, Written(width)).Attribute("height"u8, Written(height))
            .Attribute("rx"u8, Written(round)).Raw("/>"u8);

    private protected static void Dot(HtmlWriter html, string classes, double x, double y, double r) =>
        html.Raw("<circle"u8).Attribute("class"u8, classes).Attribute("cx"u8, Written(x)).Attribute("cy"u8, Written(y)).Attribute("r"u8, Written(r)).Raw("/>"u8);

    private protected static void Words(HtmlWriter html, string? classes, double x, double y, string words) =>
        html.Raw("<text"u8).Attribute("class"u8, classes).Attribute("x"u8, Written(x)).Attribute("y"u8, Written(y)).Raw(">"u8).Text(words).Raw("</text>"u8);
}

/// <summary>The map of a journey: a line with its stops, and a loop for what not everybody is asked.</summary>
public sealed class JourneyPicture : MapPicture
{
    const double Beside = 18, Row = 20, QuietRow = 18;

    [Parameter, EditorRequired] public required JourneyLayout Layout { get; set; }
    /// <summary>Where a stop's page opens; null where it has none to open.</summary>
    [Parameter] public Func<MapStop, string?> Href { get; set; } = _ => null;

    public override void Write(HtmlWriter html) => Frame(html, JourneyLayout.Width, Layout.Height, () =>
    {
        foreach (var frame in Layout.Frames) Box(html, frame.Repeats ? "map__frame map__frame--rows" : "map__frame", frame.X, frame.Y, frame.Width, frame.Height, 8);
        // What nobody has tried lies under what somebody has.
        foreach (var track in Layout.Tracks.OrderBy(t => t.State == MapState.Tested))
        {
            var middle = (track.FromY + track.ToY) / 2;
            var to = track.Bend switch
            {
                MapBend.Lane => $"C{Written(track.FromX)} {Written(middle)} {Written(track.ToX)} {Written(middle)} {Written(track.ToX)} {Written(track.ToY)}",
                MapBend.Branch => $"Q{Written(track.FromX)} {Written(track.ToY)} {Written(track.ToX)} {Written(track.ToY)}",
                _ => $"V{Written(track.ToY)}",
            };
            Path(html, $"map__track {ClassOf(track.State)}", $"M{Written(track.FromX)} {Written(track.FromY)}{to}");
        }
        foreach (var stop in Layout.Stops) Stop(html, stop);
    });

    void Stop(HtmlWriter html, MapStop stop)
    {
        var href = Href(stop);
        if (href is not null)
        {
            html.Raw("<a class=\"map__link\""u8).Attribute("href"u8, href).Raw(">"u8);
            var width = Math.Min(JourneyLayout.Width - 6 - (stop.X + Beside - 6), stop.Words.Select(w => MapText.Width(w, JourneyLayout.Size)).DefaultIfEmpty().Max() + 12);
            Box(html, "map__hit", stop.X + Beside - 6, stop.Y - 12, width, stop.Words.Count * Row + 5, 2);
        }
        Mark(html, stop);
        var y = stop.Y + 5.5;
        foreach (var line in stop.Words)
        {
            Words(html, stop.Mark is MapMark.Section ? "map__section" : stop.Mark is MapMark.Page ? "map__page" : "map__words", stop.X + Beside, y, line);
            y += Row;
        }
        if (href is not null) html.Raw("</a>"u8);
        if (stop.Words.Count > 0) y -= 1;
        foreach (var line in stop.Quiet)
        {
            Words(html, stop.Mark == MapMark.Condition ? "map__when" : "map__quiet", stop.X + Beside, y, line);
            y += QuietRow;
        }
        if (stop.Note is not null) Words(html, stop.State == MapState.Never ? "map__note is-never" : "map__note", stop.X + Beside, y, stop.Note);
    }

    static void Mark(HtmlWriter html, MapStop stop)
    {
        var (x, y, state) = (stop.X, stop.Y, ClassOf(stop.State));
        switch (stop.Mark)
        {
            case MapMark.Start or MapMark.Send:
                Dot(html, $"map__stop map__end {state}", x, y, 9);
                Dot(html, $"map__heart {state}", x, y, 4);
                break;
            case MapMark.Section:
                Box(html, "map__band", x - 8, y - 8, 16, 16, 3);
                break;
            case MapMark.Exit:
                Box(html, $"map__stop map__exit {state}", x - 8, y - 8, 16, 16, 2);
                break;
            case MapMark.Alert:
                Path(html, $"map__stop map__alert {state}", $"M{Written(x)} {Written(y - 10)}L{Written(x + 10)} {Written(y + 8)}H{Written(x - 10)}Z");
                break;
            case MapMark.Read:
                Dot(html, $"map__stop {state}", x, y, 5);
                break;
            case MapMark.Question:
                Dot(html, $"map__stop {state}", x, y, 8);
                break;
        }
        if (stop.State == MapState.Never && stop.Mark is not (MapMark.Condition or MapMark.Page)) Path(html, "map__cross", $"M{Written(x - 9)} {Written(y - 9)}l18 18m0 -18l-18 18");
    }
}

/// <summary>The map of a case's stages: boxes with what may be done in them, and lines to where it leads.</summary>
public sealed class WorkPicture : MapPicture
{
    const double Pad = 14, Row = 20, QuietRow = 18, Bend = 7;

    [Parameter, EditorRequired] public required WorkLayout Layout { get; set; }

    public override void Write(HtmlWriter html) => Frame(html, Layout.Width, Layout.Height, () =>
    {
        foreach (var box in Layout.Boxes) Stage(html, box);
        foreach (var line in Layout.Lines.OrderBy(l => l.State == MapState.Tested)) Line(html, line);
        foreach (var box in Layout.Boxes) foreach (var row in box.Rows) Action(html, box, row);
    });

    static void Stage(HtmlWriter html, WorkBox box)
    {
        Box(html, $"map__box {ClassOf(box.State)}", box.X, box.Y, box.Width, box.Height, 8);
        if (box.IsStart) Box(html, "map__begin", box.X, box.Y, 6, box.Height, 3);
        var y = box.Y + Pad + 12;
        foreach (var line in box.Title)
        {
            Words(html, "map__section", box.X + Pad, y, line);
            y += Row;
        }
        foreach (var line in box.Quiet)
        {
            Words(html, "map__quiet", box.X + Pad, y, line);
            y += QuietRow;
        }
    }

    static void Action(HtmlWriter html, WorkBox box, WorkRow row)
    {
        var (x, y) = (box.X + Pad + 7, row.Y);
        if (row.Closes) Box(html, $"map__stop map__exit {ClassOf(row.State)}", x - 6, y - 6, 12, 12, 2);
        else Dot(html, $"map__stop {ClassOf(row.State)}", x, y, 6);
        if (row.State == MapState.Never) Path(html, "map__cross", $"M{Written(x - 7)} {Written(y - 7)}l14 14m0 -14l-14 14");
        y += 5.5;
        foreach (var line in row.Words)
        {
            Words(html, "map__words", x + 16, y, line);
            y += Row;
        }
        y -= 1;
        foreach (var line in row.Quiet)
        {
            Words(html, "map__quiet", x + 16, y, line);
            y += QuietRow;
        }
    }

    static void Line(HtmlWriter html, WorkLine line)
    {
        var (side, down) = (line.LaneX > line.FromX ? 1 : -1, line.ToY > line.FromY ? 1 : -1);
        // Out of the side, round into the lane, along it, and round into the side of the other box.
        var d = $"M{Written(line.FromX)} {Written(line.FromY)}H{Written(line.LaneX - side * Bend)}Q{Written(line.LaneX)} {Written(line.FromY)} {Written(line.LaneX)} {Written(line.FromY + down * Bend)}"
            + $"V{Written(line.ToY - down * Bend)}Q{Written(line.LaneX)} {Written(line.ToY)} {Written(line.LaneX - side * Bend)} {Written(line.ToY)}H{Written(line.ToX + side * 8)}";
        Path(html, $"map__track map__track--thin {ClassOf(line.State)}", d);
        Path(html, $"map__arrow {ClassOf(line.State)}", $"M{Written(line.ToX)} {Written(line.ToY)}l{Written(side * 9)} -5v10z");
    }
}
