namespace Moothall.Store;

/// <summary>
/// A reader that hands the log on to another system, which confirms what it has. The place moves only over events that were confirmed, so each is
/// handed over at least once, and again with the same name when a node dies in between. Imported events come too.
/// </summary>
public interface IRelay
{
    string Name { get; }

    /// <summary>Hands events over, outside any unit; those of one stream come in order. Null when all were confirmed, else why not, in words: they come again.</summary>
    Task<string?> Publish(IReadOnlyList<LogEvent> events, CancellationToken cancel);
}
