using Microsoft.Extensions.Logging;
using Moothall.Store.Log;

namespace Moothall.Store.Readers;

/// <summary>One look at the end of the log for all readers of a node, so that readers with nothing to do ask nothing.</summary>
internal sealed class LogWatch : IDisposable
{
    private readonly Database database;
    private readonly TimeSpan poll, gather;
    private readonly ILogger log;
    private readonly SemaphoreSlim called = new(0, 1), hurried = new(0, 1);
    private readonly Lock gate = new();
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LogPosition head;

    public LogWatch(Database database, ReaderSettings settings, ILogger log)
    {
        this.database = database;
        poll = settings.Poll;
        gather = settings.Gather;
        this.log = log;
        database.Appended += Call;
    }

    /// <summary>The last event that readers may see, as last looked at.</summary>
    public LogPosition Head
    {
        get { lock (gate) return head; }
    }

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var found = await database.Read(LogReading.Head, stop);
                if (found != head)
                {
                    Announce(found);
                    // The next events gather, so that a busy council's readers take many at a time and not one by one.
                    if (gather > TimeSpan.Zero) await hurried.WaitAsync(gather, stop);
                }
                await called.WaitAsync(poll, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning(error, "The log could not be looked at and will be again.");
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }

    /// <summary>Somebody waits for the readers: what has come is not left to gather.</summary>
    public void Hurry() => Release(hurried);

    /// <summary>Waits until the end of the log is no longer where it was, or the time is over.</summary>
    public async Task NewerThan(LogPosition seen, TimeSpan longest, CancellationToken stop)
    {
        Task next;
        lock (gate)
        {
            if (head != seen) return;
            next = moved.Task;
        }
        await Task.WhenAny(next, Task.Delay(longest, stop));
        stop.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        database.Appended -= Call;
        called.Dispose();
        hurried.Dispose();
    }

    private void Announce(LogPosition found)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            head = found;
            waiting = moved;
            moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        waiting.SetResult();
    }

    private void Call() => Release(called);

    private static void Release(SemaphoreSlim one)
    {
        try
        {
            if (one.CurrentCount == 0) one.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has called at the same moment; one call is enough.
        }
    }
}
