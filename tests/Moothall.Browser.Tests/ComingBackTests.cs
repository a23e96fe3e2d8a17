using Microsoft.Playwright;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A resident who stops half-way and goes on at another device, and one who finds that it is reported already.</summary>
public sealed class ComingBackTests(Browsing browsing)
{
    [Fact]
    public async Task A_form_begun_on_a_phone_is_gone_on_with_at_a_computer_through_the_link()
    {
        var phone = await browsing.Window(390, script: true);
        await phone.GotoAsync("/services/report-a-street-light/start");
        await phone.Locator("#where").FillAsync("Wantage Road, Didcot");
        await Press(phone, "Continue");
        await Press(phone, "Save and come back later");
        (await phone.Locator("h1").TextContentAsync()).ShouldBe("Save and come back later");
        await ShouldBeGood(phone);
        await phone.GetByLabel("Email address").FillAsync("seun");
        await Press(phone, "Send me a link");
        (await phone.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Enter an email address in the correct format");
        await phone.GetByLabel("Email address").FillAsync("seun.phone@mail.example");
        await Press(phone, "Send me a link");
        (await phone.Locator("h1").TextContentAsync()).ShouldBe("We are sending you a link");
        await phone.GotoAsync("/");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Go on with “Report a problem with a street light”" }).Or(phone.Locator("a[href='/services/report-a-street-light/go-on']")).First.ClickAsync();
        phone.Url.ShouldContain("/services/report-a-street-light/questions/");

        var computer = await browsing.Window(1280, script: true);
        await computer.GotoAsync(Mails.LinkIn(await browsing.Council.MailTo("seun.phone@mail.example"), "/return/"));
        computer.Url.ShouldEndWith("/return");
        await ShouldBeGood(computer);
        await computer.GetByLabel("Email address").FillAsync("seun.phone@mail.example");
        await Press(computer, "Continue");
        await computer.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }).ClickAsync();
        (await computer.Locator("#where").InputValueAsync()).ShouldBe("Wantage Road, Didcot");
        await phone.Context.CloseAsync();
        await computer.Context.CloseAsync();
    }

    [Fact]
    public async Task A_resident_finds_it_is_reported_already_and_follows_that_one()
    {
        var page = await browsing.Window(320, script: true);
        await page.GotoAsync("/services/report-a-pothole/start");
        await page.Locator("#where").FillAsync("Broadway, Didcot");
        await Press(page, "Continue");
        (await page.Locator("h1").TextContentAsync())!.Trim().ShouldBe("Is yours one of these?");
        await Press(page, "Continue");
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Select the one that is yours");
        await ShouldBeGood(page);
        await page.Locator("input[name=case]").First.CheckAsync();
        await Press(page, "Continue");
        await ShouldBeGood(page);
        await page.GetByLabel("Email address").FillAsync("follower@mail.example");
        await Press(page, "Follow that one");
        (await page.Locator("h1").TextContentAsync()).ShouldBe("You are following it");
        await ShouldBeGood(page);
        await page.GotoAsync(Mails.LinkIn(await browsing.Council.MailTo("follower@mail.example"), "/following/"));
        (await page.Locator("main").TextContentAsync())!.ShouldContain("We got it.");
        await ShouldBeGood(page);
        await Press(page, "Stop following");
        (await page.Locator("h1").TextContentAsync()).ShouldBe("You do not follow it any more");
        await page.Context.CloseAsync();
    }

    static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    static async Task ShouldBeGood(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth <= window.innerWidth ? 1 : 0")).ShouldBe(1);
        (await Axe.FindingsOn(page)).ShouldBeEmpty();
    }
}
