using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

/// <summary>Roles for a time or for some services, and sensitive services by name: given at the desk, the strong ones with a second administrator.</summary>
public class GrantsTests
{
    const string Fatima = "fatima-al-sayed", Huw = "huw-parry", Amara = "amara-okafor", Care = "assess-your-care-needs";
    static readonly HashSet<string> Services = ["report-a-pothole", "report-noise", Care], Sensitive = [Care];
    static readonly GrantForm ForThreeWeeks = new("team-leader", [], "", "", "2026-03-20", "Tomasz is on leave");

    static async Task<House> Open(OpenHouse open)
    {
        var folder = open.House.CurrentCouncil.Folder;
        var huw = folder.Members[Fatima] with { Id = Huw, Name = "Huw Parry" };
        open.House.CurrentCouncil.Replace(folder with { Members = new Dictionary<string, Member>(folder.Members, StringComparer.Ordinal) { [Huw] = huw } });
        await open.House.People.Refresh();
        return open.House;
    }

    static async Task<Result<T>> Do<T>(House house, string by, Func<ManageStaff, Unit, Task<Result<T>>> act)
    {
        var caller = StaffSessions.CallerFor(house.Council, by, house.Now);
        var done = await house.Database.Commit(unit => act(new ManageStaff(house.CurrentCouncil.Folder, caller, house.Now), unit));
        await house.People.Refresh();
        return done;
    }

    static Task<Result<GrantEntry>> Give(House house, string by, string to, GrantForm form) => Do(house, by, (staff, unit) => staff.Give(unit, to, form, Services, Sensitive));
    static Task<Result<StaffEntry>> Decide(House house, string by, string about, string grant, bool agrees = true) => Do(house, by, (staff, unit) => staff.Decide(unit, about, grant, agrees));
    static Caller Now(House house, string member) => StaffSessions.CallerFor(house.Council, member, house.Now);

    [Theory, BothDatabases]
    public async Task A_role_for_a_time_holds_from_its_first_day_to_its_last_without_anything_running(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = await Open(open);
        (await Give(house, Fatima, Amara, ForThreeWeeks with { From = "4 3 2026" })).Value!.State.ShouldBe(GrantState.Given);
        bool Leads() => Rights.May(Now(house, Amara), Right.LeadTeam, "wessex", "streets", "report-a-pothole");
        Leads().ShouldBeFalse("it begins on Wednesday");
        open.Clock.Now = Instant.FromUtc(2026, 3, 4, 0, 0);
        Leads().ShouldBeTrue();
        open.Clock.Now = Instant.FromUtc(2026, 3, 20, 23, 59);
        Leads().ShouldBeTrue();
        open.Clock.Now = Instant.FromUtc(2026, 3, 21, 0, 0);
        Leads().ShouldBeFalse();
        var history = await open.Database.Read(s => People.History(s, Amara));
        history.Single().What.Select(w => w.ToString()).ShouldBe(["Given: team leader, from 4 March 2026 until 20 March 2026.", "Why: Tomasz is on leave"]);
    }

    [Theory, BothDatabases]
    public async Task A_strong_one_counts_only_when_another_administrator_has_agreed(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = await Open(open);
        open.House.CurrentCouncil.Hide(Sensitive);
        var care = new GrantForm("", [], Care, "", "", "She answers the line for carers");
        var asked = (await Give(house, Fatima, "grace-adeyemi-clarke", care)).Value!;
        asked.State.ShouldBe(GrantState.Asked);
        bool Reads() => Rights.May(Now(house, "grace-adeyemi-clarke"), Right.ReadCases, "wessex", "wessex-adult-care", Care);
        Reads().ShouldBeFalse();
        (await open.Database.Read(s => Grants.Waiting(s))).Single().Member.ShouldBe("grace-adeyemi-clarke");

        (await Decide(house, Fatima, "grace-adeyemi-clarke", asked.Grant.Id)).Refusal!.Why.ShouldContain("another administrator must decide");
        (await Decide(house, Amara, "grace-adeyemi-clarke", asked.Grant.Id)).Refusal.ShouldBe(Refusal.NotFound);
        Reads().ShouldBeFalse();
        (await Decide(house, Huw, "grace-adeyemi-clarke", asked.Grant.Id)).IsDone.ShouldBeTrue();
        Reads().ShouldBeTrue();
        (await Decide(house, Huw, "grace-adeyemi-clarke", asked.Grant.Id)).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await open.Database.Read(s => People.History(s, "grace-adeyemi-clarke")))[0].What[0].ToString().ShouldBe("Agreed to: the sensitive service assess-your-care-needs, from 2 March 2026. Fatima Al-Sayed had asked for it.");

