using System.Net;
using Moothall.Cases;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class UndoTests
{
    [Theory, BothDatabases]
    public async Task A_closing_is_taken_back_within_the_minute_and_not_after_it(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (reference, late) = (await council.Pothole(), await council.Pothole());
        using var worker = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        var withdraw = $"/desk/cases/{reference}/actions/withdraw";
        using var closed = await worker.Send(await worker.Open(withdraw), withdraw);
        var after = await worker.Open(closed.Headers.Location!.OriginalString);
        after.QuerySelector("form.undo")!.TextContent.ShouldContain("Nobody has been told yet");
        using var undone = await worker.Send(after, $"/desk/cases/{reference}/undo");
        undone.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var open = await worker.Open(undone.Headers.Location!.OriginalString);
        open.QuerySelector(".govuk-notification-banner--success")!.TextContent.ShouldContain("You took this back");
        open.QuerySelector(".history .is-undone")!.TextContent.ShouldContain("The customer never heard of it");
        open.QuerySelector("form.undo").ShouldBeNull();
        (await council.Case(reference)).GetProperty("case").GetProperty("status").GetString().ShouldBe("open");

        withdraw = $"/desk/cases/{late}/actions/withdraw";
        using var second = await worker.Send(await worker.Open(withdraw), withdraw);
        var waiting = await worker.Open(second.Headers.Location!.OriginalString);
        council.Clock.Advance(UndoCase.Window);
        using var over = await worker.Send(waiting, $"/desk/cases/{late}/undo");
        over.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await DeskBrowser.Parse(over)).QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("The minute for undoing this is over");
        var said = await worker.Open($"/desk/cases/{late}?done=withdraw");
        said.QuerySelector("form.undo").ShouldBeNull();
        said.QuerySelector(".undo--over")!.TextContent.ShouldContain("Reopen the case if it was wrong.");
    }

    [Fact]
    public async Task Nobody_else_is_offered_the_undo()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var reference = await council.Pothole();
        using var one = await DeskBrowser.SignIn(council, "tomasz-zielinski");
        using var other = await DeskBrowser.SignIn(council, "amara-okafor");
        using var given = await one.Send(await one.Open($"/desk/cases/{reference}"), $"/desk/cases/{reference}/actions/assign", ("to", "amara-okafor"));
        (await other.Open($"/desk/cases/{reference}")).QuerySelector("form.undo").ShouldBeNull();
        council.Clock.Advance(Duration.FromSeconds(59));
        (await one.Open($"/desk/cases/{reference}")).QuerySelector("form.undo").ShouldNotBeNull();
    }
}
