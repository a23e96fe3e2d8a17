using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Why somebody acts for somebody else, as a code.</summary>
public static class ActingReasons
{
    public static readonly IReadOnlyList<string> All = ["parent", "carer", "advice", "agent", "other"];
}

/// <summary>
/// That one person acts for another, for some services and for some time. One of the two asks, the other accepts by a link that comes by e-mail; either ends it at any time.
/// </summary>
/// <param name="Actor">The account of whoever acts; null until they have accepted.</param>
/// <param name="Subject">The account of whoever it is done for; null until they have accepted.</param>
/// <param name="AskedBy">The account that asked.</param>
/// <param name="Invited">The address that the invitation went to; null once it was answered.</param>
/// <param name="Services">The services that it is for; empty means all.</param>
public sealed record ActingAgreement(string Id, string? Actor, string? Subject, string AskedBy, string? ActorName, string? SubjectName, string? Invited, string Why, IReadOnlyList<string> Services, Instant Asked, Instant Until,
    Instant? Accepted, Instant? Ended, string? EndedBy)
{
    /// <summary>Whether something may be done under it now.</summary>
    public bool IsActive(Instant now) => Accepted is not null && Ended is null && now < Until;

    /// <summary>Whether it waits for an answer.</summary>
    public bool IsWaiting(Instant now) => Accepted is null && Ended is null && now < Asked + ActingAgreements.AnswerWithin;

    /// <summary>Whether it is for a service.</summary>
    public bool Covers(string service) => Services.Count == 0 || Services.Contains(service);

    /// <summary>Whether an account is one of the two.</summary>
    public bool IsOf(string account) => Actor == account || Subject == account || AskedBy == account;
}

/// <summary>Who sent a case, for whom: names and why, as long as the case is kept.</summary>
public sealed record SentFor(string? Actor, string? Subject, string Why);

/// <summary>What somebody asks for when one is to act for the other.</summary>
/// <param name="AskerActs">Whether whoever asks is the one who acts.</param>
/// <param name="Name">The name of whoever asks, as the other will know it.</param>
/// <param name="Email">Where the invitation goes.</param>
/// <param name="Months">For how long.</param>
public sealed record AskToAct(bool AskerActs, string Name, string Email, string Why, IReadOnlyList<string> Services, int Months);

/// <summary>Agreements under which somebody acts for somebody else.</summary>
public static class ActingAgreements
{
    /// <summary>How long an invitation waits for its answer.</summary>
    public static readonly Duration AnswerWithin = Duration.FromDays(14);
    /// <summary>For how many months an agreement may be made.</summary>
    public static readonly IReadOnlyList<int> Months = [1, 6, 12, 24];
    /// <summary>Most agreements of one account that wait for an answer.</summary>
    public const int MostWaiting = 10;
    public const int LongestName = 100;
    static readonly Duration KeptAfterEnd = Duration.FromDays(365);

