using System.Text.Json;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Payments;
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
    /// <summary>What partners are to get of it, by the law of the day.</summary>
    public IReadOnlyList<SharingDue> ToPassOn { get; init; } = [];
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
    /// <summary>The street the place lies in, as <see cref="Council.Places.StreetOf"/> says it; null where none is known.</summary>
    public string? Street { get; init; }
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
        var start = First(command);
        var team = command.Offer.TeamFor(start.Name);
        var calendar = command.Authority.Calendar;
        var values = Values(command);
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
            CloseBy = Clocks.Due(work.CloseWithin, values, calendar, command.Received),
            StageDue = Clocks.Due(start.Within, values, calendar, command.Received),
            StoppedAt = start.Waits ? command.Received : null,
            Decided = values,
            Version = 1,
            Imported = command.Imported,
        };
        var facts = command.Facts;
        var received = new CaseReceived(after.Service, after.DefinitionVersion, after.Authority, team, after.Stage, after.Channel, command.By, after.CloseBy, after.StageDue,
            command.Decided, facts.Asked, facts.Prefilled, facts.Corrected, facts.AskedAgain, command.HandlingSeconds, facts.DigitalOffered, facts.DigitalTaken);
        var files = command.Definition.Ask.Files(command.Answers).ToList();
        return new CaseChange(after, [EventJson.ToLog(received, command.Received, command.Imported)],
            new HistoryEntry(1, command.Received, "received", command.ByMember, null, after.Stage, null, null, null, command.HandlingSeconds), files);
    }

    // Where somebody must agree first, the case waits for them; history was agreed to long ago.
    static Stage First(ReceiveCase command)
    {
        var (definition, work) = (command.Definition, command.Definition.Work);
        return work.FindStage(command.Imported ? work.Start : CoSign.BeginningOf(definition, command.Answers, command.Decided, command.Authority.Calendar.DayOf(command.Received)))!;
    }

    // What the definition's times go by: decisions, and choice questions that a time names.
    static IReadOnlyDictionary<string, string> Values(ReceiveCase command)
    {
        var work = command.Definition.Work;
        var named = work.Stages.Select(s => s.Within).Append(work.CloseWithin).Select(t => t?.By).OfType<string>().Where(by => !command.Decided.ContainsKey(by)).Distinct();
        var chosen = named.Select(by => (by, Answer: command.Answers[by] as ChoiceAnswer)).Where(c => c.Answer is not null).ToList();
        return chosen.Count == 0 ? command.Decided : command.Decided.Concat(chosen.Select(c => KeyValuePair.Create(c.by, c.Answer!.Option))).ToDictionary();
    }

    /// <summary>Decides and writes the case in the caller's unit; refused, with nothing written, when a file of the answers went meanwhile.</summary>
    public static async Task<Result<CouncilCase>> Receive(Unit unit, ReceiveCase command)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var change = Decide(command, await FreeReference(unit, command.Definition.Prefix));
        var (after, facts) = (change.After, command.Facts);
        if (change.Files.Count > 0 && !await FileStore.GiveTo(unit, change.Files, CaseRows.Stream(after.Reference), command.FilesHeldBy))
            return Refusal.Invalid("A file that you sent is not there any more. Upload it again.");
        await CaseRows.Insert(unit, after);
        await unit.Add($"""
            insert into case_answers (reference, service, definition_version, answers)
            values ({after.Reference}, {after.Service}, {after.DefinitionVersion}, {AnswersJson.Write(command.Definition, command.Answers)})
            """);
        await unit.Add($"""
            insert into case_circumstance (reference, ward, language, device, assisted_why)
            values ({after.Reference}, {facts.Ward}, {facts.Language}, {facts.Device}, {facts.AssistedWhy})
            """);
        await CasePlaces.Insert(unit, after, command.Definition, command.Answers, facts.Street);
        await CaseWords.Insert(unit, after.Reference, command.Definition, command.Answers);
        await CaseRows.InsertHistory(unit, after.Reference, change.Entry);
        await unit.Append(CaseRows.Stream(after.Reference), 0, change.Events);
        // History is long paid and passed on.
        if (command.Imported) return after;
        await CoSigning.Follow(unit, null, after, command.Definition, again: false, command.Received);
        await Falling.Due(unit, new FallDue
        {
            Reference = after.Reference, Definition = command.Definition, Answers = command.Answers, Offer = command.Offer, Stage = after.Stage, OnReceipt = true, At = command.Received,
            Today = command.Authority.Calendar.DayOf(command.Received),
        });
        if (command.ToPassOn.Count > 0) await Sharings.FallDue(unit, after.Reference, after.Service, after.Authority, command.ToPassOn, command.Received);
        return after;
    }

    // Among a million cases one new reference in thirty thousand is taken already. On PostgreSQL the unit is then run again; on SQLite a conflict is final: so it is looked up before.
    static async Task<string> FreeReference(Unit unit, string prefix)
    {
        while (true)
        {
            var reference = CaseReference.New(prefix);
            if (unit.Dialect == Dialect.Postgres || await unit.Number($"select count(*) from council_case where reference = {reference}") == 0) return reference;
        }
    }
}
