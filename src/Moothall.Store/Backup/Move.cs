using System.Reflection;
using Moothall.Store.Backups;

namespace Moothall.Store;

/// <summary>
/// Moves a whole council into an empty store of either kind and shuts the old one. Writers are held off while it goes on; both
/// stores are held against the same hash before the old one is shut. Killed anywhere, at most one of the two serves: run again, it
/// says what to do or finishes what was begun.
/// </summary>
public static class Move
{
    /// <summary>Moves everything. Fails in words, with the old council as it was, whenever something stands in the way.</summary>
    /// <param name="from">The store that is left; its schema is that of this program.</param>
    /// <param name="to">An empty store.</param>
    /// <param name="place">Where it goes, as people who look at the old store may read it (<see cref="MovePlace"/>): no password.</param>
    /// <param name="finish">What is to be done before it is held against the old one: building projections again.</param>
    public static async Task<MoveReport> Run(Database from, Database to, string place, IReadOnlyList<Assembly> assemblies, Func<Database, Task> finish,
        Action<BackupProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var (here, there) = (await from.Read(MoveMark.Of, cancel), await to.Read(MoveMark.Of, cancel));
        if (here is { State: "arriving" }) throw new MoveException(Unfinished);
        if (here is not null)
        {
            if (there is not { State: "arriving" } || there.Id != here.Id) throw new MoveException(here.Left);
            await to.Alone(MoveMark.Drop, cancel);
            var arrived = await Backup.ContentOf(to, progress, cancel);
            return new MoveReport(arrived.Rows, arrived.Tables.Count, arrived.Content);
        }
        if (there is not null) throw new MoveException(there.State == "left" ? there.Left : StillHere);

        var id = Guid.NewGuid().ToString("n");
        var folder = Directory.CreateTempSubdirectory("moothall-move-");
        try
        {
            var file = Path.Combine(folder.FullName, "council.backup");
            BackupManifest? left = null;
            await from.Alone(async session =>
            {
                await MoveMark.HoldOff(session);
                left = await Backup.WriteFrom(read => read(session), file, progress, cancel);
                await Restore.CheckEmpty(to, cancel);
                await to.Alone(arriving => MoveMark.Write(arriving, id, "arriving", "another store"), cancel);
                await Restore.Into(to, file, assemblies, progress, cancel);
                await finish(to);
                var arrived = await Backup.ContentOf(to, progress, cancel);
                if (arrived.Content != left.Content) throw new MoveException("What arrived is not what was sent, so the council stays where it is. Make a new, empty database and move again; if it happens again, keep a backup and report it.");
                cancel.ThrowIfCancellationRequested();
                await MoveMark.Shut(session, await MoveMark.Write(session, id, "left", place));
            }, CancellationToken.None);
            await to.Alone(MoveMark.Drop, CancellationToken.None);
            return new MoveReport(left!.Rows, left.Tables.Count, left.Content);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Why this store must not serve, or null: its council moved away, or is not whole yet.</summary>
    public static async Task<StoreWords?> WhyNotHere(Database database, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return await database.Read(MoveMark.Of, cancel) switch { null => null, { State: "left" } left => left.Left, _ => Unfinished };
    }

    private static readonly StoreWords StillHere = new StoreWords("An earlier move into this place was broken off. The council is still where it was, whole: make the new database empty (or delete the new folder) and move again.");
    private static readonly StoreWords Unfinished = new StoreWords("A council was being moved into this database and has not arrived whole. Run the same “moothall move” again: it finishes, or says what to do.");
}

/// <summary>What was moved: rows, tables, and the hash that both stores have.</summary>
public sealed record MoveReport(long Rows, int Tables, string Content);

/// <summary>A council that cannot be moved, or does not live here any more, with the reason and what to do.</summary>
public sealed class MoveException(StoreWords words) : StoreException(words);
