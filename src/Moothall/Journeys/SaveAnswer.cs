using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>Somebody's first words to a service, where there is no draft yet: the front door, the language and device of their browser.</summary>
public sealed record NewJourney(string Authority, string Channel, string Language, string? Device)
{
    /// <summary>The account of whoever is signed in; null where nobody is.</summary>
    public string? Account { get; init; }
    /// <summary>The agreement under which they do it for somebody else; null where they do it for themselves.</summary>
    public string? Acting { get; init; }
}

/// <summary>A good answer to a question; null takes it back.</summary>
public sealed record GivenAnswer(string Question, Answer? Answer);

/// <summary>One good answer to one question, with those of the questions that stand on the same page. A journey begins with its first one; a look at a page begins nothing.</summary>
/// <param name="DraftId">The id of the browser's draft; null where it has none. Where there is no such draft any more, another is begun under a new id.</param>
/// <param name="Answer">The answer; null takes back what was answered, or where rows change.</param>
/// <param name="Published">The newest version, used only where the draft begins.</param>
public sealed record SaveAnswer(string? DraftId, PublishedService Published, string Question, Answer? Answer, NewJourney Begin)
{
    /// <summary>The draft as the request read it, and where its journey stood, so that it need not be read again where it is still at that revision.</summary>
    public SavedDraft? Seen { get; init; }

    /// <summary>What was decided over <see cref="Seen"/> before the unit began; null where it cannot be decided without the unit.</summary>
    internal SavedDraft? Ahead { get; init; }

    /// <summary>Answers to the other questions of the page, which are saved together with it.</summary>
    public IReadOnlyList<GivenAnswer> Beside { get; init; } = [];

    /// <summary>What was filled in on the page, by question; an answer that is sent as it was counts as such once.</summary>
    public Answers Proposed { get; init; } = Answers.None;

    /// <summary>What is written into a row of the group that <see cref="Question"/> names, or that the row is removed; null where a question is answered.</summary>
    public RowChange? Row { get; init; }

    /// <summary>The answers of the page, those of a row too.</summary>
    internal IEnumerable<Answer> Given => (Row is { } row ? row.Answers.Select(a => a.Answer) : Beside.Select(b => b.Answer).Prepend(Answer)).OfType<Answer>();

    /// <summary>The last question of the page.</summary>
    public string LastQuestion => Beside is [.., var last] ? last.Question : Question;
}

/// <summary>Answers that are written into one row of a group.</summary>
/// <param name="At">Which row, from the outermost group.</param>
/// <param name="Answers">What is answered in it; empty where it is removed.</param>
public sealed record RowChange(IReadOnlyList<RowAt> At, IReadOnlyList<GivenAnswer> Answers);

/// <summary>A saved draft and where its journey stands.</summary>
public sealed record SavedDraft(Draft Draft, ServiceDefinition Definition, Answers Answers, Walk Walk);

/// <summary>Saves answers, one at a time, each durable before the next page is shown.</summary>
public static class AnswerSaving
{
    /// <summary>Decides the draft after the answer. Pure.</summary>
    /// <param name="draft">The draft as it stands, or null where the journey begins.</param>
    /// <param name="definition">The definition of the draft's version.</param>
    /// <param name="today">The day in the council's zone.</param>
    public static Result<SavedDraft> Decide(SaveAnswer command, Draft? draft, ServiceDefinition definition, Instant now, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(definition);
        var answers = draft is null ? Answers.None : AnswersJson.Read(definition, draft.AnswersJson);
        return Decide(command, draft, definition, answers, Journey.Walk(definition, answers, today), now, today);
    }

    static Result<SavedDraft> Decide(SaveAnswer command, Draft? draft, ServiceDefinition definition, Answers answers, Walk before, Instant now, LocalDate today)
    {
        if (draft is { How: "submitted" }) return Refusal.Changed("You have sent these answers already.");
        if (!MayAnswer(definition.FindQuestion(command.Question), before)) return Refusal.NotFound;

        if (Changed(command, definition, answers, before, today) is not var (after, changed)) return Refusal.NotFound;
        // The same answer that led to a designed end, sent twice: that end is counted already.
        if (draft is { IsOpen: false, How: not FollowInstead.How } && after.Equals(answers)) return new SavedDraft(draft, definition, answers, before);
        var walk = Journey.Walk(definition, after, today);
        // An answer that changes what is asked leaves others behind; they are kept until sending, in case the person changes back.
        var json = AnswersJson.Write(definition, after);
        // What ended at a designed end was counted; changing an answer there begins another journey.
        if (draft is null || !draft.IsOpen)
            return new SavedDraft(new Draft
            {
                Id = Draft.NewId(),
                Service = definition.Name, Version = draft?.Version ?? command.Published.Version, Authority = command.Begin.Authority, Channel = command.Begin.Channel,
                Language = command.Begin.Language, Device = command.Begin.Device, Account = command.Begin.Account, Acting = command.Begin.Acting, AnswersJson = json, Revision = 1, Corrected = changed, Prefilled = AsProposed(command, answers), LastQuestion = command.LastQuestion,
                Started = now, Touched = now,
            }, definition, after, walk);
        return new SavedDraft(draft with
        {
            AnswersJson = json, Revision = draft.Revision + 1, Corrected = draft.Corrected + changed, Prefilled = draft.Prefilled + AsProposed(command, answers), LastQuestion = command.LastQuestion, Touched = now,
        }, definition, after, walk);
    }

    // How many answers are given for the first time, and as they were filled in.
    static int AsProposed(SaveAnswer command, Answers before) => command.Row is not null || command.Proposed.Count == 0 ? 0
        : command.Beside.Prepend(new GivenAnswer(command.Question, command.Answer)).Count(g => before[g.Question] is null && g.Answer is { } answer && answer.Equals(command.Proposed[g.Question]));

