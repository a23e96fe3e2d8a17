using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

/// <summary>What is wrong with an answer is said by the API in the very words of the page.</summary>
public sealed class SameWordsTests(Councils councils)
{
    /// <summary>A wrong answer as a program sends it; the page gets the same in its fields. Null is nothing at all.</summary>
    public static TheoryData<string, string, string, string?> Wrongs() => new()
    {
        { "report-a-pothole", "deep-hole-on-a-high-street", "where", null },
        { "report-a-pothole", "deep-hole-on-a-high-street", "size", null },
        { "report-a-pothole", "deep-hole-on-a-high-street", "deep", null },
        { "report-a-pothole", "deep-hole-on-a-high-street", "where", """{"text": "Here", "latitude": 91, "longitude": 0}""" },
        { "report-a-pothole", "deep-hole-on-a-high-street", "where", """{"text": "Here", "latitude": 51}""" },
        { "report-a-pothole", "deep-hole-on-a-high-street", "you", """{"name": "Ann Lee"}""" },
        { "report-a-pothole", "deep-hole-on-a-high-street", "you", """{"name": "Ann Lee", "email": "ann.lee"}""" },
        { "report-a-pothole", "deep-hole-on-a-high-street", "you", """{"email": "ann.lee", "phone": "12"}""" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "home", """{"line1": "1 Church Road"}""" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "home", """{"postcode": "nowhere"}""" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "items", null },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "number", "0" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "number", "\"many\"" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "day", null },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "day", "\"2026-02-31\"" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "day", "\"2020-01-01\"" },
        { "book-a-bulky-waste-collection", "sofa-and-fridge", "agree", null },
        { "report-a-missed-bin", "recycling-two-days-ago", "due", "\"2026-11-19\"" },
        { "make-a-complaint", "bin-missed-again-and-again", "case", "\"BIN-7F3K-92QY\"" },
        { "make-a-complaint", "bin-missed-again-and-again", "since", "\"2026-13\"" },
        { "make-a-complaint", "bin-missed-again-and-again", "happened", "\"LONG\"" },
        { "make-a-complaint", "bin-missed-again-and-again", "happened", null },
        { "report-a-street-light", "post-hit-by-a-lorry", "column", "\"LONG\"" },
    };

    [Theory, MemberData(nameof(Wrongs))]
    public async Task A_wrong_answer_is_described_alike_on_the_page_and_by_the_api(string service, string example, string question, string? json)
    {
        var council = await councils.Sqlite;
        var (good, definition) = (Example.All.Single(e => e.Service == service && e.Name == example), council.House.Services.Find(service)!.Definition);
        var answers = good.Json(council.Today);
        foreach (var file in definition.Ask.Where(q => q.Type.Name == "file")) answers.Remove(file.Name);
        var wrong = json is null ? null : JsonNode.Parse(json.Replace("LONG", new string('x', 10_000), StringComparison.Ordinal));

        using var browser = new Browser(await council.Client());
        var page = await browser.Open($"/services/{service}/start");
        var address = $"/services/{service}/questions/";
        while (page.Address != address + question)
        {
            // A danger that an answer raises is read and left behind.
            if (page.Address.StartsWith($"/services/{service}/alerts/", StringComparison.Ordinal))
            {
                page = await browser.Open(page.Document.QuerySelector("a.govuk-button")!.GetAttribute("href")!);
                continue;
            }
            // Others may have reported near by; this one is different.
            if (page.Address == $"/services/{service}/near")
            {
                page = await browser.Send(page, new Dictionary<string, IReadOnlyList<string>> { ["case"] = ["different"] });
                continue;
            }
            page.Address.ShouldStartWith(address);
            var asked = definition.FindQuestion(page.Address[address.Length..])!;
            page = await browser.Send(page, Example.Fields(asked, answers[asked.Name]));
        }
        page = await browser.Send(page, Example.Fields(definition.FindQuestion(question)!, wrong));
        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        answers.Remove(question);
        if (wrong is not null) answers[question] = wrong;
        using var client = await council.Client();
        var problem = await CleanAnswer.Problem(await client.PostJson($"/api/v1/services/{service}/cases", new JsonObject { ["answers"] = answers }), HttpStatusCode.UnprocessableEntity);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        errors.ShouldAllBe(e => e.GetProperty("question").GetString() == question);
        errors.Select(e => e.GetProperty("message").GetString()).ShouldBe(page.Errors);
    }
}
