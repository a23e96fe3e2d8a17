using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class AlertTests(Councils councils)
{
    const string Address = "/services/report-a-street-light";

    static async Task<Browser> AtDanger(RunningCouncil council)
    {
        var browser = new Browser(await council.Client(host: "wessex.localhost"));
        var page = await browser.Open($"{Address}/start");
        page = await browser.Send(page, Of("where", "Far end of Broadway, Didcot"));
        if (page.Address == $"{Address}/near") page = await browser.Send(page, Of("case", "different"));
        page = await browser.Send(page, Of("problem", "damaged"));
        page.Address.ShouldBe($"{Address}/questions/danger");
        return browser;
    }

    static Dictionary<string, IReadOnlyList<string>> Of(string field, string value) => new() { [field] = [value] };

    [Fact]
    public async Task A_danger_is_told_at_once_and_only_once()
    {
        using var browser = await AtDanger(await councils.Sqlite);
        var page = await browser.Send(await browser.Open($"{Address}/questions/danger"), Of("danger", "yes"));
        page.Address.ShouldBe($"{Address}/alerts/wires");
        page.Document.QuerySelector("[role=alert] h1")!.TextContent.ShouldBe("Keep away from the post and ring us now");
        page.Document.QuerySelector(".danger__ring a")!.GetAttribute("href").ShouldBe("tel:01632960110");
        page.Document.QuerySelector("a.govuk-button")!.GetAttribute("href").ShouldBe($"{Address}/questions/column");

        // The same answer again raises nothing new.
        (await browser.Send(await browser.Open($"{Address}/questions/danger"), Of("danger", "yes"))).Address.ShouldBe($"{Address}/questions/column");
        (await browser.Send(await browser.Open($"{Address}/questions/danger"), Of("danger", "no"))).Address.ShouldBe($"{Address}/questions/column");
        (await browser.Open($"{Address}/alerts/wires")).Address.ShouldBe($"{Address}/questions/column", "what is no longer so is not told");
    }

    static Dictionary<string, IReadOnlyList<string>> Both(string danger, string smoke) => new() { ["danger"] = [danger], ["smoke"] = [smoke] };

    [Fact]
    public async Task Every_danger_of_one_page_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("moothall-alerts-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "report-a-street-light"));
            var source = await File.ReadAllTextAsync(Path.Combine(RunningCouncil.Repository, "services/report-a-street-light/service.yaml"), TestContext.Current.CancellationToken);
            string Changed(string from, string to)
            {
                source.ShouldContain(from);
                return source = source.Replace(from, to, StringComparison.Ordinal);
            }
            Changed("\n  danger:\n    question:", "\n  dangers:\n    page: Is it dangerous?\n    ask: [danger, smoke]\n    when: problem is damaged\n  danger:\n    question:");
            Changed("    type: yes-no\n    when: problem is damaged\n", "    type: yes-no\n  smoke:\n    question: Do you see smoke?\n    type: yes-no\n");
            Changed("\nalert:\n", "\nalert:\n  smoke:\n    when: smoke\n    title: Go away from the smoke\n    text: Warn others.\n    ring: 999\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "report-a-street-light", "service.yaml"), source, TestContext.Current.CancellationToken);
            var preview = new Moothall.Journeys.ServicePreview(folder, "report-a-street-light");
            await using var council = await RunningCouncil.Start(Moothall.Store.Dialect.Sqlite, change: settings => settings with { Services = folder, Preview = preview });
            using var browser = new Browser(await council.Client(host: "127.0.0.1"));
            var page = await browser.Send(await browser.Open($"{Address}/start"), Of("where", "Far end of Broadway, Didcot"));
            page = await browser.Send(page, Of("problem", "damaged"));
            page.Address.ShouldBe($"{Address}/pages/dangers");
            page = await browser.Send(page, Both("yes", "yes"));
            page.Address.ShouldStartWith($"{Address}/alerts/wires");
            page.Document.QuerySelectorAll("[role=alert] h1, [role=alert] h2").Select(h => h.TextContent).ShouldBe(["Keep away from the post and ring us now", "Go away from the smoke"]);

            // A danger of the same page that was told before is not told with a new one.
            page = await browser.Send(await browser.Open($"{Address}/pages/dangers"), Both("no", "yes"));
            page.Address.ShouldBe($"{Address}/questions/column");
            page = await browser.Send(await browser.Open($"{Address}/pages/dangers"), Both("yes", "yes"));
            page.Document.QuerySelectorAll("[role=alert] h1, [role=alert] h2").Select(h => h.TextContent).ShouldBe(["Keep away from the post and ring us now"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("/services/report-a-street-light/alerts/nothing")]
    [InlineData("/services/report-a-street-light/alerts/wires")]
    public async Task An_alert_that_no_answer_raised_leads_to_the_questions(string address)
    {
        using var browser = new Browser(await (await councils.Sqlite).Client());
        var page = await browser.Open(address);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Address.ShouldBe($"{Address}/questions/where");
    }

    [Fact]
    public async Task An_advisor_sees_beside_the_question_what_to_read_out()
    {
        using var desk = await Desk.DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        var form = await desk.Open("/desk/new/report-a-street-light");
        var box = form.QuerySelector(".danger--desk")!.TextContent;
        box.ShouldContain("Read out at once if: “Could hurt someone now” is yes");
        box.ShouldContain("Keep away from the post and ring us now");
    }
}
