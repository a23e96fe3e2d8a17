using Moothall.Council;
using Moothall.Identity;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

/// <summary>Rights by service, of shared teams, of sensitive services, and of what was given for a time.</summary>
public class RightsByServiceTests
{
    const string Noise = "report-noise", Holes = "report-a-pothole", Care = "assess-your-care-needs";
    static readonly LocalDate Today = new(2026, 3, 2);
    static readonly Instant Noon = OpenHouse.Monday;

    static CouncilFiles Council(Member member) => ExampleCouncil.Files with { Members = new Dictionary<string, Member> { [member.Id] = member }, Sensitive = new HashSet<string> { Care } };

    static Member Ann(Role[] roles, string[] authorities, params string[] teams) => new("ann", "Ann Lee", roles.ToHashSet(), authorities.ToHashSet(), teams.ToHashSet(), false);

    static Caller Asks(Member member) => StaffSessions.CallerFor(Council(member), "ann", Noon);

    static bool Reads(Caller caller, string authority, string team, string service) => Rights.May(caller, Right.ReadCases, authority, team, service);
    static bool Works(Caller caller, string authority, string team, string service) => Rights.May(caller, Right.WorkCases, authority, team, service);

    static Grant Given(Role? role, string[] services, string? sensitive = null, LocalDate? from = null, LocalDate? until = null) => new("g", role, services.ToHashSet(), sensitive, from ?? Today, until);

    [Fact]
    public void Roles_that_are_limited_to_services_are_for_nothing_else()
    {
        var ann = Asks(Ann([Role.Worker], ["wessex"], "streets") with { Services = new HashSet<string> { Noise } });
        Reads(ann, "wessex", "streets", Noise).ShouldBeTrue();
        Works(ann, "wessex", "streets", Noise).ShouldBeTrue();
        Reads(ann, "wessex", "streets", Holes).ShouldBeFalse();
        Works(ann, "wessex", "streets", Holes).ShouldBeFalse();
        Rights.May(ann, Right.ReadCases, "wessex", "streets", null).ShouldBeFalse("what is of no service is reached by nobody who is limited to some");
    }

    [Fact]
    public void A_role_for_some_services_stands_beside_those_for_all()
    {
        var ann = Asks(Ann([Role.Advisor], ["wessex"], "streets") with { Grants = [Given(Role.Worker, [Noise])] });
        Reads(ann, "wessex", "wessex-waste", Holes).ShouldBeTrue();
        Works(ann, "wessex", "streets", Noise).ShouldBeTrue();
        Works(ann, "wessex", "streets", Holes).ShouldBeFalse();
        Rights.HasRole(ann, Right.WorkCases).ShouldBeTrue();
    }

    [Fact]
    public void What_is_given_for_a_time_begins_and_ends_with_its_days()
    {
        bool On(LocalDate from, LocalDate until) => Works(Asks(Ann([], ["wessex"], "streets") with { Grants = [Given(Role.Worker, [], from: from, until: until)] }), "wessex", "streets", Holes);
        On(Today, Today).ShouldBeTrue();
        On(Today.PlusDays(-5), Today).ShouldBeTrue();
        On(Today, Today.PlusDays(5)).ShouldBeTrue();
        On(Today.PlusDays(1), Today.PlusDays(5)).ShouldBeFalse();
        On(Today.PlusDays(-5), Today.PlusDays(-1)).ShouldBeFalse();
        // Until midnight in the council's zone, whatever the clock of the node says.
        var ann = Ann([], ["wessex"], "streets") with { Grants = [Given(Role.Worker, [], until: new LocalDate(2026, 7, 1))] };
        Works(StaffSessions.CallerFor(Council(ann), "ann", Instant.FromUtc(2026, 7, 1, 22, 59)), "wessex", "streets", Holes).ShouldBeTrue();
        Works(StaffSessions.CallerFor(Council(ann), "ann", Instant.FromUtc(2026, 7, 1, 23, 0)), "wessex", "streets", Holes).ShouldBeFalse("it is the second of July in London");
        Works(StaffSessions.CallerFor(Council(ann), "ann"), "wessex", "streets", Holes).ShouldBeFalse("without a day nothing that has days counts");
    }

