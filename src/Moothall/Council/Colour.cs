using System.Globalization;

namespace Moothall.Council;

/// <summary>A colour of an authority's look, as CSS writes it, with what WCAG 2.2 says about reading it on white.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>The colours an authority may choose.</summary>
    public static readonly IReadOnlyList<string> Names = ["brand", "link", "link-hover", "link-visited", "button", "button-hover", "accent", "focus"];
    /// <summary>Those of them that are read on white, or under white words.</summary>
    public static readonly IReadOnlyList<string> OnWhite = ["brand", "link", "link-hover", "link-visited", "button", "button-hover"];
    /// <summary>Least contrast of text, WCAG 2.2 success criterion 1.4.3.</summary>
    public const double Least = 4.5;

    /// <summary>The colour that "#1d70b8" or "#fff" means, or null.</summary>
    public static Colour? Parse(string text)
    {
        if (text.Length is not (4 or 7) || text[0] != '#')
            return null;
        var digits = text.Length == 7 ? text[1..] : string.Concat(text[1..].Select(c => new string(c, 2)));
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value) : null;
    }

    /// <summary>The contrast ratio with white, 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public double ContrastWithWhite => 1.05 / (0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue) + 0.05);

    static double Linear(byte part)
    {
        var value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
