using FsCheck;
using FsCheck.Fluent;
using Moothall.Definitions;
using Moothall.Records;
using NodaTime;
using Shouldly;
using Xunit;
using Period = Moothall.Definitions.Period;

namespace Moothall.Tests.Records;

public class KeepRuleTests
{
    static readonly Gen<KeepRule> Rules =
        from amount in Gen.Choose(1, 100)
        from unit in Gen.Elements(PeriodUnit.Days, PeriodUnit.Weeks, PeriodUnit.Months, PeriodUnit.Years)
        select new KeepRule(new Period(amount, unit), "closed", "public task");

    static readonly Gen<LocalDate> Days = from n in Gen.Choose(0, 40_000) select new LocalDate(1990, 1, 1).PlusDays(n);

    [Fact]
    public void What_is_over_began_on_or_before_the_latest_day() => Prop.ForAll(Rules.ToArbitrary(), Days.ToArbitrary(), (rule, today) =>
        Enumerable.Range(-10, 20).Select(n => rule.Latest(today).PlusDays(n)).All(since => !rule.IsOver(since, today) || since < rule.Latest(today))).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_over_stays_over() => Prop.ForAll(Rules.ToArbitrary(), Days.ToArbitrary(), Days.ToArbitrary(), (rule, since, today) =>
        !rule.IsOver(since, today) || rule.IsOver(since, today.PlusDays(1))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_leap_day_ends_with_February_in_a_common_year()
    {
        var rule = new KeepRule(new Period(1, PeriodUnit.Years), "closed", "public task");
        rule.Until(new LocalDate(2024, 2, 29)).ShouldBe(new LocalDate(2025, 2, 28));
        rule.Words.ShouldBe("1 year after closed, public task");
    }
}
