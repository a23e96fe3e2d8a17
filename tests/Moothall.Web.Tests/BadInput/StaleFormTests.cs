using System.Net;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>Forms that come late, twice, from elsewhere or after the end.</summary>
public sealed class StaleFormTests(Councils councils)
{
    const string Service = "/services/report-a-pothole";

    static Dictionary<string, IReadOnlyList<string>> Typed(string field, string value) => new() { [field] = [value] };

    static async Task<Sight> AnswerAll(Browser browser)
    {
        await AnswerOne(browser);
        await browser.Send(await browser.Open(Service + "/questions/size"), Typed("size", "small"));
        await browser.Send(await browser.Open(Service + "/questions/photo"));
        var check = await browser.Send(await browser.Open(Service + "/questions/you"));
        check.Address.ShouldBe(Service + "/check");
        return check;
    }

    static string Reference(Sight done) => done.Document.QuerySelector(".reference")!.TextContent.Trim();

    [Theory, BothDatabases]
    public async Task A_form_without_our_token_saves_nothing_and_keeps_what_was_typed(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var browser = new Browser(await council.Client());
        using var stranger = new Browser(await council.Client());
        var foreign = (await stranger.Open(Service + "/start")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.Open(Service + "/start");
        foreach (var token in new[] { null, "", "nonsense", foreign, new string('x', 5000) })
        {
            var fields = new List<KeyValuePair<string, string>> { new("where", "Typed by hand") };
            if (token is not null) fields.Add(new("__RequestVerificationToken", token));
            using var response = await browser.Client.PostAsync(Service + "/questions/where", new FormUrlEncodedContent(fields));
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var page = await Sight.Of(response, Service);
            page.Document.QuerySelector("input[name=where]")!.GetAttribute("value").ShouldBe("Typed by hand");
            page.Words.ShouldContain("What you typed is still here");
            response.Headers.TryGetValues("Set-Cookie", out var cookies);
            (cookies ?? []).ShouldNotContain(c => c.StartsWith("draft-", StringComparison.Ordinal));
        }
        (await browser.Open(Service + "/check")).Address.ShouldBe(Service + "/questions/where");

        var check = await AnswerAll(browser);
        using var unsent = await browser.Client.PostAsync(Service + "/check", new FormUrlEncodedContent([new("revision", check.Document.QuerySelector("input[name=revision]")!.GetAttribute("value")!)]));
        unsent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Sight.Of(unsent, Service)).Words.ShouldContain("Nothing has been sent yet");
        foreach (var address in new[] { "/feedback/report-a-pothole", "/track" })
            (await browser.Client.PostAsync(address, new FormUrlEncodedContent([new("score", "5"), new("reference", "POT-7F3K-92QX"), new("code", "x")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, BothDatabases]
    public async Task Answers_that_changed_in_another_tab_are_shown_again_before_they_are_sent(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var browser = new Browser(await council.Client());
        var check = await AnswerAll(browser);
        await browser.Send(await browser.Open(Service + "/questions/where?from=check"), Typed("where", "Castle Street, Wallingford"));
        var again = await browser.Send(check);
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Words.ShouldContain("Your answers changed since this page was shown");
        again.Words.ShouldContain("Castle Street");
        (await browser.Send(again)).Address.ShouldBe(Service + "/done");
    }

    [Theory, BothDatabases]
    public async Task Sending_one_draft_many_times_at_once_makes_one_case(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var browser = new Browser(await council.Client());
        var check = await AnswerAll(browser);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.Post(check)));
        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            answer.Headers.Location!.ToString().ShouldBe(Service + "/done");
        }
        var reference = Reference(await browser.Open(Service + "/done"));
        Reference(await browser.Send(check)).ShouldBe(reference);
        var word = await council.House.Database.Read(s => s.Number($"select count(*) from draft where reference = {reference}"));
        word.ShouldBe(1);
    }

    [Fact]
    public async Task The_back_button_after_sending_leads_to_the_confirmation_and_changes_nothing()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        var size = await AnswerOne(browser);
        var check = await AnswerAll(browser);
        var done = await browser.Send(check);
        var reference = Reference(done);
        foreach (var address in new[] { "/check", "/questions/size", "/questions/you", "/done" }) Reference(await browser.Open(Service + address)).ShouldBe(reference);
        Reference(await browser.Send(size, Typed("size", "large"))).ShouldBe(reference);
        // The first question begins another journey, and the next confirmation is another case.
        (await browser.Open(Service + "/start")).Document.QuerySelector("input[name=where]")!.GetAttribute("value").ShouldBeNullOrEmpty();
        Reference(await browser.Send(await AnswerAll(browser))).ShouldNotBe(reference);
    }

