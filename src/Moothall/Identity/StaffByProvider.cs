using System.Collections.Immutable;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A member of staff whom a provider vouches for, with what its groups give them.</summary>
/// <param name="IsNew">They were taken on to the staff just now.</param>
public sealed record StaffProvided(string Member, IReadOnlyList<Holding> Granted, bool IsNew);

/// <summary>A way in by a provider that somebody has used.</summary>
public sealed record StaffProviderLink(string Issuer, Instant Added, Instant Used);

/// <summary>
/// Which member of staff somebody is whom the council's provider knows. By what the provider calls them, which never changes; the first time by the address that it vouches for, or
/// the name they sign in with there where the council says so. An address that changes hands gives nobody somebody else's rights.
/// </summary>
public static class StaffByProvider
{
    static readonly Message Unknown = new Message("You signed in, but nobody of the staff here is known by your account. Ask your administrator to add you, with the e-mail address that you sign in with.");
    static readonly Message Away = new Message("You cannot sign in at the moment. Ask your administrator.");
    static readonly Message Several = new Message("More than one member of staff has your e-mail address, so we cannot tell who you are. Ask your administrator to put it right.");
    static readonly Message OtherAccount = new Message("The member of staff with your e-mail address signs in with another account. Ask your administrator to remove that one if it is no longer used.");
    static readonly Message NoRole = new Message("You are known here, but none of your groups gives you a role. Ask your administrator.");

    /// <summary>What is known of somebody before it is decided who they are.</summary>
    /// <param name="Linked">Whose account it is from earlier; null at the first sign-in.</param>
    /// <param name="HasOther">Members of staff who sign in with another account of the same provider.</param>
    public sealed record Looked(string? Linked, IReadOnlySet<string> HasOther);

    /// <summary>Decides who somebody is: a member of staff, a joiner (null), or nobody.</summary>
    public static Result<Member?> Decide(SignInProvider provider, ProvidedPerson person, CouncilFiles council, Looked looked, IReadOnlyList<Holding> granted)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(looked);
        Member? member;
        if (looked.Linked is { } linked)
        {
            if (!council.Members.TryGetValue(linked, out member)) return No(council.Away.ContainsKey(linked) ? Away : Unknown);
        }
        else
        {
            if (council.Away.Values.Any(m => IsKnown(provider, person, m))) return No(Away);
            var known = KnownAs(provider, person, council);
            if (known.Count > 1) return No(Several);
            member = known.FirstOrDefault();
            if (member is null) return provider.Joiners && granted.Count > 0 ? new Result<Member?>(null, null) : No(Unknown);
            if (looked.HasOther.Contains(member.Id)) return No(OtherAccount);
        }
        if (member.IsPartner) return No(Unknown);
        // A council's provider vouches for people of that council.
        if (granted.Count == 0 && !member.Authorities.Any(provider.IsAt)) return No(member.Authorities.Count == 0 ? NoRole : Unknown);
        return granted.Count == 0 && member.Roles.Count == 0 && member.Grants.Count == 0 ? No(NoRole) : new Result<Member?>(member, null);
    }

    static List<Member> KnownAs(SignInProvider provider, ProvidedPerson person, CouncilFiles council) => [.. council.Members.Values.Where(m => !m.IsPartner && IsKnown(provider, person, m))];

    sealed record Link(string Member, string? Granted);

    static Refusal No(Message why) => new(RefusalKind.Invalid, why, []);

    static bool IsKnown(SignInProvider provider, ProvidedPerson person, Member member) =>
        (provider.KnownBy.Contains(SignInProvider.ByEmail) && person.Email is { } email && Same(email, member.Email))
        || (provider.KnownBy.Contains(SignInProvider.ByUsername) && person.Username is { Length: > 0 } name && (Same(name, member.Email) || Same(name, member.Id)));

    static bool Same(string one, string? other) => string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds out who somebody is, in the caller's unit: links their account at the first sign-in, takes them on to the staff where the council has that so.</summary>
    /// <param name="folder">The council's files without what the desk changed.</param>
    public static async Task<Result<StaffProvided>> Find(Unit unit, CouncilFiles folder, SignInProvider provider, ProvidedPerson person, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(person);
        var rows = await PeopleRows.Read(unit);
        var council = rows.Over(folder);
        var link = await unit.First($"select member, granted from staff_provider where issuer = {person.Issuer} and subject = {person.Subject}", row => new Link(row.Text(0), row.TextOrNull(1)));
        var linked = link?.Member;
        List<string> known = linked is not null ? [] : [.. KnownAs(provider, person, council).Select(m => m.Id)];
        var others = known.Count == 0 ? [] : await unit.Query($"select member from staff_provider where issuer = {person.Issuer} and member in ({known})", row => row.Text(0));
        var granted = Holdings.Of(provider, person.Groups);
        var decided = Decide(provider, person, council, new Looked(linked, others.ToHashSet()), granted);
        if (decided.Refusal is { } no) return no;
        var member = decided.Value?.Id ?? await Join(unit, rows, council, provider, person, granted, now);
        var kept = Holdings.Write(granted);
        if (linked is null) await unit.Execute($"insert into staff_provider (issuer, subject, member, granted, added, used) values ({person.Issuer}, {person.Subject}, {member}, {kept}, {now}, {now})");
        else await unit.Execute($"update staff_provider set used = {now}, granted = {kept} where issuer = {person.Issuer} and subject = {person.Subject}");
        // A joiner has raised it already.
        if (decided.Value is not null && kept != link?.Granted) await rows.Raise(unit);
        return new StaffProvided(member, granted, decided.Value is null);
    }

    // Their roles stay with the session, for the groups decide about them anew each time; councils and teams are written down so that colleagues can find them.
    static async Task<string> Join(Unit unit, PeopleRows rows, CouncilFiles council, SignInProvider provider, ProvidedPerson person, IReadOnlyList<Holding> granted, Instant now)
    {
        var name = new[] { person.Name, person.Email, person.Username }.FirstOrDefault(n => !string.IsNullOrWhiteSpace(n))?.Trim() ?? provider.Id;
        if (name.Length > 100) name = name[..100];
        var id = StaffForm.NewId(name, taken => council.Members.ContainsKey(taken) || council.Away.ContainsKey(taken));
        var member = new Member(id, name, ImmutableHashSet<Role>.Empty, granted.SelectMany(g => g.Authorities).ToImmutableHashSet(), granted.SelectMany(g => g.Teams).ToImmutableHashSet(), false) { Email = person.Email };
        var key = Guid.NewGuid().ToString("n");
        await PeopleRows.Write(unit, new StaffEntry(member, StaffState.Works, 1), key);
        await PeopleRows.Tell(unit, PeopleRows.About(id), 1, now, null, [new Message("Added at their first sign-in with {account}.", ("account", provider.Title.English))]);
        await unit.Append("staff/" + key, 0, EventJson.ToLog(new StaffChanged("added", 1), now));
        await rows.Raise(unit);
        return id;
    }

    /// <summary>The accounts that somebody signs in with.</summary>
    public static Task<List<StaffProviderLink>> Of(Session session, string member)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select issuer, added, used from staff_provider where member = {member} order by added, issuer", row => new StaffProviderLink(row.Text(0), row.Instant(1), row.Instant(2)));
    }

    /// <summary>Removes the accounts that somebody signs in with; says how many.</summary>
    public static Task<int> Forget(Unit unit, string member)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from staff_provider where member = {member}");
    }
}
