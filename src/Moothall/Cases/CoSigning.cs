using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>What whoever must agree sees behind their link, and nothing else of the case.</summary>
/// <param name="Shown">The answers that the definition lets them see.</param>
/// <param name="Email">The address that the link was sent to.</param>
/// <param name="LastDay">The last day on which the link works.</param>
/// <param name="Answer">What they answered already: `agreed` or `declined`; null while they have not.</param>
public sealed record CoSignRequest(CouncilCase Case, ServiceDefinition Definition, Answers Shown, string Email, LocalDate LastDay, string? Answer)
{
    /// <summary>Who asks, where the definition lets that be seen.</summary>
    public string? Applicant { get; init; }
    /// <summary>Names of the files among the answers.</summary>
    public IReadOnlyDictionary<string, KnownFile> Files { get; init; } = new Dictionary<string, KnownFile>();
    /// <summary>What they are told and agree to.</summary>
    public CoSign CoSign => Definition.CoSign!;
}

/// <summary>Whom a case waits for, for staff and for the person who asked.</summary>
/// <param name="Asked">When the newest link was sent; null before the first.</param>
/// <param name="Ends">The first moment at which it does not work any more.</param>
/// <param name="Reminded">When they were reminded.</param>
/// <param name="Message">What became of the newest message to them; null before the first.</param>
public sealed record CoSignStanding(string? Name, string? Email, Instant? Asked, Instant? Ends, Instant? Reminded, CaseMessage? Message)
{
    /// <summary>The last day on which the link works.</summary>
    public LocalDate? LastDay(DateTimeZone zone) => Ends?.InZone(zone).Date.PlusDays(-1);
    /// <summary>The address as it may be shown to whoever holds the case's code: enough to see that it is the right one.</summary>
    public string? Masked => CoSigning.Masked(Email);
}

/// <summary>
/// A second person agrees to a case, or does not, by a link that was sent to them: no account, and nothing of the case but what its definition shows them. What they answer takes an action of the stage
/// in which the case waits; so it is worked, told, counted and charged like any other.
/// </summary>
public static class CoSigning
{
    /// <summary>What stands in a line of history, as whom it was given to, where whoever must agree answered by their link.</summary>
    public const string ByLink = "co-signer";
    /// <summary>After so many wrong addresses a link opens nothing any more.</summary>
    public const int MostTries = 10;

    /// <summary>What staff may say when they have another link sent; it stands in the case's history.</summary>
    public static readonly IReadOnlyList<Question> LinkQuestions =
    [
        new()
        {
            Name = "email", Type = QuestionTypes.Find("email")!, Optional = true, Place = default, Text = Phrases.InAll("Their email address, if the one that was given is wrong (optional)"), Short = Phrases.InAll("Email address"),
        },
    ];

    /// <summary>Who must agree, with the address as staff put it right. Pure.</summary>
    internal static (string? Name, string? Email) Person(CoSign coSign, Answers answers, IReadOnlyList<HistoryEntry> history)
    {
        var (name, given) = coSign.Person(answers);
        var undone = history.Select(h => h.Undoes).OfType<int>().ToHashSet();
        var corrected = history.Where(h => h is { Kind: "send-link", AnswersJson: not null } && !undone.Contains(h.Version)).OrderByDescending(h => h.Version)
            .Select(h => (AnswersJson.Read(LinkQuestions, h.AnswersJson!)["email"] as TextAnswer)?.Text).FirstOrDefault(e => e is not null);
        return (name, corrected ?? given);
    }

    /// <summary>Whether a case waits for somebody to agree. Pure.</summary>
    public static bool Waits(CouncilCase @case, ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(definition);
        return @case is { IsOpen: true, IsErased: false } && definition.CoSign is not null && definition.Work.CoSignStage?.Name == @case.Stage && @case.Service == definition.Name;
    }

