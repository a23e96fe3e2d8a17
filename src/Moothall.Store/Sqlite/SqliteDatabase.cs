using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Moothall.Store.Statements;
using NodaTime;

namespace Moothall.Store.Sqlite;

/// <summary>The council in one file: one batching writer, several readers, WAL between them. Other processes may use the file too.</summary>
internal sealed class SqliteDatabase : Database
{
    private const int MostTries = 5;

    private readonly SqliteFile file;
    private readonly SqliteSettings settings;
    private readonly SqliteWriter writer;
    private readonly ConcurrentBag<Reader> idle = [];
    private readonly SemaphoreSlim places;
    private int disposed;

    public SqliteDatabase(string path, SqliteSettings settings)
    {
        this.settings = settings;
        file = new SqliteFile(path, settings);
        places = new SemaphoreSlim(settings.MostReaders);
        writer = new SqliteWriter(file, settings, SignalAppended);
    }

    public override Dialect Dialect => Dialect.Sqlite;

    public override async Task<T> Read<T>(Func<Session, Task<T>> work, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed != 0, this);
        await places.WaitAsync(cancel);
        Reader? reader = null;
        try
        {
            if (!idle.TryTake(out reader)) reader = new Reader(file.OpenReader());
            var session = new Session(reader.Connection, null, reader.Statements, settings.Clock);
            var result = await work(session);
            session.End();
            idle.Add(reader);
            reader = null;
            return result;
        }
        catch (Exception error) when (SqliteErrors.Read(error) is var meant && !ReferenceEquals(meant, error))
        {
            throw meant;
        }
        finally
        {
            reader?.Dispose();
            places.Release();
        }
    }

    internal override async Task<T> Snapshot<T>(Func<Session, Task<T>> work, CancellationToken cancel)
    {
        using var reader = new Reader(file.OpenReader());
        await using var transaction = reader.Connection.BeginTransaction(deferred: true);
        return await Inside(work, reader, transaction);
    }

    internal override async Task Alone(Func<Session, Task> work, CancellationToken cancel)
    {
        using var alone = new Reader(file.OpenWriter());
        await using var transaction = alone.Connection.BeginTransaction(deferred: false);
        await Inside(async session =>
        {
            await work(session);
            return true;
        }, alone, transaction);
        await transaction.CommitAsync(cancel);
    }

    private async Task<T> Inside<T>(Func<Session, Task<T>> work, Reader reader, SqliteTransaction transaction)
    {
        try
        {
            var session = new Session(reader.Connection, transaction, reader.Statements, settings.Clock);
            var result = await work(session);
            session.End();
            return result;
        }
        catch (Exception error) when (SqliteErrors.Read(error) is var meant && !ReferenceEquals(meant, error))
        {
            throw meant;
        }
    }

    public override Task<Instant> Now() => Task.FromResult(StoredTime.Kept(settings.Clock.GetCurrentInstant()));

    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            writer.Dispose();
            while (idle.TryTake(out var reader)) reader.Dispose();
            places.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    protected override async Task<T> CommitUnit<T>(Func<Unit, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(disposed != 0, this);
            var unit = new QueuedUnit<T>(unit => RunInside(work, unit), cancel);
            writer.Add(unit);
            try
            {
                return await unit.Answer;
            }
            catch (StoreConflictException) when (attempt < MostTries)
            {
                // One writer makes conflicts rare, not impossible: a reference that was drawn by lot may be taken.
            }
        }
    }

    private sealed record Reader(SqliteConnection Connection) : IDisposable
    {
        public StatementCache Statements { get; } = new(Connection);

        public void Dispose()
        {
            Statements.Dispose();
            Connection.Dispose();
        }
    }
}
