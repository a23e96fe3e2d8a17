using Moothall.Definitions;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// The two clocks of a case: the whole case and its stage. They run in the authority's working time, stand still while the case waits for the
/// resident, and are moved on by the time they stood.
/// </summary>
public static class Clocks
{
    /// <summary>When a target that starts at a moment is due; null when there is none or the calendar does not reach so far.</summary>
    public static Instant? Due(Target? target, IReadOnlyDictionary<string, string> values, WorkingCalendar calendar, Instant start) =>
        target?.For(values) is { } period ? calendar.Add(start, period).At : null;

    /// <summary>The case with its clocks stopped from now.</summary>
    public static CouncilCase Stop(CouncilCase @case, Instant now) => @case.StoppedAt is null ? @case with { StoppedAt = now } : @case;

    /// <summary>The case with its clocks running again, both deadlines moved on by the time they stood still.</summary>
    public static CouncilCase Resume(CouncilCase @case, ServiceDefinition definition, WorkingCalendar calendar, Instant now)
    {
        if (@case.StoppedAt is not { } stopped) return @case;
        return @case with
        {
            StoppedAt = null,
            CloseBy = Extend(@case.CloseBy, definition.Work.CloseWithin, @case.Decided, calendar, stopped, now),
            StageDue = Extend(@case.StageDue, definition.Work.FindStage(@case.Stage)?.Within, @case.Decided, calendar, stopped, now),
        };
    }

    /// <summary>When the whole case is due by another service's target: from receipt, later by as long as its clock stood still so far. The old promise stays where there is none.</summary>
    public static Instant? DueAfterMove(CaseSituation situation, Target? target, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var (before, calendar) = (Resume(situation.Case, situation.Definition, situation.Calendar, situation.Now), situation.Calendar);
        if (Due(target, values, calendar, before.Received) is not { } due) return before.CloseBy;
        var promised = Due(situation.Definition.Work.CloseWithin, before.Decided, calendar, before.Received);
        return promised is { } first && before.CloseBy is { } extended ? calendar.Extend(due, target!.For(values)!.Value.Unit, first, extended).At : due;
    }

    static Instant? Extend(Instant? due, Target? target, IReadOnlyDictionary<string, string> values, WorkingCalendar calendar, Instant stopped, Instant now) =>
        due is { } at && target?.For(values) is { } period ? calendar.Extend(at, period.Unit, stopped, now).At : due;
}
