using NodaTime;

namespace Moothall.Definitions;

/// <summary>A page of a journey with the answers of somebody who comes to it.</summary>
/// <param name="Path">Its address below that of the service.</param>
/// <param name="Answers">What they have answered before.</param>
public sealed record PreviewPlace(string Path, Answers Answers)
{
    /// <summary>The page of a kind and name, or null where no answers were found that lead to it.</summary>
    /// <param name="found">Answers that lead to each part of the paths.</param>
    /// <param name="kind">`questions`, `pages`, `exits`, `alerts` or `check`, as in addresses.</param>
    public static PreviewPlace? Of(ServiceDefinition definition, IReadOnlyDictionary<PathPart, FoundPath> found, string kind, string name, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(found);
        return kind switch
        {
            "questions" when found.GetValueOrDefault(new(PathKind.Asked, name)) is { } path => definition.FindQuestion(name) is { } question ? new(Stops.PathOf(question), Before(definition, path, At(definition, name)))
                : definition.GroupOf(name) is { } group ? InRow(definition, path, group, name) : null,
            "pages" when definition.Pages.FirstOrDefault(p => p.Name == name) is { } page => OfPage(definition, found, page),
            "exits" when found.GetValueOrDefault(new(PathKind.Exit, name)) is { } path => new($"exits/{name}", path.Answers),
            "alerts" when found.GetValueOrDefault(new(PathKind.Alert, name)) is { } path && Journey.Walk(definition, path.Answers, today).Alerts.FirstOrDefault(a => a.Alert.Name == name) is { } raised =>
                new($"alerts/{name}", Before(definition, path, At(definition, raised.After.Name) + 1)),
            "check" when definition.Work.Beginnings.Select(begins => found.GetValueOrDefault(new(PathKind.Stage, begins))).OfType<FoundPath>().FirstOrDefault() is { } path => new("check", path.Answers),
            _ => null,
        };
    }

    static int At(ServiceDefinition definition, string question) => definition.Ask.TakeWhile(q => q.Name != question).Count();

    static Answers Before(ServiceDefinition definition, FoundPath path, int at) => definition.Ask.Take(at).Where(q => path.Answers.Settled(q.Name)).Aggregate(Answers.None, (answers, q) => answers.With(q.Name, path.Answers[q.Name]!));

    static PreviewPlace? OfPage(ServiceDefinition definition, IReadOnlyDictionary<PathPart, FoundPath> found, AskPage page)
    {
        // Who comes past a page that is only read comes to a question after it.
        var parts = page is { IsOnlyRead: true, When: not null } ? [new PathPart(PathKind.Shown, page.Name)]
            : (page.IsOnlyRead ? definition.Ask.Skip(page.At).Select(q => q.Name) : page.Ask).Select(q => new PathPart(PathKind.Asked, q));
        return parts.Select(found.GetValueOrDefault).FirstOrDefault(path => path is not null) is { } way ? new($"pages/{page.Name}", Before(definition, way, page.At)) : null;
    }

    /// <summary>The page of the first row that asks a question, with what stands before it in the row.</summary>
    static PreviewPlace InRow(ServiceDefinition definition, FoundPath path, Question group, string name)
    {
        var before = Before(definition, path, At(definition, group.Name));
        if (group.Inside.All(q => q.Name != name) || path.Answers[group.Name] is not GroupAnswer { Rows: var rows } || rows.FirstOrDefault(r => r.Settled(name)) is not { } row)
            return new(Stops.PathOf(group), before);
        var answered = group.Inside.TakeWhile(q => q.Name != name).Where(q => row.Settled(q.Name)).Aggregate(Answers.None, (answers, q) => answers.With(q.Name, row[q.Name]!));
        return new($"questions/{group.Name}/1/{name}", answered.Count == 0 ? before : before.With(group.Name, new GroupAnswer([answered])));
    }
}
