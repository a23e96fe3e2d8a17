using Moothall.Council;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Staff who are signed in at the desk. Who somebody is stands in a cookie that the web layer seals; what they may do is read from the council's files
/// each time, so that a role taken away is gone with the next page.
/// </summary>
public static class StaffSessions
{
    /// <summary>Staff that the demo's sign-in offers by name, in order of names. Partners' programs have tokens, not sessions.</summary>
    public static IReadOnlyList<Member> ToChooseFrom(CouncilFiles council) =>
        [.. council.Members.Values.Where(m => !m.IsPartner).OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>Who a session is: nobody when the member is not, or no longer, on the staff.</summary>
    public static Caller CallerFor(CouncilFiles council, string? member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(council);
        return member is not null && council.Members.TryGetValue(member, out var found) && !found.IsPartner ? Caller.Of(council, found, council.DayOf(now)) : Caller.Nobody;
    }

    /// <summary>Somebody as colleagues know them, for work that is given to them or done in their name later: with what their groups gave when they last signed in.</summary>
    public static Caller AsKnown(CouncilFiles council, string? member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(council);
        return With(council, CallerFor(council, member, now), member is null ? [] : council.ByGroups.GetValueOrDefault(member) ?? []);
    }

    /// <summary>Who a session is, with what groups of a provider gave when it began.</summary>
    public static Caller CallerFor(CouncilFiles council, StaffSession session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return With(council, CallerFor(council, session.Member, now), Holdings.Read(session.Granted, council));
    }

    /// <summary>Somebody with what groups gave them besides.</summary>
    internal static Caller With(CouncilFiles council, Caller own, IReadOnlyList<Holding> granted) => granted.Count == 0 || !own.IsSignedIn ? own : own with
    {
        Roles = own.Roles.Concat(granted.SelectMany(g => g.Roles)).ToHashSet(), Authorities = own.Authorities.Concat(granted.SelectMany(g => g.Authorities)).ToHashSet(), Teams = own.Teams.Concat(granted.SelectMany(g => g.Teams)).ToHashSet(),
        Granted = granted, Hats = [own, .. granted.Select(g => own with { Roles = g.Roles, Authorities = g.Authorities, Teams = g.Teams, Services = null, ForServices = [], Hidden = council.Sensitive })],
    };

    /// <summary>The same without what was given for a time.</summary>
    public static Caller CallerFor(CouncilFiles council, string? member)
    {
        ArgumentNullException.ThrowIfNull(council);
        return member is not null && council.Members.TryGetValue(member, out var found) && !found.IsPartner ? Caller.Of(council, found, null) : Caller.Nobody;
    }
}
