using System.Net;
using AngleSharp.Dom;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class QueueTests(Councils councils)
{
    static List<string> Listed(IDocument page) => [.. page.QuerySelectorAll("tr[data-row] a.reference").Select(a => a.TextContent)];

    [Theory, BothDatabases]
    public async Task What_is_due_first_stands_first_and_late_is_said_in_words(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var first = await council.Pothole();
        council.Clock.Advance(Duration.FromHours(2));
        var second = await council.Pothole("Ock Street, Abingdon");
        council.Clock.Advance(Duration.FromHours(23));
        await council.WaitForFigures();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");

        var queue = await worker.Open("/desk");
        Listed(queue).ShouldBe([first, second]);
        var rows = queue.QuerySelectorAll("tr[data-row]");
        rows[0].QuerySelector(".late")!.TextContent.ShouldBe("Late since 10:30am today");
        rows[0].QuerySelector(".late svg").ShouldNotBeNull();
        rows[1].QuerySelector(".soon")!.TextContent.ShouldBe("Today by 12:30pm");
        queue.QuerySelector("#filters")!.TextContent.ShouldContain("Read the report 2");

        Listed(await worker.Open("/desk?due=late")).ShouldBe([first]);
        Listed(await worker.Open("/desk?authority=mercia")).ShouldBe([second]);
        Listed(await worker.Open("/desk?sort=newest")).ShouldBe([second, first]);
        Listed(await worker.Open("/desk?assigned=me")).ShouldBeEmpty();
        Listed(await worker.Open("/desk?status=closed")).ShouldBeEmpty();
        (await worker.Open("/desk?status=closed")).QuerySelector(".queue__empty")!.TextContent.ShouldContain("Nothing has been closed here.");
    }

    [Fact]
    public async Task A_whole_reference_in_the_search_box_goes_straight_to_its_case()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        using var found = await advisor.Get("/desk?q=" + reference.ToLowerInvariant().Replace("-", "%20", StringComparison.Ordinal));
        found.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        found.Headers.Location!.OriginalString.ShouldBe($"/desk/cases/{reference}");
    }

    [Fact]
    public async Task Words_that_nothing_fits_are_answered_with_what_to_try()
    {
        using var advisor = await DeskBrowser.SignIn(await councils.Sqlite, "grace-adeyemi-clarke");
        var page = await advisor.Open("/desk?q=zzyzx%3Cscript%3E");
        page.QuerySelector(".queue__empty")!.TextContent.ShouldContain("only the surname");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Cases found for “zzyzx<script>”");
    }

    [Fact]
    public async Task Another_councils_queue_is_not_shown()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole("Ock Street, Abingdon");
        using var worker = await DeskBrowser.SignIn(council, "sian-prydderch");
        Listed(await worker.Open("/desk?team=all&authority=mercia")).ShouldBeEmpty();
        Listed(await worker.Open("/desk?q=" + reference)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_reads_no_cases_is_told_so()
    {
        using var designer = await DeskBrowser.SignIn(await councils.Sqlite, "ewa-novak");
        await designer.Open("/desk", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Pages_of_a_long_queue_follow_each_other_without_gap_or_repeat()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var made = new List<string>();
        for (var i = 0; i < 53; i++) made.Add(await council.Pothole(i % 2 == 0 ? "Market Place, Wallingford" : "Ock Street, Abingdon"));
        using var advisor = await DeskBrowser.SignIn(council, "grace-adeyemi-clarke");
        var first = await advisor.Open("/desk");
        var second = await advisor.Open(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Listed(first).Concat(Listed(second)).ShouldBe(made);
        second.QuerySelector("a[rel=next]").ShouldBeNull();
    }
}