    /// <summary>Asks somebody by e-mail; the words of the mail say who asks, and nothing happens until they accept.</summary>
    public static async Task<Result<string>> Ask(Unit unit, House house, string authority, string account, AskToAct asked, string language)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(asked);
        var (now, door) = (house.Now, house.Council.FindAuthority(authority) ?? house.Council.Authorities[0]);
        var faults = new List<Fault>();
        var name = Tidy.Line(asked.Name);
        if (name.Length is 0 or > LongestName) faults.Add(new Fault("name", "name", new Message("Enter your name, as they know you")));
        if (!ActingReasons.All.Contains(asked.Why)) faults.Add(new Fault("why", "why", new Message("Select why")));
        if (!Months.Contains(asked.Months)) faults.Add(new Fault("months", "months", new Message("Select for how long")));
        if (asked.Services.Any(s => house.Services.Find(s) is null)) faults.Add(new Fault("services", "services", new Message("Select services from the list")));
        if (await Accounts.EmailOf(unit, account) is { } own && Accounts.Folded(own.Address) == Accounts.Folded(asked.Email)) faults.Add(new Fault("email", "email", new Message("This is your own address. Enter that of the other person")));
        if (faults.Count > 0) return Refusal.Invalid(faults);
        var waiting = await unit.Number($"select count(*) from acting where (actor = {account} or subject = {account}) and accepted is null and ended is null and asked > {now - AnswerWithin}");
        if (waiting >= MostWaiting) return Refusal.Invalid([new Fault("email", "email", new Message("{most, plural, one {# invitation waits} other {# invitations wait}} for an answer. Take one back first", ("most", MostWaiting)))]);
        var (id, code) = (Accounts.NewId(), OneTimeCodes.Make());
        var zone = door.Calendar.Zone;
        var until = now.InZone(zone).Date.PlusMonths(asked.Months).PlusDays(1).AtStartOfDayInZone(zone).ToInstant();
        var (actor, subject) = asked.AskerActs ? (account, (string?)null) : (null, account);
        var (actorName, subjectName) = asked.AskerActs ? (name, (string?)null) : (null, name);
        await unit.Execute($"""
            insert into acting (id, actor, subject, asked_by, actor_name, subject_name, invited, why, services, asked, until, link)
            values ({id}, {actor}, {subject}, {account}, {actorName}, {subjectName}, {asked.Email.Trim()}, {asked.Why}, {string.Join(' ', asked.Services)}, {now}, {until}, {OneTimeCodes.HashOf(code)})
            """);
        var template = asked.AskerActs ? "acting-for-you" : "acting-for-them";
        await QueueMail.Queue(unit, house, new OutgoingMail
        {
            Key = MailKey(id), Kind = "acting", Authority = door.Id, To = asked.Email, Language = language, Template = template, AtOnce = true,
            Fields = new Dictionary<string, string?>
            {
                ["name"] = name, ["link"] = $"{door.PublicAddress}/account/invitation/{code}", ["until"] = Phrases.In(language).Day((now + AnswerWithin).InZone(zone).Date),
            },
        });
        return id;
    }

    /// <summary>An agreement by its id.</summary>
    public static Task<ActingAgreement?> Find(Session session, string id)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select id, actor, subject, asked_by, actor_name, subject_name, invited, why, services, asked, until, accepted, ended, ended_by from acting where id = {id}", Read);
    }

    /// <summary>An agreement of an account; null where it is none of theirs.</summary>
    public static async Task<ActingAgreement?> Find(Session session, string account, string id) => await Find(session, id) is { } found && found.IsOf(account) ? found : null;

    /// <summary>The agreements of an account, those that wait or hold first, then the newest.</summary>
    public static async Task<IReadOnlyList<ActingAgreement>> Of(Session session, string account, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        var all = await session.Query($"""
            select id, actor, subject, asked_by, actor_name, subject_name, invited, why, services, asked, until, accepted, ended, ended_by from acting where actor = {account}
            union
            select id, actor, subject, asked_by, actor_name, subject_name, invited, why, services, asked, until, accepted, ended, ended_by from acting where subject = {account}
            """, Read);
        return [.. all.OrderBy(a => a.IsActive(now) || a.IsWaiting(now) ? 0 : 1).ThenByDescending(a => a.Asked)];
    }

    /// <summary>The agreement that an invitation is for; null for a link that is unknown, answered or out of date.</summary>
    public static async Task<ActingAgreement?> Invited(Session session, string? code, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OneTimeCodes.HashOf(code) is { } hash && await session.First($"""
            select id, actor, subject, asked_by, actor_name, subject_name, invited, why, services, asked, until, accepted, ended, ended_by from acting where link = {hash}
            """, Read) is { } found && found.IsWaiting(now) ? found : null;
    }

    /// <summary>Whether an invitation came to the address of an account: nobody else may answer it.</summary>
    public static async Task<bool> IsFor(Session session, ActingAgreement agreement, string account)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        return agreement.AskedBy != account && agreement.Invited is { } invited && await Accounts.EmailOf(session, account) is { } own && Accounts.Folded(own.Address) == Accounts.Folded(invited);
    }

    /// <summary>Accepts an invitation: the account becomes the other of the two.</summary>
    public static async Task<Result<ActingAgreement>> Accept(Unit unit, string? code, string account, string typedName, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(typedName);
        if (await Invited(unit, code, now) is not { } found || !await IsFor(unit, found, account)) return Refusal.NotFound;
        var name = Tidy.Line(typedName);
        if (name.Length is 0 or > LongestName) return Refusal.Invalid([new Fault("name", "name", new Message("Enter your name, as they know you"))]);
        var accepted = found.Actor is null ? found with { Actor = account, ActorName = name, Accepted = now, Invited = null } : found with { Subject = account, SubjectName = name, Accepted = now, Invited = null };
        await unit.Execute($"""
            update acting set actor = {accepted.Actor}, subject = {accepted.Subject}, actor_name = {accepted.ActorName}, subject_name = {accepted.SubjectName}, accepted = {now}, invited = null, link = null
            where id = {found.Id} and accepted is null and ended is null
            """);
        return accepted;
    }

    /// <summary>Says no to an invitation.</summary>
    public static async Task<Result<ActingAgreement>> Refuse(Unit unit, string? code, string account, Instant now)
    {
        if (await Invited(unit, code, now) is not { } found || !await IsFor(unit, found, account)) return Refusal.NotFound;
        await EndIt(unit, found.Id, account, now);
        return found;
    }

    /// <summary>Ends an agreement, or takes an invitation back; either of the two may, at any time.</summary>
    public static async Task<Result<ActingAgreement>> End(Unit unit, string account, string id, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await Find(unit, account, id) is not { } found) return Refusal.NotFound;
        if (found.Ended is null) await EndIt(unit, id, account, now);
        return found;
    }

    static async Task EndIt(Unit unit, string id, string by, Instant now)
    {
        await unit.Execute($"update acting set ended = {now}, ended_by = {by}, invited = null, link = null where id = {id} and ended is null");
        await unit.Execute($"update account_session set acting = null where acting = {id}");
        await EraseMessages.EraseKeys(unit, [MailKey(id)]);
    }

    /// <summary>From now on what is done in a session is done for somebody else; refused for an agreement that does not hold.</summary>
    public static async Task<Result<ActingAgreement>> Begin(Unit unit, AccountSession session, string id, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(session);
        if (await Find(unit, session.Account, id) is not { } found || found.Actor != session.Account || !found.IsActive(now)) return Refusal.NotFound;
        await unit.Execute($"update account_session set acting = {id} where hash = {session.Hash} and ended is null");
        return found;
    }

    /// <summary>From now on what is done in a session is done for oneself.</summary>
    public static Task Stop(Unit unit, AccountSession session)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(session);
        return unit.Execute($"update account_session set acting = null where hash = {session.Hash}");
    }

    /// <summary>Who sent a case for whom; null where the person sent it themselves.</summary>
    public static Task<SentFor?> Of(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"""
            select a.actor_name, a.subject_name, a.why from account_case c join acting a on a.id = c.acting where c.reference = {reference} and c.acting is not null limit 1
            """, row => new SentFor(row.TextOrNull(0), row.TextOrNull(1), row.Text(2)));
    }

    /// <summary>Forgets what is long over and under which no case is kept that was sent by it.</summary>
    internal static async Task Forget(Unit unit, Instant now)
    {
        var (old, unanswered) = (now - KeptAfterEnd, now - AnswerWithin);
        await unit.Execute($"update acting set invited = null, link = null where accepted is null and invited is not null and asked < {unanswered}");
        await unit.Execute($"""
            delete from acting where ((until < {old}) or (ended is not null and ended < {old}) or (accepted is null and asked < {old})) and id not in (select acting from account_case where acting is not null)
            """);
    }

    /// <summary>Ends and forgets the agreements of an account that is closed; names stay only where a case is kept that was sent under them.</summary>
    internal static async Task EraseOf(Unit unit, string account, Instant now)
    {
        foreach (var found in await Of(unit, account, now))
        {
            await EndIt(unit, found.Id, account, now);
            await unit.Execute($"delete from acting where id = {found.Id} and id not in (select acting from account_case where acting is not null)");
        }
    }

    static string MailKey(string id) => "acting/" + id;

    static ActingAgreement Read(Row row) => new(row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5), row.TextOrNull(6), row.Text(7),
        row.Text(8).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Instant(9), row.Instant(10), row.InstantOrNull(11), row.InstantOrNull(12), row.TextOrNull(13));
}
