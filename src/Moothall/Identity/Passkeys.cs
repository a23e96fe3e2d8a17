using System.Security.Cryptography;
using System.Text;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A passkey of a member of staff: its public half, where it works, and when it was used.</summary>
/// <param name="Id">The credential's id in base64url.</param>
/// <param name="Site">The host name that it was made for; it works nowhere else.</param>
public sealed record Passkey(string Id, string Member, string Site, string Name, byte[] PublicKey, uint SignCount, IReadOnlyList<string> Transports, bool BackupEligible, bool BackedUp,
    Instant Made, Instant? LastUsed);

/// <summary>Passkeys as rows. Nothing secret is among them: the private half never leaves the person's device.</summary>
public static class Passkeys
{
    /// <summary>What a person's devices know them by: no name, as WebAuthn asks (14.6.1), and the same each time.</summary>
    public static string HandleOf(string member) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("staff/" + member)))[..32];

    /// <summary>Whose a handle is; null when no passkey has it.</summary>
    public static Task<string?> MemberOf(Session session, string handle) => session.First($"select member from passkey where handle = {handle} limit 1", row => row.Text(0));

    /// <summary>The passkey of a credential's id, or null.</summary>
    public static Task<Passkey?> Find(Session session, string id) => session.First($"""
        select id, member, site, name, public_key, sign_count, transports, backup_eligible, backed_up, made, last_used from passkey where id = {id}
        """, Read);

    /// <summary>Somebody's passkeys, the oldest first.</summary>
    public static Task<List<Passkey>> Of(Session session, string member) => session.Query($"""
        select id, member, site, name, public_key, sign_count, transports, backup_eligible, backed_up, made, last_used from passkey where member = {member} order by made, id
        """, Read);

    /// <summary>Keeps a passkey that somebody made for themselves. Those of staff stand in the audit log.</summary>
    public static async Task Add(Unit unit, Passkey key)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(key);
        await unit.Execute($"""
            insert into passkey (id, member, handle, site, name, public_key, sign_count, transports, backup_eligible, backed_up, made, last_used)
            values ({key.Id}, {key.Member}, {HandleOf(key.Member)}, {key.Site}, {key.Name}, {key.PublicKey}, {(long)key.SignCount}, {string.Join(' ', key.Transports)}, {key.BackupEligible}, {key.BackedUp},
                {key.Made}, {key.LastUsed})
            """);
        if (Accounts.OfHolder(key.Member) is null) await Audit.Note(unit, key.Made, new AuditEntry(AuditKinds.PasskeyAdded, AuditBy.Member(key.Member), Audit.Staff(key.Member)) { Detail = [new Message("{device}, for {site}.", ("device", key.Name), ("site", key.Site))] });
    }

    /// <summary>Says that a passkey was used; false when it is gone, or its counter moved on meanwhile.</summary>
    public static async Task<bool> Used(Unit unit, string id, uint signCount, bool backedUp, Instant now) =>
        await unit.Execute($"update passkey set sign_count = {(long)signCount}, backed_up = {backedUp}, last_used = {now} where id = {id} and sign_count <= {(long)signCount}") == 1;

    /// <summary>Removes one passkey of somebody; false when it is none of theirs.</summary>
    public static async Task<bool> Remove(Unit unit, string member, string id, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (await unit.Execute($"delete from passkey where id = {id} and member = {member}") != 1) return false;
        if (Accounts.OfHolder(member) is null) await Audit.Note(unit, now, new AuditEntry(AuditKinds.PasskeyRemoved, AuditBy.Member(member), Audit.Staff(member)));
        return true;
    }

    /// <summary>Removes all passkeys of somebody.</summary>
    public static Task<int> RemoveAllOf(Unit unit, string member) => unit.Execute($"delete from passkey where member = {member}");

    /// <summary>Takes an answer to a challenge, once; false when it was taken before.</summary>
    public static async Task<bool> TakeChallenge(Unit unit, string challenge, Instant until)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(challenge)));
        if (await unit.Number($"select count(*) from answered_challenge where hash = {hash}") > 0) return false;
        await unit.Execute($"insert into answered_challenge (hash, until) values ({hash}, {until})");
        return true;
    }

    static Passkey Read(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Bytes(4), (uint)row.Long(5), row.Text(6).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.Bool(7), row.Bool(8), row.Instant(9), row.InstantOrNull(10));
}
