using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Moothall.Definitions;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A whole journey in Welsh on a phone: no English is left on it but what says that it is English, and every page passes axe.</summary>
public sealed class WelshTests(Browsing browsing)
{
    // Words that stand in nearly every English sentence and are no Welsh ones.
    const string EnglishLeft = """
        () => {
          const copy = document.body.cloneNode(true);
          copy.querySelectorAll('[lang]:not([lang="cy"]), script, style, textarea, input').forEach(e => e.remove());
          return (copy.textContent.replace(/The Moot Hall/g, '').match(/\b(the|and|your|you|with|this|that|not|have|please|enter|select)\b[^.]{0,40}/gi) || []).join(' | ');
        }
        """;

    [Fact]
    public async Task A_pothole_is_reported_followed_and_judged_in_Welsh_with_no_English_left()
    {
        var missed = new ConcurrentBag<string>();
        void Hear(Phrases phrases, string english)
        {
            if (phrases.Language == "cy") missed.Add(english);
        }
        Phrases.Missed += Hear;
        try
        {
            var page = await browsing.Window(390, script: true);
            await page.GotoAsync("/?lang=cy");
            await Good(page);
            await page.GotoAsync("/services/report-a-pothole");
            await Good(page);
            await page.Locator("a.govuk-button--start").ClickAsync();
            await Next(page);
            (await page.TitleAsync()).ShouldStartWith("Gwall: ");
            (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Mae problem");
            await Good(page);
            await page.Locator("#where").FillAsync("Tu allan i 4 Lydalls Road, Didcot");
            await Next(page);
            if (page.Url.Contains("/near", StringComparison.Ordinal))
            {
                await Good(page);
                await page.Locator("input[name=case]").Last.CheckAsync();
                await Next(page);
            }
            await page.GetByLabel("Mwy na phlât cinio").CheckAsync();
            await Good(page);
            await Next(page);
            await page.GetByLabel("Na", new() { Exact = true }).CheckAsync();
            await Next(page);
            await Next(page);
            await page.Locator("#you-name").FillAsync("Siân Gruffydd");
            await page.Locator("#you-email").FillAsync("dim cyfeiriad");
            await Next(page);
            (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Rhowch gyfeiriad e-bost yn y fformat cywir");
            await Good(page);
            await page.Locator("#you-email").FillAsync("sian@example.com");
            await Next(page);
            (await page.Locator("h1").TextContentAsync()).ShouldBe("Gwiriwch eich atebion cyn eu hanfon");
            await Good(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "Derbyn ac anfon" }).ClickAsync();
            await Good(page);
            (await page.Locator("main").TextContentAsync())!.ShouldContain("Ein nod yw gorffen erbyn dydd ");
            await page.Locator("main a[href^='/track']").First.ClickAsync();
            await Good(page);
            await page.GotoAsync("/feedback/report-a-pothole?at=end");
            await page.Locator("form button").ClickAsync();
            (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("Dewiswch pa mor fodlon");
            await Good(page);
            await page.GetByLabel("Bodlon iawn", new() { Exact = true }).CheckAsync();
            await page.Locator("form button").ClickAsync();
            await Good(page);
            foreach (var address in (string[])["/services", "/services?q=twll", "/services?q=zzzz", "/track", "/performance", "/performance/report-a-pothole", "/performance/formulas", "/help/contact", "/help/privacy", "/help/cookies", "/help/accessibility", "/help/source", "/not-here"])
            {
                await page.GotoAsync(address);
                await Good(page);
            }
            await page.Context.CloseAsync();
        }
        finally
        {
            Phrases.Missed -= Hear;
        }
        wrong.ShouldBeEmpty();
        missed.Distinct().ShouldBeEmpty("These were said in English on a Welsh page.");
    }

    static Task Next(IPage page) => page.Locator("form[method=post] button").First.ClickAsync();

    readonly List<string> wrong = [];

    async Task Good(IPage page)
    {
        if (await page.Locator("html").GetAttributeAsync("lang") != "cy") wrong.Add($"{page.Url}: the page does not say that it is Welsh");
        if (await page.EvaluateAsync<string>(EnglishLeft) is { Length: > 0 } left) wrong.Add($"{page.Url}: {left}");
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        wrong.AddRange(found.Violations.Select(v => $"{page.Url}: {v.Id}: {v.Help}"));
    }
}
