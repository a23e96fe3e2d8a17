using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// What was granted runs out: some days before, the person is reminded how to ask for it again. The time is set when the case closes with such an outcome,
/// and forgotten when it is opened again. It counts from the date that staff answered where the definition names one, else from the close.
/// </summary>
public sealed class RemindOfRenewal(House house) : ITimerHandler
{
    public const string Timer = "renewal";
    static readonly LocalTime Morning = new(9, 0);

    public string Kind => Timer;

    /// <summary>The last day of what a case granted; null while it is open, or where nothing runs out.</summary>
    /// <param name="answered">The date that staff answered, as <see cref="Answered"/> finds it.</param>
    public static LocalDate? LastDay(CouncilCase @case, ServiceDefinition definition, LocalDate? answered, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(calendar);
        return @case is { Closed: { } closed, Outcome: { } outcome } && definition.Renew is { } renewal && renewal.After.Contains(outcome)
            ? renewal.LastDay(calendar.DayOf(closed), answered) : null;
    }

    /// <summary>The newest date that staff answered to the question that the time counts from; what was undone does not count. Pure.</summary>
    public static LocalDate? Answered(ServiceDefinition definition, IReadOnlyList<HistoryEntry> history)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(history);
        if (definition.Renew?.Question is not { } name || definition.Work.FindQuestion(name) is not { } question) return null;
        var undone = history.Select(h => h.Undoes).OfType<int>().ToHashSet();
        return history.Where(h => h.AnswersJson is not null && !undone.Contains(h.Version)).OrderByDescending(h => h.Version)
            .Select(h => (AnswersJson.Read([question], h.AnswersJson!)[name] as DateAnswer)?.Date).FirstOrDefault(date => date is not null);
    }

    static async Task<LocalDate?> Answered(Session session, string reference, ServiceDefinition definition) =>
        definition.Renew?.Question is null ? null : Answered(definition, await CaseRows.History(session, reference));

    /// <summary>Sets or forgets the time after a case was closed or opened again, in the unit that did it.</summary>
    public static async Task Follow(Unit unit, CouncilCase before, CouncilCase after, ServiceDefinition definition, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (after.Imported || definition.Renew is not { } renewal || before.IsOpen == after.IsOpen) return;
        if (LastDay(after, definition, await Answered(unit, after.Reference, definition), calendar) is { } last && last >= calendar.DayOf(after.Closed!.Value))
            await unit.SetTimer(Timer, after.Reference, renewal.ReminderBefore(last).At(Morning).InZoneLeniently(calendar.Zone).ToInstant());
        else await unit.CancelTimer(Timer, after.Reference);
    }

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await CaseRows.Find(unit, key) is not { IsOpen: false, IsErased: false } @case) return;
        var definition = (await house.Services.Version(@case.Service, @case.DefinitionVersion)).Definition;
        var authority = house.Council.FindAuthority(@case.Authority) ?? house.Council.Authorities[0];
        if (LastDay(@case, definition, await Answered(unit, key, definition), authority.Calendar) is not { } last || definition.Renew is null) return;
        if (!await RenewalReminder.Queue(unit, house, @case, definition, authority, last)) return;
        var now = house.Now;
        var after = @case with { Version = @case.Version + 1 };
        if (!await CaseRows.Update(unit, after, @case.Version)) throw new StoreConflictException($"{key} changed while its reminder was being sent.");
        await CaseRows.InsertHistory(unit, key, new HistoryEntry(after.Version, now, "reminded", null, null, after.Stage, null, null, null, 0));
        await unit.Append(CaseRows.Stream(key), @case.Version, [EventJson.ToLog(new RenewalReminded(@case.Service, @case.Authority), now)]);
    }
}
