using System.Reflection;
using Npgsql;

namespace Moothall.Store;

/// <summary>
/// Brings the tables of all modules to the state this program needs: each embedded script once, in the order of its number
/// within its module. An empty database gets all of them in one unit; later ones come one by one, so that on PostgreSQL none holds locks on several tables that
/// other nodes use at that moment. Refuses a script that changed after it was applied, and a database that a newer program has changed so that this
/// one cannot serve it: scripts that only add are no hindrance, so that nodes of two versions serve beside each other while one is brought in.
/// What contracts waits until the last older node has stopped; the program serves without it meanwhile.
/// </summary>
public sealed class SchemaRunner(Database database, params IEnumerable<Assembly> assemblies)
{
    private const int MostTries = 40;
    private readonly List<SchemaScript> scripts = Collect(database.Dialect, assemblies);

    internal SchemaRunner(Database database, List<SchemaScript> scripts) : this(database) => this.scripts = scripts;

    /// <summary>The changes that this program knows, as a short hash: nodes of one version have the same.</summary>
    public string Known => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', scripts.Select(s => s.Hash)))))[..12];

    /// <summary>What takes something away and waits until older nodes have stopped, in words that name them; null when nothing waits, as of the last <see cref="Apply(CancellationToken)"/>.</summary>
    public StoreWords? Waits { get; private set; }

    /// <summary>Applies what is missing, but nothing that contracts while older nodes serve (<see cref="Waits"/>); returns the names of the scripts applied.</summary>
    public Task<IReadOnlyList<string>> Apply(CancellationToken cancel = default) => Apply(_ => true, cancel);

    /// <summary>Refuses a backup whose tables were made by scripts that this program does not have.</summary>
    internal void CheckKnows(BackupManifest backup)
    {
        foreach (var made in backup.Schema)
        {
            var script = scripts.Find(s => s.Module == made.Module && s.Number == made.Number && s.Name == made.Name)
                ?? throw new SchemaException(new StoreWords("The backup was made by a newer program: it has {script}. Install the newer program and restore with it.", ("script", SchemaScript.Called(made.Module, made.Number, made.Name))));
            if (backup.From == (database.Dialect == Dialect.Sqlite ? "sqlite" : "postgres") && script.Hash != made.Hash)
                throw new SchemaException(new StoreWords("The backup was made with another {script} than this program has. Restore it with the program that made it.", ("script", SchemaScript.Called(made.Module, made.Number, made.Name))));
        }
    }

    /// <summary>Applies what is missing of some scripts: those that a backup was made with.</summary>
    internal async Task<IReadOnlyList<string>> Apply(Func<SchemaScript, bool> wanted, CancellationToken cancel)
    {
        var names = new List<string>();
        for (var tries = 0; ;)
        {
            try
            {
                var (applied, isDone, waits) = await database.Commit(unit => Step(unit, wanted), cancel);
                names.AddRange(applied.Select(script => script.FullName));
                Waits = waits;
                if (isDone) return names;
            }
            catch (Exception busy) when (database.Dialect == Dialect.Postgres && busy is StoreConflictException or StoreUnavailableException { InnerException: PostgresException } && ++tries < MostTries)
            {
                // Others are in the middle of using the table: they come first, and everybody behind us in the queue for it must not wait for long.
                await Task.Delay(Random.Shared.Next(200, 1000), cancel);
            }
        }
    }

    private async Task<(IReadOnlyList<SchemaScript> Applied, bool IsDone, StoreWords? Waits)> Step(Unit unit, Func<SchemaScript, bool> wanted)
    {
        if (unit.Dialect == Dialect.Postgres)
        {
            await unit.Execute($"set local statement_timeout = 0");
            await unit.First($"select 1 from (select pg_advisory_xact_lock(7206681)) as one", row => row.Int(0));
            await unit.Execute($"set local lock_timeout = 2000");
        }
        await unit.Script("""
            create table if not exists schema_change (
              module text not null, number integer not null, name text not null, hash text not null, applied text not null,
              primary key (module, number))
            """);
        await AddContracts(unit);
        var before = await Applied(unit);
        var missing = Missing(before).Where(wanted).ToList();
        StoreWords? waits = null;
        if (missing.Find(script => script.Contracts) is { } contracting && await OlderNodes(unit) is { Count: > 0 } older)
        {
            waits = new StoreWords("{script} takes away what older nodes need, and these still serve: {nodes}. It is carried out by itself when they have stopped.", ("script", contracting.FullName), ("nodes", string.Join(", ", older)));
            missing.RemoveAll(script => script.Contracts);
        }
        var now = (await unit.Now()).ToString();
        var step = before.Count == 0 || unit.Dialect == Dialect.Sqlite ? missing : [.. missing.Take(1)];
        foreach (var script in step)
        {
            await unit.Script(script.Sql);
            await unit.Execute($"insert into schema_change (module, number, name, hash, applied, contracts) values ({script.Module}, {script.Number}, {script.Name}, {script.Hash}, {now}, {(script.Contracts ? 1 : 0)})");
        }
        return (step, step.Count == missing.Count, waits);
    }

