using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Bearer tokens with which programs act as a member of staff or a partner. A token is shown once; only its SHA-256 is kept, which is enough because it
/// is 256 random bits. A lookup is remembered for a few seconds, so a token revoked on one node may live that long on another.
/// </summary>
public sealed class Tokens
{
    const string Prefix = "mh_";
    const int RandomBytes = 32;
    const int MostRemembered = 10_000;
    static readonly Duration Remembered = Duration.FromSeconds(5);
    static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(RandomBytes);

    readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>A good token as it was read: whose, until when, and when it was read.</summary>
    readonly record struct Known(string Member, Instant? Expires, Instant Read);

    /// <summary>Makes a token for a member of staff or a partner; nothing can show it again.</summary>
    /// <param name="by">Who has it made; whoever runs the server where nobody is said.</param>
    public static async Task<string> Create(Unit unit, string member, Instant now, Duration? expires = null, AuditBy? by = null, Message? detail = null)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        Instant? until = expires is { } lasts ? now + lasts : null;
        await unit.Execute($"insert into token (hash, member, created, expires) values ({HashOf(token)}, {member}, {now}, {until})");
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.TokenMade, by ?? AuditBy.CommandLine, Audit.Staff(member)) { Detail = [.. until is { } end ? [new Message("Good until {time}.", ("time", NodaTime.Text.InstantPattern.General.Format(end)))] : Array.Empty<Message>(), .. detail is null ? Array.Empty<Message>() : [detail]] });
        return token;
    }

    /// <summary>Whose token it is; null when it is none, has expired or was revoked. Asks the store only when it was not asked in the last seconds.</summary>
    public async Task<string?> FindMember(Database database, string token, Instant now)
    {
        if (!LooksLikeToken(token))
            return null;
        return Remember(HashOf(token), now) ?? await database.Read(session => FindMember(session, token, now));
    }

    /// <summary>The same, with a session that is already open.</summary>
    public async Task<string?> FindMember(Session session, string token, Instant now)
    {
        if (!LooksLikeToken(token))
            return null;
        var hash = HashOf(token);
        if (Remember(hash, now) is { } member)
            return member;
        var found = await session.Query($"select member, expires from token where hash = {hash} and revoked is null", row => new Known(row.Text(0), row.InstantOrNull(1), now));
        if (found is not [var read] || read.Expires <= now)
            return null;
        if (known.Count >= MostRemembered)
            known.Clear();
        known[hash] = read;
        return read.Member;
    }

    string? Remember(string hash, Instant now)
    {
        if (!known.TryGetValue(hash, out var read))
            return null;
        if (now >= read.Read && now < read.Read + Remembered && !(read.Expires <= now))
            return read.Member;
        known.TryRemove(hash, out _);
        return null;
    }

    /// <summary>Ends a token; false when there was none to end. Other nodes follow within seconds.</summary>
    public async Task<bool> Revoke(Unit unit, string token, Instant now)
    {
        var hash = HashOf(token);
        var ended = await unit.Execute($"update token set revoked = {now} where hash = {hash} and revoked is null");
        known.TryRemove(hash, out _);
        return ended > 0;
    }

    /// <summary>Ends all tokens of a member, as when somebody leaves; says how many.</summary>
    public async Task<int> RevokeAllOf(Unit unit, string member, Instant now)
    {
        var ended = await unit.Execute($"update token set revoked = {now} where member = {member} and revoked is null");
        known.Clear();
        return ended;
    }

    /// <summary>Who a token's member is: nobody when the council's files no longer name them.</summary>
    public static Caller CallerFor(CouncilFiles council, string? member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(council);
        return member is not null && council.Members.TryGetValue(member, out var found) ? Caller.Of(council, found, council.DayOf(now)) : Caller.Nobody;
    }

    /// <summary>The same without what was given for a time.</summary>
    public static Caller CallerFor(CouncilFiles council, string? member)
    {
        ArgumentNullException.ThrowIfNull(council);
        return member is not null && council.Members.TryGetValue(member, out var found) ? Caller.Of(council, found, null) : Caller.Nobody;
    }

    static bool LooksLikeToken(string token) => token.Length == Length && token.StartsWith(Prefix, StringComparison.Ordinal);

    static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
