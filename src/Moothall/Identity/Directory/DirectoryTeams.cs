using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Groups of the council's directory: they are the teams of the desk, and who is in a group works in the team. A team has cases, so a directory cannot take it away.</summary>
public sealed class DirectoryTeams(CouncilFiles folder, Caller by, Instant now)
{
    /// <summary>The teams of the directory's councils, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<DirectoryTeam>> All(Session session, CouncilFiles council, Caller by)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(council);
        var external = (await session.Query($"select team, external_id from team_directory", row => (row.Text(0), row.Text(1)))).ToDictionary(StringComparer.Ordinal);
        var versions = (await session.Query($"select id, version from staff_team", row => (row.Text(0), row.Int(1)))).ToDictionary(StringComparer.Ordinal);
        var members = council.Members.Values.Where(m => !m.IsPartner).SelectMany(m => m.Teams.Select(t => (Team: t, Member: m))).ToLookup(m => m.Team, m => m.Member);
        var mine = Rights.AuthoritiesFor(by, Right.KeepPeople);
        return [.. council.Teams.Values.Where(t => t.Authorities.Any(mine.Contains)).OrderBy(t => t.Id, StringComparer.Ordinal)
            .Select(t => As(t, external.GetValueOrDefault(t.Id), [.. members[t.Id].OrderBy(m => m.Id, StringComparer.Ordinal)], versions.GetValueOrDefault(t.Id)))];
    }

    /// <summary>One of them; null when there is none, or not for this directory.</summary>
    public static async Task<DirectoryTeam?> Find(Session session, CouncilFiles council, Caller by, string id)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(council);
        if (council.Teams.GetValueOrDefault(id) is not { } team || !team.Authorities.Any(Rights.AuthoritiesFor(by, Right.KeepPeople).Contains)) return null;
        var external = await session.First($"select external_id from team_directory where team = {id}", row => row.Text(0));
        return As(team, external, [.. council.Members.Values.Where(m => !m.IsPartner && m.Teams.Contains(id)).OrderBy(m => m.Id, StringComparer.Ordinal)], await People.VersionOfTeam(session, id));
    }

    /// <summary>Adds a team, or changes its name and who is in it.</summary>
    /// <param name="id">The team; null for a new one.</param>
    /// <param name="seen">The version that the directory saw; null where it did not say.</param>
    public async Task<DirectoryResult<DirectoryTeam>> Keep(Unit unit, string? id, string? seen, DirectoryTeamForm form)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(form);
        var council = (await PeopleRows.Read(unit)).Over(folder);
        var known = id is null ? null : await Find(unit, council, by, id);
        if (id is not null && known is null) return new(null, DirectoryFault.NotFound, null);
        if (seen is not null && known?.Version != seen) return DirectoryResult.Changed<DirectoryTeam>();
        if (form.ExternalId?.Length > DirectoryPeople.LongestUserName) return new(null, DirectoryFault.Invalid, new Message("“externalId” must be {most} characters or fewer", ("most", DirectoryPeople.LongestUserName)));
        foreach (var member in form.Members.Where(m => known?.Members.Any(k => k.Id == m) != true))
            if (!council.Members.TryGetValue(member, out var found) || found.IsPartner || !ManageStaff.MayChange(by, found, Right.KeepPeople))
                return new(null, DirectoryFault.Invalid, new Message("Nobody who works here has the id “{id}”", ("id", member)));
        if (council.Teams.Values.Any(t => t.Id != id && string.Equals(t.Name, form.Name, StringComparison.OrdinalIgnoreCase) && (id is null || known!.Team.Name != form.Name)))
            return new(null, DirectoryFault.Taken, new Message("There is a team of this name already."));
        var staff = new ManageStaff(folder, by, now, Right.KeepPeople);
        var kept = await staff.KeepTeam(unit, id, known?.TeamVersion ?? 0, new TeamForm(form.Name, known?.Team.Authorities ?? [.. Rights.AuthoritiesFor(by, Right.KeepPeople)], form.Members));
        if (kept.Value is not { } team) return DirectoryResult.Refused<DirectoryTeam>(kept.Refusal!);
        if (form.ExternalId is { } external) await unit.Execute($"insert into team_directory (team, external_id) values ({team.Id}, {external}) on conflict (team) do update set external_id = excluded.external_id");
        else await unit.Execute($"delete from team_directory where team = {team.Id}");
        return (await Find(unit, (await PeopleRows.Read(unit)).Over(folder), by, team.Id))!;
    }

    static DirectoryTeam As(Team team, string? external, IReadOnlyList<Member> members, int version) =>
        new(team, external, members, version, string.Create(CultureInfo.InvariantCulture, $"{version}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{team.Name}|{external}|{string.Join(' ', members.Select(m => m.Id))}")))[..10]}"));
}
