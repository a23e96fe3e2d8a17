using Moothall.Store;
using Moothall.Store.Victim;
using NodaTime;

// A program that writes and reads as fast as it can until a test kills it. It prints a line for each unit that was answered.
var database = args[0] == "sqlite" ? Database.Sqlite(args[1]) : Database.Postgres(args[1]);
// “tables” makes them when they are missing; “only-read” counts what others wrote; “twice” has each request come twice at once, with the same key.
if (args.Contains("tables")) await new SchemaRunner(database).Apply();
var tally = new Tally();
var host = new ReaderHost(database, [tally], [], [], []);
await host.Start();
if (args.Contains("only-read")) await Task.Delay(Timeout.Infinite);
var gate = new Lock();
await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
{
    for (var i = 0; ; i++)
    {
        if (args.Contains("twice"))
        {
            foreach (var made in await Task.WhenAll(OfRequest($"{Environment.ProcessId}-{writer}-{i}"), OfRequest($"{Environment.ProcessId}-{writer}-{i}")))
                lock (gate) Console.WriteLine(made);
            continue;
        }
        var stream = $"{Environment.ProcessId}-{writer}-{i}";
        await database.Commit(unit => Write(unit, stream, i));
        lock (gate) Console.WriteLine(stream);
    }
}));

// One stream of two events and a timer: there whole or not at all.
static async Task Write(Unit unit, string stream, int second)
{
    await unit.Append(stream, 0, new NewEvent("case.opened", 1, Instant.FromUnixTimeSeconds(second), "{}"), new NewEvent("case.closed", 1, Instant.FromUnixTimeSeconds(second), "{}"));
    await unit.SetTimer("kept", stream, Instant.FromUnixTimeSeconds(second));
}

// The stream that a request made, of a name that begins with its key; of two with one key the second gets what the first did.
Task<string> OfRequest(string key) => database.Commit(async unit =>
{
    if (await Idempotency.Find(unit, "victim", "units", key) is { } before) return before.Result;
    var stream = $"{key}-{Guid.NewGuid():n}";
    await Write(unit, stream, 0);
    await Idempotency.Remember(unit, "victim", "units", key, "", stream);
    return stream;
});
