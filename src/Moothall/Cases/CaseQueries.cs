using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Performance;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>All of a case on one screen: what was asked for, what happened, what may be done next.</summary>
/// <param name="Definition">The definition that its stages belong to.</param>
/// <param name="AnswersDefinition">The definition that its answers belong to (another one after a move).</param>
public sealed record CaseFile(CouncilCase Case, ServiceDefinition Definition, ServiceDefinition AnswersDefinition, Answers Answers, IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<WorkAction> Actions, IReadOnlyDictionary<string, KnownFile> Files)
{
    /// <summary>Whether the answers are kept still.</summary>
    public bool AnswersAreKept { get; init; } = true;
    /// <summary>The definitions that its charges may be of, now and before it was moved: the words for them.</summary>
    public IReadOnlyList<ServiceDefinition> ChargedBy { get; init; } = [];
    /// <summary>Charges of the service that it was moved to which the answers do not tell, so that staff must decide.</summary>
    public IReadOnlyList<Charge> NotWorkedOut { get; init; } = [];
    /// <summary>What is to be paid and was paid.</summary>
    public CasePayments Payments { get; init; } = CasePayments.None;
    /// <summary>Whether another charge may fall due yet, until when what was paid too much is kept.</summary>
    public bool MayGrow => Case.IsOpen && Payments.MayGrow(Definition, NotWorkedOut.Select(c => c.Name));
    /// <summary>What partners are to get, or got.</summary>
    public IReadOnlyList<SharingDue> ToPassOn { get; init; } = [];
    /// <summary>The dangers that the answers raise.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];
    /// <summary>Whom the case waits for to agree; null where it waits for nobody.</summary>
    public CoSignStanding? CoSign { get; init; }
    /// <summary>Who sent it for whom; null where the person sent it themselves.</summary>
    public SentFor? SentFor { get; init; }
    /// <summary>The language that the person is written to in: the one they chose, else the one they asked in.</summary>
    public string Language { get; init; } = "en";
}

/// <summary>One line of progress in words for the resident.</summary>
public sealed record ProgressLine(Instant At, string What)
{
    /// <summary>The language of the words where it is not the one asked for.</summary>
    public string? Language { get; init; }
}

/// <summary>A case as the person who asked may see it: nothing personal, no internal words.</summary>
/// <param name="Title">The service's title.</param>
/// <param name="Outcome">The outcome's code; OutcomeWords say it.</param>
/// <param name="Now">What is happening now, in words.</param>
public sealed record CaseProgress(CouncilCase Case, string Title, string? OutcomeWords, string Now, IReadOnlyList<ProgressLine> History)
{
    /// <summary>The language of the title, and of what is happening now, where it is not the one asked for.</summary>
    public string? TitleLanguage { get; init; }
    public string? NowLanguage { get; init; }
    /// <summary>What is to be paid and was paid.</summary>
    public CasePayments Payments { get; init; } = CasePayments.None;
    /// <summary>The definitions that its charges may be of, now and before it was moved: the words for them.</summary>
    public IReadOnlyList<ServiceDefinition> ChargedBy { get; init; } = [];
    /// <summary>Whether a charge of the service that it was moved to waits for staff to decide it.</summary>
    public bool ChargeToDecide { get; init; }
    /// <summary>Whether another charge may fall due yet, until when what was paid too much is kept.</summary>
    public bool MayGrow { get; init; }
    /// <summary>The definition that the case keeps.</summary>
    public ServiceDefinition? Definition { get; init; }
    /// <summary>When and why the record was erased; null where it was not.</summary>
    public ErasedCase? Erased { get; init; }
    /// <summary>The date from which what was granted counts, as staff answered it; null where the close counts.</summary>
    public LocalDate? CountsFrom { get; init; }
    /// <summary>Whether it will probably take longer than was promised.</summary>
    public bool WillBeLate { get; init; }
    /// <summary>Whom the case waits for to agree; null where it waits for nobody.</summary>
    public CoSignStanding? CoSign { get; init; }
    /// <summary>Who sent it for whom; null where the person sent it themselves.</summary>
    public SentFor? SentFor { get; init; }
}

/// <summary>Questions about cases that other rooms may ask.</summary>
public static class CaseQueries
{
    /// <summary>A case by its reference, or null.</summary>
    public static Task<CouncilCase?> Find(Session session, string reference) => CaseRows.Find(session, reference);

    /// <summary>Several cases by their references, in no order; those that are not there are left out.</summary>
    public static Task<List<CouncilCase>> Find(Session session, IReadOnlyCollection<string> references) => CaseRows.Find(session, references);

    /// <summary>As many cases as there are keys, in no order; those that are not there are left out.</summary>
    public static Task<List<CouncilCase>> Find(Session session, SqlKeys references) => CaseRows.Find(session, references);

