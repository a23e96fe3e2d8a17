using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A case worker, with and without script.</summary>
public sealed class WorkerAtTheDeskTests(Browsing browsing)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_worker_sees_the_queue_opens_a_case_and_works_it(bool script)
    {
        var page = await browsing.Window(1280, script);
        await Staff.SignIn(page, Staff.Worker);
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Late");
        await page.Locator("main a[href^='/desk/cases/POT']").First.ClickAsync();
        var reference = page.Url.Split('/')[^1];
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Broadway, Didcot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send an inspector" }).ClickAsync();
        page.Url.ShouldContain(reference);
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Inspect the road");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Faults_take_the_focus_and_the_summary_leads_to_the_field()
    {
        var page = await browsing.Window(390, script: true);
        await page.GotoAsync("/services/report-a-pothole/start");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldContain("govuk-error-summary");
        await page.Locator(".govuk-error-summary a").ClickAsync();
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("where");
        await page.Context.CloseAsync();
    }
}
