using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

public class ManageStaffTests
{
    static readonly Instant Noon = OpenHouse.Monday;
    static readonly StaffForm Good = new("Zoë O’Neill", "zoe@wessex.example", ["worker"], ["wessex"], ["streets"]);

    static Caller As(House house, string member) => StaffSessions.CallerFor(house.Council, member);

    static async Task<Result<StaffEntry>> Do(House house, string by, Func<ManageStaff, Unit, Task<Result<StaffEntry>>> act)
    {
        var caller = As(house, by);
        var done = await house.Database.Commit(unit => act(new ManageStaff(house.CurrentCouncil.Folder, caller, Noon), unit));
        await house.People.Refresh();
        return done;
    }

    /// <summary>An administrator of Wessex alone.</summary>
    static Task<string> WessexAdministrator(House house) => Administrator(house, "Wyn Wessex", "wessex");

    /// <summary>Somebody whom Fatima asked to be made an administrator, with whoever agreed to it; who agreed is gone again.</summary>
    static async Task<string> Administrator(House house, string name, params string[] councils)
    {
        var added = (await Do(house, "fatima-al-sayed", (staff, unit) => staff.Add(unit, new StaffForm(name, "", ["administrator"], councils, [])))).Value!.Member.Id;
        house.Council.Members[added].Roles.ShouldBeEmpty("another administrator has not agreed yet");
        var folder = house.CurrentCouncil.Folder;
        var second = new Member("huw-second", "Huw Second", new HashSet<Role> { Role.Administrator }, new HashSet<string> { "wessex", "mercia" }, new HashSet<string>(), false);
        house.CurrentCouncil.Replace(folder with { Members = new Dictionary<string, Member>(folder.Members, StringComparer.Ordinal) { [second.Id] = second } });
        var asked = (await house.Database.Read(s => Grants.Of(s, added))).Single();
        (await Do(house, "fatima-al-sayed", (staff, unit) => staff.Decide(unit, added, asked.Grant.Id, agrees: true))).Refusal!.Why.ShouldContain("You asked for this yourself");
        (await Do(house, second.Id, (staff, unit) => staff.Decide(unit, added, asked.Grant.Id, agrees: true))).IsDone.ShouldBeTrue();
        house.CurrentCouncil.Replace(folder);
        house.Council.Members[added].Roles.ShouldBe([Role.Administrator]);
        return added;
    }

    [Theory, BothDatabases]
    public async Task Somebody_added_is_a_member_of_the_council_at_once_and_on_other_nodes_too(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = open.House;
        var elsewhere = new CurrentCouncil(house.CurrentCouncil.Folder);
        var otherNode = new People(open.Database, elsewhere);
        await otherNode.Refresh();
        var added = await Do(house, "fatima-al-sayed", (staff, unit) => staff.Add(unit, Good));
        added.Value!.Member.Id.ShouldBe("zoe-o-neill");
        house.Council.Members["zoe-o-neill"].Teams.ShouldBe(["streets"]);
        StaffSessions.CallerFor(house.Council, "zoe-o-neill").Roles.ShouldBe([Role.Worker]);
        elsewhere.Files.Members.ContainsKey("zoe-o-neill").ShouldBeFalse();
        await otherNode.Refresh();
        elsewhere.Files.Members["zoe-o-neill"].Email.ShouldBe("zoe@wessex.example");
        (await Do(house, "fatima-al-sayed", (staff, unit) => staff.Add(unit, Good))).Value!.Member.Id.ShouldBe("zoe-o-neill-2");
    }

