using NodaTime;
using NodaTime.Text;

namespace Moothall.Store.Statements;

/// <summary>A time as SQLite keeps it: UTC text of a fixed width, so that text order is time order. Microseconds, as PostgreSQL.</summary>
internal static class StoredTime
{
    private static readonly InstantPattern pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

    public static string Write(Instant at) => pattern.Format(at);
    public static Instant Read(string text) => pattern.Parse(text).GetValueOrThrow();

    /// <summary>The same instant without what is finer than a microsecond, which neither database keeps.</summary>
    public static Instant Kept(Instant at)
    {
        var ticks = at.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - (((ticks % 10) + 10) % 10));
    }
}
