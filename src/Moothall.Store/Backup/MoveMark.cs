using System.Text.RegularExpressions;
using Moothall.Store.Statements;

namespace Moothall.Store.Backups;

/// <summary>
/// What a move leaves in a store: “arriving” in the new one until the old one is shut, “left” in the old one for good. The old one
/// refuses every write from then on, also of a program that still serves it: nothing is acknowledged that nobody will look for.
/// </summary>
/// <param name="Id">The same in both stores of one move.</param>
/// <param name="State">arriving or left.</param>
/// <param name="At">When, by the clock of the store.</param>
/// <param name="Place">Where the council went, or comes from, in words without a password.</param>
internal sealed partial record MoveMark(string Id, string State, string At, string Place)
{
    public const string Table = "moved";
    /// <summary>The code of the error that a shut PostgreSQL store answers a write with.</summary>
    public const string SqlState = "MH001";

    public StoreWords Left => new StoreWords("This council moved to {place} on {day}. Nothing more is kept here: stop this program and serve the council from there.", ("place", MovePlace.Read(Place)), ("day", At[..10]));

    /// <summary>The sentence of a shut store, when an error of the database holds it.</summary>
    public static StoreWords? ToldBy(string error) => Told().Match(error) is { Success: true } told ? new MoveMark("", "left", told.Groups["day"].Value, told.Groups["place"].Value).Left : null;

    public static async Task<MoveMark?> Of(Session session)
    {
        return !await session.HasTable(Table) ? null : await session.First($"select id, state, at, place from moved", row => new MoveMark(row.Text(0), row.Text(1), row.Text(2), row.Text(3)));
    }

    public static async Task<MoveMark> Write(Session session, string id, string state, string place)
    {
        var mark = new MoveMark(id, state, StoredTime.Write(await session.Now()), place);
        await session.Script($"create table moved (id text not null, state text not null, at text not null, place text not null); insert into moved values ({Quoted(id)}, {Quoted(state)}, {Quoted(mark.At)}, {Quoted(place)})");
        return mark;
    }

    public static Task Drop(Session session) => session.Script("drop table moved");

    /// <summary>Keeps every writer out of PostgreSQL's tables until the transaction ends; on SQLite beginning it did that already.</summary>
    public static async Task HoldOff(Session session)
    {
        if (session.Dialect == Dialect.Sqlite) return;
        var names = (await KeptTables.All(session)).Select(t => $"\"{t.Name}\"");
        await session.Script($"set local lock_timeout = '30s'; lock table {string.Join(", ", names)} in share row exclusive mode");
    }

    /// <summary>Has every table of a store refuse to be written to.</summary>
    public static async Task Shut(Session session, MoveMark mark)
    {
        if (session.Dialect == Dialect.Postgres)
            await session.Script($"create function moved_away() returns trigger language plpgsql as $$ begin raise exception using errcode = '{SqlState}', message = {Quoted(mark.Left.ToString())}; end $$");
        foreach (var table in (await KeptTables.All(session)).Select(t => t.Name))
            await session.Script(session.Dialect == Dialect.Sqlite
                ? string.Concat(new[] { "insert", "update", "delete" }.Select(act => $"create trigger \"moved_{table}_{act}\" before {act} on \"{table}\" begin select raise(abort, {Quoted(mark.Left.ToString())}); end;"))
                : $"create trigger moved_away before insert or update or delete on \"{table}\" for each statement execute function moved_away()");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex("This council moved to (?<place>.+) on (?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\\. Nothing more")]
    private static partial Regex Told();
}
