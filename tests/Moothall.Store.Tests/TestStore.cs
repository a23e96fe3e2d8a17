using Npgsql;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Moothall.Store.Tests;

/// <summary>
/// A database of its own for one test, with the store's tables in it; gone afterwards. On PostgreSQL it is a schema of the
/// cluster, whose open transactions every test sees: so these tests run one after another.
/// </summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly string place;
    private readonly List<Database> opened = [];

    private TestStore(Dialect dialect, string place)
    {
        Dialect = dialect;
        this.place = place;
        Database = Another();
    }

    public Dialect Dialect { get; }
    public Database Database { get; }

    /// <summary>The file, or the connection string.</summary>
    public string Place => place;

    public static async Task<TestStore> Create(Dialect dialect, bool withTables = true)
    {
        string place;
        if (dialect == Dialect.Sqlite)
            place = Path.Combine(Directory.CreateTempSubdirectory("moothall-store-").FullName, "moothall.db");
        else
        {
            var name = "t" + Guid.NewGuid().ToString("n");
            await InCluster($"create schema {name}");
            place = new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { SearchPath = name, MaxPoolSize = 12 }.ToString();
        }
        var store = new TestStore(dialect, place);
        if (withTables) await new SchemaRunner(store.Database).Apply();
        return store;
    }

    /// <summary>The same database as another node opens it.</summary>
    public Database Another()
    {
        var database = Dialect == Dialect.Sqlite ? Database.Sqlite(place) : Database.Postgres(place);
        opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened) await database.DisposeAsync();
        if (Dialect == Dialect.Sqlite)
        {
            Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);
            return;
        }
        await InCluster($"drop schema {new NpgsqlConnectionStringBuilder(place).SearchPath} cascade");
    }

    private static async Task InCluster(string sql)
    {
        await using var connection = new NpgsqlConnection(TestPostgres.Cluster);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