    // A page is there to be answered as soon as one of its questions is; whichever of them is answered first.
    static bool MayAnswer(Question? question, Walk walk) => question is not null && (question.Page is { } page ? page.Ask.Any(walk.MayVisit) : walk.MayVisit(question.Name));

    // The answers after the command, and how many of those given before it changed; null where it is about what is not asked. Only questions that a page asks at once are answered at once.
    static (Answers After, int Changed)? Changed(SaveAnswer command, ServiceDefinition definition, Answers answers, Walk walk, LocalDate today)
    {
        var question = definition.FindQuestion(command.Question);
        var changed = 0;
        Answers Put(Answers into, GivenAnswer given)
        {
            if (into[given.Question] is { } was && !was.Equals(given.Answer)) changed++;
            return given.Answer is { } answer ? into.With(given.Question, answer) : into.Without(given.Question);
        }
        if (command.Row is { } row)
            return question is { IsGroup: true } && Rows.Changed(answers, question, row.At, row.Answers.Count == 0 ? null : before => row.Answers.Aggregate(before, Put)) is { } rows ? (rows, changed) : null;
        if ((command.Beside.Count > 0 || !walk.MayVisit(command.Question)) && !AreAskedTogether(command, definition, question, walk, today)) return null;
        var after = Put(answers, new GivenAnswer(command.Question, command.Answer));
        foreach (var beside in command.Beside) after = Put(after, beside);
        return (after, changed);
    }

    static bool AreAskedTogether(SaveAnswer command, ServiceDefinition definition, Question? question, Walk walk, LocalDate today) =>
        question?.Page is { } page && Stops.AskedOn(definition, page, walk, today) is { } asked && command.Beside.Select(b => b.Question).Prepend(command.Question).All(name => asked.Any(q => q.Name == name));

    /// <summary>
    /// Decides as much as can be decided without the store, so that the unit, for which everybody waits, only writes. Most answers are so: the next of an open journey, without files,
    /// without an end.
    /// </summary>
    public static SaveAnswer DecideAhead(SaveAnswer command, Instant now, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Seen is { Draft.IsOpen: true } seen && !command.Given.Any(a => a is FilesAnswer)
            && Decide(command, seen.Draft, seen.Definition, seen.Answers, seen.Walk, now, today).Value is { Walk.Exit: null } decided ? command with { Ahead = decided } : command;
    }

    /// <summary>Decides and saves. At a designed end the journey is over and counted as completed.</summary>
    public static async Task<Result<SavedDraft>> Save(Unit unit, PublishedServices services, SaveAnswer command, Instant now, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(command);
        // Only over the revision that was seen; else the draft is read anew.
        if (command.Ahead is { } ahead && await DraftRows.Update(unit, ahead.Draft)) return ahead;
        var draft = command.DraftId is { } id ? await DraftRows.Find(unit, id) : null;
        if (draft is not null && draft.Service != command.Published.Definition.Name) draft = null;
        var definition = draft is null ? command.Published.Definition : (await services.Version(draft.Service, draft.Version)).Definition;
        var decided = Decide(command, draft, definition, now, today);
        if (decided.Value is not { } saved) return decided;
        if (ReferenceEquals(saved.Draft, draft)) return saved;
        if (!await HoldFiles(unit, command, saved))
        {
            await DraftRows.MustBeAt(unit, draft);
            return Refusal.Invalid([new Fault(command.Question, command.Question, Phrases.Mark("A file that you sent is not there any more. Upload it again"))]);
        }

        var begins = saved.Draft.Revision == 1;
        // After a row others may come: an end that hangs on how many there are is taken when the group is answered.
        var end = command.Row is null ? saved.Walk.Exit : null;
        if (end is not null) saved = saved with { Draft = saved.Draft with { Ended = now, How = "exit" } };
        await DraftRows.Save(unit, saved.Draft);
        if (begins)
        {
            await unit.Append(Draft.Stream(saved.Draft.Id), 0,
                [EventJson.ToLog(new JourneyStarted(saved.Draft.Service, saved.Draft.Authority, saved.Draft.Channel), now)]);
            await unit.SetTimer(Draft.Timer, saved.Draft.Id, now + Draft.Life);
        }
        if (end is not null)
        {
            await unit.Append(Draft.Stream(saved.Draft.Id), 1, [EventJson.ToLog(Ended(saved.Draft, saved.Draft.Authority, "exit", end.Name, saved.Walk.Path.Count, now), now)]);
        }
        return saved;
    }

    // The draft holds the files of its answers: those just sent, and those of the draft that it goes on from.
    static async Task<bool> HoldFiles(Unit unit, SaveAnswer command, SavedDraft saved)
    {
        var goesOn = command.DraftId is not null && command.DraftId != saved.Draft.Id;
        var files = (goesOn ? saved.Definition.Ask.Files(saved.Answers) : command.Given.OfType<FilesAnswer>().SelectMany(f => f.Files)).ToList();
        return files.Count == 0 || await FileStore.GiveTo(unit, files, UploadFile.OwnerOf(saved.Draft.Id), command.DraftId is { } before ? UploadFile.OwnerOf(before) : null);
    }

    /// <summary>What the log is told of a journey's end.</summary>
    public static JourneyEnded Ended(Draft draft, string authority, string how, string? exit, int asked, Instant now)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new JourneyEnded(draft.Service, authority, draft.Authority, draft.Channel, how, exit, draft.Started, draft.LastQuestion, asked, draft.Prefilled, draft.Corrected, 0,
            (int)Math.Min((now - draft.Started).TotalSeconds, int.MaxValue));
    }
}
