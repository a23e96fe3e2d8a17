using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Exchange;

/// <summary>What the council does about one type of event that partners send.</summary>
public interface IArrivalHandler
{
    /// <summary>The CloudEvents type, with its version: `contact.made.v1`.</summary>
    string Type { get; }

    /// <summary>Does it in the unit that takes the event in. Null when it is done, else why not, in words: it is parked, and nothing else of the unit may have been written.</summary>
    Task<Message?> Take(Unit unit, CloudEvent arrived, Caller sender);
}

/// <summary>An event that came and could not be taken in yet.</summary>
public sealed record ParkedArrival(string Source, string Id, string Type, Instant Arrived, string? User, Message Why);

/// <summary>
/// What partners and devices send, each taken in once by its source and id: the row and what came of it are one unit. What nobody takes is parked with the reason. The body goes as soon
/// as it is taken, the row after <see cref="Kept"/>; an event that comes again after that counts as new.
/// </summary>
public sealed class Inbox(House house)
{
    public static readonly Duration Kept = Duration.FromDays(30);
    const int MostBytes = 256 * 1024;

    /// <summary>Takes a message in, parks it, or says why it can never be taken: then it is nobody's event.</summary>
    public async Task<string?> Take(Arrival arrival, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        if (arrival.MediaType?.Split(';')[0].Trim() != CloudEvent.MediaType) return $"The content type must be {CloudEvent.MediaType}.";
        if (arrival.Body.Length > MostBytes) return $"It is longer than {MostBytes / 1024} KB.";
        if (CloudEvent.Read(arrival.Body, out var wrong) is not { } arrived) return wrong;
        var body = Encoding.UTF8.GetString(arrival.Body.Span);
        await house.Database.Commit(async unit =>
        {
            if (await unit.Number($"select count(*) from inbox where source = {arrived.Source} and id = {arrived.Id}") > 0) return;
            var why = await Handle(unit, arrived, arrival.User);
            var (state, kept, now) = (why is null ? "taken" : "parked", why is null ? null : body, house.Now);
            await unit.Execute($"""
                insert into inbox (source, id, type, at, arrived, by_user, state, why, body) values ({arrived.Source}, {arrived.Id}, {arrived.Type}, {arrived.Time}, {now}, {arrival.User}, {state}, {why?.ToText()}, {kept})
                """);
        }, cancel);
        return null;
    }

    /// <summary>Tries a parked event again, as when a handler or a person's rights were missing: null when it is taken now.</summary>
    public Task<Message?> Retry(string source, string id, CancellationToken cancel = default) => house.Database.Commit(async unit =>
    {
        var parked = await unit.First($"select by_user, body from inbox where source = {source} and id = {id} and state = 'parked'", row => (User: row.TextOrNull(0), Body: row.Text(1)));
        if (parked.Body is null) return new Message("There is no parked event of that name.");
        var why = await Handle(unit, CloudEvent.Read(Encoding.UTF8.GetBytes(parked.Body), out _)!, parked.User);
        var written = why is null ? await unit.Execute($"update inbox set state = 'taken', why = null, body = null where source = {source} and id = {id} and state = 'parked'")
            : await unit.Execute($"update inbox set why = {why.ToText()} where source = {source} and id = {id} and state = 'parked'");
        return written == 1 ? why : throw new StoreConflictException("Somebody else has tried it meanwhile.");
    }, cancel);

    async Task<Message?> Handle(Unit unit, CloudEvent arrived, string? user)
    {
        if (house.Arrivals().FirstOrDefault(h => h.Type == arrived.Type) is not { } handler) return new Message("Nothing here takes events of the type {type}.", ("type", arrived.Type));
        return await handler.Take(unit, arrived, Tokens.CallerFor(house.Council, user, house.Now));
    }

    /// <summary>What is parked, the oldest first.</summary>
    public static Task<List<ParkedArrival>> Parked(Session session, int most = 200)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select source, id, type, arrived, by_user, why from inbox where state = 'parked' order by arrived, source, id limit {most}",
            row => new ParkedArrival(row.Text(0), row.Text(1), row.Text(2), row.Instant(3), row.TextOrNull(4), Message.FromText(row.Text(5))));
    }

    /// <summary>How many are parked, counted up to a thousand.</summary>
    public static Task<long> CountParked(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Number($"select count(*) from (select 1 from inbox where state = 'parked' limit 1000) as parked");
    }

    /// <summary>Takes away what came long ago; says how many.</summary>
    public static Task<int> EraseOld(Unit unit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from inbox where arrived < {now - Kept}");
    }
}
