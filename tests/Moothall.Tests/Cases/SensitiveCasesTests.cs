using Moothall.Cases;
using Moothall.Identity;
using Moothall.Records;
using Moothall.Running;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>What is listed, counted and found is exactly what may be read; a sensitive case is there for nobody else, unless with a reason, and then it is seen.</summary>
public class SensitiveCasesTests
{
    const string Holes = "report-a-pothole", Lights = "report-a-street-light";
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    static readonly string[] Teams = ["streets", "wessex-highways", "mercia-highways"];

    static async Task<CouncilCase> Receive(OpenHouse house, string service, string authority, string team)
    {
        var answers = service == Holes ? """{"where": "High Street, Wallingford", "size": "small", "you": {"name": "Edith Grey", "email": "edith@mail.example"}}""" : """{"where": "High Street, Wallingford", "problem": "out"}""";
        var council = ExampleCouncil.Files;
        var command = Command(ExampleServices.Definition(service), answers) with { Authority = council.FindAuthority(authority)!, Offer = council.FindOffer(service, authority)! with { Team = team, StageTeams = new Dictionary<string, string>() } };
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task What_is_listed_counted_and_found_is_exactly_what_may_be_read(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Lights);
        var cases = new List<CouncilCase>();
        foreach (var service in new[] { Holes, Lights })
            foreach (var (authority, team) in new[] { ("wessex", "streets"), ("wessex", "wessex-highways"), ("mercia", "streets"), ("mercia", "mercia-highways") })
                cases.Add(await Receive(house, service, authority, team));
        await house.Figures();
        var chance = new Random(20261129);
        var (some, all) = (0, 0);
        for (var round = 0; round < 120; round++)
        {
            var caller = Somebody(chance);
            var expected = cases.Where(c => Rights.May(caller, Right.ReadCases, c.Authority, c.Team, c.Service)).Select(c => c.Reference).Order(StringComparer.Ordinal).ToList();
            if (!Rights.HasRole(caller, Right.ReadCases)) continue;
            if (expected.Count > 0 && expected.Count < cases.Count) some++;
            all++;
            var filter = new CaseFilter { Team = chance.Next(3) == 0 ? Teams[chance.Next(3)] : null, Service = chance.Next(3) == 0 ? Lights : null, Authority = chance.Next(3) == 0 ? "mercia" : null };
            var wanted = cases.Where(c => expected.Contains(c.Reference) && (filter.Team is null || c.Team == filter.Team) && (filter.Service is null || c.Service == filter.Service) && (filter.Authority is null || c.Authority == filter.Authority))
                .Select(c => c.Reference).Order(StringComparer.Ordinal).ToList();
            await house.Database.Read(async session =>
            {
                async Task Lists(CaseFilter by, IReadOnlyList<string> should) => (await CaseList.Read(session, by, caller, Monday, London)).Value!.Cases.Select(c => c.Reference).Order(StringComparer.Ordinal).ToList().ShouldBe(should, $"{caller} {by}");
                await Lists(new CaseFilter(), expected);
                await Lists(filter, wanted);
                await Lists(filter with { Q = "wallingford" }, wanted);
                (await QueueCounts.Read(session, Rights.ReadingOf(caller))).Sum(c => c.Open).ShouldBe(expected.Count, caller.ToString());
                foreach (var one in cases)
                {
                    var there = expected.Contains(one.Reference);
                    (await FindReference.Read(session, one.Reference, caller)).Count.ShouldBe(there ? 1 : 0);
                    (await CaseQueries.Open(session, house.House.Services, one.Reference, caller)).IsDone.ShouldBe(there, $"{caller} {one.Reference}");
                    (await CaseList.Read(session, new CaseFilter { Q = one.Reference }, caller, Monday, London)).Value!.Cases.Count.ShouldBe(there ? 1 : 0);
                }
                return true;
            });
        }
        all.ShouldBeGreaterThan(60);
        some.ShouldBeGreaterThan(40);
    }

    static Caller Somebody(Random chance)
    {
        HashSet<T> Some<T>(IReadOnlyList<T> of) => [.. of.Where(_ => chance.Next(2) == 0)];
        return new Caller("ann", "Ann", Some([Role.Advisor, Role.Worker, Role.TeamLeader, Role.Analyst, Role.Administrator]), Some(["wessex", "mercia"]), Some(Teams), false)
        {
            Services = chance.Next(4) == 0 ? Some([Holes, Lights]) : null,
            ForServices = chance.Next(4) == 0 ? [new RoleForServices(Role.Worker, Some([Holes, Lights]))] : [],
            Hidden = Some([Holes, Lights]), AllTeams = ExampleCouncil.Files.Teams,
        };
    }

