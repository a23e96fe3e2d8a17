using System.Collections.Concurrent;
using System.Reflection;
using Moothall.Store;
using Npgsql;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Moothall.Tests;

/// <summary>
/// A database of its own for one test, with the tables of the store and all modules in it; gone afterwards. On SQLite it is a copy of a file in which they were made once.
/// On PostgreSQL making a database takes longest, so that one test's is emptied and given to the next, and dropped when the tests end.
/// </summary>
public sealed class TestStore : IAsyncDisposable
{
    static readonly ConcurrentBag<string> Emptied = [];

    static TestStore() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        while (Emptied.TryTake(out var name))
        {
            using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
            using var command = cluster.CreateCommand($"drop database if exists {name} with (force)");
            command.ExecuteNonQuery();
        }
    };

    static readonly Lazy<Task<byte[]>> WithTables = new(async () =>
    {
        var folder = Directory.CreateTempSubdirectory("moothall-").FullName;
        var file = Path.Combine(folder, "moothall.db");
        await using (var database = Database.Sqlite(file)) await new SchemaRunner(database, typeof(IEvent).Assembly).Apply();
        var made = await File.ReadAllBytesAsync(file);
        Directory.Delete(folder, recursive: true);
        return made;
    });

    readonly string place;

    TestStore(Dialect dialect, string place)
    {
        Dialect = dialect;
        this.place = place;
        Database = dialect == Dialect.Sqlite ? Database.Sqlite(place) : Database.Postgres(place);
    }

    public Dialect Dialect { get; }
    public Database Database { get; }

    /// <summary>The file, or the connection string.</summary>
    public string Place => place;

    public static async Task<TestStore> Create(Dialect dialect)
    {
        string place;
        if (dialect == Dialect.Sqlite)
        {
            place = Path.Combine(Directory.CreateTempSubdirectory("moothall-").FullName, "moothall.db");
            await File.WriteAllBytesAsync(place, await WithTables.Value);
        }
        else
        {
            if (!Emptied.TryTake(out var name))
            {
                name = "t" + Guid.NewGuid().ToString("n");
                await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
                await using var command = cluster.CreateCommand($"create database {name}");
                await command.ExecuteNonQueryAsync();
            }
            place = new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name, MaxPoolSize = 12 }.ToString();
        }
        var store = new TestStore(dialect, place);
        if (dialect == Dialect.Postgres) await new SchemaRunner(store.Database, typeof(IEvent).Assembly).Apply();
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Dialect == Dialect.Sqlite)
        {
            Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);
            return;
        }
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(place) { Pooling = false });
        await using var command = database.CreateCommand("drop schema public cascade; create schema public");
        await command.ExecuteNonQueryAsync();
        Emptied.Add(new NpgsqlConnectionStringBuilder(place).Database!);
    }
}
