using Moothall.Adapters.Rabbit;
using Moothall.Exchange;
using Moothall.Store;
using NodaTime;
using Npgsql;

namespace Moothall.Cluster.Tests;

/// <summary>A store of its own on one of the databases, with everything that carries its log to the broker, but no council.</summary>
sealed class QueuedStore : IAsyncDisposable
{
    public static readonly ReaderSettings Quick = new() { DuePoll = TimeSpan.FromMilliseconds(5), Poll = TimeSpan.FromMilliseconds(5), LongestRelayWait = TimeSpan.FromMilliseconds(500) };

    readonly string? name;
    readonly string folder = Directory.CreateTempSubdirectory("moothall-queue-").FullName;
    readonly List<IAsyncDisposable> opened = [];

    QueuedStore(Database database, string? name) => (Database, this.name) = (database, name);

    public Database Database { get; }
    public string Identity { get; private set; } = "";

    /// <param name="scripts">Which changes of the tables are made, for a test of what comes after them; all when null, and then the store has a name by which queues know it.</param>
    public static async Task<QueuedStore> Create(Dialect dialect, Func<SchemaScript, bool>? scripts = null)
    {
        string? name = null;
        QueuedStore store;
        if (dialect == Dialect.Postgres)
        {
            name = "q" + Guid.NewGuid().ToString("n");
            await TwoNodes.InCluster($"create database {name}");
            store = new QueuedStore(Database.Postgres(new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name, MaxPoolSize = 12 }.ToString()), name);
        }
        else store = new QueuedStore(Database.Sqlite(Path.Combine(Directory.CreateTempSubdirectory("moothall-queue-").FullName, "moothall.db")), null);
        await new SchemaRunner(store.Database, typeof(IEvent).Assembly).Apply(scripts ?? (_ => true), CancellationToken.None);
        if (scripts is null) store.Identity = await StoreIdentity.Of(store.Database);
        return store;
    }

    /// <summary>A node that does nothing but carry the log out.</summary>
    public async Task<RabbitQueue> Relay(RabbitAddress? address = null)
    {
        var queue = new RabbitQueue(address ?? Broker.Parsed, Identity, "test");
        await queue.Check(CancellationToken.None);
        var readers = new ReaderHost(Database, [], [], [], [], settings: Quick, relays: [new EventRelay(queue, CloudEvent.SourceOf(Identity))]);
        opened.Add(queue);
        opened.Add(readers);
        await readers.Start();
        return queue;
    }

    public Task<int> Append(string stream, int before, int count = 1, bool imported = false) => Database.Commit(unit =>
        unit.Append(stream, before, [.. Enumerable.Range(0, count).Select(_ => new NewEvent("case.noted", 1, Instant.FromUtc(2026, 3, 4, 12, 0), """{"what":"note"}""", imported))]));

    public async ValueTask DisposeAsync()
    {
        opened.Reverse();
        foreach (var one in opened) await one.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(folder, true);
        if (name is not null) await TwoNodes.InCluster($"drop database {name} with (force)");
    }
}
