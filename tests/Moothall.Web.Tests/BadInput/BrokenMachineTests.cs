using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using NodaTime;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>A full disk, a locked database, connections that die and a clock that jumps, each on a council of its own.</summary>
public sealed class BrokenMachineTests
{
    static void AllOrNothing((long Cases, long Answers, long Circumstances, long Histories, long Received) rows, long expected) =>
        new[] { rows.Cases, rows.Answers, rows.Circumstances, rows.Histories, rows.Received }.ShouldAllBe(n => n == expected);

    [Fact]
    public async Task A_full_disk_is_said_in_words_and_nothing_is_half_done()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var client = await council.Client();
        using var browser = new Browser(await council.Client());
        var size = await browser.Send(await browser.Open("/services/report-a-pothole/start"), new Dictionary<string, IReadOnlyList<string>> { ["where"] = ["High Street, Wallingford"] });
        var pages = await council.House.Database.Read(s => s.Number($"pragma page_count"));
        await Grow(council, pages + 12);

        var made = 0;
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 400 && refused is null; i++)
        {
            var body = Calls.GoodPothole();
            body["answers"]!["where"]!["text"] = $"Wallingford, {new string('x', 180)}";
            var response = await client.PostJson(Calls.Pothole, body);
            if (response.StatusCode == HttpStatusCode.Created) made++;
            else refused = response;
        }
        refused.ShouldNotBeNull();
        var problem = await CleanAnswer.Problem(refused, HttpStatusCode.ServiceUnavailable);
        problem.GetProperty("detail").GetString()!.ShouldContain("disk is full");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        AllOrNothing(await Nasties.Rows(council), made);

        // The limit belongs to the connection: a writer that opened another one after a failure has none, so it is set again.
        HttpResponseMessage? big = null;
        for (var i = 0; i < 20 && big?.StatusCode != HttpStatusCode.ServiceUnavailable; i++)
        {
            await Grow(council, 1);
            big = await client.PostAsync("/api/v1/files", Calls.Form(new Picked("notes.txt", [.. Enumerable.Repeat((byte)'a', 500_000)])));
        }
        await CleanAnswer.Problem(big!, HttpStatusCode.ServiceUnavailable);
        // Pages can still be read; the one that could not save keeps what was typed in the browser.
        (await browser.Open("/services/report-a-pothole/questions/where")).Status.ShouldBe(HttpStatusCode.OK);
        await CleanAnswer.Body(await browser.Post(size, new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["small"] }));

        await Grow(council, 1_000_000);
        await client.Make();
        (await browser.Send(size, new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["small"] })).Address.ShouldBe("/services/report-a-pothole/questions/photo");
        AllOrNothing(await Nasties.Rows(council), made + 1);
    }

    // As many pages as the one writing connection may use from now on; sqlite gives no place for a parameter in a pragma.
    static Task Grow(RunningCouncil council, long pages) => council.House.Database.Commit(unit => unit.Execute(FormattableStringFactory.Create($"pragma max_page_count = {pages}")));

    [Fact]
    public async Task A_database_that_another_program_locks_is_waited_for_and_then_said_to_be_locked()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var client = await council.Client();
        await client.Make();
        await using var other = new SqliteConnection($"Data Source={council.DatabaseFile};Pooling=False");
        await other.OpenAsync();
        void Run(string sql)
        {
            using var command = other.CreateCommand();
#pragma warning disable CA2100 // Begin and rollback.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        Run("begin immediate");
        var waiting = client.Make();
        await client.GetAsync("/api/v1/services").Json();
        Run("rollback");
        await waiting;

        Run("begin immediate");
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, Calls.GoodPothole()), HttpStatusCode.ServiceUnavailable);
        problem.GetProperty("detail").GetString()!.ShouldContain("Another program holds the database");
        (await client.GetAsync("/services/report-a-pothole/questions/where")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Run("rollback");
        await client.Make();
        AllOrNothing(await Nasties.Rows(council), 3);
    }

    [Fact]
    public async Task Connections_that_die_cost_at_most_a_clean_refusal()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var council = await RunningCouncil.Start(Dialect.Postgres);
        using var client = await council.Client();
        await client.Make();
        var name = await council.House.Database.Read(s => s.First($"select current_database()", row => row.Text(0)));
        await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
        await using (var command = cluster.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1"))
        {
            command.Parameters.AddWithValue(name!);
            await command.ExecuteScalarAsync();
        }
        var made = 1L;
        for (var i = 0; i < 20; i++)
        {
            using var response = await client.PostJson(Calls.Pothole, Calls.GoodPothole());
            await CleanAnswer.Body(response);
            if (response.StatusCode == HttpStatusCode.Created) made++;
            else response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        made.ShouldBeGreaterThan(1);
        AllOrNothing(await Nasties.Rows(council), made);
        await client.Make();
    }

    [Theory, BothDatabases]
    public async Task A_clock_that_jumps_between_requests_breaks_nothing(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        using var browser = new Browser(await council.Client());
        var noon = TestClock.Begin;
        Instant[] jumps = [noon - Duration.FromDays(1), noon + Duration.FromDays(400), noon - Duration.FromDays(4000), noon + Duration.FromDays(4000), Instant.FromUtc(1970, 1, 1, 0, 0),
            Instant.FromUtc(2100, 2, 28, 23, 59), noon];
        foreach (var jump in jumps)
        {
            council.Clock.Set(noon);
            var reference = (await client.Make()).Text("reference");
            var page = await browser.Send(await browser.Open("/services/report-a-pothole/start"), new Dictionary<string, IReadOnlyList<string>> { ["where"] = ["High Street, Wallingford"] });
            await worker.Act(reference, "ask-customer", new JsonObject { ["answers"] = new JsonObject { ["question"] = "Where?" } }).Json();
            council.Clock.Set(jump);
            await CleanAnswer.Body(await worker.Act(reference, "order-repair", version: 2));
            await CleanAnswer.Body(await worker.Act(reference, "repaired", version: 3));
            await CleanAnswer.Body(await worker.Act(reference, "reopen", new JsonObject { ["note"] = "Again" }, 4));
            if (page.Address.EndsWith("/size", StringComparison.Ordinal)) await CleanAnswer.Body(await browser.Post(page, new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["small"] }));
            await CleanAnswer.Body(await client.PostJson(Calls.Pothole, Calls.GoodPothole()));
            await CleanAnswer.Body(await worker.GetAsync("/api/v1/desk/cases?due=week"));
            await CleanAnswer.Body(await client.GetAsync("/api/v1/performance"));
        }
        council.Clock.Set(noon);
        await council.WaitForFigures();
        using var ready = await client.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK, await ready.Content.ReadAsStringAsync());
        await client.GetAsync("/api/v1/performance?from=1990-01-01").Json();
    }
}
