using System.Globalization;
using Moothall.Definitions;

namespace Moothall.Web.Desk;

/// <summary>
/// The questions of a form that shows all of them at once: of a group those of each row that is shown, under names of their own (`costs-2-amount`).
/// </summary>
static class FormQuestions
{
    /// <summary>The button that shows one more row; its value is the group's name in the form.</summary>
    public const string AddField = "_add";

    /// <summary>The questions that the form shows; a group itself is not among them.</summary>
    public static IReadOnlyList<Question> Shown(IReadOnlyList<Question> questions, IReadOnlyDictionary<string, IReadOnlyList<string>> typed) => [.. questions.SelectMany(q => Shown(q, typed))];

    static IEnumerable<Question> Shown(Question question, IReadOnlyDictionary<string, IReadOnlyList<string>> typed) => !question.IsGroup ? [question]
        : Enumerable.Range(1, RowsOf(question, typed)).SelectMany(number => question.Inside.SelectMany(inside => Shown(inside.InRow(question, number), typed)));

    /// <summary>How many rows of a group the form shows: those it showed before, or those that there must be, and one at least.</summary>
    public static int RowsOf(Question group, IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        var before = typed.TryGetValue(GroupType.CountField(group), out var values) && values is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : 0;
        return Math.Clamp(before, group.Optional ? 1 : Math.Max(1, group.FewestRows), group.MostRows);
    }

    /// <summary>What a form sent, with the number of rows of each group, and one row more where the button was pressed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(IReadOnlyList<Question> questions, PostedFields fields)
    {
        var typed = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var add = fields.Values(AddField);
        void Take(Question question)
        {
            if (!question.IsGroup)
            {
                foreach (var field in question.Type.Fields(question).Append(question.Name)) typed[field] = fields.Values(field);
                return;
            }
            var count = GroupType.CountField(question);
            typed[count] = fields.Values(count);
            var rows = RowsOf(question, typed);
            for (var number = 1; number <= rows; number++)
                foreach (var inside in question.Inside) Take(inside.InRow(question, number));
            if (add.Contains(question.Name)) typed[count] = [Math.Min(rows + 1, question.MostRows).ToString(CultureInfo.InvariantCulture)];
        }
        foreach (var question in questions) Take(question);
        return typed;
    }
}
