using NodaTime;

namespace Moothall.Council;

/// <summary>The hours in which nobody wants a telephone to buzz: what would be sent in them waits until they end.</summary>
/// <param name="Zone">The council's zone.</param>
/// <param name="From">When they begin; the same as Until where there are none.</param>
public sealed record QuietHours(DateTimeZone Zone, LocalTime From, LocalTime Until)
{
    /// <summary>Nine in the evening to eight in the morning.</summary>
    public static QuietHours Usual(DateTimeZone zone) => new(zone, new LocalTime(21, 0), new LocalTime(8, 0));

    /// <summary>Whether a moment lies in them.</summary>
    public bool Has(Instant at)
    {
        var time = at.InZone(Zone).TimeOfDay;
        return From <= Until ? time >= From && time < Until : time >= From || time < Until;
    }

    /// <summary>The moment itself, or the end of the quiet hours that it lies in.</summary>
    public Instant After(Instant at)
    {
        if (!Has(at)) return at;
        var local = at.InZone(Zone);
        return (local.TimeOfDay < Until ? local.Date : local.Date.PlusDays(1)).At(Until).InZoneLeniently(Zone).ToInstant();
    }

    /// <summary>The moment itself, or an hour before the quiet hours that it lies in begin.</summary>
    public Instant Before(Instant at)
    {
        if (!Has(at)) return at;
        var local = at.InZone(Zone);
        return (local.TimeOfDay >= From ? local.Date : local.Date.PlusDays(-1)).At(From).InZoneLeniently(Zone).ToInstant() - Duration.FromHours(1);
    }
}
