using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Benchmarks.Creating;

/// <summary>The same cases by the same code, each in a unit of its own that is durable before the next of its sender: what the API would reach if HTTP and JSON cost nothing.</summary>
internal static class WithoutHttp
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <param name="store">`--data FOLDER` or `--database CONNECTION` of a store in which the services are published.</param>
    public static async Task<CreateRun> Run(string[] store, string councilFolder, int atOnce, TimeSpan time)
    {
        await using var database = store[0] == "--data" ? Database.Sqlite(Path.Combine(store[1], "moothall.db")) : Database.Postgres(store[1]);
        var council = CouncilReader.Read(councilFolder).Council ?? throw new InvalidOperationException("The council's files have errors: moothall check says which.");
        var house = await House.Open(database, council, SystemClock.Instance);
        await using var readers = new ReaderHost(database, House.Projections(), house.Owners(), house.Effects(), house.Timers());
        await readers.Start();
        var published = house.Services.Find(NewCases.Service)!;
        var asked = council.Authorities[0];
        var today = asked.Calendar.DayOf(house.Now);
        var context = new ReadingContext { Today = today, Language = "en", File = _ => null, LookUps = council.Places };
        var ready = Enumerable.Range(0, 2_000).Select(number =>
        {
            using var body = JsonDocument.Parse(NewCases.Body(number));
            var (answers, faults) = AnswersReader.ReadAll(published.Definition, body.RootElement.GetProperty("answers"), context, today);
            return faults.Count == 0 ? answers : throw new InvalidOperationException(faults[0].ToString());
        }).ToList();
        var (waits, next, counted, since) = (new ConcurrentBag<double>(), 0, 0, Stopwatch.GetTimestamp());
        TimeSpan Now() => Stopwatch.GetElapsedTime(since);
        var end = WarmUp + time;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (Now() < end)
            {
                var number = Interlocked.Increment(ref next);
                var submit = new SubmitAnswers { Published = published, Answers = ready[number % ready.Count], Asked = asked, Channel = "api", Received = house.Now, By = Actor.Resident };
                var began = Stopwatch.GetTimestamp();
                await database.Commit(async unit =>
                {
                    // The key is looked for and kept, as the API does.
                    if (await Idempotency.Find(unit, "anyone", "bench", $"bench-{number}") is not null) throw new InvalidOperationException("A key was used twice.");
                    var made = await submit.Submit(unit, council);
                    if (made.Value is not { } @case) throw new InvalidOperationException(made.Refusal!.Why);
                    await Idempotency.Remember(unit, "anyone", "bench", $"bench-{number}", "", @case.Reference);
                });
                if (Now() < WarmUp || Now() > end) continue;
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Increment(ref counted);
            }
        })));
        return new CreateRun(counted, counted / time.TotalSeconds, CreateRun.InWords(waits), 0, "");
    }
}
