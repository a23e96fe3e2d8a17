namespace Moothall.Store.Victim;

/// <summary>A projection that counts how often each event was handled, so that a test can see once, never or twice.</summary>
public sealed class Tally(string name = "tally") : IProjection
{
    public string Name => name;
    public IReadOnlyList<string> Tables => [name];

    /// <summary>Called with each event before it is counted.</summary>
    public Func<LogEvent, Task>? Before { get; set; }

    public string Schema(Dialect dialect, TableNames tables) => $"""
        create table {tables[name]} (stream text not null, version integer not null, times integer not null, turn integer not null, primary key (stream, version));
        create index {tables.Index(name + "_turn")} on {tables[name]} (turn);
        """;

    public async Task Apply(Unit unit, TableNames tables, IReadOnlyList<LogEvent> events)
    {
        foreach (var e in events)
        {
            if (Before is not null) await Before(e);
            await unit.Execute($"""
                insert into {tables[name]} as counted (stream, version, times, turn)
                values ({e.Stream}, {e.Version}, 1, (select coalesce(max(turn), 0) + 1 from {tables[name]}))
                on conflict (stream, version) do update set times = counted.times + 1
                """);
        }
    }
}
