using Moothall.Council;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Rows of tokens that expired or were revoked: they go by a list, thirty days after. On it a token is called by the first letters of its hash, which is all that is
/// kept of it. A hold on the person whose it was keeps it.
/// </summary>
public static class EndedTokens
{
    static readonly Duration Kept = Duration.FromDays(30);
    const int Letters = 12;

    /// <summary>Those whose time is over, by their letters.</summary>
    public static Task<List<LooseRecord>> Over(Session session, CouncilFiles council, IReadOnlySet<string> heldPeople, Instant now, string after, int most) =>
        Over(session, council, heldPeople, now, Behind(after), "g", most);

    /// <summary>One of them; null when it is gone or its time is not over.</summary>
    public static async Task<LooseRecord?> FindOver(Session session, CouncilFiles council, IReadOnlySet<string> heldPeople, Instant now, string key) =>
        IsKey(key) ? (await Over(session, council, heldPeople, now, key, Behind(key), 1)).FirstOrDefault() : null;

    static Task<List<LooseRecord>> Over(Session session, CouncilFiles council, IReadOnlySet<string> heldPeople, Instant now, string from, string upTo, int most)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(heldPeople);
        var before = now - Kept;
        return session.Query($"select hash, member, expires, revoked from token where (expires < {before} or revoked < {before}) and hash >= {from} and hash < {upTo} order by hash limit {most}", row =>
        {
            var (member, expires, revoked) = (row.Text(1), row.InstantOrNull(2), row.InstantOrNull(3));
            return new LooseRecord(row.Text(0)[..Letters], "", "30 days after they ended", expires is { } e && revoked is { } r ? Instant.Min(e, r) : (expires ?? revoked)!.Value, member, IsHeld(council, heldPeople, member));
        });
    }

    static bool IsHeld(CouncilFiles council, IReadOnlySet<string> people, string member)
    {
        var found = council.Members.GetValueOrDefault(member);
        return people.Any(p => string.Equals(p, member, StringComparison.OrdinalIgnoreCase) || string.Equals(p, found?.Email, StringComparison.OrdinalIgnoreCase) || string.Equals(p, found?.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whose a token is for lists: nobody's alone; null when there is none.</summary>
    public static async Task<string?> AuthorityOf(Session session, string key)
    {
        ArgumentNullException.ThrowIfNull(session);
        return IsKey(key) && await session.Number($"select count(*) from token where hash >= {key} and hash < {Behind(key)}") > 0 ? "" : null;
    }

    /// <summary>Takes the row away.</summary>
    public static Task Erase(Unit unit, string key)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from token where hash >= {key} and hash < {Behind(key)} and (expires is not null or revoked is not null)");
    }

    static bool IsKey(string key) => key.Length == Letters && key.All(char.IsAsciiHexDigitLower);

    // A hash is written in 0 to f, so all that begin with some letters lie between these and these with a g.
    static string Behind(string key) => key.Length == 0 ? "" : key + "g";
}
