using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>What adding a period gave: the moment, or why it cannot be worked out (the list of holidays ends before it).</summary>
public readonly record struct Due(Instant? At, Message? Refusal)
{
    /// <summary>A moment.</summary>
    public static Due Of(Instant at) => new(at, null);
    /// <summary>Why there is none, in words.</summary>
    public static Due Refused(Message why) => new(null, why);
}

/// <summary>
/// When an authority works: its opening hours by weekday, less holidays, in Europe/London. Adds periods and moves deadlines
/// when a clock stood still. Pure. All open days of the covered years are laid out once, so that adding is a search.
/// </summary>
public sealed partial class WorkingCalendar
{
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    readonly HolidayList holidays;
    readonly LocalDate first;
    /// <summary>For each day of the covered years: how many open days lie before it (its own number when it is open).</summary>
    readonly int[] openDaysBefore;
    readonly OpenDay[] openDays;

    /// <summary>A day of opening: from when to when, and the working time of all open days before it.</summary>
    readonly record struct OpenDay(LocalDate Day, LocalTime OpensAt, LocalTime ClosesAt, Instant Opens, Instant Closes, Duration Before);

    /// <param name="opens">Opening and closing time by weekday; a day that is missing is closed.</param>
    public WorkingCalendar(HolidayList holidays, IReadOnlyDictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> opens, DateTimeZone zone)
    {
        foreach (var (day, hours) in opens)
            if (hours.Closes <= hours.Opens)
                throw new ArgumentException($"{day} closes at {hours.Closes} but opens at {hours.Opens}.", nameof(opens));
        this.holidays = holidays;
        Zone = zone;
        first = new LocalDate(holidays.FirstYear, 1, 1);
        var length = Math.Max(0, NodaTime.Period.DaysBetween(first, new LocalDate(holidays.LastYear, 12, 31)) + 1);
        openDaysBefore = new int[length];
        var open = new List<OpenDay>(length);
        var before = Duration.Zero;
        var clocks = new Clocks(zone);
        for (var i = 0; i < length; i++)
        {
            openDaysBefore[i] = open.Count;
            var day = first.PlusDays(i);
            if (holidays.Holidays.Contains(day) || !opens.TryGetValue(day.DayOfWeek, out var hours))
                continue;
            var from = clocks.At(day + hours.Opens);
            var to = clocks.At(day + hours.Closes);
            open.Add(new OpenDay(day, hours.Opens, hours.Closes, from, to, before));
            before += to - from;
        }
        openDays = [.. open];
    }

    /// <summary>Times of a zone in the order of the calendar: its rules are asked again only about the days on which clocks may change.</summary>
    struct Clocks(DateTimeZone zone)
    {
        Offset offset;
        LocalDateTime from = LocalDate.MaxIsoValue.AtMidnight(), until;

        /// <summary>The moment of a time on the wall; of one that comes twice the first, of one that is skipped as much later (NodaTime's lenient resolver).</summary>
        public Instant At(LocalDateTime time)
        {
            if (time >= from && time < until) return time.WithOffset(offset).ToInstant();
            var at = zone.AtLeniently(time).ToInstant();
            var interval = zone.GetZoneInterval(at);
            if (interval is { HasStart: true, HasEnd: true })
                (offset, from, until) = (interval.WallOffset, interval.IsoLocalStart.PlusDays(1), interval.IsoLocalEnd.PlusDays(-1));
            return at;
        }
    }

