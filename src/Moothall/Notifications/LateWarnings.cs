using Moothall.Cases;
using Moothall.Council;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>
/// Tells people before the day that was promised passes, not after, and only those whose case will probably be late (<see cref="LateForecast"/>). It follows
/// the log to keep a timer for each open case: it looks after each step and once a day, and for the last time shortly before the deadline. Where too little is
/// known to say, everybody is told at that last look. Nobody is told twice of one case.
/// </summary>
public sealed class LateWarnings(House house) : IOwner, ITimerHandler
{
    const string Timer = "late-warning";
    /// <summary>How long before the promised time, at most; less where the whole promise is short.</summary>
    static readonly Duration Ahead = Duration.FromHours(24);
    /// <summary>The first look after a step, when it can no longer be undone.</summary>
    static readonly Duration AfterStep = UndoCase.Window + Duration.FromMinutes(1);
    static readonly Duration Again = Duration.FromDays(1);

    public string Name => "late-warnings";
    public string Kind => Timer;

    public Task Handle(Unit unit, LogEvent e) => Handle(unit, [e]);

    public async Task Handle(Unit unit, IReadOnlyList<LogEvent> events)
    {
        ArgumentNullException.ThrowIfNull(unit);
        // Every event about a case may move its deadline or stop its clock, whichever it is.
        List<string> references = [.. events.Where(e => !e.Imported && e.Stream.StartsWith("case/", StringComparison.Ordinal)).Select(e => e.Stream["case/".Length..]).Distinct(StringComparer.Ordinal)];
        if (references.Count == 0) return;
        var cases = (await CaseRows.Find(unit, new SqlKeys(references))).ToDictionary(c => c.Reference, StringComparer.Ordinal);
        foreach (var reference in references)
            if (cases.GetValueOrDefault(reference) is { } found && WarnAt(found) is { } last && house.Now < found.CloseBy) await unit.SetTimer(Timer, reference, Instant.Min(last, house.Now + AfterStep));
            else await unit.CancelTimer(Timer, reference);
    }

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await CaseQueries.Find(unit, key) is not { } found || WarnAt(found) is not { } warnAt || house.Now >= found.CloseBy) return;
        if (await unit.Number($"select count(*) from message where about = {key} and kind = 'late' and state <> 'not-sent'") > 0) return;
        var isLast = house.Now >= warnAt;
        if (await LateForecast.WillBeLate(unit, found, house.Now) is not { } late) late = isLast;
        if (!late)
        {
            if (!isLast) await unit.SetTimer(Timer, key, Instant.Min(warnAt, house.Now + Again));
            return;
        }
        var closeBy = found.CloseBy!.Value;
        await CaseMessages.Tell(unit, house, new(key, null, "late", null, house.Now, $"late/{key}/{closeBy.ToUnixTimeSeconds()}", c => c is { IsOpen: true, StoppedAt: null } && c.CloseBy == closeBy));
    }

    /// <summary>When to warn about a case; null while nothing runs out.</summary>
    Instant? WarnAt(CouncilCase found)
    {
        if (found is not { IsOpen: true, StoppedAt: null, CloseBy: { } closeBy } || closeBy <= found.Received) return null;
        var authority = house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0];
        return Before(closeBy, found.Received, authority.QuietHours);
    }

    /// <summary>A day before, or a quarter of the whole time where that is less, and not in hours in which nobody is told anything.</summary>
    internal static Instant Before(Instant closeBy, Instant received, QuietHours quiet)
    {
        ArgumentNullException.ThrowIfNull(quiet);
        var quarter = (closeBy - received) / 4;
        var at = closeBy - (quarter < Ahead ? quarter : Ahead);
        var awake = quiet.Before(at);
        return awake > received ? awake : at;
    }
}
