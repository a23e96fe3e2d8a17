using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>How a one-time link stands.</summary>
public enum InvitationState { Good, Unknown, Used, Expired, Revoked }

/// <summary>A one-time link for a member of staff.</summary>
public sealed record Invitation(string Member, Instant Made, Instant Expires, Instant? Used, Instant? Revoked)
{
    /// <summary>How it stands at a time.</summary>
    public InvitationState StateAt(Instant now) => Used is not null ? InvitationState.Used : Revoked is not null ? InvitationState.Revoked : Expires <= now ? InvitationState.Expired : InvitationState.Good;
}

/// <summary>One-time links with which staff register a passkey. Looking at one changes nothing, so programs that open links in mail do not use it up.</summary>
public static class Invitations
{
    /// <summary>How long a link lasts when nobody says otherwise.</summary>
    public static readonly Duration Usual = Duration.FromHours(48);

    /// <summary>Makes a link's code, which nothing can show again; earlier unused ones of the member end.</summary>
    internal static async Task<string> Make(Unit unit, string member, Instant now, Duration lasts)
    {
        await RevokeAllOf(unit, member, now);
        var code = OneTimeCodes.Make();
        await unit.Execute($"insert into invitation (hash, member, made, expires) values ({OneTimeCodes.HashOf(code)}, {member}, {now}, {now + lasts})");
        return code;
    }

    /// <summary>The address of a code at a council.</summary>
    public static string Link(Council.CouncilFiles council, Council.Member member, string code)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(member);
        var door = council.Authorities.FirstOrDefault(a => member.Authorities.Contains(a.Id)) ?? council.Authorities[0];
        return $"{door.PublicAddress}/desk/invitation/{code}";
    }

    /// <summary>The invitation of a code and how it stands; reads only.</summary>
    public static async Task<(InvitationState State, Invitation? Invitation)> Find(Session session, string code, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (OneTimeCodes.HashOf(code) is not { } hash) return (InvitationState.Unknown, null);
        var found = await session.First($"select member, made, expires, used, revoked from invitation where hash = {hash}", Read);
        return found is null ? (InvitationState.Unknown, null) : (found.StateAt(now), found);
    }

    /// <summary>The newest link of somebody, used or not.</summary>
    public static Task<Invitation?> Newest(Session session, string member) =>
        session.First($"select member, made, expires, used, revoked from invitation where member = {member} order by made desc limit 1", Read);

    /// <summary>Uses a link up; false when it is no longer good or another was first.</summary>
    public static async Task<bool> Use(Unit unit, string code, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return OneTimeCodes.HashOf(code) is { } hash
            && await unit.Execute($"update invitation set used = {now} where hash = {hash} and used is null and revoked is null and expires > {now}") == 1;
    }

    /// <summary>Ends all unused links of somebody; says how many.</summary>
    public static Task<int> RevokeAllOf(Unit unit, string member, Instant now) =>
        unit.Execute($"update invitation set revoked = {now} where member = {member} and used is null and revoked is null and expires > {now}");

    static Invitation Read(Row row) => new(row.Text(0), row.Instant(1), row.Instant(2), row.InstantOrNull(3), row.InstantOrNull(4));
}
