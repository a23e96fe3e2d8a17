using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>What the policy of content holds in a real browser: no text becomes markup or a script, nothing of elsewhere runs, and our own scripts go on working under it.</summary>
public sealed class ContentPolicyTests(Browsing browsing)
{
    static async Task<IPage> Open(IPage page, string path)
    {
        await page.GotoAsync(path);
        return page;
    }

    [Theory]
    [InlineData("/"), InlineData("/services/report-a-pothole/questions/where"), InlineData("/desk/sign-in")]
    public async Task No_text_becomes_markup_or_a_script(string path)
    {
        var page = await Open(await browsing.Window(1280, script: true), path);
        foreach (var way in new[]
        {
            "document.body.innerHTML = '<b>x</b>'", "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')", "document.body.outerHTML = '<b>x</b>'", "document.write('<b>x</b>')", "new DOMParser().parseFromString('<b>x</b>', 'text/html')", "document.createRange().createContextualFragment('<b>x</b>')",
            "document.createElement('script').src = '/assets/x.js'", "document.createElement('script').text = 'x'", "document.createElement('iframe').srcdoc = '<b>x</b>'", "trustedTypes.createPolicy('own', { createHTML: text => text })", "trustedTypes.createPolicy('default', { createHTML: text => text })",
        })
            (await page.EvaluateAsync<string>($"() => {{ try {{ {way}; return 'done' }} catch (error) {{ return error.name }} }}")).ShouldBe("TypeError", way);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_put_into_a_page_without_its_nonce_does_not_run()
    {
        var page = await browsing.Window(1280, script: true);
        // As if a page wrote out what somebody typed.
        using var client = await browsing.Council.Client();
        using var answer = await client.GetAsync("/help/contact");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var body = (await answer.Content.ReadAsStringAsync()).Replace("</main>", "<img src=x onerror=\"window.ran='handler'\"><script>window.ran='inline'</script><script nonce=\"guess\">window.ran='guessed'</script><script src=\"/assets/x.js\"></script><a id=go href=\"javascript:window.ran='address'\">Go</a><iframe src=\"/\"></iframe><base href=\"https://evil.example\"></main>", StringComparison.Ordinal);
        await page.RouteAsync("**/help/contact", route => route.FulfillAsync(new() { Status = 200, ContentType = "text/html; charset=utf-8", Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = policy }, Body = body }));
        await page.GotoAsync("/help/contact");
        await page.Locator("#go").ClickAsync();
        (await page.EvaluateAsync<string?>("() => window.ran ?? null")).ShouldBeNull();
        (await page.EvaluateAsync<string>("() => document.baseURI")).ShouldStartWith(browsing.Address);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_scripts_of_the_desk_work_under_it()
    {
        var page = await browsing.Window(1280, script: true);
        var faults = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        page.PageError += (_, error) => faults.Add(error);
        await Staff.SignIn(page, Staff.Advisor);
        await page.GotoAsync("/desk/new/report-a-pothole");
        var deep = page.Locator("[data-question='deep']");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-question=deep]').hidden");
        await page.Locator("[name=size][value=large]").CheckAsync();
        await deep.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        faults.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }
}
