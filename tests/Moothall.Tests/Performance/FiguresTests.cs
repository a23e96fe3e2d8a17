using Moothall.Council;
using Moothall.Performance;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Performance;

/// <summary>From sums to figures.</summary>
public class FiguresTests
{
    static readonly Cost NoCost = Costs.ByDefault(new Dictionary<string, long>(), new Dictionary<string, decimal>());

    static Counts Of(params (Count Count, long Number)[] numbers)
    {
        var counts = new Counts();
        foreach (var (count, number) in numbers)
            counts[count] = number;
        return counts;
    }

    static ServiceFigures Figures(Dictionary<string, Counts> byChannel) => Moothall.Performance.Figures.Of("s", "a", byChannel, 0, NoCost);

    [Fact]
    public void A_service_nobody_used_has_no_rates_rather_than_noughts()
    {
        var figures = Figures([]);
        figures.DigitalTakeUp.ShouldBeNull();
        figures.DigitalTakeUpUnassisted.ShouldBeNull();
        figures.CompletionRate.ShouldBeNull();
        figures.ClosedInTimeRate.ShouldBeNull();
        figures.Satisfaction.Weighted.ShouldBeNull();
        figures.Satisfaction.Plain.ShouldBeNull();
        figures.Cost.PerTransaction.ShouldBeNull();
        figures.Cost.Total.ShouldBe(0);
    }

    [Fact]
    public void Assisted_is_digital_with_help_and_not_without_it()
    {
        var figures = Figures(new() { ["web"] = Of((Count.Received, 1)), ["assisted"] = Of((Count.Received, 1)), ["phone"] = Of((Count.Received, 1)) });
        figures.DigitalTakeUp.ShouldBe(2 / 3.0);
        figures.DigitalTakeUpUnassisted.ShouldBe(1 / 3.0);
    }

    [Fact]
    public void Email_post_and_social_media_are_not_digital_transactions() =>
        Figures(new() { ["email"] = Of((Count.Received, 1)), ["post"] = Of((Count.Received, 1)), ["social"] = Of((Count.Received, 1)) }).DigitalTakeUp.ShouldBe(0);

    [Fact]
    public void The_desk_and_the_api_do_not_touch_the_completion_rate() =>
        Figures(new()
        {
            ["web"] = Of((Count.CompletedSubmitted, 2), (Count.CompletedExit, 1), (Count.Abandoned, 1), (Count.CompletedDirect, 50)),
            ["phone"] = Of((Count.CompletedDirect, 100)),
            ["api"] = Of((Count.CompletedDirect, 100)),
        }).CompletionRate.ShouldBe(0.75);

    [Fact]
    public void Everybody_very_satisfied_is_one_and_everybody_very_dissatisfied_is_nought()
    {
        Moothall.Performance.Figures.SatisfactionOf(Of((Count.VerySatisfied, 3))).ShouldBe(new Satisfaction(3, new SatisfactionCounts(3, 0, 0, 0, 0), 1, 1));
        Moothall.Performance.Figures.SatisfactionOf(Of((Count.VeryDissatisfied, 3))).ShouldBe(new Satisfaction(3, new SatisfactionCounts(0, 0, 0, 0, 3), 0, 0));
    }

    [Fact]
    public void Default_cost_is_transactions_times_the_unit_cost_of_the_definition()
    {
        var cost = Costs.ByDefault(new Dictionary<string, long> { ["web"] = 100, ["phone"] = 3 }, new Dictionary<string, decimal> { ["web"] = 0.15m, ["phone"] = 2.83m });
        (cost.Basis, cost.Total, cost.ByChannel["phone"]).ShouldBe(("default", 23.49m, 8.49m));
    }

    [Fact]
    public void A_channel_the_definition_gives_no_cost_for_costs_what_is_published_never_nothing() =>
        Costs.ByDefault(new Dictionary<string, long> { ["post"] = 2 }, new Dictionary<string, decimal> { ["web"] = 0.15m }).Total.ShouldBe(24.20m);

    [Fact]
    public void Money_is_rounded_only_at_the_end_and_halves_go_to_the_even_penny()
    {
        var cost = Costs.ByDefault(new Dictionary<string, long> { ["web"] = 2, ["phone"] = 2 }, new Dictionary<string, decimal> { ["web"] = 0.005m, ["phone"] = 0.02m });
        cost.PerTransaction.ShouldBe(0.0125m);
        Cost.Pence(cost.PerTransaction!.Value).ShouldBe(0.01m);
        Cost.Pence(0.025m).ShouldBe(0.02m);
        Cost.Pence(0.035m).ShouldBe(0.04m);
        Cost.Pence(5m).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("5.00");
    }

