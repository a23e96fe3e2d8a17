namespace Moothall.Definitions.Tests.Calendars;

public class PeriodTests
{
    [Theory]
    [InlineData("10 working days", 10, PeriodUnit.WorkingDays)]
    [InlineData("1 working day", 1, PeriodUnit.WorkingDays)]
    [InlineData("2 hours", 2, PeriodUnit.WorkingHours)]
    [InlineData("1 hour", 1, PeriodUnit.WorkingHours)]
    [InlineData("2 clock hours", 2, PeriodUnit.ClockHours)]
    [InlineData("3 days", 3, PeriodUnit.Days)]
    [InlineData("2 weeks", 2, PeriodUnit.Weeks)]
    [InlineData("1 month", 1, PeriodUnit.Months)]
    [InlineData("6 years", 6, PeriodUnit.Years)]
    public void A_period_is_read_from_words_and_written_back(string words, int amount, PeriodUnit unit)
    {
        Period.Parse(words).ShouldBe(new Period(amount, unit));
        new Period(amount, unit).ToWords().ShouldBe(words);
    }

    [Theory]
    [InlineData("  3   Working  Days ")]
    [InlineData("3 working day")]
    public void Spaces_capitals_and_a_missing_s_do_not_matter(string words) => Period.Parse(words).ShouldBe(new Period(3, PeriodUnit.WorkingDays));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("ten days")]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("1.5 hours")]
    [InlineData("3 fortnights")]
    [InlineData("99999999999 days")]
    [InlineData("3 working weeks")]
    public void What_is_no_period_gives_none(string words) => Period.Parse(words).ShouldBeNull();
}
