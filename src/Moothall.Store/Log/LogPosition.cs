using System.Globalization;

namespace Moothall.Store;

/// <summary>
/// A place in the log. Only for comparing and keeping: on PostgreSQL it starts with the transaction's number, on SQLite
/// with 0, and a council moved to another database gets new ones.
/// </summary>
public readonly record struct LogPosition(long Transaction, long Number) : IComparable<LogPosition>
{
    /// <summary>Before the first event.</summary>
    public static readonly LogPosition Start;

    public int CompareTo(LogPosition other)
    {
        var byTransaction = Transaction.CompareTo(other.Transaction);
        return byTransaction != 0 ? byTransaction : Number.CompareTo(other.Number);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}:{Number}");

    public static LogPosition Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(long.Parse(text.AsSpan(0, colon), CultureInfo.InvariantCulture), long.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;
    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;
    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;
    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;
}
