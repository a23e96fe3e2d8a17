using Microsoft.AspNetCore.Components;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>
/// Words of the reader's language with marks inside: a whole sentence whose fields may be links, and prose that stands in another language than the page.
/// Everything is encoded except the marks that were made here.
/// </summary>
public static class Told
{
    // Fields that hold markup stand in the sentence as one sign of Unicode's private use until it is encoded.
    const char FirstSign = '\uE000', LastSign = '\uE0FF';

    /// <summary>A message in the reader's language; a field may be markup, as Link and Strong make it.</summary>
    public static MarkupString SayHtml(this Look look, string english, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(look);
        var marks = new List<string>();
        var plain = new (string, object?)[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (name, value) = values[i];
            if (value is MarkupString markup)
            {
                plain[i] = (name, ((char)(FirstSign + marks.Count)).ToString());
                marks.Add(markup.Value);
            }
            else plain[i] = (name, value is string text ? Without(text) : value);
        }
        var html = Encoded(look.Phrases.SayMarked(english, plain));
        for (var i = 0; i < marks.Count; i++) html = html.Replace(((char)(FirstSign + i)).ToString(), marks[i], StringComparison.Ordinal);
        return new MarkupString(html);
    }

    static string Without(string text) => text.AsSpan().ContainsAnyInRange(FirstSign, LastSign) ? string.Concat(text.Select(c => c is >= FirstSign and <= LastSign ? '\uFFFD' : c)) : text;

    /// <summary>A link, to stand in a field.</summary>
    public static MarkupString Link(string href, string words) => new($"<a class=\"govuk-link\" href=\"{Encoded(href)}\">{Encoded(words)}</a>");

    /// <summary>A telephone number as a link, to stand in a field.</summary>
    public static MarkupString Phone(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Link("tel:" + number.Replace(" ", "", StringComparison.Ordinal), number);
    }

    /// <summary>Words that stand out, to stand in a field.</summary>
    public static MarkupString Strong(string words, string? classes = null) => new(classes is null ? $"<strong>{Encoded(words)}</strong>" : $"<strong class=\"{Encoded(classes)}\">{Encoded(words)}</strong>");

    /// <summary>Prose of a definition or the council; where the reader's language lacks it, marked as the English that it is (WCAG 2.2, 3.1.2).</summary>
    public static MarkupString Html(this Look look, Prose prose)
    {
        ArgumentNullException.ThrowIfNull(look);
        return Html(look.Language, prose);
    }

    /// <summary>As above, by the code of the page's language.</summary>
    public static MarkupString Html(string language, Prose prose) =>
        new(LanguageOf(language, prose) is { } other ? Marked(other, prose.English).Value : Encoded(prose.In(language)));

    /// <summary>Words that stand in another language than the page.</summary>
    public static MarkupString Marked(string language, string words) => new($"<span lang=\"{Encoded(language)}\" dir=\"ltr\">{Encoded(words)}</span>");

    /// <summary>The language that prose is shown in where that is not the page's; else null.</summary>
    public static string? LanguageOf(this Look look, Prose prose)
    {
        ArgumentNullException.ThrowIfNull(look);
        return LanguageOf(look.Language, prose);
    }

    /// <summary>As above, by the code of the page's language.</summary>
    public static string? LanguageOf(string language, Prose prose)
    {
        ArgumentNullException.ThrowIfNull(prose);
        return language == "en" || prose.Texts.ContainsKey(language) ? null : "en";
    }

    /// <summary>The attributes of an element that holds such prose; null where it is in the page's language.</summary>
    public static IReadOnlyDictionary<string, string?>? Attributes(string language, Prose prose) =>
        LanguageOf(language, prose) is null ? null : InEnglish;

    static readonly IReadOnlyDictionary<string, string?> InEnglish = new Dictionary<string, string?> { ["lang"] = "en", ["dir"] = "ltr" };

    static string Encoded(string words)
    {
        using var html = new HtmlWriter();
        return html.Text(words).ToString();
    }
}
