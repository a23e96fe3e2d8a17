using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Performance;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Open;

/// <summary>A council where a little has happened: reports on the web and by phone at both councils, some closed by staff, some of them late.</summary>
public sealed class BusyCouncil : IAsyncLifetime
{
    public RunningCouncil Council { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Council = await RunningCouncil.Start(Dialect.Sqlite);
        using var anyone = await Council.Client();
        using var advisor = await Council.Client("grace-adeyemi-clarke");
        using var worker = await Council.Client("amara-okafor");
        var made = new List<string>();
        for (var i = 0; i < 7; i++) made.Add(await Report(i % 3 == 0 ? advisor : anyone, i % 3 == 0 ? "phone" : "web", i == 6 ? "Market Place, Abingdon" : "High Street, Wallingford"));
        Council.Clock.Advance(Duration.FromDays(2));
        foreach (var reference in made.Take(3)) await Close(worker, reference);
        Council.Clock.Advance(Duration.FromDays(20));
        await Close(worker, made[3]);
        await Council.WaitForFigures();
    }

    public ValueTask DisposeAsync() => Council.DisposeAsync();

    static async Task<string> Report(HttpClient client, string channel, string where)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { answers = new { where = new { text = where }, size = "small" }, channel });
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
    }

    static async Task Close(HttpClient worker, string reference)
    {
        foreach (var action in new[] { "order-repair", "repaired" })
        {
            using var seen = await worker.GetAsync(new Uri($"/api/v1/desk/cases/{reference}", UriKind.Relative));
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/{action}") { Content = JsonContent.Create(new { answers = new { }, handlingSeconds = 600 }) };
            request.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.Tag);
            using var answer = await worker.SendAsync(request);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
    }
}

