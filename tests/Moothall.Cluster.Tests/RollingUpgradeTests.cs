using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Moothall.Host.Tests;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>
/// A new version comes in while the old one serves, by two programs and real requests. What stands for the old version is the program of this tree; what stands for the new one is the same with two changes of
/// its tables that add and one that takes away, with code that goes with them, and with another number (tests/next-version/README.md). Both are started as processes, as people start them.
/// </summary>
public sealed class RollingUpgradeTests
{
    static readonly string NextVersion = Path.Combine(TwoNodes.Repository, "tests", "next-version", "bin", "Moothall.Host", "Moothall.Host.dll");

    /// <summary>People who go on whatever happens: forms, reports by programs, and staff who close what came.</summary>
    sealed class Traffic(Front front, string token) : IAsyncDisposable
    {
        readonly CancellationTokenSource stop = new();
        readonly Channel<string> toClose = Channel.CreateUnbounded<string>();
        readonly List<Task> people = [];

        public ConcurrentBag<string> Made { get; } = [];
        public ConcurrentBag<string> Closed { get; } = [];
        int journeys;
        public int Journeys => journeys;

        public void Begin() => people.AddRange([Task.Run(() => Report(1)), Task.Run(() => Report(2)), Task.Run(WalkThrough), Task.Run(Close)]);

        /// <summary>Waits until so many more were answered from now on.</summary>
        public async Task GoesOn(int more = 20)
        {
            var (made, closed, walked) = (Made.Count, Closed.Count, journeys);
            await RelayTests.Until(() => people.Any(p => p.IsFaulted) || (Made.Count >= made + more && Closed.Count >= closed + more / 3 && journeys > walked + 1));
            if (people.Find(p => p.IsFaulted) is { } failed) await failed;
        }

        async Task Report(int person)
        {
            using var http = front.Client();
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/services/report-a-pothole/cases")
                {
                    Content = JsonContent.Create(new { channel = "web", answers = new { where = new { text = "High Street, Wallingford", latitude = 51.5991, longitude = -1.1252 }, size = "small", you = new { name = "Ann Ash", email = $"ann-{person}-{i}@mail.example" } } }),
                };
                request.Headers.Add("Idempotency-Key", $"{person}-{i}");
                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
                var reference = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
                Made.Add(reference);
                if (i % 2 == 0) toClose.Writer.TryWrite(reference);
                await Task.Delay(60);
            }
        }

        async Task Close()
        {
            using var http = front.Client(token);
            while (await toClose.Reader.WaitToReadAsync())
            {
                var reference = await toClose.Reader.ReadAsync();
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/withdraw") { Content = JsonContent.Create(new { note = "It was reported twice.", handlingSeconds = 60 }) };
                request.Headers.Add("Idempotency-Key", "close-" + reference);
                request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
                Closed.Add(reference);
            }
        }