    [Theory, BothDatabases]
    public async Task A_published_service_that_is_sensitive_is_hidden_at_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "refer-someone-who-is-homeless");
        house.House.Council.Sensitive.ShouldBe(["refer-someone-who-is-homeless"]);
        StaffSessions.CallerFor(house.House.Council, "amara-okafor", Monday).Hidden.ShouldBe(["refer-someone-who-is-homeless"]);
        await house.House.People.Refresh();
        house.House.CurrentCouncil.Replace(house.House.CurrentCouncil.Folder);
        house.House.Council.Sensitive.Count.ShouldBe(1, "also after the council's files were read again");
    }

    static async Task<(CouncilCase Case, Caller Outsider, Caller Leader)> Sensitive(OpenHouse house)
    {
        house.House.CurrentCouncil.Hide(new HashSet<string> { Lights });
        var leader = ExampleCouncil.Files.Members["tomasz-zielinski"] with { Email = "tomasz@wessex.example" };
        house.House.CurrentCouncil.Replace(house.House.CurrentCouncil.Folder with { Members = new Dictionary<string, Moothall.Council.Member>(ExampleCouncil.Files.Members, StringComparer.Ordinal) { [leader.Id] = leader } });
        return (await Receive(house, Lights, "wessex", "wessex-highways"), StaffSessions.CallerFor(house.House.Council, "grace-adeyemi-clarke", Monday), StaffSessions.CallerFor(house.House.Council, leader.Id, Monday));
    }

    [Theory, BothDatabases]
    public async Task Who_gives_a_reason_sees_the_one_case_for_an_hour_and_is_seen(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Lights);
        var (hidden, grace, tomasz) = await Sensitive(house);
        var another = await Receive(house, Lights, "wessex", "wessex-highways");
        (await OpenCase.Open(house.House, hidden.Reference, grace, AuditKinds.CaseRead, default)).Refusal.ShouldBe(Refusal.NotFound);

        (await new OpenSensitive(hidden.Reference, "The hospital is on the line and asks for her key worker.", grace).Open(house.House)).Value.ShouldBe(hidden.Reference);
        var file = (await OpenCase.Open(house.House, hidden.Reference, grace, AuditKinds.CaseRead, default)).Value.ShouldNotBeNull();
        file.Actions.ShouldBeEmpty("they may read it and not work it");
        (await OpenCase.Open(house.House, hidden.Reference, grace, AuditKinds.CaseReadByProgram, default)).IsDone.ShouldBeFalse("a program gives no reasons");
        (await OpenCase.Open(house.House, another.Reference, grace, AuditKinds.CaseRead, default)).IsDone.ShouldBeFalse("it is this one case");
        (await house.Act(hidden, "note", grace, "Rang back")).IsDone.ShouldBeFalse();
        (await house.Database.Read(s => CaseList.Read(s, new CaseFilter(), grace, Monday, London))).Value!.Cases.ShouldBeEmpty("it stands in no list");

        (await house.Database.Read(s => ReadLog.Of(s, hidden.Reference))).Select(r => (r.Member, r.Kind)).ShouldBe([("grace-adeyemi-clarke", AuditKinds.CaseRead), ("grace-adeyemi-clarke", AuditKinds.GlassBroken)], ignoreOrder: true);
        var known = (await house.Database.Read(s => BreakGlass.ToKnow(s, tomasz, Monday - Duration.FromDays(1)))).Single();
        (known.Member, known.Reference, known.Reason).ShouldBe(("grace-adeyemi-clarke", hidden.Reference, "The hospital is on the line and asks for her key worker."));
        (await house.Database.Read(s => Alerts.Now(s))).Single().Kind.ShouldBe(AlertKind.GlassBroken);
        (await house.Log($"alert/glass-broken/{known.Id}")).ShouldBe(["alert.raised"]);
        (await house.Database.Read(s => s.Query($"select address from message where kind = 'alert'", row => row.Text(0)))).ShouldBe(["tomasz@wessex.example"]);

        house.Clock.Now += BreakGlass.Lasts;
        (await OpenCase.Open(house.House, hidden.Reference, grace, AuditKinds.CaseRead, default)).IsDone.ShouldBeFalse("the hour is over");
        (await house.Database.Read(s => BreakGlass.Open(s, house.House.Now))).ShouldBeEmpty("and so is the alert");
    }

    [Theory, BothDatabases]
    public async Task Whoever_may_not_break_the_glass_cannot_tell_whether_there_is_a_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Lights);
        var (hidden, grace, _) = await Sensitive(house);
        var mercian = StaffSessions.CallerFor(house.House.Council, "priya-venkataraman", Monday);
        var answers = new List<string>();
        foreach (var (reference, who) in new[] { (hidden.Reference, mercian), ("POT-7F3K-92QX", mercian), ("POT-7F3K-92QX", grace) })
            answers.Add((await new OpenSensitive(reference, "I must see it now, truly.", who).Open(house.House)).Refusal!.Faults.Single().Message);
        answers.Distinct().Count().ShouldBe(1);
        (await new OpenSensitive(hidden.Reference, "short", grace).Open(house.House)).Refusal!.Faults.Single().Field.ShouldBe("reason");
        (await new OpenSensitive(hidden.Reference, "I must see it now, truly.", StaffSessions.CallerFor(house.House.Council, "fatima-al-sayed", Monday)).Open(house.House)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await house.Count("broken_glass")).ShouldBe(0);
        (await house.Database.Read(s => Alerts.Now(s))).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task What_was_opened_goes_with_the_case(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, Lights);
        var (hidden, grace, _) = await Sensitive(house);
        (await new OpenSensitive(hidden.Reference, "The hospital is on the line.", grace).Open(house.House)).IsDone.ShouldBeTrue();
        foreach (var eraser in house.House.Erasers) await house.Database.Commit(unit => eraser.Erase(unit, hidden));
        (await house.Count("broken_glass")).ShouldBe(0);
    }
}