        (await Do(house, Fatima, (staff, unit) => staff.TakeBack(unit, "grace-adeyemi-clarke", asked.Grant.Id))).IsDone.ShouldBeTrue();
        Reads().ShouldBeFalse();
        var again = (await Give(house, Fatima, "grace-adeyemi-clarke", care)).Value!;
        (await Decide(house, Huw, "grace-adeyemi-clarke", again.Grant.Id, agrees: false)).IsDone.ShouldBeTrue();
        Reads().ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task Nobody_gives_or_decides_for_themselves(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = await Open(open);
        (await Give(house, Fatima, Fatima, new GrantForm("", [], Care, "", "", "I want to see"))).Refusal!.Why.ShouldContain("yourself");
        var asked = (await Give(house, Fatima, Huw, new GrantForm("", [], Care, "", "", "He looks after the line"))).Value!;
        (await Decide(house, Huw, Huw, asked.Grant.Id)).Refusal!.Why.ShouldContain("about yourself");
        (await Do(house, Huw, (staff, unit) => staff.TakeBack(unit, Huw, asked.Grant.Id))).Refusal!.Why.ShouldContain("about yourself");
        (await Give(house, Amara, "grace-adeyemi-clarke", ForThreeWeeks)).Refusal.ShouldBe(Refusal.NotFound);
    }

    [Theory, BothDatabases]
    public async Task Ticking_administrator_asks_for_it_and_so_does_another_council_for_one(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = await Open(open);
        var jordan = house.Council.Members["jordan-reid"];
        var form = StaffForm.Of(jordan) with { Roles = ["analyst", "administrator"], Authorities = ["wessex"] };
        (await Do(house, Fatima, (staff, unit) => staff.Change(unit, "jordan-reid", 0, form))).IsDone.ShouldBeTrue();
        house.Council.Members["jordan-reid"].Roles.ShouldBe([Role.Analyst]);
        var asked = (await open.Database.Read(s => Grants.Waiting(s))).Single();
        (await Decide(house, Huw, "jordan-reid", asked.Grant.Id)).IsDone.ShouldBeTrue();
        house.Council.Members["jordan-reid"].Roles.ShouldBe([Role.Analyst, Role.Administrator], ignoreOrder: true);
        (await open.Database.Read(s => Grants.Waiting(s))).ShouldBeEmpty();
        var version = (await open.Database.Read(s => People.Find(s, house.Council, "jordan-reid")))!.Version;
        (await Do(house, Fatima, (staff, unit) => staff.Change(unit, "jordan-reid", version, form with { Authorities = ["wessex", "mercia"] }))).Refusal!.Faults.Single().Field.ShouldBe("authorities");
        // Taking it away needs nobody else.
        (await Do(house, Fatima, (staff, unit) => staff.Change(unit, "jordan-reid", version, form with { Roles = ["analyst"] }))).IsDone.ShouldBeTrue();
        house.Council.Members["jordan-reid"].Roles.ShouldBe([Role.Analyst]);
    }

    [Theory, BothDatabases]
    public async Task Whoever_leaves_has_nothing_left_that_was_given(Dialect dialect)
    {
        await using var open = await OpenHouse.Open(dialect);
        var house = await Open(open);
        (await Give(house, Fatima, Amara, ForThreeWeeks)).IsDone.ShouldBeTrue();
        (await Do(house, Fatima, (staff, unit) => staff.Set(unit, Amara, 1, StaffState.Left))).IsDone.ShouldBeTrue();
        (await Do(house, Fatima, (staff, unit) => staff.Set(unit, Amara, 2, StaffState.Works))).IsDone.ShouldBeTrue();
        Now(house, Amara).Roles.ShouldBe([Role.Worker]);
    }

    [Fact]
    public void What_is_wrong_with_a_form_is_said_at_its_fields()
    {
        string[] Fields(GrantForm form) => [.. form.Read(new LocalDate(2026, 3, 2), Services, Sensitive).Faults.Select(f => f.Field)];
        Fields(ForThreeWeeks).ShouldBeEmpty();
        Fields(ForThreeWeeks with { Until = "", Services = ["report-noise"] }).ShouldBeEmpty();
        Fields(ForThreeWeeks with { Until = "" }).ShouldBe(["until"]);
        Fields(ForThreeWeeks with { From = "1 3 2026" }).ShouldBe(["from"]);
        Fields(ForThreeWeeks with { From = "3 3 2026", Until = "2 3 2026" }).ShouldBe(["until"]);
        Fields(ForThreeWeeks with { Until = "3 3 2027" }).ShouldBe(["until"]);
        Fields(ForThreeWeeks with { From = "soon" }).ShouldBe(["from"]);
        Fields(ForThreeWeeks with { Reason = " " }).ShouldBe(["reason"]);
        Fields(ForThreeWeeks with { Role = "king" }).ShouldBe(["role"]);
        Fields(ForThreeWeeks with { Role = "importer" }).ShouldBe(["role"]);
        Fields(ForThreeWeeks with { Sensitive = Care }).ShouldBe(["role"]);
        Fields(ForThreeWeeks with { Role = "" }).ShouldBe(["role"]);
        Fields(ForThreeWeeks with { Services = ["nothing"] }).ShouldBe(["services"]);
        Fields(ForThreeWeeks with { Role = "administrator", Services = ["report-noise"] }).ShouldBe(["services"]);
        Fields(new GrantForm("", [], "report-noise", "", "", "x")).ShouldBe(["sensitive"]);
    }
}
