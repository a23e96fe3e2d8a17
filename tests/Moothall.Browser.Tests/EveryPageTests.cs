using System.Globalization;
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
        "/track", "/track?reference=POT-0000-0000&code=x", "/account/sign-in", "/account/sign-in/sent", "/feedback/report-a-pothole?at=stop", "/feedback/report-a-pothole?done=yes", "/performance", "/performance/report-a-pothole",
        "/performance/make-a-complaint", "/performance/formulas", "/open/audit", "/help/contact", "/help/accessibility", "/help/privacy", "/help/cookies", "/nothing-here", "/desk/sign-in",
    ];

    /// <summary>Of somebody who has begun a form, or holds the code of a case.</summary>
    static readonly string[] Own =
    [
        "/track/WAITING/add", "/track/WAITING/withdraw", "/track/WAITING/messages", "/track/WAITING/record", "/track/WAITING/looked-at", "/track/CLOSED/record", "/track/MOVED", "/return", "/following", "/agree", "/track/AGREEING", "/services/report-a-pothole/near",
        "/services/report-a-pothole/save", "/services/report-a-pothole/saved", "/services/report-a-street-light/alerts/wires", "/services/subscribe-to-garden-waste/check",
        "/services/apply-for-a-community-grant/tasks", "/services/apply-for-a-community-grant/pages/before-you-start", "/services/apply-for-a-community-grant/pages/project-words",
        "/services/apply-for-a-community-grant/questions/costs", "/services/apply-for-a-community-grant/questions/costs/1/what-for", "/services/apply-for-a-community-grant/questions/costs?remove=1",
        "/services/apply-for-a-community-grant/sections/your-word", "/services/tell-us-you-are-moving/questions/bills",
    ];

    static readonly string[] Desk =
    [
        "/desk", "/desk?due=late", "/desk?due=waiting", "/desk?q=featherstonehaugh", "/desk?status=closed", "/desk/bulk?all=yes", "/desk/people", "/desk/people/amara-okafor", "/desk/you", "/desk/new", "/desk/new?q=after-a-search",
        "/desk/new/report-a-pothole", "/desk/new/report-a-street-light", "/desk/new/subscribe-to-garden-waste", "/desk/new/apply-for-a-community-grant", "/desk/new/tell-us-you-are-moving", "/desk/messages", "/desk/running", "/desk/nothing-here",
        "/desk/cases/WAITING", "/desk/cases/CLOSED", "/desk/cases/OWING", "/desk/cases/MOVED", "/desk/cases/MOVED/actions/add-charge", "/desk/cases/MOVED/actions/move", "/desk/cases/SHARED", "/desk/cases/AGREEING", "/desk/cases/AGREEING/actions/signed", "/desk/cases/AGREEING/actions/send-link", "/desk/cases/WAITING/person", "/desk/cases/WAITING/place", "/desk/cases/WAITING/actions/not-ours", "/desk/cases/WAITING/actions/move",
        "/desk/cases/WAITING/actions/ask-customer", "/desk/cases/WAITING/actions/withdraw", "/desk/cases/CLOSED/actions/reopen", "/desk/cases/OWING/actions/record-payment", "/desk/cases/SHARED/actions/pass-on",
        "/desk/cases/WAITING/readings", "/desk/staff/amara-okafor/readings",
        "/desk/staff", "/desk/staff/new", "/desk/staff/amara-okafor", "/desk/staff/amara-okafor/change", "/desk/staff/amara-okafor/give", "/desk/sensitive", "/desk/tokens", "/desk/teams", "/desk/teams/new", "/desk/teams/streets",
        "/desk/records", "/desk/records/lists/GONE", "/desk/records/holds", "/desk/records/person", "/desk/records/register", "/desk/audit", "/desk/audit?who=nobody-of-this-name", "/desk/audit?from=tomorrow",
    ];

    /// <summary>Pages of the stand-ins that people of the demo see.</summary>
    static readonly string[] StandIns = ["/stand-ins/mail", "/stand-ins/mail/1"];

    public static TheoryData<string> Pages => [.. Open, .. Desk, "/track/WAITING", "/track/CLOSED", .. Own, .. StandIns, .. PostedPages.All.Keys];

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_fits_320_pixels_and_axe_finds_nothing(string path)
    {
        var (page, faults) = await browsing.SharedWindow(Reader(path));
        faults.Clear();
        (await Answer(page, path)).Status.ShouldBeOneOf([200, .. Answered]);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, "The page is wider than the window, so people must scroll sideways.");
        (await Axe.FindingsOn(page)).ShouldBeEmpty();
        faults.Where(f => !Answered.Any(status => f.Contains($"the server responded with a status of {status}", StringComparison.Ordinal))).ShouldBeEmpty("The browser said that something is not allowed or broken.");
    }

    [Fact]
    public async Task Every_page_is_valid_html_and_carries_its_policy()
    {
        var window = await browsing.Window(1280, script: false);
        var pages = new Dictionary<string, string>();
        foreach (var path in Pages.Select(row => row.Data))
        {
            var answer = await Answer(window, path);
            answer.Headers["content-security-policy"].ShouldContain("default-src 'none'");
            pages[path] = await answer.TextAsync();
        }
        await window.Context.CloseAsync();
        (await Browsing.InvalidHtml(pages)).ShouldBe("");
    }

    [Fact]
    public async Task Axe_finds_what_is_wrong_where_something_is()
    {
        var window = await browsing.Window(320, script: true);
        await window.GotoAsync("/help/cookies");
        await window.EvaluateAsync("""
            () => {
              const add = (name, set) => document.querySelector('main').append(Object.assign(document.createElement(name), set))
              add('img', { src: '/favicon.ico' })
              add('input', { name: 'nameless' })
              add('p', { textContent: 'Faint' })
              document.querySelector('main').lastChild.style.color = '#ccc'
            }
            """);
        (await Axe.FindingsOn(window)).Select(found => found.Split(':')[0]).ShouldBe(["color-contrast", "image-alt", "label"], ignoreOrder: true);
        await window.Context.CloseAsync();
    }

    static readonly Dictionary<IBrowserContext, string> SignedIn = [];

    /// <summary>The answers that a page may have and be all right: not there, refused, somebody was first.</summary>
    static readonly int[] Answered = [400, 404, 409, 422];

    string Real(string path) => path.Replace("WAITING", browsing.Waiting.Reference, StringComparison.Ordinal).Replace("CLOSED", browsing.Closed.Reference, StringComparison.Ordinal)
        .Replace("OWING", browsing.Told.Owing, StringComparison.Ordinal).Replace("MOVED", browsing.Told.Moved.Reference, StringComparison.Ordinal).Replace("SHARED", browsing.Told.Shared, StringComparison.Ordinal).Replace("AGREEING", browsing.Told.Agreeing.Reference, StringComparison.Ordinal).Replace("GONE", browsing.Told.Gone, StringComparison.Ordinal);

    /// <summary>Who sees a page of the desk.</summary>
    static string MemberFor(string path) => path switch
    {
        _ when path.StartsWith("/desk/audit", StringComparison.Ordinal) => Staff.InformationOfficer,
        _ when path.StartsWith("/desk/new", StringComparison.Ordinal) => Staff.Advisor,
        _ when path.StartsWith("/desk/records", StringComparison.Ordinal) || path.StartsWith("/desk/staff", StringComparison.Ordinal) || path.StartsWith("/desk/teams", StringComparison.Ordinal) || path == "/desk/tokens" || path.EndsWith("/readings", StringComparison.Ordinal)
            || path is "/desk/messages" or "/desk/running" => Staff.Administrator,
        _ when path.Contains("AGREEING", StringComparison.Ordinal) => Staff.GrantsWorker,
        _ when path.Contains("OWING", StringComparison.Ordinal) => Staff.WasteWorker,
        _ when path.Contains("MOVED", StringComparison.Ordinal) => Staff.ParkingWorker,
        _ => Staff.Worker,
    };

    /// <summary>Who is signed in and sees a page; empty for nobody.</summary>
    static string Reader(string path) => PostedPages.All.TryGetValue(path, out var posted) ? posted.Member
        : path.StartsWith("/desk", StringComparison.Ordinal) && path != "/desk/sign-in" ? MemberFor(path) : "";

    /// <summary>Leads to a page as people come to it; its answer.</summary>
    async Task<IResponse> Answer(IPage page, string path)
    {
        var posted = PostedPages.All.TryGetValue(path, out var way);
        if (Reader(path) is { Length: > 0 } member)
        {
            if (SignedIn.GetValueOrDefault(page.Context) != member) await Staff.SignIn(page, member);
            SignedIn[page.Context] = member;
        }
        if (posted) return await way.Steps(page, Real);
        if (path.StartsWith("/services/report-a-pothole/", StringComparison.Ordinal) && Own.Contains(path)) await Walk(page, "/services/report-a-pothole/questions/where", ("where", "Broadway, Didcot"));
        if (path.EndsWith("/alerts/wires", StringComparison.Ordinal)) await Walk(page, "/services/report-a-street-light/questions/where", ("where", "Far end of Broadway, Didcot"), ("problem", "damaged"), ("danger", "yes"));
        if (path.EndsWith("garden-waste/check", StringComparison.Ordinal))
            await Walk(page, "/services/subscribe-to-garden-waste/questions/place", ("place", "home"), ("home-line1", "19 Castle Street"), ("bins", "2"), ("more", "0"), ("you-name", "Ann Lee"), ("agree", "yes"));
        if (path.StartsWith("/services/apply-for-a-community-grant/questions/costs", StringComparison.Ordinal)) await Walk(page, "/services/apply-for-a-community-grant/questions/costs/1/what-for", ("what-for", "Chairs"));
        if (path.EndsWith("/questions/bills", StringComparison.Ordinal))
            await Walk(page, "/services/tell-us-you-are-moving/questions/move", ("move", "in"), ("day-day", Today.Day.ToString(CultureInfo.InvariantCulture)), ("new-home-line1", "19 Castle Street"), ("new-home-is", "owner"), ("adults", "1"), ("discount", "student"));
        if (path.EndsWith("/sections/your-word", StringComparison.Ordinal)) await Walk(page, "/services/apply-for-a-community-grant/questions/agree", ("agree", "yes"));
        if (path.StartsWith("/track/", StringComparison.Ordinal))
        {
            var (reference, code) = path.Contains("AGREEING", StringComparison.Ordinal) ? browsing.Told.Agreeing : path.Contains("WAITING", StringComparison.Ordinal) ? browsing.Waiting : path.Contains("MOVED", StringComparison.Ordinal) ? browsing.Told.Moved : browsing.Closed;
            await page.GotoAsync($"/track?reference={reference}&code={code}");
        }
        return (await page.GotoAsync(Real(path)))!;
    }

    /// <summary>What the other fields of a page are filled with.</summary>
    static readonly Dictionary<string, string> Beside = new()
    {
        ["home-town"] = "Wallingford", ["home-postcode"] = "OX10 8DL", ["you-email"] = "ann.lee@example.com", ["amount"] = "1200", ["new-home-town"] = "Wallingford", ["new-home-postcode"] = "OX10 8DL",
        ["day-month"] = Today.Month.ToString(CultureInfo.InvariantCulture), ["day-year"] = Today.Year.ToString(CultureInfo.InvariantCulture),
    };

    static DateTimeOffset Today => TimeProvider.System.GetUtcNow();

    /// <summary>Answers a page of questions after another.</summary>
    static async Task Walk(IPage page, string from, params (string Field, string Value)[] answers)
    {
        await page.GotoAsync(from);
        foreach (var (field, value) in answers)
        {
            var choice = page.Locator($"[name='{field}'][value='{value}']:is([type=radio], [type=checkbox])");
            if (await choice.CountAsync() > 0) await choice.CheckAsync();
            else await page.Locator($"[name='{field}']").FillAsync(value);
            foreach (var (other, filled) in Beside)
                if (await page.Locator($"[name='{other}']").CountAsync() > 0) await page.Locator($"[name='{other}']").FillAsync(filled);
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
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
    /// <summary>Leads the streets team.</summary>
    public const string Leader = "tomasz-zielinski";
    public const string WasteWorker = "mohammed-rahman";
    public const string ParkingWorker = "rhiannon-bevan";
    /// <summary>Works applications for grants.</summary>
    public const string GrantsWorker = "daniel-okonedo";
    /// <summary>Searches the audit log, and reads no case.</summary>
    public const string InformationOfficer = "ines-okoro";
    /// <summary>Looks after staff and records.</summary>
    public const string Administrator = "fatima-al-sayed";

    public static async Task SignIn(IPage page, string member)
    {
        await page.GotoAsync("/desk/sign-in");
        await page.Locator($"form:has(input[value='{member}']) button").ClickAsync();
        page.Url.ShouldEndWith(member switch { Administrator => "/desk/staff", InformationOfficer => "/desk/audit", _ => "/desk" });
    }
}
