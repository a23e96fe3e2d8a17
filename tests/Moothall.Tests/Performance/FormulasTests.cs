using System.Data;
using System.Globalization;
using Moothall.Council;
using Moothall.Performance;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Performance.Happenings;

namespace Moothall.Tests.Performance;

/// <summary>The page of formulas cannot lie: each example is reckoned by its own working and by the code that publishes figures.</summary>
public class FormulasTests
{
    public static TheoryData<string> Keys => [.. Formulas.All.Select(f => f.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_working_of_an_example_comes_to_its_result(string key)
    {
        var formula = Formulas.Find(key)!;
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        var worked = Convert.ToDouble(table.Compute(formula.Working, ""), CultureInfo.InvariantCulture);
        Published(formula, (decimal)worked).ShouldBe(formula.Result);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_code_that_publishes_comes_to_the_same_result(string key)
    {
        var formula = Formulas.Find(key)!;
        Published(formula, Reckoned(formula)).ShouldBe(formula.Result);
    }

    [Fact]
    public void Every_figure_of_the_outer_surface_has_its_formula() =>
        Formulas.All.Select(f => f.Key).ShouldBe([
            "started", "completed", "completionRate", "digitalTakeUp", "digitalTakeUpUnassisted", "cases.closed", "closedInTimeRate", "cases.open",
            "satisfaction.weighted", "satisfaction.plain", "cost.total", "cost.perTransaction", "cost.measured", "cases.received",
        ], ignoreOrder: true);

    static decimal Published(Formula formula, decimal number) => formula.Unit == FigureUnit.Pounds ? Cost.Pence(number) : decimal.Round(number, 9);

    static decimal Reckoned(Formula formula)
    {
        var byChannel = formula.ByChannel();
        var cost = formula.Key == "cost.measured"
            ? Costs.Measured([new MeasuredSpan(new RateCard("a", new LocalDate(2026, 1, 1), formula.Prices!, formula.Prices!, ""), byChannel)])!
            : Costs.ByDefault(byChannel.ToDictionary(c => c.Key, c => c.Value[Count.Received]), formula.Prices ?? new Dictionary<string, decimal>());
        var figures = Figures.Of("s", "a", byChannel, formula.Key == "cases.open" ? Open(formula) : 0, cost);
        return formula.Key switch
        {
            "started" => figures.Started,
            "completed" => figures.Completed,
            "completionRate" => (decimal)figures.CompletionRate!,
            "digitalTakeUp" => (decimal)figures.DigitalTakeUp!,
            "digitalTakeUpUnassisted" => (decimal)figures.DigitalTakeUpUnassisted!,
            "cases.received" => figures.Cases.Received,
            "cases.closed" => figures.Cases.Closed,
            "closedInTimeRate" => (decimal)figures.ClosedInTimeRate!,
            "cases.open" => figures.Cases.Open,
            "satisfaction.weighted" => (decimal)figures.Satisfaction.Weighted!,
            "satisfaction.plain" => (decimal)figures.Satisfaction.Plain!,
            "cost.total" or "cost.measured" => figures.Cost.Total,
            "cost.perTransaction" => figures.Cost.PerTransaction!.Value,
            _ => throw new InvalidOperationException($"Say here how {formula.Key} is read from the figures."),
        };
    }

    /// <summary>The story of the example told as events.</summary>
    static long Open(Formula formula)
    {
        var tally = new Tally();
        foreach (var given in formula.Given)
            for (var i = 0; i < given.Number; i++)
                tally.Add(given.Count switch
                {
                    Count.Received => Entry(Received(), Noon),
                    Count.Reopened => Entry(Reopened(Noon), Noon),
                    Count.MovedIn => Entry(Moved("report-a-pothole") with { FromService = "fly-tipping" }, Noon),
                    Count.Closed => Entry(Closed(), Noon),
                    _ => Entry(Moved("fly-tipping"), Noon),
                });
        return tally.Days.Where(d => d.Key.Line.Service == "report-a-pothole").Sum(d => d.Value[Count.OpenChange]);
    }
}
