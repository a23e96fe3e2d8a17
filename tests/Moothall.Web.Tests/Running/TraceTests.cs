using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Host;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Running;

/// <summary>One request is followed through its unit, the readers of the log and the effect, to the mail server.</summary>
public sealed class TraceTests
{
    static readonly Pace Quick = new(new ReaderSettings { Undo = Duration.Zero, DuePoll = TimeSpan.FromMilliseconds(10) }, new OutboxSettings { Poll = TimeSpan.FromMilliseconds(10) });
    const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Asks = "00f067aa0ba902b7";

    [Theory, BothDatabases]
    public async Task A_case_is_followed_from_its_request_to_its_mail_and_nothing_personal_goes_along(Dialect dialect)
    {
        await using var collector = await Collector.Start();
        string reference, code;
        await using (var council = await RunningCouncil.Start(dialect, pace: Quick, change: settings => settings with { Telemetry = collector.Address }))
        {
            using var resident = await council.Client();
            resident.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-{Asks}-01");
            using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
            {
                channel = "web", answers = new { where = new { text = "Outside Featherstonehaugh's, Mill Lane, Grove" }, size = "small", you = new { name = "Zebedee Quill", email = "zebedee@mail.example" } },
            });
            var body = await made.Content.ReadFromJsonAsync<JsonElement>();
            (reference, code) = (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
            resident.DefaultRequestHeaders.Remove("traceparent");
            using var track = await resident.GetAsync($"/track?reference={reference}&code={code}");
            using var nobody = await resident.GetAsync("/no-such/zebedee");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await council.House.Database.Read(s => MessageQueries.About(s, reference), limit.Token)).All(m => m.State != "sent")) await Task.Delay(10, limit.Token);
            await council.WaitForFigures();
            (await council.House.Database.Read(s => s.Number($"select count(*) from event where stream = {"case/" + reference} and trace like {"%" + Trace + "%"}"))).ShouldBeGreaterThan(0);
        }

        var spans = collector.Spans;
        var mine = spans.Where(s => s.Trace == Trace).ToList();
        var request = mine.Where(s => s.Parent == Asks).ShouldHaveSingleItem();
        request.Name.ShouldBe("POST /api/v1/services/{service}/cases");
        request.Attributes["http.route"].ShouldBe("/api/v1/services/{service}/cases");
        request.Attributes["http.request.method"].ShouldBe("POST");
        request.Attributes.Keys.ShouldContain("http.response.status_code");
        mine.ShouldContain(s => s.Name == "unit" && s.Parent == request.Id);
        mine.ShouldContain(s => s.Name == "effect tell-applicant");
        mine.ShouldContain(s => s.Name == "mail received");
        spans.ShouldContain(s => s.Name == "follow tell-applicant" && s.Links.Contains(Trace));
        spans.ShouldContain(s => s.Name == "follow performance" && s.Links.Contains(Trace));
        spans.ShouldContain(s => s.Name.StartsWith("GET /track", StringComparison.Ordinal), string.Join("\n", spans.Select(s => s.Name).Distinct()));
        foreach (var measure in (string[])["http.server.request.duration", "moothall.unit.duration", "moothall.gate.request.refused"]) collector.Metrics.ShouldContain(measure);
        if (dialect == Dialect.Sqlite) collector.Metrics.ShouldContain("moothall.batch.size");
        foreach (var telling in (string[])["Zebedee", "zebedee", "Quill", "Featherstonehaugh", "mail.example", reference, code]) collector.Everything.ShouldNotContain(telling);
    }

    [Fact]
    public async Task Where_nobody_traces_the_log_carries_no_trace()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var resident = await council.Client();
        resident.DefaultRequestHeaders.Add("traceparent", $"00-{new string('a', 32)}-{Asks}-01");
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Mill Lane, Grove" }, size = "small" } });
        made.EnsureSuccessStatusCode();
        (await council.House.Database.Read(s => s.Number($"select count(*) from event where trace is not null"))).ShouldBe(0);
    }
}
