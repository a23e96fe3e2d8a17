namespace Moothall.Store;

/// <summary>A module that listens: it decides on an event and writes or emits its own, in the same unit as its place in the log.</summary>
public interface IOwner
{
    string Name { get; }

    /// <summary>Handles one event; called once for each, unless the unit is rolled back.</summary>
    Task Handle(Unit unit, LogEvent e);

    /// <summary>Handles events that were read together, in their order and in one unit: for an owner that reads for all of them at once.</summary>
    async Task Handle(Unit unit, IReadOnlyList<LogEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var e in events) await Handle(unit, e);
    }
}
