using NodaTime;

namespace Moothall.Definitions.Tests;

public sealed class TimeTypesTests
{
    static readonly Question When = Asked.Of("date", "When did you see it?", "seen", @short: "Date of the collection");
    static readonly Question Month = Asked.Of("month", "Since when?", "since");
    static readonly Question Time = Asked.Of("time", "At what time?", "at");

    static Reading Day(string day, string month = "", string year = "") => Asked.Typed(When, ("seen-day", day), ("seen-month", month), ("seen-year", year));

    [Theory]
    [InlineData("7", "11", "2026")]
    [InlineData("07", "nov", "26")]
    [InlineData("7th", "November", "2026")]
    [InlineData("7", "Tachwedd", "2026")]
    [InlineData("7", "novembre", "2026")]
    [InlineData("7/11/2026", "", "")]
    [InlineData("7.11.26", "", "")]
    [InlineData("2026-11-07", "", "")]
    [InlineData("7 nov 26", "", "")]
    [InlineData("7nov26", "", "")]
    [InlineData("Saturday 7th of November, 2026", "", "")]
    [InlineData("Nov 7 2026", "", "")]
    [InlineData("07112026", "", "")]
    [InlineData("٧", "١١", "٢٠٢٦")]
    public void A_date_is_read(string day, string month, string year) =>
        Asked.Answer<DateAnswer>(Day(day, month, year)).Date.ShouldBe(new LocalDate(2026, 11, 7));

    [Theory]
    [InlineData("today", 22)]
    [InlineData("Yesterday", 21)]
    public void Days_near_today_are_read(string typed, int day) =>
        Asked.Answer<DateAnswer>(Day(typed)).Date.ShouldBe(new LocalDate(2026, 11, day));

