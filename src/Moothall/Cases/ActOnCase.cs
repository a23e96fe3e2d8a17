using Moothall.Council;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Reads answers to the questions that an action asks, from a form or from JSON.</summary>
public delegate (Answers Answers, IReadOnlyList<Fault> Faults) ReadAnswers(IReadOnlyList<Question> questions, ReadingContext context);

/// <summary>What a member of staff (or a partner's program) does with a case.</summary>
public sealed record ActOnCase
{
    public required string Reference { get; init; }
    /// <summary>An action of the definition, or one of <see cref="Always"/>.</summary>
    public required string Action { get; init; }
    /// <summary>The version of the case that the person saw.</summary>
    public required int SeenVersion { get; init; }
    public required ReadAnswers Answers { get; init; }
    /// <summary>Plain values of the actions that every case has: `to` (member), `team`, `service`, `question`, `charge`, `amount`, `how`, `receipt`, `partner`.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
    public string? Note { get; init; }
    public int HandlingSeconds { get; init; }
    /// <summary>When it was done, where it is history.</summary>
    public Instant? At { get; init; }
    public required Caller By { get; init; }
    /// <summary>Files that the answers may name, already looked up.</summary>
    public Func<string, KnownFile?> File { get; init; } = _ => null;
    /// <summary>The language of whoever acts, for what is wrong with answers.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The names of the actions that every case has.</summary>
    public static readonly IReadOnlyList<string> Always = ["assign", "note", "ask-customer", "move", "reopen", "withdraw", "record-payment", "add-charge", "pass-on", "send-link"];
}

/// <summary>A case, and what an action would make of it.</summary>
sealed record CaseAhead(CouncilCase Before, CaseChange Change, CaseSituation Situation, ActOnCase Command);

/// <summary>Takes actions on cases: who may, on what they saw, decided by the case's own definition, written in one unit.</summary>
public static class CaseActions
{
    /// <summary>Decides the action and writes the case, its history and its events.</summary>
    public static async Task<Result<CouncilCase>> Act(Unit unit, PublishedServices services, CouncilFiles council, ActOnCase command, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var looked = await Look(unit, services, council, command, now);
        if (looked.Value is not { } ahead) return looked.Refusal!;
        var (before, change, situation) = (ahead.Before, ahead.Change, ahead.Situation);
        var beside = await Beside(unit, situation, council, ahead.Command);
        if (!beside.IsDone) return beside.Refusal!;
        var (kept, said) = beside.Value;
        var (owed, moved, stage) = command.At is null ? await Charging(unit, services, council, ahead) : (null, null, null);
        if (await CameTo(unit, before, moved, stage) is { } charged) said = charged;
        if (said is not null) change = change with { Entry = change.Entry with { CameTo = said } };
        var done = await Write(unit, before, change);
        if (!done.IsDone || command.At is not null) return done;
        await RemindOfRenewal.Follow(unit, before, change.After, situation.Definition, situation.Calendar);
        await CoSigning.Follow(unit, before, change.After, situation.Definition, command.Action == "send-link", now);
        if (moved is not null)
        {
            var (payments, sharings) = await moved.Write(unit, situation, change.After, owed!);
            kept = kept with { Payments = payments, Sharings = sharings };
        }
        if (stage is not null)
        {
            var fell = await Falling.Due(unit, stage);
            kept = kept with { Charges = fell.Charges, SetOffs = fell.SetOffs };
        }
        await UndoCase.Keep(unit, before, change, kept, command.By.Id, now);
        return done;
    }

