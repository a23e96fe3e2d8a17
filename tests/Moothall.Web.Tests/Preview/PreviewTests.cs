using System.Net;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Testing;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Preview;

/// <summary>The preview of a service: the map of its paths, what its examples leave out, and a way to every page as residents see it.</summary>
public sealed partial class PreviewTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-preview-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Services => Path.Combine(folder, "services");

    string FileOf(string service) => Path.Combine(Services, service, "service.yaml");

    /// <summary>A preview of a copy of a shipped service, which a test may change first.</summary>
    async Task<(RunningCouncil Council, Browser Browser)> Show(string service, Action? change = null)
    {
        Copy(service);
        change?.Invoke();
        var preview = new ServicePreview(Services, service);
        var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Services = preview.Folder, Preview = preview });
        return (council, new Browser(await council.Client(host: "127.0.0.1")));
    }

    void Copy(string service) => Folders.Copy(Path.Combine(RunningCouncil.Repository, "services", service), Path.Combine(Services, service));

    void Change(string service, string from, string to)
    {
        var text = File.ReadAllText(FileOf(service));
        text.ShouldContain(from);
        File.WriteAllText(FileOf(service), text.Replace(from, to, StringComparison.Ordinal));
    }

    static IReadOnlyList<string> LinksOf(Sight page, string within) => [.. page.Document.QuerySelectorAll($"{within} a").Select(a => a.GetAttribute("href")!)];

    [Theory]
    [InlineData("report-a-pothole")]
    [InlineData("report-a-street-light")]
    [InlineData("apply-for-a-community-grant")]
    [InlineData("apply-for-a-blue-badge")]
    public async Task Every_stop_of_the_map_opens_its_page_as_residents_see_it_and_says_that_it_is_a_preview(string service)
    {
        var (council, browser) = await Show(service);
        await using var _ = council;
        var map = await browser.Open("/preview");
        map.Status.ShouldBe(HttpStatusCode.OK);
        var definition = council.House.Services.Find(service)!.Definition;
        var links = LinksOf(map, ".map");
        LinksOf(map, ".map-list").ShouldBe(links, "The list says the same as the picture.");
        foreach (var question in definition.Ask.SelectMany(QuestionTree.WithThoseInside)) links.ShouldContain($"/preview/go/questions/{question.Name}");
        foreach (var exit in definition.Exits) links.ShouldContain($"/preview/go/exits/{exit.Name}");
        foreach (var alert in definition.Alerts) links.ShouldContain($"/preview/go/alerts/{alert.Name}");
        foreach (var page in definition.Pages.Where(p => !p.IsOfQuestion)) links.ShouldContain($"/preview/go/pages/{page.Name}");
        foreach (var link in links)
        {
            var page = await browser.Open(link);
            page.Status.ShouldBe(HttpStatusCode.OK, link);
            page.Document.QuerySelector(".preview-mark a")!.GetAttribute("href").ShouldBe("/preview");
            page.Document.Title!.ShouldStartWith("Preview: ");
            if (link.StartsWith("/preview/go/", StringComparison.Ordinal)) ShouldBe(page, definition, link.Split('/')[3], link.Split('/')[4]);
        }
    }

    static void ShouldBe(Sight page, ServiceDefinition definition, string kind, string name)
    {
        var address = $"/services/{definition.Name}/";
        if (kind == "questions" && definition.FindQuestion(name) is { IsGroup: false, Page: { } around }) page.Address.ShouldBe($"{address}pages/{around.Name}");
        else if (kind == "questions" && definition.GroupOf(name) is { } group) page.Address.ShouldStartWith($"{address}questions/{group.Name}/1/");
        else if (kind == "check") page.Address.ShouldBe(address + "check");
        else page.Address.ShouldBe($"{address}{kind}/{name}");
        // The page of that name asks the question of that name.
        var asked = kind == "questions" ? definition.FindQuestion(name) ?? definition.GroupOf(name)!.FindInside(name)! : null;
        if (asked is { IsGroup: false }) asked.Type.Fields(asked).Any(field => page.Document.QuerySelector($"[name='{field}']") is not null).ShouldBeTrue($"{page.Address} asks {name}");
    }

    [Fact]
    public async Task A_page_that_the_map_opened_goes_on_as_the_example_does_and_can_be_sent()
    {
        var (council, browser) = await Show("report-a-pothole");
        await using var _ = council;
        var page = await browser.Open("/preview/go/questions/deep");
        page = await browser.Send(page, new Dictionary<string, IReadOnlyList<string>> { ["deep"] = ["yes"] });
        page.Address.ShouldBe("/services/report-a-pothole/questions/photo");
        var check = await browser.Open("/preview/go/check/answers");
        var done = await browser.Send(check);
        done.Address.ShouldBe("/services/report-a-pothole/done", done.Words);
    }

    [Fact]
    public async Task The_figure_is_that_of_the_examples_and_what_they_leave_out_is_listed_with_an_example_to_add()
    {
        var (council, browser) = await Show("report-a-pothole");
        await using var _ = council;
        var map = await browser.Open("/preview");
        var seen = new ServicePreview(Services, "report-a-pothole").Look(council.House.Council, council.Today);
        map.Document.QuerySelector(".covered__percent")!.TextContent.ShouldBe($"{seen.Coverage!.Percent}%");
        map.Document.QuerySelectorAll(".untested li").Length.ShouldBe(seen.Coverage.Untested.Count);
        map.Document.QuerySelectorAll(".suggestion pre").ShouldNotBeEmpty();
        map.Words.ShouldContain($"{seen.Coverage.Taken} ÷ {seen.Coverage.Possible} = {seen.Coverage.Percent}%");
    }

    [Fact]
    public async Task What_the_check_finds_stands_at_the_top_with_its_line_and_what_nobody_can_reach_is_marked()
    {
        var (council, browser) = await Show("report-a-pothole", () => Change("report-a-pothole", "when: size is large\n", "when: size is large and size is small\n"));
        await using var _ = council;
        var map = await browser.Open("/preview");
        map.Document.QuerySelector(".findings__finding .govuk-tag--red")!.TextContent.ShouldBe("Error");
        var line = File.ReadAllLines(FileOf("report-a-pothole")).ToList().FindIndex(l => l.Contains("size is small", StringComparison.Ordinal)) + 1;
        map.Document.QuerySelector(".findings__finding")!.TextContent.ShouldContain("`deep` can never be asked");
        map.Document.QuerySelector(".findings__where")!.TextContent.ShouldBe($"services/report-a-pothole/service.yaml, line {line}");
        map.Document.QuerySelectorAll(".map__note.is-never").ShouldNotBeEmpty();
        map.Words.ShouldContain("Its pages open again when the errors are mended.");
        LinksOf(map, ".map").ShouldBeEmpty();
        (await browser.Open("/preview/go/questions/size")).Address.ShouldBe("/preview");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_shows_what_is_wrong_and_no_map()
    {
        var (council, browser) = await Show("report-a-pothole", () => File.WriteAllText(FileOf("report-a-pothole"), "service: [\n"));
        await using var _ = council;
        var map = await browser.Open("/preview");
        map.Status.ShouldBe(HttpStatusCode.OK);
        map.Document.QuerySelectorAll(".findings__finding").ShouldNotBeEmpty();
        map.Document.QuerySelectorAll(".map").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_save_is_told_to_the_page_and_the_map_shows_it()
    {
        var (council, browser) = await Show("report-a-pothole");
        await using var _ = council;
        var map = await browser.Open("/preview");
        var before = map.Document.QuerySelector(".preview-mark")!.GetAttribute("data-stamp")!;
        (await (await browser.Client.GetAsync("/preview/saved", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(before);
        Change("report-a-pothole", "  en: Report a pothole", "  en: Report a large hole");
        (await (await browser.Client.GetAsync("/preview/saved", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBe(before);
        (await browser.Open("/preview")).Heading.ShouldBe("Map of “Report a large hole”");
    }

    [Fact]
    public async Task A_service_that_nobody_offers_yet_can_be_seen_and_sent()
    {
        Copy("report-a-pothole");
        Directory.Move(Path.Combine(Services, "report-a-pothole"), Path.Combine(Services, "report-a-hollow"));
        Change("report-a-hollow", "service: report-a-pothole\nprefix: POT", "service: report-a-hollow\nprefix: HOL");
        var preview = new ServicePreview(Services, "report-a-hollow");
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Services = preview.Folder, Preview = preview });
        using var browser = new Browser(await council.Client(host: "127.0.0.1"));
        (await browser.Open("/preview")).Words.ShouldContain("no authority offers `report-a-hollow`");
        (await browser.Open("/services/report-a-hollow")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Send(await browser.Open("/preview/go/check/answers"))).Address.ShouldBe("/services/report-a-hollow/done");
    }

    [Fact]
    public async Task Every_fragment_is_mapped_to_the_services_that_use_it()
    {
        var (council, browser) = await Show("report-a-pothole", () =>
        {
            Directory.CreateDirectory(Path.Combine(Services, "fragments"));
            File.WriteAllText(Path.Combine(Services, "fragments", "safe.yaml"), "fragment: safe\nask:\n  safe:\n    question: Are you in a safe place?\n    type: yes-no\n");
            File.WriteAllText(Path.Combine(Services, "fragments", "spare.yaml"), "fragment: spare\nask:\n  spare:\n    question: Is there anything else?\n    type: yes-no\n");
            Change("report-a-pothole", "\nask:\n", "\nask:\n  before:\n    use: safe\n  lost:\n    use: gone\n");
        });
        await using var _ = council;
        var page = await browser.Open("/preview/fragments");
        var rows = page.Document.QuerySelectorAll("tbody tr").Select(r => Spaces().Replace(r.TextContent, " ").Trim());
        int LineOf(string words) => File.ReadAllLines(FileOf("report-a-pothole")).ToList().FindIndex(l => l.Contains(words, StringComparison.Ordinal)) + 1;
        rows.ShouldBe([$"gone There is no such file report-a-pothole line {LineOf("use: gone")}", $"safe Are you in a safe place? report-a-pothole line {LineOf("use: safe")}", "spare Is there anything else? No service uses it"]);
    }

    [Fact]
    public async Task Where_a_council_serves_there_is_no_preview()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = new Browser(await council.Client(host: "127.0.0.1"));
        foreach (var address in new[] { "/preview", "/preview/saved", "/preview/fragments", "/preview/go/check/answers" }) (await browser.Open(address)).Status.ShouldBe(HttpStatusCode.NotFound, address);
        var home = await browser.Open("/");
        home.Document.QuerySelector(".preview-mark").ShouldBeNull();
        (await browser.Client.GetAsync("/", TestContext.Current.CancellationToken)).Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("connect-src");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
