using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Moothall.Benchmarks.Creating;
using Moothall.Benchmarks.Replaying;
using Npgsql;

// bin/bench create [--postgres C] [--seconds 20] [--connections 48] [--host DLL]
// Makes cases over the API for so long, and then the same cases by the same code without HTTP, each on an empty store; followers run in both. Prints both rates, their
// ratio, and how late the published figures were. With --postgres two databases are made in that cluster, and dropped again.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Option(string name, string usual) => Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
var seconds = TimeSpan.FromSeconds(int.Parse(Option("seconds", "20"), CultureInfo.InvariantCulture));
var connections = int.Parse(Option("connections", "48"), CultureInfo.InvariantCulture);
var cluster = Option("postgres", "");
var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var host = Option("host", Path.Combine(root, "src/Moothall.Host/bin/Release/net10.0/Moothall.Host.dll"));
if (!File.Exists(host))
{
    Console.Error.WriteLine($"There is no program at {host}. Build it first (dotnet build src/Moothall.Host -c Release), or say where it is with --host.");
    return 2;
}
var folder = Directory.CreateTempSubdirectory("moothall-create-").FullName;
var (services, council) = (Path.Combine(root, "services"), Path.Combine(root, "council"));
var databases = new List<string>();
try
{
    var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
    Console.WriteLine($"{Environment.ProcessorCount} processors, load {load} before; fsync {DiskSync.Measure(folder).TotalMilliseconds:0.000} ms; {(cluster.Length == 0 ? "SQLite" : "PostgreSQL")}, {connections} at once, {seconds.TotalSeconds:0} s each after warming up");
    CreateRun over, without;
    double cost;
    await using (var server = new ServerProcess(host, await Store("http"), services, council))
    {
        var token = await server.Start();
        over = await OverHttp.Run(server, token, connections, seconds);
        cost = over.ProcessorMs;
    }
    var direct = await Store("direct");
    await using (var prepared = new ServerProcess(host, direct, services, council)) await prepared.Publish();
    without = await WithoutHttp.Run(direct, council, connections, seconds);

    Console.WriteLine($"over the API        {over.Count,8} cases, {over.Rate,7:0}/s   {over.Times}   {cost:0.00} ms of the server's processor a case");
    Console.WriteLine($"without HTTP        {without.Count,8} cases, {without.Rate,7:0}/s   {without.Times}");
    Console.WriteLine($"ratio                        {over.Rate / without.Rate,8:0.00} (goal: at least 0.50)");
    Console.WriteLine($"figures behind      {over.Lag} (goal: p99 under 1,000 ms)");
    var results = Path.Combine(root, "benchmarks/results");
    Directory.CreateDirectory(results);
    await File.WriteAllTextAsync(Path.Combine(results, $"create-{(cluster.Length == 0 ? "sqlite" : "postgres")}.json"), JsonSerializer.Serialize(
        new { At = DateTime.UtcNow, Environment.ProcessorCount, Load = load, Connections = connections, Over = over, Without = without, Ratio = over.Rate / without.Rate },
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
    foreach (var name in databases) await InCluster($"drop database {name} with (force)");
}

async Task<string[]> Store(string name)
{
    if (cluster.Length == 0)
    {
        var data = Path.Combine(folder, name);
        Directory.CreateDirectory(data);
        return ["--data", data];
    }
    var database = $"create_{name}_{Environment.ProcessId}";
    await InCluster($"create database {database}");
    databases.Add(database);
    return ["--database", new NpgsqlConnectionStringBuilder(cluster) { Database = database }.ToString()];
}

async Task InCluster(string sql)
{
    await using var source = NpgsqlDataSource.Create(cluster);
    await using var command = source.CreateCommand(sql);
    await command.ExecuteNonQueryAsync();
}

/// <summary>What one way made.</summary>
/// <param name="Rate">Cases a second, after warming up.</param>
internal sealed record CreateRun(int Count, double Rate, string Times, double ProcessorMs, string Lag)
{
    /// <summary>Middle, and how long all but a few took, in words; milliseconds.</summary>
    public static string InWords(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        double At(double part) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
        return FormattableString.Invariant($"p50 {At(.5):0.0}, p95 {At(.95):0.0}, p99 {At(.99):0.0}, max {At(1):0.0} ms");
    }
}
