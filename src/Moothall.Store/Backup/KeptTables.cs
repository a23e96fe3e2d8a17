using System.Globalization;

namespace Moothall.Store.Backups;

/// <summary>A table as the database describes it. Types are PostgreSQL's; on SQLite they are not asked for.</summary>
internal sealed record KeptTable(string Name, IReadOnlyList<KeptColumn> Columns, IReadOnlyList<string> Key);

/// <summary>A column; Identity says that the database numbers it by itself.</summary>
internal sealed record KeptColumn(string Name, string Type, bool Identity);

/// <summary>
/// What belongs into a backup: every table that the database has, but for the few that mean nothing in another place, and the
/// tables of projections, which are built again from the log. Parents come before the tables that point at them.
/// </summary>
internal static class KeptTables
{
    /// <summary>What is left out, and why. A new table is taken along by itself; nothing is put here without a thought.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_change"] = "stands in the manifest; restoring applies the scripts again",
        ["lease"] = "leases of nodes that do not run any more",
        ["request_count"] = "how often somebody asked within the last minutes",
        ["node"] = "nodes that serve the council at this moment",
        ["replay"] = "replays that are under way",
        ["replay_table"] = "shadow tables of replays that are under way",
        [MoveMark.Table] = "says that this store was moved out of or is being moved into; a copy of it is neither",
    };

    /// <summary>Tables that an older version still needs beside the ones that took their place. A backup takes the new ones only: the database keeps both alike by itself.</summary>
    private static readonly IReadOnlyDictionary<string, string> TakenOver = new Dictionary<string, string>(StringComparer.Ordinal) { ["case_word"] = "case_search_word" };

    /// <summary>
    /// Tables whose rows stand in the order of their transactions, as the log's do: they are numbered from 1 in that order, because the numbers of transactions mean nothing in another database.
    /// </summary>
    public static readonly IReadOnlySet<string> InOrderOfTransactions = new HashSet<string>(StringComparer.Ordinal) { "event", "audit_entry" };

    /// <summary>Whether a table keeps, on PostgreSQL alone, the number of a transaction (`xid`). It is left out and filled with 0.</summary>
    public static bool HasTransaction(string table) => InOrderOfTransactions.Contains(table) || table == "audit_batch";

    private static bool IsOfOneDatabase(string table, string column) => HasTransaction(table) && column == "xid";

    /// <summary>The tables to take along, parents first.</summary>
    public static async Task<IReadOnlyList<KeptTable>> Of(Session session)
    {
        var tables = await All(session);
        if (tables.All(t => t.Name != "schema_change")) throw new BackupException("There is no council in this database: its tables have never been made.");
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (var names in await session.Query($"select tables from reader where tables is not null", row => row.Text(0))) built.UnionWith(names.Split(','));
        built.UnionWith(await session.Query($"select name from replay_table", row => row.Text(0)));
        bool IsTakenOver(string name) => TakenOver.TryGetValue(name, out var by) && tables.Any(t => t.Name == by);
        return [.. tables.Where(t => !LeftOut.ContainsKey(t.Name) && !built.Contains(t.Name) && !IsTakenOver(t.Name))];
    }

    /// <summary>Every table of the database, parents first.</summary>
    public static async Task<IReadOnlyList<KeptTable>> All(Session session)
    {
        var names = await session.Query(session.Dialect == Dialect.Sqlite
            ? (FormattableString)$"select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name"
            : $"""select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind = 'r' order by c.relname collate "C" """,
            row => row.Text(0));
        var tables = new Dictionary<string, KeptTable>(StringComparer.Ordinal);
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            tables[name] = session.Dialect == Dialect.Sqlite ? await Sqlite(session, name) : await Postgres(session, name);
            parents[name] = await Parents(session, name);
        }
        var ordered = new List<KeptTable>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        void Place(string name)
        {
            if (!placed.Add(name)) return;
            foreach (var parent in parents[name]) if (tables.ContainsKey(parent)) Place(parent);
            ordered.Add(tables[name]);
        }
        foreach (var name in names) Place(name);
        return ordered;
    }

    private static async Task<KeptTable> Sqlite(Session session, string name)
    {
        var columns = await session.Query($"select name, pk from pragma_table_info({name}) order by name", row => (Name: row.Text(0), Key: row.Int(1)));
        return new(name, [.. columns.Where(c => !IsOfOneDatabase(name, c.Name)).Select(c => new KeptColumn(c.Name, "", false))],
            [.. columns.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => c.Name)]);
    }

    private static async Task<KeptTable> Postgres(Session session, string name)
    {
        var columns = await session.Query($"""
            select a.attname::text, format_type(a.atttypid, null), a.attidentity::text <> ''
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relname = {name} and a.attnum > 0 and not a.attisdropped order by a.attname collate "C"
            """, row => new KeptColumn(row.Text(0), row.Text(1), row.Bool(2)));
        var key = await session.Query($"""
            select a.attname::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            cross join lateral unnest(i.indkey::smallint[]) with ordinality as k(attnum, place)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
            where n.nspname = current_schema() and c.relname = {name} and i.indisprimary order by k.place
            """, row => row.Text(0));
        return new(name, [.. columns.Where(c => !IsOfOneDatabase(name, c.Name))], key);
    }

    private static Task<List<string>> Parents(Session session, string name) => session.Dialect == Dialect.Sqlite
        ? session.Query($"""select distinct "table" from pragma_foreign_key_list({name}) order by 1""", row => row.Text(0))
        : session.Query($"""
            select distinct p.relname::text from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
            join pg_namespace n on n.oid = c.relnamespace
            where f.contype = 'f' and n.nspname = current_schema() and c.relname = {name} and p.relname <> c.relname order by 1
            """, row => row.Text(0));

    /// <summary>The statement that reads a table in an order that is the same on both databases.</summary>
    public static string Select(KeptTable table, Dialect dialect)
    {
        foreach (var name in table.Columns.Select(c => c.Name).Append(table.Name).Concat(table.Key)) _ = new SqlName(name);
        var columns = string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));
        if (InOrderOfTransactions.Contains(table.Name)) return $"select {columns} from {table.Name} order by {(dialect == Dialect.Sqlite ? "number" : "xid, number")}";
        IEnumerable<string> order = table.Key.Count > 0 ? table.Key : table.Columns.Select(c => c.Name);
        var nulls = table.Key.Count > 0 ? "" : " nulls first";
        string Ordered(string column) => dialect == Dialect.Postgres && table.Columns.First(c => c.Name == column).Type == "text" ? $"\"{column}\" collate \"C\"" : $"\"{column}\"";
        return string.Create(CultureInfo.InvariantCulture, $"select {columns} from \"{table.Name}\" order by {string.Join(", ", order.Select(c => Ordered(c) + nulls))}");
    }
}