    /// <summary>Monday to Friday, 9 to 5, Europe/London.</summary>
    public static WorkingCalendar Usual(HolidayList holidays) => new(
        holidays,
        new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday }
            .ToDictionary(day => day, _ => (new LocalTime(9, 0), new LocalTime(17, 0))),
        London);

    /// <summary>Where the clock on the wall hangs.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The first and the last day that working time can be worked out for.</summary>
    public (LocalDate First, LocalDate Last) Covers => (first, new LocalDate(holidays.LastYear, 12, 31));

    /// <summary>
    /// When a period that starts at a moment ends. Working time starts at the moment, or at the next opening when closed; a working
    /// day ends at the same time of the next open day (at its opening or closing where that day is shorter). Days, weeks, months
    /// and years end at the same time of the calendar, a month without that day on its last; clock hours just pass.
    /// </summary>
    public Due Add(Instant start, Period period) => period.Unit switch
    {
        PeriodUnit.WorkingHours => AddWorkingTime(start, Duration.FromHours(period.Amount), () => Wanted(period, start)),
        PeriodUnit.WorkingDays => AddWorkingDays(start, period.Amount, () => Wanted(period, start)),
        PeriodUnit.ClockHours => Due.Of(start + Duration.FromHours(period.Amount)),
        PeriodUnit.Days => OnCalendar(start, period.Amount / 365, at => at.PlusDays(period.Amount)),
        PeriodUnit.Weeks => OnCalendar(start, period.Amount / 52, at => at.PlusWeeks(period.Amount)),
        PeriodUnit.Months => OnCalendar(start, period.Amount / 12, at => at.PlusMonths(period.Amount)),
        _ => OnCalendar(start, period.Amount, at => at.PlusYears(period.Amount)),
    };

    /// <summary>
    /// The new deadline when a clock of this unit stood still from stopped to resumed: for working units the working time between is
    /// added, for clock hours the time between, and for the rest the days and hours between on the calendar.
    /// </summary>
    public Due Extend(Instant due, PeriodUnit unit, Instant stopped, Instant resumed)
    {
        if (resumed <= stopped)
            return Due.Of(due);
        switch (unit)
        {
            case PeriodUnit.WorkingHours or PeriodUnit.WorkingDays:
                Message Why() => new Message("the new deadline after a stop until {day}", ("day", DayOf(resumed)));
                if (Refusal(DayOf(stopped), Why) is { } early)
                    return Due.Refused(early);
                if (Refusal(DayOf(resumed), Why) is { } late)
                    return Due.Refused(late);
                var between = WorkingTimeBefore(resumed) - WorkingTimeBefore(stopped);
                return between == Duration.Zero ? Due.Of(due) : AddWorkingTime(due, between, Why);
            case PeriodUnit.ClockHours:
                return Due.Of(due + (resumed - stopped));
            default:
                var stood = NodaTime.Period.Between(stopped.InZone(Zone).LocalDateTime, resumed.InZone(Zone).LocalDateTime, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
                return OnCalendar(due, stood.Days / 365, at => at + stood);
        }
    }

    /// <summary>Whether a moment lies in opening hours. The closing time itself does not; nor does a day outside the covered years.</summary>
    public bool IsOpen(Instant at) => OpenDayAt(DayOf(at)) is { } day && at >= day.Opens && at < day.Closes;

    /// <summary>Whether a day is a bank holiday of the list.</summary>
    public bool IsHoliday(LocalDate day) => holidays.Holidays.Contains(day);

    /// <summary>The calendar day of a moment in this zone.</summary>
    public LocalDate DayOf(Instant at) => at.InZone(Zone).Date;

    Due AddWorkingDays(Instant start, int days, Func<Message> wanted)
    {
        if (Refusal(DayOf(start), wanted) is { } refusal)
            return Due.Refused(refusal);
        var number = NextOpen(start);
        if (number + days >= openDays.Length)
            return Due.Refused(Ended(wanted));
        var time = start <= openDays[number].Opens ? openDays[number].OpensAt : start.InZone(Zone).TimeOfDay;
        var day = openDays[number + days];
        if (time <= day.OpensAt)
            return Due.Of(day.Opens);
        return Due.Of(time >= day.ClosesAt ? day.Closes : Zone.AtLeniently(day.Day + time).ToInstant());
    }

    Due AddWorkingTime(Instant start, Duration time, Func<Message> wanted)
    {
        if (Refusal(DayOf(start), wanted) is { } refusal)
            return Due.Refused(refusal);
        var end = WorkingTimeBefore(start) + time;
        var (low, high) = (0, openDays.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (openDays[middle].Before + (openDays[middle].Closes - openDays[middle].Opens) >= end)
                high = middle;
            else
                low = middle + 1;
        }
        if (low >= openDays.Length)
            return Due.Refused(Ended(wanted));
        var at = openDays[low].Opens + (end - openDays[low].Before);
        return at <= openDays[low].Closes ? Due.Of(at) : Due.Refused(Ended(wanted));
    }

    Due OnCalendar(Instant start, int years, Func<LocalDateTime, LocalDateTime> move)
    {
        var local = start.InZone(Zone).LocalDateTime;
        return local.Year + years < 9990
            ? Due.Of(Zone.AtLeniently(move(local)).ToInstant())
            : Due.Refused(new Message("The year {year} is too far away to be worked out.", ("year", Figures(local.Year + years))));
    }

    /// <summary>The number of the open day that a moment lies in, or of the next one. May be one past the last.</summary>
    int NextOpen(Instant at)
    {
        var number = openDaysBefore[NodaTime.Period.DaysBetween(first, DayOf(at))];
        return number < openDays.Length && at >= openDays[number].Closes ? number + 1 : number;
    }

    Duration WorkingTimeBefore(Instant at)
    {
        var number = NextOpen(at);
        if (number >= openDays.Length)
            return openDays.Length == 0 ? Duration.Zero : openDays[^1].Before + (openDays[^1].Closes - openDays[^1].Opens);
        var day = openDays[number];
        return at > day.Opens ? day.Before + (at - day.Opens) : day.Before;
    }

    OpenDay? OpenDayAt(LocalDate day)
    {
        if (day.Year < holidays.FirstYear || day.Year > holidays.LastYear)
            return null;
        var number = openDaysBefore[NodaTime.Period.DaysBetween(first, day)];
        return number < openDays.Length && openDays[number].Day == day ? openDays[number] : null;
    }

    Message? Refusal(LocalDate day, Func<Message> wanted)
    {
        if (day.Year < holidays.FirstYear)
            return new Message("The list of bank holidays begins with {year}, so {wanted} cannot be worked out. Add earlier years to {file}.", ("year", Figures(holidays.FirstYear)), ("wanted", wanted()), ("file", HolidayList.FileOf(holidays.Name)));
        return day.Year > holidays.LastYear || openDays.Length == 0 ? Ended(wanted) : null;
    }

    Message Ended(Func<Message> wanted) => openDays.Length == 0
        ? new Message("No opening hours are set, so {wanted} cannot be worked out.", ("wanted", wanted()))
        : new Message("The list of bank holidays ends with {year}, so {wanted} cannot be worked out. Add later years to {file}.", ("year", Figures(holidays.LastYear)), ("wanted", wanted()), ("file", HolidayList.FileOf(holidays.Name)));

    Message Wanted(Period period, Instant start) => new Message("{period} from {day}", ("period", period), ("day", DayOf(start)));

    static string Figures(int year) => year.ToString(CultureInfo.InvariantCulture);
}
