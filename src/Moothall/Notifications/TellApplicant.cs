using Moothall.Store;

namespace Moothall.Notifications;

/// <summary>
/// The effect that tells the person who asked what happens to their case. It only writes the message into the outbox, once for each event; the outbox
/// brings it to the mail server. What was undone within the minute, or is no longer so, is not told.
/// </summary>
public sealed class TellApplicant(House house) : IWrittenEffect
{
    public string Name => "tell-applicant";
    public string Kind => "email";

    public IReadOnlyList<string> Recipients(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return ServiceOf(e) is var (service, moment, stage) && house.Services.Find(service)?.Definition.Tells(moment, stage) == true ? ["applicant"] : [];
    }

    public async Task<IReadOnlyList<EffectOutcome>> Write(Unit unit, IReadOnlyList<DueEffect> due)
    {
        ArgumentNullException.ThrowIfNull(due);
        var moments = due.Select(d => (Due: d, Moment: MomentOf(d.Event))).ToList();
        var facts = await CaseMessages.Read(unit, house, [.. moments.Select(m => m.Moment).OfType<CaseMessages.Moment>()]);
        var outcomes = new List<EffectOutcome>(due.Count);
        foreach (var (one, moment) in moments)
        {
            using var span = one.GoOn();
            outcomes.Add(moment is null ? EffectOutcome.NotSent("There is nothing to tell about this.") : Outcome(await CaseMessages.Tell(unit, house, moment, facts)));
        }
        return outcomes;
    }

    static EffectOutcome Outcome(string? whyNot) => whyNot switch
    {
        null => EffectOutcome.Done,
        "" => EffectOutcome.NotSent("The service does not tell this any more."),
        Trouble.Erased => EffectOutcome.NotSent("erased"),
        Trouble.NoAddress => EffectOutcome.NotSent("no address"),
        Trouble.AskedForNone => EffectOutcome.NotSent("they asked for none"),
        _ => EffectOutcome.NotSent("it was no longer so"),
    };

    internal static (string Service, string Moment, string? Stage)? ServiceOf(LogEvent e) => e.Type switch
    {
        "case.received" => (EventJson.Read<CaseReceived>(e).Service, "received", null),
        "case.advanced" when EventJson.Read<CaseAdvanced>(e) is var advanced => (advanced.Service, "stage", advanced.To),
        "case.closed" => (EventJson.Read<CaseClosed>(e).Service, "closed", null),
        "case.reopened" => (EventJson.Read<CaseReopened>(e).Service, "reopened", null),
        "case.moved" => (EventJson.Read<CaseMoved>(e).ToService, "moved", null),
        "case.handled" when EventJson.Read<CaseHandled>(e) is { What: "ask-customer" } asked => (asked.Service, "question", null),
        _ => null,
    };

    internal static CaseMessages.Moment? MomentOf(LogEvent e)
    {
        if (ServiceOf(e) is not var (_, name, stage)) return null;
        var reference = e.Stream["case/".Length..];
        return new CaseMessages.Moment(reference, e.Version, name, stage, e.At, $"case/{reference}/{e.Version}", found => name switch
        {
            "stage" => found.IsOpen && found.Stage == stage,
            "closed" => found.Outcome == EventJson.Read<CaseClosed>(e).Outcome,
            "question" => found is { IsOpen: true, Question: not null },
            "reopened" or "moved" => found.IsOpen,
            _ => true,
        });
    }
}
