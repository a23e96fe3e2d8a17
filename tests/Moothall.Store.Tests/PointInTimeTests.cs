using System.Diagnostics;
using System.Runtime.CompilerServices;
using Moothall.Store.Victim;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>
/// PostgreSQL brought back to a point in time, with the commands that docs/how-to/backup.md gives: what was kept by then is there, what came
/// later is not, and readers of the log go on where they were.
/// </summary>
public sealed class PointInTimeTests
{
    static readonly string Script = Path.Combine(FindRepository(), "bin", "lib", "postgres.sh");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnlyPostgres]
    public async Task The_log_and_its_readers_come_back_to_the_moment_that_was_asked_for(Dialect _)
    {
        var folder = Directory.CreateTempSubdirectory("moothall-pitr-").FullName;
        var (first, second, archive) = (Path.Combine(folder, "first"), Path.Combine(folder, "second"), Path.Combine(folder, "archive"));
        // Both clusters belong to the user whom PostgreSQL runs as.
        await Run("chmod", "777", folder);
        try
        {
            await AsOwner("mkdir", "-p", archive);
            string moment;
            var connection = await Run(Script, "start", first, FreePort(), "wal_level=replica", "archive_mode=on", $"archive_command=cp %p {archive}/%f");
            await using (var database = Database.Postgres(connection))
            {
                await new SchemaRunner(database).Apply(Cancel);
                await database.Append("before-the-copy", 0, 2);
                await Follow(database);
                var port = new NpgsqlConnectionStringBuilder(connection).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await AsOwner("pg_basebackup", "-h", "127.0.0.1", "-p", port, "-U", "moothall", "-D", Path.Combine(second, "data"), "--checkpoint=fast");
                await database.Append("after-the-copy", 0, 3);
                await Follow(database);
                moment = await database.Read(s => s.First($"select clock_timestamp()::text", row => row.Text(0)), Cancel) ?? "";
                await database.Append("too-late", 0);
                var last = await database.Read(s => s.First($"select pg_walfile_name(pg_switch_wal())", row => row.Text(0)), Cancel);
                await LogOf.Until(() => Task.FromResult(File.Exists(Path.Combine(archive, last!))));
            }
            await Run(Script, "stop", first);

            await AsOwner("touch", Path.Combine(second, "data", "recovery.signal"));
            connection = await Run(Script, "again", second, FreePort(), $"restore_command=cp {archive}/%f %p", $"recovery_target_time={moment}", "recovery_target_action=promote");
            await using (var database = Database.Postgres(connection))
            {
                await LogOf.Until(async () => !await database.Read(s => s.First($"select pg_is_in_recovery()", row => row.Bool(0)), Cancel));
                (await database.Read(s => s.Query($"select distinct stream from event order by stream", row => row.Text(0)), Cancel)).ShouldBe(["after-the-copy", "before-the-copy"]);
                await database.Append("life-goes-on", 0);
                await Follow(database);
                (await database.Counted()).Select(c => (c.Stream, c.Version, c.Times)).ShouldBe(
                    [("before-the-copy", 1, 1), ("before-the-copy", 2, 1), ("after-the-copy", 1, 1), ("after-the-copy", 2, 1), ("after-the-copy", 3, 1), ("life-goes-on", 1, 1)]);
            }
        }
        finally
        {
            await Run(Script, "stop", first);
            await Run(Script, "stop", second);
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Follow(Database database)
    {
        await using var host = new ReaderHost(database, [new Tally()], [], [], [], settings: LogOf.Quick);
        await host.Start();
        await host.WaitUntilCaughtUp();
    }

    static string FreePort() => FreePorts.First().ToString(System.Globalization.CultureInfo.InvariantCulture);

    static Task<string> AsOwner(string program, params string[] arguments) =>
        Environment.UserName == "root" ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    static async Task<string> Run(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(Cancel), running.StandardError.ReadToEndAsync(Cancel));
        await running.WaitForExitAsync(Cancel);
        running.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await said} {await complained}");
        return (await said).Trim();
    }

    static string FindRepository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
