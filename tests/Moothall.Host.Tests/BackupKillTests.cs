using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>A backup whose process is killed on its way: nobody takes what is left for a whole one, and the next backup is as if nothing had been.</summary>
public sealed class BackupKillTests : IDisposable
{
    const int Megabytes = 24;

    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Theory, BothDatabases]
    public async Task A_killed_backup_leaves_nothing_that_is_taken_for_a_whole_one(Dialect dialect)
    {
        await using var council = await CouncilOfCommands.Make(program, dialect);
        var store = council.Options;
        await using (var database = council.Open()) await Fill(database);
        var (file, partial) = (Path.Combine(program.Folder, "night.backup"), Path.Combine(program.Folder, "night.backup.partial"));
        var killed = 0;
        // As soon as there is a file, in its first third, and near its end: what is random in the rows does not become smaller.
        foreach (var bytes in (long[])[0, Megabytes * 300_000L, Megabytes * 900_000L])
        {
            using (var backup = program.Start(["backup", "night.backup", .. store]))
            {
                while (!backup.HasExited && !(new FileInfo(partial) is { Exists: true } begun && begun.Length >= bytes)) await Task.Delay(1, TestContext.Current.CancellationToken);
                backup.Kill();
                await backup.WaitForExitAsync(TestContext.Current.CancellationToken);
                if (backup.ExitCode != 0) killed++;
            }
            // The file has its name only when it is whole, also where the end was quicker than the kill.
            if (File.Exists(file))
            {
                (await program.Run("backup", "--verify", "night.backup")).Code.ShouldBe(0);
                File.Delete(file);
                continue;
            }
            var refused = await program.Run("restore", "night.backup.partial", "--data", "elsewhere");
            refused.Code.ShouldBe(1, refused.Said);
            refused.Complained.ShouldMatch("is not a whole backup|is not a backup of Moothall");
            refused.Complained.ShouldNotContain("   at ");
            Directory.Exists(Path.Combine(program.Folder, "elsewhere")).ShouldBeTrue();
            Directory.GetFiles(Path.Combine(program.Folder, "elsewhere")).ShouldBeEmpty();
        }
        killed.ShouldBeGreaterThan(0);

        var next = await program.Run(["backup", "night.backup", .. store]);
        next.Code.ShouldBe(0, next.Complained);
        File.Exists(partial).ShouldBeFalse();
        var whole = await program.Run("backup", "--verify", "night.backup");
        (whole.Code, whole.Said.Split('\n')[1]).ShouldBe((0, next.Said.Split('\n')[1]));

        var all = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(program.Folder, "cut.backup"), all[..(all.Length / 2)], TestContext.Current.CancellationToken);
        all[all.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(program.Folder, "altered.backup"), all, TestContext.Current.CancellationToken);
        foreach (var bad in (string[])["cut.backup", "altered.backup"])
        {
            var refused = await program.Run("restore", bad, "--data", "elsewhere");
            (refused.Code, refused.Complained.Contains("is not a whole backup. It is cut off or was altered since it was made.", StringComparison.Ordinal)).ShouldBe((1, true), refused.Complained);
            Directory.GetFiles(Path.Combine(program.Folder, "elsewhere")).ShouldBeEmpty();
        }
    }

    [Theory, BothDatabases]
    public async Task A_restore_over_a_council_that_serves_is_refused_and_it_serves_on(Dialect dialect)
    {
        await using var council = await CouncilOfCommands.Make(program, dialect);
        var store = council.Options;
        using var server = await program.Serve(["--demo", .. store]);
        (await program.Run(["backup", "monday.backup", .. store])).Code.ShouldBe(0);
        var refused = await program.Run(["restore", "monday.backup", .. store]);
        (refused.Code, refused.Complained.Contains("never writes over", StringComparison.Ordinal)).ShouldBe((1, true), refused.Complained);
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        (await http.GetAsync("/services/report-a-pothole", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
    }

    static async Task Fill(Database database)
    {
        await new SchemaRunner(database, Settings.SchemaAssemblies).Apply();
        var random = new Random(20260302);
        var content = new byte[1_000_000];
        for (var i = 0; i < Megabytes; i++)
        {
            random.NextBytes(content);
            await database.Commit(unit => FileStore.Add(unit, FileStore.NewId(), "case/POT-7F3K-92QX", "photo.jpg", "jpeg", content));
        }
    }
}
