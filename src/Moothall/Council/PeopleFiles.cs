using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Council;

/// <summary>Reads teams.yaml and staff.yaml: who works for which authorities, in which roles and teams; partners' programs beside the staff.</summary>
sealed class PeopleFiles(IReadOnlyCollection<string> authorities, FindingList findings)
{
    static readonly string[] TeamKeys = ["name", "authorities"];
    static readonly string[] MemberKeys = ["name", "email", "roles", "authorities", "teams", "services"];

    public Dictionary<string, Team> ReadTeams(YamlMap? file)
    {
        var teams = new Dictionary<string, Team>(StringComparer.Ordinal);
        file?.Only(findings, ["teams"]);
        file?.Need("teams", "teams:", findings);
        foreach (var entry in file?.MapOf("teams", findings)?.Things(new Message("the name of a team"), TeamKeys, findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Error(entry.Place, new Message("team `{key}` needs a name and authorities on the lines below it", ("key", entry.Key)));
                continue;
            }
            map.Only(findings, TeamKeys);
            map.Need("name", "name: Streets", findings).Need("authorities", "authorities: [my-council]", findings);
            var name = map.TextOf("name", findings)?.Text ?? Names.InWords(entry.Key);
            teams[entry.Key] = new(entry.Key, name, Known(map, "authorities", NoAuthority, authorities));
        }
        return teams;
    }

    public Dictionary<string, Member> ReadMembers(YamlMap? file, IReadOnlyDictionary<string, Team> teams)
    {
        var members = new Dictionary<string, Member>(StringComparer.Ordinal);
        if (file is null)
            return members;
        file.Only(findings, ["staff", "partners"]);
        foreach (var group in (string[])["staff", "partners"])
            foreach (var entry in file.MapOf(group, findings)?.Things(group == "staff" ? "member of staff" : "partner", MemberKeys, findings) ?? [])
            {
                if (entry.Value is not YamlMap map)
                    findings.Error(entry.Place, new Message("`{key}` needs a name, roles and authorities on the lines below it", ("key", entry.Key)));
                else if (members.ContainsKey(entry.Key))
                    findings.Error(entry.Place, new Message("`{key}` is a member of staff already; a partner needs a name of its own", ("key", entry.Key)));
                else
                    members[entry.Key] = ReadMember(entry, map, teams, group == "partners");
            }
        return members;
    }

    Member ReadMember(YamlEntry entry, YamlMap map, IReadOnlyDictionary<string, Team> teams, bool isPartner)
    {
        map.Only(findings, MemberKeys);
        map.Need("name", "name: Amara Okafor", findings).Need("roles", "roles: [worker]", findings);
        var roles = Known(map, "roles", NoRole, RoleNames.All).Select(r => RoleNames.Find(r)!.Value).ToHashSet();
        var theirs = Known(map, "authorities", NoAuthority, authorities).ToHashSet();
        var theirTeams = Known(map, "teams", NoTeam, [.. teams.Keys]).ToHashSet();
        if (roles.Count > 0 && IsEmptyList(map, "authorities"))
            findings.Warn(entry.Place, new Message("`{key}` has roles but no authority, so may do nothing", ("key", entry.Key)));
        else if (roles.Count > 0)
            map.Need("authorities", "authorities: [my-council]", findings);
        if ((IsEmptyList(map, "teams") || !map.Has("teams")) && (roles.Contains(Role.Worker) || roles.Contains(Role.TeamLeader)))
            findings.Warn(entry.Place, new Message("`{key}` has no team, so can work no case; add `teams: [...]`", ("key", entry.Key)));
        foreach (var team in theirTeams.Where(t => theirs.Count > 0 && !teams[t].Authorities.Any(theirs.Contains)))
            findings.Warn(entry.Place, new Message("`{key}` is in team `{team}`, which works for no authority of theirs, so cannot work its cases", ("key", entry.Key), ("team", team)));
        return new(entry.Key, map.TextOf("name", findings)?.Text ?? entry.Key, roles, theirs, theirTeams, isPartner) { Email = ReadEmail(map), Services = map.Has("services") ? map.TextsOf("services", findings).Select(t => t.Text).ToHashSet(StringComparer.Ordinal) : null };
    }

    string? ReadEmail(YamlMap map)
    {
        if (map.TextOf("email", findings) is not { } text) return null;
        if (StaffForm.EmailOf(text.Text) is { } email) return email;
        findings.Error(text.Place, new Message("`{address}` is not an e-mail address; write it like `{example}`", ("address", text.Text), ("example", "name@example.org")));
        return null;
    }

    static bool IsEmptyList(YamlMap map, string key) => map.Find(key)?.Value is YamlList { Items.Count: 0 };

    static Message NoAuthority(string name) => new Message("no authority is called `{name}`", ("name", name));

    static Message NoRole(string name) => new Message("no role is called `{name}`", ("name", name));

    static Message NoTeam(string name) => new Message("no team is called `{name}`", ("name", name));

    List<string> Known(YamlMap map, string key, Func<string, Message> unknown, IReadOnlyCollection<string> known)
    {
        var found = new List<string>();
        foreach (var text in map.Has(key) ? map.TextsOf(key, findings) : [])
            if (known.Contains(text.Text))
                found.Add(text.Text);
            else
                findings.Error(text.Place, unknown(text.Text).With(DidYouMean.Ending(text.Text, known)));
        return found;
    }
}
