using Microsoft.Playwright;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A resident's account in a real browser: the link without script, a passkey with a virtual authenticator, and every page of it good at 320 pixels.</summary>
public sealed class AccountTests(Browsing browsing)
{
    static string NewAddress() => $"b{Guid.NewGuid():n}@mail.example";

    static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    async Task SignIn(IPage page, string address)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email address").FillAsync(address);
        await Press(page, "Send me a link");
        await Browsing.Arrive(page, "/account/sign-in/sent$");
        await page.GotoAsync(Mails.LinkIn(await browsing.Council.MailTo(address), "/account/link/"));
        await Press(page, "Sign in");
        // Not the page of the link, which lies below it.
        await Browsing.Arrive(page, "/account([?]|$)");
    }

    static async Task ShouldBeGood(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, page.Url);
        (await Axe.FindingsOn(page)).ShouldBeEmpty(page.Url);
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_again_and_is_removed()
    {
        var page = await browsing.Window(320, script: true);
        await Browsing.Device(page);
        await SignIn(page, NewAddress());
        await page.GotoAsync("/account/sign-in-methods");
        await Press(page, "Add a passkey");
        await Browsing.Arrive(page, "/account/sign-in-methods[?]done=added$");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("The passkey was added.");
        await ShouldBeGood(page);
        await page.GotoAsync("/account");
        await Press(page, "Sign out");
        await page.GotoAsync("/account/sign-in?return=%2Faccount%2Fdata");
        await ShouldBeGood(page);
        await Press(page, "Sign in with your passkey");
        await Browsing.Arrive(page, "/account/data$");
        // The passkey of a resident opens nothing at the desk.
        await page.GotoAsync("/desk/sign-in");
        await Press(page, "Sign in with your passkey");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("You cannot sign in at the moment");
        await page.GotoAsync("/account/sign-in-methods");
        await page.Locator("form[action^='/account/passkeys/'] button").Last.ClickAsync();
        await Browsing.Arrive(page, "done=removed$");
        await page.GotoAsync("/account");
        await Press(page, "Sign out");
        await page.GotoAsync("/account/sign-in");
        await Press(page, "Sign in with your passkey");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("We do not know this passkey");
        await ShouldBeGood(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_page_of_an_account_is_good_at_320_pixels()
    {
        var (page, other) = (await browsing.Window(320, script: true), await browsing.Window(320, script: true));
        var (address, theirs) = (NewAddress(), NewAddress());
        await page.GotoAsync("/account/sign-in/sent");
        await ShouldBeGood(page);
        await SignIn(page, address);
        await SignIn(other, theirs);
        await page.GotoAsync("/account/cases/add");
        await page.Locator("#reference").FillAsync(browsing.Waiting.Reference);
        await page.Locator("#code").FillAsync(browsing.Waiting.Code);
        await Press(page, "Add it");
        await Browsing.Arrive(page, "done=added$");
        await page.GotoAsync("/services/report-a-pothole/questions/where");
        await page.Locator("[name=where]").First.FillAsync("Far end of Broadway, Didcot");
        await Press(page, "Continue");
        await page.GotoAsync("/account/acting/new");
        await ShouldBeGood(page);
        await page.GetByLabel("Their email address").FillAsync(theirs);
        await page.GetByLabel("Your name").FillAsync("Carol Carer");
        await page.GetByLabel("Carer", new() { Exact = true }).CheckAsync();
        await Press(page, "Send the invitation");
        await Browsing.Arrive(page, "done=asked$");
        await other.GotoAsync(Mails.LinkIn(await browsing.Council.MailTo(theirs), "/account/invitation/"));
        await ShouldBeGood(other);
        await other.GetByLabel("Your name").FillAsync("Percy Person");
        await Press(other, "Accept");
        await Browsing.Arrive(other, "done=accepted$");
        await ShouldBeGood(other);
        foreach (var path in new[] { "/account", "/account/cases/add", "/account/messages", "/account/data", "/account/readings", "/account/acting", "/account/sign-in-methods", "/account/close", "/account/closed", $"/account/cases/{browsing.Waiting.Reference}/record" })
        {
            await page.GotoAsync(path);
            (await page.Locator("h1").CountAsync()).ShouldBe(1, path);
            await ShouldBeGood(page);
        }
        await page.GotoAsync("/account/acting");
        await page.Locator("h2 a[href^='/account/acting/']").First.ClickAsync();
        await ShouldBeGood(page);
        await page.GotoAsync("/account/acting");
        await Press(page, "Do something for Percy Person");
        await Browsing.Arrive(page, "/services$");
        await page.GotoAsync("/services/report-a-pothole/questions/where");
        (await page.Locator(".acting").TextContentAsync())!.ShouldContain("You are doing this for Percy Person.");
        await ShouldBeGood(page);
        await page.GotoAsync("/account?lang=cy");
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Eich cyfrif");
        await ShouldBeGood(page);
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_the_link_signs_in_and_a_passkey_is_said_to_need_it()
    {
        var page = await browsing.Window(320, script: false);
        await page.GotoAsync("/account/sign-in");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Passkeys need script");
        await SignIn(page, NewAddress());
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Your account");
        await page.Context.CloseAsync();
    }
}
