using System.Collections.Immutable;
using Moothall.Council;

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
    public static Caller CallerFor(CouncilFiles council, string? member) =>
        member is not null && council.Members.TryGetValue(member, out var found) && !found.IsPartner ? AsCaller(found) : Caller.Nobody;

    /// <summary>A member of staff or a partner as somebody who asks.</summary>
    internal static Caller AsCaller(Member member) =>
        new(member.Id, member.Name, member.Roles.ToImmutableHashSet(), member.Authorities.ToImmutableHashSet(), member.Teams.ToImmutableHashSet(), member.IsPartner);
}
