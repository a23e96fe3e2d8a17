using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Moothall.Store;

namespace Moothall.Web;

/// <summary>
/// The keys of the council's own, outside the store, under which the store keeps the keys that seal cookies and forms: the first seals, all open. Empty where the council has set none.
/// </summary>
public sealed class KeyRing
{
    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    const string Sealed = "sealed:1:";

    readonly List<(string Id, byte[] Key)> keys;

    KeyRing(List<(string, byte[])> keys) => this.keys = keys;

    public static readonly KeyRing None = new([]);

    public bool IsEmpty => keys.Count == 0;

    /// <summary>Reads keys as they are set: 32 random bytes each in base64, divided by commas or lines; null when one is none.</summary>
    public static KeyRing? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var keys = new List<(string, byte[])>();
        foreach (var part in text.Split([',', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var bytes = new byte[KeyBytes + 2];
            if (!Convert.TryFromBase64String(part, bytes, out var count) || count != KeyBytes) return null;
            var key = bytes[..KeyBytes];
            keys.Add((Convert.ToHexStringLower(HMACSHA256.HashData(key, "moothall key id"u8))[..16], key));
        }
        return new KeyRing(keys);
    }

    /// <summary>A row as it is kept: AES-256-GCM under the first key, bound to the row.</summary>
    internal string Seal(string row, string text)
    {
        if (IsEmpty) return text;
        var (plain, all) = (Encoding.UTF8.GetBytes(text), new byte[NonceBytes + Encoding.UTF8.GetByteCount(text) + TagBytes]);
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(keys[0].Key, TagBytes);
        cipher.Encrypt(all.AsSpan(0, NonceBytes), plain, all.AsSpan(NonceBytes, plain.Length), all.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(row));
        return $"{Sealed}{keys[0].Id}:{Convert.ToBase64String(all)}";
    }

    /// <summary>What a row holds; null when no key that is set opens it.</summary>
    internal string? Open(string row, string kept)
    {
        if (!kept.StartsWith(Sealed, StringComparison.Ordinal)) return kept;
        if (kept[Sealed.Length..].Split(':') is not [var id, var text] || keys.FirstOrDefault(k => k.Id == id) is not { Key: { } key }) return null;
        try
        {
            var all = Convert.FromBase64String(text);
            var plain = new byte[all.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(all.AsSpan(0, NonceBytes), all.AsSpan(NonceBytes, plain.Length), all.AsSpan(NonceBytes + plain.Length), plain, Encoding.UTF8.GetBytes(row));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception trouble) when (trouble is CryptographicException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a row is kept as the first key would have it.</summary>
    internal bool IsSealedNow(string kept) => IsEmpty || kept.StartsWith($"{Sealed}{keys[0].Id}:", StringComparison.Ordinal);
}

/// <summary>
/// Data-protection keys in the store, so that any node reads the cookies and forms of any other; under the council's key ring where it has one. The framework makes a new one every 90 days and keeps the old
/// ones for what they sealed.
/// </summary>
public sealed class StoredKeys(Database database, KeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Rows().GetAwaiter().GetResult().Select(row => XElement.Parse(ring.Open(row.Id, row.Kept) ?? throw new CryptographicException("A key of the store is sealed by a key that is not set: see key-ring-key.")))];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var text = ring.Seal(friendlyName, element.ToString(SaveOptions.DisableFormatting));
        database.Commit(unit => unit.Execute($"insert into protection_key (id, xml) values ({friendlyName}, {text})")).GetAwaiter().GetResult();
    }

    /// <summary>Seals under the first key what is not yet; says whether every row could be opened.</summary>
    public static async Task<bool> Reseal(Database database, KeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(ring);
        foreach (var (id, kept) in await Rows(database))
        {
            if (ring.Open(id, kept) is not { } text) return false;
            if (ring.IsSealedNow(kept)) continue;
            var anew = ring.Seal(id, text);
            await database.Commit(unit => unit.Execute($"update protection_key set xml = {anew} where id = {id} and xml = {kept}"));
        }
        return true;
    }

    Task<List<(string Id, string Kept)>> Rows() => Rows(database);

    static Task<List<(string Id, string Kept)>> Rows(Database database) => database.Read(session => session.Query($"select id, xml from protection_key order by id", row => (row.Text(0), row.Text(1))));
}
