using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Host.Tests;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Tests;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>What holds however many nodes serve: any of them answers anything, and what is to be done once is done once.</summary>
public sealed class ClusterTests
{
    static Dictionary<string, IReadOnlyList<string>> Typed(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[f.Value]);

    static object Pothole => new
    {
        channel = "web",
        answers = new { where = new { text = "Outside the post office, High Street, Wallingford", latitude = 51.5991, longitude = -1.1252 }, size = "small", you = new { name = "Ann Ash", email = "ann@mail.example" } },
    };

    static async Task<string> Reference(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        }
    }

    [Fact]
    public async Task Any_node_answers_any_request_and_what_is_done_once_is_done_once()
    {
        await using var nodes = await TwoNodes.Start();

        // A journey, request by request at the other node.
        using var resident = new Browser(nodes.Client());
        var page = await resident.Open("/services/report-a-street-light/questions/where");
        page = await resident.Send(page, Typed(("where", "Corner of Station Road and Mereland Road, Didcot")));
        page = await resident.Send(page, Typed(("problem", "damaged")));
        page = await resident.Send(page, Typed(("danger", "no")));
        page = await resident.Send(page, Typed(("column", "17")));
        page = await resident.Send(page, Typed(("you-name", "Chidi Eze"), ("you-email", "chidi.eze@mail.example"), ("you-phone", "")));
        page.Address.ShouldEndWith("/check");
        page = await resident.Send(page);
        page.Words.ShouldContain("Your reference is");

        // However its requests fall: this node saved an answer whose page was asked for elsewhere, as was the next answer; what it remembers is not the page that comes then.
        var cookies = new CookieContainer();
        using var atFirst = new Browser(nodes.ClientOf(nodes.First, cookies));
        using var atSecond = new Browser(nodes.ClientOf(nodes.Second, cookies));
        page = await atFirst.Send(await atFirst.Open("/services/report-a-street-light/questions/where"), Typed(("where", "Outside 5 Park Road, Abingdon")));
        (await atFirst.Post(page, Typed(("problem", "damaged")))).Dispose();
        using var saved = await atSecond.Post(await atSecond.Open("/services/report-a-street-light/questions/danger"), Typed(("danger", "no")));
        saved.Headers.Location!.ToString().ShouldEndWith("/questions/column");
        (await atFirst.Open(saved.Headers.Location.ToString())).Address.ShouldEndWith("/questions/column");

        // A member of staff signs in and works across nodes.
        using var staff = new Browser(nodes.Client());
        page = await staff.Send(await staff.Open("/desk/sign-in"), form: "form:has(input[name=member][value=amara-okafor])");
        page.Address.ShouldBe("/desk");
        for (var i = 0; i < 3; i++) (await staff.Open("/desk/cases")).Status.ShouldNotBe(HttpStatusCode.SeeOther);

        // The same request at both nodes at the same moment makes one case; a file of one node is used at the other.
        using var http = nodes.Client();
        var same = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/services/report-a-pothole/cases") { Content = JsonContent.Create(Pothole) };
            request.Headers.Add("Idempotency-Key", "one-and-the-same");
            return await Reference(await http.SendAsync(request));
        }));
        same.Distinct().ShouldHaveSingleItem();

        string file;
        using (var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(TwoNodes.Repository, "services", "report-a-pothole", "examples", "pothole.jpg"))), "file", "pothole.jpg" } })
            file = (await (await http.PostAsync("/api/v1/files", form)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("file").GetString()!;
        await Reference(await http.PostAsync("/api/v1/services/report-a-pothole/cases", JsonContent.Create(new
        {
            channel = "web", answers = new { where = new { text = "High Street, Wallingford", latitude = 51.5991, longitude = -1.1252 }, size = "small", photo = file, you = new { name = "Ann Ash", email = "ann@mail.example" } },
        })));

        // Mails queued at once are sent once, whoever takes them.
        await Task.WhenAll(Enumerable.Range(0, 30).Select(n => nodes.First.House.Database.Commit(unit => QueueMail.Queue(unit, nodes.First.House, new OutgoingMail
        {
            Key = $"test/{n}", Kind = "staff-invitation", Authority = "wessex", To = $"n{n}@mail.example", Subject = "Once", Body = "Once only.", AtOnce = true,
        }))));
        await RelayTests.Until(() => nodes.Mail.Taken.Count(m => m.To.StartsWith('n')) >= 30);
        await RelayTests.Until(() => nodes.First.House.Database.Read(s => s.Number($"select count(*) from message where state in ('waiting', 'doing') and kind = 'staff-invitation'")).GetAwaiter().GetResult() == 0);
        nodes.Mail.Taken.Where(m => m.To.StartsWith('n')).GroupBy(m => m.To).ShouldAllBe(m => m.Count() == 1);

        // Each node is known and follows its share of the log.
        await RelayTests.Until(() => nodes.First.Readers.Followed.Count > 0 && nodes.Second.Readers.Followed.Count > 0);
        (await nodes.First.House.Database.Read(Nodes.All)).Where(n => n.IsAlive).Select(n => n.Name).ShouldBe(["first", "second"]);

        // A second node of one name does not come in.
        var refused = await Should.ThrowAsync<Exception>(Moothall.Host.Serving.Start(nodes.Settings("first")));
        refused.Message.ShouldStartWith("Another node is called “first” and serves this council. Give this one another name with --node");

        // A column more while both serve: nobody notices.
        await TwoNodesTraffic(nodes, http);
    }

    // A newer program's additions while journeys go on: statements that were prepared before must still do.
    static async Task TwoNodesTraffic(TwoNodes nodes, HttpClient http)
    {
        var stop = false;
        var traffic = Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            var made = 0;
            for (; !stop || made < 3; made++) await Reference(await http.PostAsync("/api/v1/services/report-a-pothole/cases", JsonContent.Create(Pothole)));
            return made;
        }));
        // What the next version would bring: six tables in daily use get a column more.
        var scripts = Moothall.Host.Settings.SchemaAssemblies.SelectMany(a => SchemaScript.In(a, Dialect.Postgres)).ToList();
        string[] tables = ["event", "council_case", "draft", "message", "reader", "case_answers"];
        scripts.AddRange(tables.Select((table, n) => new SchemaScript("Moothall", 9000 + n, "newer", $"alter table {table} add column newer text;")));
        (await new SchemaRunner(nodes.First.House.Database, scripts).Apply()).Count.ShouldBe(6);
        stop = true;
        (await traffic).Sum().ShouldBeGreaterThan(8);
        (await http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await nodes.Second.Readers.WaitUntilCaughtUp();
        // The same program is started again beside them, as a crashed node of the older version would be.
        await using var older = await Moothall.Host.Serving.Start(nodes.Settings("older"), pace: TwoNodes.Quick);
        (await older.House.Database.Read(Nodes.All)).Count(n => n.IsAlive).ShouldBe(3);
    }

    [Fact]
    public async Task When_a_node_is_killed_the_others_take_over_and_every_figure_is_exact()
    {
        await using var nodes = await TwoNodes.Start();
        using var program = new CommandLineProgram();
        using var victim = await program.Serve("--database", nodes.Connection, "--node", "victim", "--environment", "Demo");
        var database = nodes.First.House.Database;
        // It has its share of the readers before it dies.
        await victim.Eventually(async () => (await database.Read(s => s.Query($"select distinct holder from reader where holder is not null", row => row.Text(0)))).Count >= 3, "three nodes follow the log");

        using var http = new HttpClient { BaseAddress = victim.Address };
        var here = nodes.Client();
        var references = new System.Collections.Concurrent.ConcurrentBag<string>();
        async Task Make(HttpClient at, int count)
        {
            for (var i = 0; i < count; i++)
                try
                {
                    references.Add(await Reference(await at.PostAsync("/api/v1/services/report-a-pothole/cases", JsonContent.Create(Pothole))));
                }
                catch (HttpRequestException) when (at == http)
                {
                    return; // It was killed.
                }
        }
        // Journeys whose time is over, for all three nodes to settle.
        for (var i = 0; i < 12; i++)
        {
            using var resident = new Browser(nodes.Client());
            await resident.Send(await resident.Open("/services/report-a-street-light/questions/where"), Typed(("where", "Station Road, Didcot")));
        }
        await database.Commit(async unit =>
        {
            var now = await unit.Now();
            await unit.Execute($"update draft set touched = {now - Duration.FromDays(30)}");
            foreach (var key in await unit.Query($"select key from timer where kind = {Draft.Timer}", row => row.Text(0))) await unit.SetTimer(Draft.Timer, key, now - Duration.FromDays(1));
        });
        var traffic = Task.WhenAll(Make(http, 1000), Make(here, 60), Make(here, 60));
        await RelayTests.Until(() => references.Count > 30);
        victim.Kill();
        await traffic;
        await nodes.Second.Readers.WaitUntilCaughtUp();

        var kept = await database.Read(s => s.Query($"select stream from event where type = 'case.received'", row => row.Text(0)));
        references.ShouldAllBe(r => kept.Contains("case/" + r));
        using var figures = await here.GetAsync("/api/v1/performance?service=report-a-pothole");
        var services = (await figures.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("services");
        services.EnumerateArray().Sum(s => s.GetProperty("cases").GetProperty("received").GetInt32()).ShouldBe(kept.Count);
        await RelayTests.Until(() => database.Read(s => s.Number($"select count(*) from timer where kind = {Draft.Timer}")).GetAwaiter().GetResult() == 0);
        (await database.Read(s => s.Number($"select count(*) from event where type = 'journey.ended' and data like '%abandoned%'"))).ShouldBe(12);
        (await database.Read(ReaderStates.Alerts)).ShouldBeEmpty();
    }
}

