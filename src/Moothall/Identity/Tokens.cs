using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>A token to be made.</summary>
/// <param name="Member">Who the program acts as.</param>
public sealed record NewToken(string Member, Instant Now)
{
    /// <summary>What it is for, in the words of whoever made it.</summary>
    public string? Name { get; init; }
    /// <summary>The scopes in a line; null does all that the member may.</summary>
    public string? Scopes { get; init; }
    /// <summary>How long it lasts; null never ends by itself.</summary>
    public Duration? Lasts { get; init; }
    /// <summary>Who has it made.</summary>
    public AuditBy By { get; init; } = AuditBy.CommandLine;
    /// <summary>What more the audit log is told.</summary>
    public Message? Detail { get; init; }
    /// <summary>Whether it takes the place of another.</summary>
    public bool Replaces { get; init; }
    /// <summary>Whether it is a short one that a program fetched with its key.</summary>
    public bool IsFetched { get; init; }
}

/// <summary>A token as it is shown, which is once, and what is kept of it.</summary>
public sealed record MadeToken(string Token, KeptToken Kept);

/// <summary>What is kept of a token: never the token itself. Its id is the first letters of its hash.</summary>
public sealed record KeptToken(string Id, string Member, string? Name, string? Scopes, Instant Created, Instant? Expires, string? MadeBy);

/// <summary>Whose a token is that came with a request, and what it is limited to.</summary>
public readonly record struct TokenHolder(string Member, IReadOnlySet<Right>? Only);

/// <summary>
/// Bearer tokens with which programs act as a member of staff or a partner. A token is shown once; only its SHA-256 is kept, which is enough because it
/// is 256 random bits. A lookup is remembered for a few seconds, so a token revoked on one node may live that long on another.
/// </summary>
public sealed class Tokens
{
    const string Prefix = "mh_";
    const int RandomBytes = 32, IdLetters = 12;
    const int MostRemembered = 10_000, MostListed = 1_000;
    static readonly Duration Remembered = Duration.FromSeconds(5);
    static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(RandomBytes);

    // One memory for the whole process, so that whoever ends a token here ends it for everybody here.
    static readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>A good token as it was read: whose, until when, and when it was read.</summary>
    readonly record struct Known(TokenHolder Holder, Instant? Expires, Instant Read);

    /// <summary>Makes a token for a member of staff or a partner; nothing can show it again.</summary>
    /// <param name="by">Who has it made; whoever runs the server where nobody is said.</param>
    public static async Task<string> Create(Unit unit, string member, Instant now, Duration? expires = null, AuditBy? by = null, Message? detail = null) =>
        (await Make(unit, new NewToken(member, now) { Lasts = expires, By = by ?? AuditBy.CommandLine, Detail = detail })).Token;

