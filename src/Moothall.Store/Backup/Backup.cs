using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Moothall.Store.Backups;
using Moothall.Store.Statements;

namespace Moothall.Store;

/// <summary>
/// Takes the whole council into one file while it serves: all tables as one moment saw them, read as a stream, in a form that
/// either database takes back. The file has its name only when it is whole, on the disk and read back against its hashes.
/// A backup holds the keys of links and sessions and everything personal: it is as secret as the council itself.
/// </summary>
public static class Backup
{
    private const int RowsBetweenSteps = 2_000;

    /// <summary>Writes a backup; refuses to write over a file. What is half done is taken away again.</summary>
    public static Task<BackupManifest> Write(Database database, string file, Action<BackupProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return WriteFrom(read => database.Snapshot(read, cancel), file, progress, cancel);
    }

    /// <summary>Writes a backup of what a transaction of the caller's sees.</summary>
    internal static async Task<BackupManifest> WriteFrom(Func<Func<Session, Task<BackupManifest>>, Task<BackupManifest>> inTransaction, string file, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        if (File.Exists(file) || Directory.Exists(file)) throw new BackupException(new StoreWords("There is a “{file}” already. A backup is never written over another: give this one another name, for example with the day in it.", ("file", file)));
        var partial = file + ".partial";
        await using var stream = Begin(partial, file);
        try
        {
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                await inTransaction(session => WriteAll(session, archive, progress, cancel));
            stream.Flush(flushToDisk: true);
            var manifest = await BackupFile.Verify(stream, partial, progress: null, cancel);
            WholeFile.Name(partial, file);
            return manifest;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    // What a backup that was killed left behind is taken over; one that is being written holds its file until it has its name.
    private static FileStream Begin(string partial, string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 17 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream stream;
        try
        {
            stream = new FileStream(partial, options);
        }
        catch (IOException trouble) when (trouble is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(partial))
        {
            throw new BackupException(new StoreWords("Another backup is being written to “{file}” at this moment. Wait until it is done, or give this one another name.", ("file", file)), trouble);
        }
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, options.UnixCreateMode!.Value);
        stream.SetLength(0);
        return stream;
    }

    /// <summary>Reads a backup to its end and holds it against its hashes; fails in words when it is not whole.</summary>
    public static Task<BackupManifest> Verify(string file, Action<BackupProgress>? progress = null, CancellationToken cancel = default) => BackupFile.Verify(file, progress, cancel);

    /// <summary>The hash that a backup of this store would have now.</summary>
    internal static Task<BackupManifest> ContentOf(Database database, Action<BackupProgress>? progress, CancellationToken cancel) =>
        database.Snapshot(session => WriteAll(session, null, progress, cancel), cancel);

    // Without an archive it is only read and hashed.
    private static async Task<BackupManifest> WriteAll(Session session, ZipArchive? archive, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        var made = await session.Now();
        var kept = await KeptTables.Of(session);
        var schema = await session.Query($"select module, number, name, hash from schema_change order by module, number",
            row => new BackedUpScript(row.Text(0), row.Int(1), row.Text(2), row.Text(3)));
        var tables = new List<BackedUpTable>();
        foreach (var table in kept) tables.Add(await WriteTable(session, archive, table, progress, cancel));
        var manifest = new BackupManifest
        {
            Format = BackupManifest.FormatName, Version = BackupManifest.NewestVersion, Made = StoredTime.Write(made), From = session.Dialect == Dialect.Sqlite ? "sqlite" : "postgres",
            Schema = schema, Tables = tables, Content = BackupManifest.HashOf(schema, tables),
        };
        if (archive is null) return manifest;
        await using var entry = archive.CreateEntry(BackupManifest.Entry).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, cancel);
        return manifest;
    }

    private static async Task<BackedUpTable> WriteTable(Session session, ZipArchive? archive, KeptTable table, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var lines = new RowLines();
        long rows = 0, bytes = 0;
        await using (var entry = archive?.CreateEntry(BackupFile.EntryOf(table.Name), CompressionLevel.Fastest).Open() ?? Stream.Null)
        {
            await foreach (var row in Rows(session, table, cancel))
            {
                var line = lines.Write(row);
                hash.AppendData(line.Span);
                await entry.WriteAsync(line, cancel);
                bytes += line.Length;
                if (++rows % RowsBetweenSteps == 0) progress?.Invoke(new(table.Name, rows));
            }
        }
        progress?.Invoke(new(table.Name, rows));
        return new(table.Name, [.. table.Columns.Select(c => c.Name)], rows, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async IAsyncEnumerable<object?[]> Rows(Session session, KeptTable table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (table.Name is "reader" or "reader_ahead")
        {
            foreach (var row in await (table.Name == "reader" ? LogRanks.Readers(session, table.Columns) : LogRanks.Ahead(session, table.Columns))) yield return row;
            yield break;
        }
        var rank = KeptTables.InOrderOfTransactions.Contains(table.Name) ? table.Columns.ToList().FindIndex(c => c.Name == "number") : -1;
        await using var command = session.Connection.CreateCommand();
        command.Transaction = session.Transaction;
#pragma warning disable CA2100 // Names of the database's own tables, checked to be names.
        command.CommandText = KeptTables.Select(table, session.Dialect);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancel);
        long number = 0;
        var values = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < values.Length; i++) values[i] = i == rank ? ++number : RowLines.Value(reader, i, table.Columns[i]);
            yield return values;
        }
    }
}
