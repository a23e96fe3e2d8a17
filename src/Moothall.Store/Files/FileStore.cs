using System.Security.Cryptography;
using NodaTime;

namespace Moothall.Store;

/// <summary>A file that is kept: its id, whose it is (null until something uses it), the name and kind it came with, its size and a hash to check it.</summary>
/// <param name="Scan">What a scanner for viruses said of it; null while none has looked.</param>
public sealed record StoredFile(string Id, string? Owner, string Name, string Kind, long Bytes, string Hash, Instant Created, string? Scan = null);

/// <summary>
/// Files in the store, cut into chunks. Each has an id of its own, never shared by equal contents: so that it can be erased
/// with the one case it belongs to.
/// </summary>
public static class FileStore
{
    public const int ChunkBytes = 256 * 1024;
    /// <summary>How long a file may wait for something that uses it; nothing takes it up afterwards.</summary>
    public static readonly Duration UnusedLife = Duration.FromDays(1);
    private const string IdLetters = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>An id that cannot be guessed: 128 random bits in letters that can be read aloud.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdLetters, 26);

    /// <summary>Keeps a file in the caller's unit.</summary>
    public static async Task<StoredFile> Add(Unit unit, string id, string? owner, string name, string kind, ReadOnlyMemory<byte> content, string? scan = null)
    {
        var file = new StoredFile(id, owner, name, kind, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span)), await unit.Now(), scan);
        await unit.Execute($"""
            insert into file (id, owner, name, kind, bytes, hash, created, scan)
            values ({file.Id}, {file.Owner}, {file.Name}, {file.Kind}, {file.Bytes}, {file.Hash}, {file.Created}, {file.Scan})
            """);
        for (int at = 0, number = 0; at < content.Length; at += ChunkBytes, number++)
        {
            var chunk = content.Slice(at, Math.Min(ChunkBytes, content.Length - at)).ToArray();
            await unit.Execute($"insert into file_chunk (file, number, data) values ({id}, {number}, {chunk})");
        }
        return file;
    }

    /// <summary>What is known of a file; null when there is none.</summary>
    public static Task<StoredFile?> Find(Session session, string id) =>
        session.First($"select id, owner, name, kind, bytes, hash, created, scan from file where id = {id}", Read);

    /// <summary>Several files at once; ids that are not there are left out.</summary>
    public static Task<List<StoredFile>> Find(Session session, IReadOnlyCollection<string> ids) =>
        session.Query($"select id, owner, name, kind, bytes, hash, created, scan from file where id in ({ids}) order by id", Read);

    /// <summary>Opens a file for reading, a chunk at a time; null when there is none.</summary>
    public static async Task<Stream?> Open(Database database, string id, CancellationToken cancel = default)
    {
        var file = await database.Read(session => Find(session, id), cancel);
        return file is null ? null : new ChunkStream(database, file);
    }

    /// <summary>What an owner has, by id.</summary>
    public static Task<List<StoredFile>> OwnedBy(Session session, string owner) =>
        session.Query($"select id, owner, name, kind, bytes, hash, created, scan from file where owner = {owner} order by id", Read);

    /// <summary>
    /// Gives files that nobody owns yet, or that their present holder gives away, to their owner; false, and nothing done, when one is missing, another's, or has waited too long.
    /// </summary>
    /// <param name="from">Who holds them now; null when nobody does.</param>
    public static async Task<bool> GiveTo(Unit unit, IReadOnlyCollection<string> ids, string owner, string? from = null)
    {
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        var holder = from ?? owner;
        var since = await unit.Now() - UnusedLife;
        var free = await unit.Number($"select count(*) from file where id in ({distinct}) and ((owner is null and created > {since}) or owner = {owner} or owner = {holder})");
        if (free != distinct.Count) return false;
        var given = await unit.Execute($"update file set owner = {owner} where id in ({distinct}) and (owner is null or owner = {owner} or owner = {holder})");
        return given == distinct.Count ? true : throw new StoreConflictException("A file was given to another meanwhile.");
    }

    /// <summary>Files that nothing has used since they came, which was before a time; by id, behind an id.</summary>
    public static Task<List<StoredFile>> Unused(Session session, Instant before, string after, int most) => session.Query(
        $"select id, owner, name, kind, bytes, hash, created, scan from file where owner is null and created < {before} and id > {after} order by id limit {most}", Read);

    /// <summary>Erases a file that nothing has used; returns how many that were.</summary>
    public static Task<int> DeleteUnused(Unit unit, string id) => unit.Execute($"delete from file where id = {id} and owner is null");

    /// <summary>Files that no scanner has looked at, by id, behind an id.</summary>
    public static Task<List<StoredFile>> Unscanned(Session session, string after, int most) => session.Query(
        $"select id, owner, name, kind, bytes, hash, created, scan from file where scan is null and id > {after} order by id limit {most}", Read);

    /// <summary>Writes down what a scanner said of a file that none had looked at.</summary>
    /// <param name="keepContent">Whether what is in it stays; its name and size do.</param>
    public static async Task SetScan(Unit unit, string id, string scan, bool keepContent)
    {
        if (await unit.Execute($"update file set scan = {scan} where id = {id} and scan is null") == 0 || keepContent) return;
        await unit.Execute($"delete from file_chunk where file = {id}");
    }

    /// <summary>Erases files for good.</summary>
    public static Task<int> Delete(Unit unit, IReadOnlyCollection<string> ids) => unit.Execute($"delete from file where id in ({ids})");

    /// <summary>Erases all files of an owner for good.</summary>
    public static Task<int> DeleteOf(Unit unit, string owner) => unit.Execute($"delete from file where owner = {owner}");

    private static StoredFile Read(Row row) => new(row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3), row.Long(4), row.Text(5), row.Instant(6), row.TextOrNull(7));
}
