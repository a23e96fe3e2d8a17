using FsCheck;
using FsCheck.Fluent;
using Moothall.Identity;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Identity;

public class RightsTests
{
    const string Own = "own", Other = "other";

    /// <summary>The table as it is promised: N nowhere, A in own authorities, T only in own teams of own authorities.</summary>
    static readonly Dictionary<Role, string> Promised = new()
    {
        //                      ReadCases WorkCases SubmitForOthers RecordContacts ImportHistory PublishServices LeadTeam SeeReadings Administer LookAfterRecords ReturnMail SeeAudit KeepPeople
        [Role.Advisor] =       "A         N         A               A              N             N               N        N           N          N                N          N        N",
        [Role.Worker] =        "A         T         N               N              N             N               N        N           N          N                N          N        N",
        [Role.TeamLeader] =    "A         T         N               N              N             N               T        T           N          N                N          N        N",
        [Role.Designer] =      "N         N         N               N              N             A               N        N           N          N                N          N        N",
        [Role.Analyst] =       "N         N         N               N              N             N               N        N           N          N                N          N        N",
        [Role.Administrator] = "N         N         N               N              N             N               N        A           A          A                N          N        N",
        [Role.Importer] =      "N         N         N               N              A             N               N        N           N          N                N          N        N",
        [Role.Postmaster] =    "N         N         N               N              N             N               N        N           N          N                A          N        N",
        [Role.InformationOfficer] = "N    N         N               N              N             N               N        N           N          N                N          A        N",
        [Role.Directory] =     "N         N         N               N              N             N               N        N           N          N                N          N        A",
    };

    static Caller With(params IEnumerable<Role> roles) => new("ann", "Ann Lee", roles.ToHashSet(), new HashSet<string> { Own }, new HashSet<string> { Own }, false) { Only = Enum.GetValues<Right>().ToHashSet() };

    [Fact]
    public void Every_role_has_every_right_exactly_where_the_table_says()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var reach = Promised[role].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var right in Enum.GetValues<Right>())
            {
                var caller = With(role);
                Rights.HasRole(caller, right).ShouldBe(reach[(int)right] != "N", $"{role} {right}");
                foreach (var authority in (string[])[Own, Other, ""])
                    foreach (var team in (string?[])[Own, Other, null])
                    {
                        var may = authority == Own && reach[(int)right] switch { "A" => true, "T" => team == Own, _ => false };
                        Rights.May(caller, right, authority, team, "any").ShouldBe(may, $"{role} {right} in {authority}, team {team}");
                    }
            }
        }
    }

    [Fact]
    public void The_table_speaks_of_every_role_and_right()
    {
        Promised.Keys.ShouldBe(Enum.GetValues<Role>(), ignoreOrder: true);
        Promised.Values.ShouldAllBe(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == Enum.GetValues<Right>().Length);
    }

    [Fact]
    public void Scopes_only_take_away_and_changing_people_takes_one_by_name()
    {
        foreach (var role in Enum.GetValues<Role>())
            foreach (var right in Enum.GetValues<Right>())
            {
                var (all, none) = (With(role), With(role) with { Only = null });
                Rights.HasRole(none, right).ShouldBe(right != Right.KeepPeople && Rights.HasRole(all, right), $"{role} {right}");
                Rights.HasRole(all with { Only = new HashSet<Right>() }, right).ShouldBeFalse();
                foreach (var scope in Scopes.All)
                    Rights.HasRole(all with { Only = Scopes.RightsOf(scope.Name) }, right).ShouldBe(scope.Rights.Contains(right) && Rights.HasRole(all, right), $"{role} {right} {scope.Name}");
            }
        Scopes.RightsOf("").ShouldBeEmpty();
        Scopes.RightsOf("a-scope-of-later").ShouldBeEmpty();
        Scopes.RightsOf(null).ShouldBeNull();
    }

    [Fact]
    public void Somebody_without_roles_may_do_nothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Right>(), right =>
            !Rights.HasRole(With(), right) && !Rights.May(With(), right, Own, Own, "any") && !Rights.May(Caller.Nobody, right, Own, Own, "any") && Rights.AuthoritiesFor(With(), right).Count == 0)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_role_never_takes_a_right_away() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Role[]>(), ArbMap.Default.ArbFor<(Role Another, Right Right, bool OwnTeam)>(), (roles, asked) =>
        {
            var team = asked.OwnTeam ? Own : Other;
            return !Rights.May(With(roles), asked.Right, Own, team, "any") || Rights.May(With([.. roles, asked.Another]), asked.Right, Own, team, "any");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_administrator_who_also_leads_a_team_sees_who_read_the_cases_of_every_team() =>
        Rights.May(With(Role.Administrator, Role.TeamLeader), Right.SeeReadings, Own, Other, "any").ShouldBeTrue();

    [Fact]
    public void Nobody_has_rights_even_with_roles() =>
        Rights.May(With(Role.Worker) with { Id = "" }, Right.ReadCases, Own, Own, "any").ShouldBeFalse();

    [Fact]
    public void A_right_that_is_not_in_the_table_is_denied() =>
        Rights.HasRole(With(Enum.GetValues<Role>()), (Right)999).ShouldBeFalse();

    [Fact]
    public void Lists_are_of_the_authorities_in_which_somebody_has_the_right()
    {
        Rights.AuthoritiesFor(With(Role.Worker), Right.ReadCases).ShouldBe([Own]);
        Rights.AuthoritiesFor(With(Role.Designer), Right.ReadCases).ShouldBeEmpty();
    }

    [Fact]
    public void A_role_is_called_the_same_in_files_and_back()
    {
        foreach (var role in Enum.GetValues<Role>())
            RoleNames.Find(RoleNames.Of(role)).ShouldBe(role);
        RoleNames.Find("team leader").ShouldBeNull();
    }
}
