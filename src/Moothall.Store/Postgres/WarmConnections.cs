using System.Data;
using Npgsql;

namespace Moothall.Store.Postgres;

/// <summary>
/// Open connections in front of the driver's pool: the one that was given back last is taken first. The pool goes round among all that it ever opened, so that each is cold when its turn comes:
/// its process on the server, its prepared statements, its memory here. Where many are in use already, who asks waits a moment for one of them, and opens another only then: a unit that
/// reads beside itself must not wait for itself. What was not needed for a minute goes back to the pool, which closes it in time.
/// </summary>
internal sealed class WarmConnections(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    private const int Many = 24;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20), Minute = TimeSpan.FromMinutes(1);
    private readonly List<NpgsqlConnection> idle = [];
    private readonly Queue<TaskCompletionSource<NpgsqlConnection?>> waiting = [];
    private readonly Lock gate = new();
    private int inUse, opening;
    // The fewest that lay idle since the last look: so many were not needed.
    private int fewest;
    private long looked = time.GetTimestamp();
    private bool ended;

    /// <summary>A connection that is open, to be given back by <see cref="GiveBack"/>, or let go by <see cref="LetGo"/> where something went wrong on it.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, or all connections that it may have are in use.</exception>
    public async ValueTask<NpgsqlConnection> Take(CancellationToken cancel)
    {
        TaskCompletionSource<NpgsqlConnection?> next;
        lock (gate)
        {
            if (TakeIdle() is { } warm) return warm;
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (inUse < Many) next.SetResult(null);
            else waiting.Enqueue(next);
        }
        if (!next.Task.IsCompleted)
        {
            await Task.WhenAny(next.Task, Task.Delay(Moment, time, cancel));
            next.TrySetResult(null);
        }
        if (await next.Task is { } given) return given;
        Interlocked.Increment(ref opening);
        try
        {
            lock (gate)
            {
                // One may have been given back before it was seen that somebody waits for the pool.
                if (TakeIdle() is { } warm) return warm;
                inUse++;
            }
            return await source.OpenConnectionAsync(cancel);
        }
        catch
        {
            lock (gate) inUse--;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref opening);
        }
    }

    /// <summary>Keeps a connection for the next who asks, where it is whole and nobody waits for one of the pool.</summary>
    public async ValueTask GiveBack(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
        {
            await LetGo(connection);
            // The server went away, or is another one now: the others lead there too.
            await Clear();
            return;
        }
        List<NpgsqlConnection> tooMany = [];
        lock (gate)
        {
            if (Volatile.Read(ref opening) > 0 || ended)
            {
                inUse--;
                tooMany.Add(connection);
            }
            else
            {
                while (waiting.TryDequeue(out var next))
                    if (next.TrySetResult(connection)) return;
                inUse--;
                idle.Add(connection);
            }
            if (time.GetElapsedTime(looked) > Minute)
            {
                var unneeded = Math.Min(fewest, idle.Count);
                tooMany.AddRange(idle[..unneeded]);
                idle.RemoveRange(0, unneeded);
                (fewest, looked) = (idle.Count, time.GetTimestamp());
            }
        }
        foreach (var one in tooMany) await one.DisposeAsync();
    }

    /// <summary>Gives one to the pool on which something went wrong: it puts it in order, or closes it.</summary>
    public ValueTask LetGo(NpgsqlConnection connection)
    {
        lock (gate) inUse--;
        return connection.DisposeAsync();
    }

    /// <summary>Gives all that lie idle back to the pool.</summary>
    public async Task Clear()
    {
        List<NpgsqlConnection> all;
        lock (gate)
        {
            all = [.. idle];
            idle.Clear();
            fewest = 0;
        }
        foreach (var one in all) await one.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate) ended = true;
        await Clear();
    }

    // Inside the gate.
    private NpgsqlConnection? TakeIdle()
    {
        if (idle.Count == 0) return null;
        var last = idle[^1];
        idle.RemoveAt(idle.Count - 1);
        fewest = Math.Min(fewest, idle.Count);
        inUse++;
        return last;
    }
}
