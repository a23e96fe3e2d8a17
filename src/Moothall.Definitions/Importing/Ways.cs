namespace Moothall.Definitions.Importing;

/// <summary>
/// The ways through a form, from page to page, as what they mean: in which order the pages are asked, and for which answers each is. A page that several ways lead to is
/// asked where one of them does.
/// </summary>
sealed class Ways
{
    readonly ImportedForm form;
    // A form has a bound as well, beyond which it is refused instead of worked out for ever.
    readonly Diagrams diagrams = new(budget: 180_000, mostSteps: 4_000_000,
        TooEntangled);
    readonly List<int> order = [];
    readonly Dictionary<int, int> placeOf = [];
    readonly Dictionary<int, int> reached = [];
    readonly Dictionary<string, (ImportedQuestion Question, int Page)> questions = new(StringComparer.Ordinal);
    readonly List<Seen> seen = [];
    readonly HashSet<int> unsayable = [];
    readonly Dictionary<int, int> possible = [];
    readonly Dictionary<int, HashSet<int>> met = [];

    /// <summary>What one variable of the diagrams stands for.</summary>
    internal sealed record Seen(int Variable, ImportedQuestion Question, int Page, VariableWords Words);

    /// <summary>Most pages and questions, and most ways from one page: five times those of the longest forms that we have seen.</summary>
    const int MostPages = 2_000;
    const int MostWays = 400;

    static NotImported TooEntangled() => new(new Message("the ways between the pages are too entangled to say in sentences; split the form into smaller ones"));

    Ways(ImportedForm form) => this.form = form;

    /// <summary>Works out the ways. Pages that nobody comes to are told and left out.</summary>
    public static Ways Of(ImportedForm form)
    {
        if (form.Pages.Count > MostPages || form.Questions.Skip(MostPages).Any() || form.Pages.Exists(p => p.Next.Count > MostWays)) throw TooEntangled();
        var ways = new Ways(form);
        ways.Order();
        ways.Variables();
        ways.Reach();
        return ways;
    }

    /// <summary>The pages in the order of asking, by number.</summary>
    public IReadOnlyList<int> InOrder => order;

    /// <summary>
    /// Pages in an order in which every way leads on, branches kept together: the reverse of the order in which a walk to the ends leaves them. A way that leads back is told
    /// and left out.
    /// </summary>
    void Order()
    {
        var state = new int[form.Pages.Count];
        var left = new List<int>();
        var stack = new Stack<(int Page, int Next)>();
        stack.Push((form.Start, 0));
        state[form.Start] = 1;
        while (stack.Count > 0)
        {
            var (page, next) = stack.Pop();
            // The last way first, so that the first stands first.
            var ways = Sequence(form.Pages[page]);
            if (next >= ways.Count)
            {
                state[page] = 2;
                left.Add(page);
                continue;
            }
            stack.Push((page, next + 1));
            var to = ways[ways.Count - 1 - next].To;
            if (state[to] == 1)
            {
                form.Lacks(new Message("the way back from the page {page} (line {line}) to {to}: ask for several with a group, or leave the page for a change of an answer", ("page", form.Pages[page].Called), ("line", form.Pages[page].Line), ("to", form.Pages[to].Called)));
                form.Pages[page].Next.RemoveAll(n => n.To == to);
                // It is left with the ways that remain, from the beginning.
                stack.Pop();
                stack.Push((page, 0));
            }
            else if (state[to] == 0)
            {
                state[to] = 1;
                stack.Push((to, 0));
            }
        }
        left.Reverse();
        foreach (var page in left)
        {
            placeOf[page] = order.Count;
            order.Add(page);
        }
        for (var i = 0; i < form.Pages.Count; i++)
            if (state[i] == 0 && form.Pages[i] is { Kind: not PageKind.End } lost)
                form.Lacks(new Message("the page {page} (line {line}), because no way leads to it", ("page", lost.Called), ("line", lost.Line)));
    }

    // What is asked only of some comes before what everybody goes on to, so that the file reads on; ends come last.
    List<(FormCondition? When, int To)> Sequence(ImportedPage page) =>
        [.. page.Next.OrderBy(n => form.Pages[n.To].Kind switch { PageKind.End => 2, PageKind.Exit => 0, _ => 1 }).ThenBy(n => n.When is null ? 1 : 0)];

