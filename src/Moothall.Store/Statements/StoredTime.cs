using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Store.Statements;

/// <summary>A time as SQLite keeps it: UTC text of a fixed width, so that text order is time order. Microseconds, as PostgreSQL.</summary>
internal static class StoredTime
{
    private static readonly InstantPattern pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

    // The same text, written and read without a pattern: times are in most rows.
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly Instant first = Instant.FromUtc(1, 1, 1, 0, 0);

    public static string Write(Instant at) => at < first ? pattern.Format(at) : at.ToDateTimeUtc().ToString(Form, CultureInfo.InvariantCulture);

    public static Instant Read(string text)
    {
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, '.', _, _, _, _, _, _, 'Z']
            || Digits(text, 0, 4) is not (> 0 and var year) || Digits(text, 5, 2) is not (> 0 and <= 12 and var month)
            || Digits(text, 8, 2) is not (> 0 and var day) || day > DateTime.DaysInMonth(year, month) || Digits(text, 11, 2) is not (>= 0 and < 24 and var hour)
            || Digits(text, 14, 2) is not (>= 0 and < 60 and var minute) || Digits(text, 17, 2) is not (>= 0 and < 60 and var second) || Digits(text, 20, 6) is not (>= 0 and var micro))
            return pattern.Parse(text).GetValueOrThrow();
        return Instant.FromUnixTimeTicks(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks + micro * 10L);
    }

    // The number in these places, or -1 where something else stands there.
    private static int Digits(string text, int from, int count)
    {
        var number = 0;
        for (var i = from; i < from + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return -1;
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }

    /// <summary>The same instant without what is finer than a microsecond, which neither database keeps.</summary>
    public static Instant Kept(Instant at)
    {
        var ticks = at.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - (((ticks % 10) + 10) % 10));
    }
}
