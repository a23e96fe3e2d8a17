using System.Reflection;

namespace Moothall.Store;

/// <summary>
/// Brings the tables of all modules to the state this program needs: each embedded script once, in the order of its number
/// within its module, all in one unit. Refuses a script that changed after it was applied and a database newer than the program.
/// </summary>
public sealed class SchemaRunner(Database database, params IEnumerable<Assembly> assemblies)
{
    private readonly List<SchemaScript> scripts = Collect(database.Dialect, assemblies);

    /// <summary>Applies what is missing; returns the names of the scripts applied.</summary>
    public Task<IReadOnlyList<string>> Apply(CancellationToken cancel = default) => Apply(_ => true, cancel);

    /// <summary>Refuses a backup whose tables were made by scripts that this program does not have.</summary>
    internal void CheckKnows(BackupManifest backup)
    {
        foreach (var made in backup.Schema)
        {
            var script = scripts.Find(s => s.Module == made.Module && s.Number == made.Number && s.Name == made.Name)
                ?? throw new SchemaException($"The backup was made by a newer program: it has {made.Module}/{made.Number:0000}-{made.Name}. Install the newer program and restore with it.");
            if (backup.From == (database.Dialect == Dialect.Sqlite ? "sqlite" : "postgres") && script.Hash != made.Hash)
                throw new SchemaException($"The backup was made with another {made.Module}/{made.Number:0000}-{made.Name} than this program has. Restore it with the program that made it.");
        }
    }

    /// <summary>Applies what is missing of some scripts: those that a backup was made with.</summary>
    internal Task<IReadOnlyList<string>> Apply(Func<SchemaScript, bool> wanted, CancellationToken cancel) => database.Commit<IReadOnlyList<string>>(async unit =>
    {
        if (unit.Dialect == Dialect.Postgres)
        {
            await unit.Execute($"set local statement_timeout = 0");
            await unit.First($"select 1 from (select pg_advisory_xact_lock(7206681)) as one", row => row.Int(0));
        }
        await unit.Script("""
            create table if not exists schema_change (
              module text not null, number integer not null, name text not null, hash text not null, applied text not null,
              primary key (module, number))
            """);
        var missing = Missing(await Applied(unit)).Where(wanted).ToList();
        var now = (await unit.Now()).ToString();
        foreach (var script in missing)
        {
            await unit.Script(script.Sql);
            await unit.Execute($"insert into schema_change (module, number, name, hash, applied) values ({script.Module}, {script.Number}, {script.Name}, {script.Hash}, {now})");
        }
        return [.. missing.Select(script => $"{script.Module}/{script.Number:0000}-{script.Name}")];
    }, cancel);

    /// <summary>Whether the database is exactly as this program needs it; with the reason when it is not.</summary>
    public async Task<(bool Current, string? Why)> IsCurrent(CancellationToken cancel = default)
    {
        try
        {
            return await database.Read(async session =>
            {
                var known = await session.Number(session.Dialect == Dialect.Sqlite
                    ? (FormattableString)$"select count(*) from sqlite_master where name = 'schema_change'"
                    : $"select count(*) from pg_class where oid = to_regclass('schema_change')");
                if (known == 0) return (false, "The database is empty: its tables have not been made yet.");
                var missing = Missing(await Applied(session));
                return missing.Count == 0 ? (true, (string?)null) : (false, $"{missing.Count} changes of the tables have not been applied yet.");
            }, cancel);
        }
        catch (SchemaException error)
        {
            return (false, error.Message);
        }
    }

    private List<SchemaScript> Missing(List<(string Module, int Number, string Name, string Hash)> applied)
    {
        var missing = scripts.ToList();
        foreach (var (module, number, name, hash) in applied)
        {
            var script = scripts.Find(s => s.Module == module && s.Number == number)
                ?? throw new SchemaException($"The database is newer than this program: it has {module}/{number:0000}-{name}. Run the newer program, or restore a backup from before.");
            if (script.Hash != hash)
                throw new SchemaException($"{module}/{number:0000}-{script.Name} changed after it was applied to this database. Put it back and write the change as a new script.");
            missing.Remove(script);
        }
        return missing;
    }

    private static Task<List<(string, int, string, string)>> Applied(Session session) =>
        session.Query($"select module, number, name, hash from schema_change order by module, number", row => (row.Text(0), row.Int(1), row.Text(2), row.Text(3)));

    private static List<SchemaScript> Collect(Dialect dialect, IEnumerable<Assembly> assemblies)
    {
        var scripts = new List<SchemaScript>();
        foreach (var assembly in assemblies.Prepend(typeof(SchemaRunner).Assembly).Distinct())
            scripts.AddRange(SchemaScript.In(assembly, dialect));
        return scripts;
    }
}

/// <summary>The tables do not fit this program, and running it would harm them.</summary>
public sealed class SchemaException(string message) : Exception(message);
