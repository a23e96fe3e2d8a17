using Moothall.Definitions;

namespace Moothall.Exchange;

/// <summary>A message that came to the council.</summary>
/// <param name="User">Who sent it, where the queue itself vouches for that; null where it does not.</param>
public sealed record Arrival(ReadOnlyMemory<byte> Body, string? MediaType, string? User);

/// <summary>How many messages lie in the queue: partners' events that wait to be taken in, and those that were put aside because they can never be.</summary>
public sealed record QueueDepth(long Inbox, long Dead);

/// <summary>The queue will never serve this council as it is set: the node must not start. Says why and what to do.</summary>
public sealed class QueueRefusedException(Message why, Exception? inner = null) : Exception(why?.ToString(), inner)
{
    /// <summary>Why, to be said in any language.</summary>
    public Message Why => why;
}

/// <summary>
/// The queue system that carries events out and brings events in (RabbitMQ). It may be down for hours: nothing is lost by it, and nobody waits for it.
/// </summary>
public interface IEventQueue : IAsyncDisposable
{
    /// <summary>What keeps it from carrying events just now, in words for an administrator; null when nothing does.</summary>
    Message? Trouble { get; }

    /// <summary>Connects, makes what is missing, and sees that the queue is this council's; fails with <see cref="QueueRefusedException"/> when it is not, and only says in <see cref="Trouble"/> when nobody answers.</summary>
    Task Check(CancellationToken cancel);

    /// <summary>How many messages lie in it; null when it does not answer.</summary>
    Task<QueueDepth?> Depth(CancellationToken cancel);

    /// <summary>Hands events over, in any order: none of them depends on another. For each whether it was confirmed as kept.</summary>
    Task<IReadOnlyList<bool>> Publish(IReadOnlyList<CloudEvent> events, CancellationToken cancel);

    /// <summary>
    /// Gives each message that comes to <paramref name="take"/>, one after another, until the connection is lost. Null: it is taken and goes. Words: it can never be taken and is
    /// put aside with these words. When it throws, the message comes again.
    /// </summary>
    Task Listen(Func<Arrival, CancellationToken, Task<string?>> take, CancellationToken cancel);
}
