namespace Moothall.Definitions;

/// <summary>Goes through questions and answers with those that stand in the rows of groups.</summary>
public static class QuestionTree
{
    /// <summary>A question, and after a group the questions of its rows.</summary>
    public static IEnumerable<Question> WithThoseInside(this Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.IsGroup ? question.Inside.SelectMany(WithThoseInside).Prepend(question) : [question];
    }

    /// <summary>A question in the rows of a group, or of a group in them, by its name; null where there is none.</summary>
    public static Question? FindInside(this Question group, string name)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Inside.SelectMany(WithThoseInside).FirstOrDefault(q => q.Name == name);
    }

    /// <summary>The group in whose rows a question of that name is asked, or null.</summary>
    public static Question? GroupAsking(this IEnumerable<Question> questions, string name) => questions.FirstOrDefault(q => q.FindInside(name) is not null);

    /// <summary>Every answer with its question, those in rows too, in the order of asking. A group itself is not among them.</summary>
    public static IEnumerable<(Question Question, Answer Answer)> Given(this IReadOnlyList<Question> questions, Answers answers)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        foreach (var question in questions)
        {
            var answer = answers[question.Name];
            if (answer is GroupAnswer group)
                foreach (var inside in group.Rows.SelectMany(row => question.Inside.Given(row))) yield return inside;
            else if (answer is not null) yield return (question, answer);
        }
    }

    /// <summary>The ids of every file in answers, those in rows too.</summary>
    public static IEnumerable<string> Files(this IReadOnlyList<Question> questions, Answers answers) => questions.Given(answers).Select(g => g.Answer).OfType<FilesAnswer>().SelectMany(f => f.Files);

    /// <summary>The question of one row under a name of its own, for a form that shows many rows at once.</summary>
    /// <param name="number">Which row, from 1.</param>
    public static Question InRow(this Question inside, Question group, int number)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(group);
        return inside with { Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group.Name}-{number}-{inside.Name}") };
    }

    /// <summary>Whether a question depends on the answer to another of that name: its `when` names it, or it may be the same.</summary>
    public static bool LooksAt(this Question question, string name)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.SameAs?.Question == name || question.When?.Names.Contains(name) == true;
    }

    /// <summary>
    /// The pages of a row: questions stand together as long as they do not look at each other. The one that does begins the next page; a group in the row has pages of
    /// its own.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Question>> RowPages(this Question group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var pages = new List<List<Question>>();
        foreach (var question in group.Inside)
            if (pages is [.., var page] && !question.IsGroup && !page[0].IsGroup && !page.Exists(q => question.LooksAt(q.Name))) page.Add(question);
            else pages.Add([question]);
        return pages;
    }
}
