using System.Text;
using System.Text.Json;
using Moothall.Performance;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Performance;

/// <summary>The figures as others read them: JSON and CSV.</summary>
public class PublishingTests
{
    static PerformanceReport Report()
    {
        var web = new Counts();
        web[Count.Received] = 3;
        web[Count.CompletedDirect] = 3;
        web[Count.Closed] = 3;
        web[Count.ClosedInTime] = 2;
        web[Count.VerySatisfied] = 1;
        var cost = Costs.ByDefault(new Dictionary<string, long> { ["web"] = 3 }, new Dictionary<string, decimal> { ["web"] = 0.5m });
        return new PerformanceReport(new LocalDate(2026, 3, 1), new LocalDate(2026, 3, 31),
            [Figures.Of("report-a-pothole", "wessex", new Dictionary<string, Counts> { ["web"] = web }, 7, cost)]);
    }

    [Fact]
    public void The_json_is_that_of_the_outer_surface()
    {
        const string expected = """
            {"from":"2026-03-01","to":"2026-03-31","services":[{"service":"report-a-pothole","authority":"wessex",
            "started":0,"completed":3,"completedByChannel":{"web":3},"transactionsByChannel":{"web":3},
            "cases":{"received":3,"closed":3,"closedInTime":2,"open":7},"digitalTakeUp":1,"digitalTakeUpUnassisted":1,"completionRate":null,
            "closedInTimeRate":0.6666666666666666,"satisfaction":{"responses":1,"counts":{"verySatisfied":1,"satisfied":0,"neither":0,
            "dissatisfied":0,"veryDissatisfied":0},"weighted":1,"plain":1},"cost":{"basis":"default","currency":"GBP","total":1.50,
            "perTransaction":0.50,"byChannel":{"web":1.50},"unitCosts":{"web":0.50}}}]}
            """;
        Encoding.UTF8.GetString(PerformanceJson.Write(Report())).ShouldBe(expected.ReplaceLineEndings(""));
    }

    [Fact]
    public void The_csv_says_the_same_under_the_paths_of_the_json()
    {
        var lines = PerformanceCsv.Write(Report()).Split("\r\n");
        lines.Length.ShouldBe(3);
        lines[2].ShouldBe("");
        var cells = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(c => c.First, c => c.Second);
        using var json = JsonDocument.Parse(PerformanceJson.Write(Report()));
        var service = json.RootElement.GetProperty("services")[0];
        foreach (var (path, cell) in cells.Where(c => c.Key is not ("from" or "to")))
        {
            var element = service;
            var found = path.Split('.').All(name => element.TryGetProperty(name, out element));
            var expected = !found ? "0" : element.ValueKind == JsonValueKind.Null ? "" : element.ToString();
            (cell == "0.00" ? "0" : cell).ShouldBe(expected, path);
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-2", "'-2")]
    [InlineData("@sum", "'@sum")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("report-a-pothole", "report-a-pothole")]
    public void Text_in_a_cell_is_quoted_and_never_a_formula(string text, string cell) => PerformanceCsv.Cell(text).ShouldBe(cell);

    [Fact]
    public void A_negative_number_in_a_cell_stays_a_number() => PerformanceCsv.Cell(-2L).ShouldBe("-2");

    static Dictionary<string, string> Facts(Counts counts, params (string Reason, long Number)[] contacts)
    {
        var row = new FactsRow(new LocalDate(2026, 3, 3), new Line("s", "a", "web"), counts, contacts.ToDictionary(c => c.Reason, c => new ContactCounts(c.Number, 0, 0, 0)));
        return PerformanceCsv.FactsHead().TrimEnd().Split(',').Zip(PerformanceCsv.Facts(row).TrimEnd('\r', '\n').Split(',')).ToDictionary(c => c.First, c => c.Second);
    }

    [Fact]
    public void Facts_hide_what_fewer_than_five_people_said_and_show_how_many_cases_there_were()
    {
        var counts = new Counts();
        counts[Count.Received] = 2;
        counts[Count.VeryDissatisfied] = 1;
        var facts = Facts(counts);
        facts["received"].ShouldBe("2");
        facts["very_dissatisfied"].ShouldBe("");
        facts["very_satisfied"].ShouldBe("");
        facts["contacts"].ShouldBe("0");
    }

    [Fact]
    public void A_reason_cannot_be_had_from_a_total_that_is_small_itself()
    {
        var facts = Facts(new Counts(), ("complaining", 1));
        facts["contacts"].ShouldBe("");
        facts["contacts_complaining"].ShouldBe("");
        facts["contacts_new"].ShouldBe("");
    }

    [Fact]
    public void Enough_contacts_are_shown_by_reason()
    {
        var facts = Facts(new Counts(), ("chasing", 6), ("question", 7));
        (facts["contacts_chasing"], facts["contacts_question"], facts["contacts_new"], facts["contacts"]).ShouldBe(("6", "7", "0", "13"));
    }
}
