using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Moothall.Torture;

/// <summary>A small program that does nothing but drive the store, killed thousands of times in one file.</summary>
sealed class StoreTorture(Options options, Findings findings)
{
    public async Task Run()
    {
        var random = new Random(options.Seed);
        var folder = Directory.CreateTempSubdirectory("moothall-torture-").FullName;
        var file = Path.Combine(folder, "store.db");
        var answered = new List<string>();
        var since = Stopwatch.GetTimestamp();
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in (string[])[options.Victim, "sqlite", file, "tables", "twice"]) start.ArgumentList.Add(argument);
            if (options.Planted is { } bug) start.Environment["MOOTHALL_PLANTED_BUG"] = bug;
            using var victim = Process.Start(start)!;
            // At any moment of its life: while it opens, and after its first, tenth or hundredth answer.
            var lines = random.Next(0, 40);
            while (lines-- > 0 && await victim.StandardOutput.ReadLineAsync() is { } line) answered.Add(line);
            if (lines < 0 && random.Next(8) == 0) await Task.Delay(random.Next(0, 60));
            victim.Kill();
            // What is still in the pipe was answered; a last line may be cut.
            var rest = await victim.StandardOutput.ReadToEndAsync();
            answered.AddRange(rest.Split('\n')[..^1]);
            await victim.WaitForExitAsync();
            if (kill % 200 == 0) Console.WriteLine(FormattableString.Invariant($"        {kill} kills, {answered.Count} units answered, {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s"));
        }
        using (var kept = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            kept.Open();
            var checks = new Checks(kept, findings);
            findings.Check("the file is whole", 1, checks.Rows("pragma integrity_check", row => row.GetString(0)).Where(said => said != "ok"));
            var streams = checks.Rows("select stream, count(*), max(version) from event group by stream", row => (Stream: row.GetString(0), Count: row.GetInt64(1), Last: row.GetInt64(2)));
            var there = streams.Select(s => s.Stream).ToHashSet();
            var timers = checks.Rows("select key from timer", row => row.GetString(0)).ToHashSet();
            findings.Check("an answered unit is there", answered.Count, answered.Where(a => !there.Contains(a)));
            findings.Check("a request that came twice was done once", streams.Count, streams.GroupBy(s => s.Stream[..s.Stream.LastIndexOf('-')]).Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(s => s.Stream))));
            findings.Check("no unit is there in half", streams.Count, streams.Where(s => s.Count != 2 || s.Last != 2 || !timers.Contains(s.Stream)).Select(s => s.Stream));
            // One that lives counts the rest; then each event was counted once.
            checks.Rows("update reader set lease_until = '2020-01-01T00:00:00.000000Z'", _ => 0);
            var start = new ProcessStartInfo("dotnet", [options.Victim, "sqlite", file, "tables", "only-read"]);
            using var last = Process.Start(start)!;
            for (var until = DateTime.UtcNow.AddMinutes(2); DateTime.UtcNow < until && checks.Count("select count(*) from tally") < streams.Count * 2; await Task.Delay(300)) { }
            last.Kill();
            await last.WaitForExitAsync();
            var counted = checks.Rows("select stream, version, times from tally", row => (Name: $"{row.GetString(0)}/{row.GetInt64(1)}", Times: row.GetInt64(2)));
            findings.Check("every event was counted exactly once", streams.Count * 2, counted.Where(c => c.Times != 1).Select(c => c.Name).Concat(counted.Count == streams.Count * 2 ? [] : [FormattableString.Invariant($"{counted.Count} counted of {streams.Count * 2}")]));
        }
        Directory.Delete(folder, recursive: true);
    }
}
