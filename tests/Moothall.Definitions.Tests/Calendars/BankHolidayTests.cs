using NodaTime;

namespace Moothall.Definitions.Tests.Calendars;

public class BankHolidayTests
{
    /// <summary>Days of the rule that a proclamation moved away.</summary>
    static readonly LocalDate[] Dropped = [new(2020, 5, 4), new(2022, 5, 30)];

    /// <summary>Days that a proclamation set: VE day, the Platinum Jubilee, the State Funeral, the coronation.</summary>
    static readonly LocalDate[] Proclaimed = [new(2020, 5, 8), new(2022, 6, 2), new(2022, 6, 3), new(2022, 9, 19), new(2023, 5, 8)];

    /// <summary>As published on gov.uk for 2017 to 2023, with the two single holidays of 2022 and 2023 that later lists carry.</summary>
    const string Published = """
        2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
        2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
        2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
        2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
        2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
        2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
        2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
        """;

    [Fact]
    public void The_rule_with_its_named_exceptions_gives_the_published_years() =>
        ByRule(2017, 2023).Select(d => d.ToString("uuuu-MM-dd", null))
            .ShouldBe(Published.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void The_shipped_file_is_the_rule_with_its_exceptions_for_all_its_years()
    {
        EnglandAndWales.Holidays.FirstYear.ShouldBe(2017);
        EnglandAndWales.Holidays.LastYear.ShouldBe(2028);
        EnglandAndWales.Holidays.Holidays.Order().ShouldBe(ByRule(2017, 2028));
    }

    [Fact]
    public void The_shipped_file_names_substitute_days_as_the_rule_does()
    {
        var file = File.ReadAllLines(Path.Combine(ReferencePage.Root, "council", "calendars", "england-and-wales.csv"));
        foreach (var holiday in Enumerable.Range(2017, 12).SelectMany(BankHolidayRule.Year).Where(h => !Dropped.Contains(h.Day) && !Proclaimed.Contains(h.Day)))
            file.ShouldContain($"{holiday.Day:uuuu-MM-dd},{holiday.Title},{(holiday.Substitute ? "yes" : "no")}");
    }

    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(1943, 4, 25)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2028, 4, 16)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_where_it_fell(int year, int month, int day) => BankHolidayRule.EasterSunday(year).ShouldBe(new LocalDate(year, month, day));

    [Fact]
    public void A_list_with_slips_says_line_and_mend_and_keeps_what_is_good()
    {
        var findings = new List<Finding>();
        var list = HolidayList.Read("test", "# remark\ndate,title,substitute\n2026-01-01,New Year’s Day,no\n2026-13-01,Odd,no\n2026-12-25,Christmas Day\n2026-01-01,Again,no\n2028-01-03,New Year’s Day,yes\n", findings);
        list.Holidays.Order().ShouldBe([new(2026, 1, 1), new(2028, 1, 3)]);
        (list.FirstYear, list.LastYear).ShouldBe((2026, 2028));
        findings.Proved().Select(f => f.ToString()).ShouldBe([
            "council/calendars/test.csv:4:1: error: `2026-13-01` is not a date; write it as 2026-12-25",
            "council/calendars/test.csv:5:1: error: a row of this list is a date, a title, and yes or no for a substitute day: `2026-12-28,Boxing Day,yes`",
            "council/calendars/test.csv:6:1: error: 2026-01-01 is in this list twice",
            "council/calendars/test.csv:1:1: error: this list goes from 2026 to 2028, but has no holidays in 2027",
        ]);
    }

    [Fact]
    public void An_empty_list_refuses_every_working_day()
    {
        var findings = new List<Finding>();
        var calendar = WorkingCalendar.Usual(HolidayList.Read("test", "date,title,substitute\n", findings));
        findings.ShouldHaveSingleItem().Message.ShouldContain("empty");
        calendar.Add(EnglandAndWales.At("2026-11-20 11:00"), new(1, PeriodUnit.WorkingDays)).At.ShouldBeNull();
    }

    static IEnumerable<LocalDate> ByRule(int first, int last) => Enumerable.Range(first, last - first + 1).SelectMany(BankHolidayRule.Year)
        .Select(h => h.Day).Except(Dropped).Concat(Proclaimed.Where(d => d.Year >= first && d.Year <= last)).Order();
}
