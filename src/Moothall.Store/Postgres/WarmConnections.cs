using System.Data;
using Npgsql;

namespace Moothall.Store.Postgres;

/// <summary>
/// Open connections in front of the driver's pool: the one that was given back last is taken first. The pool goes round among all that it ever opened, so that each is cold when its turn comes:
/// its process on the server, its prepared statements, its memory here. What was not needed for a minute goes back to the pool, which closes it in time.
/// </summary>
internal sealed class WarmConnections(NpgsqlDataSource source, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly List<NpgsqlConnection> idle = [];
    private readonly Lock gate = new();
    // The fewest that lay idle since the last look: so many were not needed.
    private int fewest;
    private long looked = time.GetTimestamp();
    private int opening;
    private bool ended;

    /// <summary>A connection that is open, to be given back by <see cref="GiveBack"/> or disposed of.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, or all connections that it may have are in use.</exception>
    public async ValueTask<NpgsqlConnection> Take(CancellationToken cancel)
    {
        if (TakeIdle() is { } warm) return warm;
        Interlocked.Increment(ref opening);
        try
        {
            // One may have been given back before it was seen that somebody waits.
            return TakeIdle() ?? await source.OpenConnectionAsync(cancel);
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
            await connection.DisposeAsync();
            // The server went away, or is another one now: the others lead there too.
            await Clear();
            return;
        }
        List<NpgsqlConnection> tooMany = [];
        lock (gate)
        {
            if (ended) tooMany.Add(connection);
            else idle.Add(connection);
            if (time.GetElapsedTime(looked) > Minute)
            {
                tooMany.AddRange(idle[..Math.Min(fewest, idle.Count)]);
                idle.RemoveRange(0, Math.Min(fewest, idle.Count));
                (fewest, looked) = (idle.Count, time.GetTimestamp());
            }
        }
        if (Volatile.Read(ref opening) > 0 && TakeIdle() is { } wanted) tooMany.Add(wanted);
        foreach (var one in tooMany) await one.DisposeAsync();
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

    private NpgsqlConnection? TakeIdle()
    {
        lock (gate)
        {
            if (idle.Count == 0) return null;
            var last = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            fewest = Math.Min(fewest, idle.Count);
            return last;
        }
    }
}
