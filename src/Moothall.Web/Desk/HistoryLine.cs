using System.Text.Json;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>One line of a case's history as a plain sentence for staff, with what was written and answered, and what the customer reads of it.</summary>
/// <param name="Sentence">Who did what: "Amara Okafor chose “Send an inspector”. It went to “Inspect the road”."</param>
/// <param name="Words">A note, question or answer as it was written; null when there is none.</param>
/// <param name="Told">What the customer reads of this when they follow the case; null when nothing.</param>
/// <param name="Asked">Staff questions that the action asked.</param>
public sealed record HistoryLine(Instant At, string Sentence, string? Words, string? Told, IReadOnlyList<Question> Asked, Answers Answers)
{
    /// <summary>Whether it was taken back within the minute; then nobody was told of it.</summary>
    public bool IsUndone { get; init; }
    /// <summary>The version of the case that it made.</summary>
    public int Version { get; init; }

    /// <summary>A case's history, newest first.</summary>
    public static IReadOnlyList<HistoryLine> NewestFirst(CaseFile file, CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. file.History.Reverse().Select(entry => Of(entry, file, council))];
    }

    /// <summary>One entry in words.</summary>
    /// <param name="asWho">Who did it, where not by name: "You".</param>
    public static HistoryLine Of(HistoryEntry entry, CaseFile file, CouncilFiles council, string? asWho = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(file);
        var asked = Questions(entry, file);
        var undone = file.History.Any(h => h.Undoes == entry.Version);
        return new HistoryLine(entry.At, Say(entry, file, council, asWho), entry.Note, undone ? null : CaseQueries.Progress(file.Case, file.Definition, [entry], "en").History is [var told, ..] ? told.What : null, asked,
            asked.Count == 0 ? Answers.None : AnswersJson.Read(asked, entry.AnswersJson!)) { IsUndone = undone, Version = entry.Version };
    }

    static string Say(HistoryEntry entry, CaseFile file, CouncilFiles council, string? asWho)
    {
        var who = asWho ?? (entry.ByMember is { } member ? DeskWords.Member(council, member) : "The program");
        var work = file.Definition.Work;
        var action = work.Stages.Concat(file.AnswersDefinition.Work.Stages).Select(s => s.FindAction(entry.Action ?? "")).FirstOrDefault(a => a is not null)?.Label.English;
        var channel = DeskWords.Channel(file.Case.Channel).ToLowerInvariant();
        return entry.Kind switch
        {
            "received" when file.Case.Imported => $"We got it ({channel}). It was brought in from an older system.",
            "received" when entry.ByMember is not null && file.Case.Channel is not ("web" or "api") => $"{who} took it down ({channel}).",
            "received" => $"We got it ({channel}).",
            "advanced" => $"{who} chose “{action ?? entry.Action}”. It went to “{work.FindStage(entry.Stage ?? "")?.Label.English ?? entry.Stage}”.",
            "closed" when entry.Outcome == WithdrawCase.Outcome && entry.ByMember is null => entry.Note is null ? "The customer withdrew it." : "The customer withdrew it:",
            "closed" when entry.Outcome == WithdrawCase.Outcome => $"{who} closed it because the person withdrew it.",
            "closed" => $"{who} chose “{action ?? entry.Action}”. The case is closed.",
            "reopened" => $"{who} opened it again.",
            "moved" => $"{who} moved it to {GivenTo(entry.GivenTo)}.",
            "assign" when entry.GivenTo is null => $"{who} took it from whoever had it. Nobody has it now.",
            "assign" when entry.GivenTo == entry.ByMember => $"{who} took it.",
            "assign" => $"{who} gave it to {DeskWords.Member(council, entry.GivenTo)}.",
            "note" => $"{who} wrote a note:",
            "ask-customer" => $"{who} asked the customer:",
            "answered" => "The customer answered:",
            "sent" => $"{who} sent it to {council.Contractors.FirstOrDefault(c => c.Id == entry.GivenTo)?.Name ?? "a contractor"}.",
            "undone" => $"{who} took this back: {Undone(entry.Undoes)}",
            "payment" => $"{who} recorded a payment.",
            "passed-on" => $"{who} marked it as passed on to the partner.",
            "reminded" => "The person was reminded that it runs out.",
            "added" => "The customer added:",
            _ => $"{who}: {entry.Kind}.",
        };

        string Undone(int? version) => file.History.FirstOrDefault(h => h.Version == version) is { } taken ? Say(taken, file, council, asWho).TrimEnd(':') : "the last step.";

        string GivenTo(string? to) => to is null ? "another team" : council.Teams.ContainsKey(to) ? DeskWords.TeamIn(council, to)
            : to == file.Definition.Name ? $"“{file.Definition.Title.English}”" : $"“{to}”";
    }

    /// <summary>The questions whose answers an entry holds. After a move they may be those of the service it was.</summary>
    static List<Question> Questions(HistoryEntry entry, CaseFile file)
    {
        if (entry.AnswersJson is not { } json) return [];
        if (entry.Kind == "added") return [.. ResidentActs.Additions.Where(q => q.Type.Name == "file")];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(m => file.Definition.Work.FindQuestion(m.Name) ?? file.AnswersDefinition.Work.FindQuestion(m.Name)).OfType<Question>()];
    }
}