    [Fact]
    public void Who_is_in_a_shared_team_sees_of_the_other_council_the_cases_of_that_team_and_no_others()
    {
        // The streets team works for both councils; Ann works for Wessex.
        var ann = Asks(Ann([Role.Worker], ["wessex"], "streets"));
        Reads(ann, "mercia", "streets", Holes).ShouldBeTrue();
        Works(ann, "mercia", "streets", Holes).ShouldBeTrue();
        Reads(ann, "mercia", "mercia-waste", Holes).ShouldBeFalse();
        Reads(ann, "wessex", "wessex-waste", Holes).ShouldBeTrue();
        Works(ann, "wessex", "wessex-waste", Holes).ShouldBeFalse();
        var ben = Asks(Ann([Role.Worker], ["wessex"], "wessex-waste"));
        Reads(ben, "mercia", "streets", Holes).ShouldBeFalse();
        Reads(ben, "mercia", "mercia-waste", Holes).ShouldBeFalse();
        // A team that does not work for a council carries no right there, though somebody works for that council.
        Works(Asks(Ann([Role.Worker], ["wessex", "mercia"], "wessex-waste")), "mercia", "wessex-waste", Holes).ShouldBeFalse();
        // Nor does a team of another council alone, which nobody shared.
        Reads(Asks(Ann([Role.Worker], ["wessex"], "mercia-waste")), "mercia", "mercia-waste", Holes).ShouldBeFalse();
        foreach (var right in new[] { Right.SubmitForOthers, Right.RecordContacts, Right.Administer, Right.LookAfterRecords, Right.ImportHistory, Right.PublishServices })
            Rights.May(Asks(Ann(Enum.GetValues<Role>(), ["wessex"], "streets")), right, "mercia", "streets", Holes).ShouldBeFalse($"{right} is not shared");
    }

    [Fact]
    public void Cases_of_a_sensitive_service_are_there_for_its_team_alone()
    {
        foreach (var role in Enum.GetValues<Role>())
            foreach (var right in new[] { Right.ReadCases, Right.WorkCases, Right.LeadTeam, Right.SeeReadings, Right.LookAfterRecords, Right.RecordContacts })
                Rights.May(Asks(Ann([role], ["wessex"], "wessex-waste")), right, "wessex", "wessex-adult-care", Care).ShouldBeFalse($"{role} {right}");
        Works(Asks(Ann([Role.Worker], ["wessex"], "wessex-adult-care")), "wessex", "wessex-adult-care", Care).ShouldBeTrue();
        Rights.May(Asks(Ann([Role.TeamLeader], ["wessex"], "wessex-adult-care")), Right.SeeReadings, "wessex", "wessex-adult-care", Care).ShouldBeTrue();
        Reads(Asks(Ann([Role.Advisor], ["wessex"], "wessex-waste")), "wessex", "wessex-adult-care", Holes).ShouldBeTrue("only its own cases are hidden");
        Rights.May(Asks(Ann([Role.Advisor], ["wessex"])), Right.SubmitForOthers, "wessex", null, Care).ShouldBeTrue("a caller may still be helped to send it");
    }

    [Fact]
    public void A_sensitive_service_that_was_given_by_name_is_seen_as_far_as_ones_roles_go()
    {
        var named = Ann([Role.Advisor], ["wessex"]) with { Grants = [Given(null, [], Care)] };
        Reads(Asks(named), "wessex", "wessex-adult-care", Care).ShouldBeTrue();
        Works(Asks(named), "wessex", "wessex-adult-care", Care).ShouldBeFalse();
        Reads(Asks(named), "mercia", "mercia-adult-care", Care).ShouldBeFalse();
        Reads(Asks(Ann([Role.Analyst], ["wessex"]) with { Grants = [Given(null, [], Care)] }), "wessex", "wessex-adult-care", Care).ShouldBeFalse("it gives no role");
        Reads(Asks(named with { Grants = [Given(null, [], Care, until: Today.PlusDays(-1), from: Today.PlusDays(-9))] }), "wessex", "wessex-adult-care", Care).ShouldBeFalse();
    }

    [Fact]
    public void Glass_is_broken_only_by_those_who_read_the_other_cases_of_that_council()
    {
        bool May(Caller caller, string authority = "wessex") => Rights.MayBreakGlass(caller, authority, authority + "-adult-care", Care);
        May(Asks(Ann([Role.Advisor], ["wessex"]))).ShouldBeTrue();
        May(Asks(Ann([Role.Worker], ["wessex"], "wessex-waste"))).ShouldBeTrue();
        May(Asks(Ann([Role.Advisor], ["wessex"])), "mercia").ShouldBeFalse();
        May(Asks(Ann([Role.Administrator], ["wessex"]))).ShouldBeFalse();
        May(Asks(Ann([Role.Worker], ["wessex"], "wessex-waste") with { Services = new HashSet<string> { Noise } })).ShouldBeFalse();
        May(Asks(Ann([Role.Worker], ["wessex"], "wessex-adult-care"))).ShouldBeFalse("it is theirs already");
        May(Caller.Nobody).ShouldBeFalse();
    }

    [Fact]
    public void Roles_from_elsewhere_join_those_of_the_council_and_take_nothing_away()
    {
        var elsewhere = new Holding(new HashSet<Role> { Role.TeamLeader }, new HashSet<string> { "mercia" }, new HashSet<string> { "mercia-waste" });
        var ann = StaffSessions.CallerFor(Council(Ann([Role.Advisor], ["wessex"])), new StaffSession("hash", "ann", Noon, Noon, null) { Granted = Holdings.Write([elsewhere]) }, Noon);
        Rights.May(ann, Right.LeadTeam, "mercia", "mercia-waste", Holes).ShouldBeTrue();
        Rights.May(ann, Right.SubmitForOthers, "wessex", null, Holes).ShouldBeTrue();
        Reads(ann, "wessex", "wessex-adult-care", Care).ShouldBeFalse();
    }
}
