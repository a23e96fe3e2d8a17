namespace Moothall.Store;

/// <summary>A module that listens: it decides on an event and writes or emits its own, in the same unit as its place in the log.</summary>
public interface IOwner
{
    string Name { get; }

    /// <summary>Handles one event; called once for each, unless the unit is rolled back.</summary>
    Task Handle(Unit unit, LogEvent e);
}