    [Theory, BothDatabases]
    public async Task The_log_says_that_somebody_was_changed_but_not_who(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        await Do(open.House, "fatima-al-sayed", (staff, unit) => staff.Add(unit, Good));
        await Do(open.House, "fatima-al-sayed", (staff, unit) => staff.Set(unit, "zoe-o-neill", 1, StaffState.Suspended));
        var log = await open.Database.Read(s => s.Query($"select stream, data from event where type = 'staff.changed' order by version", row => row.Text(0) + row.Text(1)));
        log.Count.ShouldBe(2);
        log.ShouldAllBe(line => line.StartsWith("staff/") && !line.Contains("zoe", StringComparison.OrdinalIgnoreCase) && !line.Contains("fatima", StringComparison.OrdinalIgnoreCase));
        var history = await open.Database.Read(s => People.History(s, "zoe-o-neill"));
        history.Select(h => (h.Version, h.ByMember)).ShouldBe([(2, "fatima-al-sayed"), (1, "fatima-al-sayed")]);
        history[1].What.Select(what => what.ToString()).ShouldContain("Roles: worker.");
    }

    [Theory, BothDatabases]
    public async Task A_change_of_somebody_of_the_file_lies_over_the_file(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var form = StaffForm.Of(open.House.Council.Members["amara-okafor"]) with { Name = "Amara Okafor-Reid" };
        (await Do(open.House, "fatima-al-sayed", (staff, unit) => staff.Change(unit, "amara-okafor", 0, form))).Value!.Version.ShouldBe(1);
        open.House.Council.Members["amara-okafor"].Name.ShouldBe("Amara Okafor-Reid");
        (await open.Database.Read(s => People.History(s, "amara-okafor"))).Single().What.Select(m => m.ToString()).ShouldBe(["Name: Amara Okafor-Reid (before: Amara Okafor)."]);
        // The folder is read again: what the desk changed still lies over it.
        open.House.CurrentCouncil.Replace(ExampleCouncil.Files);
        open.House.Council.Members["amara-okafor"].Name.ShouldBe("Amara Okafor-Reid");
    }

    [Theory, BothDatabases]
    public async Task The_second_of_two_administrators_is_told_that_the_first_changed_something(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var form = StaffForm.Of(open.House.Council.Members["amara-okafor"]);
        (await Do(open.House, "fatima-al-sayed", (staff, unit) => staff.Change(unit, "amara-okafor", 0, form with { Name = "Amara One" }))).IsDone.ShouldBeTrue();
        (await Do(open.House, "fatima-al-sayed", (staff, unit) => staff.Change(unit, "amara-okafor", 0, form with { Name = "Amara Two" }))).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        open.House.Council.Members["amara-okafor"].Name.ShouldBe("Amara One");
    }

    [Theory, BothDatabases]
    public async Task Nothing_is_given_beyond_ones_own_councils_and_nobody_changes_their_own_roles(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var (house, wyn) = (open.House, await WessexAdministrator(open.House));
        (await Do(house, wyn, (staff, unit) => staff.Add(unit, Good with { Authorities = ["mercia"] }))).Refusal!.Faults.Single().Field.ShouldBe("authorities");
        (await Do(house, wyn, (staff, unit) => staff.Add(unit, Good with { Authorities = [], Teams = [], Roles = [] }))).Refusal!.Faults.Single().Field.ShouldBe("authorities");
        (await Do(house, wyn, (staff, unit) => staff.Add(unit, Good with { Roles = ["importer"] }))).Refusal!.Faults.Single().Field.ShouldBe("roles");
        // Works for both councils: seen, not changed. Works for Mercia alone: as if there were nobody.
        (await Do(house, wyn, (staff, unit) => staff.Change(unit, "amara-okafor", 0, Good))).Refusal!.Why.ShouldContain("also works for a council that you do not administer");
        (await Do(house, wyn, (staff, unit) => staff.Change(unit, "priya-venkataraman", 0, Good))).Refusal.ShouldBe(Refusal.NotFound);
        (await Do(house, wyn, (staff, unit) => staff.Set(unit, "priya-venkataraman", 0, StaffState.Left))).Refusal.ShouldBe(Refusal.NotFound);
        (await Do(house, wyn, (staff, unit) => staff.Change(unit, "history-import", 0, Good))).Refusal.ShouldBe(Refusal.NotFound);

        var me = await Do(house, wyn, (staff, unit) => staff.Change(unit, wyn, 2, Good with { Name = "Wyn W", Roles = ["administrator", "worker"] }));
        me.Value!.Member.Name.ShouldBe("Wyn W");
        house.Council.Members[wyn].Roles.ShouldBe([Role.Administrator]);
        (await Do(house, wyn, (staff, unit) => staff.Set(unit, wyn, 3, StaffState.Left))).Refusal!.Why.ShouldContain("yourself");
        foreach (var other in (string[])["amara-okafor", "tomasz-zielinski", "jordan-reid"])
            (await Do(house, other, (staff, unit) => staff.Add(unit, Good))).Refusal.ShouldBe(Refusal.NotAllowed);
    }