    /// <summary>What the action would make of the case, or why it cannot be done; nothing is written.</summary>
    internal static async Task<Result<CaseAhead>> Look(Session session, PublishedServices services, CouncilFiles council, ActOnCase command, Instant now)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(command);
        var imported = command.At is not null;
        var right = imported ? Right.ImportHistory : Right.WorkCases;
        if (!Rights.HasRole(command.By, right)) return Refusal.NotAllowed;
        var found = await CaseRows.Find(session, command.Reference);
        if (found is null) return Refusal.NotFound;
        if (!Rights.May(command.By, right, found.Authority, found.Team, found.Service))
            return found.Version != command.SeenVersion && Rights.May(command.By, Right.ReadCases, found.Authority, found.Team, found.Service) ? Changed : Refusal.NotFound;
        if (found.IsErased) return EraseCase.Gone(found.Reference, await EraseCase.Find(session, found.Reference));
        if (imported && command.At > now) return Refusal.Invalid("“at” is in the future. History lies in the past.");
        if (imported && command.At < found.Received) return Refusal.Invalid("“at” is before the case was received.");
        if (found.Version != command.SeenVersion) return Changed;
        if (command.HandlingSeconds is < 0 or > 86_400) return Refusal.Invalid("Handling time must be between 0 seconds and 24 hours");
        command = command with { Note = command.Note is { } note ? Tidy.Lines(note) : null, Values = command.Values.ToDictionary(v => v.Key, v => Tidy.Lines(v.Value)) };
        if (command.Note?.Length > HandleCase.LongestNote) return Refusal.Invalid("The note must be 4,000 characters or fewer");

        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        var authority = council.FindAuthority(found.Authority) ?? council.Authorities[0];
        var actor = imported ? Actor.Import : Actor.Worker;
        var situation = new CaseSituation(found, definition, council.FindOffer(found.Service, found.Authority), authority.Calendar, command.At ?? now, actor, command.By.Id, imported);
        var change = Decide(situation, services, council, command);
        return change.Value is { } decided ? new CaseAhead(found, decided, situation, command) : change.Refusal!;
    }

    // What an action makes due: by a move to another service, or by the stage that begins.
    static async Task<(OwedByCase? Owed, MoveBeside? Moved, FallDue? Stage)> Charging(Session session, PublishedServices services, CouncilFiles council, CaseAhead ahead)
    {
        var (before, after, situation) = (ahead.Before, ahead.Change.After, ahead.Situation);
        if (after.Service == before.Service) return (null, null, await StageMoment(session, services, situation, after));
        var owed = await OwedByCase.Read(session, services, before.Reference);
        return (owed, MoveBeside.Decide(situation, after, (await services.Version(after.Service, after.DefinitionVersion)).Definition, council.FindOffer(after.Service, after.Authority), owed, council.Agreements), null);
    }

    static async Task<MoveCameTo?> CameTo(Session session, CouncilCase before, MoveBeside? moved, FallDue? stage)
    {
        if (moved is not null) return moved.CameTo.IsNothing ? null : moved.CameTo;
        if (stage is null) return null;
        var known = await PaymentQueries.Of(session, before.Reference);
        var falling = stage.Rows(known);
        return MoveCameTo.Of(before.Service, falling, SetOff.Decide(known, before.Service, falling, stage.At));
    }

    /// <summary>What an action would come to for payments and partners; null where nothing. Nothing is written.</summary>
    internal static async Task<MoveCameTo?> CameTo(Session session, PublishedServices services, CouncilFiles council, CaseAhead ahead)
    {
        var (_, moved, stage) = await Charging(session, services, council, ahead);
        return await CameTo(session, ahead.Before, moved, stage);
    }

    // What other rooms keep of an action, in the same unit, and what the history says of it: they refuse before they write.
    static async Task<Result<(Beside Kept, MoveCameTo? Said)>> Beside(Unit unit, CaseSituation situation, CouncilFiles council, ActOnCase command)
    {
        var (@case, now) = (situation.Case, situation.Now);
        string Value(string name) => command.Values.GetValueOrDefault(name) ?? "";
        switch (command.Action)
        {
            case "record-payment":
                var recorded = await new RecordPayment
                {
                    Reference = @case.Reference, Service = @case.Service, Authority = @case.Authority, Charge = Value("charge"), Amount = Value("amount"), How = Value("how"),
                    Receipt = Value("receipt"), At = now, By = situation.By, ByMember = situation.ByMember,
                }.Record(unit);
                return recorded.Value is { } made ? Alone(Cases.Beside.Nothing with { Payment = made.Number }) : recorded.Refusal!;
            case "add-charge":
                var added = await new AddCharge
                {
                    Reference = @case.Reference, Definition = situation.Definition, Offer = situation.Offer!, Charge = Value("charge"), Amount = Value("amount"), Reason = command.Note, At = now, By = situation.By,
                }.Add(unit);
                if (!added.IsDone) return added.Refusal!;
                var (due, setOffs) = added.Value;
                return (Cases.Beside.Nothing with { Charges = [due.Charge], SetOffs = setOffs }, MoveCameTo.Of(@case.Service, [due], setOffs));
            case "pass-on":
                var passed = await Sharings.PassOn(unit, @case.Reference, @case.Service, @case.Authority, Value("partner"), council.Agreements, situation.Calendar.DayOf(now), now, situation.By,
                    situation.ByMember);
                return passed.Value is { } mark ? Alone(Cases.Beside.Nothing with { Partner = mark.Partner }) : passed.Refusal!;
            default:
                return Alone(Cases.Beside.Nothing);
        }

        static (Beside, MoveCameTo?) Alone(Beside kept) => (kept, null);
    }

    /// <summary>The moment at which a stage that begins may make charges due, with the answers of the case; null where none does.</summary>
    internal static async Task<FallDue?> StageMoment(Session session, PublishedServices services, CaseSituation situation, CouncilCase after)
    {
        if (!situation.Definition.Charges.Any(c => c.Stage == after.Stage) || await CaseRows.AnswersOf(session, after.Reference) is not { } stored) return null;
        var given = (await services.Version(stored.Service, stored.Version)).Definition;
        return StageMoment(situation, after, given, AnswersJson.Read(given, stored.Json));
    }

    /// <summary>The moment at which a stage that begins may make charges due; null where none does. Pure.</summary>
    /// <param name="given">The definition that the answers were given to: after a move only those charges fall due that they allow to be worked out.</param>
    internal static FallDue? StageMoment(CaseSituation situation, CouncilCase after, ServiceDefinition given, Answers answers)
    {
        var (before, definition) = (situation.Case, situation.Definition);
        if (!after.IsOpen || after.Stage == before.Stage || after.Service != before.Service || situation.Offer is not { } offer) return null;
        if (!definition.Charges.Any(c => c.Stage == after.Stage)) return null;
        var today = situation.Calendar.DayOf(situation.Now);
        if (given != definition)
        {
            var carried = CarriedAnswers.To(definition, given, answers, today);
            (definition, answers) = (carried.Told(), carried.Kept);
        }
        return new FallDue { Reference = after.Reference, Definition = definition, Answers = answers, Offer = offer, Stage = after.Stage, At = situation.Now, Today = today, By = situation.By };
    }

    // Also where the change took the case to another team, whose work it is now.
    static readonly Refusal Changed = Refusal.Changed("Somebody else changed this case while you were looking at it. Look at what changed, then try again.");

    /// <summary>Takes the customer's answer to what staff asked. The case was opened with its tracking code.</summary>
    public static async Task<Result<CouncilCase>> Answer(Unit unit, PublishedServices services, CouncilFiles council, string reference, string? answer, Instant now)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(council);
        var found = await CaseRows.Find(unit, reference);
        if (found is null) return Refusal.NotFound;
        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        var authority = council.FindAuthority(found.Authority) ?? council.Authorities[0];
        var change = HandleCase.Answer(new CaseSituation(found, definition, null, authority.Calendar, now, Actor.Resident, null), answer is null ? null : Tidy.Lines(answer));
        return change.Value is { } decided ? await Write(unit, found, decided) : change.Refusal!;
    }

    static Result<CaseChange> Decide(CaseSituation situation, PublishedServices services, CouncilFiles council, ActOnCase command)
    {
        var (note, seconds) = (command.Note, command.HandlingSeconds);
        switch (command.Action)
        {
            case "assign":
                var to = command.Values.GetValueOrDefault("to") is { Length: > 0 } id ? id : null;
                var member = to is null ? null : council.Members.GetValueOrDefault(to);
                var mayWork = member is not null && Rights.May(StaffSessions.AsKnown(council, member.Id, situation.Now), Right.WorkCases, situation.Case.Authority, situation.Case.Team, situation.Case.Service);
                return HandleCase.Assign(situation, to, mayWork, note, seconds);
            case "note":
                return HandleCase.Note(situation, note, seconds);
            case "ask-customer":
                return HandleCase.AskCustomer(situation, command.Values.GetValueOrDefault("question") is { Length: > 0 } question ? question : note, seconds);
            case "move" when command.Values.GetValueOrDefault("service") is { Length: > 0 } service:
                var published = services.Find(service);
                return MoveCase.ToService(situation, published?.Definition, published?.Version ?? 0, council.FindOffer(service, situation.Case.Authority), note, seconds);
            case "move":
                return MoveCase.ToTeam(situation, council.Teams.GetValueOrDefault(command.Values.GetValueOrDefault("team") ?? ""), note, seconds);
            case "reopen":
                return ReopenCase.Decide(situation, note, seconds);
            case "withdraw":
                return WithdrawCase.Decide(situation, note, seconds);
            case "record-payment":
                return HandleCase.Payment(situation, note, seconds);
            case "add-charge":
                return HandleCase.Charge(situation, note, seconds);
            case "pass-on":
                return HandleCase.PassedOn(situation, note, seconds);
            case "send-link":
                var (corrected, mistaken) = command.Answers(CoSigning.LinkQuestions, new ReadingContext { Today = situation.Calendar.DayOf(situation.Now), Language = command.Language });
                return mistaken.Count > 0 ? Refusal.Invalid([.. mistaken]) : HandleCase.SendLink(situation, corrected, note, seconds);
        }
        var found = TakeAction.Find(situation.Case, situation.Definition, command.Action);
        if (found.Value is not { } action) return found.Refusal!;
        if (string.IsNullOrWhiteSpace(note) && CoSigning.StandsForTheirWord(situation.Case, situation.Definition, action.Name)) return Refusal.Invalid("Enter how they told you, for example on a form that they signed");
        var questions = action.Ask.Select(situation.Definition.Work.FindQuestion).OfType<Question>().ToList();
        var (answers, faults) = command.Answers(questions, new ReadingContext
        {
            Today = situation.Calendar.DayOf(situation.Now), Language = command.Language, File = command.File, LookUps = council.Places,
        });
        return faults.Count > 0 ? Refusal.Invalid(faults) : TakeAction.Decide(situation, action, answers, note, seconds);
    }

    /// <summary>Writes an action of the definition that nobody of staff took: what it makes due falls due, and nothing is kept for undoing.</summary>
    internal static async Task<Result<CouncilCase>> Take(Unit unit, PublishedServices services, CaseSituation situation, CaseChange change)
    {
        var before = situation.Case;
        var stage = await StageMoment(unit, services, situation, change.After);
        if (await CameTo(unit, before, null, stage) is { } came) change = change with { Entry = change.Entry with { CameTo = came } };
        var done = await Write(unit, before, change);
        if (!done.IsDone) return done;
        await RemindOfRenewal.Follow(unit, before, change.After, situation.Definition, situation.Calendar);
        if (stage is not null) await Falling.Due(unit, stage);
        return done;
    }

    /// <summary>Writes a decided change over the case that was read.</summary>
    internal static async Task<Result<CouncilCase>> Write(Unit unit, CouncilCase before, CaseChange change)
    {
        if (change.Files.Count > 0 && !await FileStore.GiveTo(unit, change.Files, CaseRows.Stream(before.Reference)))
        {
            // On PostgreSQL each statement sees the newest: the same action, sent twice, may have given the file away since the case was read.
            if ((await CaseRows.Find(unit, before.Reference))?.Version != before.Version) throw new StoreConflictException($"{before.Reference} changed while it was being looked at.");
            return Refusal.Invalid("A file of the answers is not there any more, or belongs to another case. Upload it again.");
        }
        if (!await CaseRows.Update(unit, change.After, before.Version)) throw new StoreConflictException($"{before.Reference} changed while it was being written.");
        await CasePlaces.Follow(unit, before, change.After);
        await CaseRows.InsertHistory(unit, before.Reference, change.Entry);
        await unit.Append(CaseRows.Stream(before.Reference), before.Version, change.Events);
        return change.After;
    }
}
