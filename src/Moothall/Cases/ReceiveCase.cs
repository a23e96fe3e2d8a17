using System.Text.Json;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Somebody asks for something: what was answered, by which channel, and what is known of how.</summary>
public sealed record ReceiveCase
{
    public required ServiceDefinition Definition { get; init; }
    public required int DefinitionVersion { get; init; }
    public required Offer Offer { get; init; }
    public required Authority Authority { get; init; }
    /// <summary>Only the answers on the path.</summary>
    public required Answers Answers { get; init; }
    public required IReadOnlyDictionary<string, string> Decided { get; init; }
    public required string Channel { get; init; }
    public required Instant Received { get; init; }
    public required Actor By { get; init; }
    public string? ByMember { get; init; }
    public bool Imported { get; init; }
    public int HandlingSeconds { get; init; }
    public CaseFacts Facts { get; init; } = new();
    /// <summary>Who holds the files until now: a draft, or null for files that nobody holds yet.</summary>
    public string? FilesHeldBy { get; init; }
}

/// <summary>Counts of how a case was asked for (events keep them) and circumstances of the person (rows keep them, only as long as the case).</summary>
public sealed record CaseFacts
{
    public int Asked { get; init; }
    public int Prefilled { get; init; }
    public int Corrected { get; init; }
    public int AskedAgain { get; init; }
    public bool DigitalOffered { get; init; }
    public bool DigitalTaken { get; init; }
    public string Language { get; init; } = "en";
    /// <summary>`phone`, `tablet`, `computer` or null: as the browser says.</summary>
    public string? Device { get; init; }
    public string? Ward { get; init; }
    public string? AssistedWhy { get; init; }
}

/// <summary>A case that was received, as the confirmation shows it.</summary>
public sealed record ReceivedCase(CouncilCase Case, string TrackingCode);

/// <summary>Makes the case in its caller's unit of work, so that the confirmation can show its reference.</summary>
public static class CaseReceiving
{
    /// <summary>Decides the new case: its team, stage and deadlines. Pure; the reference is given from outside.</summary>
    public static CaseChange Decide(ReceiveCase command, string reference)
    {
        ArgumentNullException.ThrowIfNull(command);
        var work = command.Definition.Work;
        var start = work.FindStage(work.Start)!;
        var team = command.Offer.TeamFor(start.Name);
        var calendar = command.Authority.Calendar;
        var after = new CouncilCase
        {
            Reference = reference,
            Service = command.Definition.Name,
            DefinitionVersion = command.DefinitionVersion,
            Authority = command.Authority.Id,
            Team = team,
            Stage = start.Name,
            Channel = command.Channel,
            Received = command.Received,
            CloseBy = Clocks.Due(work.CloseWithin, command.Decided, calendar, command.Received),
            StageDue = Clocks.Due(start.Within, command.Decided, calendar, command.Received),
            StoppedAt = start.WaitsForResident ? command.Received : null,
            Decided = command.Decided,
            Version = 1,
            Imported = command.Imported,
        };
        var facts = command.Facts;
        var received = new CaseReceived(after.Service, after.DefinitionVersion, after.Authority, team, after.Stage, after.Channel, command.By, after.CloseBy, after.StageDue,
            command.Decided, facts.Asked, facts.Prefilled, facts.Corrected, facts.AskedAgain, command.HandlingSeconds, facts.DigitalOffered, facts.DigitalTaken);
        var files = command.Definition.Ask.Select(q => command.Answers[q.Name]).OfType<FilesAnswer>().SelectMany(f => f.Files).ToList();
        return new CaseChange(after, [EventJson.ToLog(received, command.Received, command.Imported)],
            new HistoryEntry(1, command.Received, "received", command.ByMember, null, after.Stage, null, null, null, command.HandlingSeconds), files);
    }

    /// <summary>Decides and writes the case. A reference that exists already is a conflict, and the unit runs again with another.</summary>
    public static async Task<CouncilCase> Receive(Unit unit, ReceiveCase command)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var change = Decide(command, CaseReference.New(command.Definition.Prefix));
        var (after, facts) = (change.After, command.Facts);
        await CaseRows.Insert(unit, after);
        await unit.Execute($"""
            insert into case_answers (reference, service, definition_version, answers)
            values ({after.Reference}, {after.Service}, {after.DefinitionVersion}, {AnswersJson.Write(command.Definition, command.Answers)})
            """);
        await unit.Execute($"""
            insert into case_circumstance (reference, ward, language, device, assisted_why)
            values ({after.Reference}, {facts.Ward}, {facts.Language}, {facts.Device}, {facts.AssistedWhy})
            """);
        await CaseWords.Insert(unit, after.Reference, command.Definition, command.Answers);
        await CaseRows.InsertHistory(unit, after.Reference, change.Entry);
        await unit.Append(CaseRows.Stream(after.Reference), 0, change.Events);
        if (change.Files.Count > 0 && !await FileStore.GiveTo(unit, change.Files, CaseRows.Stream(after.Reference), command.FilesHeldBy))
            throw new StoreConflictException("A file of the answers went to another case meanwhile.");
        return after;
    }
}

/// <summary>The words a case is found by: names, postcode, e-mail, phone digits, words of the place. Rows that go with the case.</summary>
static class CaseWords
{
    const int Most = 16;

    public static async Task Insert(Unit unit, string reference, ServiceDefinition definition, Answers answers)
    {
        var words = Of(definition, answers);
        if (words.Count == 0) return;
        var json = JsonSerializer.Serialize(words);
        await (unit.Dialect == Dialect.Sqlite
            ? unit.Execute($"insert into case_word (word, reference) select value, {reference} from json_each({json})")
            : unit.Execute($"insert into case_word (word, reference) select word, {reference} from json_array_elements_text({json}::json) as word"));
    }

    /// <summary>The words of the answers, lower-case, at most sixteen.</summary>
    public static IReadOnlyList<string> Of(ServiceDefinition definition, Answers answers)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in definition.Ask)
            foreach (var text in Texts(answers[question.Name]))
                foreach (var word in Split(text))
                    if (words.Count < Most) words.Add(word);
        return [.. words];
    }

    /// <summary>What somebody typed to search, split the same way.</summary>
    public static IEnumerable<string> Split(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal)) { yield return text.Trim().ToLowerInvariant(); yield break; }
        var word = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (c is '\'' or '\u2019' or '-') continue;
            else if (word.Length > 0) { if (word.Length > 1) yield return word.ToString(); word.Clear(); }
        }
        if (word.Length > 1) yield return word.ToString();
    }

    static IEnumerable<string> Texts(Answer? answer) => answer switch
    {
        PersonAnswer person => [person.Name, person.Email ?? "", Digits(person.Phone)],
        OrganisationAnswer organisation => [organisation.Name],
        AddressAnswer address => [address.Postcode.Replace(" ", "", StringComparison.Ordinal), address.Line1],
        LocationAnswer location => [location.Text],
        _ => [],
    };

    static string Digits(string? phone) => phone is null ? "" : new string([.. phone.Where(char.IsAsciiDigit)]);
}
