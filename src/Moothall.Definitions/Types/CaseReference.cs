using System.Security.Cryptography;

namespace Moothall.Definitions;

/// <summary>
/// References as people read them out: `POT-7F3K-92QX`, the service's prefix and eight of Crockford's 32 symbols, of which the last is a check.
/// The check is a weighted sum in the field of 32 elements: any one wrong symbol and any two exchanged symbols are noticed (docs/reference/references.md).
/// </summary>
public static class CaseReference
{
    internal const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new reference, unguessable enough that counting on is no use, not secret.</summary>
    public static string New(string prefix)
    {
        Span<byte> random = stackalloc byte[7];
        RandomNumberGenerator.Fill(random);
        Span<int> values = stackalloc int[8];
        for (var i = 0; i < 7; i++) values[i] = random[i] & 31;
        values[7] = Check(values[..7]);
        Span<char> text = stackalloc char[9];
        for (var i = 0; i < 8; i++) text[i < 4 ? i : i + 1] = Symbols[values[i]];
        text[4] = '-';
        return $"{prefix}-{text}";
    }

    /// <summary>
    /// A reference as somebody typed it, in its proper form: case, spaces and hyphens do not matter, O is 0, I and L are 1.
    /// Null when it is none: wrong length, symbol or check.
    /// </summary>
    public static string? Tidy(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        Span<char> kept = stackalloc char[16];
        var length = 0;
        foreach (var c in typed)
        {
            if (char.IsWhiteSpace(c) || c is '-' or '\u2010' or '\u2011' or '\u2013') continue;
            if (length == kept.Length || !char.IsAsciiLetterOrDigit(c)) return null;
            kept[length++] = char.ToUpperInvariant(c);
        }
        if (length is < 10 or > 14) return null;
        Span<int> values = stackalloc int[8];
        for (var i = 0; i < 8; i++)
        {
            var c = kept[length - 8 + i] switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            values[i] = Symbols.IndexOf(c, StringComparison.Ordinal);
            if (values[i] < 0) return null;
            kept[length - 8 + i] = c;
        }
        var prefix = kept[..(length - 8)];
        foreach (var c in prefix) if (!char.IsAsciiLetter(c)) return null;
        return Check(values[..7]) == values[7] ? $"{prefix}-{kept[(length - 8)..(length - 4)]}-{kept[(length - 4)..length]}" : null;
    }

    /// <summary>The check symbol's value: over GF(2^5) with x^5 + x^2 + 1, the sum of each symbol times a power of x, x^2 for the seventh up to x^8 for the first.</summary>
    static int Check(ReadOnlySpan<int> values)
    {
        var (sum, weight) = (0, 4);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            sum ^= Multiply(weight, values[i]);
            weight = Multiply(weight, 2);
        }
        return sum;
    }

    static int Multiply(int a, int b)
    {
        var product = 0;
        for (; b > 0; b >>= 1, a = (a & 16) != 0 ? ((a << 1) ^ 0b100101) & 31 : a << 1)
            if ((b & 1) != 0) product ^= a;
        return product;
    }
}
