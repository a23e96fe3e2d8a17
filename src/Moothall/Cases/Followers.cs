using System.Security.Cryptography;
using System.Text;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Somebody who follows a case that another person reported: where to write to, in which language, and the code of their own link.</summary>
public sealed record Follower(string Id, string Reference, string Email, string Language, Instant Since);

/// <summary>
/// People who found their report made already and follow that one. Each has a link of their own, which shows how far the case is and nothing of who reported
/// it, and with which they stop. The rows are personal and go with the case.
/// </summary>
public static class Followers
{
    /// <summary>Most people who can follow one case: nobody may make the council write to thousands.</summary>
    public const int Most = 200;

    /// <summary>Makes somebody a follower of an open case; again with the same address is the same follower.</summary>
    /// <param name="caseId">As a page of near cases named it.</param>
    public static async Task<Result<Follower>> Follow(Unit unit, TrackingCodes codes, string caseId, string service, string email, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(codes);
        if (await CasePlaces.Find(unit, caseId, service) is not { } found) return Refusal.Invalid("That one is closed now. Choose another, or say that yours is different.");
        if (await unit.First($"select id, reference, email, language, since from case_follower where reference = {found.Reference} and email = {email}", Read) is { } before) return before;
        if (await unit.Number($"select count(*) from case_follower where reference = {found.Reference}") >= Most)
            return Refusal.Invalid("So many people follow that one that we cannot write to more. Send your own report instead.");
        var follower = new Follower(FileStore.NewId(), found.Reference, email, language, now);
        await unit.Execute($"""
            insert into case_follower (id, reference, email, language, since, link)
            values ({follower.Id}, {follower.Reference}, {follower.Email}, {follower.Language}, {follower.Since}, {HashOf(codes.ForFollower(follower.Id))})
            """);
        return follower;
    }

    /// <summary>Everybody who follows a case, to be told of it.</summary>
    public static Task<List<Follower>> Of(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select id, reference, email, language, since from case_follower where reference = {reference} order by since, id", Read);
    }

    /// <summary>What an address follows, the newest first.</summary>
    public static Task<List<Follower>> OfEmail(Session session, string email)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(email);
        var folded = email.ToLowerInvariant();
        return session.Query($"select id, reference, email, language, since from case_follower where lower(email) = {folded} order by since desc limit 100", Read);
    }

    /// <summary>Whose link a code is, and how far their case is; null for one that opens nothing.</summary>
    public static async Task<(Follower Follower, CaseProgress Progress)?> Open(Session session, PublishedServices services, string code, string language, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(services);
        var link = HashOf(TrackingCodes.Tidied(code));
        if (await session.First($"select id, reference, email, language, since from case_follower where link = {link}", Read) is not { } follower) return null;
        if (await CaseRows.Find(session, follower.Reference) is not { } found || TrackingCodes.HasEnded(found, now)) return null;
        var definition = (await services.Version(found.Service, found.DefinitionVersion)).Definition;
        return (follower, CaseQueries.ForFollower(found, definition, await CaseRows.History(session, follower.Reference), language));
    }

    /// <summary>What must not be sent twice: the welcome to somebody who follows a case, with their link.</summary>
    public static string WelcomeKey(string id) => $"follower/{id}/welcome";

    /// <summary>Somebody stops: their address goes, with what was sent to it.</summary>
    public static async Task Stop(Unit unit, string id)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await unit.First($"select reference from case_follower where id = {id}", row => row.Text(0)) is not { } reference) return;
        await unit.Execute($"delete from case_follower where id = {id}");
        await EraseMessages.EraseKeys(unit, [WelcomeKey(id)]);
        await EraseMessages.EraseToFollower(unit, reference, id);
    }

    /// <summary>Erases all followers of a case, with the mails that brought them their links.</summary>
    public static async Task<int> Erase(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var welcomes = await unit.Query($"select id from case_follower where reference = {reference}", row => WelcomeKey(row.Text(0)));
        if (welcomes.Count > 0) await EraseMessages.EraseKeys(unit, welcomes);
        return await unit.Execute($"delete from case_follower where reference = {reference}");
    }

    // The code itself stands nowhere: it is made again from the follower's id when a message is written.
    static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));

    static Follower Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Instant(4));
}