    void Variables()
    {
        foreach (var page in order)
            foreach (var question in form.Pages[page].Questions.Where(q => !q.IsGroup))
                questions.TryAdd(question.Key, (question, page));
        var tests = form.Pages.SelectMany(p => p.Next.Select(n => n.When).Append(p.When)).SelectMany(TestsOf).Distinct().ToLookup(t => t.Question);
        foreach (var (key, (question, page)) in questions.OrderBy(q => placeOf[q.Value.Page]))
            foreach (var words in VariableWords.Of(question, [.. tests[key]]))
                seen.Add(new(diagrams.NewVariable(words.Values.Count, free: false), question, page, words));
    }

    static IEnumerable<AnswerTest> TestsOf(FormCondition? condition) => condition switch
    {
        AnswerTest test => [test],
        AllHold all => all.Of.SelectMany(TestsOf),
        OneHolds one => one.Of.SelectMany(TestsOf),
        NotHeld not => TestsOf(not.Of),
        _ => [],
    };

    void Reach()
    {
        foreach (var page in order) reached[page] = page == form.Start ? Diagrams.Always : Diagrams.Never;
        foreach (var page in order)
        {
            var of = form.Pages[page];
            // A page that is passed over is passed over to where it leads; an end that is passed over too, for whoever it is not for.
            var none = reached[page];
            if (of.When is { } own)
            {
                var holds = Meaning(own, of);
                if (of.Kind == PageKind.Exit) none = diagrams.And(none, diagrams.Not(holds));
                reached[page] = diagrams.And(reached[page], holds);
            }
            foreach (var (when, to) in of.Next.Where(n => n.When is not null))
            {
                var holds = Meaning(when!, of);
                reached[to] = diagrams.Or(reached[to], diagrams.And(none, holds));
                none = diagrams.And(none, diagrams.Not(holds));
            }
            if (of.Next.LastOrDefault(n => n.When is null) is (_, var otherwise) && of.Next.Any(n => n.When is null))
                reached[otherwise] = diagrams.Or(reached[otherwise], none);
        }
    }

    int Meaning(FormCondition condition, ImportedPage page)
    {
        switch (condition)
        {
            case AllHold all: return diagrams.And(all.Of.Select(c => Meaning(c, page)).ToList());
            case OneHolds one: return diagrams.Or(one.Of.Select(c => Meaning(c, page)).ToList());
            case NotHeld not: return diagrams.Not(Meaning(not.Of, page));
            case Unsayable unsayable: return Unknown(unsayable.Why);
            case AnswerTest test:
                // What stands on a page that nobody comes to has no answer.
                if (!questions.TryGetValue(test.Question, out var asked) && form.Questions.Any(q => q.Key == test.Question && !q.IsGroup)) return Diagrams.Never;
                if (asked.Question is null) return Unknown(new Message("a condition of the page {page} (line {line}), which looks at “{question}”, asked nowhere on the way", ("page", page.Called), ("line", page.Line), ("question", ImportedPage.Shorten(test.Question))));
                // A question is not answered before it is asked.
                if (placeOf[asked.Page] > placeOf[form.Pages.IndexOf(page)]) return Diagrams.Never;
                foreach (var of in seen.Where(s => s.Question == asked.Question))
                    if (of.Words.Meaning(test) is { } holds) return diagrams.In(of.Variable, holds);
                return Unknown(new Message("a condition that compares the answer to “{question}” with “{value}” (line {line})", ("question", ImportedPage.Shorten(asked.Question.Text.English)), ("value", ImportedPage.Shorten(test.Value)), ("line", page.Line)));
            default: return Diagrams.Never;
        }
    }

    // What cannot be said may hold or not: what hangs on it is asked of everybody who may come there.
    int Unknown(Message why)
    {
        form.Lacks(why);
        var variable = diagrams.NewVariable(2, free: false);
        unsayable.Add(variable);
        return diagrams.In(variable, v => v == 1);
    }

    int Sure(int holds, bool may)
    {
        foreach (var variable in unsayable.Where(diagrams.DependsOn(holds).Contains))
            holds = may ? diagrams.May(holds, variable) : diagrams.Not(diagrams.May(diagrams.Not(holds), variable));
        return holds;
    }

