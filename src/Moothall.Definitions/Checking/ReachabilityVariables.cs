namespace Moothall.Definitions;

/// <summary>
/// All that the sentences of a definition look at, as variables of diagrams in the order of asking: whether each question is
/// answered, then its aspects in regions, then comparisons that regions cannot say, which are free to turn out either way.
/// </summary>
sealed class LookedAt
{
    readonly List<Question> questions;
    readonly ILookUps lookUps;
    readonly Diagrams diagrams;
    readonly Dictionary<string, int> position = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> answered = new(StringComparer.Ordinal);
    readonly Dictionary<Looked, (int Variable, List<Region> Regions)> aspects = [];
    readonly Dictionary<(string Question, string Option), int> options = [];
    readonly Dictionary<Compares, QuantityAtom> atoms = [];
    readonly Dictionary<Compares, int> unsayable = [];
    readonly Dictionary<int, Message> reasons = [];

    readonly Dictionary<Looked, HashSet<string>> literals = [];
    readonly Dictionary<Looked, HashSet<decimal>> turns = [];
    readonly HashSet<string> optionsUsed = [];
    readonly List<Looked> order = [];

    public LookedAt(ServiceDefinition definition, IEnumerable<Condition> conditions, ILookUps lookUps, Diagrams diagrams)
    {
        (this.lookUps, this.diagrams) = (lookUps, diagrams);
        // The questions of a row count as asked once, of one row that stands for all; nothing outside looks at them but their sums.
        questions = [.. definition.Ask.SelectMany(QuestionTree.WithThoseInside), .. definition.Work.Questions];
        EndOfAsk = questions.Count - definition.Work.Questions.Count;
        for (var i = 0; i < questions.Count; i++)
            position[questions[i].Name] = i;
        foreach (var condition in conditions)
            Gather(condition);
        MakeVariables();
    }

    /// <summary>Where a question stands in the order of asking.</summary>
    public int PositionOf(string question) => position[question];

    /// <summary>The position after the last question asked of residents.</summary>
    public int EndOfAsk { get; }

    /// <summary>That a question is answered.</summary>
    public int Answered(string question) => diagrams.In(answered[question], r => r == 1);

    /// <summary>What must be true of an answer of several options: one of them at least was chosen.</summary>
    public int SomeOption(Question question)
    {
        var some = Diagrams.Never;
        foreach (var option in question.Options)
            if (options.TryGetValue((question.Name, option.Name), out var variable))
                some = diagrams.Or(some, diagrams.In(variable, r => r == 1));
        return some == Diagrams.Never ? Diagrams.Always : diagrams.Or(diagrams.Not(Answered(question.Name)), some);
    }

    /// <summary>What a condition without parts means, when only the first questions have been asked.</summary>
    public int Of(Condition atom, int asked) => atom switch
    {
        IsAnswered of when position[of.Question.Name] >= asked => Diagrams.Never,
        IsAnswered { Part: null } of => Answered(of.Question.Name),
        IsAnswered of => diagrams.And(Answered(of.Question.Name), Lies(AspectOf(of.Question, of.Part!), r => r.IsKnown)),
        IsOneOfWords { Of: AnswerWords words } is_ => Lies(words.Question, new Looked(words.Question.Name, null, Aspect.Words), asked, r => is_.Holds(r.Text!)),
        IsOneOfWords { Of: PartWords words } is_ => Lies(words.Question, new Looked(words.Question.Name, words.Part, Aspect.Words), asked, r => r.IsKnown && is_.Holds(r.Text!)),
        HasOption has when position[has.Question.Name] >= asked => Diagrams.Never,
        HasOption has => diagrams.And(Answered(has.Question.Name), diagrams.In(options[(has.Question.Name, has.Option)], r => r == 1)),
        Compares compares => Of(compares, asked),
        _ => throw new InvalidOperationException($"{atom.GetType().Name} has parts."),
    };

