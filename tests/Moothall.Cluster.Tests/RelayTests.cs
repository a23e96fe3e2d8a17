using System.Collections.Concurrent;
using System.Diagnostics;
using Moothall.Adapters.Rabbit;
using Moothall.Exchange;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>What leaves the council by the queue: each event, in the order of its case, under the same name each time.</summary>
public sealed class RelayTests
{
    /// <summary>What each stream sent, whatever came twice, begins with 1 and has no gap.</summary>
    internal static void InOrderWithoutGaps(IEnumerable<Got> got, int? each = null)
    {
        foreach (var stream in got.GroupBy(g => g.Stream))
        {
            // A receiver ignores what it has: what is left must be 1, 2, 3 and so on, in this order.
            var has = 0;
            foreach (var g in stream)
                if (g.Version > has) g.Version.ShouldBe(++has, $"{stream.Key} came as {string.Join(' ', stream.Select(s => s.Version))}");
            if (each is { } count) has.ShouldBe(count, stream.Key);
        }
    }

    [Theory, BothDatabases]
    public async Task Every_event_leaves_in_the_order_of_its_case_and_says_what_it_is(Dialect dialect)
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(dialect);
        await store.Append("case/EARLY", 0, 2);
        var (cases, history) = (await Broker.Subscribe("case.#"), await Broker.Subscribe("imported.#"));
        await store.Relay();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n => { for (var i = 0; i < 10; i += 2) await store.Append($"case/C{n}", i, 2); }));
        await store.Append("case/OLD", 0, 1, imported: true);
        var got = await Broker.Take(cases, 202);
        got.Count.ShouldBe(202);
        got.Select(g => g.Id).Distinct().Count().ShouldBe(202);
        InOrderWithoutGaps(got.Where(g => g.Stream != "case/EARLY"), 10);
        InOrderWithoutGaps(got.Where(g => g.Stream == "case/EARLY"), 2);
        var one = got.First(g => g.Stream == "case/C7");
        one.Key.ShouldBe("case.noted.v1");
        one.Text.ShouldBe($$$"""{"specversion":"1.0","id":"case/C7/1","source":"urn:uuid:{{{store.Identity}}}","type":"case.noted.v1","subject":"case/C7","time":"2026-03-04T12:00:00Z","streamversion":1,"datacontenttype":"application/json","data":{"what":"note"}}""");
        (one.Properties.ContentType, one.Properties.MessageId, one.Properties.Persistent).ShouldBe(("application/cloudevents+json", "case/C7/1", true));
        var old = (await Broker.Take(history, 1)).ShouldHaveSingleItem();
        old.Key.ShouldBe("imported.case.noted.v1");
        old.Json.GetProperty("imported").GetBoolean().ShouldBeTrue();
        old.Json.GetProperty("type").GetString().ShouldBe("case.noted.v1");
    }

    [Fact]
    public async Task What_a_traced_request_did_leaves_with_its_trace()
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        var queue = await Broker.Subscribe("case.#");
        var spans = new ConcurrentBag<(string Name, string Trace)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Add((span.DisplayName, span.TraceId.ToHexString())),
        };
        ActivitySource.AddActivityListener(listener);
        string trace;
        using (var request = Signals.Source.StartActivity("request").ShouldNotBeNull())
        {
            trace = request.TraceId.ToHexString();
            await store.Append("case/TRACED", 0);
        }
        await store.Append("case/UNTRACED", 0);
        var rabbit = await store.Relay();
        var got = await Broker.Take(queue, 2);
        got.Single(g => g.Stream == "case/TRACED").Json.GetProperty("traceparent").GetString().ShouldNotBeNull().ShouldStartWith($"00-{trace}-");
        got.Single(g => g.Stream == "case/UNTRACED").Json.TryGetProperty("traceparent", out _).ShouldBeFalse();
        // The broker hands a message on before the program has read that it took it.
        await Until(() => spans.Contains(("publish case.noted", trace)));
        (await rabbit.Depth(TestContext.Current.CancellationToken)).ShouldBe(new QueueDepth(0, 0));
    }

    [Fact]
    public async Task A_broker_that_goes_away_in_the_middle_loses_nothing_and_slows_nobody()
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        var queue = await Broker.Subscribe("#");
        var rabbit = await store.Relay();
        var halted = Task.CompletedTask;
        for (var i = 0; i < 100; i++)
        {
            // The broker goes while events are on their way to it.
            if (i == 20) halted = Broker.Halt();
            await Task.WhenAll(Enumerable.Range(0, 10).Select(n => store.Append($"case/C{n}", i)));
        }
        await halted;
        await Until(() => rabbit.Trouble is not null);
        rabbit.Trouble!.ToString().ShouldContain("does not answer. Events wait in the store until it does.");
        await store.Append("case/WHILE-DOWN", 0, 100);
        await Broker.Start();
        var got = await Broker.Take(queue, 0, g => g.Select(m => m.Id).Distinct().Count() == 1100);
        InOrderWithoutGaps(got, 100);
        got.GroupBy(g => g.Id).ShouldAllBe(same => same.Select(g => g.Text).Distinct().Count() == 1);
        await Until(() => rabbit.Trouble is null);
        (await store.Database.Read(ReaderStates.All)).Single(r => r.Name == "event-relay").Alert.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_full_queue_refuses_comes_again_and_its_case_stays_in_order()
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        var (all, full) = (await Broker.Subscribe("#"), await Broker.Subscribe("#", ("x-max-length", 3), ("x-overflow", "reject-publish")));
        var rabbit = await store.Relay();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(n => store.Append($"case/C{n}", 0, 6)));
        await Until(() => rabbit.Trouble?.ToString().Contains("refused an event", StringComparison.Ordinal) == true);
        (await store.Database.Read(ReaderStates.All)).Single(r => r.Name == "event-relay").Position.ShouldBe(LogPosition.Start);
        var drained = await Broker.Take(full, 0, g => g.Select(m => m.Id).Distinct().Count() == 30);
        InOrderWithoutGaps(drained, 6);
        InOrderWithoutGaps(await Broker.Take(all, 0, g => g.Select(m => m.Id).Distinct().Count() == 30), 6);
        await Until(() => rabbit.Trouble is null);
    }

    [Fact]
    public async Task Another_councils_queue_is_refused_and_left_as_it_is()
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(Dialect.Sqlite);
        await store.Relay();
        await using var another = new RabbitQueue(Broker.Parsed, Guid.NewGuid().ToString(), "another");
        (await Should.ThrowAsync<QueueRefusedException>(another.Check(CancellationToken.None))).Message.ShouldContain("belongs to another council");
        await using var same = new RabbitQueue(Broker.Parsed, store.Identity, "second");
        await same.Check(CancellationToken.None);
        same.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_showing_it()
    {
        await using var broker = await Broker.Clean();
        await using var queue = new RabbitQueue(RabbitAddress.Read(Broker.Address.Replace("guest:guest", "guest:s3cret", StringComparison.Ordinal))!, "x", "test");
        var refused = await Should.ThrowAsync<QueueRefusedException>(queue.Check(CancellationToken.None));
        refused.Message.ShouldContain("refuses the user or the password");
        refused.Message.ShouldNotContain("s3cret");
        await using var nowhere = new RabbitQueue(RabbitAddress.Read(Broker.Address + "no-such-host")!, "x", "test");
        (await Should.ThrowAsync<QueueRefusedException>(nowhere.Check(CancellationToken.None))).Message.ShouldContain("no such virtual host");
    }

    internal static async Task Until(Func<bool> holds, TimeSpan? patience = null)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); !holds(); await Task.Delay(20))
            if (since.Elapsed > (patience ?? TimeSpan.FromSeconds(60))) throw new TimeoutException("It never came to this.");
    }
}
