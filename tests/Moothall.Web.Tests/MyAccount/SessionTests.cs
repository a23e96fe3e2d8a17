using System.Net;
using System.Net.Http.Json;
using Moothall.Store;
using Moothall.Web.Desk;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.MyAccount.SignedIn;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.MyAccount;

/// <summary>How long a resident stays signed in, what a page says of it before it ends, and what becomes of what they typed.</summary>
public sealed class SessionTests
{
    [Theory, BothDatabases]
    public async Task Pages_say_when_a_session_ends_and_staying_makes_it_longer_but_asking_how_long_it_lasts_does_not(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = await SignedIn.Browser(council, NewAddress());
        async Task<SessionBody> Left() => (await browser.Client.GetFromJsonAsync<SessionBody>("/account/session"))!;
        var page = await browser.Open("/account");
        var dialog = page.Document.QuerySelector("dialog.session")!;
        (dialog.GetAttribute("data-left"), dialog.GetAttribute("data-ask")).ShouldBe(("3600", "/account/session"));
        page.Document.QuerySelectorAll("script[src*='session-']").ShouldHaveSingleItem().GetAttribute("nonce").ShouldNotBeNullOrEmpty();
        page.Document.QuerySelector("noscript")!.InnerHtml.ShouldContain("You stay signed in until ");
        (await browser.BeginPothole()).Document.QuerySelector("dialog.session").ShouldNotBeNull("what somebody types in a form is no less");

        council.Clock.Advance(Duration.FromMinutes(50));
        ((await Left()) is var left ? (left.SecondsLeft, left.CanGrow) : default).ShouldBe((600, true));
        (await Left()).SecondsLeft.ShouldBe(600);
        using (var without = await browser.Client.PostAsync("/account/session", new FormUrlEncodedContent([]))) without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Left()).SecondsLeft.ShouldBe(600);
        using (var stayed = await browser.Client.PostAsync("/account/session", new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await Left()).Token!)])))
            (await stayed.Content.ReadFromJsonAsync<SessionBody>())!.SecondsLeft.ShouldBe(3600);
        (await Left()).SecondsLeft.ShouldBe(3600);

        // After twelve hours nothing makes it longer.
        for (var turn = 0; turn < 12; turn++)
        {
            council.Clock.Advance(Duration.FromMinutes(55));
            await browser.Open("/account");
        }
        (await browser.Open("/account")).Document.QuerySelector("noscript")!.InnerHtml.ShouldContain("You are signed in until ");
        (await Left()).CanGrow.ShouldBeFalse();
        council.Clock.Advance(Duration.FromMinutes(30));
        (await Left()).ShouldBe(new SessionBody(0, false, null));
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_is_told_of_a_session()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = new Browser(await council.Client());
        foreach (var address in new[] { "/", "/account/sign-in", "/services/report-a-pothole" })
            (await browser.Open(address)).Document.QuerySelectorAll("dialog, script[src*='session-']").ShouldBeEmpty(address);
    }

    [Theory, BothDatabases]
    public async Task What_came_after_the_session_ended_is_shown_again_to_the_same_person_and_to_nobody_else(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (address, newer) = (NewAddress(), NewAddress());
        using var browser = await SignedIn.Browser(council, address);
        var page = await browser.Open("/account/sign-in-methods");
        council.Clock.Advance(Duration.FromMinutes(61));
        var door = await browser.Send(page, With(("email", newer)), form: "form[action='/account/address']");
        door.Heading.ShouldBe("Sign in");
        (await council.House.Database.Read(s => s.Number($"select count(*) from message where address = {newer}"))).ShouldBe(0);

        // Somebody else signs in in this browser: they see nothing of it.
        using (var other = await SignedIn.Browser(council, NewAddress()))
            (await other.Open(Uri.UnescapeDataString(door.Address.Split("return=")[1]))).Status.ShouldBe(HttpStatusCode.NotFound);

        var sent = await browser.Send(door, With(("email", address)));
        sent.Address.ShouldBe("/account/sign-in/sent");
        var shown = await browser.Send(await browser.Open(Mails.LinkIn(await council.MailTo(address), "/account/link/")));
        shown.Heading.ShouldBe("Nothing you typed is lost");
        shown.Words.ShouldContain(newer);
        var done = await browser.Send(shown, form: "form[action='/account/address']");
        done.Address.ShouldBe("/account/sign-in-methods?done=sent");
        (await council.House.Database.Read(s => s.Number($"select count(*) from message where address = {newer}"))).ShouldBe(1);
    }
}
