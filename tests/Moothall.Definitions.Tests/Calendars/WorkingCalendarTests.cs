using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using static Moothall.Definitions.Tests.Calendars.EnglandAndWales;

namespace Moothall.Definitions.Tests.Calendars;

public class WorkingCalendarTests
{
    [Theory]
    [InlineData("2028-12-20 10:00", "10 working days", "The list of bank holidays ends with 2028, so 10 working days from 20 December 2028 cannot be worked out. Add later years to council/calendars/england-and-wales.csv.")]
    [InlineData("2028-12-29 16:30", "2 hours", "The list of bank holidays ends with 2028, so 2 hours from 29 December 2028 cannot be worked out. Add later years to council/calendars/england-and-wales.csv.")]
    [InlineData("2029-03-01 10:00", "1 working day", "The list of bank holidays ends with 2028, so 1 working day from 1 March 2029 cannot be worked out. Add later years to council/calendars/england-and-wales.csv.")]
    [InlineData("2016-12-30 10:00", "1 working day", "The list of bank holidays begins with 2017, so 1 working day from 30 December 2016 cannot be worked out. Add earlier years to council/calendars/england-and-wales.csv.")]
    public void Outside_the_years_of_the_list_it_refuses_in_words(string start, string period, string refusal)
    {
        var due = Calendar.Add(At(start), Period.Parse(period)!.Value);
        (due.At, due.Refusal?.ToString()).ShouldBe((null, refusal));
    }

