using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Moothall.Torture;

/// <summary>One program with SQLite, as a small council runs it: killed again and again under load, and its small disk filled up now and then.</summary>
sealed class NodeTorture(Options options, Findings findings)
{
    const int DiskMegabytes = 400;
    readonly Random random = new(options.Seed);
    readonly string folder = Directory.CreateTempSubdirectory("moothall-torture-").FullName;

    public async Task Run()
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        var disk = await SmallDisk(data);
        var address = new Uri($"http://127.0.0.1:{Processes.FreePort()}");
        using var sink = new MailSink();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder };
        foreach (var argument in (string[])[options.Program, "serve", "--demo", "--urls", address.ToString().TrimEnd('/'), "--data", data,
            "--services", Path.Combine(Options.Root(), "services"), "--council", Options.CouncilIn(folder)]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in new[] { ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("SMTP_TLS", "none"), ("MAIL_FROM", "no-reply@council.example") }) start.Environment[$"MOOTHALL_{name}"] = value;
        if (options.Planted is { } bug) start.Environment["MOOTHALL_PLANTED_BUG"] = bug;
        using var node = new Served("node", Path.Combine(folder, "node.log"), start);
        try
        {
            var token = (await Processes.Run("dotnet", options.Program, "token", "create", "--as", "amara-okafor", "--data", data, "--council", Options.CouncilIn(folder))).Trim();
            using var server = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
            using var load = new Load(() => address, token, new Random(options.Seed + 1));
            using var stop = new CancellationTokenSource();
            using var giveUp = new CancellationTokenSource();
            var sending = load.Run(8, TimeSpan.FromMilliseconds(20), stop.Token, giveUp.Token);
            var (kills, fills, cold) = (0, 0, new List<double>());
            while (kills < options.Kills)
            {
                var since = Stopwatch.GetTimestamp();
                node.Start();
                await Answers(server, node);
                cold.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
                await Task.Delay(random.Next(0, 900));
                if (disk && random.Next(20) == 0)
                {
                    fills++;
                    await Fill(data);
                }
                node.Kill();
                kills++;
                if (kills % 20 == 0) Console.WriteLine(FormattableString.Invariant($"        {kills} kills, {load.Created} reports answered"));
            }
            node.Start();
            await Answers(server, node);
            await stop.CancelAsync();
            giveUp.CancelAfter(TimeSpan.FromMinutes(2));
            await sending;
            Console.WriteLine(FormattableString.Invariant($"done    {kills} kills, the disk filled up {fills} times{(disk ? "" : " (no small disk could be mounted)")}; from start to the first answer {cold.Order().ElementAt(cold.Count / 2):0.00} s in the middle"));
            Console.WriteLine(FormattableString.Invariant($"load    {load.Attempts.Count} reports tried, {load.Created} answered; {load.Answers}"));
            using var kept = new SqliteConnection($"Data Source={Path.Combine(data, "moothall.db")};Mode=ReadOnly;Pooling=False");
            kept.Open();
            var checks = new Checks(kept, findings);
            findings.Check("the file is whole", 1, checks.Rows("pragma integrity_check", row => row.GetString(0)).Where(said => said != "ok"));
            findings.Check("whoever was not served was asked to come again", load.Attempts.Count, load.Unexpected);
            checks.Cases(load.Attempts);
            checks.Log();
            await checks.Figures(server, TimeSpan.FromMinutes(1));
            await checks.Mails(sink, load.Attempts, TimeSpan.FromMinutes(4));
        }
        finally
        {
            node.Kill();
            if (disk) await Processes.Run("umount", data);
            if (findings.Count == 0) Directory.Delete(folder, recursive: true);
            else Console.WriteLine($"The log of the node is in {folder}");
        }
    }

    static async Task<bool> SmallDisk(string at)
    {
        try
        {
            await Processes.Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={DiskMegabytes}m"), "tmpfs", at);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Everything that is free is taken for a moment, while people go on sending.
    async Task Fill(string data)
    {
        var ballast = Path.Combine(data, "ballast");
        await using (var file = File.Create(ballast))
            try
            {
                var block = new byte[1 << 16];
                while (true) await file.WriteAsync(block);
            }
            catch (IOException) { /* Full, as was wanted. */ }
        await Task.Delay(random.Next(300, 1500));
        File.Delete(ballast);
        await Task.Delay(300);
    }

    static async Task Answers(HttpClient server, Served node)
    {
        for (var until = DateTime.UtcNow.AddMinutes(2); ; await Task.Delay(20))
        {
            try
            {
                if ((await server.GetAsync("/health/live")).IsSuccessStatusCode) return;
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException) { /* Not yet. */ }
            if (!node.Runs) node.Start();
            if (DateTime.UtcNow > until) throw new InvalidOperationException("The node did not come up again.");
        }
    }
}
