using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    [Theory, InlineData("cy", "en"), InlineData("en", "cy")]
    public async Task A_person_is_answered_in_their_language_whatever_that_of_the_desk_is(string theirs, string desk)
    {
        var council = await councils.Sqlite;
        using var resident = await council.Client();
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", language = theirs, answers = new { where = new { text = "Market Place, Wallingford" }, size = "small" } });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var reference = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        var ask = $"/desk/cases/{reference}/actions/ask-customer";
        var page = await worker.Open($"{ask}?lang={desk}");
        page.QuerySelector("option[value=on-its-way]")!.TextContent.ShouldBe(desk == "cy" ? "Mae ar ei ffordd" : "It is on its way");
        using var used = await worker.Send(page, ask, ("_reply", "on-its-way"), ("_use", "yes"));
        (await DeskBrowser.Parse(used)).QuerySelector("textarea[name=_note]")!.TextContent.ShouldContain(theirs == "cy" ? "Ein nod yw gorffen erbyn" : "We aim to finish by");
    }
}
