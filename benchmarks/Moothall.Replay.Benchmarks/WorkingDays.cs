using System.Globalization;

namespace Moothall.Benchmarks.Replaying;

/// <summary>Working time reckoned in the simplest way, day by day: Monday to Friday, 9 to 5, not on bank holidays. On purpose it shares nothing with the product.</summary>
internal sealed class WorkingDays(IReadOnlySet<DateOnly> holidays)
{
    static readonly TimeOnly Opens = new(9, 0), Closes = new(17, 0);

    /// <summary>Reads the bank holidays of a council's calendar file.</summary>
    public static WorkingDays Read(string council) => new(File.ReadLines(Path.Combine(council, "calendars", "england-and-wales.csv"))
        .Where(line => line.Length > 10 && char.IsDigit(line[0])).Select(line => DateOnly.ParseExact(line[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToHashSet());

    /// <summary>The same time of day, so many working days later; what comes when we are closed counts from the next opening.</summary>
    public DateTime Add(DateTime utc, int days)
    {
        var (day, time) = NextOpen(utc);
        for (var left = days; left > 0; left--) day = OpenAfter(day);
        return Utc(day, time);
    }

    /// <summary>Moves a deadline on by the working time between two moments.</summary>
    public DateTime Extend(DateTime due, DateTime stopped, DateTime resumed)
    {
        var left = Between(stopped, resumed);
        if (left == TimeSpan.Zero) return due;
        var (day, time) = NextOpen(due);
        while (Closes - time < left)
        {
            left -= Closes - time;
            (day, time) = (OpenAfter(day), Opens);
        }
        return Utc(day, time.Add(left));
    }

    TimeSpan Between(DateTime from, DateTime to)
    {
        var (day, time) = NextOpen(from);
        var (last, until) = NextOpen(to);
        var sum = TimeSpan.Zero;
        for (; day < last; (day, time) = (OpenAfter(day), Opens)) sum += Closes - time;
        return sum + (until - time);
    }

    (DateOnly Day, TimeOnly Time) NextOpen(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Times.London);
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (IsOpen(day) && time < Closes) return (day, time < Opens ? Opens : time);
        return (OpenAfter(day), Opens);
    }

    DateOnly OpenAfter(DateOnly day)
    {
        do day = day.AddDays(1);
        while (!IsOpen(day));
        return day;
    }

    bool IsOpen(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);

    static DateTime Utc(DateOnly day, TimeOnly time) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time), Times.London);
}
