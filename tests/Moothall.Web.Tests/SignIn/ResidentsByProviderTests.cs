using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.MyAccount;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.SignIn;

/// <summary>Residents who sign in by a provider, because they like to or because a service wants to know who they are.</summary>
public sealed class ResidentsByProviderTests
{
    const string Door = "/account/sign-in/one-login";

    [Theory, BothDatabases]
    public async Task A_resident_signs_in_by_GOV_UK_One_Login_and_is_the_same_person_the_next_time(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.ForResidents(dialect);
        using var browser = new Browser(await with.Council.Client());
        var page = await browser.Open("/account/sign-in");
        var link = page.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with GOV.UK One Login").GetAttribute("href")!;
        using (var begun = await browser.Client.GetAsync(link))
        {
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(begun.Headers.Location!.Query);
            (query["vtr"].ToString(), query["scope"].ToString(), query["code_challenge_method"].ToString(), query["response_type"].ToString()).ShouldBe(("[\"Cl\"]", "openid email", "S256", "code"));
            foreach (var needed in new[] { "state", "nonce", "client_id", "redirect_uri", "code_challenge" }) query[needed].ToString().ShouldNotBeEmpty();
        }
        using (var came = await with.SignIn(browser.Client, "urn:sam", link)) came.Headers.Location!.OriginalString.ShouldBe("/account");
        (await browser.Open("/account")).Words.ShouldContain("sam@mail.example");
        using var other = new Browser(await with.Council.Client());
        (await with.SignIn(other.Client, "urn:sam", Door)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await with.Database.Read(s => s.Number($"select count(*) from account"))).ShouldBe(1);
        // An address that the provider does not vouch for is nobody's.
        using var kit = new Browser(await with.Council.Client());
        (await with.SignIn(kit.Client, "urn:kit", Door)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await kit.Open("/account")).Words.ShouldNotContain("kit@mail.example");
    }

