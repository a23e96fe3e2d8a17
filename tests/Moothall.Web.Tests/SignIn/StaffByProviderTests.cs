using System.Net;
using Moothall.Council;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.SignIn;

public sealed class StaffByProviderTests
{
    static async Task<Sight> Desk(HttpClient client, string path = "/desk/you") => await Sight.Of(await client.GetAsync(path), path);

    [Theory, BothDatabases]
    public async Task The_sign_in_page_offers_the_councils_provider_and_a_member_of_staff_comes_in_by_it(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.Start(dialect);
        using var desk = await with.Council.Client();
        var page = await Desk(desk, "/desk/sign-in?return=%2Fdesk%2Fyou");
        var link = page.Document.QuerySelectorAll("a").Single(a => a.TextContent == "Sign in with Wessex account").GetAttribute("href")!;
        using var came = await with.SignIn(desk, "p-amara", link);
        came.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await came.Content.ReadAsStringAsync());
        came.Headers.Location!.OriginalString.ShouldBe("/desk/you");
        (await Desk(desk)).Words.ShouldContain("Amara Okafor");
        (await with.Rows()).ShouldBe("1 1 1 1 0 0");
        with.Provider.Asked.ShouldAllBe(a => a.Path.StartsWith("/auth") || a.Path.StartsWith("/interaction") || a.Agent.StartsWith("Moothall/"));
    }

    [Fact]
    public async Task Somebody_is_known_by_what_the_provider_calls_them_from_their_first_sign_in_on()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        using (var first = await with.Council.Client())
            (await with.SignIn(first, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // Her address went to somebody else, who is another person at the provider.
        using var other = await with.Council.Client();
        var refused = await Sight.Of(await with.SignIn(other, "p-second"), "");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Errors.Concat([refused.Words]).ShouldContain(w => w.Contains("signs in with another account"));
        (await Desk(other)).Status.ShouldBe(HttpStatusCode.SeeOther);
        using var again = await with.Council.Client();
        (await with.SignIn(again, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // An administrator removes the account that is no longer used; then the new one is taken.
        using var admin = new Browser(await with.Council.Client());
        var door = await admin.Open("/desk/sign-in");
        await admin.Send(door, form: "form:has(input[value=fatima-al-sayed])");
        var person = await admin.Open("/desk/staff/amara-okafor");
        person.Words.ShouldContain("Signs in with Wessex account since");
        var told = await admin.Send(person, form: "form[action$=forget-providers]");
        told.Words.ShouldContain("Their account at the council’s provider was removed");
        (await Desk(again)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await with.SignIn(other, "p-second")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_not_on_the_staff_is_told_so_in_plain_words_and_nothing_is_stored(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.Start(dialect);
        using var desk = await with.Council.Client();
        var refused = await Sight.Of(await with.SignIn(desk, "p-stranger"), "");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Words.ShouldContain("nobody of the staff here is known by your account");
        (await with.Rows()).ShouldBe(ProvidedCouncil.NoRows);
        // An address that the provider does not vouch for proves nothing.
        refused = await Sight.Of(await with.SignIn(desk, "p-ewa"), "");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        (await with.Rows()).ShouldBe(ProvidedCouncil.NoRows);
    }

    [Fact]
    public async Task A_council_may_know_its_staff_by_the_name_they_sign_in_with()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, p => p with { KnownBy = [SignInProvider.ByUsername] });
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-ewa")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Desk(desk)).Words.ShouldContain("Ewa Novák");
    }

    static SignInProvider Mapped(SignInProvider p) => p with
    {
        Joiners = true,
        Groups =
        [
            new("g-highways", new HashSet<Role> { Role.Worker }, new HashSet<string> { "wessex" }, new HashSet<string> { "wessex-highways" }),
            new("g-admins", new HashSet<Role> { Role.Administrator }, new HashSet<string> { "mercia" }, new HashSet<string>()),
        ],
    };

    [Theory, BothDatabases]
    public async Task A_joiner_is_taken_on_by_their_groups_and_works_at_once(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.Start(dialect, Mapped);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-joiner")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await with.Rows()).ShouldBe("1 1 1 1 1 0");
        (await Desk(desk)).Words.ShouldContain("Joan Newcomb");
        var queue = await Desk(desk, "/desk");
        queue.Status.ShouldBe(HttpStatusCode.OK);
        queue.Words.ShouldContain("My teams");
        // Work may be given to them, and with a passkey, which says nothing of groups, they would have no role.
        var council = with.Council.House.Council;
        var joined = council.Members.Values.Single(m => m.Name == "Joan Newcomb");
        Rights.May(StaffSessions.AsKnown(council, joined.Id, with.Council.House.Now), Right.WorkCases, "wessex", "wessex-highways", null).ShouldBeTrue();
        Rights.May(StaffSessions.CallerFor(council, joined.Id, with.Council.House.Now), Right.WorkCases, "wessex", "wessex-highways", null).ShouldBeFalse();
        // A second time they are known.
        using var again = await with.Council.Client();
        (await with.SignIn(again, "p-joiner")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await with.Rows()).ShouldBe("2 2 1 2 1 0");
    }

    [Fact]
    public async Task Roles_of_groups_hold_for_the_session_that_they_were_given_to_and_only_where_they_were_given()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite, Mapped);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-tomasz")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // An administrator of Mercia now, by a group; still a worker of Wessex by the council's own file, and no administrator there.
        (await Desk(desk, "/desk/staff")).Status.ShouldBe(HttpStatusCode.OK);
        var session = await with.Database.Read(s => s.First($"select hash, member, started, seen, ended, granted from staff_session order by started desc limit 1",
            row => new StaffSession(row.Text(0), row.Text(1), row.Instant(2), row.Instant(3), row.InstantOrNull(4)) { Granted = row.TextOrNull(5) }));
        var caller = StaffSessions.CallerFor(with.Council.House.Council, session!, with.Council.House.Now);
        Rights.May(caller, Right.Administer, "mercia", null, null).ShouldBeTrue();
        Rights.May(caller, Right.Administer, "wessex", null, null).ShouldBeFalse();
        Rights.AuthoritiesFor(caller, Right.Administer).ShouldBe(["mercia"]);
        Rights.May(caller, Right.WorkCases, "wessex", "streets", null).ShouldBeTrue();
        // Out of the group, the next session has nothing of it.
        with.Say(Mapped(with.Council.House.Council.SignIn[0]) with { Groups = [] });
        using var later = await with.Council.Client();
        (await with.SignIn(later, "p-tomasz")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Desk(later, "/desk/staff")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whoever_is_suspended_cannot_come_in_by_the_provider()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        using var desk = await with.Council.Client();
        (await with.SignIn(desk, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var house = with.Council.House;
        var admin = StaffSessions.CallerFor(house.Council, "fatima-al-sayed");
        (await with.Database.Commit(unit => new ManageStaff(house.CurrentCouncil.Folder, admin, house.Now).Set(unit, "amara-okafor", 0, StaffState.Suspended))).IsDone.ShouldBeTrue();
        await house.People.Refresh();
        (await Desk(desk)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var refused = await Sight.Of(await with.SignIn(desk, "p-amara"), "");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Words.ShouldContain("You cannot sign in at the moment");
    }

    [Fact]
    public async Task Who_signs_out_may_sign_out_at_the_provider_too()
    {
        await using var with = await ProvidedCouncil.Start(Dialect.Sqlite);
        using var desk = new Browser(await with.Council.Client());
        using var there = new ProviderBrowser();
        (await with.SignIn(desk.Client, "p-amara", there: there)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // Signed in at the provider already, they are asked nothing there.
        (await with.SignIn(desk.Client, "nobody is asked", there: there)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var out1 = await desk.Send(await desk.Open("/desk/you"), form: "form[action='/desk/sign-out']");
        out1.Heading.ShouldBe("You are signed out of the desk");
        out1.Words.ShouldContain("You are still signed in with Wessex account");
        using var to = await desk.Client.GetAsync("/desk/signed-out/there");
        to.Headers.Location!.AbsoluteUri.ShouldStartWith(with.Provider.Address + "/session/end?");
        to.Headers.Location.Query.ShouldContain("id_token_hint=");
        (await there.SignOut(to.Headers.Location))!.AbsoluteUri.ShouldBe("http://wessex.localhost:8080/desk/sign-in");
        (await desk.Client.GetAsync("/desk/signed-out")).Headers.Location!.OriginalString.ShouldBe("/desk/sign-in");
    }

    [Theory, BothDatabases]
    public async Task What_signs_out_at_the_provider_is_signed_out_here(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.Start(dialect);
        using var desk = await with.Council.Client();
        using var elsewhere = await with.Council.Client();
        using var there = new ProviderBrowser();
        (await with.SignIn(desk, "p-amara", there: there)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await with.SignIn(elsewhere, "p-amara")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // The provider itself tells the council of it, from machine to machine, before it answers.
        await there.SignOut(new Uri(with.Provider.Address + "/session/end"));
        (await Desk(desk)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await Desk(elsewhere)).Status.ShouldBe(HttpStatusCode.OK, "another session at the provider goes on");
        (await with.Database.Read(s => s.Number($"select count(*) from heard_sign_out"))).ShouldBe(1);
    }
}
