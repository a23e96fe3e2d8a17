using System.Net;
using Moothall.Store;
using Moothall.Web.Capacity;
using Moothall.Web.Tests.Resident;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Capacity;

/// <summary>Real HTTP against a node that is asked for five times what it can serve, while its store stands still. Nothing here goes by the clock: the store goes on when the test lets it.</summary>
public sealed class OverloadTests
{
    static readonly object Place = new { text = "Mill Lane, Grove" };
    const int MostInside = 4, MostWaiting = 8, Journeys = 6, FiveFold = 5 * (MostInside + MostWaiting);

    [Fact]
    public async Task Asked_for_five_times_its_capacity_a_node_refuses_newcomers_at_once_and_carries_every_journey_through()
    {
        var patient = new GateSettings { MostInside = MostInside, MostWaiting = MostWaiting, WaitInProgress = TimeSpan.FromHours(1), WaitNew = TimeSpan.FromHours(1) };
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Gate = patient });
        var gate = council.Serving.Gates.Requests;

        // Six people in the middle of a form, each with the next page before them.
        var people = new List<(Browser Browser, Sight Page)>();
        for (var i = 0; i < Journeys; i++)
        {
            var browser = new Browser(await council.Client());
            people.Add((browser, await browser.BeginPothole()));
        }
        people.ShouldAllBe(p => p.Page.Address.StartsWith("/services/report-a-pothole/questions/", StringComparison.Ordinal));
        var drafts = await council.House.Database.Read(session => session.Number($"select count(*) from draft"));

        // Everything inside stands still: four requests of the API that write wait for a unit of ours.
        using var anyone = await council.Client();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = council.House.Database.Commit(async _ =>
        {
            begun.SetResult();
            await goOn.Task;
        });
        await begun.Task;
        var insiders = Enumerable.Range(0, MostInside).Select(_ => council.Pothole(Place)).ToList();
        await Until(() => gate.Inside == MostInside);
        var waiting = Enumerable.Range(0, MostWaiting).Select(_ => anyone.GetAsync("/services")).ToList();
        await Until(() => gate.Waiting == MostWaiting);

        // Whoever comes now is refused at once: nothing inside has moved.
        foreach (var address in Enumerable.Range(0, FiveFold).Select(i => i % 2 == 0 ? "/services/report-a-pothole" : "/api/v1/services"))
        {
            using var refused = await anyone.GetAsync(address);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(5, 14);
            refused.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await refused.Content.ReadAsStringAsync()).ShouldContain(address.StartsWith("/api", StringComparison.Ordinal) ? "\"title\":\"We are very busy just now\"" : "<h1>We are very busy just now</h1>");
        }
        insiders.ShouldAllBe(i => !i.IsCompleted);
        gate.Refused.ShouldBe((0, FiveFold));

        // Those in the middle of a form take the places of those who have only come.
        var answers = people.Select(p => p.Browser.Post(p.Page)).ToList();
        await Until(() => gate.Refused.New == FiveFold + Journeys);
        // What keeps a load balancer informed is never refused.
        using (var alive = await anyone.GetAsync("/health/live")) alive.StatusCode.ShouldBe(HttpStatusCode.OK);

        goOn.SetResult();
        await held;
        foreach (var answer in await Task.WhenAll(answers)) answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Task.WhenAll(insiders)).Select(made => made.Reference).Distinct().Count().ShouldBe(MostInside);
        var newcomers = (await Task.WhenAll(waiting)).Select(w => w.StatusCode).ToList();
        newcomers.Count(s => s == HttpStatusCode.ServiceUnavailable).ShouldBe(Journeys);
        newcomers.Count(s => s == HttpStatusCode.OK).ShouldBe(MostWaiting - Journeys);

        // What was answered is there, and only that; and all is served again.
        gate.Refused.InProgress.ShouldBe(0);
        (await council.House.Database.Read(session => session.Number($"select count(*) from council_case"))).ShouldBe(MostInside);
        (await council.House.Database.Read(session => session.Number($"select count(*) from draft"))).ShouldBe(drafts);
        await Until(() => gate is { Inside: 0, Waiting: 0 });
        foreach (var (browser, page) in people)
        {
            (await browser.Open("/services/report-a-pothole")).Status.ShouldBe(HttpStatusCode.OK);
            browser.Dispose();
        }
    }

    static async Task Until(Func<bool> what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!what()) await Task.Delay(5, limit.Token);
    }
}
