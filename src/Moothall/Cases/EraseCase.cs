using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>When and under which rule a case's record was erased. Reason is `keep` or `request`; List is its certificate.</summary>
public sealed record ErasedCase(string Reference, Instant At, string Reason, string Rule, string List);

/// <summary>How much of one kind went.</summary>
public sealed record ErasedAmount(string What, int Count);

/// <summary>A closed case that may be old enough to go.</summary>
public sealed record EndedCase(string Reference, string Service, string Authority, Instant Received, Instant Closed, long Number);

/// <summary>
/// Erases what a case knows of people: answers, history with its notes, files, circumstances, place, followers, the link of whoever must agree, the words it is found by, what was kept
/// for undoing, and the note of an order to many cases. The row of
/// codes stays, marked as erased, so that figures stand and a reference that somebody still has can be answered. Joined by Records only.
/// </summary>
public static class EraseCase
{
    /// <summary>The status of an erased case.</summary>
    public const string Status = "erased";

    /// <summary>Erases in the caller's unit and says how much of what went; refused while the case is open or when it is gone already.</summary>
    public static async Task<Result<IReadOnlyList<ErasedAmount>>> Erase(Unit unit, string reference, string reason, string rule, string list, Actor by, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var found = await CaseRows.Find(unit, reference);
        if (found is null) return Refusal.NotFound;
        if (found.IsErased) return Gone(reference, await Find(unit, reference));
        if (found.IsOpen) return Refusal.Invalid("{reference} is still open. Close or withdraw it before its record is erased.", ("reference", reference));
        if (await unit.Execute($"""
            update council_case set status = {Status}, question = null, assigned = null, version = version + 1 where reference = {reference} and version = {found.Version} and status = 'closed'
            """) == 0) throw new StoreConflictException($"{reference} changed while it was being erased.");
        ErasedAmount[] amounts =
        [
            new("answers", await unit.Execute($"delete from case_answers where reference = {reference}")),
            new("history", await unit.Execute($"delete from case_history where reference = {reference}")),
            new("files", await FileStore.DeleteOf(unit, CaseRows.Stream(reference))),
            new("circumstances", await unit.Execute($"delete from case_circumstance where reference = {reference}")),
            new("place", await CasePlaces.Erase(unit, reference)),
            new("followers", await Followers.Erase(unit, reference)),
            new("asking to agree", await CoSignRows.Erase(unit, reference)),
            new("search words", await unit.Execute($"delete from case_search_word where number = (select number from council_case where reference = {reference})")),
        ];
        await UndoCase.Erase(unit, reference);
        await BulkActs.Erase(unit, reference);
        await unit.CancelTimer(RemindOfRenewal.Timer, reference);
        await unit.Execute($"insert into case_erased (reference, at, reason, rule, list) values ({reference}, {now}, {reason}, {rule}, {list})");
        await unit.Append(CaseRows.Stream(reference), found.Version, EventJson.ToLog(new CaseErased(found.Service, found.Authority, reason, by), now));
        return amounts;
    }

    /// <summary>When and why a record was erased; null when it was not.</summary>
    public static Task<ErasedCase?> Find(Session session, string reference) => session.First(
        $"select reference, at, reason, rule, list from case_erased where reference = {reference}",
        row => new ErasedCase(row.Text(0), row.Instant(1), row.Text(2), row.Text(3), row.Text(4)));

    /// <summary>What staff read of a case that is gone.</summary>
    internal static Refusal Gone(string reference, ErasedCase? erased) => erased is null
        ? Refusal.Gone("The record of {reference} was deleted.", ("reference", reference))
        : Refusal.Gone("The record of {reference} was deleted on {day} under “{rule}”. Its codes and the figures stay. The certificate is {certificate}.",
            ("reference", reference), ("day", erased.At.InZone(DateTimeZoneProviders.Tzdb["Europe/London"]).Date), ("rule", erased.Rule), ("certificate", erased.List));

    /// <summary>The next authority, in order of ids, that has cases of a service; null after the last.</summary>
    public static Task<string?> NextAuthority(Session session, string service, string after) =>
        session.First($"select min(authority) from council_case where service = {service} and authority > {after}", row => row.TextOrNull(0));

    /// <summary>Closed cases of a service and authority that were closed (or received) before a time, oldest first, behind a place.</summary>
    public static Task<List<EndedCase>> Ended(Session session, string service, string authority, bool byReceipt, Instant before, Instant from, long number, int most)
    {
        ArgumentNullException.ThrowIfNull(session);
        return byReceipt
            ? session.Query($"""
                select reference, service, authority, received, closed, number from council_case
                where service = {service} and authority = {authority} and status = 'closed' and received < {before} and received >= {from} and (received > {from} or number > {number})
                order by received, number limit {most}
                """, Read)
            : session.Query($"""
                select reference, service, authority, received, closed, number from council_case
                where service = {service} and authority = {authority} and status = 'closed' and due < {before} and due >= {from} and (due > {from} or number > {number})
                order by due, number limit {most}
                """, Read);
    }

    static EndedCase Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Instant(3), row.Instant(4), row.Long(5));
}
