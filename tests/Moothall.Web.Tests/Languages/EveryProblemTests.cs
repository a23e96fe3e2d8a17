using System.Text;
using Moothall.Web.Tests.Desk;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Languages;

/// <summary>Every word of the API's problems is said in the language of whoever asks. Beside the pages, on a council of its own.</summary>
public sealed class EveryProblemTests(BracketLanguage language) : IClassFixture<BracketLanguage>
{
    RunningCouncil Council => language.Council;

    [Fact]
    public async Task A_program_is_answered_in_the_language_that_it_asks_for()
    {
        var reference = await Council.Pothole();
        using var worker = await Council.Client("amara-okafor");
        using var nobody = await Council.Client();
        var pothole = "/api/v1/services/report-a-pothole/cases";
        var act = $"/api/v1/desk/cases/{reference}/actions/note";
        static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
        HttpRequestMessage[] asks =
        [
            new(HttpMethod.Get, "/api/v1/services/nothing"), new(HttpMethod.Get, "/api/v1/nowhere"), new(HttpMethod.Delete, "/api/v1/services"),
            new(HttpMethod.Post, pothole) { Content = new StringContent("x") }, new(HttpMethod.Post, pothole) { Content = Json("[1]") }, new(HttpMethod.Post, pothole) { Content = Json("{") },
            new(HttpMethod.Post, pothole) { Content = Json("""{"answers": {}, "channel": "pigeon", "authority": "nowhere", "language": 7, "handlingSeconds": -1, "digitalTaken": true, "receivedAt": "soon", "colour": "blue"}""") },
            new(HttpMethod.Post, pothole) { Content = Json("""{"answers": {"size": "huge"}}""") },
            new(HttpMethod.Post, pothole) { Content = Json("""{"answers": {}, "channel": "phone"}""") },
            new(HttpMethod.Post, pothole) { Content = Json(new string(' ', 1_100_000)) },
            new(HttpMethod.Get, "/api/v1/services/report-a-pothole/near"), new(HttpMethod.Get, "/api/v1/services/report-a-pothole/near?latitude=91&longitude=0"),
            new(HttpMethod.Get, $"/api/v1/cases/{reference}?code=wrong"),
            new(HttpMethod.Post, "/api/v1/files") { Content = Json("{}") }, new(HttpMethod.Post, "/api/v1/files") { Content = new MultipartFormDataContent { { new StringContent("y"), "x" } } },
            new(HttpMethod.Post, "/api/v1/files") { Content = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.exe" } } },
            new(HttpMethod.Get, "/api/v1/desk/cases"), new(HttpMethod.Get, "/api/v1/performance?from=never"), new(HttpMethod.Post, "/api/v1/contacts") { Content = Json("{}") },
        ];
        HttpRequestMessage[] ofStaff =
        [
            new(HttpMethod.Get, "/api/v1/desk/cases?limit=many"), new(HttpMethod.Get, "/api/v1/desk/cases?due=never"), new(HttpMethod.Get, "/api/v1/desk/cases/POT-0000-0000"),
            new(HttpMethod.Post, act) { Content = Json("{}") }, new(HttpMethod.Post, act) { Content = Json("{}"), Headers = { { "If-Match", "\"x\"" } } },
            new(HttpMethod.Post, act) { Content = Json("""{"answers": 1, "note": 2, "at": 3}"""), Headers = { { "If-Match", "\"1\"" } } },
            new(HttpMethod.Post, act) { Content = Json("""{"answers": {"to": 1}}"""), Headers = { { "If-Match", "\"1\"" } } },
            new(HttpMethod.Post, act) { Content = Json("""{"note": "n"}"""), Headers = { { "If-Match", "\"99\"" } } },
            new(HttpMethod.Post, act) { Content = Json("""{"note": "n"}"""), Headers = { { "If-Match", "\"1\"" }, { "Idempotency-Key", new string('k', 201) } } },
            new(HttpMethod.Post, act.Replace("note", "not-ours", StringComparison.Ordinal)) { Content = Json("{}"), Headers = { { "If-Match", "\"1\"" } } },
            new(HttpMethod.Post, "/api/v1/contacts") { Content = Json("{}") }, new(HttpMethod.Post, "/api/v1/bounces") { Content = new StringContent("x") },
        ];
        foreach (var (client, ask) in asks.Select(a => (nobody, a)).Concat(ofStaff.Select(a => (worker, a))))
        {
            ask.Headers.AcceptLanguage.ParseAdd($"{BracketLanguage.Code}, en;q=0.5");
            using var answer = await client.SendAsync(ask);
            var said = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(400, ask.RequestUri + said);
            answer.Content.Headers.ContentLanguage.ShouldHaveSingleItem().ShouldBe(BracketLanguage.Code, ask.RequestUri + said);
            using var problem = System.Text.Json.JsonDocument.Parse(said);
            string[] words = [problem.RootElement.GetProperty("title").GetString()!, problem.RootElement.GetProperty("detail").GetString()!,
                .. problem.RootElement.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(e => e.GetProperty("message").GetString()!) : []];
            foreach (var sentence in words) (sentence[0], sentence[^1]).ShouldBe(('⟦', '⟧'), $"{ask.Method} {ask.RequestUri}: {sentence}");
        }
        // Whoever asks for no language gets English, and `lang` is stronger than the header.
        (await nobody.GetStringAsync("/api/v1/services")).ShouldNotBeEmpty();
        using var plain = await nobody.GetAsync("/api/v1/nowhere");
        (await plain.Content.ReadAsStringAsync()).ShouldContain("\"Not found\"");
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nowhere?lang=en");
        asked.Headers.AcceptLanguage.ParseAdd(BracketLanguage.Code);
        using var english = await nobody.SendAsync(asked);
        (await english.Content.ReadAsStringAsync()).ShouldContain("\"Not found\"");
    }
}
