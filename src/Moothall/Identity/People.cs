using System.Collections.Immutable;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Whether somebody works here: suspended and left people may do nothing and cannot sign in.</summary>
public enum StaffState { Works, Suspended, Left }

/// <summary>A member of staff as the council knows them now. Version is 0 while only staff.yaml speaks of them.</summary>
public sealed record StaffEntry(Member Member, StaffState State, int Version);

/// <summary>What was changed about a person or a team: the version it made, when, by whom (null: at the command line), in words.</summary>
public sealed record StaffChange(int Version, Instant At, string? ByMember, IReadOnlyList<Message> What);

/// <summary>
/// People and teams that were changed in the desk, laid over the council's files. Every node looks at one number each second and reads the rows again only
/// when it went up.
/// </summary>
public sealed class People(Database database, CurrentCouncil council)
{
    long seen = -1;

    /// <summary>Takes up what was changed here or on another node.</summary>
    public async Task Refresh()
    {
        if (await database.Read(PeopleRows.Number) == Interlocked.Read(ref seen)) return;
        var rows = await database.Read(PeopleRows.Read);
        council.LayOver(rows.Over);
        Interlocked.Exchange(ref seen, rows.Raised);
    }

    /// <summary>The council's files with what the desk changed, for a command that runs beside the serving council.</summary>
    public static async Task<CouncilFiles> Over(Database database, CouncilFiles folder)
    {
        ArgumentNullException.ThrowIfNull(database);
        return (await database.Read(PeopleRows.Read)).Over(folder);
    }

