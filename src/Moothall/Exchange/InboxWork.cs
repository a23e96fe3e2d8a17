using Microsoft.Extensions.Logging;
using Moothall.Store;

namespace Moothall.Exchange;

/// <summary>
/// Listens at the queue in the background and takes in what comes, one after another. While the store does not answer a message waits; what can never be taken in, or makes us fail,
/// is put aside with the reason, so that it holds up nothing behind it.
/// </summary>
public sealed class InboxWork(Inbox inbox, IEventQueue queue, ILogger<InboxWork> log) : IAsyncDisposable
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250), Longest = TimeSpan.FromSeconds(15);
    readonly CancellationTokenSource stop = new();
    Task running = Task.CompletedTask;

    /// <summary>Begins to listen.</summary>
    public void Start() => running = Task.Run(Run);

    async Task Run()
    {
        for (var wait = Shortest; !stop.IsCancellationRequested; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                await queue.Listen(async (arrival, cancel) =>
                {
                    wait = Shortest;
                    return await Take(arrival, cancel);
                }, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogInformation("The queue cannot be listened at just now: {Why}", trouble.Message);
            }
            await Task.Delay(wait, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<string?> Take(Arrival arrival, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await inbox.Take(arrival, cancel);
            }
            catch (Exception busy) when (busy is StoreUnavailableException or StoreBusyException or StoreConflictException)
            {
                log.LogWarning("What a partner sent waits, because the store does not answer: {Why}", busy.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "What a partner sent made us fail, and was put aside.");
                return $"The council's program failed at it: {fault.Message}";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }
}
