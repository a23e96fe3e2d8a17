using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// What administrators do with people. They see whoever works for a council of theirs, change whoever works for theirs alone, and give nothing beyond their
/// councils; nobody changes their own roles, and a council keeps its last administrator. The council's directory does the same for its councils, and makes nobody an administrator.
/// </summary>
/// <param name="right">By which right: an administrator's, or that of the directory.</param>
public sealed partial class ManageStaff(CouncilFiles folder, Caller by, Instant now, Right right = Right.Administer)
{
    /// <summary>Whether an administrator may see a person: they work for a council in common, or for none.</summary>
    public static bool MaySee(Caller caller, Member member, Right right = Right.Administer)
    {
        ArgumentNullException.ThrowIfNull(member);
        var mine = Rights.AuthoritiesFor(caller, right);
        return mine.Count > 0 && (member.Authorities.Count == 0 || member.Authorities.Any(mine.Contains));
    }

    /// <summary>Whether an administrator may change a person: all councils that they work for are the administrator's too.</summary>
    public static bool MayChange(Caller caller, Member member, Right right = Right.Administer) => MaySee(caller, member, right) && member.Authorities.All(Rights.AuthoritiesFor(caller, right).Contains);

    /// <summary>Roles that can be given in the desk; an importer, a postmaster and a directory are programs and stand in staff.yaml.</summary>
    public static IReadOnlyList<Role> Roles { get; } = [.. Enum.GetValues<Role>().Where(r => r is not (Role.Importer or Role.Postmaster or Role.Directory))];

    /// <summary>Adds somebody.</summary>
    public async Task<Result<StaffEntry>> Add(Unit unit, StaffForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (rows, council, caller) = await Look(unit);
        if (!Rights.HasRole(caller, right)) return Refusal.NotAllowed;
        var id = StaffForm.NewId(form.Name, taken => council.Members.ContainsKey(taken) || council.Away.ContainsKey(taken));
        var (member, faults) = form.Read(id, council, TeamsLater);
        if (member is null) return Refusal.Invalid(faults);
        if (BeyondScope(caller, null, member) is { } beyond) return Refusal.Invalid([beyond]);
        (member, var asks) = WithoutStrong(null, member);
        var added = await Keep(unit, rows, new StaffEntry(member, StaffState.Works, 0), "added", [new Message("Added."), .. Described(member, council), .. asks ? [Asked] : Array.Empty<Message>()]);
        return asks ? await AskToAdminister(unit, council, added) : added;
    }