    /// <summary>
    /// The sentences for which an end is taken; none where nobody surely comes to it, and null where everybody does. An end is taken when all that its sentence names was asked, so each
    /// way to it that asks other questions has a sentence of its own.
    /// </summary>
    public IReadOnlyList<string>? ExitWhen(int page)
    {
        var holds = Sure(reached[page], may: false);
        var can = Possible(page);
        var may = diagrams.Or(holds, diagrams.Not(can));
        if (may == Diagrams.Always) return null;
        var asked = met[page].Select(v => seen.FirstOrDefault(s => s.Variable == v)).OfType<Seen>().Where(s => placeOf[s.Page] < placeOf[page]).OrderBy(s => s.Variable).ToList();
        var sets = new List<Dictionary<int, bool[]>>();
        Split(diagrams.And(holds, can), 0, []);
        var sentences = sets.GroupBy(s => string.Join(',', s.Keys.Select(v => seen.First(of => of.Variable == v).Question.Key).Distinct().Order(StringComparer.Ordinal)))
            .Select(g => Sentence([.. g.DistinctBy(Key)])).OfType<string>().Distinct().ToList();
        return sentences.Count > 12 ? [] : sentences;

        static string Key(Dictionary<int, bool[]> set) => string.Join(';', set.OrderBy(s => s.Key).Select(s => s.Key + ":" + string.Join(',', s.Value)));

        void Split(int part, int next, List<int> unasked)
        {
            if (part == Diagrams.Never || sets.Count > 40) return;
            if (next == asked.Count)
            {
                var without = unasked.Aggregate(part, diagrams.May);
                sets.AddRange(Sets(without, may, withNone: false));
                return;
            }
            var way = Sure(reached[asked[next].Page], may: true);
            Split(diagrams.And(part, way), next + 1, unasked);
            Split(diagrams.And(part, diagrams.Not(way)), next + 1, [.. unasked, asked[next].Variable]);
        }
    }

    /// <summary>The sentence for which a page is asked; null for everybody.</summary>
    public (string? Sentence, bool Never) When(int page)
    {
        var holds = Sure(reached[page], may: true);
        if (holds == Diagrams.Never) return (null, true);
        var can = Possible(page);
        var sure = diagrams.And(holds, can);
        if (sure == Diagrams.Never) return (null, true);
        return diagrams.Or(holds, diagrams.Not(can)) == Diagrams.Always ? (null, false) : (Written(sure, diagrams.Or(holds, diagrams.Not(can))), false);
    }

    /// <summary>What answers there can be when a page is asked: a question has one when its page was come to, and who was told that this is not for them is gone.</summary>
    int Possible(int page)
    {
        if (possible.TryGetValue(page, out var done)) return done;
        var all = Diagrams.Always;
        var looks = diagrams.DependsOn(reached[page]);
        var waiting = new Queue<int>(looks);
        var met = this.met[page] = [.. looks];
        var lasting = new List<int>();
        while (waiting.TryDequeue(out var variable))
        {
            if (unsayable.Contains(variable) || seen.FirstOrDefault(s => s.Variable == variable) is not { } of) continue;
            var asked = Sure(reached[of.Page], may: true);
            var answered = diagrams.In(variable, v => !of.Words.IsNone(v));
            // Answered only if asked; and if asked, answered, unless it may be passed over.
            lasting.Add(diagrams.Or(diagrams.Not(answered), asked));
            if (!of.Question.Optional && of.Words.HasNone) lasting.Add(diagrams.Or(answered, diagrams.Not(Sure(reached[of.Page], may: false))));
            foreach (var next in diagrams.DependsOn(asked).Where(met.Add)) waiting.Enqueue(next);
        }
        // Of several, one at least is chosen, where all that there are to choose are looked at.
        foreach (var several in seen.Where(s => met.Contains(s.Variable) && !s.Words.HasNone && !s.Question.Optional).GroupBy(s => s.Question).Where(g => g.Key.Type == "choices" && g.Count() == g.Key.Options.Count))
            lasting.Add(diagrams.Or(several.Select(s => diagrams.In(s.Variable, v => v == 1)).Append(diagrams.Not(Sure(reached[several.First().Page], may: false))).ToList()));
        // An end is for whoever came to it and to no other end before: that is said in full, because each is taken as soon as its sentence holds.
        foreach (var ended in form.Pages[page].Kind == PageKind.Exit ? [] : order.Where(p => form.Pages[p].Kind == PageKind.Exit))
        {
            var left = Sure(reached[ended], may: false);
            if (left is Diagrams.Never or Diagrams.Always) continue;
            var at = diagrams.DependsOn(left);
            if (at.All(v => met.Contains(v) && seen.Any(s => s.Variable == v && placeOf[s.Page] < placeOf[page]))) lasting.Add(diagrams.Not(left));
        }
        foreach (var one in lasting) all = diagrams.And(all, one);
        return possible[page] = all;
    }

