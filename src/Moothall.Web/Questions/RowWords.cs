using System.Globalization;
using Microsoft.AspNetCore.Components;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web.Questions;

/// <summary>What a row of a group is called: "Cost 2" as a heading, "cost 2" within a sentence.</summary>
public static class RowWords
{
    /// <summary>Within a sentence.</summary>
    public static string InSentence(Question group, int number, string language)
    {
        ArgumentNullException.ThrowIfNull(group);
        return string.Create(CultureInfo.InvariantCulture, $"{group.One!.In(language)} {number}");
    }

    /// <summary>As a heading.</summary>
    public static string Name(Question group, int number, string language) => InSentence(group, number, language) is { Length: > 0 } words ? char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..] : "";

    /// <summary>As a heading, marked where it stands in another language than the page.</summary>
    public static MarkupString Html(Look look, Question group, int number)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(group);
        return Html(look.Language, group, number);
    }

    /// <summary>The same in a language.</summary>
    public static MarkupString Html(string language, Question group, int number)
    {
        ArgumentNullException.ThrowIfNull(group);
        var words = Name(group, number, language);
        return Told.LanguageOf(language, group.One!) is { } other ? Told.Marked(other, words) : new MarkupString(System.Net.WebUtility.HtmlEncode(words));
    }
}
