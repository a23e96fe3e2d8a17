using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

public sealed class BodyTests(Councils councils)
{
    [Fact]
    public async Task Ten_megabytes_are_too_large_whether_announced_or_not()
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var large = Encoding.UTF8.GetBytes("{\"answers\":{\"where\":\"" + new string('x', 10 * 1024 * 1024) + "\"}}");
        foreach (var (who, address) in new[] { (client, Calls.Pothole), (worker, "/api/v1/desk/cases/POT-7F3K-92QX/actions/note") })
            foreach (var chunked in new[] { false, true })
            {
                var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(large) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.TransferEncodingChunked = chunked;
                request.Headers.TryAddWithoutValidation("If-Match", "1");
                await CleanAnswer.Problem(await who.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
            }
    }

    [Fact]
    public async Task Deep_and_broken_json_is_refused_with_its_place()
    {
        using var client = await (await councils.Sqlite).Client();
        foreach (var body in new[]
        {
            "{\"answers\":" + string.Concat(Enumerable.Repeat("[", 100_000)), "{\"answers\":" + string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 41),
            "{\"answers\":{\"where\":\"x\"", "{\"answers\":{}}x", "{'answers':{}}", "{\"answers\":NaN}", "{\"answers\":{},}", "\ufeff\ufeff{}", "{\"answers\":{\"a\":1,\"a\":2}}",
        })
            (await CleanAnswer.Problem(await client.PostText(Calls.Pothole, body), HttpStatusCode.BadRequest)).GetProperty("detail").GetString()!.ShouldContain("JSON");
        var broken = new ByteArrayContent([.. "{\"answers\":{\"where\":\""u8, 0xC3, 0x28, .. "\"}}"u8]);
        broken.Headers.ContentType = new("application/json");
        await CleanAnswer.Body(await client.PostAsync(Calls.Pothole, broken));
    }

    public static IEnumerable<TheoryDataRow<string>> Services() => Example.All.Select(e => e.Service).Distinct().Select(s => new TheoryDataRow<string>(s));

    [Theory, MemberData(nameof(Services))]
    public async Task No_value_of_the_wrong_kind_in_any_question_breaks_a_service(string service)
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        var example = Example.All.Where(e => e.Service == service && e.Exit is null).MaxBy(e => e.Answers.Children.Count)!;
        string[] values = ["null", "true", "0", "-1", "1e400", "123456789012345678901234567890", "\"\"", "\"x\"", "[]", "[[]]", "[null]", "{}", "{\"text\":{}}", "{\"name\":[1],\"email\":{},\"phone\":7}",
            "{\"line1\":1,\"postcode\":[]}", "\"9999-99-99\"", "\"0001-01-01\"", "\"9999-12-31\"", "{\"text\":\"x\",\"latitude\":\"NaN\",\"longitude\":1e308}", "[\"x\",\"x\"]"];
        var questions = council.House.Services.Find(service)!.Definition.Ask.Select(q => q.Name);
        await Parallel.ForEachAsync(questions.SelectMany(q => values.Select(v => (Question: q, Value: v))), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (wrong, _) =>
        {
            var answers = example.Json(council.Today);
            answers.Remove("photo");
            answers[wrong.Question] = 0;
            var body = new JsonObject { ["answers"] = answers }.ToJsonString();
            body = body.Replace($"\"{wrong.Question}\":0", $"\"{wrong.Question}\":{wrong.Value}", StringComparison.Ordinal);
            using var response = await client.PostText($"/api/v1/services/{service}/cases", body);
            await CleanAnswer.Body(response);
            ((int)response.StatusCode).ShouldBeOneOf([201, 422], $"{wrong.Question} = {wrong.Value}");
        });
    }

    [Fact]
    public async Task Forms_that_are_too_large_or_of_another_kind_are_pages_in_words()
    {
        var council = await councils.Sqlite;
        using var client = await council.Client();
        foreach (var address in new[] { "/services/report-a-pothole/questions/where", "/services/report-a-pothole/check", "/feedback/report-a-pothole", "/track" })
        {
            await CleanAnswer.Body(await client.PostText(address, "{}"));
            await CleanAnswer.Body(await client.PostAsync(address, null));
            using var large = await client.PostAsync(address, new StringContent("where=" + new string('x', 10 * 1024 * 1024), Encoding.UTF8, "application/x-www-form-urlencoded"));
            await CleanAnswer.Body(large);
            large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, address);
            using var many = await client.PostAsync(address, new StringContent(string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1")), Encoding.UTF8, "application/x-www-form-urlencoded"));
            await CleanAnswer.Body(many);
            var torn = new StringContent("--b\r\nContent-Disposition: form-data; name=\"where\"\r\n\r\nabc");
            torn.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            await CleanAnswer.Body(await client.PostAsync(address, torn));
        }
        await CleanAnswer.Body(await client.PutAsync("/services/report-a-pothole/check", null));
        await CleanAnswer.Body(await client.GetAsync("/services/report-a-dragon/start"));
        await CleanAnswer.Body(await client.GetAsync("/services/report-a-pothole/questions/dragon"));
        await CleanAnswer.Body(await client.GetAsync("/no/such/page.html"));
    }
}
