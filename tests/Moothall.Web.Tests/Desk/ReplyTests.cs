using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class ReplyTests(Councils councils)
{
    [Fact]
    public async Task A_standard_reply_is_put_after_what_was_typed_with_the_facts_of_the_case()
    {
        var council = await councils.Sqlite;
        var reference = await council.Pothole();
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var ask = $"/desk/cases/{reference}/actions/ask-customer";
        using var used = await worker.Send(await worker.Open(ask), ask, ("_note", "Hello Ann,"), ("_reply", "on-its-way"), ("_use", "yes"));
        used.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = (await DeskBrowser.Parse(used)).QuerySelector("textarea[name=_note]")!.TextContent;
        text.ShouldContain("Hello Ann,");
        text.ShouldContain(reference);
        text.ShouldContain("We aim to finish by");
        (await council.Case(reference)).GetProperty("history").GetArrayLength().ShouldBe(1);
    }
}
