using Moothall.Council;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// The effect that asks somebody to agree: it makes their link and writes the message into the outbox, a minute after the case came to wait for them, so that what was undone asks nobody. A new link
/// ends the one before. Its time begins on the day it is sent.
/// </summary>
public sealed class AskCoSigner(House house) : IWrittenEffect
{
    public string Name => "ask-co-signer";
    public string Kind => "email";

    public IReadOnlyList<string> Recipients(LogEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Type == CoSignDue.Type ? ["co-signer"] : [];
    }

    public async Task<IReadOnlyList<EffectOutcome>> Write(Unit unit, IReadOnlyList<DueEffect> due)
    {
        ArgumentNullException.ThrowIfNull(due);
        var outcomes = new List<EffectOutcome>(due.Count);
        foreach (var one in due)
        {
            using var span = one.GoOn();
            var asked = EventJson.Read<CoSignDue>(one.Event);
            outcomes.Add(await Ask(unit, one.Event.Stream["co-sign/".Length..], asked.CaseVersion, one.Event.Version) ? EffectOutcome.Done : EffectOutcome.NotSent("it was no longer so"));
        }
        return outcomes;
    }

    async Task<bool> Ask(Unit unit, string reference, int caseVersion, int due)
    {
        if (await CoSignCase.Of(unit, house, reference) is not { } waiting || await UndoCase.WasUndone(unit, reference, caseVersion)) return false;
        var before = await CoSignRows.Find(unit, reference);
        // The same event again, because the node ended before it could write down that this was done.
        if (before?.Due >= due) return true;
        var (now, zone) = (house.Now, waiting.Authority.Calendar.Zone);
        var last = waiting.CoSign.LastDay(now.InZone(zone).Date);
        var row = new CoSignRow(reference, (before?.Number ?? 0) + 1, 0, due, now, last.PlusDays(1).AtStartOfDayInZone(zone).ToInstant(), null, null, null);
        await CoSignRows.Write(unit, row, house.Codes.ForCoSign(reference, row.Number));
        await unit.SetTimer(CoSignTimes.Timer, reference, CoSignTimes.Next(row, waiting));
        var stream = CoSignRows.Stream(reference);
        await unit.Append(stream, await unit.VersionOf(stream), EventJson.ToLog(new CoSignAsked(waiting.Case.Service, waiting.Case.Authority, before is null ? "first" : "again", row.Ends), now));
        await waiting.Queue(unit, house, row, "co-sign", $"co-sign/{reference}/{row.Number}");
        return true;
    }
}

/// <summary>Reminds whoever has not answered before their link ends, and takes the action for no answer when it has.</summary>
public sealed class CoSignTimes(House house) : ITimerHandler
{
    public const string Timer = "co-sign";
    static readonly LocalTime Morning = new(9, 0);

    public string Kind => Timer;

    /// <summary>When there is something to be done about a link: the reminder, else its end.</summary>
    internal static Instant Next(CoSignRow row, CoSignCase waiting) => ReminderAt(row, waiting) ?? row.Ends;

    // In the morning; null where it was sent, or none is.
    static Instant? ReminderAt(CoSignRow row, CoSignCase waiting)
    {
        var zone = waiting.Authority.Calendar.Zone;
        return row.Reminded is null ? waiting.CoSign.ReminderBefore(row.LastDay(zone))?.At(Morning).InZoneLeniently(zone).ToInstant() : null;
    }

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await CoSignRows.Find(unit, key) is not { Answer: null } row || await CoSignCase.Of(unit, house, key) is not { } waiting) return;
        var now = house.Now;
        if (now >= row.Ends)
        {
            var situation = new CaseSituation(waiting.Case, waiting.Definition, house.Council.FindOffer(waiting.Case.Service, waiting.Case.Authority), waiting.Authority.Calendar, now, Actor.Rule, null);
            if (CoSigning.Lapse(situation).Value is { } change) await CaseActions.Take(unit, house.Services, situation, change);
            return;
        }
        if (ReminderAt(row, waiting) <= now)
        {
            await CoSignRows.Reminded(unit, key, now);
            row = row with { Reminded = now };
            var stream = CoSignRows.Stream(key);
            await unit.Append(stream, await unit.VersionOf(stream), EventJson.ToLog(new CoSignAsked(waiting.Case.Service, waiting.Case.Authority, "reminded", row.Ends), now));
            await waiting.Queue(unit, house, row, "co-sign-reminder", $"co-sign/{key}/{row.Number}/reminder");
        }
        await unit.SetTimer(Timer, key, Next(row, waiting));
    }
}

/// <summary>A case that waits for somebody to agree, with what writing to them needs. Read when it is needed, never kept.</summary>
sealed record CoSignCase(CouncilCase Case, ServiceDefinition Definition, Authority Authority, Answers Answers)
{
    public CoSign CoSign => Definition.CoSign!;

    /// <summary>The case as it stands; null where it waits for nobody to agree.</summary>
    public static async Task<CoSignCase?> Of(Session session, House house, string reference)
    {
        if (await CaseRows.Find(session, reference) is not { } found) return null;
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        if (!CoSigning.Waits(found, definition)) return null;
        if (await CaseRows.AnswersOf(session, reference) is not { } stored || stored.Service != found.Service || stored.Version != found.DefinitionVersion) return null;
        return new CoSignCase(found, definition, house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0], AnswersJson.Read(definition, stored.Json));
    }

    /// <summary>Queues a message to them, in the language that the case was asked for in.</summary>
    public async Task Queue(Unit unit, House house, CoSignRow row, string kind, string key)
    {
        var chosen = (await MessageChoice.Of(unit, Case.Reference)).Language ?? (await CaseQueries.Circumstance(unit, Case.Reference))?.Language ?? "en";
        var ofService = house.Services.Find(Case.Service)?.Templates ?? Journeys.ServiceFile.NoTemplates;
        var (template, language) = Templates.Find(house.Council, ofService, kind, null, chosen);
        var (name, email) = CoSigning.Person(CoSign, Answers, await CaseRows.History(unit, Case.Reference));
        await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = key, Kind = kind, Authority = Case.Authority, Service = Case.Service, About = Case.Reference, Version = Case.Version, To = email, Language = language, IsForApplicant = false,
            Subject = template.Subject, Body = template.Body,
            Fields = new Dictionary<string, string?>
            {
                ["reference"] = Case.Reference, ["title"] = Definition.Title.In(language), ["council"] = Authority.Name, ["name"] = name, ["applicant"] = CoSigning.Applicant(Definition, Answers),
                ["phone"] = house.Council.FindOffer(Case.Service, Case.Authority)?.Phone ?? Authority.Contact.Phone,
                ["link"] = $"{Authority.PublicAddress}/agree/{house.Codes.ForCoSign(Case.Reference, row.Number)}", ["until"] = Wording.In(language).Date(row.LastDay(Authority.Calendar.Zone)),
            },
        });
    }
}
