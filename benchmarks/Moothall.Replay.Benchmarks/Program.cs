using System.Diagnostics;
using System.Globalization;
using Moothall.Benchmarks.Replaying;
using Npgsql;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
var history = History.Of(Request311.Read(options.Rows).Take(options.MostRows), options.Year);
var expected = Expected.Of(history, options.Services, options.Council);
var closing = history.Cases.Count(c => c.Closed is not null);
var folder = Directory.CreateTempSubdirectory("moothall-replay-").FullName;
try
{
    Console.WriteLine($"{history.Cases.Count} requests, {closing} of them closed within {options.Year}, on {(options.Postgres is null ? "SQLite" : "PostgreSQL")}, {options.Connections} connections");
    Console.WriteLine($"fsync here        {DiskSync.Measure(folder).TotalMilliseconds,9:0.000} ms");
    await using var process = options.Address is null
        ? new ServerProcess(options.Host, options.Postgres is { } connection ? ["--database", connection] : ["--data", folder], Path.GetFullPath(options.Services), Path.GetFullPath(options.Council)) : null;
    var token = process is null ? options.Token! : await process.Start();
    using var server = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections }) { BaseAddress = options.Address ?? process!.Address, Timeout = TimeSpan.FromMinutes(2) };
    using var asking = new HttpClient { BaseAddress = server.BaseAddress };
    var lag = new Lag(asking, history.Times);
    var cpuBefore = process?.Cpu;

    var sending = new Sending(server, token, options.Connections);
    var sent = sending.Run(history.Cases);
    var furthest = 0L;
    while (await Task.WhenAny(sent, Task.Delay(2000)) != sent)
    {
        var answered = sending.Creates.Count + sending.Closes.Count;
        var (received, closed) = await lag.Published();
        furthest = Math.Max(furthest, answered - received - closed);
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{sending.Creates.Count} sent");
    }
    await sent;
    var caughtUp = await lag.UntilPublished(history.Cases.Count, closing);
    var requests = sending.Creates.Count + sending.Steps.Count + sending.Closes.Count;
    Console.WriteLine($"requests          {requests,9} in {sending.Time.TotalSeconds:0.0} s: {requests / sending.Time.TotalSeconds:0}/s ({sending.Creates.Count} creates, {sending.Steps.Count} steps, {sending.Closes.Count} closes)");
    Console.WriteLine($"creates           {sending.Creates.InWords()}");
    Console.WriteLine($"closes            {sending.Closes.InWords()}");
    Console.WriteLine($"figures           at most {furthest} events behind, all there {caughtUp.TotalMilliseconds:0} ms after the last answer");
    if (process is not null)
    {
        Console.WriteLine($"server            {(process.Cpu - cpuBefore!.Value).TotalMilliseconds / requests:0.000} ms of processor a request, {process.MemoryBytes / 1048576} MiB");
        Console.WriteLine($"database          {await DatabaseBytes() / 1048576.0:0.0} MiB");
    }

    var wrong = await Compare("as they came");
    if (process is not null)
    {
        Console.Write($"replayed          {await process.Replay()}");
        wrong += await Compare("after the replay");
    }
    return wrong == 0 ? 0 : 1;

    async Task<int> Compare(string when)
    {
        var since = Stopwatch.GetTimestamp();
        var comparing = new Comparing(asking, expected, history.Times);
        var differences = await comparing.Run();
        Console.WriteLine($"compared          {comparing.Figures} figures {when}: {(differences.Count == 0 ? "all equal" : $"{differences.Count} differ")} ({Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s)");
        foreach (var difference in differences.Take(100)) Console.WriteLine($"  {difference.What,-80} must be {difference.Expected}, is {difference.Published}");
        return differences.Count;
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<long> DatabaseBytes()
{
    if (options.Postgres is null) return new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length);
    await using var database = NpgsqlDataSource.Create(options.Postgres);
    await using var command = database.CreateCommand("select pg_database_size(current_database())");
    return (long)(await command.ExecuteScalarAsync())!;
}
