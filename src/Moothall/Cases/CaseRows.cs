using System.Text.Json;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>The rows of cases: written and read by hand, because every submit and every action goes through here.</summary>
static class CaseRows
{
    public static string Stream(string reference) => "case/" + reference;

    public static CouncilCase Read(Row row) => new()
    {
        Reference = row.Text(0), Service = row.Text(1), DefinitionVersion = row.Int(2), Authority = row.Text(3), Team = row.Text(4), Stage = row.Text(5), Outcome = row.TextOrNull(6),
        Channel = row.Text(7), Received = row.Instant(8), Closed = row.InstantOrNull(9), CloseBy = row.InstantOrNull(10), StageDue = row.InstantOrNull(11),
        StoppedAt = row.InstantOrNull(12), Question = row.TextOrNull(13), Assigned = row.TextOrNull(14),
        Decided = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(15))!, Version = row.Int(16), LinkNumber = row.Int(17), Imported = row.Bool(18),
        IsErased = row.Text(19) == EraseCase.Status,
    };

    public static Task<CouncilCase?> Find(Session session, string reference) => session.First($"""
        select reference, service, definition_version, authority, team, stage, outcome, channel, received, closed, close_by, stage_due, stopped_at, question, assigned,
               decided, version, link_number, imported, status
        from council_case where reference = {reference}
        """, Read);

    /// <summary>A case's answers as they are stored, with the definition they belong to; null when they are no longer kept.</summary>
    public static async Task<(string Service, int Version, string Json)?> AnswersOf(Session session, string reference)
    {
        var stored = await session.First($"select service, definition_version, answers from case_answers where reference = {reference}",
            row => (Service: row.Text(0), Version: row.Int(1), Json: row.Text(2)));
        return stored.Service is null ? null : stored;
    }

    /// <summary>Several cases by their references, in no order; those that are not there are left out.</summary>
    public static Task<List<CouncilCase>> Find(Session session, IReadOnlyCollection<string> references) => references.Count == 0 ? Task.FromResult(new List<CouncilCase>()) : session.Query($"""
        select reference, service, definition_version, authority, team, stage, outcome, channel, received, closed, close_by, stage_due, stopped_at, question, assigned,
               decided, version, link_number, imported, status
        from council_case where reference in ({references})
        """, Read);

    /// <summary>As many cases as there are keys, in no order; those that are not there are left out.</summary>
    public static Task<List<CouncilCase>> Find(Session session, SqlKeys references) => session.Query($"""
        select reference, service, definition_version, authority, team, stage, outcome, channel, received, closed, close_by, stage_due, stopped_at, question, assigned,
               decided, version, link_number, imported, status
        from council_case where reference in ({references})
        """, Read);

    /// <summary>Several cases by their numbers, in no order; those that are not there are left out.</summary>
    public static Task<List<CouncilCase>> Find(Session session, IReadOnlyCollection<long> numbers) => session.Query($"""
        select reference, service, definition_version, authority, team, stage, outcome, channel, received, closed, close_by, stage_due, stopped_at, question, assigned,
               decided, version, link_number, imported, status
        from council_case where number in ({numbers})
        """, Read);

    /// <summary>The references of several cases by their numbers, in no order.</summary>
    public static Task<List<string>> ReferencesOf(Session session, IReadOnlyCollection<long> numbers) => session.Query($"select reference from council_case where number in ({numbers})", row => row.Text(0));

    public static Task Insert(Unit unit, CouncilCase c) => unit.Add($"""
        insert into council_case (reference, service, definition_version, authority, team, stage, status, outcome, channel, received, closed, close_by, stage_due, due, stopped_at,
            question, assigned, decided, version, link_number, imported)
        values ({c.Reference}, {c.Service}, {c.DefinitionVersion}, {c.Authority}, {c.Team}, {c.Stage}, {c.Status}, {c.Outcome}, {c.Channel}, {c.Received}, {c.Closed}, {c.CloseBy},
            {c.StageDue}, {c.SortBy}, {c.StoppedAt}, {c.Question}, {c.Assigned}, {JsonSerializer.Serialize(c.Decided)}, {c.Version}, {c.LinkNumber}, {c.Imported})
        """);

    /// <summary>Writes a case over the version that was read; nothing is written when it changed meanwhile.</summary>
    /// <returns>Whether the row was written.</returns>
    public static async Task<bool> Update(Unit unit, CouncilCase c, int readVersion) => await unit.Execute($"""
        update council_case set service = {c.Service}, definition_version = {c.DefinitionVersion}, authority = {c.Authority}, team = {c.Team}, stage = {c.Stage}, status = {c.Status},
            outcome = {c.Outcome}, closed = {c.Closed}, close_by = {c.CloseBy}, stage_due = {c.StageDue}, due = {c.SortBy}, stopped_at = {c.StoppedAt}, question = {c.Question},
            assigned = {c.Assigned}, decided = {JsonSerializer.Serialize(c.Decided)}, version = {c.Version}, link_number = {c.LinkNumber}
        where reference = {c.Reference} and version = {readVersion}
        """) == 1;

    public static Task InsertHistory(Unit unit, string reference, HistoryEntry entry) => unit.Add($"""
        insert into case_history (reference, version, at, kind, by_member, action, stage, outcome, note, answers, handling_seconds, given_to, undoes, came_to)
        values ({reference}, {entry.Version}, {entry.At}, {entry.Kind}, {entry.ByMember}, {entry.Action}, {entry.Stage}, {entry.Outcome}, {entry.Note}, {entry.AnswersJson}, {entry.HandlingSeconds}, {entry.GivenTo},
            {entry.Undoes}, {(entry.CameTo is { } came ? JsonSerializer.Serialize(came, EventJson.Options) : null)})
        """);

    public static Task<List<HistoryEntry>> History(Session session, string reference) => session.Query($"""
        select version, at, kind, by_member, action, stage, outcome, note, answers, handling_seconds, given_to, undoes, came_to from case_history where reference = {reference} order by version
        """, ReadEntry);

    /// <summary>The newest line of a case's history.</summary>
    public static Task<HistoryEntry?> Newest(Session session, string reference) => session.First($"""
        select version, at, kind, by_member, action, stage, outcome, note, answers, handling_seconds, given_to, undoes, came_to from case_history where reference = {reference} order by version desc limit 1
        """, ReadEntry);

    static HistoryEntry ReadEntry(Row row) => new(row.Int(0), row.Instant(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8),
        row.Int(9), row.TextOrNull(10), row.IntOrNull(11))
    {
        CameTo = row.TextOrNull(12) is { } came ? JsonSerializer.Deserialize<MoveCameTo>(came, EventJson.Options) : null,
    };
}
