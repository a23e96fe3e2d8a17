using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Store;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

public sealed class NearTests(Councils councils)
{
    // A field of its own for these tests, so that no other test's cases lie near.
    static int next;
    static double Field() => Math.Round(51.55 + Interlocked.Increment(ref next) * 0.002, 6);
    const double East = -1.25;

    static IReadOnlyDictionary<string, IReadOnlyList<string>> At(double north, string words = "In the field") =>
        With(("where", words), ("where-latitude", north.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("where-longitude", "-1.25"));

    [Theory, BothDatabases]
    public async Task Somebody_sees_that_it_is_reported_already_and_follows_it(Dialect dialect)
    {
        var council = await councils.On(dialect);
        council.House.MailIsSet = true;
        var north = Field();
        var (reference, code) = await council.Pothole(new { text = "By Siân's gate", latitude = north, longitude = East });
        using var browser = new Browser(await council.Client());
        var near = await browser.Send(await browser.Open("/services/report-a-pothole/questions/where"), At(north + 0.0001));
        near.Address.ShouldBe("/services/report-a-pothole/near");
        near.Heading.ShouldBe("Is yours one of these?");
        near.Words.ShouldContain("about 15 metres away");
        near.Words.ShouldContain("We have your report and are reading it");
        foreach (var secret in new[] { reference, code, "Siân" }) near.Html.ShouldNotContain(secret);

        var none = await browser.Send(near);
        none.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var choice = near.Document.QuerySelector("input[name=case]")!.GetAttribute("value")!;
        var follow = await browser.Send(none, With(("case", choice)));
        follow.Heading.ShouldBe("Follow that one instead");
        var address = $"f{Guid.NewGuid():n}@mail.example";
        var followed = await browser.Send(follow, With(("email", address)));
        followed.Address.ShouldBe("/services/report-a-pothole/followed");
        followed.Heading.ShouldBe("You are following it");

        using var elsewhere = new Browser(await council.Client());
        var following = await elsewhere.Open(Mails.LinkIn(await council.MailTo(address), "/following/"));
        following.Address.ShouldBe("/following");
        following.Words.ShouldContain("We got it.");
        following.Html.ShouldNotContain(reference);
        (await elsewhere.Open($"/track/{reference}")).Address.ShouldBe("/track");
        var stopped = await elsewhere.Send(following);
        stopped.Heading.ShouldBe("You do not follow it any more");
        (await elsewhere.Open("/following")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Mine_is_different_goes_on_and_a_journey_that_followed_can_begin_again()
    {
        var council = await councils.Sqlite;
        var north = Field();
        await council.Pothole(new { text = "x", latitude = north, longitude = East });
        using var browser = new Browser(await council.Client());
        var near = await browser.Send(await browser.Open("/services/report-a-pothole/questions/where"), At(north));
        (await browser.Send(near, With(("case", "different")))).Address.ShouldBe("/services/report-a-pothole/questions/size");
        var choice = near.Document.QuerySelector("input[name=case]")!.GetAttribute("value")!;
        var followed = await browser.Send(await browser.Send(near, With(("case", choice))), With(("email", "f@mail.example")));
        followed.Address.ShouldBe("/services/report-a-pothole/followed");
        (await browser.Open("/services/report-a-pothole/check")).Address.ShouldBe("/services/report-a-pothole/followed");
        var again = await browser.Send(await browser.Open("/services/report-a-pothole/near"), With(("case", "different")));
        again.Address.ShouldBe("/services/report-a-pothole/questions/size");
    }

    [Fact]
    public async Task Nothing_near_goes_straight_on()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        (await browser.Send(await browser.Open("/services/report-a-pothole/questions/where"), At(Field()))).Address.ShouldBe("/services/report-a-pothole/questions/size");
        (await browser.Open("/services/report-a-pothole/near")).Address.ShouldBe("/services/report-a-pothole/questions/size");
        (await browser.Open("/services/make-a-complaint/near")).Address.ShouldStartWith("/services/make-a-complaint/questions/");
    }

    [Fact]
    public async Task The_api_says_what_is_near_and_nothing_of_who_reported_it()
    {
        var council = await councils.Sqlite;
        var north = Field();
        var (reference, _) = await council.Pothole(new { text = "By Siân's gate", latitude = north, longitude = East });
        using var anyone = await council.Client();
        var text = await anyone.GetStringAsync(FormattableString.Invariant($"/api/v1/services/report-a-pothole/near?latitude={north}&longitude=-1.25"));
        text.ShouldNotContain(reference);
        text.ShouldNotContain("Siân");
        var answer = JsonDocument.Parse(text).RootElement;
        answer.GetProperty("metres").GetInt32().ShouldBe(50);
        var one = answer.GetProperty("cases").EnumerateArray().ShouldHaveSingleItem();
        (one.GetProperty("metres").GetInt32(), one.GetProperty("now").GetString()).ShouldBe((0, "We have your report and are reading it."));
        foreach (var bad in new[] { "", "?latitude=51", "?latitude=x&longitude=1", "?latitude=0&longitude=0" })
        {
            using var refused = await anyone.GetAsync("/api/v1/services/report-a-pothole/near" + bad);
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, bad);
        }
        using var unknown = await anyone.GetAsync("/api/v1/services/none/near?latitude=51&longitude=-1");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await anyone.GetFromJsonAsync<JsonElement>("/api/v1/services/make-a-complaint/near?latitude=51&longitude=-1")).GetProperty("metres").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_case_that_was_not_shown_cannot_be_followed()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        await browser.Send(await browser.Open("/services/report-a-pothole/questions/where"), At(Field()));
        (await browser.Open("/services/report-a-pothole/follow?case=abcdefghjkmnpqrstvwxyz0123")).Address.ShouldBe("/services/report-a-pothole/questions/size");
    }
}