    [Theory, BothDatabases]
    public async Task A_council_keeps_its_last_administrator_even_when_two_send_each_other_away_at_once(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = open.House;
        var second = await Administrator(house, "Second Both", "wessex", "mercia");
        var (first, other) = (As(house, "fatima-al-sayed"), As(house, second));
        var ends = await Task.WhenAll(
            house.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, first, Noon).Set(unit, second, 2, StaffState.Left)),
            house.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, other, Noon).Set(unit, "fatima-al-sayed", 0, StaffState.Left)));
        await house.People.Refresh();
        ends.Count(e => e.IsDone).ShouldBe(1);
        var left = house.Council.Members.Values.Single(m => m.Roles.Contains(Role.Administrator));
        (await Do(house, left.Id, (staff, unit) => staff.Set(unit, left.Id == second ? "fatima-al-sayed" : second, left.Id == second ? 1 : 3, StaffState.Works))).IsDone.ShouldBeTrue();
        var back = house.Council.Members.Values.First(m => m.Roles.Contains(Role.Administrator) && m.Id != left.Id);
        var entry = await house.Database.Read(s => People.Find(s, house.Council, left.Id));
        // Only the other one remains an administrator, so the other one cannot be taken away: not by roles, not by leaving.
        (await Do(house, back.Id, (staff, unit) => staff.Change(unit, left.Id, entry!.Version, StaffForm.Of(left) with { Roles = ["analyst"] }))).IsDone.ShouldBeTrue();
        house.Council.Members.Values.Count(m => m.Roles.Contains(Role.Administrator)).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_suspended_has_no_session_passkey_invitation_or_token_and_is_still_told_by_name(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var (house, database) = (open.House, open.Database);
        var (session, token, code) = await database.Commit(async unit => (await Sessions.Begin(unit, "amara-okafor", Noon), await Tokens.Create(unit, "amara-okafor", Noon),
            (await ManageStaff.InviteFromCommandLine(unit, house.CurrentCouncil.Folder, "amara-okafor", Invitations.Usual, Noon)).Value!));
        await database.Commit(unit => Passkeys.Add(unit, new Passkey("a2V5", "amara-okafor", "wessex.localhost", "Mac", [1], 0, [], false, false, Noon, null)));
        (await Do(house, "fatima-al-sayed", (staff, unit) => staff.Set(unit, "amara-okafor", 0, StaffState.Suspended))).IsDone.ShouldBeTrue();
        (await database.Read(s => Sessions.Find(s, session)))!.IsOpen(SessionLimits.Usual, Noon).ShouldBeFalse();
        (await database.Read(s => Passkeys.Of(s, "amara-okafor"))).ShouldBeEmpty();
        (await database.Read(s => Invitations.Find(s, code, Noon))).State.ShouldBe(InvitationState.Revoked);
        (await new Tokens().FindMember(database, token, Noon)).ShouldBeNull();
        StaffSessions.CallerFor(house.Council, "amara-okafor").ShouldBe(Caller.Nobody);
        house.Council.Away["amara-okafor"].Name.ShouldBe("Amara Okafor");
        (await database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, house.CurrentCouncil.Folder, "amara-okafor", Invitations.Usual, Noon))).IsDone.ShouldBeFalse();
        (await Do(house, "fatima-al-sayed", (staff, unit) => staff.Set(unit, "amara-okafor", 1, StaffState.Works))).IsDone.ShouldBeTrue();
        StaffSessions.CallerFor(house.Council, "amara-okafor").IsSignedIn.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_team_is_added_with_its_members_and_keeps_the_councils_whose_services_it_works(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = open.House;
        async Task<Result<Team>> Keep(string? id, int seen, TeamForm form)
        {
            var caller = As(house, "fatima-al-sayed");
            var kept = await house.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, caller, Noon).KeepTeam(unit, id, seen, form));
            await house.People.Refresh();
            return kept;
        }
        (await Keep(null, 0, new TeamForm("Night shift", ["wessex"], ["amara-okafor", "sian-prydderch"]))).Value!.Id.ShouldBe("night-shift");
        house.Council.Teams["night-shift"].Authorities.ShouldBe(["wessex"]);
        house.Council.Members["amara-okafor"].Teams.ShouldBe(["streets", "night-shift"], ignoreOrder: true);
        (await open.Database.Read(s => People.History(s, "amara-okafor"))).Single().What.Select(m => m.In(Phrases.In("cy"))).ShouldBe(["Ymunodd â'r tîm Night shift."]);
        (await Keep("night-shift", 0, new TeamForm("Nights", ["wessex"], []))).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await Keep("night-shift", 1, new TeamForm("Nights", ["wessex"], ["sian-prydderch"]))).IsDone.ShouldBeTrue();
        house.Council.Members["amara-okafor"].Teams.ShouldBe(["streets"]);
        (await Keep("streets", 0, new TeamForm("Streets", ["wessex"], ["amara-okafor"]))).Refusal!.Why.ShouldContain("offers.yaml");
        (await Keep("night-shift", 2, new TeamForm("Nights", ["wessex"], ["priya-venkataraman"]))).Refusal!.Faults.Single().Field.ShouldBe("members");
        (await open.Log("team/night-shift")).ShouldBe(["team.changed", "team.changed"]);
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("   ", "name")]
    [InlineData("A\u0000", null)]
    public void A_name_is_needed(string name, string? wrong) => (Good_With(name).Faults is [var first, ..] ? first.Field : null).ShouldBe(wrong);

    static (Member? Member, IReadOnlyList<Moothall.Definitions.Fault> Faults) Good_With(string name) => (Good with { Name = name }).Read("x", ExampleCouncil.Files);

    [Fact]
    public void A_form_with_header_injection_or_markup_is_a_name_or_a_fault_and_never_more()
    {
        Good_With("Ann\r\nBcc: all@example.com").Member!.Name.ShouldNotContain("\n");
        Good_With("<script>alert(1)</script>").Member!.Name.ShouldBe("<script>alert(1)</script>");
        (Good with { Email = "a@example.com\r\nBcc: b@example.com" }).Read("x", ExampleCouncil.Files).Faults.Single().Field.ShouldBe("email");
        (Good with { Name = new string('a', 101) }).Read("x", ExampleCouncil.Files).Faults.Single().Field.ShouldBe("name");
        (Good with { Teams = ["mercia-waste"] }).Read("x", ExampleCouncil.Files).Faults.Single().Field.ShouldBe("teams");
        (Good with { Teams = [] }).Read("x", ExampleCouncil.Files).Faults.Single().Field.ShouldBe("teams");
        (Good with { Roles = ["king"] }).Read("x", ExampleCouncil.Files).Faults.Single().Field.ShouldBe("roles");
    }

    [Theory]
    [InlineData("Tomasz Zieliński", "tomasz-zielinski")]
    [InlineData("Siân O’Neill-Łuk", "sian-o-neill-luk")]
    [InlineData("李小龙", "staff")]
    [InlineData("--", "staff")]
    public void An_id_is_made_of_the_name(string name, string id) => StaffForm.NewId(name, _ => false).ShouldBe(id);
}
