using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>Begins a journey with answers that are there already: a preview opens a page as somebody comes to it who answered so.</summary>
public static class BeginAnswered
{
    /// <summary>Saves a new draft with answers.</summary>
    /// <param name="answers">Good answers, on the path.</param>
    /// <param name="file">The content of a file that an answer names; null where there is none, and the question counts as passed over.</param>
    public static async Task<Draft> Begin(Unit unit, PublishedService published, Answers answers, NewJourney begin, Func<string, (string Name, byte[] Bytes)?> file, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(file);
        var id = Draft.NewId();
        var kept = await WithFiles(unit, id, answers, file);
        var draft = new Draft
        {
            Id = id, Service = published.Definition.Name, Version = published.Version, Authority = begin.Authority, Channel = begin.Channel, Language = begin.Language, Device = begin.Device,
            AnswersJson = AnswersJson.Write(published.Definition, kept), Revision = 1, Started = now, Touched = now,
        };
        await DraftRows.Save(unit, draft);
        await unit.Append(Draft.Stream(id), 0, [EventJson.ToLog(new JourneyStarted(draft.Service, draft.Authority, draft.Channel), now)]);
        await unit.SetTimer(Draft.Timer, id, now + Draft.Life);
        return draft;
    }

    static async Task<Answers> WithFiles(Unit unit, string draft, Answers answers, Func<string, (string Name, byte[] Bytes)?> file)
    {
        var kept = answers;
        foreach (var question in answers.Questions)
            kept = answers[question] switch
            {
                FilesAnswer files => kept.With(question, await Stored(unit, draft, files, file)),
                GroupAnswer group => kept.With(question, new GroupAnswer([.. await Rows(unit, draft, group, file)])),
                _ => kept,
            };
        return kept;
    }

    static async Task<List<Answers>> Rows(Unit unit, string draft, GroupAnswer group, Func<string, (string Name, byte[] Bytes)?> file)
    {
        var rows = new List<Answers>(group.Rows.Length);
        foreach (var row in group.Rows) rows.Add(await WithFiles(unit, draft, row, file));
        return rows;
    }

    static async Task<Answer> Stored(Unit unit, string draft, FilesAnswer files, Func<string, (string Name, byte[] Bytes)?> file)
    {
        var ids = new List<string>();
        foreach (var wanted in files.Files)
            if (file(wanted) is var (name, bytes) && UploadFile.Check(name, bytes, Question.LargestFile).Value is { } good) ids.Add(await UploadFile.Store(unit, good, UploadFile.OwnerOf(draft)));
        return ids.Count == 0 ? SkippedAnswer.Value : new FilesAnswer([.. ids]);
    }
}