    int Of(Compares compares, int asked)
    {
        var atom = atoms[compares];
        if (atom.Fixed is { } always)
            return always ? Diagrams.Always : Diagrams.Never;
        if (atom.Needs.Any(n => position[n.Question.Name] >= asked))
            return Diagrams.Never;
        var holds = unsayable.TryGetValue(compares, out var free) ? diagrams.In(free, r => r == 1)
            : atom.Counted is { } counted ? Counted(counted, atom.Holds)
            : Lies(atom.Looks!.Value, r => r.IsKnown && atom.Holds(r.Value));
        foreach (var (question, part) in atom.Needs)
        {
            holds = diagrams.And(holds, Answered(question.Name));
            if (part is not null && free != 0)
                holds = diagrams.And(holds, Lies(AspectOf(question, part), r => r.IsKnown));
        }
        return holds;
    }

    /// <summary>Some number of options that passes was chosen, built option by option.</summary>
    int Counted(Question question, Func<decimal, bool> passes)
    {
        var count = question.Options.Count;
        var row = new int[count + 1];
        for (var chosen = 0; chosen <= count; chosen++)
            row[chosen] = passes(chosen) ? Diagrams.Always : Diagrams.Never;
        for (var i = count - 1; i >= 0; i--)
        {
            var yes = diagrams.In(options[(question.Name, question.Options[i].Name)], r => r == 1);
            for (var chosen = 0; chosen <= i; chosen++)
                row[chosen] = diagrams.Or(diagrams.And(yes, row[chosen + 1]), diagrams.And(diagrams.Not(yes), row[chosen]));
        }
        return row[0];
    }

    int Lies(Question question, Looked looked, int asked, Func<Region, bool> passes) =>
        position[question.Name] >= asked ? Diagrams.Never : diagrams.And(Answered(question.Name), Lies(looked, passes));

    int Lies(Looked looked, Func<Region, bool> passes)
    {
        var (variable, regions) = aspects[looked];
        return diagrams.In(variable, r => r < regions.Count && passes(regions[r]));
    }

    /// <summary>Why the free variables of a diagram cannot be said in regions, in words; each reason once.</summary>
    public IReadOnlyList<Message> ReasonsIn(int diagram) =>
        [.. diagrams.DependsOn(diagram).Where(reasons.ContainsKey).Select(v => reasons[v]).DistinctBy(r => r.ToString())];

    /// <summary>The answers of an example to some questions, in words: "`size` large, `deep` yes".</summary>
    public IReadOnlyList<Message> Show(Dictionary<int, int> example, IReadOnlySet<string> named)
    {
        var shown = new List<Message>();
        if (aspects.TryGetValue(Looked.Today, out var today) && example.TryGetValue(today.Variable, out var day))
            shown.Add(new Message("today being {day}", ("day", today.Regions[day].Shown)));
        foreach (var question in questions.Where(q => named.Contains(q.Name)))
            shown.AddRange(Show(question, example));
        return shown;
    }

    IReadOnlyList<Message> Show(Question question, Dictionary<int, int> example)
    {
        var isAnswered = example.TryGetValue(answered[question.Name], out var root) ? root == 1 : (bool?)null;
        if (isAnswered == false)
            return [new Message("`{question}` not answered", ("question", question.Name))];
        var parts = order.Where(l => l.Question == question.Name && example.ContainsKey(aspects[l].Variable))
            .Select(l => l.Aspect == Aspect.Sum
                ? new Message("`sum of {question}` {answer}", ("question", l.Part), ("answer", Shown(l, example)))
                : new Message("`{question}` {answer}", ("question", l.Part is null ? question.Name : $"{question.Name}.{l.Part}"), ("answer", Shown(l, example)))).ToList();
        var chosen = question.Options.Where(o => options.TryGetValue((question.Name, o.Name), out var v) && example.TryGetValue(v, out var on) && on == 1).Select(o => o.Name).ToList();
        if (chosen.Count > 0)
            parts.Add(new Message("`{question}` with {options}", ("question", question.Name), ("options", Message.List(chosen))));
        return parts.Count > 0 || isAnswered != true ? parts : [new Message("`{question}` answered", ("question", question.Name))];
    }

    object Shown(Looked looked, Dictionary<int, int> example) =>
        aspects[looked] is var (variable, regions) && example[variable] < regions.Count ? regions[example[variable]].Shown : new Message("anything");

