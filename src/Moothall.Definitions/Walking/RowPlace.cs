using System.Globalization;

namespace Moothall.Definitions;

/// <summary>A row of a group, by its number from 1.</summary>
public readonly record struct RowNumber(Question Group, int Number);

/// <summary>A question in the rows of groups: which rows, from the outermost, and the question. Its address is `questions/costs/2/amount`.</summary>
public sealed record RowPlace(IReadOnlyList<RowNumber> Rows, Question Question)
{
    /// <summary>Its address below that of the service.</summary>
    public string Path => $"questions/{string.Concat(Rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Group.Name}/{r.Number}/")))}{Question.Name}";

    /// <summary>The group whose row it is.</summary>
    public Question Group => Rows[^1].Group;

    /// <summary>The place that an address names, or null.</summary>
    /// <param name="group">The outermost group.</param>
    /// <param name="rest">What follows it in the address: `2/amount`.</param>
    public static RowPlace? Find(Question group, string rest)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(rest);
        var (rows, parts) = (new List<RowNumber>(), rest.Split('/'));
        if (parts.Length % 2 != 0) return null;
        var asked = group;
        for (var i = 0; i < parts.Length; i += 2)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > asked.MostRows) return null;
            rows.Add(new RowNumber(asked, number));
            if (asked.Inside.FirstOrDefault(q => q.Name == parts[i + 1]) is not { } inside) return null;
            asked = inside;
        }
        return new RowPlace(rows, asked);
    }
}

/// <summary>A row that is written or removed, by where it stands and how many rows there were where that was decided.</summary>
/// <param name="Seen">How many rows the group had on the page.</param>
public sealed record RowAt(string Group, int Number, int Seen);

