using System.Security.Cryptography;
using System.Text;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// A short code that somebody reads out so that an advisor can open their own draft and finish it with them. It is made from the draft and the half hour,
/// so the same page shows the same code again; only its hash is kept, and not for long.
/// </summary>
public static class HelpCodes
{
    /// <summary>How long a code is good for after it was shown.</summary>
    public static readonly Duration Life = Duration.FromMinutes(30);
    /// <summary>Its letters and digits.</summary>
    public const int Length = 8;

    /// <summary>The code of a draft now, ready to be looked up.</summary>
    public static async Task<string> Show(Unit unit, House house, string draft)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        var now = house.Now;
        var code = house.Codes.For("help/" + draft, (int)(now.ToUnixTimeSeconds() / (long)Life.TotalSeconds))[..Length];
        var (hash, until) = (HashOf(code), now + Life);
        await Forget(unit, now);
        await unit.Execute($"insert into draft_help (code_hash, draft, until) values ({hash}, {draft}, {until}) on conflict (code_hash) do update set draft = excluded.draft, until = excluded.until");
        return code;
    }

    /// <summary>The open draft of a code as somebody typed it; null when there is none, or its time is over.</summary>
    public static async Task<Draft?> Find(Session session, string typed, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(typed);
        var code = new string([.. typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
        if (code.Length != Length) return null;
        var hash = HashOf(code);
        return await session.First($"select draft from draft_help where code_hash = {hash} and until > {now}", row => row.Text(0)) is { } id
            && await DraftRows.Find(session, id) is { IsOpen: true } draft ? draft : null;
    }

    /// <summary>Erases the codes of a draft.</summary>
    internal static Task Erase(Unit unit, string draft) => unit.Execute($"delete from draft_help where draft = {draft}");

    /// <summary>Forgets codes whose half hour is over.</summary>
    public static Task<int> Forget(Unit unit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from draft_help where until < {now}");
    }

    static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}