    void Gather(Condition condition)
    {
        switch (condition)
        {
            case AllOf all: Gather(all.Left); Gather(all.Right); break;
            case AnyOf any: Gather(any.Left); Gather(any.Right); break;
            case Contrary not: Gather(not.Of); break;
            case IsAnswered { Part: { } part } of: Note(AspectOf(of.Question, part)); break;
            case IsOneOfWords { Of: AnswerWords words } of: Note(new Looked(words.Question.Name, null, Aspect.Words), of.Values); break;
            case IsOneOfWords { Of: PartWords words } of: Note(new Looked(words.Question.Name, words.Part, Aspect.Words), of.Values); break;
            case HasOption has: optionsUsed.Add(has.Question.Name); break;
            case Compares compares: Gather(compares); break;
        }
    }

    void Gather(Compares compares)
    {
        if (!atoms.TryAdd(compares, new QuantityAtom(compares)))
            return;
        var atom = atoms[compares];
        if (atom.Counted is { } counted)
            optionsUsed.Add(counted.Name);
        else if (atom is { Looks: { } looked, Turns: { } turn })
        {
            Note(looked);
            turns[looked].Add(turn);
        }
        else
            foreach (var (question, part) in atom.Needs)
                if (part is not null)
                    Note(AspectOf(question, part));
    }

    void Note(Looked looked, IReadOnlyList<string>? words = null)
    {
        if (literals.TryAdd(looked, new HashSet<string>(StringComparer.OrdinalIgnoreCase)))
        {
            turns[looked] = [];
            order.Add(looked);
        }
        literals[looked].UnionWith(words ?? []);
    }

    static Looked AspectOf(Question question, string part) =>
        new(question.Name, part, KindOf(question, part) is ValueKind.Text or ValueKind.Choice or ValueKind.Other ? Aspect.Words : Aspect.Value);

    static ValueKind KindOf(Question question, string part) => question.Type.Parts(question).GetValueOrDefault(part, ValueKind.Text);

    void MakeVariables()
    {
        if (literals.ContainsKey(Looked.Today))
            Make(Looked.Today, null, free: false);
        foreach (var question in questions)
        {
            answered[question.Name] = diagrams.NewVariable(2, free: false);
            foreach (var option in optionsUsed.Contains(question.Name) ? question.Options : [])
                options[(question.Name, option.Name)] = diagrams.NewVariable(2, free: false);
            // Of a group, how many rows and what they come to hang together.
            foreach (var part in order.Where(l => l.Question == question.Name).GroupBy(l => question.IsGroup ? null : l.Part))
                foreach (var looked in part.OrderBy(l => l.Aspect))
                    Make(looked, question, free: looked != part.MinBy(l => l.Aspect) || looked.Aspect == Aspect.Sum && !Cutting.IsWhole(question, looked.Part!));
            foreach (var (compares, atom) in atoms)
                if (atom is not ({ Fixed: not null } or { Counted: not null, Turns: not null } or { Looks: not null, Turns: not null }) && LastOf(atom) == position[question.Name])
                {
                    var variable = diagrams.NewVariable(2, free: true);
                    unsayable[compares] = variable;
                    var names = atom.Needs.Select(n => $"`{n.Question.Name}`").Distinct().ToList();
                    reasons[variable] = names.Count > 1
                        ? new Message("it works with {names} together", ("names", Message.List(names)))
                        : names is [var only] ? new Message("it works with {name} in a way that cannot be looked through", ("name", only))
                        : new Message("it works with the day in a way that cannot be looked through");
                }
        }
    }

    int LastOf(QuantityAtom atom) => atom.Needs.Select(n => position[n.Question.Name]).DefaultIfEmpty(0).Max();

    void Make(Looked looked, Question? question, bool free)
    {
        var kind = question is null ? ValueKind.Date : looked.Aspect == Aspect.Sum ? Cutting.Added(question, looked.Part!).Type.Kind : looked.Part is null ? question.Type.Kind : KindOf(question, looked.Part);
        var regions = looked.Aspect == Aspect.Words
            ? Cutting.Words(question!, looked.Part, literals[looked], lookUps)
            : Cutting.Quantities(looked, kind, question, turns[looked]);
        var variable = diagrams.NewVariable(regions.Count, free);
        aspects[looked] = (variable, regions);
        if (free)
            reasons[variable] = question!.IsGroup
                ? new Message("the rows of `{question}` are counted or added up in several ways, or cannot come to every sum", ("question", question.Name))
                : new Message("`{question}` is held against a fixed date, today or an age at once", ("question", question.Name));
    }
}
