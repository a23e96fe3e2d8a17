using Moothall.Definitions;
using NodaTime;

namespace Moothall.Running;

/// <summary>Somebody else's system that the council needs: `database`, `mail`, `queue`.</summary>
/// <param name="Check">Whether it is set up and can be reached: a sentence with the mend when it is not, else null.</param>
public sealed record Adapter(string Name, Func<CancellationToken, Task<Message?>> Check);

/// <summary>What the last check of an adapter by this node said.</summary>
/// <param name="Trouble">What is wrong, in words; null when all is well.</param>
/// <param name="Since">Since when every check of this node failed.</param>
public sealed record AdapterState(string Name, Message? Trouble, Instant LookedAt, Instant? Since);

/// <summary>
/// The adapters of a node, checked when somebody wants to know: all at once, each within a limit of time, and not again while the last answer is new enough for whoever asks, however many they are.
/// </summary>
public sealed class AdapterChecks(IReadOnlyList<Adapter> adapters, IClock clock, TimeSpan? patience = null) : IDisposable
{
    /// <summary>How old an answer may be that a person sees.</summary>
    public static readonly Duration ForPeople = Duration.FromSeconds(15);
    /// <summary>How old an answer may be that nobody waits for: a mail server is not to be rung up four times a minute.</summary>
    public static readonly Duration ForWatching = Duration.FromSeconds(60);
    readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(5);
    readonly SemaphoreSlim one = new(1, 1);
    IReadOnlyList<AdapterState> latest = [];
    Instant lookedAt = Instant.MinValue;

    /// <summary>How each adapter stands, by an answer that is not older than this.</summary>
    public async Task<IReadOnlyList<AdapterState>> Look(Duration goodFor, CancellationToken cancel = default)
    {
        await one.WaitAsync(cancel);
        try
        {
            var now = clock.GetCurrentInstant();
            // A clock that was put back makes nothing last for ever.
            if (now >= lookedAt && now - lookedAt < goodFor) return latest;
            var troubles = await Task.WhenAll(adapters.Select(a => Ask(a, cancel)));
            latest = [.. adapters.Select((a, i) => new AdapterState(a.Name, troubles[i], now, troubles[i] is null ? null : latest.FirstOrDefault(l => l.Name == a.Name)?.Since ?? now))];
            lookedAt = now;
            return latest;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    async Task<Message?> Ask(Adapter adapter, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await adapter.Check(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Message("It did not answer within {seconds, plural, one {# second} other {# seconds}}.", ("seconds", (int)Math.Round(patience.TotalSeconds)));
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            return Message.FromText(trouble.Message);
        }
    }
}
