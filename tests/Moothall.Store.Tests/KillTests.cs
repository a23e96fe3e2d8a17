using System.Diagnostics;
using Moothall.Store.Victim;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

public class KillTests
{
    [Fact]
    public void The_faults_that_the_torture_must_find_are_in_no_other_build() => typeof(Database).Assembly.GetType("Moothall.Store.PlantedBug").ShouldBeNull();

    [Theory, BothDatabases]
    public async Task A_killed_program_loses_nothing_that_it_answered_and_leaves_nothing_half_done(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var life = 1; life <= 2; life++)
        {
            using var victim = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Moothall.Store.Victim.dll"), dialect == Dialect.Sqlite ? "sqlite" : "postgres", store.Place },
                RedirectStandardOutput = true,
            })!;
            for (var i = 0; i < 300; i++) answered.Add((await victim.StandardOutput.ReadLineAsync()).ShouldNotBeNull());
            victim.Kill();
            while (await victim.StandardOutput.ReadLineAsync() is { } line) answered.Add(line);
            await victim.WaitForExitAsync();
        }

        var versions = await store.Database.Read(s => s.Query($"select stream, count(*) from event group by stream", row => (Stream: row.Text(0), Count: row.Int(1))));
        versions.ShouldAllBe(v => v.Count == 2);
        var timers = await store.Database.Read(s => s.Query($"select key from timer", row => row.Text(0)));
        timers.ToHashSet().SetEquals(versions.Select(v => v.Stream)).ShouldBeTrue();
        // The last line may be cut where the program was killed.
        answered.Where(a => !timers.Contains(a)).Count(a => !timers.Any(t => t.StartsWith(a, StringComparison.Ordinal))).ShouldBe(0);

        await store.Database.Commit(unit => unit.Execute($"update reader set lease_until = {NodaTime.Instant.FromUtc(2020, 1, 1, 0, 0)}"));
        await using var host = new ReaderHost(store.Database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await host.Start();
        await host.WaitUntilCaughtUp();
        var counted = await store.Database.Counted();
        counted.Count.ShouldBe(versions.Count * 2);
        counted.ShouldAllBe(c => c.Times == 1);
    }
}
