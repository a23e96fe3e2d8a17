using System.Diagnostics;
using Moothall.Store;

namespace Moothall.Exchange;

/// <summary>
/// Hands the log to the queue. An event goes only when the one before it in its stream was confirmed, so that those of one case come in order whatever is refused or lost on the
/// way; those of different cases go together. What was confirmed of a batch is remembered, so that after a refusal only the rest goes again.
/// </summary>
public sealed class EventRelay(IEventQueue queue, string source) : IRelay
{
    /// <summary>Most events that wait for their confirmation at once.</summary>
    const int Most = 256;
    readonly HashSet<(string Stream, int Version)> confirmed = [];

    public string Name => "event-relay";

    public async Task<string?> Publish(IReadOnlyList<LogEvent> events, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(events);
        var waiting = events.Where(e => !confirmed.Contains((e.Stream, e.Version))).ToList();
        while (waiting.Count > 0)
        {
            var wave = waiting.DistinctBy(e => e.Stream).Take(Most).ToList();
            var spans = wave.Select(e => Signals.GoOn("publish " + e.Type, ActivityKind.Producer, e.Trace)).OfType<Activity>().ToList();
            var done = await queue.Publish([.. wave.Select(e => CloudEvent.Of(e, source))], cancel);
            for (var i = 0; i < wave.Count; i++) if (done[i]) confirmed.Add((wave[i].Stream, wave[i].Version));
            foreach (var span in spans) span.Dispose();
            if (done.Contains(false)) return queue.Trouble?.ToString() ?? "The queue did not confirm every event.";
            waiting.RemoveAll(e => confirmed.Contains((e.Stream, e.Version)));
        }
        confirmed.Clear();
        return null;
    }
}
