using System.Collections.Concurrent;
using Microsoft.Playwright;
using Moothall.Definitions;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A whole journey in Welsh on a phone, and the Welsh desk: no English is left on them but what says that it is English, every page passes axe, and nothing is cut off.</summary>
public sealed class WelshTests(Browsing browsing)
{
    // Words that stand in nearly every English sentence and are no Welsh ones.
    const string EnglishLeft = """
        () => {
          const copy = document.body.cloneNode(true);
          copy.querySelectorAll('[lang]:not([lang="cy"]), script, style, textarea, input').forEach(e => e.remove());
          return (copy.textContent.replace(/The Moot Hall|Waste and recycling/g, '').match(/\b(the|and|your|you|with|this|that|not|have|please|enter|select)\b[^.]{0,40}/gi) || []).join(' | ');
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

    // What people typed and names of teams are as they were written; a message is in the language of whoever gets it, and marked.
    const string Data = ".case__answers, .history__words, .history__answers, .told__words, .told summary, .outgoing, .case__question, .queue__team, option, .filters a[href*='team='], .new__say, .hold__reason";

    // What is wider than the window, and buttons and labels whose words do not fit into them.
    const string CutOff = """
        () => {
          const beyond = e => {
            const [all, words, edge] = [document.createTreeWalker(e, NodeFilter.SHOW_TEXT), document.createRange(), e.getBoundingClientRect().right + 1];
            while (all.nextNode()) {
              if (!all.currentNode.data.trim() || all.currentNode.parentElement.closest('.govuk-visually-hidden')) continue;
              words.selectNodeContents(all.currentNode);
              if (words.getBoundingClientRect().right > edge) return true;
            }
          };
          return [
            ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page is ' + document.documentElement.scrollWidth + ' pixels wide'] : []),
            ...[...document.querySelectorAll('button, .govuk-button, label, th, dt, h1, h2, h3, .govuk-link')]
              .filter(e => e.offsetParent && !e.closest('.govuk-visually-hidden') && getComputedStyle(e).display !== 'inline' && (e.closest('thead')?.getBoundingClientRect().height ?? 9) > 2 && beyond(e)).map(e => 'cut off: ' + e.textContent.trim().slice(0, 60)),
          ].join(' | ');
        }
        """;

    [Fact]
    public async Task The_desk_is_in_Welsh_at_every_width_with_no_English_left_and_nothing_cut_off()
    {
        var missed = new ConcurrentBag<string>();
        void Hear(Phrases phrases, string english)
        {
            if (phrases.Language == "cy") missed.Add(english);
        }
        Phrases.Missed += Hear;
        try
        {
            foreach (var (member, paths) in ((string, string[])[])[
                (Staff.Leader, ["/desk", "/desk?team=all", $"/desk/cases/{browsing.Waiting.Reference}", $"/desk/cases/{browsing.Closed.Reference}", $"/desk/cases/{browsing.Waiting.Reference}/actions/move",
                    $"/desk/cases/{browsing.Waiting.Reference}/actions/note", $"/desk/cases/{browsing.Waiting.Reference}/actions/ask-customer", "/desk/bulk?all=yes", "/desk/people", "/desk/people/" + Staff.Worker, "/desk/you"]),
                (Staff.Advisor, ["/desk/new", "/desk/new/report-a-pothole", "/desk/new/apply-for-a-blue-badge", "/desk/new/report-a-housing-repair"]),
                (Staff.Administrator, ["/desk/staff", "/desk/staff/" + Staff.Worker, "/desk/staff/new", "/desk/teams", "/desk/teams/streets", "/desk/records", "/desk/records/holds", "/desk/records/person", "/desk/messages", "/desk/running"]),
            ])
            {
                var page = await browsing.Window(1280, script: true);
                await page.GotoAsync("/desk/sign-in?lang=cy");
                await Staff.SignIn(page, member);
                foreach (var path in paths)
                {
                    await page.GotoAsync(path);
                    await page.EvaluateAsync($$"""() => document.querySelectorAll("{{Data}}").forEach(e => e.setAttribute('lang', 'und'))""");
                    await Good(page);
                    if (await page.Locator("main [lang=en]:not(.then *, .told *)").AllTextContentsAsync() is { Count: > 0 } english) wrong.Add($"{path}: in English: {string.Join(", ", english)}");
                    foreach (var width in (int[])[1280, 390, 320])
                    {
                        await page.SetViewportSizeAsync(width, 844);
                        if (await page.EvaluateAsync<string>(CutOff) is { Length: > 0 } cut) wrong.Add($"{path} at {width}: {cut}");
                    }
                }
                await page.Context.CloseAsync();
            }
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
        wrong.AddRange((await Axe.FindingsOn(page)).Select(found => $"{page.Url}: {found}"));
    }
}
