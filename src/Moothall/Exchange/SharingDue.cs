using System.Globalization;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Exchange;

/// <summary>What a partner is to get of a case: the names of the questions, never the answers themselves.</summary>
public sealed record SharingDue(string Partner, string Agreement, IReadOnlyList<string> Fields)
{
    public Instant? DueAt { get; init; }
    /// <summary>When it was passed on; null while it is to be done.</summary>
    public Instant? PassedAt { get; init; }
    public string? PassedBy { get; init; }
    /// <summary>The service for which it was passed on before the case was moved to another; null for the case as it is.</summary>
    public string? EarlierService { get; init; }

    /// <summary>
    /// What is to be passed on of answers by the law of the day: the definition in force, and agreements that have begun to cover a field and have not
    /// ended. Only questions that were answered are named. Pure.
    /// </summary>
    public static IReadOnlyList<SharingDue> Decide(ServiceDefinition inForce, Answers kept, IReadOnlyDictionary<string, SharingAgreement> agreements, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(inForce);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(agreements);
        if (inForce.Share.Count == 0) return [];
        var facts = new Facts(inForce, kept, Journey.Decide(inForce, kept, today), today);
        return [.. inForce.Share.Where(share => share.When is null || share.When.Holds(facts))
            .Where(share => WhyNot(share.Partner, share.Agreement, agreements, today) is null)
            .Select(share => new SharingDue(share.Partner, share.Agreement,
                [.. share.Fields.Where(field => agreements[share.Agreement].Fields.Contains(field) && kept[field] is not (null or SkippedAnswer))]))
            .Where(due => due.Fields.Count > 0)];
    }

    /// <summary>Why nothing may be passed on under an agreement today; null when it may.</summary>
    public static Message? WhyNot(string partner, string agreement, IReadOnlyDictionary<string, SharingAgreement> agreements, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(agreements);
        if (!agreements.TryGetValue(agreement, out var found) || found.Partner != partner) return new Message("There is no agreement {agreement} any more. Pass nothing on.", ("agreement", agreement));
        return found.Until < today ? new Message("The agreement {agreement} ended on {day}. Pass nothing on until it is renewed.", ("agreement", agreement), ("day", found.Until)) : null;
    }
}

/// <summary>What is to be passed on, in the store: recorded when a case is received, marked when somebody has done it.</summary>
public static class Sharings
{
    /// <summary>Records in the caller's unit what a new case gives to partners.</summary>
    public static async Task FallDue(Unit unit, string reference, string service, string authority, IReadOnlyList<SharingDue> due, Instant at)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(due);
        var version = await unit.VersionOf(Stream(reference));
        foreach (var sharing in due)
        {
            var fields = string.Join(' ', sharing.Fields);
            await Insert(unit, reference, sharing with { DueAt = at });
            version = await unit.Append(Stream(reference), version, [EventJson.ToLog(new SharingFellDue(service, authority, sharing.Partner, sharing.Agreement, fields), at)]);
        }
    }

    /// <summary>What is to be, or was, passed on of a case.</summary>
    public static Task<List<SharingDue>> Of(Session session, string reference) => session.Query($"""
        select partner, agreement, fields, due_at, passed_at, passed_by from sharing_due where reference = {reference} order by partner
        """, row =>
        {
            // `service/partner` where it was passed on for a service that the case is no longer of.
            var (key, slash) = (row.Text(0), row.Text(0).IndexOf('/', StringComparison.Ordinal));
            return new SharingDue(key[(slash + 1)..], row.Text(1), row.Text(2).Split(' '))
            {
                DueAt = row.Instant(3), PassedAt = row.InstantOrNull(4), PassedBy = row.TextOrNull(5), EarlierService = slash < 0 ? null : key[..slash],
            };
        });

    internal static Task Insert(Unit unit, string reference, SharingDue sharing)
    {
        var (key, fields) = (sharing.EarlierService is { } earlier ? $"{earlier}/{sharing.Partner}" : sharing.Partner, string.Join(' ', sharing.Fields));
        return unit.Execute($"""
            insert into sharing_due (reference, partner, agreement, fields, due_at, passed_at, passed_by)
            values ({reference}, {key}, {sharing.Agreement}, {fields}, {sharing.DueAt}, {sharing.PassedAt}, {sharing.PassedBy})
            """);
    }

    /// <summary>Marks in the caller's unit that somebody has passed it on; refused, with nothing written, when it may not be or was done before.</summary>
    /// <param name="partner">To whom; empty for the first that still waits.</param>
    public static async Task<Result<SharingDue>> PassOn(Unit unit, string reference, string service, string authority, string partner, IReadOnlyDictionary<string, SharingAgreement> agreements,
        LocalDate today, Instant at, Actor by, string? member)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(partner);
        var version = await unit.VersionOf(Stream(reference));
        var known = await Of(unit, reference);
        if (known.FirstOrDefault(s => s.PassedAt is null && (partner.Length == 0 || s.Partner == partner)) is not { } due)
            return known.Count == 0 ? Refusal.Invalid("Nothing of this case is to be passed on.") : Refusal.Invalid("It was passed on already.");
        if (SharingDue.WhyNot(due.Partner, due.Agreement, agreements, today) is { } why) return new Refusal(RefusalKind.Invalid, why, []);
        await unit.Execute($"update sharing_due set passed_at = {at}, passed_by = {member} where reference = {reference} and partner = {due.Partner}");
        await unit.Append(Stream(reference), version, [EventJson.ToLog(new SharingPassedOn(service, authority, due.Partner, due.Agreement, by), at)]);
        return due with { PassedAt = at, PassedBy = member };
    }

    /// <summary>Takes the mark back in the unit that undoes it: it waits to be passed on again.</summary>
    public static async Task TakeBack(Unit unit, string reference, string service, string authority, string partner, Instant now, Actor by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var version = await unit.VersionOf(Stream(reference));
        if ((await Of(unit, reference)).FirstOrDefault(s => s.Partner == partner && s.EarlierService is null) is not { PassedAt: { } passed } mark) return;
        await unit.Execute($"update sharing_due set passed_at = {(Instant?)null}, passed_by = {(string?)null} where reference = {reference} and partner = {partner}");
        await unit.Append(Stream(reference), version, [EventJson.ToLog(new SharingTakenBack(service, authority, partner, mark.Agreement, passed, by), now)]);
    }

    internal static string Stream(string reference) => "sharing/" + reference;
}
