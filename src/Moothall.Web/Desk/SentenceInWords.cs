using System.Text.RegularExpressions;
using Moothall.Definitions;

namespace Moothall.Web.Desk;

/// <summary>
/// A sentence of a definition as an advisor reads it beside a question: names of questions and options become their labels ("“Size” is “Bigger than a
/// dinner plate”"), and a yes-no question that stands alone says which answer it means.
/// </summary>
static partial class SentenceInWords
{
    public static string Of(Sentence sentence, ServiceDefinition definition)
    {
        var words = new List<string>();
        Question? last = null;
        var tokens = Token().Matches(sentence.Text).Select(m => m.Value).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (name, part) = tokens[i].Split('.', 2) is [var before, var after] ? (before, after) : (tokens[i], null);
            if (last?.Options.FirstOrDefault(o => o.Name == tokens[i]) is { } option)
            {
                words.Add($"“{option.Label.English}”");
                continue;
            }
            if (definition.FindQuestion(name) is not { } question)
            {
                words.Add(tokens[i]);
                continue;
            }
            last = question;
            var label = $"“{question.Label("en")}”";
            var alone = part is null && question.Type.Name == "yes-no" && tokens.ElementAtOrDefault(i + 1) is not "is";
            if (alone && words.LastOrDefault() == "not")
            {
                words[^1] = label + " is no";
                continue;
            }
            words.Add(part is null ? alone ? label + " is yes" : label : $"the {part.Replace('-', ' ')} of {label}");
        }
        return string.Join(' ', words).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal).Replace(" ,", ",", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"[^\"]*\"|[A-Za-z0-9£][A-Za-z0-9.£_:-]*|[^\\sA-Za-z0-9£]+")]
    private static partial Regex Token();
}
