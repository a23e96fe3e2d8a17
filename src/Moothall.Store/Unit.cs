using System.Data.Common;
using Moothall.Store.Log;
using Moothall.Store.Statements;
using Moothall.Store.Timers;
using NodaTime;

namespace Moothall.Store;

/// <summary>
/// One unit of work: rows written and events appended, kept together or not at all. Only <see cref="Database.Commit{T}"/>
/// makes one. Its place in the log is taken by its first write, so read and decide first.
/// </summary>
public sealed class Unit : Session
{
    internal Unit(DbConnection connection, DbTransaction transaction, StatementCache statements, IClock clock) : base(connection, transaction, statements, clock) { }

    /// <summary>A unit whose transaction begins when it needs one.</summary>
    internal Unit(DbConnection connection, Func<DbTransaction> begin, StatementCache statements) : base(connection, null, statements, null, begin) { }

    /// <summary>True when the unit put events into the log.</summary>
    internal bool HasAppended { get; set; }

    /// <summary>Writes; returns how many rows it touched.</summary>
    public Task<int> Execute(FormattableString sql) => Run(sql);

    /// <summary>
    /// One statement that is all the unit writes, where it touches a row: on PostgreSQL it then commits by itself, without another way there and back. Where it touches none nothing has
    /// happened, and the unit goes on as any other.
    /// </summary>
    public async Task<bool> Alone(FormattableString sql)
    {
        if (await RunAlone(sql) == 0) return false;
        End();
        WroteAlone = true;
        return true;
    }

    /// <summary>What it wrote may be kept already, so nothing can be taken back.</summary>
    internal bool WroteAlone { get; private set; }

    /// <summary>Ends the unit: keeps what it wrote, or nothing of it.</summary>
    internal async Task Finish(bool keep)
    {
        if (!keep && WroteAlone) throw new InvalidOperationException("A unit that wrote one statement alone cannot be refused afterwards: decide first.");
        if (keep) await SendLast();
        End();
        if (Begun is null) return;
        if (keep) await Begun.CommitAsync(CancellationToken.None);
        else await Begun.RollbackAsync(CancellationToken.None);
    }

    /// <summary>Gives the transaction back; what was not kept is rolled back.</summary>
    internal ValueTask Close()
    {
        End();
        return Begun?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>
    /// Writes rows whose outcome nobody asks: on PostgreSQL such writes go together with the next statement or at the end of the unit, which saves a way there and
    /// back for each. What fails in them (a unique key, say) is said then, and the unit is rolled back as for any other write. No question: nothing comes back.
    /// </summary>
    public Task Add(FormattableString sql) => Wait(sql, null);

    /// <summary>The same, of what must be there: where it touches no row the unit fails with what is made here.</summary>
    public Task Add(FormattableString sql, Func<Exception> whenNone) => Wait(sql, whenNone);

    /// <summary>Sends what <see cref="Add(FormattableString)"/> has waiting, in its order and all at once: before EF joins the connection.</summary>
    public Task Send() => SendAll();

    /// <summary>
    /// Appends events to a stream whose version is known (0: the stream is new). Returns the new version. When another was
    /// first the unit is rolled back and run again.
    /// </summary>
    public Task<int> Append(string stream, int expectedVersion, params IReadOnlyList<NewEvent> events) => EventLog.Append(this, stream, expectedVersion, events);

    /// <summary>Has a handler of this kind called once when the time has come; set again, only the new time holds.</summary>
    public Task SetTimer(string kind, string key, Instant due) => TimerTable.Set(this, kind, key, due);

    /// <summary>The same, but one that is set already stays as it is: for what each node sets when it starts.</summary>
    public Task SetTimerIfNone(string kind, string key, Instant due) => TimerTable.SetIfNone(this, kind, key, due);

    /// <summary>Forgets a timer; none of that name is fine too.</summary>
    public Task CancelTimer(string kind, string key) => TimerTable.Cancel(this, kind, key);
}
