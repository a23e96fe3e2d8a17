using System.Text.RegularExpressions;

namespace Moothall.Store;

/// <summary>Where a council was moved to. It is kept as English words in the store that is left, and read again to be said in another language.</summary>
public static partial class MovePlace
{
    /// <summary>A folder with SQLite's data.</summary>
    public static StoreWords Folder(string path) => new StoreWords("the folder {path}", ("path", path));

    /// <summary>A PostgreSQL database.</summary>
    public static StoreWords Postgres(string? database, string? host) => new StoreWords("the PostgreSQL database {database} on {host}", ("database", database), ("host", host));

    internal static StoreWords Read(string place) =>
        ThePostgres().Match(place) is { Success: true } postgres ? Postgres(postgres.Groups[1].Value, postgres.Groups[2].Value)
        : TheFolder().Match(place) is { Success: true } folder ? Folder(folder.Groups[1].Value) : place;

    [GeneratedRegex("^the folder (.+)$")]
    private static partial Regex TheFolder();

    [GeneratedRegex("^the PostgreSQL database (.+) on (.+)$")]
    private static partial Regex ThePostgres();
}
