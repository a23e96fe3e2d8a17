using System.Security.Cryptography;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// What the person who asked may do with their own case, opened with its tracking code: answer what they were asked, add a note or a photo, withdraw. Each
/// may be sent twice and is done once.
/// </summary>
public static class ResidentActs
{
    /// <summary>Most additions to one case in 24 hours.</summary>
    public const int MostADay = 5;

    /// <summary>What somebody may add; the same fields on their page and in the case's history.</summary>
    public static readonly IReadOnlyList<Question> Additions =
    [
        new()
        {
            Name = "note", Type = QuestionTypes.Find("long-text")!, Optional = true, MaxLength = HandleCase.LongestNote, Place = default,
            Text = Phrases.InAll("What do you want to tell us?"), Short = Phrases.InAll("Note"),
        },
        new()
        {
            Name = "files", Type = QuestionTypes.Find("file")!, Optional = true, Accept = ["jpeg", "png", "pdf"], MostFiles = 3, Place = default,
            Text = Phrases.InAll("Photos or documents"), Hint = Phrases.InAll("Up to 3 files: JPEG, PNG or PDF, each smaller than 10MB."),
            Short = Phrases.InAll("Photos or documents"),
        },
    ];


    /// <summary>Names a question of ours on a form, so that its answer is never taken for the answer to another.</summary>
    public static string KeyOf(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, 8));

    /// <summary>Takes the answer to the question that the page showed. The same answer again is done already; after another question it is asked anew.</summary>
    /// <param name="asked">The key of the question that was shown.</param>
    public static async Task<Result<CouncilCase>> Answer(Unit unit, PublishedServices services, CouncilFiles council, string reference, string asked, string answer, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await CaseRows.Find(unit, reference) is not { } found) return Refusal.NotFound;
        if (found.Question is { } open && KeyOf(open) != asked) return Refusal.Changed("We have asked you something else meanwhile. Read it, change your answer if you need to, and send it again.");
        if (found.Question is null && (await CaseRows.History(unit, reference)).LastOrDefault(h => h.Kind == "answered")?.Note == Tidy.Lines(answer)) return found;
        return await CaseActions.Answer(unit, services, council, reference, answer, now);
    }

    /// <summary>Adds a note, files or both to an open case. The clocks stay as they are: only the answer to a question makes them run again.</summary>
    /// <param name="once">What the form carried, so that the same form sent twice adds once.</param>
    public static async Task<Result<CouncilCase>> Add(Unit unit, PublishedServices services, CouncilFiles council, string reference, Answers given, string once, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(given);
        const string route = "add";
        if (await CaseRows.Find(unit, reference) is not { } found) return Refusal.NotFound;
        if (await Idempotency.Find(unit, CaseRows.Stream(reference), route, once) is not null) return found;
        var history = await CaseRows.History(unit, reference);
        if (history.Count(h => h.Kind == "added" && h.At > now - Duration.FromDays(1)) >= MostADay)
            return Refusal.Invalid("You can add to this {times, plural, one {once} other {# times}} a day, and you have done that. Come back tomorrow, or ring us", ("times", MostADay));
        var change = Decide(await Situation(unit, services, council, found, now), given);
        if (change.Value is not { } decided) return change.Refusal!;
        var written = await CaseActions.Write(unit, found, decided);
        if (written.IsDone) await Idempotency.Remember(unit, CaseRows.Stream(reference), route, once, "", "");
        return written;
    }

    /// <summary>The case with what was added. Pure.</summary>
    public static Result<CaseChange> Decide(CaseSituation situation, Answers given)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(given);
        if (!situation.Case.IsOpen) return Refusal.Invalid("This is closed, so nothing can be added to it. Ring us if something is wrong");
        var (note, files) = ((given["note"] as TextAnswer)?.Text, given["files"] as FilesAnswer);
        if (note is null && files is null) return Refusal.Invalid([new Fault("note", "note", Phrases.Mark("Write something or choose a photo"))]);
        var after = situation.Case with { Version = situation.Case.Version + 1 };
        var json = files is null ? null : AnswersJson.Write(Additions, Answers.None.With("files", files));
        return new CaseChange(after,
            [situation.ToLog(new CaseHandled(after.Service, after.Authority, after.Team, after.Channel, "added", situation.By, 0))],
            new HistoryEntry(after.Version, situation.Now, "added", null, null, after.Stage, null, note, json, 0), [.. files?.Files ?? []]);
    }

    /// <summary>Ends the case because the person no longer wants it; one that is withdrawn already stays so.</summary>
    public static async Task<Result<CouncilCase>> Withdraw(Unit unit, PublishedServices services, CouncilFiles council, string reference, string? reason, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await CaseRows.Find(unit, reference) is not { } found) return Refusal.NotFound;
        if (found.Outcome == WithdrawCase.Outcome && !found.IsOpen) return found;
        var tidy = string.IsNullOrWhiteSpace(reason) ? null : Tidy.Lines(reason);
        if (tidy?.Length > HandleCase.LongestNote) return Refusal.Invalid("What you write must be 4,000 characters or fewer");
        var change = WithdrawCase.Decide(await Situation(unit, services, council, found, now), tidy, 0);
        return change.Value is { } decided ? await CaseActions.Write(unit, found, decided) : change.Refusal!;
    }

    static async Task<CaseSituation> Situation(Unit unit, PublishedServices services, CouncilFiles council, CouncilCase found, Instant now)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(council);
        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        var authority = council.FindAuthority(found.Authority) ?? council.Authorities[0];
        return new CaseSituation(found, definition, council.FindOffer(found.Service, found.Authority), authority.Calendar, now, Actor.Resident, null);
    }
}
