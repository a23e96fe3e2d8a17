using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Moothall.Definitions;

/// <summary>
/// A JSON value taken as if a person had typed it. System.Text.Json throws when a string holds half a surrogate pair or broken
/// UTF-8; here such halves are left out, as they are from forms.
/// </summary>
static class TypedJson
{
    /// <summary>A string's text; "" for null; null for any other kind.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Whole(value.GetString, () => JsonMarshal.GetRawUtf8Value(value)[1..^1].ToArray()),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => null,
    };

    /// <summary>A string's or a number's text (a number without exponent or trailing noughts); "" for null; null for any other kind.</summary>
    public static string? TextOrNumber(JsonElement value) => value.ValueKind != JsonValueKind.Number
        ? Text(value)
        : value.TryGetDecimal(out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : value.GetRawText();

    /// <summary>A member's name.</summary>
    public static string Name(JsonProperty member) =>
        Whole(() => member.Name, () => JsonMarshal.GetRawUtf8PropertyName(member).ToArray());

    static string Whole(Func<string?> usual, Func<byte[]> raw)
    {
        try
        {
            return usual() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescaped(Encoding.UTF8.GetString(raw()));
        }
    }

    static string Unescaped(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 >= raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }
            i++;
            if (raw[i] == 'u' && i + 4 < raw.Length)
            {
                text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }
            text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var c => c });
        }
        return text.ToString();
    }
}
