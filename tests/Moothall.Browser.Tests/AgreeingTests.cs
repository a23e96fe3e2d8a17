using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A second person who must agree, on a narrow phone.</summary>
public sealed class AgreeingTests(Browsing browsing)
{
    [Fact]
    public async Task Somebody_does_not_agree_and_says_why_on_a_phone()
    {
        const string Address = "rhodri.wyn.of.the.friends@example.com";
        var (_, _, link) = await Story.Agreeing(browsing.Council, Address);
        var page = await browsing.Window(320, script: true);
        await page.GotoAsync(link);
        page.Url.ShouldEndWith("/agree");
        await page.GetByLabel("Email address").FillAsync(Address);
        await Press(page, "Continue");
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Do you agree to this?");
        await ShouldBeGood(page);
        await Press(page, "Send answer");
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Choose whether you agree");
        await ShouldBeGood(page);
        await page.Locator(".govuk-error-summary a").ClickAsync();
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("answer", "the link leads to the first choice");
        await page.GetByLabel("No, I do not agree").CheckAsync();
        await Press(page, "Send answer");
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Enter why you do not agree");
        await page.GetByLabel("If you do not agree, tell us why").FillAsync("The committee has not met yet, and nobody has asked us.");
        // By the keyboard alone.
        await page.GetByLabel("Yes, I agree").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        (await page.GetByLabel("No, I do not agree").IsCheckedAsync()).ShouldBeTrue();
        await Press(page, "Send answer");
        (await page.Locator("h1").First.TextContentAsync())!.ShouldContain("You did not agree");
        await ShouldBeGood(page);
        await page.Context.CloseAsync();
    }

    static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    static async Task ShouldBeGood(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320);
        (await Axe.FindingsOn(page)).ShouldBeEmpty();
    }
}