    /// <summary>The same, with what it is called and may be used for.</summary>
    public static async Task<MadeToken> Make(Unit unit, NewToken wanted)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(wanted);
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        var (hash, kind, by) = (HashOf(token), wanted.IsFetched ? "fetched" : "token", wanted.By == AuditBy.CommandLine ? null : wanted.By.Id);
        Instant? until = wanted.Lasts is { } lasts ? wanted.Now + lasts : null;
        await unit.Execute($"""
            insert into token (hash, member, created, expires, name, scopes, made_by, kind) values ({hash}, {wanted.Member}, {wanted.Now}, {until}, {wanted.Name}, {wanted.Scopes}, {by}, {kind})
            """);
        var detail = new List<Message>();
        if (until is { } end) detail.Add(new Message("Good until {time}.", ("time", NodaTime.Text.InstantPattern.General.Format(end))));
        if (wanted.Scopes is not null) detail.Add(new Message("Scopes: {scopes}.", ("scopes", wanted.Scopes)));
        if (wanted.Detail is not null) detail.Add(wanted.Detail);
        await Audit.Note(unit, wanted.Now, new AuditEntry(wanted.IsFetched ? AuditKinds.TokenFetched : wanted.Replaces ? AuditKinds.TokenChangedOver : AuditKinds.TokenMade, wanted.By, Audit.Staff(wanted.Member)) { Detail = detail });
        return new MadeToken(token, new KeptToken(hash[..IdLetters], wanted.Member, wanted.Name, wanted.Scopes, wanted.Now, until, by));
    }

    /// <summary>Makes another in place of one, for as long as that was made for; the one before ends after an overlap, or when it would have ended.</summary>
    public static async Task<MadeToken> Rotate(Unit unit, KeptToken before, AuditBy by, Duration overlap, Instant now, Message? detail = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(before);
        var made = await Make(unit, new NewToken(before.Member, now) { Name = before.Name, Scopes = before.Scopes, Lasts = before.Expires - before.Created, By = by, Detail = detail, Replaces = true });
        var (ends, from, to) = (now + overlap, before.Id, Behind(before.Id));
        await unit.Execute($"update token set expires = {ends} where hash >= {from} and hash < {to} and revoked is null and (expires is null or expires > {ends})");
        Forget(before);
        return made;
    }

    /// <summary>Whose token it is; null when it is none, has expired or was revoked. Asks the store only when it was not asked in the last seconds.</summary>
    public async Task<TokenHolder?> FindHolder(Database database, string token, Instant now)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (!LooksLikeToken(token)) return null;
        return Remember(HashOf(token), now) ?? await database.Read(session => FindHolder(session, token, now));
    }

    /// <summary>The same, with a session that is already open.</summary>
    public async Task<TokenHolder?> FindHolder(Session session, string token, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!LooksLikeToken(token)) return null;
        var hash = HashOf(token);
        if (Remember(hash, now) is { } holder) return holder;
        var found = await session.Query($"select member, scopes, expires from token where hash = {hash} and revoked is null", row => new Known(new TokenHolder(row.Text(0), Scopes.RightsOf(row.TextOrNull(1))), row.InstantOrNull(2), now));
        if (found is not [var read] || read.Expires <= now) return null;
        if (known.Count >= MostRemembered) known.Clear();
        known[hash] = read;
        return read.Holder;
    }

    /// <summary>The member whose token it is.</summary>
    public async Task<string?> FindMember(Database database, string token, Instant now) => (await FindHolder(database, token, now))?.Member;

    /// <summary>The same, with a session that is already open.</summary>
    public async Task<string?> FindMember(Session session, string token, Instant now) => (await FindHolder(session, token, now))?.Member;

    static TokenHolder? Remember(string hash, Instant now)
    {
        if (!known.TryGetValue(hash, out var read)) return null;
        if (now >= read.Read && now < read.Read + Remembered && !(read.Expires <= now)) return read.Holder;
        known.TryRemove(hash, out _);
        return null;
    }

    /// <summary>The tokens that count and were not fetched with a key, the newest first.</summary>
    public static Task<List<KeptToken>> All(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"""
            select hash, member, name, scopes, created, expires, made_by from token where kind = 'token' and revoked is null and (expires is null or expires > {now}) order by created desc, hash limit {MostListed}
            """, Read);
    }

    /// <summary>One of them by its id.</summary>
    public static async Task<KeptToken?> Find(Session session, string id, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (id is not { Length: IdLetters } || !id.All(char.IsAsciiHexDigitLower)) return null;
        return await session.First($"""
            select hash, member, name, scopes, created, expires, made_by from token where hash >= {id} and hash < {Behind(id)} and kind = 'token' and revoked is null and (expires is null or expires > {now})
            """, Read);
    }

    /// <summary>Ends one of them. Other nodes follow within seconds.</summary>
    public static async Task End(Unit unit, KeptToken token, AuditBy by, Instant now, Message? detail = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(token);
        await unit.Execute($"update token set revoked = {now} where hash >= {token.Id} and hash < {Behind(token.Id)} and revoked is null");
        await Audit.Note(unit, now, new AuditEntry(AuditKinds.TokenEnded, by, Audit.Staff(token.Member)) { Detail = detail is null ? [] : [detail] });
        Forget(token);
    }

    /// <summary>Ends a token; false when there was none to end. Other nodes follow within seconds.</summary>
    public async Task<bool> Revoke(Unit unit, string token, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var hash = HashOf(token);
        var ended = await unit.Execute($"update token set revoked = {now} where hash = {hash} and revoked is null");
        known.TryRemove(hash, out _);
        return ended > 0;
    }

    /// <summary>Ends all tokens of a member, as when somebody leaves; says how many.</summary>
    public async Task<int> RevokeAllOf(Unit unit, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var ended = await unit.Execute($"update token set revoked = {now} where member = {member} and revoked is null");
        foreach (var (hash, read) in known)
            if (read.Holder.Member == member) known.TryRemove(hash, out _);
        return ended;
    }

    /// <summary>Takes away what is kept of short tokens that are over.</summary>
    internal static Task Tidy(Unit unit, Instant now) => unit.Execute($"delete from token where kind = 'fetched' and expires < {now}");

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

    /// <summary>The same, limited to what the token is for.</summary>
    public static Caller CallerOf(CouncilFiles council, TokenHolder? holder, Instant now) =>
        CallerFor(council, holder?.Member, now) is { IsSignedIn: true } caller ? caller with { Only = holder!.Value.Only } : Caller.Nobody;

    static void Forget(KeptToken token)
    {
        foreach (var hash in known.Keys)
            if (hash.StartsWith(token.Id, StringComparison.Ordinal)) known.TryRemove(hash, out _);
    }

    static KeptToken Read(Row row) => new(row.Text(0)[..IdLetters], row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.Instant(4), row.InstantOrNull(5), row.TextOrNull(6));

    // A hash is written in 0 to f, so all that begin with some letters lie before these with a g.
    static string Behind(string id) => id + "g";

    static bool LooksLikeToken(string token) => token is not null && token.Length == Length && token.StartsWith(Prefix, StringComparison.Ordinal);

    static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
