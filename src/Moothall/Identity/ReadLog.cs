using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A case or draft that is read, whose it is and which team has it.</summary>
public readonly record struct ReadCase(string Reference, string Authority, string? Team);

/// <summary>Somebody read personal data of a case: who, in which capacity, when, which case, and what of it.</summary>
/// <param name="Acting">`team/highways` or `role/advisor`; null where it is not known.</param>
/// <param name="Why">The reason that was given; null where the case is reason enough.</param>
public sealed record CaseReading(Instant At, string Member, string Reference, AuditKind Kind, string? Acting = null, string? Why = null);

/// <summary>
/// Every reading of personal data by staff: entries of the audit log. They are written before the data is shown: what cannot be logged is not shown. The store gathers units
/// that come together into one durable write, so no list in memory stands between, which a crash could lose. What older versions wrote stands in `case_reading`, and is read beside it.
/// </summary>
public static class ReadLog
{
    /// <summary>Records a reading in the caller's unit; show the data only after the commit.</summary>
    public static Task Record(Unit unit, Instant at, Caller caller, ReadCase read, AuditKind kind, string? why = null) =>
        Audit.Note(unit, at, new AuditEntry(kind, AuditBy.Of(caller, read.Team), read.Reference, why) { Authority = read.Authority });

    /// <summary>Records a reading durably.</summary>
    public static Task Record(Database database, Instant at, Caller caller, ReadCase read, AuditKind kind, string? why = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Commit(unit => Record(unit, at, caller, read, kind, why));
    }

    /// <summary>Records that somebody searched by personal words, and which cases that showed. The words are not kept: they are somebody's name or address.</summary>
    public static async Task RecordSearch(Database database, Instant at, Caller caller, IEnumerable<ReadCase> found)
    {
        ArgumentNullException.ThrowIfNull(database);
        var all = found.ToList();
        await database.Commit(async unit =>
        {
            await Audit.Note(unit, at, new AuditEntry(AuditKinds.Searched, AuditBy.Of(caller)) { Detail = [new Message("{count, plural, =0 {No case found.} one {# case found.} other {# cases found.}}", ("count", all.Count))] });
            foreach (var read in all) await Record(unit, at, caller, read, AuditKinds.Found);
        });
    }

    /// <summary>Who read a case, newest first.</summary>
    public static Task<List<CaseReading>> Of(Session session, string reference, int most = 200)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Of(session, reference, "", most);
    }

    /// <summary>Who read a case or gave it out, newest first.</summary>
    internal static Task<List<CaseReading>> OrGivenOf(Session session, string reference, int most) => Of(session, reference, AuditKinds.ContractorSent.Code, most);

    /// <param name="also">The code of a kind that is no reading and is wanted too; "" for none.</param>
    static async Task<List<CaseReading>> Of(Session session, string reference, string also, int most)
    {
        var now = await session.Query($"select at, who, about, kind, acting, why from audit_entry where about = {reference} and (kind like 'read.%' or kind = {also}) order by at desc limit {most}", Read);
        var before = await session.Query($"select at, member, reference, what from case_reading where reference = {reference} order by at desc limit {most}", ReadBefore);
        return Newest(now, before, most);
    }

    /// <summary>What somebody read, newest first.</summary>
    public static async Task<List<CaseReading>> By(Session session, string member, int most = 200)
    {
        ArgumentNullException.ThrowIfNull(session);
        var now = await session.Query($"select at, who, about, kind, acting, why from audit_entry where who = {member} and kind like 'read.%' order by at desc limit {most}", Read);
        var before = await session.Query($"select at, member, reference, what from case_reading where member = {member} order by at desc limit {most}", ReadBefore);
        return Newest(now, before, most);
    }

    static List<CaseReading> Newest(List<CaseReading> now, List<CaseReading> before, int most) => before.Count == 0 ? now : [.. now.Concat(before).OrderByDescending(r => r.At).Take(most)];

    /// <summary>Erases the readings of a case, which go with its record: the chain keeps their hashes. Joined by Records and Journeys only.</summary>
    public static async Task<int> EraseOf(Unit unit, string reference, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return await AuditErasing.About(unit, reference, now) + await unit.Execute($"delete from case_reading where reference = {reference}");
    }

    static CaseReading Read(Row row) => new(row.Instant(0), row.Text(1), row.Text(2), AuditKinds.Find(row.Text(3)) ?? AuditKinds.CaseRead, row.TextOrNull(4), row.TextOrNull(5));

    static CaseReading ReadBefore(Row row) => new(row.Instant(0), row.Text(1), row.Text(2), row.Text(3) switch
    {
        "api" => AuditKinds.CaseReadByProgram,
        "file" => AuditKinds.FileRead,
        "list" => AuditKinds.Listed,
        "search" => AuditKinds.Found,
        "person search" => AuditKinds.FoundForPerson,
        "copy for the person" => AuditKinds.CopiedForPerson,
        "request to erase" => AuditKinds.ReadToErase,
        "fill in" => AuditKinds.FilledIn,
        "draft" => AuditKinds.DraftRead,
        _ => AuditKinds.CaseRead,
    });
}
