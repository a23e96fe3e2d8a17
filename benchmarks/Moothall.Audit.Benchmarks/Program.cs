using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Moothall;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Npgsql;

// bin/bench audit [--postgres C] [--entries 1000000] [--units 20000]
// What noting a reading costs beside the row that older programs wrote, how fast entries are sealed, and how long verify takes and how much memory. On PostgreSQL the processor time is that of
// this program alone; a database is made in the cluster and dropped again.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Option(string name, string usual) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
var cluster = Option("postgres", "");
var entries = int.Parse(Option("entries", "1000000"), CultureInfo.InvariantCulture);
var units = int.Parse(Option("units", "20000"), CultureInfo.InvariantCulture);
var folder = Directory.CreateTempSubdirectory("moothall-audit-").FullName;
var name = $"audit_{Environment.ProcessId}";
var zone = DateTimeZoneProviders.Tzdb["Europe/London"];
var caller = new Caller("amara-okafor", "Amara Okafor", ImmutableHashSet.Create(Role.Worker), ImmutableHashSet.Create("wessex"), ImmutableHashSet.Create("streets"), false);
var start = Instant.FromUtc(2026, 11, 29, 9, 0);
try
{
    if (cluster.Length > 0) await InCluster($"create database {name}");
    await using var database = cluster.Length == 0 ? Database.Sqlite(Path.Combine(folder, "moothall.db")) : Database.Postgres(new NpgsqlConnectionStringBuilder(cluster) { Database = name }.ToString());
    await new SchemaRunner(database, typeof(House).Assembly).Apply();
    Console.WriteLine($"{(cluster.Length == 0 ? "SQLite" : "PostgreSQL")}, {Environment.ProcessorCount} processors, load {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?")} before");

    for (var round = 0; round < 3; round++)
    {
        var before = await Cost(database, units, (unit, i) => unit.Execute($"insert into case_reading (at, member, reference, what) values ({start + Duration.FromSeconds(i)}, {caller.Id}, {Reference(i)}, {"case"})"));
        var now = await Cost(database, units, (unit, i) => ReadLog.Record(unit, start + Duration.FromSeconds(i), caller, new ReadCase(Reference(i), "wessex", "streets"), AuditKinds.CaseRead));
        Console.WriteLine($"a reading noted       before {before:0.0} µs of processor a unit, now {now:0.0}");
    }

    const int AtOnce = 500;
    for (var i = 0; i < entries; i += AtOnce)
    {
        var from = i;
        await database.Commit(async unit =>
        {
            for (var k = from; k < Math.Min(from + AtOnce, entries); k++) await ReadLog.Record(unit, start + Duration.FromSeconds(k), caller, new ReadCase(Reference(k), "wessex", "streets"), AuditKinds.CaseRead);
        });
    }
    var watch = Stopwatch.StartNew();
    while (await database.Commit(unit => AuditSeal.Step(unit, start, zone))) { }
    var all = await database.Read(s => s.Number($"select max(last_position) from audit_batch"));
    Console.WriteLine($"sealed                {all:N0} entries in {watch.Elapsed.TotalSeconds:0.0} s, {all / watch.Elapsed.TotalSeconds:N0}/s");

    GC.Collect();
    var (memory, most, looks) = (GC.GetTotalMemory(true), 0L, 0);
    watch.Restart();
    var report = await new AuditVerify(database).Run(progress: (_, _) =>
    {
        // What lives, not what waits to be collected: looked at now and then, because looking costs.
        if (++looks % 100 == 0) most = Math.Max(most, GC.GetTotalMemory(true) - memory);
    });
    Console.WriteLine($"verified              {report.Entries:N0} entries in {watch.Elapsed.TotalSeconds:0.0} s, {report.Entries / watch.Elapsed.TotalSeconds:N0}/s; at most {most / 1048576.0:0.0} MB alive at any time; {report.Fault?.ToString() ?? "whole"}");

    watch.Restart();
    for (var i = 0; i < 100; i++) await database.Read(s => ReadLog.Of(s, Reference(i * 7)));
    Console.WriteLine($"who read a case       {watch.Elapsed.TotalMilliseconds / 100:0.00} ms");
    return report.Fault is null ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
    if (cluster.Length > 0) await InCluster($"drop database if exists {name} with (force)");
}

static string Reference(int i) => string.Create(CultureInfo.InvariantCulture, $"POT-{i % 50_000:D8}");

// Sixteen who open cases at once, as at the desk; processor time of this program by the unit.
static async Task<double> Cost(Database database, int units, Func<Unit, int, Task> note)
{
    var (number, spent) = (0, Process.GetCurrentProcess().TotalProcessorTime);
    await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
    {
        while (Interlocked.Increment(ref number) is var i && i <= units) await database.Commit(unit => note(unit, i));
    })));
    return (Process.GetCurrentProcess().TotalProcessorTime - spent).TotalMicroseconds / units;
}

async Task InCluster(string sql)
{
    await using var source = NpgsqlDataSource.Create(cluster);
    await using var command = source.CreateCommand(sql);
    await command.ExecuteNonQueryAsync();
}
