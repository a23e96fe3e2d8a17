using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>One line of the record: when, what happened, and the words that passed between the person and the council.</summary>
/// <param name="Words">What was asked, answered or added; null where there are none.</param>
/// <param name="Files">Names of files that were added.</param>
public sealed record RecordLine(Instant At, string What, string? Words, IReadOnlyList<string> Files);

/// <summary>Everything that a person sent and what became of it, for whoever holds the case's code: to print, to keep, to show to somebody.</summary>
public sealed record CaseRecord(CaseProgress Progress, IReadOnlyList<Question> Asked, Answers Answers, IReadOnlyDictionary<string, KnownFile> Files, IReadOnlyList<RecordLine> Lines)
{
    /// <summary>The definition that the answers were given to; null where they are not kept any more.</summary>
    public ServiceDefinition? AnswersDefinition { get; init; }

    /// <summary>The record of a case for whoever holds its tracking code; null without it.</summary>
    public static async Task<CaseRecord?> Open(Session session, PublishedServices services, TrackingCodes codes, string reference, string code, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(services);
        return await CaseQueries.Track(session, services, codes, reference, code, language, now) is { } progress ? await Of(session, services, progress, language) : null;
    }

    /// <summary>The record of a case of an account, however long ago it was closed; null where it is none of theirs or was erased.</summary>
    public static async Task<CaseRecord?> OfAccount(Session session, PublishedServices services, string account, string reference, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(services);
        return CaseReference.Tidy(reference) is { } tidy && await Identity.AccountCases.Find(session, account, tidy) is not null && await CaseRows.Find(session, tidy) is { IsErased: false } found
            ? await Of(session, services, await CaseQueries.Progress(session, services, found, language, now), language) : null;
    }

    static async Task<CaseRecord> Of(Session session, PublishedServices services, CaseProgress progress, string language)
    {
        var known = progress.Case.Reference;
        var definition = (await services.Version(progress.Case.Service, progress.Case.DefinitionVersion)).Definition;
        var stored = await session.First($"select service, definition_version, answers from case_answers where reference = {known}", row => (Service: row.Text(0), Version: row.Int(1), Json: row.Text(2)));
        var asked = stored.Service is null ? definition : (await services.Version(stored.Service, stored.Version)).Definition;
        var answers = stored.Json is null ? Answers.None : AnswersJson.Read(asked, stored.Json);
        var files = (await FileStore.OwnedBy(session, CaseRows.Stream(known))).ToDictionary(f => f.Id, f => new KnownFile(f.Id, f.Name, f.Kind, f.Bytes));
        var history = await CaseRows.History(session, known);
        return new CaseRecord(progress, [.. asked.Ask.Where(q => answers.Settled(q.Name))], answers, files,
            [.. history.SelectMany(entry => CaseQueries.Progress(progress.Case, definition, [entry], language).History.Select(line => new RecordLine(line.At, line.What, WordsOf(entry), FilesOf(entry, files))))]) { AnswersDefinition = stored.Service is null ? null : asked };
    }

    // Notes of staff are theirs; what passed to and from the person is the person's too.
    static string? WordsOf(HistoryEntry entry) => entry.Kind is "ask-customer" or "answered" or "added" || (entry.Outcome == WithdrawCase.Outcome && entry.ByMember is null) ? entry.Note : null;

    static List<string> FilesOf(HistoryEntry entry, Dictionary<string, KnownFile> files) =>
        entry.Kind == "added" && entry.AnswersJson is { } json && AnswersJson.Read(ResidentActs.Additions, json)["files"] is FilesAnswer added
            ? [.. added.Files.Select(files.GetValueOrDefault).OfType<KnownFile>().Select(f => f.Name)] : [];
}
