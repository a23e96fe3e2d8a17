using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>Something that stops erasing: a claim, an inquiry, an audit. It does not end by itself; its review day says when somebody must look again.</summary>
/// <param name="Kind">case, service or person.</param>
/// <param name="About">A reference (of a case, or as a list has it: `message/17`), a service's name, or an e-mail, phone number or name.</param>
public sealed record Hold(string Id, string Kind, string About, string Reason, LocalDate Review, string ByMember, Instant Made);

/// <summary>What is held now, resolved to references and services; and the words that people are held by, for what belongs to no case.</summary>
public sealed record HeldNow(IReadOnlySet<string> References, IReadOnlySet<string> Services, IReadOnlySet<string> People)
{
    /// <summary>Whether a case must stay.</summary>
    public bool Holds(string reference, string service) => Services.Contains(service) || References.Contains(reference);
}

/// <summary>Placing and ending holds, and what they hold.</summary>
public static class Holds
{
    public static readonly IReadOnlyList<string> Kinds = ["case", "service", "person"];
    const int LongestReason = 500;

    /// <summary>The holds in force, newest first.</summary>
    public static Task<List<Hold>> InForce(Session session) => session.Query(
        $"select id, kind, about, reason, review, by_member, made from record_hold where ended is null order by made desc, id",
        row => new Hold(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Date(4), row.Text(5), row.Instant(6)));

    /// <summary>What they hold now. A person's hold holds all cases that their words find today.</summary>
    public static async Task<HeldNow> Now(Session session)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        var services = new HashSet<string>(StringComparer.Ordinal);
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var hold in await InForce(session))
            if (hold.Kind == "service") services.Add(hold.About);
            else if (hold.Kind == "case") references.Add(hold.About);
            else
            {
                people.Add(hold.About);
                references.UnionWith(await CaseList.FoundBy(session, hold.About));
            }
        return new HeldNow(references, services, people);
    }

    /// <summary>Places a hold.</summary>
    public static async Task<Result<Hold>> Place(Unit unit, House house, Caller caller, string kind, string about, string reason, LocalDate? review, Instant now)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(reason);
        if (!Rights.HasRole(caller, Right.LookAfterRecords)) return Refusal.NotAllowed;
        about = about.Trim();
        if (kind == "case" && LooseKind.Of(house, about) is { } loose)
        {
            if (await loose.Authority(unit, about[loose.Prefix.Length..]) is not { } authority || (authority.Length > 0 && !Rights.AuthoritiesFor(caller, Right.LookAfterRecords).Contains(authority)))
                return Wrong("about", new Message("There is no record with this reference. Check it"));
        }
        else if (kind == "case")
        {
            if (CaseReference.Tidy(about) is not { } tidy || await CaseQueries.Find(unit, tidy) is not { } found || !Rights.May(caller, Right.LookAfterRecords, found.Authority, found.Team, found.Service))
                return Wrong("about", new Message("There is no record with this reference. Check it"));
            if (found.IsErased) return Wrong("about", new Message("The record of this case was deleted already, so nothing can be held"));
            about = tidy;
        }
        else if (kind == "service" && house.Services.Find(about) is null) return Wrong("about", new Message("There is no service of this name"));
        else if (kind == "person" && (about.Length is < 3 or > 200 || !CaseList.CanFind(about))) return Wrong("about", new Message("Enter an email address, a phone number or a full name"));
        else if (!Kinds.Contains(kind)) return Wrong("kind", new Message("Select what you want to hold"));
        if (string.IsNullOrWhiteSpace(reason)) return Wrong("reason", new Message("Enter why it must be kept"));
        if (reason.Length > LongestReason) return Wrong("reason", new Message("The reason must be 500 characters or fewer"));
        if (review is not { } day || day <= now.InUtc().Date) return Wrong("review", new Message("The day of the review must be in the future"));
        var hold = new Hold(NewId("HOLD"), kind, about, Tidy.Lines(reason), day, caller.Id, now);
        await unit.Execute($"""
            insert into record_hold (id, kind, about, reason, review, by_member, made) values ({hold.Id}, {hold.Kind}, {hold.About}, {hold.Reason}, {hold.Review}, {hold.ByMember}, {hold.Made})
            """);
        await Register.Add(unit, AuditBy.Of(caller), "held", null, hold.Id, kind == "case" ? 1 : 0, now);
        return hold;
    }

    /// <summary>Ends a hold. Words that named a person go with it.</summary>
    public static async Task<Result<string>> End(Unit unit, Caller caller, string id, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!Rights.HasRole(caller, Right.LookAfterRecords)) return Refusal.NotAllowed;
        if (await unit.Execute($"""
            update record_hold set ended = {now}, ended_by = {caller.Id}, about = case when kind = 'person' then '' else about end where id = {id} and ended is null
            """) == 0) return Refusal.Invalid("This hold has ended already.");
        await Register.Add(unit, AuditBy.Of(caller), "released", null, id, 0, now);
        return id;
    }

    static Refusal Wrong(string field, Message why) => Refusal.Invalid([new Fault(field, field, why)]);

    /// <summary>A short id that can be read aloud: `HOLD-7F3K-92QX`.</summary>
    internal static string NewId(string prefix) => CaseReference.New(prefix);
}
