using Moothall.Store;
using Moothall.Store.Victim;
using NodaTime;

// A program that writes and reads as fast as it can until a test kills it. It prints a line for each unit that was answered.
var database = args[0] == "sqlite" ? Database.Sqlite(args[1]) : Database.Postgres(args[1]);
// “tables” makes them when they are missing; “only-read” counts what others wrote.
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
        var stream = $"{Environment.ProcessId}-{writer}-{i}";
        await database.Commit(async unit =>
        {
            await unit.Append(stream, 0, new NewEvent("case.opened", 1, Instant.FromUnixTimeSeconds(i), "{}"), new NewEvent("case.closed", 1, Instant.FromUnixTimeSeconds(i), "{}"));
            await unit.SetTimer("kept", stream, Instant.FromUnixTimeSeconds(i));
        });
        lock (gate) Console.WriteLine(stream);
    }
}));
