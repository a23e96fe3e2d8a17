using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Moothall.Torture;

/// <summary>Several nodes on one PostgreSQL and one RabbitMQ behind HAProxy, each in turn taken away; all on this machine, bounded in time.</summary>
sealed class ClusterTorture(Options options, Findings findings) : IDisposable
{
    // Longer than the lease of a reader and than a node's own.
    static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(17);
    readonly Random random = new(options.Seed);
    readonly string folder = Directory.CreateTempSubdirectory("moothall-torture-").FullName;
    readonly string library = Path.Combine(Options.Root(), "bin", "lib");
    readonly List<(Served Node, Cables Cable)> nodes = [];
    readonly Dictionary<string, int> done = [];
    readonly SemaphoreSlim database = new(1, 1);
    Served? balancer;
    int[] postgresPorts = [];
    int rabbitPort, postmaster;
    string clock = "";

    string Connection(IEnumerable<int> ports) =>
        $"Host={string.Join(',', ports.Select(p => $"127.0.0.1:{p}"))};{(options.Standby ? "Target Session Attributes=primary;Host Recheck Seconds=1;" : "")}Username=moothall;Database=moothall;Maximum Pool Size=30;Timeout=5";
    string Program(string name) => Path.Combine(library, name);

    public async Task Run()
    {
        await Processes.Run("chmod", "711", folder);
        var first = Processes.FreePort(6);
        postgresPorts = options.Standby ? [first, first + 1] : [first];
        rabbitPort = Processes.FreePort(4);
        try
        {
            await StartPostgres();
            var broker = new Uri((await Processes.Run(Program("rabbitmq.sh"), "start", Path.Combine(folder, "rabbit"), Text(rabbitPort))).Trim());
            using var sink = new MailSink();
            using var listener = new Listener(broker);
            var token = await Prepare();
            StartNodes(broker, sink.Port);
            var listening = listener.Run();
            using var server = new HttpClient { BaseAddress = await StartBalancer() };
            await Ready(server);
            await using var kept = new NpgsqlConnection(Connection(postgresPorts) + ";Pooling=false;Command Timeout=120");
            await kept.OpenAsync();
            new Checks(kept, findings).WatchReaders();
            await kept.CloseAsync();

            using var load = new Load(() => server.BaseAddress!, token, new Random(options.Seed + 1));
            using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes));
            using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(options.Minutes + 3));
            var sending = load.Run(8, TimeSpan.FromMilliseconds(60), stop.Token, giveUp.Token);
            while (!stop.IsCancellationRequested) await Torment(stop.Token);
            await Mend();
            await sending;
            Console.WriteLine($"done    {string.Join(", ", done.Select(d => $"{d.Value} times {d.Key}"))}");
            Console.WriteLine(FormattableString.Invariant($"load    {load.Attempts.Count} reports tried, {load.Created} answered; {load.Answers}"));

            await kept.OpenAsync();
            var checks = new Checks(kept, findings);
            findings.Check("whoever was not served was asked to come again", load.Attempts.Count, load.Unexpected);
            checks.Cases(load.Attempts);
            checks.Log();
            await checks.Figures(server, TimeSpan.FromMinutes(1));
            await checks.Heard(listener, TimeSpan.FromMinutes(1));
            checks.Readers();
            // Messages wait a minute for an undo, another after a failed hand-over, and 15 seconds for who was killed. Where a planted bug has shown already nobody needs to wait.
            if (options.Planted is null || findings.Count == 0) await checks.Mails(sink, load.Attempts, TimeSpan.FromMinutes(4));
            listener.Dispose();
            await listening;
        }
        finally
        {
            foreach (var (node, cable) in nodes)
            {
                node.Dispose();
                cable.Dispose();
            }
            balancer?.Kill();
            await Processes.Run(Program("rabbitmq.sh"), "stop", Path.Combine(folder, "rabbit"));
            await Processes.Run(Program(options.Standby ? "patroni.sh" : "postgres.sh"), "stop", Path.Combine(folder, "postgres"));
            if (findings.Count == 0) Directory.Delete(folder, recursive: true);
            else Console.WriteLine($"The logs of the nodes are in {folder}");
        }
    }

    async Task StartPostgres()
    {
        // It waits for the disk, as a council's does, and goes on with what is there.
        await Processes.Run(Program(options.Standby ? "patroni.sh" : "postgres.sh"), options.Standby ? "start" : "durable", Path.Combine(folder, "postgres"), Text(postgresPorts[0]));
        if (options.Standby) return;
        postmaster = int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }

    Task<string> Moothall(params string[] arguments) => Processes.Run("dotnet", [options.Program, .. arguments, "--database", Connection(postgresPorts), "--council", Options.CouncilIn(folder)]);

    async Task<string> Prepare()
    {
        await Moothall("publish", "--services", Path.Combine(Options.Root(), "services"));
        return (await Moothall("token", "create", "--as", "amara-okafor")).Trim();
    }

    void StartNodes(Uri broker, int mailPort)
    {
        const string Fake = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
        for (var i = 0; i < options.Nodes; i++)
        {
            var cable = new Cables(postgresPorts);
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder };
            foreach (var argument in (string[])[options.Program, "serve", "--demo", "--urls", $"http://127.0.0.1:{Processes.FreePort()}", "--database", Connection(cable.Ports), "--queue", broker.ToString(),
                "--services", Path.Combine(Options.Root(), "services"), "--council", Options.CouncilIn(folder)]) start.ArgumentList.Add(argument);
            foreach (var (name, value) in new[] { ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", Text(mailPort)), ("SMTP_TLS", "none"), ("MAIL_FROM", "no-reply@council.example") }) start.Environment[$"MOOTHALL_{name}"] = value;
            if (options.Planted is { } bug) start.Environment["MOOTHALL_PLANTED_BUG"] = bug;
            if (i == 0 && File.Exists(Fake))
            {
                clock = Path.Combine(folder, "clock");
                File.WriteAllText(clock, "+0");
                foreach (var (name, value) in new[] { ("LD_PRELOAD", Fake), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1") }) start.Environment[name] = value;
            }
            var node = new Served($"node {i}", Path.Combine(folder, $"node-{i}.log"), start);
            node.Start();
            nodes.Add((node, cable));
        }
    }

    async Task<Uri> StartBalancer()
    {
        var port = Processes.FreePort();
        var file = Path.Combine(folder, "haproxy.cfg");
        var servers = string.Join('\n', nodes.Select((n, i) => $"  server node{i} {AddressOf(n.Node)} check inter 500ms fall 2 rise 1"));
        await File.WriteAllTextAsync(file, $"""
            global
              maxconn 500
            defaults
              mode http
              timeout connect 2s
              timeout client 15s
              timeout server 15s
            frontend council
              bind 127.0.0.1:{port}
              default_backend nodes
            backend nodes
              balance roundrobin
              option httpchk GET /health/ready
            {servers}

            """);
        balancer = new Served("balancer", Path.Combine(folder, "haproxy.log"), new ProcessStartInfo("haproxy", ["-f", file, "-db"]));
        balancer.Start();
        return new Uri($"http://127.0.0.1:{port}");
    }

    readonly Dictionary<string, string> addresses = [];
    string AddressOf(Served node)
    {
        if (addresses.TryGetValue(node.Name, out var known)) return known;
        return addresses[node.Name] = new Uri(node.Argument("--urls")).Authority;
    }

    static async Task Ready(HttpClient server)
    {
        for (var until = DateTime.UtcNow.AddMinutes(3); ; await Task.Delay(300))
        {
            try
            {
                if ((await server.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { /* Not yet. */ }
            if (DateTime.UtcNow > until) throw new InvalidOperationException("The cluster did not come up.");
        }
    }

    /// <summary>One thing goes wrong, and is put right a little later. Two may overlap.</summary>
    async Task Torment(CancellationToken stop)
    {
        var (node, cable) = nodes[random.Next(nodes.Count)];
        // These come in every run, however short.
        var (what, act) = (done.Count == 0 ? 40 : options.Standby && done.Count == 1 ? 50 : random.Next(100)) switch
        {
            < 22 => ("a node was killed", (Func<Task>)(async () => { node.Kill(); await Wait(1); node.Start(); })),
            < 44 => ("a node was paused in the middle of its work past its leases", () => PauseInTheMiddle(node)),
            < 48 => ("a node was paused past its leases", async () => { node.Pause(); await Task.Delay(PastTheLease, CancellationToken.None); node.GoOn(); }),
            < 60 => options.Standby ? ("the primary died and its standby took over", KillPrimary) : ("PostgreSQL was killed", KillPostgres),
            < 68 => ("RabbitMQ was killed", KillRabbit),
            < 76 => ("the load balancer was killed", async () => { balancer!.Kill(); await Wait(1); balancer.Start(); }),
            < 86 => ("a node was cut off from the database", async () => { cable.Cut(); await Wait(4); cable.Mend(); }),
            < 93 => ("a node's way to the database was slow", async () => { cable.Slow(TimeSpan.FromMilliseconds(120)); await Wait(5); cable.Mend(); }),
            _ when clock.Length > 0 => ("a node's clock jumped", async () => { await File.WriteAllTextAsync(clock, random.Next(2) == 0 ? "+2h" : "-2h"); await Wait(6); await File.WriteAllTextAsync(clock, "+0"); }),
            _ => ("nothing", () => Task.CompletedTask),
        };
        done[what] = done.GetValueOrDefault(what) + 1;
        if (!node.Runs) node.Start();
        var acting = act();
        if (random.Next(3) > 0) await acting;
        else pending.Add(acting);
        await Task.Delay(random.Next(300, 2500), CancellationToken.None);
        _ = stop;
    }

    readonly List<Task> pending = [];

    Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * (0.5 + random.NextDouble())), CancellationToken.None);

    async Task KillPostgres()
    {
        await database.WaitAsync();
        try
        {
            Processes.Signal(postmaster, "KILL");
            for (var tries = 0; ; tries++)
                try
                {
                    // Its children see that it is gone and end by themselves; before that it does not start again.
                    await Task.Delay(300);
                    await StartPostgres();
                    return;
                }
                catch (InvalidOperationException) when (tries < 40) { /* They are not gone yet. */ }
        }
        finally
        {
            database.Release();
        }
    }

    // Nobody can read the log for a moment, so that this node's readers stand in the middle of their look at it; what they are answered they take up when others have their leases.
    async Task PauseInTheMiddle(Served node)
    {
        try
        {
            await using var direct = new NpgsqlConnection(Connection(postgresPorts) + ";Pooling=false");
            await direct.OpenAsync();
            await using (var transaction = await direct.BeginTransactionAsync())
            {
                await using var command = new NpgsqlCommand("set local lock_timeout = '5s'; lock table event in access exclusive mode", direct, transaction);
                await command.ExecuteNonQueryAsync();
                await Task.Delay(400);
                node.Pause();
                await transaction.CommitAsync();
            }
        }
        catch (NpgsqlException)
        {
            // The database is away itself just now.
            node.Pause();
        }
        // What it had open is rolled back after 15 seconds; then the others go on.
        await Task.Delay(PastTheLease + TimeSpan.FromSeconds(4));
        node.GoOn();
    }

    // It and its Patroni are gone at once, as with their machine; when the other has taken over the machine is there again.
    async Task KillPrimary()
    {
        await database.WaitAsync();
        try
        {
            async Task<string[]?> Primary() => (await Processes.Run(Program("patroni.sh"), "list", Path.Combine(folder, "postgres"))).Split('\n').Select(line => line.Split(' ')).FirstOrDefault(member => member is [_, "primary", ..]);
            var died = await Primary() ?? throw new InvalidOperationException("No PostgreSQL was the primary.");
            foreach (var process in new[] { died[3], died[2] }) Processes.Signal(int.Parse(process, CultureInfo.InvariantCulture), "KILL");
            for (var until = DateTime.UtcNow.AddMinutes(2); await Primary() is not { } now || now[0] == died[0]; await Task.Delay(500))
                if (DateTime.UtcNow > until) throw new InvalidOperationException("No standby took over.");
            await StartPostgres();
        }
        finally
        {
            database.Release();
        }
    }

    async Task KillRabbit()
    {
        await database.WaitAsync();
        try
        {
            Processes.Signal(int.Parse((await File.ReadAllTextAsync(Path.Combine(folder, "rabbit", "pid"))).Trim(), CultureInfo.InvariantCulture), "KILL");
            await Wait(1);
            await Processes.Run(Program("rabbitmq.sh"), "start", Path.Combine(folder, "rabbit"), Text(rabbitPort));
        }
        finally
        {
            database.Release();
        }
    }

    async Task Mend()
    {
        await Task.WhenAll(pending);
        if (clock.Length > 0) await File.WriteAllTextAsync(clock, "+0");
        balancer!.Start();
        foreach (var (node, cable) in nodes)
        {
            cable.Mend();
            node.Start();
        }
    }

    public void Dispose()
    {
        balancer?.Dispose();
        database.Dispose();
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