    [Theory, BothDatabases]
    public async Task A_sign_out_at_the_provider_signs_out_here_and_the_other_way_round(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.ForResidents(dialect);
        using var browser = new Browser(await with.Council.Client());
        using var there = new ProviderBrowser();
        (await with.SignIn(browser.Client, "urn:sam", Door, there)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await there.SignOut(new Uri(with.Provider.Address + "/session/end"));
        (await browser.Open("/account")).Heading.ShouldBe("Sign in");
        (await with.SignIn(browser.Client, "urn:sam", Door, there)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var over = await browser.Send(await browser.Open("/account"), form: "form[action='/account/sign-out']");
        over.Heading.ShouldBe("You are signed out here");
        using var to = await browser.Client.GetAsync("/account/signed-out/there");
        to.Headers.Location!.AbsoluteUri.ShouldStartWith(with.Provider.Address + "/session/end?");
        (await there.SignOut(to.Headers.Location))!.AbsoluteUri.ShouldBe("http://wessex.localhost:8080/");
    }

    [Theory, BothDatabases]
    public async Task A_service_that_wants_to_know_who_asks_has_them_sign_in_first_and_keeps_what_was_typed(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.ForResidents(dialect);
        await with.Council.Publish(WrittenForms.ThatWants("ask-medium", "medium"));
        using var browser = new Browser(await with.Council.Client());
        var start = await browser.Open("/services/ask-medium");
        start.Words.ShouldContain("You sign in before you begin.");
        start.Words.ShouldContain("If you cannot or do not want to sign in, ring");
        var door = await browser.Open("/services/ask-medium/start");
        door.Heading.ShouldBe("Sign in");
        door.Words.ShouldContain("What you have typed so far is kept.");
        door.Words.ShouldContain("If you cannot or do not want to sign in, ring");
        (await with.Database.Read(s => s.Number($"select count(*) from draft"))).ShouldBe(0);
        // Nobody gets around it by posting an answer.
        using (var posted = await browser.Client.PostAsync("/services/ask-medium/questions/what", new FormUrlEncodedContent([KeyValuePair.Create("what", "x")])))
            posted.Headers.Location!.OriginalString.ShouldStartWith("/account/sign-in?return=");
        (await with.Database.Read(s => s.Number($"select count(*) from draft"))).ShouldBe(0);

        var link = door.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with GOV.UK One Login").GetAttribute("href")!;
        using (var came = await with.SignIn(browser.Client, "urn:sam", link)) came.Headers.Location!.OriginalString.ShouldBe("/services/ask-medium/start");
        var page = await browser.Send(await browser.Open("/services/ask-medium/start"), With(("what", "How much it is")));
        page.Address.ShouldEndWith("/questions/why");
        // The session ends while they type: what they send is kept, and they sign in again to go on.
        await with.Database.Commit(unit => unit.Execute($"update account_session set ended = {with.Council.Clock.GetCurrentInstant()}"));
        page = await browser.Send(page, With(("why", "To pay it")));
        page.Heading.ShouldBe("Sign in");
        using (var sent = await browser.Client.PostAsync("/services/ask-medium/check", new FormUrlEncodedContent([])))
            sent.Headers.Location!.OriginalString.ShouldStartWith("/account/sign-in?return=");
        link = page.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with GOV.UK One Login").GetAttribute("href")!;
        using (var came = await with.SignIn(browser.Client, "urn:sam", link)) came.Headers.Location!.OriginalString.ShouldBe("/services/ask-medium/check");
        var check = await browser.Open("/services/ask-medium/check");
        check.Words.ShouldContain("How much it is");
        check.Words.ShouldContain("To pay it");
        (await browser.Send(check)).Address.ShouldEndWith("/done");
    }

    [Fact]
    public async Task A_service_that_wants_two_proofs_asks_for_the_second_when_it_is_needed()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        await with.Council.Publish(WrittenForms.ThatWants("ask-two", "two-factor"));
        using var browser = new Browser(await with.Council.Client());
        (await with.SignIn(browser.Client, "urn:sam", Door)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // Signed in with one proof: that is not enough here, and a link by e-mail would be no more.
        var door = await browser.Open("/services/ask-two/start");
        door.Words.ShouldContain("This service needs two proofs of who you are");
        door.Document.QuerySelector("form[action='/account/sign-in']").ShouldBeNull();
        var link = door.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with GOV.UK One Login").GetAttribute("href")!;
        using (var begun = await browser.Client.GetAsync(link)) Uri.UnescapeDataString(begun.Headers.Location!.Query).ShouldContain("vtr=[\"Cl.Cm\"]");
        // A provider that asked for one proof all the same proves nothing.
        with.Provider.IdToken = t => with.Provider.Forge(t, c => c["vot"] = "Cl");
        var weak = await Sight.Of(await with.SignIn(browser.Client, "urn:sam", link), "");
        weak.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        weak.Errors.ShouldContain(e => e.Contains("did not ask you for a second proof"));
        with.Provider.IdToken = t => with.Provider.Forge(t, c => c["vot"] = "Cx.Cy");
        (await with.SignIn(browser.Client, "urn:sam", link)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.Open("/services/ask-two/start")).Heading.ShouldBe("Sign in");
        with.Provider.IdToken = null;
        using (var came = await with.SignIn(browser.Client, "urn:sam", link)) came.Headers.Location!.OriginalString.ShouldBe("/services/ask-two/start");
        (await browser.Open("/services/ask-two/start")).Heading.ShouldBe("What do you want to know?");
        // One account, whichever way they came.
        (await with.Database.Read(s => s.Number($"select count(*) from account"))).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Somebody_adds_a_provider_to_their_account_and_removes_it_again(Dialect dialect)
    {
        await using var with = await ProvidedCouncil.ForResidents(dialect);
        using var browser = await SignedIn.Browser(with.Council, SignedIn.NewAddress());
        var page = await browser.Open("/account/sign-in-methods");
        var add = page.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with GOV.UK One Login too").GetAttribute("href")!;
        using (var came = await with.SignIn(browser.Client, "urn:kit", add)) came.Headers.Location!.OriginalString.ShouldBe("/account/sign-in-methods?done=provider");
        page = await browser.Open("/account/sign-in-methods?done=provider");
        page.Words.ShouldContain("You can sign in that way too from now on.");
        page.Document.QuerySelectorAll("a").ShouldNotContain(a => a.TextContent.Contains("too"));
        (await with.Database.Read(s => s.Number($"select count(*) from account"))).ShouldBe(1);

        // From another browser it signs in to the same account.
        using var other = new Browser(await with.Council.Client());
        (await with.SignIn(other.Client, "urn:kit", Door)).Headers.Location!.OriginalString.ShouldBe("/account");
        (await with.Database.Read(s => s.Number($"select count(*) from account"))).ShouldBe(1);

        // What signs in to somebody else's account is not added to this one.
        using var stranger = await SignedIn.Browser(with.Council, SignedIn.NewAddress());
        var refused = await Sight.Of(await with.SignIn(stranger.Client, "urn:kit", add), "");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldBe(["You sign in to another account that way. Sign in to that one and remove it there first."]);

        page = await browser.Send(page, form: "form[action='/account/providers/remove']");
        page.Words.ShouldContain("That way to sign in was removed.");
        (await with.Database.Read(s => s.Number($"select count(*) from account_provider"))).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_adds_nothing_to_an_account_that_did_not_ask_for_it()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        using var browser = await SignedIn.Browser(with.Council, SignedIn.NewAddress());
        const string Add = Door + "?add=yes";
        // Nobody is signed in: there is nothing to add it to.
        using var nobody = new Browser(await with.Council.Client());
        using (var begun = await nobody.Client.GetAsync(Add)) begun.Headers.Location!.OriginalString.ShouldStartWith("/account/sign-in?return=");
        // Signed out, or somebody else by now, before the answer comes.
        var back = await with.ToTheDoor(browser.Client, "urn:sam", Add);
        await with.Database.Commit(unit => unit.Execute($"update account_session set ended = {with.Council.Clock.GetCurrentInstant()}"));
        using (var late = await browser.Client.GetAsync(back.PathAndQuery)) late.Headers.Location!.OriginalString.ShouldStartWith("/account/sign-in?return=");
        (await with.Database.Read(s => s.Number($"select count(*) from account_provider"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_not_added_and_the_page_says_so()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        using var browser = await SignedIn.Browser(with.Council, SignedIn.NewAddress());
        with.Provider.IsDown = true;
        var down = await browser.Open(Door + "?add=yes");
        (down.Status, down.Heading).ShouldBe((HttpStatusCode.ServiceUnavailable, "How you sign in"));
        down.Errors.ShouldHaveSingleItem().ShouldStartWith("We cannot reach GOV.UK One Login just now");
        (await with.Database.Read(s => s.Number($"select count(*) from account_provider"))).ShouldBe(0);
    }

    [Fact]
    public async Task The_only_way_to_sign_in_is_not_removed()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        using var browser = new Browser(await with.Council.Client());
        (await with.SignIn(browser.Client, "urn:kit", Door)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var page = await browser.Send(await browser.Open("/account/sign-in-methods"), form: "form[action='/account/providers/remove']");
        page.Errors.ShouldBe(["This is the only way you can sign in. Add an email address or a passkey first, then remove this one"]);
        (await with.Database.Read(s => s.Number($"select count(*) from account_provider"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_program_cannot_send_what_people_sign_in_for_and_an_advisor_can()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        await with.Council.Publish(WrittenForms.ThatWants("ask-medium", "medium"));
        await with.Council.Publish(WrittenForms.ThatWants("ask-two", "two-factor"));
        var answers = new { what = "How much", why = "To pay" };
        using var anyone = await with.Council.Client();
        using var advisor = await with.Council.Client("grace-adeyemi-clarke");
        foreach (var service in new[] { "ask-medium", "ask-two" })
        foreach (var (client, channel, status) in new[] { (anyone, "web", HttpStatusCode.Unauthorized), (anyone, "api", HttpStatusCode.Unauthorized), (advisor, "api", HttpStatusCode.Forbidden), (advisor, "phone", HttpStatusCode.Created) })
        {
            using var answer = await client.PostAsJsonAsync($"/api/v1/services/{service}/cases", new { channel, answers });
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
            if (status == HttpStatusCode.Unauthorized) (await answer.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>().ShouldContain("/services/" + service);
        }
    }

    [Fact]
    public async Task A_provider_that_is_down_leaves_residents_their_other_ways()
    {
        await using var with = await ProvidedCouncil.ForResidents(Dialect.Sqlite);
        with.Provider.IsDown = true;
        with.Council.House.MailIsSet = true;
        using var browser = new Browser(await with.Council.Client());
        var page = await browser.Open(Door + "?return=%2Fservices%2Freport-a-pothole%2Fstart");
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Errors.ShouldBe(["We cannot reach GOV.UK One Login just now, so we could not sign you in. Try again in a few minutes, or choose another way"]);
        page.Document.QuerySelector("form[action='/account/sign-in']").ShouldNotBeNull();
        (await with.Rows()).ShouldBe(ProvidedCouncil.NoRows);
        (await with.Database.Read(s => s.Number($"select count(*) from account"))).ShouldBe(0);
        (await browser.BeginPothole()).Status.ShouldBe(HttpStatusCode.OK);
        var address = SignedIn.NewAddress();
        using var byMail = await SignedIn.Browser(with.Council, address);
        (await byMail.Open("/account")).Words.ShouldContain(address);
    }
}
