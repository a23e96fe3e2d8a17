namespace Moothall.Store.Sqlite;

/// <summary>
/// Units that wait for the writer, in the order in which they came. The writer sleeps at once when there are none: on two processors the time that a queue
/// of the framework spends on looking again is time of the requests.
/// </summary>
internal sealed class UnitQueue(int longest)
{
    private readonly object gate = new();
    private readonly Queue<QueuedUnit> waiting = new();
    private bool isClosed;

    /// <summary>Puts a unit at the end; false when too many wait already.</summary>
    public bool TryAdd(QueuedUnit unit)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            if (waiting.Count >= longest) return false;
            waiting.Enqueue(unit);
            if (waiting.Count == 1) Monitor.Pulse(gate);
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

    private int Count
    {
        get { lock (gate) return waiting.Count; }
    }

    /// <summary>The first unit, if one waits.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out QueuedUnit? unit)
    {
        lock (gate) return waiting.TryDequeue(out unit);
    }

    /// <summary>The first unit, as soon as there is one; null when the queue was closed and is empty.</summary>
    public QueuedUnit? Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (isClosed) return null;
                Monitor.Wait(gate);
            }
            return waiting.Dequeue();
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
