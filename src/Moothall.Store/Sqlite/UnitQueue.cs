namespace Moothall.Store.Sqlite;

/// <summary>
/// Units that wait for the writer, in the order in which they came; those that are unhurried behind all others. The writer sleeps at once when there are none: on two processors the time that a queue
/// of the framework spends on looking again is time of the requests.
/// </summary>
internal sealed class UnitQueue(int longest)
{
    private readonly object gate = new();
    private readonly Queue<QueuedUnit> hurried = new(), unhurried = new();
    private bool isClosed;

    /// <summary>Puts a unit at the end; false when too many wait already.</summary>
    public bool TryAdd(QueuedUnit unit)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (Waiting >= longest) return false;
            (unit.IsUnhurried ? unhurried : hurried).Enqueue(unit);
            if (Waiting == 1) Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>
    /// Lets those who are about to write come in before a batch begins, as long as more do: where requests share a processor with the writer, waking it for the
    /// first of them would have it commit one by one. Somebody who writes alone waits for nobody.
    /// </summary>
    public void Gather()
    {
        for (var before = -1; Count > before;)
        {
            before = Count;
            // Twice, because the first one to be let in may be somebody who only sends an answer.
            Thread.Yield();
            Thread.Yield();
        }
    }

    private int Waiting => hurried.Count + unhurried.Count;

    private int Count
    {
        get { lock (gate) return Waiting; }
    }

    /// <summary>The first unit, if one waits.</summary>
    /// <param name="andUnhurried">Whether it may be an unhurried one.</param>
    public bool TryTake(bool andUnhurried, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedUnit? unit)
    {
        lock (gate) return hurried.TryDequeue(out unit) || andUnhurried && unhurried.TryDequeue(out unit);
    }

    /// <summary>The first of the unhurried units, if one waits.</summary>
    public bool TryTakeUnhurried([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedUnit? unit)
    {
        lock (gate) return unhurried.TryDequeue(out unit);
    }

    /// <summary>The first unit, as soon as there is one; null when the queue was closed and is empty.</summary>
    public QueuedUnit? Take()
    {
        lock (gate)
        {
            while (Waiting == 0)
            {
                if (isClosed) return null;
                Monitor.Wait(gate);
            }
            return hurried.TryDequeue(out var unit) ? unit : unhurried.Dequeue();
        }
    }

    /// <summary>Takes in no more units; those that wait are still written.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.Pulse(gate);
        }
    }
}
