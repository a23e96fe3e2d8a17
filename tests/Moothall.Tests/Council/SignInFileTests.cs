using Moothall.Council;
using Moothall.Identity;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

public class SignInFileTests
{
    const string Staff = """
        providers:
          north-staff:
            for: staff
            title: North account
            authorities: [north]
            issuer: https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0
            client: 9f8e7d6c-0000-4000-8000-000000000000
            signing: PS256
            known-by: [email, username]
            joiners: yes
            groups:
              0a1b2c3d-1111-4000-8000-000000000000:
                roles: [worker, team-leader]
                authorities: [north]

        """;

    static CouncilReading Read(string text)
    {
        var files = ExampleCouncil.Small();
        files["sign-in.yaml"] = text;
        return ExampleCouncil.Read(files);
    }

    [Fact]
    public void A_council_without_the_file_has_no_provider() => ExampleCouncil.Files.SignIn.ShouldBeEmpty();

    [Fact]
    public void A_provider_for_staff_is_read_with_its_groups()
    {
        var reading = Read(Staff);
        reading.Findings.ShouldNotContain(f => f.Place.File.EndsWith("sign-in.yaml", StringComparison.Ordinal), string.Join('\n', reading.Findings));
        var provider = reading.Council!.SignIn.ShouldHaveSingleItem();
        (provider.Id, provider.For, provider.Title.English, provider.Signing, provider.Joiners, provider.UserInfo).ShouldBe(("north-staff", SignInFor.Staff, "North account", "PS256", true, false));
        provider.Authorities.ShouldBe(["north"]);
        provider.KnownBy.ShouldBe(["email", "username"]);
        var group = provider.Groups.ShouldHaveSingleItem();
        group.Roles.ShouldBe([Role.Worker, Role.TeamLeader], ignoreOrder: true);
        provider.Levels.ShouldBeNull();
    }

    [Fact]
    public void GOV_UK_One_Login_is_a_profile_that_fills_in_the_rest()
    {
        var provider = Read("""
            providers:
              one-login:
                profile: gov-uk-one-login
                for: residents
                issuer: https://oidc.integration.account.gov.uk/
                client: abc

            """).Council!.SignIn.ShouldHaveSingleItem();
        (provider.Title.English, provider.UserInfo, provider.Issuer).ShouldBe(("GOV.UK One Login", true, "https://oidc.integration.account.gov.uk/"));
        provider.Scopes.ShouldBe(["email"]);
        provider.Levels.ShouldBe(new ProviderLevels(true, "Cl", "Cl.Cm"));
        provider.Authorities.ShouldBe(["north", "south"]);
    }

    [Theory]
    [InlineData("for: staff", "for: stuff", 3, 10, "`for` is one of `staff` and `residents`, and `stuff` is not; did you mean `staff`?")]
    [InlineData("    issuer: https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0\n", "", 2, 3, "has no `issuer`")]
    [InlineData("https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0", "http://login.example", 6, 13, "a provider is asked over https only")]
    [InlineData("https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0", "login.example", 6, 13, "is not the address of a provider")]
    [InlineData("https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0", "https://a:b@login.example", 6, 13, "is not the address of a provider")]
    [InlineData("0a1b2c3d-0000-4000-8000-000000000000/v2.0", "common/v2.0", 6, 13, "this address lets in people of any organisation")]
    [InlineData("signing: PS256", "signing: HS256", 8, 14, "`signing` is one of `RS256`, `PS256` and `ES256`, and `HS256` is not")]
    [InlineData("known-by: [email, username]", "known-by: [emial]", 9, 16, "staff are known by `email` or `username`, not by `emial`")]
    [InlineData("roles: [worker, team-leader]", "roles: [postmaster]", 13, 16, "the role `postmaster` is for programs and no group gives it")]
    [InlineData("roles: [worker, team-leader]", "roles: [wroker]", 13, 17, "no role is called `wroker`; did you mean `worker`?")]
    [InlineData("        authorities: [north]\n", "        authorities: [south]\n", 14, 22, "`south` is none of this provider’s authorities")]
    [InlineData("        authorities: [north]\n", "", 12, 7, "has no `authorities`")]
    [InlineData("    joiners: yes\n    groups:", "    joiners: yes\n    grups:", 11, 5, "no key called `grups` here; did you mean `groups`?")]
    [InlineData("for: staff", "for: residents", 9, 5, "`known-by` is for staff, and `north-staff` is for residents; take it out")]
    [InlineData("0a1b2c3d-1111-4000-8000-000000000000:\n        roles: [worker, team-leader]\n        authorities: [north]\n", "0a1b2c3d-1111-4000-8000-000000000000: worker\n", 12, 7, "needs roles and authorities on the lines below it")]
    [InlineData("providers:\n", "providers:\n  south-staff: yes\n", 2, 3, "provider `south-staff` needs `for`, an issuer and a client on the lines below it")]
    [InlineData("        authorities: [north]\n", "        authorities: [south]\n        teams: [waste]\n", 15, 16, "team `waste` works for none of the authorities that group")]
    [InlineData("signing: PS256", "medium: low", 8, 13, "`medium` has no `two-factor` beside it")]
    [InlineData("signing: PS256", "profile: gov-uk-one-login", 3, 10, "GOV.UK One Login is for residents")]
    public void What_is_wrong_in_it_is_told_with_its_place(string was, string now, int line, int column, string says)
    {
        Staff.ShouldContain(was);
        var findings = Read(Staff.Replace(was, now, StringComparison.Ordinal)).Findings;
        findings.ShouldContain(f => f.Message.Contains(says, StringComparison.Ordinal) && f.Place.File.EndsWith("sign-in.yaml", StringComparison.Ordinal) && f.Place.Line == line && f.Place.Column == column, string.Join('\n', findings));
    }

    [Fact]
    public void A_provider_on_this_machine_may_be_asked_without_TLS() =>
        Read(Staff.Replace("https://login.microsoftonline.com/0a1b2c3d-0000-4000-8000-000000000000/v2.0", "http://127.0.0.1:9000", StringComparison.Ordinal)).Council.ShouldNotBeNull();
}