    /// <summary>The service and authority of a case, for a contact about it; null when there is none.</summary>
    public static async Task<(string Service, string Authority)?> ServiceOf(Session session, string reference) =>
        CaseReference.Tidy(reference) is { } tidy && await CaseRows.Find(session, tidy) is { } found ? (found.Service, found.Authority) : null;

    /// <summary>The member of staff who took a case down for somebody; null when the person sent it themselves.</summary>
    public static Task<string?> TakenBy(Session session, string reference) =>
        session.First($"select by_member from case_history where reference = {reference} and version = 1", row => row.TextOrNull(0));

    /// <summary>The circumstances of the person, as long as the case keeps them.</summary>
    public static Task<Circumstance?> Circumstance(Session session, string reference) => session.First($"""
        select ward, language, device, assisted_why from case_circumstance where reference = {reference}
        """, row => new Circumstance(row.TextOrNull(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3)));

    /// <summary>The same of several cases, by their references; those that keep none any more are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Circumstance>> Circumstances(Session session, IReadOnlyCollection<string> references)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (await session.Query($"select reference, ward, language, device, assisted_why from case_circumstance where reference in ({new SqlKeys(references)})",
            row => (Reference: row.Text(0), Circumstance: new Circumstance(row.TextOrNull(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4))))).ToDictionary(c => c.Reference, c => c.Circumstance, StringComparer.Ordinal);
    }

    /// <summary>Whether somebody may read a case at this moment, also one of a sensitive service that they opened with a reason.</summary>
    internal static async Task<bool> MayRead(Session session, CouncilCase found, Caller caller, Instant? now) => Rights.May(caller, Right.ReadCases, found.Authority, found.Team, found.Service)
        || (now is { } at && Rights.MayBreakGlass(caller, found.Authority, found.Team, found.Service) && await BreakGlass.Find(session, found.Reference, caller.Id, at) is not null);

    /// <summary>A case for a member of staff who may read it, with everything that belongs to it.</summary>
    /// <param name="now">The time, where a sensitive case that was opened with a reason is shown too.</param>
    public static async Task<Result<CaseFile>> Open(Session session, PublishedServices services, string reference, Caller caller, Instant? now = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!Rights.HasRole(caller, Right.ReadCases)) return Refusal.NotAllowed;
        var found = await CaseRows.Find(session, reference);
        if (found is null || !await MayRead(session, found, caller, now)) return Refusal.NotFound;
        if (found.IsErased) return EraseCase.Gone(reference, await EraseCase.Find(session, reference));
        var file = await Whole(session, services, found);
        return Rights.May(caller, Right.WorkCases, found.Authority, found.Team, found.Service) ? file : file with { Actions = [] };
    }

    /// <summary>A case with everything that belongs to it, for a room that has asked for the right itself; null when there is none.</summary>
    public static async Task<CaseFile?> Whole(Session session, PublishedServices services, string reference)
    {
        ArgumentNullException.ThrowIfNull(services);
        return await CaseRows.Find(session, reference) is { } found ? await Whole(session, services, found) : null;
    }

    static async Task<CaseFile> Whole(Session session, PublishedServices services, CouncilCase found)
    {
        var reference = found.Reference;
        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        var stored = await CaseRows.AnswersOf(session, reference);
        var answersDefinition = stored is { } kept ? (await services.Version(kept.Service, kept.Version)).Definition : definition;
        var answers = stored is { } given ? AnswersJson.Read(answersDefinition, given.Json) : Answers.None;
        var history = await CaseRows.History(session, reference);
        var files = await FileStore.OwnedBy(session, CaseRows.Stream(reference));
        var (payments, itsOwn) = (await PaymentQueries.Of(session, reference), stored is { } of && (of.Service, of.Version) == (found.Service, found.DefinitionVersion));
        var actions = found.IsOpen ? definition.Work.FindStage(found.Stage)?.Actions ?? [] : [];
        return new CaseFile(found, definition, answersDefinition, answers, history, actions, files.ToDictionary(f => f.Id, f => new KnownFile(f.Id, f.Name, f.Kind, f.Bytes)))
        {
            AnswersAreKept = stored is not null, ChargedBy = ChargedBy(services, definition, answersDefinition, payments, history), Payments = payments,
            NotWorkedOut = itsOwn || stored is null ? [] : MoveBeside.NotWorkedOut(found, definition, answersDefinition, answers, history, payments, found.Received.InUtc().Date),
            CoSign = itsOwn ? await CoSigning.Standing(session, found, definition, answers, history) : null,
            SentFor = await ActingAgreements.Of(session, reference), ToPassOn = await Sharings.Of(session, reference), Alerts = Raised(answersDefinition, answers, found.Received),
            Language = (await Notifications.MessageChoice.Of(session, reference)).Language ?? (await Circumstance(session, reference))?.Language ?? "en",
        };
    }

    // The definitions of services that it was in between are those of today: their words serve.
    static List<ServiceDefinition> ChargedBy(PublishedServices services, ServiceDefinition definition, ServiceDefinition first, CasePayments payments, IReadOnlyList<HistoryEntry> history)
    {
        var earlier = payments.Due.Select(d => d.EarlierService).Concat(history.Select(h => h.CameTo).OfType<MoveCameTo>().SelectMany(c => c.Withdrawn.Concat(c.Falling).Concat(c.NotWorkedOut).Concat(c.SetOff)).Select(c => c.Service));
        return [definition, first, .. earlier.OfType<string>().Distinct().Select(s => services.Find(s)?.Definition).OfType<ServiceDefinition>()];
    }

    /// <summary>Whose some cases are, by reference, for lists of references alone.</summary>
    public static async Task<IReadOnlyDictionary<string, (string Authority, string Team, string Service)>> FindAll(Session session, IEnumerable<string> references)
    {
        ArgumentNullException.ThrowIfNull(session);
        var found = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal);
        foreach (var some in references.Distinct().Chunk(200))
            foreach (var (reference, authority, team, service) in await session.Query($"select reference, authority, team, service from council_case where reference in ({some})", row => (row.Text(0), row.Text(1), row.Text(2), row.Text(3))))
                found[reference] = (authority, team, service);
        return found;
    }

    /// <summary>A case for whoever holds its tracking code.</summary>
    public static async Task<CaseProgress?> Track(Session session, PublishedServices services, TrackingCodes codes, string reference, string code, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(codes);
        if (CaseReference.Tidy(reference) is not { } tidy) return null;
        var found = await CaseRows.Find(session, tidy);
        if (found is null || !codes.Opens(code, found.Reference, found.LinkNumber) || (!found.IsErased && TrackingCodes.HasEnded(found, now))) return null;
        return await Progress(session, services, found, language, now);
    }

    /// <summary>A case in the resident's words, for a room that has asked for the right itself.</summary>
    internal static async Task<CaseProgress> Progress(Session session, PublishedServices services, CouncilCase found, string language, Instant now)
    {
        var tidy = found.Reference;
        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        if (found.IsErased) return Progress(found, definition, [], language) with { Erased = await EraseCase.Find(session, tidy), Definition = definition };
        var history = await CaseRows.History(session, tidy);
        var payments = await PaymentQueries.Of(session, tidy);
        var moved = history.Any(h => h.Kind == "moved" && h.GivenTo == found.Service);
        var stored = moved ? await CaseRows.AnswersOf(session, tidy) : null;
        var first = stored is { } of ? (await services.Version(of.Service, of.Version)).Definition : definition;
        IReadOnlyList<Charge> undecided = stored is { } kept ? MoveBeside.NotWorkedOut(found, definition, first, AnswersJson.Read(first, kept.Json), history, payments, found.Received.InUtc().Date) : [];
        return Progress(found, definition, history, language) with
        {
            ChargedBy = ChargedBy(services, definition, first, payments, history), ChargeToDecide = undecided.Count > 0, MayGrow = found.IsOpen && payments.MayGrow(definition, undecided.Select(c => c.Name)),
            Payments = payments, Definition = definition, CountsFrom = RemindOfRenewal.Answered(definition, history),
            SentFor = await ActingAgreements.Of(session, tidy), WillBeLate = await LateForecast.WillBeLate(session, found, now) == true,
            CoSign = CoSigning.Waits(found, definition) && await CaseRows.AnswersOf(session, tidy) is { } theirs && (theirs.Service, theirs.Version) == (found.Service, found.DefinitionVersion)
                ? await CoSigning.Standing(session, found, definition, AnswersJson.Read(definition, theirs.Json), history) : null,
        };
    }

    /// <summary>What is to be paid for a case and what was paid, and the dangers that its answers raise: for the page that confirms it.</summary>
    public static async Task<(CasePayments Payments, IReadOnlyList<Alert> Alerts)> Received(Session session, CouncilCase @case, ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        var alerts = definition.Alerts.Count > 0 && await CaseRows.AnswersOf(session, @case.Reference) is { } stored && stored.Service == definition.Name
            ? Raised(definition, AnswersJson.Read(definition, stored.Json), @case.Received) : [];
        return (definition.Charges.Count > 0 ? await PaymentQueries.Of(session, @case.Reference) : CasePayments.None, alerts);
    }

    /// <summary>The dangers that the answers of a case raise. Pure.</summary>
    public static IReadOnlyList<Alert> Raised(ServiceDefinition definition, Answers answers, Instant received) =>
        definition.Alerts.Count == 0 ? [] : [.. Journey.Walk(definition, answers, received.InUtc().Date).Alerts.Select(raised => raised.Alert)];

    /// <summary>Puts a case's history into the resident's words. Pure.</summary>
    public static CaseProgress Progress(CouncilCase @case, ServiceDefinition definition, IReadOnlyList<HistoryEntry> history, string language)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(history);
        var phrases = Phrases.In(language);
        var lines = new List<ProgressLine>();
        var undone = history.Select(h => h.Undoes).OfType<int>().ToHashSet();
        foreach (var entry in history.Where(h => !undone.Contains(h.Version)))
        {
            var what = entry.Kind switch
            {
                "received" => phrases.Say("We got it."),
                "advanced" when entry.GivenTo == CoSigning.ByLink && entry.Action == definition.CoSign?.Agrees => phrases.Say("The person you named agreed. {next}", ("next", StageWords(definition, entry.Stage!, language))),
                "advanced" => StageWords(definition, entry.Stage!, language),
                "closed" => phrases.Say("We closed it: {outcome}.", ("outcome", OutcomeWords(definition, entry.Outcome!, language))),
                "reopened" => phrases.Say("We opened it again."),
                "moved" when entry.CameTo is { SetOff.Count: > 0 } came => phrases.Say("We passed it to the team that can help. {amount} of what you paid counts there.", ("amount", Wording.In(language).Money(came.SetOff.Sum(s => s.Pence)))),
                "moved" => phrases.Say("We passed it to the team that can help."),
                "ask-customer" => phrases.Say("We asked you a question."),
                "answered" => phrases.Say("You answered our question."),
                "added" => phrases.Say("You told us more."),
                "payment" => phrases.Say("We noted your payment."),
                "charge" => phrases.Say("We worked out what this costs."),
                "reminded" => phrases.Say("We reminded you that it runs out."),
                _ => null,
            };
            if (what is not null) lines.Add(new ProgressLine(entry.At, what) { Language = entry.Kind == "advanced" ? Other(definition.Work.FindStage(entry.Stage!)?.ShownAs, language) : null });
        }
        var now = !@case.IsOpen ? $"{OutcomeWords(definition, @case.Outcome!, language)}."
            : @case.Question is not null ? phrases.Say("We are waiting for your answer.") : StageWords(definition, @case.Stage, language);
        return new CaseProgress(@case, definition.Title.In(language), @case.Outcome is { } outcome ? OutcomeWords(definition, outcome, language) : null, now, lines)
        {
            TitleLanguage = Other(definition.Title, language),
            NowLanguage = !@case.IsOpen ? Other(definition.Work.FindOutcome(@case.Outcome!)?.Label, language) : @case.Question is null ? Other(definition.Work.FindStage(@case.Stage)?.ShownAs, language) : null,
        };
    }

    /// <summary>English where a definition has no words in the language; null where it has.</summary>
    static string? Other(Prose? prose, string language) => prose is null || language == "en" || prose.Texts.ContainsKey(language) ? null : "en";

    /// <summary>A case for somebody else who follows it: its stages and its end, and nothing that passed between the council and the person who reported it.</summary>
    internal static CaseProgress ForFollower(CouncilCase @case, ServiceDefinition definition, IReadOnlyList<HistoryEntry> history, string language)
    {
        var progress = Progress(@case with { Question = null }, definition, [.. history.Where(h => h.Kind is "received" or "advanced" or "closed" or "reopened" or "moved").Select(h => h with { CameTo = null })], language);
        if (@case.Outcome != WithdrawCase.Outcome) return progress;
        var (mine, withdrawn) = (OutcomeWords(definition, WithdrawCase.Outcome, language), Phrases.In(language).Say("The person who reported it took it back"));
        return progress with { OutcomeWords = withdrawn, Now = withdrawn + ".", History = [.. progress.History.Select(l => l with { What = l.What.Replace(mine, withdrawn, StringComparison.Ordinal) })] };
    }

    /// <summary>An outcome in the resident's words; `withdrawn` is every service's.</summary>
    public static string OutcomeWords(ServiceDefinition definition, string outcome, string language) =>
        outcome == WithdrawCase.Outcome ? Phrases.In(language).Say("You withdrew it") : definition.Work.FindOutcome(outcome)?.Label.In(language) ?? outcome;

    /// <summary>What is happening at a stage, in the resident's words.</summary>
    internal static string StageWords(ServiceDefinition definition, string stage, string language) =>
        definition.Work.FindStage(stage)?.ShownAs?.In(language) ?? Phrases.In(language).Say("We are working on it.");
}
