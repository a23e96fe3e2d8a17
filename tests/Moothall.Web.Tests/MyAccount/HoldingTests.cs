using System.Net;
using Moothall.Cases;
using Moothall.Identity;
using Moothall.Records;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using Moothall.Web.Tests.Resident;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.MyAccount.SignedIn;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.MyAccount;

public sealed class HoldingTests(Councils councils)
{
    /// <summary>Sends a pothole through the pages; its reference.</summary>
    internal static async Task<string> SendPothole(Browser browser, string where, string name, string email)
    {
        var page = await browser.BeginPothole(where);
        while (page.Document.QuerySelector("[name='you-name']") is null) page = await browser.Send(page);
        page = await browser.Send(page, With(("you-name", name), ("you-email", email)));
        var done = await browser.Send(page);
        done.Heading.ShouldBe("We have it");
        return done.Document.QuerySelector(".reference")!.TextContent.Trim();
    }

    static string Place() => $"Outside {Guid.NewGuid():n}, Market Place, Wantage";

    [Theory, BothDatabases]
    public async Task What_is_sent_while_signed_in_is_the_accounts_and_is_nowhere_for_anybody_else(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var address = NewAddress();
        using var browser = await SignedIn.Browser(council, address);
        var reference = await SendPothole(browser, Place(), "Ann Lee", address);
        var account = await browser.Open("/account");
        account.Words.ShouldContain(reference);
        (await browser.Open($"/account/cases/{reference}")).Address.ShouldBe($"/track/{reference}");
        (await browser.Open($"/account/cases/{reference}/record")).Words.ShouldContain("Ann Lee");

        using var stranger = await SignedIn.Browser(council, NewAddress());
        (await stranger.Open("/account")).Words.ShouldNotContain(reference);
        foreach (var path in new[] { $"/account/cases/{reference}", $"/account/cases/{reference}/record" }) (await stranger.Open(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { $"/account/cases/{reference}/remove", $"/account/messages/{reference}/stop", "/account/drafts/000000000000000000000000/go-on", "/account/drafts/000000000000000000000000/keep", "/account/following/00000000000000000000000000/stop", "/account/acting/00000000000000000000000000000000/begin", "/account/acting/00000000000000000000000000000000/end", "/account/data/person/forget", "/account/passkeys/none/remove" })
        {
            var page = await stranger.Open("/account/sign-in-methods");
            page.Document.QuerySelector("form[action='/account/sign-out-everywhere']")!.SetAttribute("action", path);
            (await stranger.Send(page, form: $"form[action='{path}']")).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }
        // Without its token no form does anything.
        foreach (var path in new[] { "/account/close", "/account/sign-out", "/account/sign-out-everywhere", "/account/address", "/account/acting", "/account/acting/stop", "/account/cases/add", $"/account/messages/{reference}/stop" })
        {
            using var bare = await browser.Client.PostAsync(path, new FormUrlEncodedContent([new("email", "x@mail.example")]));
            bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }
        (await browser.Open("/account")).Address.ShouldBe("/account");
    }

    [Theory, BothDatabases]
    public async Task A_case_made_without_the_account_is_added_with_its_code_and_taken_out_again(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await Walking.Pothole(council, "Outside number 9, Market Place, Wantage");
        using var browser = await SignedIn.Browser(council, NewAddress());
        var add = await browser.Open("/account/cases/add");
        var wrong = await browser.Send(add, With(("reference", reference), ("code", "0000000000000000")));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Errors.ShouldHaveSingleItem().ShouldContain("We have no case with both of these");
        (await browser.Send(wrong, With(("reference", reference.ToLowerInvariant()), ("code", code)))).Words.ShouldContain(reference);
        (await browser.Send(add, With(("reference", reference), ("code", code)))).Words.ShouldContain("It is in your account now");
        (await browser.Send(await browser.Open("/account"), form: $"form[action='/account/cases/{reference}/remove']")).Words.ShouldContain("Its reference and code still open it");
        (await browser.Open($"/account/cases/{reference}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothDatabases]
    public async Task A_form_goes_on_on_another_device_and_one_begun_before_signing_in_is_kept_when_asked(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var address = NewAddress();
        using var first = new Browser(await council.Client());
        var place = Place();
        await first.BeginPothole(place);
        await first.Send(await first.Open(await AskForLink(council, first, address)));
        var account = await first.Open("/account");
        account.Words.ShouldContain("Begun in this browser");
        using (var other = await SignedIn.Browser(council, address)) (await other.Open("/account")).Document.QuerySelector("form[action$='/go-on']").ShouldBeNull("nothing is taken that nobody gave");
        (await first.Send(account, form: "form[action$='/keep']")).Words.ShouldContain("The form is kept with your account now");

        using var second = await SignedIn.Browser(council, address);
        (await second.Send(await second.Open("/account"), form: "form[action$='/go-on']")).Address.ShouldStartWith("/services/report-a-pothole/");
        (await second.Open("/services/report-a-pothole/questions/where")).Html.ShouldContain(place.Split(',')[0]);

        // Signing out takes it out of this browser; it stays with the account.
        await second.Send(await second.Open("/account"), form: "form[action='/account/sign-out']");
        (await second.Open("/services/report-a-pothole/questions/where")).Html.ShouldNotContain(place.Split(',')[0]);
        using var third = await SignedIn.Browser(council, address);
        (await third.Open("/account")).Document.QuerySelectorAll("form[action$='/go-on']").Length.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Who_looked_at_it_is_told_by_team_and_role_and_never_by_name(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var address = NewAddress();
        using var browser = await SignedIn.Browser(council, address);
        (await browser.Open("/account/readings")).Words.ShouldContain("Nobody has looked at it yet");
        var reference = await SendPothole(browser, Place(), "Ann Lee", address);
        using var desk = await DeskBrowser.SignIn(council, "amara-okafor");
        await desk.Open($"/desk/cases/{reference}");
        var readings = await browser.Open("/account/readings");
        readings.Words.ShouldContain(reference);
        readings.Words.ShouldContain("Streets");
        readings.Words.ShouldContain("The case, at the desk");
        readings.Html.ShouldNotContain("Okafor");
    }

    [Theory, BothDatabases]
    public async Task What_was_told_once_is_filled_in_with_where_it_is_from_may_be_changed_and_forgotten(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var address = NewAddress();
        using var browser = await SignedIn.Browser(council, address);
        async Task<Sight> You(Browser who)
        {
            var page = await who.BeginPothole(Place());
            while (page.Document.QuerySelector("[name='you-name']") is null) page = await who.Send(page);
            return page;
        }
        string? Name(Sight page) => page.Document.QuerySelector("[name='you-name']")!.GetAttribute("value");
        var reference = await SendPothole(browser, Place(), "Ann Lee", address);
        var filled = await You(browser);
        Name(filled).ShouldBe("Ann Lee");
        filled.Words.ShouldContain($"This is what you told us in {reference}");
        await browser.Send(await browser.Send(filled, With(("you-name", "Ann Lee-Jones"), ("you-email", address))));
        Name(await You(browser)).ShouldBe("Ann Lee-Jones");
        // Nothing of it is there for anybody else in the same place.
        using var stranger = await SignedIn.Browser(council, NewAddress());
        Name(await You(stranger)).ShouldBeNullOrEmpty();

        var data = await browser.Open("/account/data");
        data.Words.ShouldContain("Ann Lee-Jones");
        (await browser.Send(data, form: "form[action='/account/data/person/forget']")).Words.ShouldContain("We fill that in no more");
        (await browser.Open("/account/data")).Words.ShouldNotContain("Ann Lee-Jones");
    }

    [Theory, BothDatabases]
    public async Task Messages_are_shown_with_what_is_followed_and_each_is_stopped(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (house, address) = (council.House, NewAddress());
        using var browser = await SignedIn.Browser(council, address);
        var reference = await SendPothole(browser, Place(), "Ann Lee", address);
        var (other, _) = await Walking.Pothole(council, new { latitude = 51.5881, longitude = -1.4262 });
        await house.Database.Commit(async unit =>
        {
            var id = await unit.First($"select id from case_place where reference = {other}", row => row.Text(0));
            (await Followers.Follow(unit, house.Codes, id!, "report-a-pothole", address, "en", house.Now)).Refusal.ShouldBeNull();
        });
        var messages = await browser.Open("/account/messages");
        messages.Words.ShouldContain(reference);
        messages.Words.ShouldContain(other);
        (await browser.Open("/account/data")).Words.ShouldContain($"Mails about {other}, which you follow");
        messages = await browser.Send(messages, form: $"form[action='/account/messages/{reference}/stop']");
        messages.Words.ShouldContain("You asked for no mails about this");
        messages = await browser.Send(messages, form: "form[action^='/account/following/']");
        messages.Words.ShouldNotContain(other);
        (await browser.Open("/account/data")).Words.ShouldNotContain(other);
    }

    [Theory, BothDatabases]
    public async Task Closing_deletes_the_account_at_once_and_leaves_the_case_to_its_code(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (house, address) = (council.House, NewAddress());
        using var browser = await SignedIn.Browser(council, address);
        var reference = await SendPothole(browser, Place(), "Ann Lee", "ann@mail.example");
        var id = await house.Database.Read(s => s.First($"select account from account_case where reference = {reference}", row => row.Text(0)));
        (await browser.Send(await browser.Open("/account/close"))).Heading.ShouldBe("Your account is closed");
        foreach (var table in new[] { "account_email", "account_session", "account_link", "account_case", "account_detail", "account_provider", "draft" })
            (await house.Database.Read(s => s.Number($"select count(*) from {new SqlName(table)} where account = {id}"))).ShouldBe(0, table);
        (await house.Database.Read(s => s.Number($"select count(*) from account where id = {id}") )).ShouldBe(0);
        (await house.Database.Read(s => s.Number($"select count(*) from account_link where address = {address}"))).ShouldBe(0);
        (await browser.Open("/account")).Address.ShouldStartWith("/account/sign-in");
        (await browser.Open($"/track?reference={reference}&code={house.Codes.For(reference, 1)}")).Address.ShouldBe($"/track/{reference}");
        using var anew = new Browser(await council.Client());
        (await anew.Send(await anew.Open(await AskForLink(council, anew, address)))).Address.ShouldBe("/account?done=new");
    }

    [Theory, BothDatabases]
    public async Task An_account_that_nobody_uses_is_warned_of_and_goes_and_a_hold_or_a_sign_in_keeps_it(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var house = council.House;
        string[] addresses = [NewAddress(), NewAddress(), NewAddress()];
        foreach (var address in addresses) (await SignedIn.Browser(council, address)).Dispose();
        Task<int> Night(HeldNow held) => house.Database.Commit(unit => CloseAccount.Unused(unit, house, held, house.Now));
        Task<long> Kept() => house.Database.Read(s => s.Number($"select count(*) from account"));
        var held = new HeldNow(new HashSet<string>(), new HashSet<string>(), new HashSet<string> { addresses[0].ToUpperInvariant() });
        council.Clock.Advance(Duration.FromDays(2 * 365 - 28));
        (await Night(held)).ShouldBe(0);
        (await council.MailTo(addresses[0])).ShouldContain("We delete it on");
        (await Night(held)).ShouldBe(0);
        (await house.Database.Read(s => s.Number($"select count(*) from message where kind = {"account-unused"}"))).ShouldBe(3);
        (await SignedIn.Browser(council, addresses[1])).Dispose();
        council.Clock.Advance(Duration.FromDays(31));
        (await Night(held)).ShouldBe(1);
        (await Kept()).ShouldBe(2);
        council.Clock.Advance(Duration.FromDays(1));
        (await Night(new HeldNow(new HashSet<string>(), new HashSet<string>(), new HashSet<string>()))).ShouldBe(1);
        (await Kept()).ShouldBe(1);
    }
}
