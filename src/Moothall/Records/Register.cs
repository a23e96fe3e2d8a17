using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>A line of the register: who did what with people's records. What: held, released, given, erased (on request), carried-out, expired.</summary>
/// <param name="About">The list, hold or package it was about.</param>
/// <param name="Decision">The council's own reference of the decision, where there is one.</param>
public sealed record RecordAct(Instant At, string? ByMember, string What, string? Decision, string? About, int Cases);

/// <summary>The register of acts with records: each is a row for the page, an event in the log and an entry of the audit log, in one unit with the act itself. Codes only.</summary>
public static class Register
{
    /// <summary>Longest reference of a decision.</summary>
    public const int LongestDecision = 40;

    internal static async Task Add(Unit unit, AuditBy by, string what, string? decision, string about, int cases, Instant now)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var member = by == AuditBy.Rule ? null : by.Id;
        await unit.Execute($"insert into record_act (id, at, by_member, what, list, decision, cases) values ({id}, {now}, {member}, {what}, {about}, {decision}, {cases})");
        await unit.Append($"records/{id}", 0, EventJson.ToLog(new RecordsActed(what, about, cases, member is null ? Actor.Rule : Actor.Worker), now));
        await Audit.Note(unit, now, new AuditEntry(KindOf(what), by, about, decision) { Detail = cases == 0 ? [] : [new Message("{count, plural, one {# case} other {# cases}}", ("count", cases))] });
    }

    static AuditKind KindOf(string what) => what switch
    {
        "held" => AuditKinds.RecordsHeld,
        "released" => AuditKinds.HoldEnded,
        "given" => AuditKinds.PersonGiven,
        "erased" => AuditKinds.RecordsErased,
        "carried-out" => AuditKinds.ListCarriedOut,
        _ => AuditKinds.RecordsExpired,
    };

    /// <summary>The newest acts.</summary>
    public static Task<List<RecordAct>> Newest(Session session, int most = 200) => session.Query(
        $"select at, by_member, what, decision, list, cases from record_act order by at desc, id desc limit {most}",
        row => new RecordAct(row.Instant(0), row.TextOrNull(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4), row.Int(5)));
}
