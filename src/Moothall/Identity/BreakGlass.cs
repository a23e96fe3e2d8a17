using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Somebody opened one case of a sensitive service that is not theirs: who, why, and until when they may see it.</summary>
public sealed record BrokenGlass(string Id, string Reference, string Member, string Reason, Instant At, Instant Until, string Authority, string Team, string Service);

/// <summary>
/// The rows of broken glass. Whoever breaks it sees that one case, to read and not to work, for a short time; it stands here for those who lead the team, and for administrators, as long as
/// the case is kept.
/// </summary>
public static class BreakGlass
{
    /// <summary>For how long a case may be seen.</summary>
    public static readonly Duration Lasts = Duration.FromHours(1);
    /// <summary>For how long those who lead the team are told of it at the top of their queue.</summary>
    public static readonly Duration Told = Duration.FromDays(7);
    /// <summary>The shortest and the longest reason.</summary>
    public const int Shortest = 10, Longest = 500;

    /// <summary>Until when somebody may see a case that is not theirs; null when they may not.</summary>
    public static Task<BrokenGlass?> Find(Session session, string reference, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"""
            select id, reference, member, reason, at, until, authority, team, service from broken_glass
            where reference = {reference} and member = {member} and until > {now} order by until desc limit 1
            """, Read);
    }

    /// <summary>What was opened of a case, newest first.</summary>
    public static Task<List<BrokenGlass>> Of(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select id, reference, member, reason, at, until, authority, team, service from broken_glass where reference = {reference} order by at desc limit 50", Read);
    }

    /// <summary>What was opened in some councils since a time, newest first, as far as somebody is to know of it: the cases of teams that they lead, and as an administrator those of the council.</summary>
    public static async Task<IReadOnlyList<BrokenGlass>> ToKnow(Session session, Caller caller, Instant since, int most = 100)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(caller);
        var (leads, administers) = (Rights.HasRole(caller, Right.LeadTeam), Rights.AuthoritiesFor(caller, Right.Administer));
        var found = new List<BrokenGlass>();
        foreach (var authority in administers)
            found.AddRange(await session.Query($"select id, reference, member, reason, at, until, authority, team, service from broken_glass where authority = {authority} and at >= {since} order by at desc limit {most}", Read));
        if (leads)
            foreach (var team in caller.Teams)
                found.AddRange((await session.Query($"select id, reference, member, reason, at, until, authority, team, service from broken_glass where team = {team} and at >= {since} order by at desc limit {most}", Read)).Where(g => caller.WorksFor(g.Authority, team)));
        return [.. found.DistinctBy(g => g.Id).OrderByDescending(g => g.At).Take(most)];
    }

    /// <summary>What is open at this moment.</summary>
    public static Task<List<BrokenGlass>> Open(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select id, reference, member, reason, at, until, authority, team, service from broken_glass where until > {now} order by until limit 200", Read);
    }

    internal static Task Insert(Unit unit, BrokenGlass g) => unit.Execute($"""
        insert into broken_glass (id, reference, member, reason, at, until, authority, team, service)
        values ({g.Id}, {g.Reference}, {g.Member}, {g.Reason}, {g.At}, {g.Until}, {g.Authority}, {g.Team}, {g.Service})
        """);

    /// <summary>Erases what was opened of a case, which goes with its record. Joined by Records only.</summary>
    public static Task<int> EraseOf(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from broken_glass where reference = {reference}");
    }

    static BrokenGlass Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Instant(4), row.Instant(5), row.Text(6), row.Text(7), row.Text(8));
}
