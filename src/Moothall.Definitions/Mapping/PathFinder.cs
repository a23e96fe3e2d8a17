using NodaTime;

namespace Moothall.Definitions;

/// <summary>Answers that take some parts of the paths, found by trying.</summary>
/// <param name="Answers">The answers on the path.</param>
/// <param name="Like">The example that they began as; null where they began as what anybody might answer.</param>
/// <param name="Taken">The parts that they take.</param>
public sealed record FoundPath(Answers Answers, string? Like, IReadOnlySet<PathPart> Taken);

/// <summary>
/// Finds answers that lead to the parts of a service's paths, by trying: from the examples, and from what anybody might answer, it changes one answer that a sentence looks at, and goes on from
/// whatever came somewhere new. Bounded; what it does not find may be there all the same.
/// </summary>
public static class PathFinder
{
    /// <summary>Walks that are tried for one service.</summary>
    public const int MostWalks = 8_000;

    /// <summary>For each part that was come to, the first answers that did; the examples come first.</summary>
    public static IReadOnlyDictionary<PathPart, FoundPath> Find(ServiceDefinition definition, IReadOnlyCollection<ExampleRoute> routes, ILookUps lookUps, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(routes);
        var samples = new SampleAnswers(definition, routes, lookUps, today);
        var tried = definition.Ask.ToDictionary(q => q.Name, samples.Of);
        var usual = tried.Where(t => t.Value.Count > 0).Aggregate(Answers.None, (answers, t) => answers.With(t.Key, t.Value[0]));
        var search = new Search(definition, today);
        // An example answers what it is asked; what another answer makes asked besides is answered as anybody might.
        foreach (var route in routes) search.Try(route.Answers.Questions.Aggregate(usual, (all, q) => all.With(q, route.Answers[q]!)), route.Example.Name);
        search.Try(usual, null);
        var looked = Looked(definition);
        while (search.Next() is var (from, like))
            foreach (var question in definition.Ask.Where(q => looked.Contains(q.Name)))
                foreach (var answer in tried[question.Name])
                    if (!answer.Equals(from[question.Name])) search.Try(from.With(question.Name, answer), like);
        Together(definition, search, tried);
        return search.Found;
    }

    // Sentences that look at several questions may need two of them changed at once.
    static void Together(ServiceDefinition definition, Search search, Dictionary<string, IReadOnlyList<Answer>> tried)
    {
        foreach (var sentence in SampleAnswers.SentencesOf(definition).Where(s => s.Names.Count > 1))
        {
            var names = sentence.Names.Select(n => definition.FindQuestion(n)?.Name ?? definition.GroupOf(n)?.Name).OfType<string>().Distinct().ToList();
            for (var i = 0; i < names.Count; i++)
                for (var j = i + 1; j < names.Count && !search.IsOver; j++)
                    foreach (var (from, like) in search.Begun)
                        foreach (var one in tried[names[i]])
                            foreach (var other in tried[names[j]]) search.Try(from.With(names[i], one).With(names[j], other), like);
        }
    }

    /// <summary>Questions of `ask` that a sentence looks at; of a row, its group.</summary>
    static HashSet<string> Looked(ServiceDefinition definition) =>
        [.. SampleAnswers.SentencesOf(definition).SelectMany(s => s.Names).Concat(definition.Worked.SelectMany(w => w.Names)).Select(n => definition.FindQuestion(n)?.Name ?? definition.GroupOf(n)?.Name).OfType<string>()];

    sealed class Search(ServiceDefinition definition, LocalDate today)
    {
        readonly Queue<(Answers, string?)> next = new();
        readonly List<(Answers, string?)> begun = [];
        readonly Dictionary<PathPart, FoundPath> found = [];
        int walks;

        public bool IsOver => walks >= MostWalks;
        public IReadOnlyDictionary<PathPart, FoundPath> Found => found;
        /// <summary>Where it goes on from, the newest last.</summary>
        public IReadOnlyList<(Answers From, string? Like)> Begun => [.. begun];

        public (Answers From, string? Like)? Next() => next.TryDequeue(out var from) ? from : null;

        public void Try(Answers answers, string? like)
        {
            if (walks++ >= MostWalks) return;
            var walk = Journey.Walk(definition, answers, today);
            var taken = RouteParts.Of(definition, walk, today);
            FoundPath? path = null;
            foreach (var part in taken)
                if (!found.ContainsKey(part)) found[part] = path ??= new FoundPath(walk.OnPath, like, taken);
            if (path is null) return;
            next.Enqueue((answers, like));
            begun.Add((answers, like));
        }
    }
}
