using Moothall.Store;
using Moothall.Store.Benchmarks;

// dotnet run -c Release --project benchmarks/Moothall.Store.Benchmarks [POSTGRES-CONNECTION-STRING]
// Without a connection string only SQLite is measured. Use a throw-away database: it is filled.
var folder = Directory.CreateTempSubdirectory("moothall-bench-").FullName;
try
{
    var sync = DiskSync.Measure(folder);
    Console.WriteLine($"fsync here                   {sync.TotalMilliseconds,9:0.000} ms");
    var sqlite = await Measure("SQLite", () => Database.Sqlite(Path.Combine(folder, "moothall.db")));
    if (args.Length == 0) return;
    var postgres = await Measure("PostgreSQL", () => Database.Postgres(args[0]));
    Console.WriteLine("ratio PostgreSQL / SQLite");
    foreach (var (what, rate) in sqlite) Console.WriteLine($"  {what,-26} {postgres[what] / rate,9:0.00}");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async Task<Dictionary<string, double>> Measure(string name, Func<Database> open)
{
    var rates = new Dictionary<string, double>();
    await using (var database = open())
    {
        await new SchemaRunner(database).Apply();
        Console.WriteLine(name);
        foreach (var clients in new[] { 1, 8, 64, 256 })
            rates[$"commits, {clients} clients"] = await Commits.Run(database, clients, TimeSpan.FromSeconds(3));
        rates["events read, 1 projection"] = await Reading.Run(database);
        rates["events replayed"] = await Reading.Replayed(database);
    }
    rates["timers at once, 2 nodes"] = await Timers.Run(open);
    return rates;
}