    static readonly RateCard Card = new("a", new LocalDate(2026, 1, 1), new Dictionary<string, decimal> { ["worker"] = 36m, ["advisor"] = 18m },
        new Dictionary<string, decimal> { ["web"] = 0.10m, ["phone"] = 0.50m }, "test");

    static MeasuredSpan Span(RateCard? card, string channel, params (Count, long)[] numbers) => new(card, new Dictionary<string, Counts> { [channel] = Of(numbers) });

    [Fact]
    public void Measured_cost_is_hours_times_rate_and_transactions_times_the_channels_cost()
    {
        var cost = Costs.Measured([Span(Card, "phone", (Count.Received, 10), (Count.AdvisorSeconds, 1800), (Count.WorkerSeconds, 3600), (Count.HandlingSeconds, 5400))])!;
        (cost.Basis, cost.Total, cost.PerTransaction).ShouldBe(("measured", 50m, 5m));
        cost.UnitCosts.ShouldBeNull();
    }

    [Fact]
    public void Each_part_of_a_period_is_measured_by_its_own_rate_card()
    {
        var dearer = Card with { From = new LocalDate(2026, 4, 1), HourlyPounds = new Dictionary<string, decimal> { ["worker"] = 72m } };
        Costs.Measured([
            Span(Card, "web", (Count.WorkerSeconds, 3600), (Count.HandlingSeconds, 3600)),
            Span(dearer, "web", (Count.WorkerSeconds, 3600), (Count.HandlingSeconds, 3600)),
        ])!.Total.ShouldBe(108m);
    }

    [Fact]
    public void Cost_is_not_measured_when_a_part_of_the_period_has_no_rate_card() =>
        Costs.Measured([Span(null, "web"), Span(Card, "web", (Count.WorkerSeconds, 3600), (Count.HandlingSeconds, 3600))]).ShouldBeNull();

    [Fact]
    public void Cost_is_not_measured_when_no_time_was_recorded() => Costs.Measured([Span(Card, "web", (Count.Received, 10))]).ShouldBeNull();

    [Fact]
    public void Cost_is_not_measured_when_the_card_has_no_price_for_a_channel_that_was_used() =>
        Costs.Measured([Span(Card, "post", (Count.Received, 1), (Count.WorkerSeconds, 60), (Count.HandlingSeconds, 60))]).ShouldBeNull();

    [Fact]
    public void Cost_is_not_measured_when_somebody_without_a_rate_spent_time() =>
        Costs.Measured([Span(Card, "web", (Count.WorkerSeconds, 60), (Count.HandlingSeconds, 100))]).ShouldBeNull();

    [Fact]
    public void Numbers_from_one_to_four_are_not_shown_and_nought_is()
    {
        SmallNumbers.Show(0).ShouldBe(0);
        SmallNumbers.Show(4).ShouldBeNull();
        SmallNumbers.Show(5).ShouldBe(5);
    }

    [Fact]
    public void A_single_hidden_number_hides_the_next_smallest_with_it() =>
        SmallNumbers.Show([("a", 20L), ("b", 3L), ("c", 9L), ("d", 0L)]).ShouldBe([("a", 20L), ("b", null), ("c", null), ("d", 0L)]);

    [Fact]
    public void The_median_of_journeys_is_within_a_tenth_and_needs_five_of_them()
    {
        static Dictionary<int, long> Classes(params int[] seconds) => seconds.GroupBy(JourneyTimes.ClassOf).ToDictionary(g => g.Key, g => (long)g.Count());
        JourneyTimes.MedianSeconds(Classes(60, 90, 200, 300)).ShouldBeNull();
        JourneyTimes.MedianSeconds(Classes(60, 90, 200, 300, 90_000))!.Value.ShouldBe(200, 20);
        JourneyTimes.MedianMinutes(Classes(20, 20, 20, 20, 20)).ShouldBe(1);
        JourneyTimes.MedianMinutes(Classes(600, 600, 600, 600, 600, 600)).ShouldBe(10);
    }

    [Theory]
    [InlineData("2026-02-30", "2026-03-01")]
    [InlineData("2026-03-02", "2026-03-01")]
    [InlineData("yesterday", null)]
    [InlineData("0001-01-01", "2026-03-01")]
    [InlineData("2026-03-01", "9999-12-31")]
    public void A_period_that_is_none_is_refused_in_words(string? from, string? to)
    {
        var (period, refusal) = ReportingPeriod.Read(from, to, new LocalDate(2026, 3, 3));
        period.ShouldBeNull();
        refusal.ShouldNotBeNull().English.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Without_days_the_period_is_the_year_up_to_today()
    {
        var (period, _) = ReportingPeriod.Read(null, "", new LocalDate(2026, 3, 3));
        period.ShouldBe(new ReportingPeriod(new LocalDate(2025, 3, 4), new LocalDate(2026, 3, 3)));
    }
}