/// <summary>Goes into the rows of groups: which questions a page of a row asks, what comes next, and what the answers are after one was changed.</summary>
public static class Rows
{
    /// <summary>The answers of the row around a place, or of the journey where there is none; nothing for a row that is new.</summary>
    public static Answers Of(Answers answers, IEnumerable<RowNumber> rows)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var (group, number) in rows)
            answers = answers[group.Name] is GroupAnswer given && number <= given.Rows.Length ? given.Rows[number - 1] : Answers.None;
        return answers;
    }

    /// <summary>How many rows a group has in the answers around it.</summary>
    public static int CountOf(Answers around, Question group)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(group);
        return (around[group.Name] as GroupAnswer)?.Rows.Length ?? 0;
    }

    /// <summary>How far the row around a place is.</summary>
    public static RowWalk Walk(ServiceDefinition definition, Walk walk, Answers answers, IReadOnlyList<RowNumber> rows, NodaTime.LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(rows);
        var steps = StepsAround(definition, walk, answers, rows, today);
        return steps.Row(rows[^1].Group, Of(answers, rows));
    }

    static Steps StepsAround(ServiceDefinition definition, Walk walk, Answers answers, IReadOnlyList<RowNumber> rows, NodaTime.LocalDate today)
    {
        var steps = new Steps(definition, today) { OnPath = walk.OnPath };
        for (var i = 1; i < rows.Count; i++)
        {
            var around = steps.Row(rows[i - 1].Group, Of(answers, rows.Take(i))).Kept;
            foreach (var question in around.Questions) steps.Put(question, around[question]!);
        }
        return steps;
    }

    /// <summary>The questions of the page that a place stands on; none where the row has not come as far, or does not ask them.</summary>
    public static IReadOnlyList<Question> AskedOn(ServiceDefinition definition, Walk walk, Answers answers, RowPlace place, NodaTime.LocalDate today) =>
        PageOf(definition, walk, answers, place, today) is (var page, var steps) ? [.. page.Where(steps.Asks)] : [];

    /// <summary>The answers before the page that a place stands on: those around the row, and those of its earlier pages.</summary>
    public static Answers Before(ServiceDefinition definition, Walk walk, Answers answers, RowPlace place, NodaTime.LocalDate today) =>
        PageOf(definition, walk, answers, place, today) is (_, var steps) ? steps.OnPath : Answers.None;

    static (IReadOnlyList<Question> Page, Steps Steps)? PageOf(ServiceDefinition definition, Walk walk, Answers answers, RowPlace place, NodaTime.LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(place);
        var pages = place.Group.RowPages();
        var page = pages.First(p => p.Contains(place.Question));
        var before = pages.TakeWhile(p => p != page).SelectMany(p => p).Select(q => q.Name).ToHashSet(StringComparer.Ordinal);
        ArgumentNullException.ThrowIfNull(walk);
        var steps = StepsAround(definition, walk, answers, place.Rows, today);
        var row = steps.Row(place.Group, Of(answers, place.Rows));
        if (row.Next is { } open && before.Contains(open.Name)) return null;
        foreach (var question in row.Kept.Questions.Where(before.Contains)) steps.Put(question, row.Kept[question]!);
        return (page, steps);
    }

    /// <summary>The first page on the way into a group: its first row where there must be one and is none, a row that is not complete, or the list of its rows.</summary>
    /// <param name="around">The rows around the group; none where it stands in none.</param>
    public static string PathInto(ServiceDefinition definition, Walk walk, Answers answers, IReadOnlyList<RowNumber> around, Question group, NodaTime.LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(group);
        var given = Of(answers, around);
        var count = CountOf(given, group);
        if (count == 0 && !group.Optional) return PathInto(definition, walk, answers, [.. around, new RowNumber(group, 1)], today) ?? ListPath(around, group);
        for (var number = 1; number <= count; number++)
            if (PathInto(definition, walk, answers, [.. around, new RowNumber(group, number)], today) is { } open) return open;
        return ListPath(around, group);
    }

    /// <summary>The first page of a row that is open; null where the row is complete.</summary>
    public static string? PathInto(ServiceDefinition definition, Walk walk, Answers answers, IReadOnlyList<RowNumber> rows, NodaTime.LocalDate today) =>
        Walk(definition, walk, answers, rows, today).Next is not { } open ? null
            : open.IsGroup ? PathInto(definition, walk, answers, rows, open, today) : new RowPlace(rows, open).Path;

    /// <summary>
    /// The page after that of a place in its row, answered or not, so that whoever changes a row comes past all of it; null after its last page. Where an earlier page is open, that.
    /// </summary>
    public static string? PathAfter(ServiceDefinition definition, Walk walk, Answers answers, RowPlace place, NodaTime.LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(place);
        var row = Walk(definition, walk, answers, place.Rows, today);
        foreach (var page in place.Group.RowPages().SkipWhile(p => !p.Contains(place.Question)).Skip(1))
            if (page.FirstOrDefault(q => row.Next == q || row.Path.Contains(q)) is { } next)
                return next.IsGroup ? PathInto(definition, walk, answers, place.Rows, next, today) : new RowPlace(place.Rows, next).Path;
        return PathInto(definition, walk, answers, place.Rows, today);
    }

    /// <summary>The address of the list of a group's rows.</summary>
    public static string ListPath(IReadOnlyList<RowNumber> around, Question group)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(group);
        return around.Count == 0 ? $"questions/{group.Name}" : new RowPlace(around, group).Path;
    }

    /// <summary>
    /// The answers after a row was written, or removed where there is no change. Null where the rows are not those that the page showed, so that the number may
    /// mean another; a new row comes after the last, whatever was added meanwhile.
    /// </summary>
    public static Answers? Changed(Answers around, Question group, IReadOnlyList<RowAt> at, Func<Answers, Answers>? change)
    {
        ArgumentNullException.ThrowIfNull(around);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(at);
        var given = around[group.Name] as GroupAnswer ?? new GroupAnswer([]);
        var (number, seen) = (at[0].Number, at[0].Seen);
        var isNew = number > seen;
        if (isNew ? number != seen + 1 || given.Rows.Length >= group.MostRows : given.Rows.Length != seen) return null;
        if (at.Count == 1 && change is null)
        {
            if (isNew) return null;
            var left = given.WithoutRow(number);
            return left.Rows.Length == 0 ? around.Without(group.Name) : around.With(group.Name, left);
        }
        var row = isNew ? Answers.None : given.Rows[number - 1];
        var after = at.Count == 1 ? change!(row) : group.Inside.FirstOrDefault(q => q.Name == at[1].Group) is { IsGroup: true } inside ? Changed(row, inside, [.. at.Skip(1)], change) : null;
        return after is null ? null : around.With(group.Name, given.WithRow(isNew ? given.Rows.Length + 1 : number, after));
    }
}
