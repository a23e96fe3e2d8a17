using System.Reflection;
using Moothall.Store.Backups;

namespace Moothall.Store;

/// <summary>
/// Puts a backup into an empty store of either kind. It is read against its hashes before anything is touched; the tables are made
/// as the backup's program had them, filled, and only then brought to this program's form. All or nothing: on SQLite the file
/// gets its name at the end, on PostgreSQL the rows are one transaction.
/// </summary>
public static class Restore
{
    /// <summary>Restores into a file that must not be there yet.</summary>
    /// <param name="finish">What is to be done before the file gets its name: building projections again.</param>
    public static async Task<BackupManifest> IntoSqlite(string backup, string databaseFile, IReadOnlyList<Assembly> assemblies, Func<Database, BackupManifest, Task> finish,
        Action<BackupProgress>? progress = null, CancellationToken cancel = default)
    {
        foreach (var there in new[] { databaseFile, databaseFile + "-wal", databaseFile + "-shm" })
            if (File.Exists(there))
                throw new BackupException(new StoreWords("“{file}” is there already, and a restore never writes over a council. Stop the council, move its whole data folder away (rename it, do not delete it), and restore again.", ("file", there)));
        var making = databaseFile + ".restoring";
        Sweep(making);
        try
        {
            BackupManifest manifest;
            await using (var database = Database.Sqlite(making))
            {
                manifest = await Into(database, backup, assemblies, progress, cancel);
                await finish(database, manifest);
            }
            using (var written = new FileStream(making, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            WholeFile.Name(making, databaseFile);
            return manifest;
        }
        finally
        {
            Sweep(making);
        }
    }

    /// <summary>Restores into a database without rows. Projections may be built again afterwards; until then they are blank.</summary>
    public static async Task<BackupManifest> Into(Database database, string backup, IReadOnlyList<Assembly> assemblies, Action<BackupProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var manifest = await BackupFile.Verify(backup, null, cancel);
        var schema = new SchemaRunner(database, assemblies);
        schema.CheckKnows(manifest);
        await CheckEmpty(database, cancel);
        await schema.Apply(script => manifest.Schema.Any(s => s.Module == script.Module && s.Number == script.Number), cancel);
        progress?.Invoke(new("tables", manifest.Tables.Count));
        await BackupFile.Open(backup, async (archive, checkedAgain) =>
        {
            await database.Alone(async session =>
            {
                // A node may have begun to serve since the first look. On PostgreSQL it waits from here on until all is there.
                if (session.Dialect == Dialect.Postgres) await session.Script($"lock table {string.Join(", ", FilledByServing)} in exclusive mode");
                await CheckEmpty(session);
                var there = (await KeptTables.All(session)).ToDictionary(t => t.Name, StringComparer.Ordinal);
                foreach (var table in checkedAgain.Tables.Reverse())
                    if (there.ContainsKey(table.Name)) await session.Script($"delete from \"{table.Name}\"");
                await using var filling = session.Dialect == Dialect.Sqlite ? (RowFilling)new SqliteFilling(session) : new PostgresFilling(session);
                foreach (var table in checkedAgain.Tables)
                {
                    if (!there.TryGetValue(table.Name, out var target) || table.Columns.Any(c => target.Columns.All(t => t.Name != c)))
                        throw new BackupException(new StoreWords("The backup has a table “{table}” that this program does not know in that form. Restore it with the program that made it.", ("table", table.Name)));
                    long rows = 0;
                    await filling.Begin(target, table.Columns, cancel);
                    await BackupFile.Read(archive, table, async row =>
                    {
                        await filling.Add(row, cancel);
                        if (++rows % 2_000 == 0) progress?.Invoke(new(table.Name, rows));
                    }, cancel);
                    await filling.End(cancel);
                    progress?.Invoke(new(table.Name, rows));
                }
            }, cancel);
            return true;
        }, cancel);
        await schema.Apply(cancel);
        return manifest;
    }

    // Scripts may put rows into new tables; a council that was ever served has some of these.
    private static readonly string[] FilledByServing = ["event", "timer", "file", "effect", "reader", "idempotency"];

    internal static Task<bool> CheckEmpty(Database database, CancellationToken cancel) => database.Read(CheckEmpty, cancel);

    private static async Task<bool> CheckEmpty(Session session)
    {
        foreach (var table in await KeptTables.All(session))
            if (FilledByServing.Contains(table.Name) && await session.Number($"select count(*) from (select 1 from {new SqlName(table.Name)} limit 1) as found") > 0)
                throw new BackupException("This database holds a council already, and a restore never writes over one. Make a new, empty database (createdb NAME), restore into it, and let the council serve from there.");
        return true;
    }

    private static void Sweep(string file)
    {
        foreach (var left in new[] { file, file + "-wal", file + "-shm" }) File.Delete(left);
    }
}
