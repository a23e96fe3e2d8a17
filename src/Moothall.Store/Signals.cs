using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Moothall.Store;

/// <summary>
/// What Moothall tells of its running to whoever listens: traces and measures under the name `moothall`. While nobody listens it costs a look at a field. Nothing personal goes into a name or a
/// value: kinds, names of readers and templates of addresses, never an address, a reference or what somebody wrote.
/// </summary>
public static class Signals
{
    public const string Name = "moothall";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    static readonly Histogram<double> Units = Meter.CreateHistogram<double>("moothall.unit.duration", "s", "How long units of work took, from being handed in until they were durable.");
    static readonly Histogram<int> Batches = Meter.CreateHistogram<int>("moothall.batch.size", "{unit}", "How many units one commit of SQLite's writer kept.");

    /// <summary>The trace that this work belongs to, as the log and the outbox carry it on (W3C traceparent); null where nobody records it.</summary>
    public static string? Trace => Source.HasListeners() && Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Goes on with a trace that was carried on; null where there is none, or nobody listens.</summary>
    public static Activity? GoOn(string name, ActivityKind kind, string? trace) =>
        trace is not null && Source.HasListeners() && ActivityContext.TryParse(trace, null, isRemote: true, out var from) ? Source.StartActivity(name, kind, from) : null;

    /// <summary>Work on several traces at once, which it links to; null where none of them is recorded.</summary>
    internal static Activity? Over(string name, IReadOnlyList<LogEvent> events)
    {
        if (!Source.HasListeners() || !events.Any(e => e.Trace is not null)) return null;
        var links = events.Where(e => e.Trace is not null).Take(32).Select(e => ActivityContext.TryParse(e.Trace, null, isRemote: true, out var from) ? new ActivityLink(from) : default);
        return Source.StartActivity(name, ActivityKind.Consumer, parentContext: default, links: links);
    }

    internal static bool MeasuresUnits => Units.Enabled;

    /// <summary>Runs a unit of work as a part of the trace that asks for it, and measures it.</summary>
    internal static async Task<T> Unit<T>(Func<Task<T>> commit)
    {
        using var activity = Activity.Current is null ? null : Source.StartActivity("unit");
        var since = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await commit();
            outcome = result is IOutcome { RollsBack: true } ? "refused" : "kept";
            return result;
        }
        catch (Exception trouble)
        {
            activity?.SetStatus(ActivityStatusCode.Error, trouble.GetType().Name);
            throw;
        }
        finally
        {
            Units.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    internal static void Batch(int units)
    {
        if (Batches.Enabled) Batches.Record(units);
    }
}