    // Other tests may have reported a hole in the same street.
    static async Task<Sight> AnswerOne(Browser browser)
    {
        var next = await browser.Send(await browser.Open(Service + "/start"), Typed("where", "High Street, Wallingford"));
        return next.Address == Service + "/near" ? await browser.Send(next, Typed("case", "different")) : next;
    }

    [Fact]
    public async Task A_page_that_is_not_yet_to_be_seen_leads_to_the_question_that_comes_first()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        foreach (var address in new[] { "/questions/you", "/questions/deep", "/check", "/done", "/exits/motorway" }) (await browser.Open(Service + address)).Address.ShouldBe(Service + "/questions/where");
        var size = await AnswerOne(browser);
        size.Address.ShouldBe(Service + "/questions/size");
        (await browser.Open(Service + "/questions/deep")).Address.ShouldBe(Service + "/questions/size");
        // A question that is not asked cannot be answered either.
        using var hidden = await browser.Client.PostAsync(Service + "/questions/deep", new FormUrlEncodedContent([new("deep", "yes"),
            new("__RequestVerificationToken", size.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]));
        hidden.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        hidden.Headers.Location!.ToString().ShouldBe(Service + "/questions/size");
        // Somebody else's draft, or one that never was, is nobody's.
        foreach (var cookie in new[] { "draft-report-a-pothole=" + new string('a', 32), "draft-report-a-pothole=x", "draft-report-a-pothole=%00" })
        {
            using var other = await council.Client();
            other.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", cookie);
            (await new Browser(other).Open(Service + "/check")).Address.ShouldBe(Service + "/questions/where");
        }
    }

    [Fact]
    public async Task Looking_at_pages_writes_nothing()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var browser = new Browser(await council.Client());
        async Task<(long, long)> Written() => await council.House.Database.Read(async s => (await s.Number($"select count(*) from draft"), await s.Number($"select count(*) from event")));
        await browser.Open(Service + "/start");
        var before = await Written();
        foreach (var service in Example.All.Select(e => e.Service).Distinct())
            foreach (var address in new[] { $"/services/{service}/start", $"/services/{service}/check", $"/services/{service}/done", $"/feedback/{service}", $"/api/v1/services/{service}" })
                (await browser.Open(address)).Status.ShouldBe(HttpStatusCode.OK, address);
        await browser.Open("/track");
        (await Written()).ShouldBe(before);
    }

    [Theory, BothDatabases]
    public async Task A_file_that_is_not_what_it_says_is_refused_on_the_page_and_one_that_was_good_stays(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var browser = new Browser(await council.Client());
        await AnswerOne(browser);
        var photo = await browser.Send(await browser.Open(Service + "/questions/size"), Typed("size", "small"));
        static Dictionary<string, IReadOnlyList<Picked>> Pick(params Picked[] files) => new() { ["photo"] = files };
        foreach (var (file, words) in new[]
        {
            (new Picked("photo.jpg", FilesTests.ZipBomb()), "must be a"), (new Picked("photo.jpg", [.. "MZ"u8, 0, 1, 2]), "must be a"), (new Picked("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 9, 1]), "damaged"),
            (new Picked("letter.pdf", [.. "%PDF-1.7 hello"u8]), "must be a"), (new Picked("empty.jpg", []), "empty"), (new Picked("big.jpg", new byte[11 * 1024 * 1024]), "smaller than 10MB"),
        })
        {
            var page = await browser.Send(photo, null, Pick(file));
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, file.Name);
            page.Errors.Single().ShouldContain(words, Case.Insensitive, file.Name);
        }
        var good = Example.All.First(e => e.Service == "report-a-pothole").File("pothole.jpg");
        (await browser.Send(photo, null, Pick(good))).Address.ShouldBe(Service + "/questions/you");
        var shown = await browser.Open(Service + "/questions/photo");
        shown.Words.ShouldContain("pothole.jpg");
        var refused = await browser.Send(shown, null, Pick(new Picked("photo.jpg", FilesTests.ZipBomb())));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("pothole.jpg");
    }
}