        async Task WalkThrough()
        {
            static Dictionary<string, IReadOnlyList<string>> Typed(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)[f.Value]);
            // A place of its own for each, so that nobody is asked whether they mean the same.
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                using var resident = new Browser(front.Client());
                var page = await resident.Open("/services/report-a-street-light/questions/where");
                foreach (var typed in new[] { Typed(("where", $"On the path behind barn {i}, Long Wittenham")), Typed(("problem", "damaged")), Typed(("danger", "no")), Typed(("column", "17")), Typed(("you-name", "Chidi Eze"), ("you-email", "chidi.eze@mail.example"), ("you-phone", "")) })
                    page = await resident.Send(page, typed);
                page = await resident.Send(page);
                page.Words.ShouldContain("Your reference is");
                Interlocked.Increment(ref journeys);
                await Task.Delay(50);
            }
        }

        /// <summary>Has everybody end what they have begun.</summary>
        public async Task End()
        {
            await stop.CancelAsync();
            await Task.WhenAll(people[..3]);
            toClose.Writer.TryComplete();
            await Task.WhenAll(people);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            toClose.Writer.TryComplete();
            await Task.WhenAll(people).ContinueWith(_ => { }, TaskScheduler.Default);
            stop.Dispose();
        }
    }

    [Fact]
    public async Task A_new_version_comes_in_and_the_old_one_goes_while_people_are_served_and_nobody_notices()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var broker = await Broker.Clean();
        var partner = await Broker.Subscribe("case.#");
        var name = "u" + Guid.NewGuid().ToString("n");
        await TwoNodes.InCluster($"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name, MaxPoolSize = 12 }.ToString();
        var servers = new List<Server>();
        await using var database = Database.Postgres(connection);
        using var old = new CommandLineProgram();
        using var next = new CommandLineProgram { Program = NextVersion };
        try
        {
            await using var front = new Front();
            async Task<Server> Start(CommandLineProgram program, string node)
            {
                // The load balancer here looks ten times as often as others do.
                program.Environment["MOOTHALL_STOP_SECONDS"] = "1";
                var server = await program.Serve("--database", connection, "--queue", Broker.Address, "--node", node, "--environment", "Demo");
                servers.Add(server);
                front.Add(node, server.Address);
                await server.Eventually(() => Task.FromResult(front.IsReady(node)), $"{node} is ready");
                return server;
            }
            async Task Stop(Server server, string node)
            {
                (await server.Stop()).ShouldBe(0, string.Join('\n', server.Lines));
                front.Remove(node);
            }
            Task<long> Number(FormattableString sql) => database.Read(s => s.Number(sql));
            Task<long> HasSeconds() => Number($"select count(*) from information_schema.columns where table_name = 'case_history' and column_name = 'handling_seconds'");
            async Task<string[]> Warnings(Server server)
            {
                using var http = new HttpClient { BaseAddress = server.Address };
                return [.. (await http.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];
            }

            // The old version alone.
            var firstOld = await Start(old, "old-1");
            var secondOld = await Start(old, "old-2");
            var token = await database.Commit(async unit => await Tokens.Create(unit, "amara-okafor", await unit.Now()));
            await using var traffic = new Traffic(front, token);
            traffic.Begin();
            await traffic.GoesOn();

            // The new one beside it: what it adds is there at once, what it takes away waits and says for whom.
            var firstNew = await Start(next, "new-1");
            var secondNew = await Start(next, "new-2");
            await traffic.GoesOn();
            (await database.Read(Nodes.All)).Where(n => n.IsAlive).Select(n => (n.Name, n.Version)).ShouldBe([("new-1", "0.2.0"), ("new-2", "0.2.0"), ("old-1", "0.1.0"), ("old-2", "0.1.0")]);
            foreach (var server in (Server[])[firstNew, secondNew])
                (await Warnings(server)).ShouldContain("Moothall/Next/9003-no-seconds takes away what older nodes need, and these still serve: “old-1” (version 0.1.0), “old-2” (version 0.1.0). It is carried out by itself when they have stopped.");
            (await HasSeconds()).ShouldBe(1);
            // Older cases are given what they lack; it does not end while the old version receives others.
            await firstNew.Eventually(async () => await Number($"select number from filling where name = 'codes'") > 0, "older cases get their codes");
            (await Number($"select count(*) from filling where name = 'codes' and not done and beside_others")).ShouldBe(1);

            // The old version goes, node by node.
            await Stop(firstOld, "old-1");
            await traffic.GoesOn();
            (await HasSeconds()).ShouldBe(1);
            await firstNew.Eventually(async () => (await Warnings(firstNew)).Any(w => w.Contains("these still serve: “old-2” (version 0.1.0). It is", StringComparison.Ordinal)), "what is taken away waits for the last one");
            (await HasSeconds()).ShouldBe(1);
            await Stop(secondOld, "old-2");
            await firstNew.Eventually(async () => await HasSeconds() == 0, "what only the old version needed is taken away");
            await traffic.GoesOn();
            await firstNew.Eventually(async () => await Number($"select count(*) from filling where name = 'codes' and done") == 1, "older cases have their codes");
            (await Warnings(firstNew)).ShouldNotContain(w => w.Contains("takes away", StringComparison.Ordinal));

            // An old node that comes now is told so in one sentence.
            var late = await old.Run("serve", "--urls", "http://127.0.0.1:0", "--database", connection, "--node", "old-3", "--environment", "Demo");
            (late.Code, late.Complained.Trim()).ShouldBe((1, "The database is newer than this program: it has Moothall/Next/9003-no-seconds. Run the newer program, or restore a backup from before."));

            await traffic.End();
            front.Failed.ShouldBeEmpty();
            front.Answered.Keys.Order().ShouldBe(["new-1", "new-2", "old-1", "old-2"]);

            // Every answer is kept, once, and has what each version gives it.
            var kept = await database.Read(s => s.Query($"select stream from event where type = 'case.received'", row => row.Text(0)));
            kept.Count.ShouldBe(traffic.Made.Count + traffic.Journeys);
            traffic.Made.Distinct().Count().ShouldBe(traffic.Made.Count);
            traffic.Made.ShouldAllBe(reference => kept.Contains("case/" + reference));
            (await database.Read(s => s.Query($"select reference from council_case where status = 'closed'", row => row.Text(0)))).Order().ShouldBe(traffic.Closed.Order());
            (await Number($"select count(*) from council_case")).ShouldBe(kept.Count);
            (await Number($"select count(*) from council_case where code is null or code <> right(reference, 9)")).ShouldBe(0);
            (await Number($"select count(*) from case_history")).ShouldBe(kept.Count + traffic.Closed.Count);

            // The figures are those that a recount of the log gives.
            await firstNew.Eventually(async () => (await database.Read(ReaderStates.Lags)).All(l => l.Waiting + l.Hidden == 0), "the readers have caught up");
            using var http = front.Client();
            var figures = await http.GetStringAsync("/api/v1/performance");
            JsonDocument.Parse(figures).RootElement.GetProperty("services").EnumerateArray().Sum(s => s.GetProperty("cases").GetProperty("received").GetInt32()).ShouldBe(kept.Count);
            var recount = await next.Run("replay", "--database", connection);
            recount.Code.ShouldBe(0, recount.Complained);
            (await http.GetStringAsync("/api/v1/performance")).ShouldBe(figures);

            // Partners got every event of every case, in its order; each person one letter for each thing; nothing needs a person.
            var events = await Number($"select count(*) from event where type like 'case.%'");
            var got = await Broker.Take(partner, 0, all => all.Select(g => g.Id).Distinct().Count() == events);
            RelayTests.InOrderWithoutGaps(got);
            got.Select(g => g.Id).Distinct().Count().ShouldBe((int)events);
            (await Number($"select count(*) from (select 1 from effect group by stream, kind, recipient, version having count(*) > 1) as twice")).ShouldBe(0);
            (await database.Read(s => s.Query($"select distinct stream from effect where kind = 'case-received' or version = 1", row => row.Text(0)))).Count(kept.Contains).ShouldBe(kept.Count);
            (await database.Read(ReaderStates.Alerts)).ShouldBeEmpty();
            await Stop(firstNew, "new-1");
            await Stop(secondNew, "new-2");
            (await database.Read(Nodes.All)).ShouldBeEmpty();
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
            await TwoNodes.InCluster($"drop database {name} with (force)");
        }
    }
}
