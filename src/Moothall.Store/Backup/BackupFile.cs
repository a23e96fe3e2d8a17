using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Moothall.Store.Backups;

/// <summary>Reading a backup: nothing in it is believed before it was held against its hash.</summary>
internal static class BackupFile
{
    public static string EntryOf(string table) => $"tables/{table}.jsonl";

    /// <summary>Reads all of it; the manifest when it is whole.</summary>
    public static Task<BackupManifest> Verify(string file, Action<BackupProgress>? progress, CancellationToken cancel) =>
        Open(file, (archive, manifest) => ReadAll(archive, manifest, progress, cancel), cancel);

    /// <summary>Reads all of a file that is open still.</summary>
    public static Task<BackupManifest> Verify(Stream stream, string file, Action<BackupProgress>? progress, CancellationToken cancel) =>
        Inside(stream, file, (archive, manifest) => ReadAll(archive, manifest, progress, cancel), cancel);

    private static async Task<BackupManifest> ReadAll(ZipArchive archive, BackupManifest manifest, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        foreach (var table in manifest.Tables)
        {
            await Read(archive, table, _ => ValueTask.CompletedTask, cancel);
            progress?.Invoke(new(table.Name, table.Rows));
        }
        return manifest;
    }

    /// <summary>Opens it and checks its manifest; what goes wrong inside is told as what it means.</summary>
    public static async Task<T> Open<T>(string file, Func<ZipArchive, BackupManifest, Task<T>> read, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new BackupException(new StoreWords("There is no file “{file}”.", ("file", file)));
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, useAsync: false);
        return await Inside(stream, file, read, cancel);
    }

    private static async Task<T> Inside<T>(Stream stream, string file, Func<ZipArchive, BackupManifest, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            await CheckKind(stream, file, cancel);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return await read(archive, await Manifest(archive, file, cancel));
        }
        catch (Exception trouble) when (trouble is InvalidDataException or EndOfStreamException or JsonException or NotSupportedException or ArgumentException or FormatException
            or OverflowException or InvalidOperationException)
        {
            throw new BackupException(new StoreWords("“{file}” is not a whole backup. It is cut off or was altered since it was made. Use another copy.", ("file", file)), trouble);
        }
    }

    private static BackupException NotOurs(string file) => new(new StoreWords("“{file}” is not a backup of Moothall. Choose a file that “moothall backup” made.", ("file", file)));

    // PK\3\4 begins every zip that has something in it.
    private static async Task CheckKind(Stream stream, string file, CancellationToken cancel)
    {
        var start = new byte[4];
        stream.Position = 0;
        var read = await stream.ReadAtLeastAsync(start, 4, throwOnEndOfStream: false, cancel);
        if (read < 4 || !start.AsSpan().SequenceEqual("PK\u0003\u0004"u8)) throw NotOurs(file);
        stream.Position = 0;
    }

    private static async Task<BackupManifest> Manifest(ZipArchive archive, string file, CancellationToken cancel)
    {
        var entry = archive.GetEntry(BackupManifest.Entry) ?? throw NotOurs(file);
        BackupManifest manifest;
        await using (var content = await entry.OpenAsync(cancel))
            manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(content, BackupManifest.Json, cancel) ?? throw new InvalidDataException("The manifest is empty.");
        if (manifest.Format != BackupManifest.FormatName) throw NotOurs(file);
        if (manifest.Version > BackupManifest.NewestVersion)
            throw new BackupException(new StoreWords("“{file}” was made by a newer program (form {version}; this one reads up to {newest}). Install the newer program and restore with it.", ("file", file), ("version", manifest.Version), ("newest", BackupManifest.NewestVersion)));
        foreach (var name in manifest.Tables.SelectMany(t => t.Columns.Append(t.Name))) _ = new SqlName(name);
        if (manifest.Content != BackupManifest.HashOf(manifest.Schema, manifest.Tables)) throw new InvalidDataException("The table of contents does not have its hash.");
        return manifest;
    }

    /// <summary>Gives each row of a table and holds all of them against the hash at the end: keep nothing before this returned.</summary>
    public static async Task Read(ZipArchive archive, BackedUpTable table, Func<object?[], ValueTask> take, CancellationToken cancel)
    {
        var entry = archive.GetEntry(EntryOf(table.Name)) ?? throw new InvalidDataException($"{table.Name} is missing.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rows = 0;
        await using var content = await entry.OpenAsync(cancel);
        var lines = new LineReader(content);
        while (await lines.Next(cancel) is { } line)
        {
            hash.AppendData(line.Span);
            await take(RowLines.Read(line.Span[..^1], table.Columns.Count));
            rows++;
        }
        if (rows != table.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != table.Sha256) throw new InvalidDataException($"{table.Name} does not have its hash.");
    }
}
