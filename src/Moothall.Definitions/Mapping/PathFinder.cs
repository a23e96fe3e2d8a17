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
    /// <param name="never">Parts that nobody can take, which are not looked for.</param>
    public static IReadOnlyDictionary<PathPart, FoundPath> Find(ServiceDefinition definition, IReadOnlyCollection<ExampleRoute> routes, IReadOnlySet<PathPart> never, ILookUps lookUps, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(routes);
        var samples = new SampleAnswers(definition, routes, lookUps, today);
        var tried = definition.Ask.ToDictionary(q => q.Name, samples.Of);
        var usual = tried.Where(t => t.Value.Count > 0).Aggregate(Answers.None, (answers, t) => answers.With(t.Key, t.Value[0]));
        var search = new Search(definition, never, today);
        // An example answers what it is asked; what another answer makes asked besides is answered as anybody might.
        foreach (var route in routes) search.Try(route.Answers.Questions.Aggregate(usual, (all, q) => all.With(q, route.Answers[q]!)), route.Example.Name);
        search.Try(usual, null);
        var looksAt = new LookedAtBy(definition);
        while (!search.IsOver && search.Next() is var (from, like))
        {
            var looked = looksAt.Questions(search.Missing);
            foreach (var question in definition.Ask.Where(q => looked.Contains(q.Name)))
                foreach (var answer in tried[question.Name])
                    if (!answer.Equals(from[question.Name])) search.Try(from.With(question.Name, answer), like);
        }
        Together(looksAt, search, tried);
        return search.Found;
    }

    // Sentences that look at several questions may need two of them changed at once.
    static void Together(LookedAtBy looksAt, Search search, Dictionary<string, IReadOnlyList<Answer>> tried)
    {
        foreach (var part in search.Missing.ToList())
        {
            var names = looksAt.Of(part).ToList();
            for (var i = 0; i < names.Count; i++)
                for (var j = i + 1; j < names.Count && !search.IsOver; j++)
                    foreach (var (from, like) in search.Begun)
                        foreach (var one in tried[names[i]])
                            foreach (var other in tried[names[j]]) search.Try(from.With(names[i], one).With(names[j], other), like);
        }
    }

    /// <summary>The questions whose answers decide over parts of the paths: those that their sentences look at, and those of exits, which stand in the way of all.</summary>
    sealed class LookedAtBy(ServiceDefinition definition)
    {
        readonly Dictionary<PathPart, HashSet<string>> known = [];

        public HashSet<string> Questions(IEnumerable<PathPart> parts)
        {
            var questions = new HashSet<string>(StringComparer.Ordinal);
            foreach (var part in parts) questions.UnionWith(Of(part));
            foreach (var exit in definition.Exits) Add(exit.When, questions);
            return questions;
        }

        /// <summary>The questions that the sentences of one part look at.</summary>
        public HashSet<string> Of(PathPart part)
        {
            if (known.TryGetValue(part, out var questions)) return questions;
            known[part] = questions = new(StringComparer.Ordinal);
            foreach (var sentence in SentencesOf(part)) Add(sentence, questions);
            return questions;
        }

        IEnumerable<Sentence> SentencesOf(PathPart part) => (part.Kind switch
        {
            PathKind.Asked or PathKind.PassedOver => definition.Ask.SelectMany(QuestionTree.WithThoseInside).Where(q => q.Name == part.Name).Select(q => q.When),
            PathKind.Shown or PathKind.NotShown => definition.Pages.Where(p => p.Name == part.Name).Select(p => p.When),
            PathKind.Exit => definition.Exits.Where(e => e.Name == part.Name).Select(e => e.When),
            PathKind.Alert => definition.Alerts.Where(a => a.Name == part.Name).Select(a => a.When),
            PathKind.Decided => definition.Decide.Where(d => d.Name == part.Of).SelectMany(d => d.Rows).Select(row => row.When),
            PathKind.Charged or PathKind.NotCharged => definition.Charges.Where(c => c.Name == part.Name).Select(c => c.When),
            PathKind.Shared or PathKind.NotShared => definition.Share.Where(s => s.Partner == part.Name).Select(s => s.When),
            _ => [],
        }).OfType<Sentence>();

        // What a sentence names may be decided or worked out of answers; of a row, its group is changed.
        void Add(Sentence sentence, HashSet<string> questions)
        {
            foreach (var name in sentence.Names)
                if ((definition.FindQuestion(name) ?? definition.GroupOf(name)) is { } question) questions.Add(question.Name);
                else if (definition.Decide.FirstOrDefault(d => d.Name == name) is { } decision)
                    foreach (var row in decision.Rows.Where(r => r.When is not null)) Add(row.When!, questions);
                else if (definition.Worked.FirstOrDefault(w => w.Name == name) is { } worked)
                    questions.UnionWith(worked.Names.Select(n => (definition.FindQuestion(n) ?? definition.GroupOf(n))?.Name).OfType<string>());
        }
    }

    sealed class Search(ServiceDefinition definition, IReadOnlySet<PathPart> never, LocalDate today)
    {
        readonly Queue<(Answers, string?)> next = new();
        readonly List<(Answers, string?)> begun = [];
        readonly Dictionary<PathPart, FoundPath> found = [];
        readonly HashSet<PathPart> missing = [.. PathParts.Of(definition).Where(p => p.Kind is not PathKind.Action && (p.Kind != PathKind.Stage || definition.Work.Beginnings.Contains(p.Name)) && !never.Contains(p))];
        int walks;

        /// <summary>Parts that nothing has come to yet.</summary>
        public IReadOnlyCollection<PathPart> Missing => missing;
        public bool IsOver => walks >= MostWalks || missing.Count == 0;
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
                if (found.TryAdd(part, path ?? new FoundPath(walk.OnPath, like, taken))) path = found[part];
            missing.ExceptWith(taken);
            if (path is null) return;
            next.Enqueue((answers, like));
            begun.Add((answers, like));
        }
    }
}
