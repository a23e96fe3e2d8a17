using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>A node that is killed while it seals the audit log: what is sealed is whole, and whoever comes next goes on where it ended.</summary>
public sealed class AuditKillTests : IDisposable
{
    const int Entries = 120_000;

    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Theory, BothDatabases]
    public async Task A_node_that_is_killed_while_it_seals_leaves_a_whole_chain_and_the_next_goes_on(Dialect dialect)
    {
        await using var council = await CouncilOfCommands.Make(program, dialect);
        var store = council.Options;
        await using var database = council.Open();
        await Fill(database);
        var (kills, last) = (0, 0L);
        while (last < Entries)
        {
            using var server = await program.Serve(["--demo", .. store]);
            // Some batches further, then the power goes; after the second time it may come to the end.
            var until = kills < 2 ? last + (Entries / 6) : Entries;
            await server.Eventually(async () => await Sealed(database) >= until, $"seals {until} entries");
            if (kills++ < 2) server.Kill();
            last = await Sealed(database);
            var verified = await program.Run(["audit", "verify", .. store]);
            verified.Code.ShouldBe(0, verified.Complained);
            // The entries of the node itself come behind those of the test.
            if (kills <= 2) verified.Said.ShouldContain("wait to be sealed");
        }
        kills.ShouldBeGreaterThan(2);
    }

    static Task<long> Sealed(Database database) => database.Read(s => s.Number($"select max(last_position) from audit_batch"));

    static async Task Fill(Database database)
    {
        await new SchemaRunner(database, Settings.SchemaAssemblies).Apply();
        var now = SystemClock.Instance.GetCurrentInstant();
        for (var i = 0; i < Entries; i += 1_000)
            await database.Commit(async unit =>
            {
                for (var k = 0; k < 1_000; k++) await Audit.Note(unit, now, new AuditEntry(AuditKinds.Searched, AuditBy.Rule, $"case {k}"));
            });
        // Due at once, where a new council would wait a minute.
        await database.Commit(unit => unit.SetTimer(SealAudit.Timer, "", now - Duration.FromHours(1)));
    }
}
