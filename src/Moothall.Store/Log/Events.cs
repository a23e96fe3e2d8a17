using NodaTime;

namespace Moothall.Store;

/// <summary>An event about to be appended: its type ("case.closed"), the version of its form, when it happened, and its facts as JSON: nothing personal.</summary>
public sealed record NewEvent(string Type, int Schema, Instant At, string Json, bool Imported = false);

/// <summary>An event of the log as a reader gets it.</summary>
public sealed record LogEvent(LogPosition Position, string Stream, int Version, string Type, int Schema, Instant At, bool Imported, string Json)
{
    /// <summary>The trace of the request that led to it (W3C traceparent), where that is recorded.</summary>
    public string? Trace { get; init; }
}
