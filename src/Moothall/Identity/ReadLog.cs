using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Somebody read personal data of a case: who, when, which case, and what of it (`case`, `api`, `file`, `fill in`: a new form was filled in from it, or `search`: found by a name or a place).</summary>
public sealed record CaseReading(Instant At, string Member, string Reference, string What);

/// <summary>
/// Every reading of personal data by staff. It is written before the data is shown: what cannot be logged is not shown. The store gathers units that
/// come together into one durable write, so no list in memory stands between, which a crash could lose.
/// </summary>
public static class ReadLog
{
    /// <summary>Records a reading in a unit of its own or the caller's; show the data only after the commit.</summary>
    public static Task Record(Unit unit, Instant at, string member, string reference, string what = "case") =>
        unit.Execute($"insert into case_reading (at, member, reference, what) values ({at}, {member}, {reference}, {what})");

    /// <summary>Records a reading durably.</summary>
    public static Task Record(Database database, Instant at, string member, string reference, string what = "case") =>
        database.Commit(unit => Record(unit, at, member, reference, what));

    /// <summary>Records that a search by personal words showed these cases.</summary>
    public static async Task RecordSearch(Database database, Instant at, string member, IEnumerable<string> references)
    {
        ArgumentNullException.ThrowIfNull(database);
        var found = references.ToList();
        if (found.Count == 0) return;
        await database.Commit(async unit =>
        {
            foreach (var reference in found) await Record(unit, at, member, reference, "search");
        });
    }

    /// <summary>Who read a case, newest first.</summary>
    public static Task<List<CaseReading>> Of(Session session, string reference, int most = 200) =>
        session.Query($"select at, member, reference, what from case_reading where reference = {reference} order by at desc limit {most}", Read);

    /// <summary>What somebody read, newest first.</summary>
    public static Task<List<CaseReading>> By(Session session, string member, int most = 200) =>
        session.Query($"select at, member, reference, what from case_reading where member = {member} order by at desc limit {most}", Read);

    /// <summary>Erases the readings of a case, which go with its record. Joined by Records only.</summary>
    public static Task<int> EraseOf(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from case_reading where reference = {reference}");
    }

    static CaseReading Read(Row row) => new(row.Instant(0), row.Text(1), row.Text(2), row.Text(3));
}