    [Theory]
    [InlineData("", "", "", "seen-day", "Enter a date for “Date of the collection”")]
    [InlineData("7", "", "2026", "seen-month", "Date of the collection must include a month")]
    [InlineData("", "11", "2026", "seen-day", "Date of the collection must include a day")]
    [InlineData("7", "11", "", "seen-year", "Date of the collection must include a year")]
    [InlineData("7", "", "", "seen-month", "Date of the collection must include a month and year")]
    [InlineData("7 nov", "", "", "seen-year", "Date of the collection must include a year")]
    [InlineData("32", "11", "2026", "seen-day", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("31", "11", "2026", "seen-day", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("29", "2", "2026", "seen-day", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("7", "13", "2026", "seen-month", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("7", "no", "2026", "seen-month", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("7", "11", "202", "seen-year", "Year must include 4 numbers")]
    [InlineData("7", "11", "20266", "seen-year", "Year must include 4 numbers")]
    [InlineData("soon", "", "", "seen-day", "Date of the collection must be a real date, like 27 3 2026")]
    [InlineData("next week!", "", "", "seen-day", "Date of the collection must be a real date, like 27 3 2026")]
    public void What_is_wrong_with_a_date_points_to_the_part(string day, string month, string year, string field, string message)
    {
        var reading = Day(day, month, year);
        Asked.Message(reading).ShouldBe(message);
        reading.Faults[0].Field.ShouldBe(field);
    }

    [Fact]
    public void A_question_without_short_name_is_named_by_its_words() =>
        Asked.Message(Asked.Json(Asked.Of("date", "When was it?"), "\"7 nov\"")).ShouldBe("The answer to “When was it?” must include a year");

    [Theory]
    [InlineData(null, 0, "23/11/2026", "Date of the collection must be today or in the past")]
    [InlineData(null, -1, "22/11/2026", "Date of the collection must be in the past")]
    [InlineData(0, null, "21/11/2026", "Date of the collection must be today or in the future")]
    [InlineData(1, null, "22/11/2026", "Date of the collection must be in the future")]
    [InlineData(-30, 0, "23/11/2026", "Date of the collection must be today or in the past")]
    [InlineData(-30, 0, "1/1/2026", "Date of the collection must be between 23 October 2026 and 22 November 2026")]
    [InlineData(3, null, "22/11/2026", "Date of the collection must be the same as or after 25 November 2026")]
    public void A_date_keeps_to_its_limits(int? least, int? most, string typed, string message)
    {
        var question = When with { AtLeast = least is null ? null : new Bound(null, null, true, least.Value), AtMost = most is null ? null : new Bound(null, null, true, most.Value) };
        Asked.Message(Asked.Json(question, $"\"{typed}\"")).ShouldBe(message);
    }

    [Theory]
    [InlineData("45", 1945)]
    [InlineData("26", 2026)]
    [InlineData("99", 1999)]
    public void Two_figures_of_a_year_of_birth_mean_the_last_hundred_years(string year, int meant) =>
        Asked.Answer<DateAnswer>(Asked.Json(When with { AtMost = new Bound(null, null, true, 0) }, $"\"1 1 {year}\"")).Date.Year.ShouldBe(meant);

    [Theory]
    [InlineData("11", "2026")]
    [InlineData("Nov", "26")]
    [InlineData("11/2026", "")]
    [InlineData("2026-11", "")]
    [InlineData("november 2026", "")]
    public void A_month_is_read(string month, string year) =>
        Asked.Answer<MonthAnswer>(Asked.Typed(Month, ("since-month", month), ("since-year", year))).Month.ShouldBe(new YearMonth(2026, 11));

    [Theory]
    [InlineData("", "", "since-month", "Enter a month and year for “Since when?”")]
    [InlineData("", "2026", "since-month", "The answer to “Since when?” must include a month")]
    [InlineData("3", "", "since-year", "The answer to “Since when?” must include a year")]
    [InlineData("13", "2026", "since-month", "The answer to “Since when?” must be a real month and year, like 3 2026")]
    public void What_is_wrong_with_a_month_is_said(string month, string year, string field, string message)
    {
        var reading = Asked.Typed(Month, ("since-month", month), ("since-year", year));
        Asked.Message(reading).ShouldBe(message);
        reading.Faults[0].Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("14:30", 14, 30)]
    [InlineData("14.30", 14, 30)]
    [InlineData("1430", 14, 30)]
    [InlineData("2:30pm", 14, 30)]
    [InlineData("2.30 P.M.", 14, 30)]
    [InlineData("9am", 9, 0)]
    [InlineData("12am", 0, 0)]
    [InlineData("12pm", 12, 0)]
    [InlineData("midday", 12, 0)]
    [InlineData("14:30:00", 14, 30)]
    public void A_time_is_read(string typed, int hour, int minute)
    {
        Asked.Answer<TimeAnswer>(Asked.Typed(Time, typed)).Time.ShouldBe(new LocalTime(hour, minute));
        Asked.Answer<TimeAnswer>(Asked.Typed(Time, ("at-hour", typed))).Time.ShouldBe(new LocalTime(hour, minute));
    }

    [Theory]
    [InlineData("9", "30", 9, 30)]
    [InlineData("9", "30pm", 21, 30)]
    [InlineData("00", "05", 0, 5)]
    public void Hour_and_minute_are_read(string hour, string minute, int h, int m) =>
        Asked.Answer<TimeAnswer>(Asked.Typed(Time, ("at-hour", hour), ("at-minute", minute))).Time.ShouldBe(new LocalTime(h, m));

    [Theory]
    [InlineData("", "", "at-hour", "Enter a time for “At what time?”, like 9:30am")]
    [InlineData("2", "", "at-minute", "The answer to “At what time?” must include minutes, like 14:30, or am or pm, like 9am")]
    [InlineData("", "30", "at-hour", "The answer to “At what time?” must include an hour")]
    [InlineData("25", "30", "at-hour", "The answer to “At what time?” must be a real time, like 9:30am or 14:30")]
    [InlineData("9", "75", "at-minute", "The answer to “At what time?” must be a real time, like 9:30am or 14:30")]
    [InlineData("half past 2", "", "at-hour", "The answer to “At what time?” must be a real time, like 9:30am or 14:30")]
    [InlineData("13am", "", "at-hour", "The answer to “At what time?” must be a real time, like 9:30am or 14:30")]
    public void What_is_wrong_with_a_time_is_said(string hour, string minute, string field, string message)
    {
        var reading = Asked.Typed(Time, ("at-hour", hour), ("at-minute", minute));
        Asked.Message(reading).ShouldBe(message);
        reading.Faults[0].Field.ShouldBe(field);
    }

    [Fact]
    public void Dates_and_times_are_shown_as_GOV_UK_writes_them()
    {
        When.Type.Show(When, new DateAnswer(new LocalDate(2026, 11, 7)), "en").ShouldBe(["7 November 2026"]);
        Month.Type.Show(Month, new MonthAnswer(new YearMonth(2026, 3)), "en").ShouldBe(["March 2026"]);
        Time.Type.Show(Time, new TimeAnswer(new LocalTime(10, 30)), "en").ShouldBe(["10:30am"]);
        Time.Type.Show(Time, new TimeAnswer(new LocalTime(12, 0)), "en").ShouldBe(["midday"]);
        Time.Type.Show(Time, new TimeAnswer(new LocalTime(21, 0)), "en").ShouldBe(["9pm"]);
    }
}
