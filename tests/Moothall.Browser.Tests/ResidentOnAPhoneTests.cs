using Microsoft.Playwright;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A resident on a phone with script off, from the search box to the stars at the end.</summary>
public sealed class ResidentOnAPhoneTests(Browsing browsing)
{
    [Fact]
    public async Task A_resident_reports_a_pothole_from_search_to_feedback_without_script()
    {
        var page = await browsing.Window(390, script: false);
        await page.GotoAsync("/");
        await page.Locator("main input[name=q]").FillAsync("holes in the road");
        await page.Locator("main input[name=q]").PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Report a pothole" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).Or(page.Locator("a.govuk-button--start")).First.ClickAsync();

        // Told kindly what is wrong and how to mend it.
        await Continue(page);
        (await page.TitleAsync()).ShouldStartWith("Error: ");
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("There is a problem");
        await page.Locator("#where").FillAsync("Outside 12 Broadway, Didcot");
        await Continue(page);
        await page.GetByLabel("No, mine is different").CheckAsync();
        await Continue(page);
        await page.GetByLabel("Bigger than a dinner plate").CheckAsync();
        await Continue(page);
        await page.GetByLabel("Yes").CheckAsync();
        await Continue(page);

        // Back, and forward again: what was answered stands there.
        await page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }).ClickAsync();
        (await page.GetByLabel("Yes").IsCheckedAsync()).ShouldBeTrue();
        await Continue(page);

        await page.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(RunningCouncil.Repository, "services", "report-a-pothole", "examples", Photo()));
        await Continue(page);
        await page.Locator("#you-name").FillAsync("Ọlúwaṣeun Adébáyọ̀");
        await page.Locator("#you-email").FillAsync("not an address");
        await Continue(page);
        (await page.Locator("#you-name").InputValueAsync()).ShouldBe("Ọlúwaṣeun Adébáyọ̀".Normalize());
        await page.Locator("#you-email").FillAsync("seun@example.com");
        await Continue(page);

        // Changes an answer on "Check your answers": the question that no longer applies is gone.
        (await page.Locator("h1").TextContentAsync())!.ShouldContain("Check your answers");
        (await page.ContentAsync()).ShouldContain("Deeper than a golf ball");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Size" }).ClickAsync();
        await page.GetByLabel("Smaller than a dinner plate").CheckAsync();
        await Continue(page);
        (await page.Locator("h1").TextContentAsync())!.ShouldContain("Check your answers");
        (await page.ContentAsync()).ShouldNotContain("Deeper than a golf ball");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept and send" }).ClickAsync();

        var reference = (await page.Locator(".govuk-panel .reference").TextContentAsync())!;
        reference.ShouldMatch("^POT-[0-9A-Z]{4}-[0-9A-Z]{4}$");
        (await page.ContentAsync()).ShouldContain("What happens next");
        (await page.ContentAsync()).ShouldContain("We aim to finish by");
        // A bookmark of the confirmation still answers.
        await page.ReloadAsync();
        (await page.Locator(".govuk-panel .reference").TextContentAsync()).ShouldBe(reference);

        await page.GetByRole(AriaRole.Link, new() { Name = "See how far we are" }).ClickAsync();
        page.Url.ShouldEndWith("/track/" + reference);
        (await page.Locator("main").TextContentAsync())!.ShouldContain("We got it");

        await page.GotoAsync("/feedback/report-a-pothole?at=end");
        await page.GetByLabel("Very satisfied").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send feedback" }).ClickAsync();
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Thank you for telling us");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_motorway_ends_the_journey_with_who_to_ring_and_is_asked_how_it_was()
    {
        var page = await browsing.Window(390, script: false);
        await page.GotoAsync("/services/report-a-pothole/start");
        await page.Locator("#where").FillAsync("M40 near junction 6");
        await Continue(page);
        (await page.Locator("h1").TextContentAsync()).ShouldBe("National Highways looks after motorways");
        await page.GetByRole(AriaRole.Link, new() { Name = "What did you think of this service?" }).ClickAsync();
        page.Url.ShouldContain("at=exit");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_resident_answers_our_question_on_the_tracking_page()
    {
        var page = await browsing.Window(390, script: false);
        await page.GotoAsync("/track");
        using var anyone = await browsing.Council.Client();
        await page.Locator("#reference").FillAsync(browsing.Closed.Reference.ToLowerInvariant());
        await page.Locator("#code").FillAsync("WRONG");
        await page.GetByRole(AriaRole.Button, new() { Name = "See progress" }).ClickAsync();
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("We have no case with both of these");
        await page.Locator("#reference").FillAsync(browsing.Closed.Reference.ToLowerInvariant());
        await page.Locator("#code").FillAsync(browsing.Closed.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "See progress" }).ClickAsync();
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Someone else looks after this road");
        await page.Context.CloseAsync();
    }

    static Task Continue(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

    static string Photo() => Path.GetFileName(Directory.EnumerateFiles(Path.Combine(RunningCouncil.Repository, "services", "report-a-pothole", "examples")).First(f => f.EndsWith(".jpg", StringComparison.Ordinal) || f.EndsWith(".jpeg", StringComparison.Ordinal) || f.EndsWith(".png", StringComparison.Ordinal)));
}
