using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>
/// The words a case is found by: names, e-mail, phone, postcode, words of the place. Rows that go with the case. What somebody types to search is split
/// the same way: without capitals and accents, a postcode and a phone number each as one word however they are spaced.
/// </summary>
static partial class CaseWords
{
    const int Most = 16;
    const int Longest = 60;
    /// <summary>Marks that stand around an e-mail address in a sentence and are no part of it.</summary>
    static readonly char[] Marks = [',', ';', '.', '<', '>', '(', ')'];

    /// <summary>Writes the words of a case whose own row the unit has written.</summary>
    public static async Task Insert(Unit unit, string reference, ServiceDefinition definition, Answers answers)
    {
        List<string> words = [.. Of(definition, answers).Concat(RelatedCases.PlaceKeys(definition, answers)).Distinct(StringComparer.Ordinal)];
        if (words.Count == 0) return;
        var json = JsonSerializer.Serialize(words);
        await (unit.Dialect == Dialect.Sqlite
            ? unit.Add($"insert into case_search_word (word, number) select value, (select number from council_case where reference = {reference}) from json_each({json})")
            : unit.Add($"insert into case_search_word (word, number) select word, (select number from council_case where reference = {reference}) from json_array_elements_text({json}::json) as word"));
    }

    /// <summary>The words of the answers, at most sixteen: who it is comes before where it is, so that a long description of a place hides nobody.</summary>
    public static IReadOnlyList<string> Of(ServiceDefinition definition, Answers answers) =>
        [.. definition.Ask.Given(answers).SelectMany(g => Texts(g.Question, g.Answer)).OrderBy(t => t.Rank).SelectMany(t => Split(t.Text)).Distinct(StringComparer.Ordinal).Take(Most)];

    /// <summary>The words of a text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var words = new List<string>();
        var rest = Postcode().Replace(text, found => Taken(words, found.Groups[1].Value + found.Groups[2].Value));
        rest = Phone().Replace(rest, found => Taken(words, Digits(found.Value)));
        foreach (var part in rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var whole = Cut(part.ToLowerInvariant().Trim(Marks)).TrimEnd(Marks);
            if (whole.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < whole.Length - 1) words.Add(whole);
            else Letters(words, part);
        }
        return words;
    }

    static string Taken(List<string> words, string word)
    {
        words.Add(Cut(word.ToLowerInvariant()));
        return " ";
    }

    static void Letters(List<string> words, string part)
    {
        var word = new StringBuilder();
        foreach (var rune in part.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark) word.Append(Rune.ToLowerInvariant(rune));
            else if (rune.Value is '\'' or 0x2019 or '-' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            else End();
        }
        End();

        void End()
        {
            if (word.Length > 1) words.Add(Cut(word.ToString().Normalize(NormalizationForm.FormC)));
            word.Clear();
        }
    }

    static string Cut(string word) => word.Length <= Longest ? word : word[..(char.IsHighSurrogate(word[Longest - 1]) ? Longest - 1 : Longest)];

    static string Digits(string phone)
    {
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        return digits.StartsWith("0044", StringComparison.Ordinal) ? "0" + digits[4..].TrimStart('0')
            : phone.TrimStart().StartsWith("+44", StringComparison.Ordinal) ? "0" + digits[2..].TrimStart('0') : digits;
    }

    static IEnumerable<(int Rank, string Text)> Texts(Question question, Answer answer) => answer switch
    {
        PersonAnswer person => [(0, person.Name), (0, person.Email ?? ""), (0, person.Phone ?? "")],
        OrganisationAnswer organisation => [(0, organisation.Name)],
        TextAnswer text when question.Type.Name is "email" or "phone" or "postcode" => [(0, text.Text)],
        AddressAnswer address => [(1, address.Postcode), (1, address.Line1)],
        LocationAnswer location => [(2, location.Text)],
        _ => [],
    };

    // Royal Mail's form: one or two letters, a digit, perhaps another digit or letter, then a digit and two letters.
    [GeneratedRegex(@"\b([A-Z]{1,2}[0-9][A-Z0-9]?)[ \u00A0]*([0-9][A-Z]{2})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"(?<![\w@.])\+?\(?[0-9](?:[ ()-]*[0-9]){6,14}(?![\w@])", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
