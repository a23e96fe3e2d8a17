using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A public key that was registered for a program. Its id is its thumbprint.</summary>
public sealed record ClientKey(string Id, string Member, PublicKey Key, Instant Made, string? MadeBy);

/// <summary>Public keys of programs that fetch short tokens (`/oauth/token`). A program may have two for as long as it changes over.</summary>
public static class ClientKeys
{
    const int Most = 500;

    /// <summary>Registers a key; null when it is there already, whosever it is.</summary>
    public static async Task<ClientKey?> Add(Unit unit, string member, PublicKey key, AuditBy by, Instant now, Message? detail = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(by);
        if (await unit.Number($"select count(*) from client_key where id = {key.Thumbprint}") > 0) return null;
        var person = by == AuditBy.CommandLine ? null : by.Id;
        await unit.Execute($"insert into client_key (id, member, jwk, made, made_by) values ({key.Thumbprint}, {member}, {key.Jwk}, {now}, {person})");
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.KeyRegistered, by, Audit.Staff(member)) { Detail = [new Message("Key {id}.", ("id", key.Thumbprint)), .. detail is null ? Array.Empty<Message>() : [detail]] });
        return new ClientKey(key.Thumbprint, member, key, now, person);
    }

    /// <summary>The keys of a program that count.</summary>
    public static Task<List<ClientKey>> Of(Session session, string member)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select id, member, jwk, made, made_by from client_key where member = {member} and ended is null order by made limit 20", Read);
    }

    /// <summary>All that count, the newest first.</summary>
    public static Task<List<ClientKey>> All(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select id, member, jwk, made, made_by from client_key where ended is null order by made desc limit {Most}", Read);
    }

    /// <summary>One that counts.</summary>
    public static Task<ClientKey?> Find(Session session, string id)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select id, member, jwk, made, made_by from client_key where id = {id} and ended is null", Read);
    }

    /// <summary>Ends a key.</summary>
    public static async Task End(Unit unit, ClientKey key, AuditBy by, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(key);
        await unit.Execute($"update client_key set ended = {now} where id = {key.Id} and ended is null");
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.KeyEnded, by, Audit.Staff(key.Member)) { Detail = [new Message("Key {id}.", ("id", key.Id))] });
    }

    static ClientKey Read(Row row) => new(row.Text(0), row.Text(1), new PublicKey(row.Text(0), row.Text(2)), row.Instant(3), row.TextOrNull(4));
}
