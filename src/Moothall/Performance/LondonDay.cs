using NodaTime;

namespace Moothall.Performance;

/// <summary>The day of an instant as people in the council's streets count it. In summer an hour of the evening in UTC is already tomorrow.</summary>
public static class LondonDay
{
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>The Europe/London day in which an instant lies.</summary>
    public static LocalDate Of(Instant instant) => instant.InZone(London).Date;
}
