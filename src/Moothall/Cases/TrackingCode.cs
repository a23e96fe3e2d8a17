using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// The secret of a link to a case: HMAC-SHA256 of (key, reference, number), 80 bits in 16 of Crockford's symbols. Followers of the log can make it again;
/// raising the case's number revokes it. Keys live in the store, made once by the first node that needs one.
/// </summary>
public sealed class TrackingCodes
{
    const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    readonly byte[] key;
    readonly ConcurrentBag<IncrementalHash> ready = [];

    TrackingCodes(byte[] key) => this.key = key;

    /// <summary>Reads the key, or makes it where there is none yet.</summary>
    public static async Task<TrackingCodes> Open(Database database, Instant now) =>
        new(await database.Commit(async unit =>
        {
            var found = await unit.First($"select secret from link_key where id = 1", row => row.Bytes(0));
            if (found is not null) return found;
            var made = RandomNumberGenerator.GetBytes(32);
            await unit.Execute($"insert into link_key (id, secret, created) values (1, {made}, {now})");
            return made;
        }));

    /// <summary>The code of a case's link.</summary>
    public string For(string reference, int number) => Code($"1|{reference}|{number}");

    /// <summary>The code of the link with which somebody asks for the same again.</summary>
    public string ForAgain(string reference, int number) => Code($"again|{reference}|{number}");

    /// <summary>Whether a code opens the answers of a case for asking again; compared as that of the case.</summary>
    public bool OpensAgain(string code, string reference, int number) => AreTheSame(code, ForAgain(reference, number));

    /// <summary>The code of a follower's own link.</summary>
    public string ForFollower(string follower) => Code($"follower|{follower}");

    /// <summary>The code of the link with which somebody comes back to a draft; raising the number revokes it.</summary>
    public string ForReturn(string draftId, int number) => Code($"return|{draftId}|{number}");

    /// <summary>The code of the link with which a second person agrees to a case; raising the number revokes it.</summary>
    public string ForCoSign(string reference, int number) => Code($"co-sign|{reference}|{number}");

    /// <summary>The proof that whoever holds the code of such a link has said the address it was sent to.</summary>
    public string ForKnownCoSigner(string code) => Code($"co-signer|{Tidied(code)}");

    /// <summary>Whether a proof is that one; compared in constant time.</summary>
    public bool IsKnownCoSigner(string code, string proof) => AreTheSame(proof, ForKnownCoSigner(code));

    /// <summary>What is kept of a code that stands nowhere but in a mail.</summary>
    internal static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));

    /// <summary>The proof that a form was made for the browser that holds this secret.</summary>
    public string ForForm(string browser, string once) => Code($"form|{browser}|{once}");

    /// <summary>What stands in the store of somebody whose requests are counted, which says nothing of them to whoever reads it.</summary>
    public string ForLimit(string kind, string who) => Code($"limit|{kind}|{who}");

    string Code(string of)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(of, hash);
        Span<char> code = stackalloc char[16];
        for (var i = 0; i < 16; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[bit / 8 + 1];
            code[i] = Symbols[(pair >> (11 - bit % 8)) & 31];
        }
        return new string(code);
    }

    // Each form asks for a code and each answer for it again. A hash that has the key already costs a third of one that is given it anew each time.
    void Hash(string of, Span<byte> hash)
    {
        if (!ready.TryTake(out var mine)) mine = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> text = stackalloc byte[256];
        mine.AppendData(of.Length <= text.Length / 3 ? text[..Encoding.UTF8.GetBytes(of, text)] : Encoding.UTF8.GetBytes(of));
        mine.GetHashAndReset(hash);
        ready.Add(mine);
    }

    /// <summary>How long a link still opens a case after it was closed.</summary>
    public static readonly Duration LifeAfterClosing = Duration.FromDays(90);

    /// <summary>Whether the link of a case has ended, because the case was closed long ago.</summary>
    public static bool HasEnded(CouncilCase @case, Instant now)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return @case.Closed is { } closed && closed + LifeAfterClosing < now;
    }

    /// <summary>Whether a code opens a case; compared in constant time, forgiving of case, spaces and hyphens.</summary>
    public bool Opens(string code, string reference, int number) => AreTheSame(code, For(reference, number));

    static bool AreTheSame(string code, string made) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Tidied(code)), Encoding.ASCII.GetBytes(made));

    /// <summary>A code as it was made, from what somebody typed or a link brought.</summary>
    public static string Tidied(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c })]);
    }
}
