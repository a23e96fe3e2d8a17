using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

public sealed class TextTests(Councils councils)
{
    const string Complaint = "/api/v1/services/make-a-complaint/cases";

    [Theory, BothDatabases]
    public async Task Names_of_fifty_locales_are_kept_as_they_are_written(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var advisor = await council.Client("grace-adeyemi-clarke");
        var names = Nasties.Names(dialect == Dialect.Sqlite ? 3 : 1);
        names.Select(n => n.Locale).Distinct().Count().ShouldBe(50);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, cancel) =>
        {
            var body = Calls.GoodPothole();
            body["answers"]!["you"]!["name"] = item.Name;
            var reference = (await client.Make(body)).Text("reference");
            var file = await advisor.GetAsync($"/api/v1/desk/cases/{reference}", cancel).Json();
            file["answers"]!["you"]!.Text("name").ShouldBe(Tidy.Line(item.Name), item.Locale);
            Tidy.Line(item.Name).ShouldBe(item.Name.Normalize().Trim(), item.Locale);
        });
    }

    [Theory, BothDatabases]
    public async Task Naughty_strings_are_text_like_any_other(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var advisor = await council.Client("grace-adeyemi-clarke");
        var answers = Example.All.Single(e => e.Name == "bin-missed-again-and-again").Json(council.Today);
        await Parallel.ForEachAsync(Nasties.NaughtyStrings().Chunk(3).Where((_, i) => dialect == Dialect.Sqlite || i % 4 == 0), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (strings, cancel) =>
        {
            var body = new JsonObject { ["answers"] = answers.DeepClone() };
            foreach (var (question, text) in new[] { "happened", "put-right", "needs" }.Zip(strings)) body["answers"]![question] = text;
            using var response = await client.PostJson(Complaint, body);
            var answer = JsonNode.Parse(await CleanAnswer.Body(response))!;
            if (strings.Take(2).Any(s => Tidy.Lines(s).Length == 0))
            {
                response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
                return;
            }
            response.StatusCode.ShouldBe(HttpStatusCode.Created, answer.ToJsonString());
            var kept = (await advisor.GetAsync($"/api/v1/desk/cases/{answer.Text("reference")}", cancel).Json())["answers"]!;
            foreach (var (question, text) in new[] { "happened", "put-right", "needs" }.Zip(strings))
                if (Tidy.Lines(text).Length > 0) kept.Text(question).ShouldBe(Tidy.Lines(text));
                else kept[question].ShouldBeNull();
        });
    }

    [Fact]
    public async Task Naughty_strings_are_shown_on_pages_as_text_and_never_run()
    {
        var council = await councils.Sqlite;
        using var browser = new Browser(await council.Client());
        var naughty = Nasties.NaughtyStrings().Where(s => s.Contains('<', StringComparison.Ordinal) || s.Contains('"', StringComparison.Ordinal) || s.Contains('&', StringComparison.Ordinal)).Where((_, i) => i % 6 == 0).ToList();
        naughty.Count.ShouldBeGreaterThan(15);
        var address = "/services/report-a-pothole/questions/where";
        foreach (var text in naughty.Append("</textarea><script>alert(1)</script>").Append("\"><img src=x onerror=alert(1)>"))
        {
            await browser.Send(await browser.Open(address), new Dictionary<string, IReadOnlyList<string>> { ["where"] = [text] });
            // Shown again to be changed; the only scripts are our own.
            var page = await browser.Open(address);
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Document.QuerySelectorAll("script").ShouldAllBe(s => s.HasAttribute("src"));
            page.Document.All.ShouldAllBe(e => e.Attributes.All(a => !a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            if (Tidy.Line(text).Length > 0) page.Document.QuerySelector("input[name=where]")!.GetAttribute("value").ShouldBe(Tidy.Line(text));
        }
    }

    [Theory, BothDatabases]
    public async Task Control_characters_and_half_characters_do_no_harm_anywhere(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        foreach (var escape in new[] { @"\u0000", @"\ud800", @"\udc00x", @"\u0007\u001b[31m", @"\ufffe", @"\u202e", @"\\u0000" })
        {
            var text = $"A{escape}B";
            foreach (var body in new[]
            {
                $$$$"""{"answers":{"where":{"text":"{{{{text}}}} Street, Wallingford"},"size":"small","you":{"name":"{{{{text}}}}","email":"a{{{{escape}}}}@b.example"}}}""",
                $$$$"""{"answers":{"where":"{{{{text}}}}","size":"{{{{text}}}}","{{{{text}}}}":1}}""",
                $$$$"""{"answers":{"where":{"{{{{text}}}}":"x","text":"Wallingford"},"size":"small"},"language":"{{{{text}}}}"}""",
                $$$$"""{"answers":{},"{{{{text}}}}":1,"authority":"{{{{text}}}}","channel":"{{{{text}}}}"}""",
                $$$$"""{"answers":{"where":{"text":"{{{{text}}}}"},"size":"small","photo":["{{{{text}}}}","AAAAAAAAAAAAAAAAAAAAAAAAA{{{{escape}}}}"]}}""",
            })
                await CleanAnswer.Body(await client.PostText(Calls.Pothole, body));

            var reference = (await client.Make()).Text("reference");
            foreach (var (action, body) in new[]
            {
                ("note", $$$$"""{"note":"{{{{text}}}}"}"""), ("assign", $$$$"""{"answers":{"to":"{{{{text}}}}"}}"""), ("ask-customer", $$$$"""{"answers":{"question":"{{{{text}}}}"}}"""),
                ("move", $$$$"""{"answers":{"{{{{text}}}}":"x","service":"{{{{text}}}}"}}"""), ("move", $$$$"""{"answers":{"team":"{{{{text}}}}"}}"""), ("not-ours", $$$$"""{"answers":{"finding":"{{{{text}}}}"}}"""),
                ("reopen", $$$$"""{"note":"{{{{text}}}}"}"""), ("withdraw", $$$$"""{"note":"{{{{text}}}}","{{{{text}}}}":1}"""),
            })
            {
                var version = (await worker.GetAsync($"/api/v1/desk/cases/{reference}").Json())["case"]!["version"]!.GetValue<int>();
                var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/desk/cases/{reference}/actions/{action}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
                await CleanAnswer.Body(await worker.SendAsync(request));
            }
            await worker.GetAsync($"/api/v1/desk/cases/{reference}").Json();
        }
        foreach (var query in new[] { "lang=%00", "lang=%F0%9F%92%A9", "lang=" + new string('x', 2000) }) await CleanAnswer.Body(await client.GetAsync($"/api/v1/services/report-a-pothole?{query}"));
        foreach (var page in new[] { "/track?reference=%00&code=%00", "/track?reference=%ED%A0%80&code=x", "/feedback/report-a-pothole?at=%00", "/services/report-a-pothole/questions/where?from=%00" })
            await CleanAnswer.Body(await client.GetAsync(page));
    }
}
