using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Moothall.Store;

/// <summary>One script that had made or changed the tables of a backup. Hash is that of the database it comes from.</summary>
public sealed record BackedUpScript(string Module, int Number, string Name, string Hash);

/// <summary>One table in a backup: its rows are lines of JSON in the order of its key, and the hash is over those lines.</summary>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256);

/// <summary>
/// The table of contents of a backup, its last part. Content is the hash of everything that was kept: two backups of the same
/// rows have the same one, whichever database they come from.
/// </summary>
public sealed record BackupManifest
{
    public const string FormatName = "moothall-backup";
    /// <summary>The newest form of the file that this program reads, and the one it writes.</summary>
    public const int NewestVersion = 1;
    internal const string Entry = "manifest.json";

    public required string Format { get; init; }
    public required int Version { get; init; }
    /// <summary>When it was made, by the clock of the database.</summary>
    public required string Made { get; init; }
    /// <summary>The database it comes from: sqlite or postgres.</summary>
    public required string From { get; init; }
    public required IReadOnlyList<BackedUpScript> Schema { get; init; }
    /// <summary>The tables in the order in which they can be filled.</summary>
    public required IReadOnlyList<BackedUpTable> Tables { get; init; }
    public required string Content { get; init; }

    /// <summary>All rows of all tables.</summary>
    public long Rows => Tables.Sum(t => t.Rows);

    internal static string HashOf(IEnumerable<BackedUpScript> schema, IEnumerable<BackedUpTable> tables)
    {
        var lines = schema.Select(s => $"{s.Module}/{s.Number:0000}-{s.Name}").Order(StringComparer.Ordinal)
            .Concat(tables.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => $"{t.Name} ({string.Join(',', t.Columns)}) {t.Rows} {t.Sha256}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}

/// <summary>How far a backup or restore has come.</summary>
public sealed record BackupProgress(string Table, long Rows);

/// <summary>A backup that cannot be made, trusted or restored, with the reason and what to do.</summary>
public sealed class BackupException(StoreWords words, Exception? inner = null) : StoreException(words, inner);
