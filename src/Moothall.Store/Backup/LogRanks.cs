using System.Globalization;

namespace Moothall.Store.Backups;

/// <summary>
/// Positions in the log mean nothing in another database, so a backup numbers its events from 1 in their order, and says of owners
/// and effects how many events they have behind them. Projections are left out: they are built again.
/// </summary>
internal static class LogRanks
{
    private sealed record Reader(string Name, LogPosition Position);

    private static Task<List<Reader>> Kept(Session session) => session.Query(
        session.Dialect == Dialect.Sqlite
            ? (FormattableString)$"select name, position from reader where tables is null order by name"
            : $"""select name, position from reader where tables is null order by name collate "C" """,
        row => new Reader(row.Text(0), LogPosition.Parse(row.Text(1))));

    /// <summary>How many events lie at or before a place.</summary>
    private static Task<long> Of(Session session, LogPosition at) => session.Dialect == Dialect.Sqlite
        ? session.Number($"select count(*) from event where number <= {at.Number}")
        : session.Number($"select count(*) from event where (xid, number) <= ({at.Transaction.ToString(CultureInfo.InvariantCulture)}::xid8, {at.Number})");

    /// <summary>The rows of `reader`, by the columns given.</summary>
    public static async Task<List<object?[]>> Readers(Session session, IReadOnlyList<KeptColumn> columns)
    {
        var rows = new List<object?[]>();
        foreach (var reader in await Kept(session))
        {
            var position = new LogPosition(0, await Of(session, reader.Position)).ToString();
            rows.Add([.. columns.Select(c => c.Name switch { "name" => (object?)reader.Name, "position" => position, "epoch" => 0L, _ => null })]);
        }
        return rows;
    }

    /// <summary>The rows of `reader_ahead`, by the columns given.</summary>
    public static async Task<List<object?[]>> Ahead(Session session, IReadOnlyList<KeptColumn> columns)
    {
        var rows = new List<object?[]>();
        foreach (var reader in await Kept(session))
        {
            var ranks = new List<long>();
            foreach (var place in await session.Query($"select xid, number from reader_ahead where reader = {reader.Name}", row => new LogPosition(row.Long(0), row.Long(1))))
                ranks.Add(await Of(session, place));
            rows.AddRange(ranks.Order().Select(rank => columns.Select(c => c.Name switch { "reader" => (object?)reader.Name, "xid" => 0L, _ => rank }).ToArray()));
        }
        return rows;
    }
}
