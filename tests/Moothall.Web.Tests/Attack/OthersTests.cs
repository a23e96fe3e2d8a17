using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>What is somebody else's looks as if it did not exist: the same status, the same words, and the same work done, whoever asks and by whichever way.</summary>
public sealed partial class OthersTests(Councils councils)
{
    /// <summary>A reference that is written right and that no case has.</summary>
    static string NoCase => CaseReference.Tidy("POT-0000-0000") ?? "POT-0000-0000";

    [GeneratedRegex(@"[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}|value=""[0-9a-fA-Z]{20,}""|nonce=""[^""]+""|data-left=""\d+""|value=""\d{9,}""")]
    private static partial Regex OfOneAnswer();

    static async Task<string> Shape(HttpResponseMessage answer)
    {
        using (answer) return $"{(int)answer.StatusCode} {OfOneAnswer().Replace(answer.Headers.Location?.OriginalString ?? "", "*")} {OfOneAnswer().Replace(await answer.Content.ReadAsStringAsync(), "*")}";
    }

    static string Fill(string template, string reference, string id) => Regex.Replace(template.Replace("{reference}", reference, StringComparison.Ordinal).Replace("{action}", "note", StringComparison.Ordinal).Replace("{service}", "report-a-pothole", StringComparison.Ordinal), @"\{[^}]*\}", id);

    [Theory, BothDatabases]
    public async Task A_case_of_another_council_or_of_nobody_is_answered_alike_at_every_address_of_the_desk(Dialect dialect)
    {
        var council = await councils.On(dialect);
        // Mercia's, which a worker of Wessex alone may not see.
        using var theirs = await council.Client();
        using var sent = await theirs.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", authority = "mercia", answers = new { where = new { text = "Somewhere in Mercia" }, size = "small" } });
        sent.StatusCode.ShouldBe(HttpStatusCode.Created, await sent.Content.ReadAsStringAsync());
        var body = await sent.Content.ReadFromJsonAsync<JsonElement>();
        var reference = body.GetProperty("reference").GetString()!;
        using var worker = await DeskBrowser.SignIn(council, "sian-prydderch");
        using var program = await council.Client("sian-prydderch");
        if ((await worker.Get($"/desk/cases/{reference}")).StatusCode == HttpStatusCode.OK) Assert.Fail("the worker works for that council too, so this proves nothing");
        using var token = await worker.Get("/desk");
        var field = (await DeskBrowser.Parse(token)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var looked = 0;
        foreach (var route in council.Serving.Routes)
        {
            var template = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (!template.Contains("{reference", StringComparison.Ordinal) || !(template.StartsWith("/desk", StringComparison.Ordinal) || template.StartsWith("/api/v1/desk", StringComparison.Ordinal))) continue;
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                async Task<string> Ask(string of)
                {
                    var address = Fill(template, of, "1");
                    if (address.StartsWith("/api", StringComparison.Ordinal))
                    {
                        using var request = new HttpRequestMessage(new HttpMethod(method), address);
                        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                        if (method == "POST") request.Content = JsonContent.Create(new { answers = new { }, note = "x" });
                        return await Shape(await program.SendAsync(request));
                    }
                    return await Shape(method == "POST" ? await worker.Post(address, [new("__RequestVerificationToken", field), new("_note", "x"), new("_version", "1"), new("version", "1")]) : await worker.Get(address));
                }
                var (other, none) = (await Ask(reference), await Ask(NoCase));
                other.ShouldBe(none, $"{method} {template}");
                other[..3].ShouldBeOneOf("404", "403", "303", "400", "405");
                looked++;
            }
        }
        looked.ShouldBeGreaterThanOrEqualTo(9);
        (await council.House.Database.Read(s => s.Number($"select count(*) from case_reading where reference = {reference}"))).ShouldBe(0, "nobody has read it");
    }

    [Theory, BothDatabases]
    public async Task Who_holds_the_code_of_one_case_opens_no_other_by_any_address(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (mine, other) = (await council.Pothole(), await council.Pothole());
        using var browser = new Browser(await council.Client());
        var page = await browser.Open($"/track?reference={mine}&code={council.House.Codes.For(mine, 1)}");
        page.Status.ShouldBe(HttpStatusCode.OK);
        var field = (await browser.Open($"/track/{mine}/add")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var before = await council.House.Database.Read(s => s.Number($"select count(*) from case_history where reference = {other}"));
        var looked = 0;
        foreach (var route in council.Serving.Routes.Where(r => r.RoutePattern.RawText!.TrimStart('/').StartsWith("track/{reference}", StringComparison.Ordinal)))
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                async Task<string> Ask(string of)
                {
                    var address = Fill("/" + route.RoutePattern.RawText!.TrimStart('/'), of, "1");
                    return await Shape(method == "POST" ? await browser.Client.PostAsync(address, new FormUrlEncodedContent([new("__RequestVerificationToken", field), new("note", "x"), new("answer", "x"), new("confirm", "yes"), new("email", "other@mail.example")])) : await browser.Client.GetAsync(address));
                }
                var (theirs, none) = (await Ask(other), await Ask(NoCase));
                theirs.ShouldBe(none, $"{method} {route.RoutePattern.RawText}");
                theirs[..3].ShouldBeOneOf("303", "404");
                looked++;
            }
        looked.ShouldBeGreaterThan(6);
        (await council.House.Database.Read(s => s.Number($"select count(*) from case_history where reference = {other}"))).ShouldBe(before);
        // Nor does the code of one open another over the API, nor one kind of code another kind of door.
        using var client = await council.Client();
        foreach (var code in new[] { council.House.Codes.For(mine, 1), council.House.Codes.ForAgain(other, 1), council.House.Codes.ForCoSign(other, 1), council.House.Codes.For(other, 2), council.House.Codes.For(other, 0), "", "0" })
            (await client.GetAsync($"/api/v1/cases/{other}?code={Uri.EscapeDataString(code)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task As_much_work_is_done_for_what_is_there_as_for_what_is_not()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        var council = await councils.On(Dialect.Postgres);
        var statements = new ConcurrentDictionary<string, int>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { if (activity.Source.Name == "Npgsql") statements.AddOrUpdate(activity.TraceId.ToHexString(), 1, (_, count) => count + 1); },
        };
        ActivitySource.AddActivityListener(listener);
        var known = await council.Pothole();
        using var browser = new Browser(await council.Client());
        using var worker = await council.Client("amara-okafor");
        var form = (await browser.Open("/track")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        async Task<int> Work(HttpClient client, HttpMethod method, string address, HttpContent? content = null)
        {
            var trace = Guid.NewGuid().ToString("n");
            using var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
            return statements.GetValueOrDefault(trace);
        }
        async Task Alike(string what, Func<string, Task<int>> ask)
        {
            // Once each before, so that what is prepared once is not counted.
            await ask(known);
            await ask(NoCase);
            var (there, not) = (await ask(known), await ask(NoCase));
            there.ShouldBe(not, what);
            there.ShouldBeGreaterThan(0, what + ": nothing was counted, so nothing was compared");
        }
        await Alike("a reference with a wrong code, typed in", reference => Work(browser.Client, HttpMethod.Post, "/track", new FormUrlEncodedContent([new("reference", reference), new("code", "0000000000000000"), new("__RequestVerificationToken", form)])));
        await Alike("a reference with a wrong code, in a link", reference => Work(browser.Client, HttpMethod.Get, $"/track?reference={reference}&code=0000000000000000"));
        await Alike("a reference with a wrong code, over the API", reference => Work(browser.Client, HttpMethod.Get, $"/api/v1/cases/{reference}?code=0000000000000000"));
    }
}
