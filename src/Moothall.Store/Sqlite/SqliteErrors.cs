using Microsoft.Data.Sqlite;
using Moothall.Store.Backups;

namespace Moothall.Store.Sqlite;

/// <summary>What an error of SQLite means to the council. Codes: https://www.sqlite.org/rescode.html</summary>
internal static class SqliteErrors
{
    public static Exception Read(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
            if (inner is SqliteException sqlite)
                return Meaning(sqlite) ?? error;
        return error;
    }

    private static Exception? Meaning(SqliteException error) => error.SqliteErrorCode switch
    {
        5 or 6 => new StoreUnavailableException("Another program holds the database file. Nothing was kept; try again in a moment.", error),
        13 => new StoreUnavailableException("The disk is full, so nothing more can be kept. Make room on the disk of the data folder.", error),
        8 => new StoreUnavailableException("The database file may not be written to. Check the rights of the data folder.", error),
        7 or 10 => new StoreUnavailableException(new StoreWords("The database file cannot be read or written: {trouble}", ("trouble", error.Message)), error),
        11 or 26 => new StoreUnavailableException("The database file is damaged. Restore it from the last backup.", error),
        14 => new StoreUnavailableException("The database file cannot be opened. Check that the data folder is there and may be written to.", error),
        19 when error.SqliteExtendedErrorCode is 1555 or 2067 => new StoreConflictException($"Something else has this key already: {error.Message}", error),
        19 when error.SqliteExtendedErrorCode == 1811 && MoveMark.ToldBy(error.Message) is { } told => new StoreUnavailableException(told, error),
        _ => null,
    };
}
