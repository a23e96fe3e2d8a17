using Microsoft.Playwright;
using Moothall.Web.Tests;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A resident who is signed in, in a real browser: the warning before the session ends, and a passkey where a service wants two proofs.</summary>
public sealed class ResidentSessionTests(Browsing browsing, CouncilWithPasskeys shared) : IClassFixture<CouncilWithPasskeys>
{
    readonly RunningCouncil council = shared.Council;
    string Address => $"http://wessex.localhost:{council.Address.Port}";

    static string NewAddress() => $"r{Guid.NewGuid():n}@mail.example";

    static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    // Asks for a link, opens it, and is where the link leads.
    async Task ByLink(IPage page, string address, string leadsTo)
    {
        await page.GetByLabel("Email address").FillAsync(address);
        await Press(page, "Send me a link");
        await Browsing.Arrive(page, "/account/sign-in/sent$");
        await page.GotoAsync(Address + Mails.LinkIn(await council.MailTo(address), "/account/link/"));
        await Press(page, "Sign in");
        await Browsing.Arrive(page, leadsTo + "([?]|$)");
    }

    async Task ShouldBeGood(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, page.Url);
        (await Axe.FindingsOn(page)).ShouldBeEmpty(page.Url);
        shared.Html[page.Url + " " + shared.Html.Count] = await page.ContentAsync();
    }

    [Fact]
    public async Task Two_minutes_before_a_session_ends_a_resident_is_warned_and_nothing_typed_is_lost()
    {
        var page = await browsing.Window(320, script: true);
        council.House.MailIsSet = true;
        await page.Clock.InstallAsync();
        var address = NewAddress();
        await page.GotoAsync(Address + "/account/sign-in");
        await ByLink(page, address, "/account");
        await page.GotoAsync(Address + "/account/acting/new");
        await page.GetByLabel("Your name").FillAsync("Carol Carer");
        var dialog = page.Locator("dialog.session");

        council.Clock.Advance(Duration.FromMinutes(58.5));
        await page.Clock.RunForAsync(58 * 60 * 1000 + 30_000);
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Stay signed in");
        (await dialog.TextContentAsync())!.ShouldContain("You will be signed out in less than 2 minutes");
        await ShouldBeGood(page);
        await page.Keyboard.PressAsync("Enter");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await page.GetByLabel("Your name").InputValueAsync()).ShouldBe("Carol Carer");

        // Nobody is there for another hour.
        council.Clock.Advance(Duration.FromMinutes(61));
        await page.Clock.RunForAsync(61 * 60 * 1000);
        await dialog.GetByText("You were signed out").WaitForAsync();
        await Press(page, "Close this message");
        await Press(page, "Send the invitation");
        await Browsing.Arrive(page, "/account/sign-in[?]return=%2Faccount%2Fkept%2F[^/]*$");
        var kept = Uri.UnescapeDataString(page.Url.Split("return=")[1]);
        await ByLink(page, address, kept);
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Carol Carer");
        await ShouldBeGood(page);
        await Press(page, "Go on");
        // What was missing is asked for, with the name still there.
        await page.Locator(".govuk-error-summary").WaitForAsync();
        (await page.GetByLabel("Your name").InputValueAsync()).ShouldBe("Carol Carer");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_passkey_is_two_proofs_where_a_service_wants_them_and_a_link_by_email_is_not()
    {
        council.House.MailIsSet = true;
        await council.Publish(WrittenForms.ThatWants("ask-two", "two-factor"));
        var page = await browsing.Window(320, script: true);
        await Browsing.Device(page);
        await page.GotoAsync(Address + "/account/sign-in");
        await ByLink(page, NewAddress(), "/account");
        await page.GotoAsync(Address + "/account/sign-in-methods");
        await Press(page, "Add a passkey");
        await Browsing.Arrive(page, "/account/sign-in-methods[?]done=added$");

        await page.GotoAsync(Address + "/services/ask-two/start");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("This service needs two proofs of who you are");
        (await page.GetByLabel("Email address").CountAsync()).ShouldBe(0);
        await ShouldBeGood(page);
        await Press(page, "Sign in with your passkey");
        await Browsing.Arrive(page, "/services/ask-two/");
        (await page.Locator("h1").TextContentAsync())!.Trim().ShouldBe("What do you want to know?");
        await page.Context.CloseAsync();
    }
}
