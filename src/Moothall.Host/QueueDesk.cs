using Microsoft.Extensions.Logging;
using Moothall.Adapters.Rabbit;
using Moothall.Exchange;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>The queue that this node hands events to and takes events from; none where no `--queue` is given.</summary>
public sealed class QueueDesk : IAsyncDisposable
{
    readonly InboxWork? work;

    QueueDesk(IEventQueue? queue, EventRelay? relay, InboxWork? work) => (Queue, Relays, this.work) = (queue, relay is null ? [] : [relay], work);

    public IEventQueue? Queue { get; }
    internal IReadOnlyList<IRelay> Relays { get; }

    /// <summary>Connects where the queue answers; refuses with words when it is another council's or lets nobody in. One that is down is waited for.</summary>
    internal static async Task<QueueDesk> Open(Settings settings, House house, ILoggerFactory logs, CancellationToken cancel)
    {
        if (settings.Queue is not { } address) return new QueueDesk(null, null, null);
        var store = await StoreIdentity.Of(house.Database);
        var queue = new RabbitQueue(address, store, settings.Node);
        try
        {
            await queue.Check(cancel);
        }
        catch (QueueRefusedException refused)
        {
            await queue.DisposeAsync();
            throw new CommandRefused(refused.Why);
        }
        if (queue.Trouble is { } trouble) logs.CreateLogger<QueueDesk>().LogWarning("{Trouble}", trouble);
        return new QueueDesk(queue, new EventRelay(queue, CloudEvent.SourceOf(store)), new InboxWork(new Inbox(house), queue, logs.CreateLogger<InboxWork>()));
    }

    internal void Start() => work?.Start();

    bool disposed;

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        if (work is not null) await work.DisposeAsync();
        if (Queue is not null) await Queue.DisposeAsync();
    }
}