    /// <summary>Whether staff who take an action must say how they were told: it stands for the word of somebody else. Pure.</summary>
    public static bool StandsForTheirWord(CouncilCase @case, ServiceDefinition definition, string action)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Waits(@case, definition) && definition.CoSign is { } coSign && (action == coSign.Agrees || action == coSign.Declines);
    }

    /// <summary>An address with all but its first letter and its domain left out.</summary>
    public static string? Masked(string? email) => email?.LastIndexOf('@') is > 0 and var at ? $"{email[..1]}…{email[at..]}" : null;

    /// <summary>Has somebody asked to agree, in the unit that brought the case to where it waits for them.</summary>
    /// <param name="before">The case before; null where it is received now.</param>
    /// <param name="again">Another link is to be sent.</param>
    internal static async Task Follow(Unit unit, CouncilCase? before, CouncilCase after, ServiceDefinition definition, bool again, Instant now)
    {
        if (after.Imported || !Waits(after, definition) || (before is not null && !again && Waits(before, definition))) return;
        var stream = CoSignRows.Stream(after.Reference);
        await unit.Append(stream, await unit.VersionOf(stream), EventJson.ToLog(new CoSignDue(after.Service, after.Authority, after.Version), now));
    }

    /// <summary>What a link leads to; null for one that is unknown, guessed, out of date or taken back, which cannot be told apart.</summary>
    public static async Task<CoSignRequest?> Open(Session session, House house, string code)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(house);
        return await Find(session, house, code) is { } found ? found.Request : null;
    }

    /// <summary>Whether somebody knows the address that the link was sent to: mails are forwarded, and only that person may agree. A wrong one is counted, so that refusal keeps its unit.</summary>
    public static async Task<Result<CoSignRequest>> Known(Unit unit, House house, string code, string email)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        if (await Find(unit, house, code) is not var (row, request)) return Refusal.NotFound;
        if (string.Equals(request.Email, Tidy.Line(email), StringComparison.OrdinalIgnoreCase)) return request;
        await CoSignRows.Tried(unit, row.Reference);
        return Refusal.Invalid("This is not the address that we sent the link to. Check it and try again") with { KeepsUnit = true };
    }

    /// <summary>Takes the answer; the same answer again is done already, and another one after it is refused.</summary>
    /// <param name="answer">`agreed` or `declined`; anything else is no answer.</param>
    /// <param name="reason">Why they do not agree, for staff.</param>
    public static async Task<Result<CoSignRequest>> Answer(Unit unit, House house, string code, string answer, string? reason)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        if (await Find(unit, house, code) is not var (_, request)) return Refusal.NotFound;
        if (request.Answer is { } given)
            return given == answer ? request : Refusal.Changed("You have answered this already. Ring us if you want to change what you said");
        var tidy = string.IsNullOrWhiteSpace(reason) ? null : Tidy.Lines(reason);
        var authority = house.Council.FindAuthority(request.Case.Authority) ?? house.Council.Authorities[0];
        var situation = new CaseSituation(request.Case, request.Definition, house.Council.FindOffer(request.Case.Service, request.Case.Authority), authority.Calendar, house.Now, Actor.CoSigner, null);
        var change = Decide(situation, answer, tidy);
        if (change.Value is not { } decided) return change.Refusal!;
        var taken = await CaseActions.Take(unit, house.Services, situation, decided);
        if (taken.Value is not { } after) return taken.Refusal!;
        await CoSignRows.Answered(unit, request.Case.Reference, answer, house.Now);
        return request with { Case = after, Answer = answer };
    }

    /// <summary>The case after somebody agreed or declined. Pure.</summary>
    public static Result<CaseChange> Decide(CaseSituation situation, string answer, string? reason)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!Waits(situation.Case, situation.Definition)) return Refusal.NotFound;
        var coSign = situation.Definition.CoSign!;
        if (answer is not ("agreed" or "declined")) return Refusal.Invalid([new Fault("answer", "answer", Phrases.Mark("Choose whether you agree"))]);
        if (answer == "declined" && reason is null) return Refusal.Invalid([new Fault("reason", "reason", Phrases.Mark("Enter why you do not agree"))]);
        if (reason?.Length > HandleCase.LongestNote) return Refusal.Invalid([new Fault("reason", "reason", Phrases.Mark("What you write must be 4,000 characters or fewer"))]);
        return Taken(situation, answer == "agreed" ? coSign.Agrees : coSign.Declines, answer == "declined" ? reason : null, ByLink);
    }

    /// <summary>The case after the link has ended without an answer. Pure.</summary>
    public static Result<CaseChange> Lapse(CaseSituation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Waits(situation.Case, situation.Definition) ? Taken(situation, situation.Definition.CoSign!.NoAnswer, null, null) : Refusal.NotFound;
    }

    static Result<CaseChange> Taken(CaseSituation situation, string name, string? note, string? givenTo)
    {
        var found = TakeAction.Find(situation.Case, situation.Definition, name);
        if (found.Value is not { } action) return found.Refusal!;
        var change = TakeAction.Decide(situation, action, Answers.None, note, 0);
        return change with { Entry = change.Entry with { GivenTo = givenTo } };
    }

    /// <summary>Has the times of a link looked at again after something was taken back that led the case on.</summary>
    internal static async Task Resume(Unit unit, CouncilCase after, ServiceDefinition definition, Instant now)
    {
        if (Waits(after, definition) && await CoSignRows.Find(unit, after.Reference) is not null) await unit.SetTimer(CoSignTimes.Timer, after.Reference, now);
    }

    /// <summary>Whom a case waits for; null where it waits for nobody to agree.</summary>
    internal static async Task<CoSignStanding?> Standing(Session session, CouncilCase @case, ServiceDefinition definition, Answers answers, IReadOnlyList<HistoryEntry> history)
    {
        if (!Waits(@case, definition)) return null;
        var (name, email) = Person(definition.CoSign!, answers, history);
        var row = await CoSignRows.Find(session, @case.Reference);
        return new CoSignStanding(name, email, row?.Asked, row?.Ends, row?.Reminded, await MessageQueries.ToCoSigner(session, @case.Reference));
    }

    /// <summary>Who asks, where the definition lets whoever must agree see it. Pure.</summary>
    internal static string? Applicant(ServiceDefinition definition, Answers answers) => definition.CoSign is not { } coSign ? null
        : definition.AskedOfApplicant.Where(q => coSign.Shows.Contains(q.Name)).Select(q => (answers[q.Name] as PersonAnswer)?.Name).FirstOrDefault(n => n is not null);

    static async Task<(CoSignRow Row, CoSignRequest Request)?> Find(Session session, House house, string code)
    {
        if (await CoSignRows.OfLink(session, TrackingCodes.Tidied(code)) is not { } row || row.Tries >= MostTries) return null;
        if (await CaseRows.Find(session, row.Reference) is not { IsErased: false } found) return null;
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        if (row.Answer is null && (row.Ends <= house.Now || !Waits(found, definition))) return null;
        if (definition.CoSign is not { } coSign || await CaseRows.AnswersOf(session, row.Reference) is not { } stored || stored.Service != found.Service || stored.Version != found.DefinitionVersion) return null;
        var answers = AnswersJson.Read(definition, stored.Json);
        if (Person(coSign, answers, await CaseRows.History(session, row.Reference)).Email is not { } email) return null;
        var zone = (house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0]).Calendar.Zone;
        // After the answer there is nothing to see any more.
        var shown = row.Answer is not null ? Answers.None : coSign.Shows.Aggregate(Answers.None, (kept, name) => answers[name] is { } answer ? kept.With(name, answer) : kept);
        var files = shown == Answers.None ? [] : await FileStore.OwnedBy(session, CaseRows.Stream(found.Reference));
        return (row, new CoSignRequest(found, definition, shown, email, row.LastDay(zone), row.Answer)
        {
            Applicant = Applicant(definition, answers), Files = files.ToDictionary(f => f.Id, f => new KnownFile(f.Id, f.Name, f.Kind, f.Bytes)),
        });
    }
}
