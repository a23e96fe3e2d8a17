using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class PeopleTests
{
    [Fact]
    public async Task Somebody_who_is_away_is_named_before_a_case_is_given_to_them_and_their_work_is_handed_over()
    {
        await using var council = await RunningCouncil.Start(Moothall.Store.Dialect.Sqlite);
        var reference = await council.Pothole();
        using var leader = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        (await leader.Open("/desk/people")).QuerySelector("main")!.TextContent.ShouldContain("Amara Okafor");
        var person = await leader.Open("/desk/people/amara-okafor");
        using var wrong = await leader.Send(person, "/desk/people/amara-okafor/away", ("from", "soon"), ("until", "2026-11-30"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var again = await DeskBrowser.Parse(wrong);
        again.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#from");
        again.QuerySelector("input[name=until]")!.GetAttribute("value").ShouldBe("2026-11-30");
        using var marked = await leader.Send(again, "/desk/people/amara-okafor/away", ("from", "18/11/2026"), ("until", "2026-11-30"), ("stand-in", "tomasz-zielinski"));
        marked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var assign = $"/desk/cases/{reference}/actions/assign";
        using var warned = await leader.Send(await leader.Open(assign), assign, ("to", "amara-okafor"));
        warned.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var warning = await DeskBrowser.Parse(warned);
        warning.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Amara Okafor is away until Mon 30 Nov, Tomasz Zieliński stands in");
        using var anyway = await leader.Send(warning, assign, ("to", "amara-okafor"));
        anyway.StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var handing = (await leader.Open("/desk/people/amara-okafor")).QuerySelectorAll("a").First(a => a.TextContent.StartsWith("Hand over", StringComparison.Ordinal)).GetAttribute("href")!;
        handing.ShouldContain("to=tomasz-zielinski");
        using var preview = await leader.Send(await leader.Open(handing), "/desk/bulk/preview", ("what", "assign"), ("to", "tomasz-zielinski"));
        (await DeskBrowser.Parse(preview)).QuerySelector(".bulk__lines")!.TextContent.ShouldContain("From Amara Okafor to Tomasz Zieliński");
    }

    [Fact]
    public async Task Everybody_sees_themselves_and_nobody_they_do_not_lead()
    {
        await using var council = await RunningCouncil.Start(Moothall.Store.Dialect.Sqlite);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        using var own = await worker.Get("/desk/people");
        own.Headers.Location!.OriginalString.ShouldBe("/desk/people/amara-okafor");
        await worker.Open("/desk/people/tomasz-zielinski", HttpStatusCode.NotFound);
    }
}
