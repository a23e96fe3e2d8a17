using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Store;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

public sealed class OwnCaseTests(Councils councils)
{
    static readonly object Where = new { text = "Mill Lane, Grove" };
    static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static async Task<Browser> Opened(RunningCouncil council, string reference, string code)
    {
        var browser = new Browser(await council.Client());
        (await browser.Open($"/track?reference={reference}&code={code}")).Address.ShouldBe($"/track/{reference}");
        return browser;
    }

    static async Task Ask(RunningCouncil council, string reference, string question)
    {
        using var worker = await council.Client("amara-okafor");
        var seen = (await worker.GetFromJsonAsync<JsonElement>($"/api/v1/desk/cases/{reference}")).GetProperty("case").GetProperty("version").GetInt32();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/ask-customer") { Content = JsonContent.Create(new { answers = new { question } }) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        using var answer = await worker.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Theory, BothDatabases]
    public async Task A_photo_and_a_note_are_added_once_and_the_desk_sees_them(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await council.Pothole(Where);
        using var browser = await Opened(council, reference, code);
        var add = await browser.Open($"/track/{reference}/add");
        var nothing = await browser.Send(add);
        nothing.Errors.ShouldBe(["Write something or choose a photo"]);
        var files = new Dictionary<string, IReadOnlyList<Picked>> { ["files"] = [new Picked("hole.png", Png)] };
        var done = await browser.Send(add, With(("note", "<b>Deeper</b> now")), files);
        done.Address.ShouldBe($"/track/{reference}");
        done.Words.ShouldContain("You told us more.");
        (await browser.Send(add, With(("note", "<b>Deeper</b> now")), files)).Address.ShouldBe($"/track/{reference}");

        using var worker = await council.Client("amara-okafor");
        var file = await worker.GetFromJsonAsync<JsonElement>($"/api/v1/desk/cases/{reference}");
        var added = file.GetProperty("history").EnumerateArray().Where(h => h.GetProperty("kind").GetString() == "added").ShouldHaveSingleItem();
        added.GetProperty("note").GetString().ShouldBe("<b>Deeper</b> now");
        file.GetProperty("files").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("hole.png");
        using var desk = await Desk.DeskBrowser.SignIn(council, "amara-okafor");
        var screen = await desk.Open($"/desk/cases/{reference}");
        screen.Body!.TextContent.ShouldContain("The customer added:");
        screen.Body.TextContent.ShouldContain("The customer added something");
        screen.QuerySelector(".history img").ShouldNotBeNull();
        screen.Body.InnerHtml.ShouldContain("&lt;b&gt;Deeper");
    }

    [Fact]
    public async Task A_file_of_a_kind_we_do_not_take_keeps_what_was_written()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Pothole(Where);
        using var browser = await Opened(council, reference, code);
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];
        var refused = await browser.Send(await browser.Open($"/track/{reference}/add"), With(("note", "Deeper now")), new Dictionary<string, IReadOnlyList<Picked>> { ["files"] = [new Picked("IMG_1.HEIC", heic)] });
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldHaveSingleItem().ShouldStartWith("The selected photo is in the HEIC format");
        refused.Html.ShouldContain("Deeper now");
    }

    [Theory, BothDatabases]
    public async Task Withdrawing_is_asked_first_and_closes_it(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await council.Pothole(Where);
        using var browser = await Opened(council, reference, code);
        var sure = await browser.Open($"/track/{reference}/withdraw");
        sure.Words.ShouldContain("This closes it");
        var done = await browser.Send(sure, With(("reason", "Somebody filled it")));
        done.Address.ShouldBe($"/track/{reference}");
        done.Words.ShouldContain("You withdrew it");
        done.Document.QuerySelector($"a[href='/track/{reference}/withdraw']").ShouldBeNull();
        (await browser.Send(sure)).Address.ShouldBe($"/track/{reference}");
        using var desk = await Desk.DeskBrowser.SignIn(council, "amara-okafor");
        (await desk.Open($"/desk/cases/{reference}")).Body!.TextContent.ShouldContain("The customer withdrew it:");
    }

    [Fact]
    public async Task An_answer_sent_twice_is_one_and_one_to_an_older_question_is_asked_again()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Pothole(Where);
        await Ask(council, reference, "Which lane?");
        using var browser = await Opened(council, reference, code);
        var page = await browser.Open($"/track/{reference}");
        await Ask(council, reference, "May we come on Sunday?");
        var changed = await browser.Send(page, With(("answer", "The left one")));
        changed.Status.ShouldBe(HttpStatusCode.Conflict);
        changed.Words.ShouldContain("May we come on Sunday?");
        changed.Html.ShouldContain("The left one");
        (await browser.Send(changed, With(("answer", "Yes")))).Address.ShouldBe($"/track/{reference}");
        var again = await browser.Send(changed, With(("answer", "Yes")));
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Errors.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task The_record_is_for_whoever_holds_the_code_and_for_no_cache(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await council.Pothole(Where);
        using var stranger = new Browser(await council.Client());
        (await stranger.Open($"/track/{reference}/record")).Address.ShouldBe("/track");
        using var browser = new Browser(await council.Client());
        var record = await browser.Open($"/track?reference={reference}&code={code}&then=record");
        record.Address.ShouldBe($"/track/{reference}/record");
        foreach (var said in new[] { reference, "Mill Lane, Grove", "Siân Llewellyn", "sian@mail.example", "Smaller than a dinner plate" }) record.Words.ShouldContain(said);
        record.Document.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
        using var answer = await browser.Client.GetAsync($"/track/{reference}/record");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var (other, _) = await council.Pothole(Where);
        (await browser.Open($"/track/{other}/record")).Address.ShouldBe("/track");
    }

    [Theory, BothDatabases]
    public async Task Messages_are_chosen_and_stay_chosen(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (reference, code) = await council.Pothole(Where);
        using var browser = await Opened(council, reference, code);
        var saved = await browser.Send(await browser.Open($"/track/{reference}/messages"), With(("mail", "no"), ("language", "cy")));
        saved.Words.ShouldContain("We have saved what you chose");
        saved.Document.QuerySelector("input[name=mail][value=no]")!.HasAttribute("checked").ShouldBeTrue();
        (await council.House.Database.Read(s => Notifications.MessageChoice.Of(s, reference))).ShouldBe(new Notifications.MessageChoice("cy", true));
    }

    [Fact]
    public async Task A_device_that_others_use_forgets_it()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Pothole(Where);
        using var browser = await Opened(council, reference, code);
        var gone = await browser.Send(await browser.Open($"/track/{reference}"), form: $"form[action='/track/{reference}/forget']");
        gone.Address.ShouldBe("/track");
        (await browser.Open($"/track/{reference}")).Address.ShouldBe("/track");
    }

    [Fact]
    public async Task Without_the_code_nothing_can_be_done_with_a_case()
    {
        var council = await councils.Sqlite;
        var (reference, _) = await council.Pothole(Where);
        using var stranger = await council.Client();
        foreach (var path in new[] { "add", "withdraw", "messages" })
        {
            using var sent = await stranger.PostAsync($"/track/{reference}/{path}", new FormUrlEncodedContent([KeyValuePair.Create("note", "x")]));
            sent.Headers.Location!.ToString().ShouldBe("/track");
        }
        var at = (await council.House.Database.Read(s => Cases.CaseQueries.Find(s, reference)))!;
        (at.IsOpen, at.Version).ShouldBe((true, 1));
    }
}
