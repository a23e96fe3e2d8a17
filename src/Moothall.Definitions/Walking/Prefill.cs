using System.Text.Json;

namespace Moothall.Definitions;

/// <summary>Where an answer may come from that is shown to be confirmed or changed (`prefill`).</summary>
public static class PrefillSource
{
    /// <summary>The link that somebody followed: a code on a lamp post, or a button of a letter.</summary>
    public const string Link = "link";

    /// <summary>What the same person sent before, when they ask for it again or an advisor takes it down for them.</summary>
    public const string EarlierCase = "earlier-case";

    /// <summary>What a person told us of themselves before, while they were signed in to their account.</summary>
    public const string Account = "account";

    /// <summary>Types that an account can fill in: who somebody is, and how to reach them.</summary>
    public static readonly IReadOnlyList<string> AccountTypes = ["address", "email", "person", "phone"];

    /// <summary>All sources there are, in the order of the reference.</summary>
    public static readonly IReadOnlyList<string> All = [Link, EarlierCase, Account];

    /// <summary>Types that everybody answers anew: a file is that of one case, and a declaration is made by who ticks it.</summary>
    public static readonly IReadOnlyList<string> NotFor = ["file", "declaration"];
}

/// <summary>
/// Answers to be shown before somebody has given any. Each is read like one that is typed, by the limits and the day of now; what is not good any more is left out, and nothing counts as
/// answered until the person sends it.
/// </summary>
public static class Prefill
{
    /// <summary>Answers from the query of a link, under the names of the form's fields.</summary>
    public static Answers FromLink(ServiceDefinition definition, IFormFields query, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(query);
        var answers = Answers.None;
        foreach (var question in definition.Ask.Where(q => q.Prefill.Contains(PrefillSource.Link)))
            if (question.Type.Fields(question).Any(field => query.Value(field).Length > 0) && question.Type.Read(question, query, context).Answer is { } answer and not SkippedAnswer)
                answers = answers.With(question.Name, answer);
        return answers;
    }

    /// <summary>Answers from what an account remembers, by the type of the question.</summary>
    /// <param name="remembered">Answers as they are stored, by type.</param>
    public static Answers FromAccount(ServiceDefinition definition, IReadOnlyDictionary<string, string> remembered, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(remembered);
        var answers = Answers.None;
        foreach (var question in definition.Ask.Where(q => q.Prefill.Contains(PrefillSource.Account)))
            if (remembered.TryGetValue(question.Type.Name, out var json) && question.Type.ReadJson(question, JsonSerializer.Deserialize<JsonElement>(json), context).Answer is { } answer and not SkippedAnswer)
                answers = answers.With(question.Name, answer);
        return answers;
    }

    /// <summary>Answers of a case, to questions of the same name and type.</summary>
    /// <param name="from">The definition that they were given to.</param>
    public static Answers FromCase(ServiceDefinition definition, ServiceDefinition from, Answers given, ReadingContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(given);
        var answers = Answers.None;
        foreach (var question in definition.Ask.Where(q => q.Prefill.Contains(PrefillSource.EarlierCase)))
            if (from.FindQuestion(question.Name) is { } same && same.Type.Name == question.Type.Name && given[question.Name] is { } before and not SkippedAnswer
                && question.Type.ReadJson(question, JsonSerializer.SerializeToElement(same.Type.ToJson(same, before)), context).Answer is { } answer and not SkippedAnswer)
                answers = answers.With(question.Name, answer);
        return answers;
    }
}