    [Fact]
    public void A_day_opens_when_the_zone_says_also_in_the_nights_in_which_clocks_change()
    {
        var calendar = new WorkingCalendar(Holidays, new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)> { [IsoDayOfWeek.Sunday] = (new LocalTime(1, 30), new LocalTime(3, 0)) }, Calendar.Zone);
        for (var sunday = new LocalDate(2025, 1, 5); sunday.Year < 2028; sunday = sunday.PlusWeeks(1))
            calendar.Add(Calendar.Zone.AtStartOfDay(sunday.PlusDays(-8)).ToInstant(), Period.Parse("1 working day")!.Value).At.ShouldBe(Calendar.Zone.AtLeniently(sunday + new LocalTime(1, 30)).ToInstant(), sunday.ToString());
    }

    [Fact]
    public void Periods_of_the_calendar_need_no_bank_holidays()
    {
        Calendar.Add(At("2031-01-31 10:00"), Period.Parse("6 years")!.Value).At.ShouldBe(At("2037-01-31 10:00"));
        Calendar.Add(At("1999-01-31 10:00"), Period.Parse("1 month")!.Value).At.ShouldBe(At("1999-02-28 10:00"));
        Calendar.Add(At("9000-01-31 10:00"), Period.Parse("5000 years")!.Value).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void A_stop_that_ends_after_the_list_is_refused()
    {
        Calendar.Extend(At("2028-12-28 10:00"), PeriodUnit.WorkingDays, At("2028-12-27 10:00"), At("2029-01-20 10:00")).Refusal!.ToString()
            .ShouldContain("ends with 2028, so the new deadline after a stop until 20 January 2029 cannot be worked out");
        Calendar.Extend(At("2028-12-29 16:00"), PeriodUnit.WorkingHours, At("2028-12-28 10:00"), At("2028-12-28 16:00")).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void A_clock_that_did_not_stand_still_moves_nothing()
    {
        var due = At("2026-11-24 11:00");
        foreach (var unit in Enum.GetValues<PeriodUnit>())
        {
            Calendar.Extend(due, unit, due, due).At.ShouldBe(due);
            Calendar.Extend(due, unit, due, At("2026-11-23 11:00")).At.ShouldBe(due);
        }
        Calendar.Extend(due, PeriodUnit.WorkingDays, At("2026-11-21 10:00"), At("2026-11-22 18:00")).At.ShouldBe(due);
    }

    [Fact]
    public void It_is_open_from_opening_until_just_before_closing()
    {
        Calendar.IsOpen(At("2026-11-23 09:00")).ShouldBeTrue();
        Calendar.IsOpen(At("2026-11-23 08:59")).ShouldBeFalse();
        Calendar.IsOpen(At("2026-11-23 17:00")).ShouldBeFalse();
        Calendar.IsOpen(At("2026-11-22 12:00")).ShouldBeFalse();
        Calendar.IsOpen(At("2026-12-25 12:00")).ShouldBeFalse();
        Calendar.IsOpen(At("2040-11-23 12:00")).ShouldBeFalse();
    }

    [Fact]
    public void The_day_of_a_moment_is_that_of_the_wall_clock()
    {
        Calendar.DayOf(Instant.FromUtc(2026, 7, 1, 23, 30)).ShouldBe(new LocalDate(2026, 7, 2));
        Calendar.DayOf(Instant.FromUtc(2026, 12, 1, 23, 30)).ShouldBe(new LocalDate(2026, 12, 1));
    }

    [Fact]
    public void A_working_day_ends_with_a_shorter_day_and_begins_with_a_later_one()
    {
        var hours = new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>
        {
            [IsoDayOfWeek.Monday] = (new(10, 0), new(17, 0)),
            [IsoDayOfWeek.Thursday] = (new(8, 0), new(20, 0)),
            [IsoDayOfWeek.Friday] = (new(8, 0), new(12, 0)),
        };
        var short_ = new WorkingCalendar(Holidays, hours, Calendar.Zone);
        short_.Add(At("2026-11-19 19:00"), new(1, PeriodUnit.WorkingDays)).At.ShouldBe(At("2026-11-20 12:00"));
        short_.Add(At("2026-11-20 08:30"), new(1, PeriodUnit.WorkingDays)).At.ShouldBe(At("2026-11-23 10:00"));
        short_.Add(At("2026-11-20 11:00"), new(2, PeriodUnit.WorkingHours)).At.ShouldBe(At("2026-11-23 11:00"));
    }

    [Fact]
    public void Without_opening_hours_nothing_is_worked_out()
    {
        var closed = new WorkingCalendar(Holidays, new Dictionary<IsoDayOfWeek, (LocalTime, LocalTime)>(), Calendar.Zone);
        closed.Add(At("2026-11-20 11:00"), new(2, PeriodUnit.WorkingHours)).Refusal?.ToString().ShouldBe("No opening hours are set, so 2 hours from 20 November 2026 cannot be worked out.");
        closed.Add(At("2026-11-20 11:00"), new(2, PeriodUnit.WorkingDays)).Refusal.ShouldNotBeNull();
        closed.Extend(At("2026-11-20 11:00"), PeriodUnit.WorkingDays, At("2026-11-18 11:00"), At("2026-11-19 11:00")).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void Working_days_agree_with_counting_them_one_by_one()
    {
        var cases = from minutes in Gen.Choose(0, 11 * 365 * 24 * 60) from days in Gen.Choose(1, 200) select (minutes, days);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var start = At("2017-01-01 00:00") + Duration.FromMinutes(c.minutes);
            var opened = start;
            if (!Calendar.IsOpen(opened))
            {
                var day = Calendar.DayOf(start);
                while (!IsWorkingDay(day) || Opening(day) < start)
                    day = day.PlusDays(1);
                opened = Opening(day);
            }
            var (on, time) = (Calendar.DayOf(opened), opened.InZone(Calendar.Zone).TimeOfDay);
            for (var left = c.days; left > 0; left -= IsWorkingDay(on) ? 1 : 0)
                on = on.PlusDays(1);
            return Calendar.Add(start, new(c.days, PeriodUnit.WorkingDays)).At == Calendar.Zone.AtLeniently(on + time).ToInstant();
        }));
    }

    [Fact]
    public void Stopping_a_clock_gives_exactly_the_working_time_back()
    {
        var cases = from start in Gen.Choose(0, 10 * 365 * 24 * 60) from stop in Gen.Choose(0, 5 * 24 * 60) from length in Gen.Choose(1, 40) select (start, stop, length);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var start = At("2017-01-02 00:00") + Duration.FromMinutes(c.start);
            var due = Calendar.Add(start, new(c.length, PeriodUnit.WorkingHours)).At!.Value;
            var resumed = start + Duration.FromMinutes(c.stop);
            var moved = Calendar.Extend(due, PeriodUnit.WorkingHours, start, resumed).At!.Value;
            return moved == (WorkingMinutes(start, resumed) == 0 ? due : Calendar.Add(resumed, new(c.length, PeriodUnit.WorkingHours)).At);
        }));
    }

    static int WorkingMinutes(Instant from, Instant to)
    {
        var minutes = 0;
        for (var at = from; at < to; at += Duration.FromMinutes(1))
            minutes += Calendar.IsOpen(at) ? 1 : 0;
        return minutes;
    }

    static bool IsWorkingDay(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !Holidays.Holidays.Contains(day);
    static Instant Opening(LocalDate day) => Calendar.Zone.AtLeniently(day + new LocalTime(9, 0)).ToInstant();
}
