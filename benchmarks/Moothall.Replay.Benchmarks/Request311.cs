using System.Globalization;

namespace Moothall.Benchmarks.Replaying;

/// <summary>One row of the Los Angeles requests: what was asked, how, in which month, weekday and hour, and how long it took by its own column.</summary>
internal sealed record Request311(int Number, string Type, string Source, int Month, DayOfWeek Weekday, int Hour, double DurationHours)
{
    static readonly Dictionary<string, DayOfWeek> Weekdays = new()
    {
        ["Mon"] = DayOfWeek.Monday, ["Tues"] = DayOfWeek.Tuesday, ["Wed"] = DayOfWeek.Wednesday, ["Thurs"] = DayOfWeek.Thursday, ["Fri"] = DayOfWeek.Friday,
        ["Sat"] = DayOfWeek.Saturday, ["Sun"] = DayOfWeek.Sunday,
    };

    /// <summary>Reads seq, request_type, source, month, weekday, hour, duration_hours; no cell of these data holds a comma.</summary>
    public static IEnumerable<Request311> Read(string file)
    {
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            var cells = line.Split(',');
            if (cells.Length != 7) throw new InvalidDataException($"This line does not have seven columns: {line}");
            yield return new Request311(Whole(cells[0]), cells[1], cells[2], Whole(cells[3]), Weekdays[cells[4]], Whole(cells[5]), double.Parse(cells[6], CultureInfo.InvariantCulture));
        }
    }

    static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
