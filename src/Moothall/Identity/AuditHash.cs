using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What is personal in an entry, and can be erased.</summary>
public sealed record AuditContent(string? Who, string? Acting, string? About, string? Why, string? Detail);

/// <summary>The hashes of the audit log: SHA-256 over bytes of which every length is said, so that no two things have the same bytes.</summary>
public static class AuditHash
{
    /// <summary>The bytes of a hash.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;
    const int SaltBytes = 16;

    /// <summary>The chain before the first batch.</summary>
    public static byte[] Beginning => new byte[Bytes];

    /// <summary>A salt, without which nobody can try out what was erased.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>The hash of what an entry says.</summary>
    public static byte[] OfContent(byte[] salt, AuditContent content)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentNullException.ThrowIfNull(content);
        var most = salt.Length + (5 * sizeof(int)) + Most(content.Who) + Most(content.Acting) + Most(content.About) + Most(content.Why) + Most(content.Detail);
        Span<byte> bytes = most <= 1024 ? stackalloc byte[1024] : new byte[most];
        salt.CopyTo(bytes);
        var length = salt.Length;
        Write(bytes, ref length, content.Who);
        Write(bytes, ref length, content.Acting);
        Write(bytes, ref length, content.About);
        Write(bytes, ref length, content.Why);
        Write(bytes, ref length, content.Detail);
        return SHA256.HashData(bytes[..length]);
    }

    /// <summary>The digest of an entry as the chain knows it: its kind, time and council, and the hash of what it says.</summary>
    public static byte[] OfEntry(string kind, Instant at, string authority, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var most = Most(kind) + Most(authority) + content.Length + (3 * sizeof(int)) + sizeof(long);
        Span<byte> bytes = most <= 1024 ? stackalloc byte[1024] : new byte[most];
        var length = 0;
        Write(bytes, ref length, kind);
        BinaryPrimitives.WriteInt64BigEndian(bytes[length..], Microseconds(at));
        length += sizeof(long);
        Write(bytes, ref length, authority);
        BinaryPrimitives.WriteInt32BigEndian(bytes[length..], content.Length);
        length += sizeof(int);
        content.CopyTo(bytes[length..]);
        return SHA256.HashData(bytes[..(length + content.Length)]);
    }

    /// <summary>
    /// The root of the tree over the digests of a batch, as in RFC 6962: a leaf is its position and the digest, and leaves and branches begin with different bytes, so that none can be
    /// taken for the other.
    /// </summary>
    /// <param name="first">The position of the first digest.</param>
    public static byte[] Root(ReadOnlySpan<byte> digests, long first)
    {
        var leaves = new byte[digests.Length];
        Span<byte> leaf = stackalloc byte[1 + sizeof(long) + Bytes];
        for (var i = 0; i * Bytes < digests.Length; i++)
        {
            leaf[0] = 0;
            BinaryPrimitives.WriteInt64BigEndian(leaf[1..], first + i);
            digests.Slice(i * Bytes, Bytes).CopyTo(leaf[(1 + sizeof(long))..]);
            SHA256.HashData(leaf, leaves.AsSpan(i * Bytes, Bytes));
        }
        return Branch(leaves);
    }

    static byte[] Branch(ReadOnlySpan<byte> leaves)
    {
        var count = leaves.Length / Bytes;
        if (count <= 1) return count == 0 ? new byte[Bytes] : leaves.ToArray();
        var left = (int)(BitOperations.RoundUpToPowerOf2((uint)count) / 2);
        Span<byte> both = stackalloc byte[1 + (2 * Bytes)];
        both[0] = 1;
        Branch(leaves[..(left * Bytes)]).CopyTo(both[1..]);
        Branch(leaves[(left * Bytes)..]).CopyTo(both[(1 + Bytes)..]);
        return SHA256.HashData(both);
    }

    /// <summary>The chain after a batch.</summary>
    public static byte[] Chain(byte[] before, AuditBatch batch)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(batch);
        Span<byte> bytes = stackalloc byte[1 + (2 * Bytes) + (5 * sizeof(long))];
        bytes[0] = 2;
        var length = 1;
        foreach (var number in (ReadOnlySpan<long>)[batch.Number, batch.First, batch.Last, Microseconds(batch.Sealed), (batch.Day.Year * 10_000) + (batch.Day.Month * 100) + batch.Day.Day])
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes[length..], number);
            length += sizeof(long);
        }
        before.CopyTo(bytes[length..]);
        batch.Root.CopyTo(bytes[(length + Bytes)..]);
        return SHA256.HashData(bytes);
    }

    static long Microseconds(Instant at) => at.ToUnixTimeTicks() / 10;

    static int Most(string? text) => text is null ? 0 : Encoding.UTF8.GetMaxByteCount(text.Length);

    // Nothing and an empty text are two things.
    static void Write(Span<byte> bytes, ref int length, string? text)
    {
        var written = text is null ? 0 : Encoding.UTF8.GetBytes(text, bytes[(length + sizeof(int))..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[length..], text is null ? -1 : written);
        length += sizeof(int) + written;
    }
}