    /// <summary>Whether the database is as this program needs it, where what contracts may still wait; with the reason when it is not.</summary>
    public async Task<(bool Current, StoreWords? Why)> IsCurrent(CancellationToken cancel = default)
    {
        try
        {
            return await database.Read(async session =>
            {
                if (!await session.HasTable("schema_change")) return (false, new StoreWords("The database is empty: its tables have not been made yet."));
                var missing = Missing(await Applied(session)).Where(script => !script.Contracts).ToList();
                return missing.Count == 0 ? (true, (StoreWords?)null) : (false, missing.Count == 1 ? new StoreWords("One change of the tables has not been applied yet.") : new StoreWords("{count} changes of the tables have not been applied yet.", ("count", missing.Count)));
            }, cancel);
        }
        catch (SchemaException error)
        {
            return (false, error.Words);
        }
    }

    /// <summary>Refuses a database that this program must not serve, because another has changed it since; what is only missing does not count.</summary>
    public async Task CheckMayServe(CancellationToken cancel = default) => Missing(await database.Read(Applied, cancel));

    // Tables made before this rule have no such column; what they hold is known to every program.
    private static async Task AddContracts(Unit unit)
    {
        if (!await HasContracts(unit)) await unit.Script("alter table schema_change add column contracts integer");
    }

    private static async Task<bool> HasContracts(Session session) => await session.Number(session.Dialect == Dialect.Sqlite
        ? (FormattableString)$"select count(*) from pragma_table_info('schema_change') where name = 'contracts'"
        : $"select count(*) from pg_attribute where attrelid = to_regclass('schema_change') and attname = 'contracts' and not attisdropped") > 0;

    // Nodes that know the same changes are none of our business.
    private async Task<List<string>> OlderNodes(Unit unit) => await unit.HasTable("node")
        ? [.. (await Nodes.All(unit)).Where(node => node.IsAlive && node.Schema != Known).Select(node => $"“{node.Name}” ({node.Version})")]
        : [];

    private List<SchemaScript> Missing(List<(string Module, int Number, string Name, string Hash, bool Contracts)> applied)
    {
        var missing = scripts.ToList();
        foreach (var (module, number, name, hash, contracts) in applied)
        {
            var script = scripts.Find(s => s.Module == module && s.Number == number);
            if (script is null && !contracts) continue;
            if (script is null)
                throw new SchemaException(new StoreWords("The database is newer than this program: it has {script}. Run the newer program, or restore a backup from before.", ("script", SchemaScript.Called(module, number, name))));
            if (script.Hash != hash)
                throw new SchemaException(new StoreWords("{script} changed after it was applied to this database. Put it back and write the change as a new script.", ("script", SchemaScript.Called(module, number, script.Name))));
            missing.Remove(script);
        }
        return missing;
    }

    // What does not say that it only adds is taken to contract.
    private static async Task<List<(string, int, string, string, bool)>> Applied(Session session) => await HasContracts(session)
        ? await session.Query($"select module, number, name, hash, coalesce(contracts, 1) from schema_change order by module, number", row => (row.Text(0), row.Int(1), row.Text(2), row.Text(3), row.Int(4) != 0))
        : await session.Query($"select module, number, name, hash from schema_change order by module, number", row => (row.Text(0), row.Int(1), row.Text(2), row.Text(3), true));

    private static List<SchemaScript> Collect(Dialect dialect, IEnumerable<Assembly> assemblies)
    {
        var scripts = new List<SchemaScript>();
        foreach (var assembly in assemblies.Prepend(typeof(SchemaRunner).Assembly).Distinct())
            scripts.AddRange(SchemaScript.In(assembly, dialect));
        return scripts;
    }
}

/// <summary>The tables do not fit this program, and running it would harm them.</summary>
public sealed class SchemaException(StoreWords words) : StoreException(words);
