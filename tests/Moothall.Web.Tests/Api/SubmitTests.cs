using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moothall.Store;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class SubmitTests(Councils councils)
{
    const string Advisor = "grace-adeyemi-clarke";

    [Theory, BothDatabases]
    public async Task A_case_is_made_and_says_where_it_is_and_by_when(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var response = await client.PostJson(Calls.Pothole, Calls.GoodPothole());
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var made = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        made.AsObject().Select(m => m.Key).ShouldBe(["reference", "service", "authority", "stage", "received", "closeBy", "trackingCode", "links"]);
        made.Text("reference").ShouldMatch("^POT-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$");
        (made.Text("service"), made.Text("authority"), made.Text("stage")).ShouldBe(("report-a-pothole", "wessex", "triage"));
        InstantPattern.ExtendedIso.Parse(made.Text("received")).Value.ShouldBe(council.Clock.GetCurrentInstant());
        // Ten working days from Wednesday 18 November 2026, half past ten, are Wednesday 2 December, half past ten.
        made.Text("closeBy").ShouldBe("2026-12-02T10:30:00Z");
        response.Headers.Location!.ToString().ShouldBe($"/api/v1/cases/{made.Text("reference")}");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await client.GetAsync(made["links"]!.Text("self")).Json()).Text("reference").ShouldBe(made.Text("reference"));
    }

    [Theory, BothDatabases]
    public async Task The_same_key_and_body_give_the_same_case_again(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var key = Guid.NewGuid().ToString();
        var first = await client.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created);
        var again = await client.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created);
        again.ToJsonString().ShouldBe(first.ToJsonString());

        var other = Calls.GoodPothole();
        other["answers"]!["size"] = "large";
        other["answers"]!["deep"] = true;
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, other, ("Idempotency-Key", key)), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString()!.ShouldContain("Idempotency-Key");

        // Another caller's key of the same name is another key.
        using var advisor = await council.Client(Advisor);
        (await advisor.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created)).Text("reference").ShouldNotBe(first.Text("reference"));
        await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", new string('k', 201))), HttpStatusCode.BadRequest);
    }

    [Theory, BothDatabases]
    public async Task The_same_key_with_a_photo_gives_the_same_case_again(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var photo = File.ReadAllBytes(Path.Combine(RunningCouncil.Repository, "services/report-a-pothole/examples/pothole.jpg"));
        var (key, body) = (Guid.NewGuid().ToString(), Calls.GoodPothole());
        body["answers"]!["photo"] = new JsonArray(await client.SendFile(new Picked("hole.jpg", photo)));
        // In flight together: whichever comes second finds the photo still there, or with the case already.
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.PostJson(Calls.Pothole, body.DeepClone(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created)));
        made.Select(m => m.ToJsonString()).Distinct().Count().ShouldBe(1);
        (await client.PostJson(Calls.Pothole, body, ("Idempotency-Key", key)).Json(HttpStatusCode.Created)).ToJsonString().ShouldBe(made[0].ToJsonString());

        // The photo is that case's: another body may not have the key, and another key not the photo.
        var other = (JsonObject)body.DeepClone();
        other["answers"]!["where"]!["text"] = "Outside the library, High Street, Wallingford";
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, other, ("Idempotency-Key", key)), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString()!.ShouldContain("Idempotency-Key");
        problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, body, ("Idempotency-Key", Guid.NewGuid().ToString())), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("question").GetString().ShouldBe("photo");
    }

    [Theory, BothDatabases]
    public async Task Twelve_at_once_with_one_key_make_one_case(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var key = Guid.NewGuid().ToString();
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created)));
        made.Select(m => m.Text("reference")).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_was_refused_may_be_used_again_when_the_answers_are_mended()
    {
        using var client = await (await councils.Sqlite).Client();
        var (key, wrong) = (Guid.NewGuid().ToString(), Calls.GoodPothole());
        wrong["answers"]!["size"] = "gigantic";
        await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, wrong, ("Idempotency-Key", key)), HttpStatusCode.UnprocessableEntity);
        await client.PostJson(Calls.Pothole, Calls.GoodPothole(), ("Idempotency-Key", key)).Json(HttpStatusCode.Created);
    }

    [Theory, BothDatabases]
    public async Task Invalid_answers_have_one_error_for_each_fault(Dialect dialect)
    {
        using var client = await (await councils.On(dialect)).Client();
        var body = new JsonObject { ["answers"] = new JsonObject { ["size"] = "gigantic", ["you"] = new JsonObject { ["email"] = "not one" }, ["dragon"] = "yes" } };
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        errors.Select(e => e.GetProperty("question").GetString()).Distinct().ShouldBe(["dragon", "where", "size", "you"], ignoreOrder: true);
        errors.Count(e => e.GetProperty("question").GetString() == "you").ShouldBe(2);
        errors.ShouldAllBe(e => e.GetProperty("message").GetString()!.Length > 0);
    }

    [Fact]
    public async Task Members_that_nobody_asked_for_and_values_of_the_wrong_kind_are_each_named()
    {
        using var client = await (await councils.Sqlite).Client();
        var body = Calls.GoodPothole();
        (body["channel"], body["authority"], body["receivedAt"], body["handlingSeconds"], body["colour"], body["language"]) = ("pigeon", "narnia", "yesterday", "long", "red", 7);
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("question").GetString())
            .ShouldBe(["channel", "authority", "receivedAt", "handlingSeconds", "colour", "language"], ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task Channels_other_than_web_and_api_are_an_advisors_to_use(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var anyone = await council.Client();
        using var worker = await council.Client("amara-okafor");
        using var advisor = await council.Client(Advisor);
        using var ofMercia = await council.Client("mei-lin-chan");
        foreach (var channel in new[] { "assisted", "phone", "chat", "email", "in-person", "post", "social" })
        {
            var body = Calls.GoodPothole();
            body["channel"] = channel;
            await CleanAnswer.Problem(await anyone.PostJson(Calls.Pothole, body), HttpStatusCode.Unauthorized);
            await CleanAnswer.Problem(await worker.PostJson(Calls.Pothole, body), HttpStatusCode.Forbidden);
            await advisor.Make(body);
            // The case had been made when it turned out whose it is: neither it nor the key stays.
            var key = Guid.NewGuid().ToString();
            body["answers"]!["you"] = new JsonObject { ["name"] = "Ann Lee", ["email"] = $"{key}@mail.example" };
            await CleanAnswer.Problem(await ofMercia.PostJson(Calls.Pothole, body, ("Idempotency-Key", key)), HttpStatusCode.NotFound);
            (await council.House.Database.Read(s => s.Number($"select count(*) from idempotency where key = {key}"))).ShouldBe(0);
            (await council.House.Database.Read(s => s.Number($"select count(*) from case_answers where answers like {"%" + key + "%"}"))).ShouldBe(0);
        }
    }

    [Theory, BothDatabases]
    public async Task History_is_an_importers_to_bring_and_its_events_are_marked(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var anyone = await council.Client();
        using var advisor = await council.Client(Advisor);
        using var importer = await council.Client("history-import");
        var body = Calls.GoodPothole();
        (body["channel"], body["receivedAt"]) = ("phone", "2026-01-06T12:00:00+00:00");
        await CleanAnswer.Problem(await anyone.PostJson(Calls.Pothole, body), HttpStatusCode.Unauthorized);
        await CleanAnswer.Problem(await advisor.PostJson(Calls.Pothole, body), HttpStatusCode.Forbidden);
        var made = await importer.Make(body);
        made.Text("received").ShouldBe("2026-01-06T12:00:00Z");
        var stream = "case/" + made.Text("reference");
        (await council.House.Database.Read(s => s.Query($"select imported, at from event where stream = {stream}", row => (row.Bool(0), row.Instant(1)))))
            .ShouldBe([(true, Instant.FromUtc(2026, 1, 6, 12, 0))]);

        body["receivedAt"] = InstantPattern.ExtendedIso.Format(council.Clock.GetCurrentInstant() + Duration.FromMinutes(1));
        await CleanAnswer.Problem(await importer.PostJson(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
        body["receivedAt"] = "2026-01-06";
        await CleanAnswer.Problem(await importer.PostJson(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_authority_that_a_program_names_is_used_where_the_place_does_not_say()
    {
        using var client = await (await councils.Sqlite).Client(host: "wessex.localhost");
        var example = Example.All.Single(e => e.Name == "planning-letter-not-answered");
        var body = new JsonObject { ["answers"] = example.Json((await councils.Sqlite).Today), ["authority"] = "mercia" };
        (await client.Make(body, "/api/v1/services/make-a-complaint/cases")).Text("authority").ShouldBe("mercia");
    }

    [Fact]
    public async Task Bodies_that_are_not_a_json_object_are_refused_with_their_reason()
    {
        using var client = await (await councils.Sqlite).Client();
        foreach (var body in new[] { "", "nothing", "[]", "null", "\"x\"", "{", "{\"answers\": {}}}", "{\"answers\":{},\"answers\":{}}", "\u0000" })
            await CleanAnswer.Problem(await client.PostText(Calls.Pothole, body), HttpStatusCode.BadRequest);
        foreach (var body in new[] { "{}", "{\"answers\":null}", "{\"answers\":[]}", "{\"answers\":\"x\"}" })
            await CleanAnswer.Problem(await client.PostText(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await client.PostText(Calls.Pothole, "a=b", "application/x-www-form-urlencoded"), HttpStatusCode.UnsupportedMediaType);
        await CleanAnswer.Problem(await client.PostText(Calls.Pothole, "<answers/>", "application/xml"), HttpStatusCode.UnsupportedMediaType);
        await CleanAnswer.Problem(await client.DeleteAsync(Calls.Pothole), HttpStatusCode.MethodNotAllowed);
    }
}