/// <summary>What is refused when a node starts, each with a sentence that says what to do.</summary>
public sealed class RefusedAtStartTests
{
    sealed class Off(Duration by) : IClock
    {
        public Duration By { get; set; } = by;
        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + By;
    }

    [Fact]
    public async Task A_wrong_clock_is_refused_and_one_that_goes_wrong_later_does_nothing_by_the_time()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var store = await QueuedStore.Create(Dialect.Postgres);
        var self = new Node("hall", "run", "0.1.0", "schema", "files", default, default, true);
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        foreach (var off in new[] { Duration.FromMinutes(2), -Duration.FromDays(400) })
            (await Should.ThrowAsync<Exception>(Moothall.Host.NodeLife.Enter(store.Database, self, new Moothall.Host.SteadyClock(new Off(off)), log, CancellationToken.None))).Message.ShouldContain("Set both right (timedatectl set-ntp true), then start again.");
        (await store.Database.Read(Nodes.All)).ShouldBeEmpty();
        var clock = new Off(Duration.FromSeconds(5));
        await using var life = await Moothall.Host.NodeLife.Enter(store.Database, self, new Moothall.Host.SteadyClock(clock), log, CancellationToken.None);
        var looks = 0;
        life.Start(_ => looks++, _ => Task.CompletedTask);
        await RelayTests.Until(() => looks > 0);
        life.ClockTrouble.ShouldBeNull();
        clock.By = Duration.FromDays(365);
        await RelayTests.Until(() => life.ClockTrouble is not null);
        clock.By = Duration.Zero;
        await RelayTests.Until(() => life.ClockTrouble is null);
    }

    [Fact]
    public async Task A_node_that_wakes_and_finds_its_tables_taken_away_stops()
    {
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        var self = new Node("hall", "run", "0.1.0", "schema", "files", default, default, true);
        await using var life = await Moothall.Host.NodeLife.Enter(store.Database, self, null, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, CancellationToken.None);
        var schema = new SchemaRunner(store.Database, typeof(IEvent).Assembly);
        life.Start(_ => { }, schema.CheckMayServe);
        await Task.Delay(200);
        life.Lost.IsCompleted.ShouldBeFalse();
        await store.Database.Commit(unit => unit.Execute($"insert into schema_change (module, number, name, hash, applied, contracts) values ({"Moothall"}, {9999}, {"less"}, {"h"}, {"later"}, {1})"));
        await life.Lost.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Another_councils_queue_is_refused_by_the_program()
    {
        await using var broker = await Broker.Clean();
        await using var another = new Moothall.Adapters.Rabbit.RabbitQueue(Broker.Parsed, Guid.NewGuid().ToString(), "another");
        await another.Check(CancellationToken.None);
        using var program = new CommandLineProgram();
        var ended = await program.Run("serve", "--demo", "--urls", "http://127.0.0.1:0", "--queue", Broker.Address);
        ended.Code.ShouldBe(1, ended.Complained);
        ended.Complained.ShouldContain("belongs to another council");
        ended.Complained.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_broker_that_is_down_keeps_no_node_from_serving()
    {
        using var program = new CommandLineProgram();
        using var server = await program.Serve("--demo", "--queue", "amqp://127.0.0.1:1/");
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/services/report-a-pothole")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await http.GetFromJsonAsync<JsonElement>("/health/ready");
        ready.GetProperty("status").GetString().ShouldBe("ok");
        ready.GetProperty("warnings")[0].GetString().ShouldBe("RabbitMQ at 127.0.0.1:1 does not answer. Events wait in the store until it does.");
    }
}
