using Moothall.Journeys;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;

namespace Moothall.Tests;

/// <summary>A clock that a test moves on.</summary>
sealed class TestClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;
    public Instant GetCurrentInstant() => Now;
}

/// <summary>The example council at work on a database of its own, on Monday 2 March 2026 at ten, with some of its services published.</summary>
sealed class OpenHouse : IAsyncDisposable
{
    public static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 10, 0);

    readonly TestStore store;

    OpenHouse(TestStore store, House house, TestClock clock) => (this.store, House, Clock) = (store, house, clock);

    public House House { get; }
    public TestClock Clock { get; }
    public Database Database => House.Database;

    public static async Task<OpenHouse> Open(Dialect dialect, params string[] services)
    {
        var store = await TestStore.Create(dialect);
        foreach (var service in services.Prepend("report-a-pothole").Distinct())
            await store.Database.Commit(unit => PublishService.Publish(unit, ExampleServices.Definition(service), ExampleServices.Source(service), Monday, "a test"));
        var clock = new TestClock(Monday);
        return new OpenHouse(store, await House.Open(store.Database, ExampleCouncil.Files, clock), clock);
    }

    /// <summary>The types of the events of a stream, in order.</summary>
    public Task<List<string>> Log(string stream) => Database.Read(s => s.Query($"select type from event where stream = {stream} order by version", row => row.Text(0)));

    public Task<long> Count(string table) => Database.Read(s => s.Number($"select count(*) from {new SqlName(table)}"));

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
