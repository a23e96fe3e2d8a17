using NodaTime;

namespace Moothall.Store;

/// <summary>What is to happen when timers of one kind are due. Runs in the unit that forgets the timer; may set it again.</summary>
public interface ITimerHandler
{
    string Kind { get; }
    Task Handle(Unit unit, string key, Instant due);
}