    /// <summary>
    /// A short sentence that holds for all of the first and for none outside the second: sets of answers, each as wide as may be, until all are covered. What was decided early is
    /// left out first, because who was asked the later question has been through it.
    /// </summary>
    string? Written(int must, int may) => Sets(must, may, withNone: true) is { Count: > 0 } sets ? Sentence(sets) : null;

    const int MostSets = 24;

    /// <param name="withNone">Whether a set may be made wider by "no answer".</param>
    List<Dictionary<int, bool[]>> Sets(int must, int may, bool withNone)
    {
        var sets = new List<Dictionary<int, bool[]>>();
        var outside = diagrams.Not(may);
        bool Stays(Dictionary<int, bool[]> set) => diagrams.And(diagrams.In(set), outside) == Diagrams.Never;
        for (var open = must; open != Diagrams.Never;)
        {
            if (sets.Count == MostSets) return [];
            var set = diagrams.Cube(open);
            // Of what says the same, an answer says more than that there is none.
            foreach (var variable in set.Keys.OrderByDescending(v => IsNone(v, set[v])).ThenBy(v => v).ToList())
            {
                var was = set[variable];
                set.Remove(variable);
                if (!Stays(set)) set[variable] = was;
            }
            foreach (var variable in set.Keys.Order().ToList())
            {
                for (var v = 0; v < set[variable].Length; v++)
                {
                    if (set[variable][v] || v == 0 && !withNone && HasNone(variable)) continue;
                    var wider = new Dictionary<int, bool[]>(set) { [variable] = [.. set[variable]] };
                    wider[variable][v] = true;
                    var alone = new Dictionary<int, bool[]>(set) { [variable] = new bool[set[variable].Length] };
                    alone[variable][v] = true;
                    if (diagrams.And(diagrams.In(alone), must) != Diagrams.Never && Stays(wider)) set = wider;
                }
            }
            foreach (var variable in set.Keys.Order().ToList())
                if (set[variable].All(v => v)) set.Remove(variable);
            sets.Add(set);
            open = diagrams.And(open, diagrams.Not(diagrams.In(set)));
        }
        // What the others cover together is not needed.
        for (var i = 0; i < sets.Count && sets.Count > 1; i++)
        {
            var others = diagrams.Or(sets.Where((_, n) => n != i).Select(diagrams.In).ToList());
            if (diagrams.And(must, diagrams.Not(others)) != Diagrams.Never) continue;
            sets.RemoveAt(i--);
        }
        return sets;
    }

    bool HasNone(int variable) => seen.FirstOrDefault(s => s.Variable == variable)?.Words.HasNone == true;

    bool IsNone(int variable, bool[] values) => values[0] && HasNone(variable);

    string? Sentence(List<Dictionary<int, bool[]>> sets)
    {
        if (sets.Any(s => s.Count == 0)) return null;
        (string Text, bool IsLoose) Said(KeyValuePair<int, bool[]> of) =>
            (seen.First(s => s.Variable == of.Key).Words.Sentence([.. Enumerable.Range(0, of.Value.Length).Where(v => of.Value[v])], out var loose), loose);
        string Joined(IEnumerable<KeyValuePair<int, bool[]>> set) =>
            string.Join(" and ", set.OrderBy(s => s.Key).Select(Said).Select(said => said.IsLoose ? $"({said.Text})" : said.Text));
        if (sets.Count == 1) return sets[0].Count == 1 ? Said(sets[0].First()).Text : Joined(sets[0]);
        var common = sets[0].Where(s => sets.All(o => o.TryGetValue(s.Key, out var values) && values.SequenceEqual(s.Value))).ToList();
        var parts = sets.Select(set => Joined(set.Where(s => common.All(c => c.Key != s.Key)))).ToList();
        var either = string.Join(" or ", parts);
        return common.Count == 0 ? either : $"{Joined(common)} and ({either})";
    }
}