    /// <summary>Changes what is written about somebody; of themselves an administrator changes name and address only.</summary>
    /// <param name="seen">The version that the form was made from.</param>
    public async Task<Result<StaffEntry>> Change(Unit unit, string id, int seen, StaffForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member, right)) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member, right)) return NotTheirs(entry.Member);
        if (entry.Version != seen) return Refusal.Changed("{name} was changed while you were looking.", ("name", entry.Member.Name));
        if (id == caller.Id) form = StaffForm.Of(entry.Member) with { Name = form.Name, Email = form.Email };
        var (member, faults) = form.Read(id, council, TeamsLater);
        if (member is null) return Refusal.Invalid(faults);
        member = member with { Services = entry.Member.Services, Grants = entry.Member.Grants };
        if ((BeyondScope(caller, entry.Member, member) ?? Widened(entry.Member, member, council)) is { } beyond) return Refusal.Invalid([beyond]);
        (member, var asks) = WithoutStrong(entry.Member, member);
        if (entry.State == StaffState.Works && LastAdministratorOf(council, entry.Member, member) is { } left)
            return Refusal.Invalid([new Fault("roles", "roles", LastAdministrator(entry.Member, left))]);
        var what = Difference(entry.Member, member, council);
        if (asks) what = [.. what, Asked];
        if (what.Count == 0) return entry;
        var kept = await Keep(unit, rows, entry with { Member = member }, "changed", what);
        return asks ? await AskToAdminister(unit, council, kept) : kept;
    }

    /// <summary>Suspends somebody, says that they left, or takes them back. Whoever may not work has no session, passkey, invitation or token any more.</summary>
    public async Task<Result<StaffEntry>> Set(Unit unit, string id, int seen, StaffState state)
    {
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member, right)) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member, right)) return NotTheirs(entry.Member);
        if (entry.State == state) return entry;
        if (entry.Version != seen) return Refusal.Changed("{name} was changed while you were looking. Look again before you decide.", ("name", entry.Member.Name));
        if (id == caller.Id) return Refusal.Invalid("You cannot do this to yourself. Ask another administrator.");
        if (state != StaffState.Works && entry.State == StaffState.Works && LastAdministratorOf(council, entry.Member, null) is { } left) return new Refusal(RefusalKind.Invalid, LastAdministrator(entry.Member, left), []);
        if (state != StaffState.Works)
        {
            await Sessions.EndAllOf(unit, id, now);
            await Passkeys.RemoveAllOf(unit, id);
            await Invitations.RevokeAllOf(unit, id, now);
            await new Tokens().RevokeAllOf(unit, id, now);
            await Grants.EndAllOf(unit, id, by.Id, now);
        }
        var (code, words) = state switch
        {
            StaffState.Suspended => ("suspended", new Message("Suspended. Sessions, passkeys and invitations ended.")),
            StaffState.Left => ("left", new Message("Left. Sessions, passkeys and invitations ended.")),
            _ => ("returned", new Message("Works here again. They need a new invitation to sign in.")),
        };
        return await Keep(unit, rows, entry with { State = state }, code, [words]);
    }

    /// <summary>Makes a one-time link for somebody; earlier links that were not used end.</summary>
    public async Task<Result<string>> Invite(Unit unit, string id, Duration lasts)
    {
        var (rows, council, caller) = await Look(unit);
        if (Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member, right)) return Refusal.NotFound;
        if (!MayChange(caller, entry.Member, right)) return NotTheirs(entry.Member);
        if (entry.State != StaffState.Works) return Refusal.Invalid("{name} does not work here now. Take them back first.", ("name", entry.Member.Name));
        return await Invite(unit, entry, caller, lasts, now);
    }

    /// <summary>Makes a one-time link at the command line, for whoever runs the server.</summary>
    public static async Task<Result<string>> InviteFromCommandLine(Unit unit, CouncilFiles folder, string id, Duration lasts, Instant now, Message? detail = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var rows = await PeopleRows.Read(unit);
        return Find(rows, rows.Over(folder), id) is not { State: StaffState.Works } entry ? Refusal.NotFound : await Invite(unit, entry, null, lasts, now, detail);
    }

    static async Task<string> Invite(Unit unit, StaffEntry entry, Caller? by, Duration lasts, Instant now, Message? detail = null)
    {
        var code = await Invitations.Make(unit, entry.Member.Id, now, lasts);
        await PeopleRows.Tell(unit, PeopleRows.About(entry.Member.Id), entry.Version, now, by?.Id, [new Message("Invited to make a passkey.")]);
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.Invited, by is null ? AuditBy.CommandLine : AuditBy.Of(by), Audit.Staff(entry.Member.Id)) { Detail = detail is null ? [] : [detail] });
        return code;
    }

    /// <summary>Ends the links that somebody has not used.</summary>
    public async Task<Result<int>> RevokeInvitations(Unit unit, string id) =>
        await Theirs(unit, id) is { } refused ? refused : await Told(unit, id, await Invitations.RevokeAllOf(unit, id, now), AuditKinds.InvitationEnded, new Message("The invitation was taken back."));

    /// <summary>Signs somebody out everywhere.</summary>
    public async Task<Result<int>> EndSessions(Unit unit, string id) =>
        await Theirs(unit, id) is { } refused ? refused : await Told(unit, id, await Sessions.EndAllOf(unit, id, now), AuditKinds.SignedOutEverywhere, new Message("Signed out everywhere."));

    /// <summary>Removes the accounts of providers that somebody signs in with, as when their address went to somebody else.</summary>
    public async Task<Result<int>> ForgetProviders(Unit unit, string id)
    {
        if (await Theirs(unit, id) is { } refused) return refused;
        await Sessions.EndAllOf(unit, id, now);
        await (await PeopleRows.Read(unit)).Raise(unit);
        return await Told(unit, id, await StaffByProvider.Forget(unit, id), AuditKinds.StaffChanged, new Message("Their account at the council’s provider was removed, and they were signed out everywhere."));
    }

    async Task<Refusal?> Theirs(Unit unit, string id)
    {
        var (rows, council, caller) = await Look(unit);
        return Find(rows, council, id) is not { } entry || !MaySee(caller, entry.Member, right) ? Refusal.NotFound : MayChange(caller, entry.Member, right) ? null : NotTheirs(entry.Member);
    }

    async Task<int> Told(Unit unit, string id, int ended, AuditKind kind, Message what)
    {
        var version = (int)await unit.Number($"select version from staff_member where id = {id}");
        if (ended == 0) return ended;
        await PeopleRows.Tell(unit, PeopleRows.About(id), version, now, by.Id, [what]);
        await Audit.Note(unit, now, new AuditEntry(kind, AuditBy.Of(by), Audit.Staff(id)));
        return ended;
    }

    /// <summary>Adds a team, or changes its name, councils and members.</summary>
    /// <param name="id">The team; null for a new one.</param>
    public async Task<Result<Team>> KeepTeam(Unit unit, string? id, int seen, TeamForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var (rows, council, caller) = await Look(unit);
        var mine = Rights.AuthoritiesFor(caller, right);
        if (mine.Count == 0) return Refusal.NotAllowed;
        var known = id is null ? null : council.Teams.GetValueOrDefault(id);
        if (id is not null && (known is null || !known.Authorities.Any(mine.Contains))) return Refusal.NotFound;
        if (known is not null && !known.Authorities.All(mine.Contains))
            return Refusal.Invalid("{name} also works for a council that you do not administer. An administrator of all its councils can change it.", ("name", known.Name));
        var version = id is null ? 0 : await People.VersionOfTeam(unit, id);
        if (version != seen) return Refusal.Changed("{name} was changed while you were looking.", ("name", known?.Name));
        var (team, faults) = form.Read(id ?? StaffForm.NewId(form.Name, council.Teams.ContainsKey), council, mine);
        if (team is null) return Refusal.Invalid(faults);

        IReadOnlyList<Message> changed = known is null ? [new Message("Added."), .. DescribedTeam(team, council)] : DifferenceOfTeam(known, team, council);
        var people = new List<Message>();
        foreach (var member in council.Members.Values.Where(m => !m.IsPartner && MayChange(caller, m, right)).OrderBy(m => m.Id, StringComparer.Ordinal))
        {
            var (was, wanted) = (member.Teams.Contains(team.Id), form.Members.Contains(member.Id));
            if (was == wanted) continue;
            if (member.Id == caller.Id) return Refusal.Invalid([new Fault("members", "members", new Message("You cannot put yourself into a team or take yourself out. Ask another administrator"))]);
            if (wanted && !member.Authorities.Any(team.Authorities.Contains))
                return Refusal.Invalid([new Fault("members", "members", new Message("{name} works for none of the team’s councils. Change that on their page first", ("name", member.Name)))]);
            var after = member with { Teams = wanted ? member.Teams.Append(team.Id).ToHashSet() : member.Teams.Where(t => t != team.Id).ToHashSet() };
            await Write(unit, rows, Find(rows, council, member.Id)! with { Member = after }, "changed", [wanted ? new Message("Joined the team {team}.", ("team", team.Name)) : new Message("Left the team {team}.", ("team", team.Name))]);
            people.Add(wanted ? new Message("{name} joined.", ("name", member.Name)) : new Message("{name} left.", ("name", member.Name)));
        }
        if (changed.Count == 0 && people.Count == 0) return team;
        await PeopleRows.Write(unit, team, version + 1);
        await PeopleRows.Tell(unit, PeopleRows.AboutTeam(team.Id), version + 1, now, caller.Id, [.. changed, .. people]);
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.TeamChanged, AuditBy.Of(caller), "team/" + team.Id) { Detail = [.. changed, .. people] });
        await unit.Append("team/" + team.Id, version, EventJson.ToLog(new TeamChanged(team.Id, known is null ? "added" : "changed", version + 1), now));
        await rows.Raise(unit);
        return team;
    }

    // A directory brings somebody first and says afterwards in which groups they are.
    bool TeamsLater => right == Right.KeepPeople;

    // The administrator too as they are at this moment: another may just have taken the right away.
    async Task<(PeopleRows, CouncilFiles, Caller)> Look(Unit unit)
    {
        var rows = await PeopleRows.Read(unit);
        var council = rows.Over(folder);
        return (rows, council, by.IsPartner ? Tokens.CallerFor(council, by.Id, now) with { Only = by.Only } : StaffSessions.With(council, StaffSessions.CallerFor(council, by.Id, now), by.Granted));
    }

    static StaffEntry? Find(PeopleRows rows, CouncilFiles council, string id) =>
        rows.Members.FirstOrDefault(m => m.Entry.Member.Id == id)?.Entry is { } entry ? entry with { Member = council.Members.GetValueOrDefault(id) ?? council.Away.GetValueOrDefault(id) ?? entry.Member }
        : council.Members.TryGetValue(id, out var member) && !member.IsPartner ? new StaffEntry(member, StaffState.Works, 0) : null;

    async Task<StaffEntry> Keep(Unit unit, PeopleRows rows, StaffEntry entry, string code, IReadOnlyList<Message> what)
    {
        var kept = await Write(unit, rows, entry, code, what);
        await rows.Raise(unit);
        return kept;
    }

    async Task<StaffEntry> Write(Unit unit, PeopleRows rows, StaffEntry entry, string code, IReadOnlyList<Message> what)
    {
        var key = rows.Members.FirstOrDefault(m => m.Entry.Member.Id == entry.Member.Id)?.LogKey ?? Guid.NewGuid().ToString("n");
        var kept = entry with { Version = entry.Version + 1 };
        await PeopleRows.Write(unit, kept, key);
        await PeopleRows.Tell(unit, PeopleRows.About(entry.Member.Id), kept.Version, now, by.Id, what);
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.StaffChanged, AuditBy.Of(by), Audit.Staff(entry.Member.Id)) { Detail = what });
        await unit.Append("staff/" + key, entry.Version, EventJson.ToLog(new StaffChanged(code, kept.Version), now));
        return kept;
    }

    static Refusal NotTheirs(Member member) => Refusal.Invalid("{name} also works for a council that you do not administer. An administrator of all their councils can change this.", ("name", member.Name));

    Fault? BeyondScope(Caller caller, Member? before, Member after)
    {
        var mine = Rights.AuthoritiesFor(caller, right);
        if (after.Authorities.Any(a => !mine.Contains(a)) || (before is null && after.Authorities.Count == 0))
            return new Fault("authorities", "authorities", new Message("Choose councils that you administer"));
        if (right == Right.KeepPeople && after.Roles.Contains(Role.Administrator) && before?.Roles.Contains(Role.Administrator) != true)
            return new Fault("roles", "roles", new Message("An administrator is made at the desk, by another administrator"));
        return after.Roles.FirstOrDefault(r => !Roles.Contains(r) && before?.Roles.Contains(r) != true, (Role)(-1)) is var given && (int)given >= 0
            ? new Fault("roles", "roles", new Message("The role {role} is for programs and cannot be given here", ("role", RoleWords.Of(given)))) : null;
    }

    /// <summary>The name of a council that would be left without an administrator, or null.</summary>
    static string? LastAdministratorOf(CouncilFiles council, Member before, Member? after)
    {
        static bool Administers(Member? m, string authority) => m is { IsPartner: false } && m.Roles.Contains(Role.Administrator) && m.Authorities.Contains(authority);
        return council.Authorities.FirstOrDefault(a => Administers(before, a.Id) && !Administers(after, a.Id) && !council.Members.Values.Any(m => m.Id != before.Id && Administers(m, a.Id)))?.Name;
    }

    static Message LastAdministrator(Member member, string council) =>
        new Message("{name} is the last administrator of {council}. Make somebody else an administrator first.", ("name", member.Name), ("council", council));

    static Message Asked { get; } = new Message("Asked for: administrator. Another administrator must agree.");

    static object RolesOf(Member m) => m.Roles.Count == 0 ? None : m.Roles.Order().Select(RoleWords.Of).ToArray();
    static object CouncilsOf(IEnumerable<string> ids, CouncilFiles council) => Listed(ids.Order(StringComparer.Ordinal).Select(a => council.FindAuthority(a)?.Short ?? a));
    static object TeamsOf(Member m, CouncilFiles council) => Listed(m.Teams.Order(StringComparer.Ordinal).Select(t => council.Teams.GetValueOrDefault(t)?.Name ?? t));
    static object Listed(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : None;
    static readonly Message None = new("none");

    static IReadOnlyList<Message> Described(Member m, CouncilFiles council) =>
        [new Message("Roles: {roles}.", ("roles", RolesOf(m))), new Message("Councils: {councils}.", ("councils", CouncilsOf(m.Authorities, council))), new Message("Teams: {teams}.", ("teams", TeamsOf(m, council)))];

    static IReadOnlyList<Message> DescribedTeam(Team t, CouncilFiles council) => [new Message("Name: {name}.", ("name", t.Name)), new Message("Councils: {councils}.", ("councils", CouncilsOf(t.Authorities, council)))];

    static IReadOnlyList<Message> Difference(Member before, Member after, CouncilFiles council) => Changed(
        new Message("Name: {after} (before: {before}).", ("after", after.Name), ("before", before.Name)),
        new Message("Email: {after} (before: {before}).", ("after", (object?)after.Email ?? None), ("before", (object?)before.Email ?? None)),
        new Message("Roles: {after} (before: {before}).", ("after", RolesOf(after)), ("before", RolesOf(before))),
        new Message("Councils: {after} (before: {before}).", ("after", CouncilsOf(after.Authorities, council)), ("before", CouncilsOf(before.Authorities, council))),
        new Message("Teams: {after} (before: {before}).", ("after", TeamsOf(after, council)), ("before", TeamsOf(before, council))));

    static IReadOnlyList<Message> DifferenceOfTeam(Team before, Team after, CouncilFiles council) => Changed(
        new Message("Name: {after} (before: {before}).", ("after", after.Name), ("before", before.Name)),
        new Message("Councils: {after} (before: {before}).", ("after", CouncilsOf(after.Authorities, council)), ("before", CouncilsOf(before.Authorities, council))));

    // Each says what is so now and what was so before.
    static IReadOnlyList<Message> Changed(params Message[] facts) => [.. facts.Where(f => Words(f.Values[0].Value) != Words(f.Values[1].Value))];

    static string Words(object? value) => value is IEnumerable<Message> several ? string.Join(", ", several) : value?.ToString() ?? "";
}
