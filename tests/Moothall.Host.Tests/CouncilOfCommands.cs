using Moothall.Store;
using Npgsql;

namespace Moothall.Host.Tests;

/// <summary>A council of its own for commands of the program: a folder with SQLite, or a database in the cluster of the tests, which goes when it is disposed.</summary>
sealed class CouncilOfCommands : IAsyncDisposable
{
    readonly string folder;
    readonly string? name, connection;

    CouncilOfCommands(string folder, string? name)
    {
        (this.folder, this.name) = (folder, name);
        connection = name is null ? null : new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name }.ToString();
    }

    /// <summary>What names it on the command line.</summary>
    public string[] Options => connection is null ? ["--data", "council-data"] : ["--database", connection];

    public static async Task<CouncilOfCommands> Make(CommandLineProgram program, Dialect dialect)
    {
        var folder = Path.Combine(program.Folder, "council-data");
        if (dialect == Dialect.Sqlite) return new(folder, null);
        var name = "h" + Guid.NewGuid().ToString("n");
        await InCluster($"create database {name}");
        return new(folder, name);
    }

    /// <summary>Its store, beside the program.</summary>
    public Database Open()
    {
        if (connection is not null) return Database.Postgres(connection);
        Directory.CreateDirectory(folder);
        return Database.Sqlite(Path.Combine(folder, "moothall.db"));
    }

    public async ValueTask DisposeAsync()
    {
        if (name is not null) await InCluster($"drop database {name} with (force)");
    }

    static async Task InCluster(string sql)
    {
        await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
        await using var command = cluster.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
