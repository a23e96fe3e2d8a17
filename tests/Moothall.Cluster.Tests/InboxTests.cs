using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Moothall.Adapters.Rabbit;
using Moothall.Council;
using Moothall.Exchange;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>What partners send by the queue: each taken in once, and what cannot be is put aside with the reason and holds nothing up.</summary>
public sealed class InboxTests
{
    static string Event(string id, string type, string data = "{}") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"urn:partner:phones","type":"{{type}}","time":"2026-03-02T10:00:00+01:00","data":{{data}}}""";

    [Theory, BothDatabases]
    public async Task What_comes_twice_is_taken_once_and_what_is_broken_is_put_aside_with_the_reason(Dialect dialect)
    {
        await using var broker = await Broker.Clean();
        await using var store = await QueuedStore.Create(dialect);
        var house = await House.Open(store.Database, CouncilReader.Read(Path.Combine(TwoNodes.Repository, "council")).Council!, SystemClock.Instance);
        await using var queue = new RabbitQueue(Broker.Parsed, store.Identity, "test");
        await queue.Check(CancellationToken.None);
        await broker.Send("this is no event");
        await broker.Send(Event("1", "reading.taken.v1"));
        await broker.Send("""{"specversion":"1.0","id":"2","source":"urn:partner:phones"}""");
        await broker.Send(Event("3", "contact.made.v1"), kind: "text/plain");
        await broker.Send(Event("4", "contact.made.v1", """{"channel":"phone","reason":"new","about":"\u0000"}"""), user: "guest");
        await broker.Send(Event("5", "contact.made.v1", """{"channel":"phone","reason":"new"}"""), user: "guest");
        await using var work = new InboxWork(new Inbox(house), queue, NullLogger<InboxWork>.Instance);
        work.Start();
        await broker.Send(Event("1", "reading.taken.v1"));
        await broker.Send(Event("6", "reading.taken.v1"));
        await RelayTests.Until(() => store.Database.Read(s => s.Number($"select count(*) from inbox where id = '6'")).GetAwaiter().GetResult() == 1);
        var parked = await store.Database.Read(s => Inbox.Parked(s));
        parked.Where(p => p.Id != "4").Select(p => (p.Id, p.User, p.Why.ToString())).ShouldBe([
            ("1", null, "Nothing here takes events of the type reading.taken.v1."),
            ("5", "guest", "Its sender is not known: the message must carry the user-id of a member of staff or a partner in the council's files."),
            ("6", null, "Nothing here takes events of the type reading.taken.v1.")]);
        // A sign that no text of ours may hold: refused like any other, and nothing behind it waits.
        parked.ShouldContain(p => p.Id == "4");
        var aside = await Broker.Take(RabbitQueue.Dead, 3);
        aside.Select(m => Encoding.UTF8.GetString((byte[])m.Properties.Headers![RabbitQueue.Reason]!)).ShouldBe([
            "The body is no JSON.", "The attributes id, source and type must be there, each a text of 1 to 512 characters.", "The content type must be application/cloudevents+json."]);
        aside[0].Text.ShouldBe("this is no event");
    }
}
