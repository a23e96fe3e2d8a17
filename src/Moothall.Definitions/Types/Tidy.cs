using System.Globalization;
using System.Text;

namespace Moothall.Definitions;

/// <summary>
/// Makes typed text fit to keep: NFC, no control characters, no lone surrogates, nothing invisible in single lines.
/// Tidying twice gives the same as tidying once. Joiners stay between letters of scripts whose spelling needs them (Persian, Sinhala).
/// </summary>
public static class Tidy
{
    /// <summary>One line: any run of white space becomes one space; bidirectional marks and zero-width characters go.</summary>
    public static string Line(string typed)
    {
        if (IsPlain(typed))
            return typed;
        var kept = new StringBuilder(typed.Length);
        Rune? before = null;
        for (var at = 0; at < typed.Length;)
        {
            var (rune, next) = Take(typed, at);
            at = next;
            if (rune is not { } r || IsNonCharacter(r))
                continue;
            if (IsBlank(r))
            {
                if (kept.Length > 0 && kept[^1] != ' ')
                    kept.Append(' ');
                before = null;
            }
            else if (IsJoiner(r))
            {
                if (before is { } left && Joins(left) && at < typed.Length && Take(typed, at).Rune is { } right && Joins(right))
                    Append(kept, r);
                before = null;
            }
            else if (!IsControl(r) && !IsInvisible(r))
            {
                Append(kept, r);
                before = r;
            }
        }
        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    /// <summary>Several lines: line ends become \n, tabs stay, other control characters go; white space at both ends goes.</summary>
    public static string Lines(string typed)
    {
        if (IsPlain(typed))
            return typed;
        var kept = new StringBuilder(typed.Length);
        for (var at = 0; at < typed.Length;)
        {
            var (rune, next) = Take(typed, at);
            at = next;
            if (rune is not { } r || IsNonCharacter(r))
                continue;
            if (r.Value == '\r')
            {
                kept.Append('\n');
                if (at < typed.Length && typed[at] == '\n')
                    at++;
            }
            else if (r.Value is 0x85 or 0x2028 or 0x2029)
                kept.Append('\n');
            else if (r.Value is '\n' or '\t' || !IsControl(r))
                Append(kept, r);
        }
        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    /// <summary>A tidy line for reading figures and codes: digits of any script as 0 to 9, dashes as a hyphen, full-width forms as usual ones.</summary>
    public static string Plain(string typed)
    {
        var line = Line(typed);
        if (Ascii.IsValid(line))
            return line;
        var plain = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
            plain.Append(c switch
            {
                _ when digit >= 0 => (char)('0' + digit),
                >= '\uFF01' and <= '\uFF5E' => (char)(c - '\uFF01' + '!'),
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
                _ => c,
            });
        }
        return plain.ToString();
    }

    /// <summary>How many characters (Unicode scalar values, as JSON Schema counts) a text has.</summary>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var c in text)
            if (!char.IsLowSurrogate(c))
                length++;
        return length;
    }

    static bool IsPlain(string typed)
    {
        for (var i = 0; i < typed.Length; i++)
            if (typed[i] is < ' ' or > '~' || (typed[i] == ' ' && (i == 0 || i == typed.Length - 1 || typed[i - 1] == ' ')))
                return false;
        return true;
    }

    static (Rune? Rune, int Next) Take(string text, int at) =>
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used) == System.Buffers.OperationStatus.Done
            ? (rune, at + used)
            : (null, at + Math.Max(1, used));

    static void Append(StringBuilder kept, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        kept.Append(units[..rune.EncodeToUtf16(units)]);
    }

    static bool IsControl(Rune r) => Rune.GetUnicodeCategory(r) == UnicodeCategory.Control;

    static bool IsNonCharacter(Rune r) => (r.Value & 0xFFFE) == 0xFFFE || r.Value is >= 0xFDD0 and <= 0xFDEF;

    static bool IsBlank(Rune r) => Rune.IsWhiteSpace(r) || r.Value is 0x3164 or 0xFFA0 or 0x2800;

    static bool IsJoiner(Rune r) => r.Value is 0x200C or 0x200D;

    static bool IsInvisible(Rune r) => r.Value is 0x00AD or 0x034F or 0x061C or 0x180E or 0x200B or 0x200E or 0x200F or 0xFEFF
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or (>= 0xFFF9 and <= 0xFFFB);

    static bool Joins(Rune r) => (r.Value is (>= 0x0600 and <= 0x109F) or (>= 0x1780 and <= 0x18AF))
        && (Rune.IsLetter(r) || Rune.GetUnicodeCategory(r) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
