using Moothall.Cases;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class LateForecastTests
{
    static Duration[] Days(params (double Days, int Times)[] cases) => [.. cases.SelectMany(c => Enumerable.Repeat(Duration.FromDays(c.Days), c.Times))];

    static bool? Late(Duration[] took, double spent, double left) => LateForecast.Decide(took, Duration.FromDays(spent), Duration.FromDays(left));

    [Fact]
    public void Half_of_those_that_were_as_slow_decide()
    {
        var took = Days((2, 10), (6, 10), (12, 10));
        Late(took, spent: 0, left: 7).ShouldBe(false, "half of all were done after 6 days");
        Late(took, spent: 0, left: 5).ShouldBe(true);
        // After three days only those of 6 and 12 days are like it, and half of those took 6: three more days.
        Late(took, spent: 3, left: 4).ShouldBe(false);
        Late(took, spent: 3, left: 2).ShouldBe(true);
        Late(took, spent: 7, left: 4).ShouldBe(true, "those that were not done after 6 days took 12");
        Late(took, spent: 7, left: 5).ShouldBe(false);
    }

    [Fact]
    public void With_too_few_to_compare_nothing_is_said()
    {
        Late(Days((5, LateForecast.Fewest - 1)), 0, 1).ShouldBeNull();
        Late(Days((5, LateForecast.Fewest)), 0, 1).ShouldBe(true);
        Late(Days((5, 40), (9, LateForecast.FewestSlower - 1)), 6, 1).ShouldBeNull();
        Late(Days((5, 40), (9, LateForecast.FewestSlower)), 6, 1).ShouldBe(true);
        Late([], 0, 1).ShouldBeNull();
    }
}
