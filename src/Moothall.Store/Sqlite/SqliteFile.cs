using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Moothall.Store.Sqlite;

/// <summary>Opens connections to the file with the settings every one of them needs.</summary>
internal sealed class SqliteFile(string path, SqliteSettings settings)
{
    // A connection here is used by one thread at a time, so the engine needs no lock around each call, and nobody asks it for its memory figures. It takes such
    // settings only before its first use; where something else was first it works as it is. Codes: https://www.sqlite.org/c3ref/c_config_covering_index_scan.html
    // and https://www.sqlite.org/c3ref/c_dbconfig_defensive.html
    static SqliteFile()
    {
        const int multiThread = 2, memoryStatus = 9;
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(multiThread);
        _ = SQLitePCL.raw.sqlite3_config(memoryStatus, 0);
    }

    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = 1,
    }.ToString();

    /// <summary>The one connection that writes: every commit is on the disk before it is answered.</summary>
    public SqliteConnection OpenWriter()
    {
        MakeForOwnerOnly();
        var connection = Open("pragma journal_mode = wal; pragma synchronous = full;");
        if (settings.MostPages is { } pages) Run(connection, string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count = {pages};"));
        return connection;
    }

    // It holds what people told their council. SQLite gives the files beside it the rights of this one.
    private void MakeForOwnerOnly()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (!File.Exists(path)) new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    /// <summary>One of several that read. It forgets its pages whenever somebody wrote, so it is given room for few.</summary>
    public SqliteConnection OpenReader() => Open("pragma query_only = on; pragma cache_size = -2000;");

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            // Otherwise a statement on a table with an index of some rows only is planned anew for each value given to it; ours name such rows in their text.
            const int plannersPromise = 1007;
            _ = SQLitePCL.raw.sqlite3_db_config(connection.Handle, plannersPromise, 1, out _);
            Run(connection, string.Create(CultureInfo.InvariantCulture,
                $"pragma busy_timeout = {(int)settings.LockPatience.TotalMilliseconds}; pragma cache_size = -6000; pragma temp_store = memory; {pragmas}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Settings of the program, never what somebody typed.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
