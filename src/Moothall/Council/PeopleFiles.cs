using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Council;

/// <summary>Reads teams.yaml and staff.yaml: who works for which authorities, in which roles and teams; partners' programs beside the staff.</summary>
sealed class PeopleFiles(IReadOnlyCollection<string> authorities, FindingList findings)
{
    static readonly string[] TeamKeys = ["name", "authorities"];
    static readonly string[] MemberKeys = ["name", "email", "roles", "authorities", "teams"];

    public Dictionary<string, Team> ReadTeams(YamlMap? file)
    {
        var teams = new Dictionary<string, Team>(StringComparer.Ordinal);
        file?.Only(findings, ["teams"]);
        file?.Need("teams", "teams:", findings);
        foreach (var entry in file?.MapOf("teams", findings)?.Things("team", TeamKeys, findings) ?? [])
        {
            if (entry.Value is not YamlMap map)
            {
                findings.Error(entry.Place, $"team `{entry.Key}` needs a name and authorities on the lines below it");
                continue;
            }
            map.Only(findings, TeamKeys);
            map.Need("name", "name: Streets", findings).Need("authorities", "authorities: [my-council]", findings);
            var name = map.TextOf("name", findings)?.Text ?? Names.InWords(entry.Key);
            teams[entry.Key] = new(entry.Key, name, Known(map, "authorities", "authority", authorities));
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
                    findings.Error(entry.Place, $"`{entry.Key}` needs a name, roles and authorities on the lines below it");
                else if (members.ContainsKey(entry.Key))
                    findings.Error(entry.Place, $"`{entry.Key}` is a member of staff already; a partner needs a name of its own");
                else
                    members[entry.Key] = ReadMember(entry, map, teams, group == "partners");
            }
        return members;
    }

    Member ReadMember(YamlEntry entry, YamlMap map, IReadOnlyDictionary<string, Team> teams, bool isPartner)
    {
        map.Only(findings, MemberKeys);
        map.Need("name", "name: Amara Okafor", findings).Need("roles", "roles: [worker]", findings);
        var roles = Known(map, "roles", "role", RoleNames.All).Select(r => RoleNames.Find(r)!.Value).ToHashSet();
        var theirs = Known(map, "authorities", "authority", authorities).ToHashSet();
        var theirTeams = Known(map, "teams", "team", [.. teams.Keys]).ToHashSet();
        if (roles.Count > 0 && IsEmptyList(map, "authorities"))
            findings.Warn(entry.Place, $"`{entry.Key}` has roles but no authority, so may do nothing");
        else if (roles.Count > 0)
            map.Need("authorities", "authorities: [my-council]", findings);
        if ((IsEmptyList(map, "teams") || !map.Has("teams")) && (roles.Contains(Role.Worker) || roles.Contains(Role.TeamLeader)))
            findings.Warn(entry.Place, $"`{entry.Key}` has no team, so can work no case; add `teams: [...]`");
        foreach (var team in theirTeams.Where(t => theirs.Count > 0 && !teams[t].Authorities.Any(theirs.Contains)))
            findings.Warn(entry.Place, $"`{entry.Key}` is in team `{team}`, which works for no authority of theirs, so cannot work its cases");
        return new(entry.Key, map.TextOf("name", findings)?.Text ?? entry.Key, roles, theirs, theirTeams, isPartner) { Email = ReadEmail(map) };
    }

    string? ReadEmail(YamlMap map)
    {
        if (map.TextOf("email", findings) is not { } text) return null;
        if (StaffForm.EmailOf(text.Text) is { } email) return email;
        findings.Error(text.Place, $"`{text.Text}` is not an e-mail address; write it like `name@example.org`");
        return null;
    }

    static bool IsEmptyList(YamlMap map, string key) => map.Find(key)?.Value is YamlList { Items.Count: 0 };

    List<string> Known(YamlMap map, string key, string what, IReadOnlyCollection<string> known)
    {
        var found = new List<string>();
        foreach (var text in map.Has(key) ? map.TextsOf(key, findings) : [])
            if (known.Contains(text.Text))
                found.Add(text.Text);
            else
                findings.Error(text.Place, $"no {what} is called `{text.Text}`{DidYouMean.Ending(text.Text, known)}");
        return found;
    }
}
