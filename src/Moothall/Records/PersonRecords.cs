using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>What the council holds about somebody in one case, and who of the staff read it.</summary>
public sealed record PersonRecord(CaseFile File, Performance.Circumstance? Circumstance, IReadOnlyList<CaseReading> Readings, IReadOnlyList<MessageAbout> Messages, bool IsHeld);

/// <summary>The grounds on which a request to erase is granted: article 17(1) of the UK GDPR.</summary>
public sealed record ErasureGround(string Code, string Words);

/// <summary>
/// One person's records, when they ask for a copy or for erasing. A name is no proof: somebody has to look at each case found. Every case that is shown, given
/// out or erased is recorded as read or acted on.
/// </summary>
public static class PersonRecords
{
    /// <summary>Most cases of one person that are shown, given or erased at once.</summary>
    public const int Most = 50;

    public static readonly IReadOnlyList<ErasureGround> Grounds =
    [
        new("no-longer-needed", "We no longer need it for what it was given for"),
        new("consent-withdrawn", "They took back their consent, and there is no other reason to keep it"),
        new("objection", "They object, and nothing of ours weighs more"),
        new("unlawful", "We should not have kept it"),
        new("legal-obligation", "The law says that it must be erased"),
    ];

    /// <summary>The records that words or a reference find among the caller's authorities; each is recorded as read before it is shown.</summary>
    public static async Task<Result<IReadOnlyList<PersonRecord>>> Search(House house, string typed, Caller caller, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(typed);
        if (!Rights.HasRole(caller, Right.LookAfterRecords)) return Refusal.NotAllowed;
        if (CaseReference.Tidy(typed) is null && !CaseList.CanFind(typed)) return Refusal.Invalid([new Fault("q", "q", new Message("Enter an email address, a phone number, a name or a reference"))]);
        var references = await house.Database.Read(async session => CaseReference.Tidy(typed) is { } reference && await CaseQueries.ServiceOf(session, reference) is not null ? [reference] : await CaseList.FoundBy(session, typed), cancel);
        await Audit.Note(house.Database, house.Now, new AuditEntry(AuditKinds.Searched, AuditBy.Of(caller)));
        return await Open(house, references, caller, AuditKinds.FoundForPerson, cancel);
    }

    /// <summary>Some records by their references; those out of the caller's reach, or erased, are left out.</summary>
    public static async Task<Result<IReadOnlyList<PersonRecord>>> Open(House house, IReadOnlyCollection<string> references, Caller caller, AuditKind why, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(references);
        if (!Rights.HasRole(caller, Right.LookAfterRecords)) return Refusal.NotAllowed;
        var records = await house.Database.Read(async session =>
        {
            var held = await Holds.Now(session);
            var found = new List<PersonRecord>();
            foreach (var reference in references.Distinct(StringComparer.Ordinal))
            {
                if (found.Count == Most) break;
                if (await CaseQueries.Whole(session, house.Services, reference) is not { Case.IsErased: false } file || !Rights.May(caller, Right.LookAfterRecords, file.Case.Authority, file.Case.Team, file.Case.Service)) continue;
                found.Add(new PersonRecord(file, await CaseQueries.Circumstance(session, reference), await ReadLog.Of(session, reference), await MessagesAbout.Of(session, reference), held.Holds(reference, file.Case.Service)));
            }
            return found.OrderByDescending(r => r.File.Case.Received).ToList();
        }, cancel);
        await house.Database.Commit(async unit =>
        {
            foreach (var record in records) await ReadLog.Record(unit, house.Now, caller, record.File.Case.ForReading, why);
        }, cancel);
        return records;
    }

    /// <summary>Notes that a person's data were given out; the package is made from what <see cref="Open"/> gave.</summary>
    public static Task Given(Database database, Caller caller, string package, int cases, Instant now)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(caller);
        return database.Commit(unit => Register.Add(unit, AuditBy.Of(caller), "given", null, package, cases, now));
    }

    /// <summary>
    /// Erases records on a granted request, all of them or none, and leaves a certificate. Refused for an open case that was not withdrawn, and for what is held.
    /// </summary>
    /// <param name="decision">The council's own reference of the decision.</param>
    public static async Task<Result<RecordList>> Erase(Unit unit, House house, Caller caller, IReadOnlyCollection<string> references, string ground, string decision, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(decision);
        if (!Rights.HasRole(caller, Right.LookAfterRecords)) return Refusal.NotAllowed;
        decision = Tidy.Line(decision).Trim();
        if (Grounds.All(g => g.Code != ground)) return Wrong("ground", new Message("Select why the request is granted"));
        if (decision.Length is 0 or > Register.LongestDecision || !decision.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '.' or '_'))
            return Wrong("decision", new Message("Enter your reference of the decision, like IR-2026-014. Use letters, numbers and hyphens, and no name"));
        if (references.Count is 0 or > Most) return Wrong("reference", new Message("Select the cases to erase, {most} at most at once", ("most", Most)));
        var held = await Holds.Now(unit);
        var zone = house.Council.Authorities[0].Calendar.Zone;
        var list = new RecordList(Holds.NewId("LIST"), "request", "standing", now, now, null, caller.Id, decision, null, null);
        var lines = new List<ListLine>();
        foreach (var reference in references.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (await CaseQueries.Find(unit, reference) is not { } found || !Rights.May(caller, Right.LookAfterRecords, found.Authority, found.Team, found.Service)) return Refusal.NotFound;
            if (found.IsErased) return Wrong("reference", new Message("The record of {reference} was deleted already. Take it out of your selection", ("reference", reference)));
            if (found.IsOpen) return Wrong("reference", new Message("{reference} is still open. Ask its team to withdraw or finish it first, or take it out of your selection", ("reference", reference)));
            if (held.Holds(reference, found.Service)) return Wrong("reference", new Message("{reference} is on hold. End the hold first, or take it out of your selection", ("reference", reference)));
            var line = new ListLine(list.Id, found.Reference, found.Service, found.Authority, $"request granted, {ground}", now.InZone(zone).Date, "listed", null);
            lines.Add(await CarryOut.Erase(unit, house, line, found, "request", Actor.Worker, now));
        }
        await RecordLists.Insert(unit, list);
        foreach (var line in lines) await RecordLists.Insert(unit, line);
        await RecordLists.Close(unit, list, now);
        await Register.Add(unit, AuditBy.Of(caller), "erased", decision, list.Id, lines.Count, now);
        return list;
    }

    static Refusal Wrong(string field, Message why) => Refusal.Invalid([new Fault(field, field, why)]);
}
