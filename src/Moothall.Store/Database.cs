using Moothall.Store.Postgres;
using Moothall.Store.Sqlite;
using NodaTime;

namespace Moothall.Store;

/// <summary>
/// The council's store. Everything that is kept goes through <see cref="Commit{T}"/>, the only commit of the code base;
/// what is read outside a unit goes through <see cref="Read{T}"/>.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private static readonly AsyncLocal<bool> insideUnit = new();

    /// <summary>One file on this machine; made with its folder when it is missing.</summary>
    public static Database Sqlite(string file) => new SqliteDatabase(file, new SqliteSettings());

    /// <summary>A PostgreSQL database by its Npgsql connection string.</summary>
    public static Database Postgres(string connectionString) => new PostgresDatabase(connectionString, new PostgresSettings());

    public abstract Dialect Dialect { get; }

    /// <summary>Called after each commit that put events into the log, on any thread; must return at once.</summary>
    public event Action? Appended;

    /// <summary>
    /// Runs one unit of work and keeps all of it or nothing; returns when it is durable. Read and decide first, then write.
    /// When what the work returns is an <see cref="IOutcome"/> that rolls back, nothing of the unit is kept, and that outcome is returned.
    /// On a conflict (stream version, unique key, serialization, deadlock) the work is rolled back and run again from its start,
    /// up to 5 times; so it must not change anything but the store. Fails with <see cref="StoreConflictException"/>,
    /// <see cref="StoreUnavailableException"/>, <see cref="StoreBusyException"/> or whatever the work threw.
    /// </summary>
    public Task<T> Commit<T>(Func<Unit, Task<T>> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (insideUnit.Value)
            throw new InvalidOperationException("A unit of work cannot start another: pass the unit on and join it.");
        return Signals.Source.HasListeners() || Signals.MeasuresUnits ? Signals.Unit(() => CommitUnit(work, cancel)) : CommitUnit(work, cancel);
    }

    /// <inheritdoc cref="Commit{T}"/>
    public Task Commit(Func<Unit, Task> work, CancellationToken cancel = default) =>
        Commit(async unit =>
        {
            await work(unit);
            return true;
        }, cancel);

    /// <summary>Reads without a unit. What it sees is committed; each statement sees the newest.</summary>
    public abstract Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken cancel = default);

    /// <summary>The clock of the database, which all nodes share.</summary>
    public abstract Task<Instant> Now();

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads as one moment saw it, however long it takes: for a backup, which must not hold anybody up.</summary>
    internal abstract Task<T> Snapshot<T>(Func<Session, Task<T>> work, CancellationToken cancel);

    /// <summary>One transaction that holds off whoever makes tables, however long it takes: to fill an empty store, or to move out of one. No unit: nobody is served meanwhile.</summary>
    internal abstract Task Alone(Func<Session, Task> work, CancellationToken cancel);

    protected abstract Task<T> CommitUnit<T>(Func<Unit, Task<T>> work, CancellationToken cancel);

    private protected void SignalAppended() => Appended?.Invoke();

    private protected static Task<T> RunInside<T>(Func<Unit, Task<T>> work, Unit unit)
    {
        insideUnit.Value = true;
        return work(unit);
    }
}
