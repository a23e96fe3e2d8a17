namespace Moothall.Definitions;

/// <summary>Something on the way through a journey, as a map shows it.</summary>
public abstract record MapItem;

/// <summary>Where a part of a long form begins.</summary>
public sealed record MapSection(AskSection Section) : MapItem;

/// <summary>A question; of a group, with what is asked in each row.</summary>
public sealed record MapQuestion(Question Question, IReadOnlyList<MapItem> Inside) : MapItem;

/// <summary>A page with a title of its own: with its questions, or only read.</summary>
public sealed record MapPage(AskPage Page, IReadOnlyList<MapItem> Inside) : MapItem;

/// <summary>What only those come to for whom a sentence holds; the others pass it.</summary>
public sealed record MapBranch(Sentence When, IReadOnlyList<MapItem> Inside) : MapItem;

/// <summary>A designed end, after the last question that it looks at.</summary>
public sealed record MapExit(Exit Exit) : MapItem;

/// <summary>A danger that is told, after the last question that it looks at.</summary>
public sealed record MapAlert(Alert Alert) : MapItem;

/// <summary>
/// The journey of a service as a map: one line of stops in the order of asking, with a loop beside it for what not everybody is asked. What is asked under one `when` is one loop, so that no
/// line crosses another however many questions there are.
/// </summary>
public static class JourneyMap
{
    /// <summary>The stops of a journey, without its beginning and its sending.</summary>
    public static IReadOnlyList<MapItem> Of(ServiceDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var after = Ends(definition).ToLookup(e => e.After, e => e.Item);
        var items = new List<MapItem>();
        var run = new List<Unit>();
        AskSection? section = null;
        void Flush()
        {
            items.AddRange(Grouped(run));
            run.Clear();
        }
        for (var at = 0; at < definition.Ask.Count; at++)
        {
            var (question, first) = (definition.Ask[at], at);
            if (question.Section is { } begins && begins != section)
            {
                Flush();
                items.Add(new MapSection(section = begins));
            }
            foreach (var read in definition.Pages.Where(p => p.IsOnlyRead && p.At == at)) run.Add(new Unit(read.When, new MapPage(read, [])));
            if (question.Page is { Ask.Count: > 1 } page)
            {
                var together = definition.Ask.Skip(at).TakeWhile(q => q.Page == page).ToList();
                at += together.Count - 1;
                var heading = Outer(together[0].When);
                var shared = heading is not null && together.TrueForAll(q => Outer(q.When)?.Text == heading.Text);
                run.Add(new Unit(shared ? heading : null, new MapPage(page, Grouped([.. together.Select(q => One(q, shared ? Inner(q.When) : q.When))]))));
            }
            else run.Add(One(question, question.When));
            run[^1] = run[^1] with { After = [.. Enumerable.Range(first, at - first + 1).SelectMany(number => after[number])] };
        }
        Flush();
        return items;
    }

    /// <summary>Something to be shown that stands under a sentence, with what is shown after it.</summary>
    sealed record Unit(Sentence? When, MapItem Item)
    {
        public IReadOnlyList<MapItem> After { get; init; } = [];
    }

    static Unit One(Question question, Sentence? when) => new(when, new MapQuestion(question, Grouped([.. question.Inside.Select(inside => One(inside, inside.When))])));

    /// <summary>Units that follow each other under the same sentence make one loop; those of a heading first, then each one's own.</summary>
    static List<MapItem> Grouped(IReadOnlyList<Unit> units)
    {
        var items = new List<MapItem>();
        for (var at = 0; at < units.Count;)
        {
            if (Outer(units[at].When) is not { } outer)
            {
                items.Add(units[at].Item);
                items.AddRange(units[at++].After);
                continue;
            }
            var same = units.Skip(at).TakeWhile(u => Outer(u.When)?.Text == outer.Text).ToList();
            at += same.Count;
            items.Add(new MapBranch(outer, Grouped([.. same.Select(u => u with { When = Inner(u.When) })])));
        }
        return items;
    }

    static Sentence? Outer(Sentence? when) => when?.Parts?.Heading ?? when;

    static Sentence? Inner(Sentence? when) => when?.Parts?.Own;

    /// <summary>Exits and alerts with the number of the question that they come after.</summary>
    static IEnumerable<(int After, MapItem Item)> Ends(ServiceDefinition definition)
    {
        foreach (var alert in definition.Alerts) yield return (LastOf(definition, alert.When, []), new MapAlert(alert));
        foreach (var exit in definition.Exits) yield return (LastOf(definition, exit.When, []), new MapExit(exit));
    }

    // A sentence may look at decisions, which look at questions.
    static int LastOf(ServiceDefinition definition, Sentence when, HashSet<string> seen)
    {
        var last = 0;
        foreach (var name in when.Names)
            if (definition.Decide.FirstOrDefault(d => d.Name == name) is { } decision)
            {
                if (seen.Add(name)) last = Math.Max(last, decision.Rows.Select(r => r.When).OfType<Sentence>().Select(w => LastOf(definition, w, seen)).DefaultIfEmpty().Max());
            }
            else
                for (var at = last + 1; at < definition.Ask.Count; at++)
                    if (definition.Ask[at].Name == name || definition.Ask[at].FindInside(name) is not null) last = at;
        return last;
    }
}