public sealed class FiguresTests(BusyCouncil busy) : IClassFixture<BusyCouncil>
{
    async Task<JsonElement> Data(HttpClient client, string address) => JsonDocument.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative))).RootElement;

    [Fact]
    public async Task The_numbers_on_a_services_page_are_those_of_the_JSON()
    {
        using var client = await busy.Council.Client();
        var line = (await Data(client, "/performance/report-a-pothole.json?authority=wessex")).GetProperty("services").EnumerateArray().Single();
        var page = await OpenPage.Get(client, "/performance/report-a-pothole?authority=wessex");
        var figures = page.QuerySelectorAll(".figures > li").ToDictionary(f => f.QuerySelector(".figures__name")!.Words(), f => (Value: f.QuerySelector(".figures__value")!.Words(), Of: f.QuerySelector(".figures__of")!.Words()));

        var cases = line.GetProperty("cases");
        var (received, closed, inTime) = (cases.GetProperty("received").GetInt32(), cases.GetProperty("closed").GetInt32(), cases.GetProperty("closedInTime").GetInt32());
        (received, closed, inTime).ShouldBe((6, 4, 3));
        figures["Closed in time"].ShouldBe(("75%", "3 of 4"));
        figures["Digital take-up"].ShouldBe((Percent(line.GetProperty("digitalTakeUp").GetDouble()), "4 of 6"));
        figures["Completion rate"].ShouldBe(("–", "not enough data yet"));
        figures["Satisfaction"].ShouldBe(("–", "not enough data yet"));
        figures["Cost per transaction"].Value.ShouldBe("£" + line.GetProperty("cost").GetProperty("perTransaction").GetDecimal().ToString("0.00", CultureInfo.InvariantCulture));
        figures["Cost per transaction"].Of.ShouldBe(line.GetProperty("cost").GetProperty("basis").GetString() == "measured" ? "measured" : "average unit costs");
        page.QuerySelector("main")!.Words().ShouldContain("We received 6 cases and closed 4. On the last day 2 were open.");
    }

    static string Percent(double rate) => (rate * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    [Fact]
    public async Task The_overview_shows_each_line_of_the_JSON_under_its_council()
    {
        using var client = await busy.Council.Client();
        var lines = (await Data(client, "/performance.json")).GetProperty("services").EnumerateArray().ToList();
        var page = await OpenPage.Get(client, "/performance");
        foreach (var line in lines)
        {
            var council = line.GetProperty("authority").GetString() == "wessex" ? "Wessex Council" : "Mercia Council";
            var row = page.QuerySelectorAll("table").Single(t => t.QuerySelector("caption")!.Words() == council)
                .QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("a")!.GetAttribute("href")!.StartsWith($"/performance/{line.GetProperty("service").GetString()}?", StringComparison.Ordinal));
            row.QuerySelectorAll("td").TakeLast(2).Select(c => c.Words()).ShouldBe(
                [line.GetProperty("cases").GetProperty("received").ToString(), line.GetProperty("cases").GetProperty("open").ToString()]);
        }
        page.QuerySelectorAll("caption").Select(c => c.Words()).ShouldBe(["Wessex Council", "Mercia Council"]);
        page.QuerySelectorAll("tbody tr").Length.ShouldBe(62);
    }

    [Fact]
    public async Task Councils_together_add_their_counts_and_never_mix_measured_costs_with_averages()
    {
        using var client = await busy.Council.Client();
        var lines = (await Data(client, "/performance/report-a-pothole.json")).GetProperty("services").EnumerateArray().ToList();
        lines.Select(l => l.GetProperty("cost").GetProperty("basis").GetString()).Distinct().Count().ShouldBe(2);
        var page = await OpenPage.Get(client, "/performance/report-a-pothole");
        page.QuerySelector("main")!.Words().ShouldContain("We received 7 cases and closed 4. On the last day 3 were open.");
        page.QuerySelector(".figures > li")!.Words().ShouldBe("Cost per transaction – counted in different ways: choose a council");
    }

    [Fact]
    public async Task Every_chart_has_its_numbers_in_a_table_and_words_for_those_who_do_not_see_it()
    {
        using var client = await busy.Council.Client();
        var page = await OpenPage.Get(client, "/performance/report-a-pothole?authority=wessex");
        page.QuerySelectorAll("svg[role=img]").Length.ShouldBeGreaterThanOrEqualTo(4);
        page.QuerySelectorAll("svg[role=img]").ShouldAllBe(s => s.QuerySelector("title") != null && s.QuerySelector("desc")!.TextContent.Length > 10);
        var byMonth = page.QuerySelectorAll("table").Single(t => t.QuerySelector("caption")!.Words() == "The figures by month");
        byMonth.QuerySelectorAll("tbody tr").Sum(r => int.Parse(r.QuerySelectorAll("td")[5].Words(), CultureInfo.InvariantCulture)).ShouldBe(6);
        var byChannel = page.QuerySelectorAll("table").Single(t => t.QuerySelector("caption")!.Words() == "Cases received, by channel and month");
        byChannel.QuerySelectorAll("thead th").Select(h => h.Words()).ShouldBe(["Month", "Web", "Phone", "All"]);
    }

    [Fact]
    public async Task The_start_page_says_how_well_it_goes()
    {
        using var client = await busy.Council.Client();
        (await OpenPage.Get(client, "/services/report-a-pothole")).QuerySelector("main")!.Words().ShouldContain("In the last 12 months we finished 75% in time (3 of 4). Satisfaction: not measured yet.");
        (await OpenPage.Get(client, "/services/report-graffiti")).QuerySelector("main")!.Words().ShouldContain("Finished in time: not measured yet. Satisfaction: not measured yet.");
    }

    [Fact]
    public async Task The_home_shows_what_is_used_most_first()
    {
        using var client = await busy.Council.Client();
        var page = await OpenPage.Get(client, "/");
        page.QuerySelector("#services-heading")!.Words().ShouldBe("Most used this month");
        page.QuerySelector(".services__link")!.Words().ShouldBe("Report a pothole");
        page.QuerySelectorAll(".services__link").Length.ShouldBe(8);
    }

    [Fact]
    public async Task The_same_addresses_give_the_numbers_as_data()
    {
        using var client = await busy.Council.Client();
        (await client.GetStringAsync(new Uri("/performance.json?authority=mercia", UriKind.Relative))).ShouldBe(await client.GetStringAsync(new Uri("/api/v1/performance?authority=mercia", UriKind.Relative)));
        (await client.GetStringAsync(new Uri("/performance/report-a-pothole.csv", UriKind.Relative))).ShouldBe(await client.GetStringAsync(new Uri("/api/v1/performance.csv?service=report-a-pothole", UriKind.Relative)));
        var page = await OpenPage.Get(client, "/performance/report-a-pothole?authority=wessex&from=2026-11-01&to=2026-11-30");
        foreach (var address in page.QuerySelectorAll("a[href*='.csv'], a[href*='.json']").Select(a => a.GetAttribute("href")!))
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task A_period_that_cannot_be_is_refused_in_words_and_kept_as_typed()
    {
        using var client = await busy.Council.Client();
        var page = await OpenPage.Get(client, "/performance?from=2026-12-01&to=2026-11-01", 400);
        page.Title.ShouldStartWith("Error: ");
        page.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#from");
        page.QuerySelector("#from")!.GetAttribute("value").ShouldBe("2026-12-01");
        await OpenPage.Get(client, "/performance?authority=northumbria", 404);
        await OpenPage.Get(client, "/performance/report-a-dragon", 404);
    }

    [Fact]
    public async Task Every_figure_has_its_formula_with_a_worked_example()
    {
        using var client = await busy.Council.Client();
        var page = await OpenPage.Get(client, "/performance/formulas");
        page.QuerySelectorAll("section.formula").Select(s => s.QuerySelector("code")!.TextContent).ShouldBe(Formulas.All.Select(f => f.Key));
        page.QuerySelector("#closedInTimeRate .formula__working")!.Words().ShouldBe("34 ÷ 40 = 0.85, shown as 85%");
        (await Data(client, "/performance/formulas.json")).GetArrayLength().ShouldBe(Formulas.All.Count);
        var figures = await OpenPage.Get(client, "/performance/report-a-pothole");
        foreach (var link in figures.QuerySelectorAll("a[href^='/performance/formulas#']").Select(a => a.GetAttribute("href")!.Split('#')[1])) page.GetElementById(link).ShouldNotBeNull(link);
    }
}
