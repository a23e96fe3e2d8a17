using Moothall.Identity;
using Moothall.Performance;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>How many open cases of a service lie with a team at a stage.</summary>
public sealed record QueueCount(string Authority, string Team, string Service, string Stage, long Open);

/// <summary>
/// The projection "queue-counts": open cases by team and stage, kept as they come and go, so that the numbers beside a queue are never counted when
/// somebody opens it. Sums only, so entries may come in any portions.
/// </summary>
public sealed class QueueCounts : IProjection
{
    public const string Table = "queue_count";

    public string Name => "queue-counts";

    public IReadOnlyList<string> Tables => [Table];

    public string Schema(Dialect dialect, TableNames tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return $"""
            create table {tables[Table].Name} (authority text not null, team text not null, service text not null, stage text not null, open bigint not null,
                primary key (authority, team, service, stage){(dialect == Dialect.Sqlite ? ") without rowid;" : ");")}
            """;
    }

    public async Task Apply(Unit unit, TableNames tables, IReadOnlyList<LogEvent> events)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(events);
        var changes = new Dictionary<(string Authority, string Team, string Service, string Stage), long>();
        foreach (var entry in events) Count(entry, changes, 1);
        // Rows are touched in one order, so that two portions can never wait for each other.
        var rows = changes.Where(c => c.Value != 0).OrderBy(c => c.Key.Authority, StringComparer.Ordinal).ThenBy(c => c.Key.Team, StringComparer.Ordinal)
            .ThenBy(c => c.Key.Service, StringComparer.Ordinal).ThenBy(c => c.Key.Stage, StringComparer.Ordinal);
        await DayFigures.Add(unit, tables[Table], ["authority", "team", "service", "stage"], ["open"],
            rows.Select(c => (new object[] { c.Key.Authority, c.Key.Team, c.Key.Service, c.Key.Stage }, new[] { c.Value })));
    }

    static void Count(LogEvent entry, Dictionary<(string, string, string, string), long> changes, int sign)
    {
        if (entry.Type == CaseReceived.Type)
        {
            var e = EventJson.Read<CaseReceived>(entry);
            Add(e.Authority, e.Team, e.Service, e.Stage, 1);
        }
        else if (entry.Type == CaseAdvanced.Type)
        {
            var e = EventJson.Read<CaseAdvanced>(entry);
            Add(e.Authority, e.FromTeam, e.Service, e.From, -1);
            Add(e.Authority, e.ToTeam, e.Service, e.To, 1);
        }
        else if (entry.Type == CaseClosed.Type)
        {
            var e = EventJson.Read<CaseClosed>(entry);
            Add(e.Authority, e.Team, e.Service, e.Stage, -1);
        }
        else if (entry.Type == CaseReopened.Type)
        {
            var e = EventJson.Read<CaseReopened>(entry);
            Add(e.Authority, e.Team, e.Service, e.Stage, 1);
        }
        else if (entry.Type == CaseMoved.Type)
        {
            var e = EventJson.Read<CaseMoved>(entry);
            Add(e.Authority, e.FromTeam, e.FromService, e.FromStage, -1);
            Add(e.Authority, e.ToTeam, e.ToService, e.Stage, 1);
        }
        else if (entry.Type == CaseUndone.Type)
            Count(EventJson.Read<CaseUndone>(entry).TakenBack(entry), changes, -sign);

        void Add(string authority, string team, string service, string stage, long by)
        {
            var key = (authority, team, service, stage);
            changes[key] = changes.GetValueOrDefault(key) + by * sign;
        }
    }

    /// <summary>Where open cases lie that somebody may read.</summary>
    public static async Task<IReadOnlyList<QueueCount>> Read(Session session, ReadingScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var counts = await Read(session, [.. scope.AnyOf]);
        return [.. counts.Where(c => (scope.Authorities.Contains(c.Authority) || scope.Shared.Contains((c.Authority, c.Team))) && scope.Services?.Contains(c.Service) != false
            && (!scope.Hidden.Contains(c.Service) || scope.Caller.WorksFor(c.Authority, c.Team)))];
    }

    /// <summary>Where open cases of some authorities lie; places with none are left out.</summary>
    public static Task<List<QueueCount>> Read(Session session, IReadOnlyCollection<string> authorities)
    {
        ArgumentNullException.ThrowIfNull(session);
        return authorities.Count == 0 ? Task.FromResult(new List<QueueCount>()) : session.Query($"""
            select authority, team, service, stage, open from {TableNames.Live[Table]} where authority in ({authorities}) and open > 0 order by authority, team, service, stage
            """, row => new QueueCount(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Long(4)));
    }
}