    /// <summary>The same, as a session sees it.</summary>
    public static async Task<CouncilFiles> Over(Session session, CouncilFiles folder)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (await PeopleRows.Read(session)).Over(folder);
    }

    /// <summary>A member of staff by id, whatever their state; null for partners and for nobody.</summary>
    public static async Task<StaffEntry?> Find(Session session, CouncilFiles council, string id)
    {
        ArgumentNullException.ThrowIfNull(council);
        var row = (await PeopleRows.Read(session)).Members.FirstOrDefault(m => m.Entry.Member.Id == id);
        return row?.Entry ?? (council.Members.TryGetValue(id, out var member) && !member.IsPartner ? new StaffEntry(member, StaffState.Works, 0) : null);
    }

    /// <summary>All members of staff, by name.</summary>
    public static async Task<IReadOnlyList<StaffEntry>> All(Session session, CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(council);
        var rows = (await PeopleRows.Read(session)).Members.ToDictionary(m => m.Entry.Member.Id, m => m.Entry);
        return [.. council.Members.Values.Where(m => !m.IsPartner && !rows.ContainsKey(m.Id)).Select(m => new StaffEntry(m, StaffState.Works, 0)).Concat(rows.Values)
            .OrderBy(e => e.Member.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The version of a team: 0 while only teams.yaml speaks of it.</summary>
    public static async Task<int> VersionOfTeam(Session session, string team) => (int)await session.Number($"select version from staff_team where id = {team}");

    /// <summary>What was changed about a person, newest first.</summary>
    public static Task<List<StaffChange>> History(Session session, string member) => PeopleRows.History(session, PeopleRows.About(member));

    /// <summary>What was changed about a team, newest first.</summary>
    public static Task<List<StaffChange>> HistoryOfTeam(Session session, string team) => PeopleRows.History(session, PeopleRows.AboutTeam(team));
}

/// <summary>The rows of people and teams, and how they lie over the files.</summary>
sealed record PeopleRows(long Raised, IReadOnlyList<PeopleRows.MemberRow> Members, IReadOnlyList<Team> Teams, ILookup<string, Grant> Grants)
{
    /// <summary>What the groups of a provider gave people when they last signed in, by member, as text.</summary>
    public IReadOnlyList<(string Member, string Granted)> ByGroups { get; init; } = [];

    /// <summary>A person's row, with the random key of their stream in the log.</summary>
    internal sealed record MemberRow(StaffEntry Entry, string LogKey);

    public static string About(string member) => "staff/" + member;
    public static string AboutTeam(string team) => "team/" + team;

    public static Task<long> Number(Session session) => session.Number($"select number from staff_version");

    public static async Task<PeopleRows> Read(Session session)
    {
        // The number first: what changes between the two reads is read again at the next look.
        var number = await Number(session);
        var members = await session.Query($"select id, log_key, name, email, roles, authorities, teams, state, version, services from staff_member", row => new MemberRow(
            new StaffEntry(new Member(row.Text(0), row.Text(2), Words(row.Text(4)).Select(RoleNames.Find).OfType<Role>().ToImmutableHashSet(), Words(row.Text(5)).ToImmutableHashSet(),
                Words(row.Text(6)).ToImmutableHashSet(), false) { Email = row.TextOrNull(3), Services = row.TextOrNull(9) is { } services ? Words(services).ToImmutableHashSet() : null }, Enum.Parse<StaffState>(row.Text(7), ignoreCase: true), row.Int(8)), row.Text(1)));
        var teams = await session.Query($"select id, name, authorities from staff_team", row => new Team(row.Text(0), row.Text(1), Words(row.Text(2))));
        return new PeopleRows(number, members, teams, await Identity.Grants.Given(session))
        {
            ByGroups = await session.Query($"select member, granted from staff_provider where granted is not null", row => (row.Text(0), row.Text(1))),
        };
    }

    /// <summary>The council with these people and teams; what they name that the files no longer have is left out.</summary>
    public CouncilFiles Over(CouncilFiles folder)
    {
        var teams = new Dictionary<string, Team>(folder.Teams, StringComparer.Ordinal);
        foreach (var team in Teams) teams[team.Id] = team with { Authorities = [.. team.Authorities.Where(a => folder.FindAuthority(a) is not null)] };
        var members = new Dictionary<string, Member>(folder.Members, StringComparer.Ordinal);
        var away = new Dictionary<string, Member>(StringComparer.Ordinal);
        foreach (var (entry, _) in Members)
        {
            var member = entry.Member with
            {
                Authorities = entry.Member.Authorities.Where(a => folder.FindAuthority(a) is not null).ToImmutableHashSet(), Teams = entry.Member.Teams.Where(teams.ContainsKey).ToImmutableHashSet(),
                Grants = Grants[entry.Member.Id].ToImmutableArray(),
            };
            if (members.TryGetValue(member.Id, out var known) && known.IsPartner) continue;
            members.Remove(member.Id);
            (entry.State == StaffState.Works ? members : away)[member.Id] = member;
        }
        var council = folder with { Teams = teams, Members = members, Away = away };
        return ByGroups.Count == 0 ? council : council with { ByGroups = ByGroups.GroupBy(g => g.Member).ToDictionary(g => g.Key, g => (IReadOnlyList<Holding>)[.. g.SelectMany(one => Holdings.Read(one.Granted, council))]) };
    }

    public static async Task Write(Unit unit, StaffEntry entry, string logKey)
    {
        var m = entry.Member;
        var services = m.Services is { } only ? Line(only) : null;
        var (roles, authorities, teams, state) = (Line(m.Roles.Select(RoleNames.Of)), Line(m.Authorities), Line(m.Teams), Code(entry.State));
        if (entry.Version == 1)
            await unit.Execute($"""
                insert into staff_member (id, log_key, name, email, roles, authorities, teams, state, version, services)
                values ({m.Id}, {logKey}, {m.Name}, {m.Email}, {roles}, {authorities}, {teams}, {state}, {entry.Version}, {services})
                """);
        else if (await unit.Execute($"""
            update staff_member set name = {m.Name}, email = {m.Email}, roles = {roles}, authorities = {authorities}, teams = {teams}, state = {state}, version = {entry.Version}, services = {services}
            where id = {m.Id} and version = {entry.Version - 1}
            """) == 0)
            throw new StoreConflictException($"Somebody else changed {m.Id} meanwhile.");
    }

    public static async Task Write(Unit unit, Team team, int version)
    {
        var authorities = Line(team.Authorities);
        if (version == 1) await unit.Execute($"insert into staff_team (id, name, authorities, version) values ({team.Id}, {team.Name}, {authorities}, {version})");
        else if (await unit.Execute($"update staff_team set name = {team.Name}, authorities = {authorities}, version = {version} where id = {team.Id} and version = {version - 1}") == 0)
            throw new StoreConflictException($"Somebody else changed {team.Id} meanwhile.");
    }

    /// <summary>Says to all nodes that something changed; when something else changed since it was read, the unit is run again.</summary>
    public async Task Raise(Unit unit)
    {
        if (await unit.Execute($"update staff_version set number = number + 1 where number = {Raised}") == 0) throw new StoreConflictException("People or teams were changed meanwhile.");
    }

    public static async Task Tell(Unit unit, string about, int version, Instant at, string? by, IReadOnlyList<Message> lines)
    {
        var what = string.Join('\n', lines.Select(l => l.ToText()));
        var number = await unit.Number($"select coalesce(max(number), 0) + 1 from staff_change where about = {about}");
        await unit.Execute($"insert into staff_change (about, number, version, at, by_member, what) values ({about}, {number}, {version}, {at}, {by}, {what})");
    }

    public static Task<List<StaffChange>> History(Session session, string about) => session.Query(
        $"select version, at, by_member, what from staff_change where about = {about} order by number desc", row => new StaffChange(row.Int(0), row.Instant(1), row.TextOrNull(2), [.. row.Text(3).Split('\n').Select(Message.FromText)]));

    static string Code(StaffState state) => state.ToString().ToLowerInvariant();
    static string Line(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));
    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
