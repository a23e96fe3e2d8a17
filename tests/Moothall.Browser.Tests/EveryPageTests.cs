using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>What is promised of every page: usable at 320 pixels, without script, no finding of axe, valid HTML, nothing that the policy of content forbids.</summary>
public sealed class EveryPageTests(Browsing browsing)
{
    static readonly string[] Open =
    [
        "/", "/services", "/services?q=hole", "/services?q=zzzz", "/services/report-a-pothole", "/services/make-a-complaint", "/services/book-a-bulky-waste-collection",
        "/services/report-a-pothole/questions/where", "/services/report-a-pothole/help", "/services/make-a-complaint/start", "/services/make-a-freedom-of-information-request/start", "/services/report-a-missed-bin/start",
        "/track", "/track?reference=POT-0000-0000&code=x", "/feedback/report-a-pothole?at=stop", "/feedback/report-a-pothole?done=yes", "/performance", "/performance/report-a-pothole",
        "/performance/make-a-complaint", "/performance/formulas", "/help/contact", "/help/accessibility", "/help/privacy", "/help/cookies", "/nothing-here", "/desk/sign-in",
    ];

    /// <summary>Of somebody who has begun a form, or holds the code of a case.</summary>
    static readonly string[] Own =
    [
        "/track/WAITING/add", "/track/WAITING/withdraw", "/track/WAITING/messages", "/track/WAITING/record", "/track/CLOSED/record", "/return", "/following", "/services/report-a-pothole/near",
        "/services/report-a-pothole/save", "/services/report-a-pothole/saved",
    ];

    static readonly string[] Desk = ["/desk", "/desk?due=late", "/desk?due=waiting", "/desk?q=featherstonehaugh", "/desk/bulk?all=yes", "/desk/people/amara-okafor", "/desk/new", "/desk/new?q=after-a-search"];

    public static TheoryData<string> Pages => [.. Open, .. Desk, "/desk/cases/WAITING", "/desk/cases/CLOSED", "/desk/cases/WAITING/actions/not-ours", "/desk/new/report-a-pothole", "/track/WAITING", "/track/CLOSED", .. Own];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_fits_320_pixels_and_axe_finds_nothing(string path)
    {
        var (page, faults) = await browsing.SharedWindow();
        faults.Clear();
        await Prepare(page, path);
        await page.GotoAsync(Real(path));
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, "The page is wider than the window, so people must scroll sideways.");
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        found.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html))}").ShouldBeEmpty();
        faults.Where(f => !f.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty("The browser said that something is not allowed or broken.");
    }

    [Fact]
    public async Task Every_page_is_valid_html_and_carries_its_policy()
    {
        var window = await browsing.Window(1280, script: false);
        var pages = new Dictionary<string, string>();
        foreach (var path in Pages.Select(row => row.Data))
        {
            await Prepare(window, path);
            var answer = (await window.GotoAsync(Real(path)))!;
            answer.Headers["content-security-policy"].ShouldContain("default-src 'none'");
            pages[path] = await answer.TextAsync();
        }
        await window.Context.CloseAsync();
        (await Browsing.InvalidHtml(pages)).ShouldBe("");
    }

    static readonly Dictionary<IBrowserContext, string> SignedIn = [];

    string Real(string path) => path.Replace("WAITING", browsing.Waiting.Reference, StringComparison.Ordinal).Replace("CLOSED", browsing.Closed.Reference, StringComparison.Ordinal);

    async Task Prepare(IPage page, string path)
    {
        var member = path.StartsWith("/desk/new", StringComparison.Ordinal) ? Staff.Advisor : Staff.Worker;
        if (path.StartsWith("/desk", StringComparison.Ordinal) && path != "/desk/sign-in" && SignedIn.GetValueOrDefault(page.Context) != member)
        {
            await Staff.SignIn(page, member);
            SignedIn[page.Context] = member;
        }
        if (path.StartsWith("/services/report-a-pothole/", StringComparison.Ordinal) && Own.Contains(path))
        {
            await page.GotoAsync("/services/report-a-pothole/questions/where");
            await page.Locator("#where").FillAsync("Broadway, Didcot");
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }
        if (path.StartsWith("/track/", StringComparison.Ordinal))
        {
            var (reference, code) = path.Contains("WAITING", StringComparison.Ordinal) ? browsing.Waiting : browsing.Closed;
            await page.GotoAsync($"/track?reference={reference}&code={code}");
        }
    }
}

/// <summary>Signing in at the demo's desk.</summary>
static class Staff
{
    /// <summary>Works the cases of the streets team.</summary>
    public const string Worker = "amara-okafor";
    /// <summary>Takes calls.</summary>
    public const string Advisor = "grace-adeyemi-clarke";

    public static async Task SignIn(IPage page, string member)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.Locator($"form:has(input[value='{member}']) button").ClickAsync();
        page.Url.ShouldEndWith("/desk");
    }
}
