using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Moothall.Identity;

/// <summary>Codes of links and cookies: 192 random bits, shown once and kept only as a SHA-256, which is enough for so many random bits.</summary>
static class OneTimeCodes
{
    const int RandomBytes = 24;
    static readonly int Length = Base64Url.GetEncodedLength(RandomBytes);

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What is kept of a code; null for what cannot be one.</summary>
    public static string? HashOf(string? code) => code?.Length == Length ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))) : null;
}
