using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Moothall.Store.Statements;

namespace Moothall.Store.Sqlite;

/// <summary>
/// The only writer of this process. It takes what waits, gives each unit a savepoint, and makes one durable commit for all
/// of them; only then are they answered. While a commit is on its way to the disk the next batch gathers by itself.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly UnitQueue queue;
    private readonly SqliteFile file;
    private readonly SqliteSettings settings;
    private readonly Action appended;
    private readonly SqliteCheckpoint checkpoint;
    private readonly Thread thread;
    private readonly List<QueuedUnit> done = [];
    private long lastHurried;
    private SqliteConnection? connection;
    private SqliteLog? log;
    private StatementCache? statements;

    public SqliteWriter(SqliteFile file, SqliteSettings settings, Action appended)
    {
        this.file = file;
        this.settings = settings;
        this.appended = appended;
        queue = new UnitQueue(settings.LongestQueue);
        checkpoint = new SqliteCheckpoint(file);
        thread = new Thread(WriteAll) { IsBackground = true, Name = "Moothall writer" };
        thread.Start();
    }

    public void Add(QueuedUnit unit)
    {
        if (!queue.TryAdd(unit))
            throw new StoreBusyException(new StoreWords("{count} changes wait to be written already. Nothing was kept; try again in a moment.", ("count", settings.LongestQueue)));
    }

    public void Dispose()
    {
        queue.Close();
        thread.Join();
        checkpoint.Dispose();
    }

    private void WriteAll()
    {
        while (queue.Take() is { } first)
        {
            try
            {
                WriteBatch(first);
            }
            catch (Exception error)
            {
                Close();
                FailAll(SqliteErrors.Read(error));
            }
        }
        Close();
    }

    private void WriteBatch(QueuedUnit first)
    {
        queue.Gather();
        done.Clear();
        done.Add(first);
        SqliteTransaction transaction;
        try
        {
            Open();
            transaction = connection!.BeginTransaction(deferred: false);
            log?.Forget();
        }
        catch (Exception)
        {
            while (queue.TryTake(andUnhurried: true, out var waiting)) done.Add(waiting);
            throw;
        }
        done.Clear();
        var hasAppended = false;
        using (transaction)
        {
            var since = Stopwatch.GetTimestamp();
            var unhurried = TimeSpan.Zero;
            QueuedUnit? next = first;
            do
            {
                var begun = Stopwatch.GetTimestamp();
                if (next.IsWanted) hasAppended |= WriteUnit(next, transaction);
                if (next.IsUnhurried) unhurried += Stopwatch.GetElapsedTime(begun);
                else lastHurried = begun;
            }
            while (done.Count < settings.LargestBatch && Stopwatch.GetElapsedTime(since) < settings.LongestBatch && queue.TryTake(unhurried < MostUnhurried(), out next));
            // However many people write, what nobody waits for goes on too.
            if (unhurried == TimeSpan.Zero && queue.TryTakeUnhurried(out var last) && last.IsWanted) hasAppended |= WriteUnit(last, transaction);
            transaction.Commit();
        }
        Signals.Batch(done.Count);
        foreach (var unit in done) unit.Succeed();
        done.Clear();
        if (hasAppended) appended();
        checkpoint.AfterCommit(connection!);
    }

    // While people write, what nobody waits for takes a millisecond of each batch, so that nobody who comes meanwhile waits for sixty-four timers.
    private TimeSpan MostUnhurried() => Stopwatch.GetElapsedTime(lastHurried) < settings.PeopleWrite ? settings.LongestUnhurried : settings.LongestBatch;

    private bool WriteUnit(QueuedUnit queued, SqliteTransaction transaction)
    {
        Run($"savepoint unit");
        var unit = new Unit(connection!, transaction, statements!, settings.Clock);
        try
        {
            queued.Run(unit, settings.LongestUnit);
            unit.End();
            // A refusal may rest on what the batch wrote before it: like the others it is told when that is on the disk.
            if (queued.RollsBack)
            {
                if (unit.WroteAlone) throw new InvalidOperationException("A unit that wrote one statement alone cannot be refused afterwards: decide first.");
                Run($"rollback to unit");
            }
            Run($"release unit");
        }
        catch (Exception error)
        {
            unit.End();
            queued.Fail(SqliteErrors.Read(error));
            // A full disk or a failed read may have ended the whole transaction: https://www.sqlite.org/lang_transaction.html
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection!.Handle) != 0)
                throw new StoreUnavailableException("The database gave up the whole batch of changes. Nothing of it was kept; try again in a moment.", error);
            Run($"rollback to unit");
            Run($"release unit");
            return false;
        }
        done.Add(queued);
        return unit.HasAppended && !queued.RollsBack;
    }

    private void Run(FormattableString sql) => statements!.Sqlite(sql).Run();

    private void FailAll(Exception error)
    {
        var told = error is StoreUnavailableException ? error : new StoreUnavailableException("The changes could not be written. Nothing was kept; try again in a moment.", error);
        foreach (var unit in done) unit.Fail(told);
        done.Clear();
    }

    private void Open()
    {
        if (connection is not null) return;
        connection = file.OpenWriter();
        log = SqliteLog.Of(connection);
        checkpoint.Attach(connection);
        statements = new StatementCache(connection);
    }

    private void Close()
    {
        statements?.Dispose();
        log?.Forget();
        connection?.Dispose();
        log?.Dispose();
        statements = null;
        connection = null;
        log = null;
    }
}
