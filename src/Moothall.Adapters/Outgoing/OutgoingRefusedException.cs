using Moothall.Definitions;

namespace Moothall.Adapters.Outgoing;

/// <summary>We do not ask this address, or do not take what it answered. It is not the fault of who wrote it there that we say so: the words say what to do.</summary>
public sealed class OutgoingRefusedException(Message why) : HttpRequestException(why?.ToString())
{
    /// <summary>Why, to be said in any language.</summary>
    public Message Why => why;
}
