namespace Moothall.Definitions;

/// <summary>
/// Proves that every question of a definition can be asked, every exit taken and every decision row met, that rows neither overlap
/// nor leave a gap, and finds sentences that are always true. Paths are never enumerated: sentences become decision diagrams over
/// the regions that their literals cut answers into. What that cannot say is found as "not proved", never passed over.
/// </summary>
public static class Reachability
{
    /// <summary>Nodes of diagrams that one definition may use.</summary>
    public const int UsualBudget = 200_000;

    /// <summary>What is wrong or not proved, in order of the file.</summary>
    public static IReadOnlyList<Finding> Check(ServiceDefinition definition, ILookUps lookUps) => Check(definition, lookUps, UsualBudget);

    /// <summary>What nobody can take, as far as it is proved: questions, sides of `when`, exits, alerts, values, charges and sharings.</summary>
    public static IReadOnlySet<PathPart> Never(ServiceDefinition definition, ILookUps lookUps)
    {
        var proof = new ReachabilityProof(definition, lookUps, UsualBudget);
        proof.Findings();
        return proof.Never;
    }

    /// <summary>The same with another budget of nodes.</summary>
    public static IReadOnlyList<Finding> Check(ServiceDefinition definition, ILookUps lookUps, int budget) =>
        [.. new ReachabilityProof(definition, lookUps, budget).Findings().OrderBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
}

/// <summary>
/// One run of the proof: goes through the journey in order, keeping the diagram of all answers with which somebody can be there.
/// </summary>
sealed partial class ReachabilityProof
{
    readonly ServiceDefinition definition;
    readonly Diagrams diagrams;
    readonly LookedAt looked;
    readonly List<Finding> findings = [];
    readonly Dictionary<(Decision, int), int[]> decided = [];
    readonly HashSet<string> neverAsked = [];
    readonly HashSet<PathPart> never = [];
    /// <summary>Questions that a sentence or an amount names.</summary>
    readonly HashSet<string> named;
    /// <summary>All answers so far with which nobody has taken an exit; and the same as if there were no exits.</summary>
    int here = Diagrams.Always, withoutExits = Diagrams.Always;

    public ReachabilityProof(ServiceDefinition definition, ILookUps lookUps, int budget)
    {
        this.definition = definition;
        named = [.. Sentences().SelectMany(s => s.Names), .. definition.Charges.SelectMany(c => c.Amounts).SelectMany(row => row.Amount.Names), .. definition.CoSign is { } coSign ? [coSign.Who] : Array.Empty<string>()];
        diagrams = new Diagrams(budget);
        looked = new LookedAt(definition, Sentences().Select(s => s.Meaning), lookUps, diagrams);
    }

    /// <summary>What nobody can take; nothing where the budget was spent.</summary>
    public IReadOnlySet<PathPart> Never => diagrams.Spent ? new HashSet<PathPart>() : never;

    public IReadOnlyList<Finding> Findings()
    {
        var ends = new List<int>();
        foreach (var question in definition.Ask)
        {
            if (diagrams.Spent) break;
            var position = looked.PositionOf(question.Name);
            Ask(question, position, question.Optional);
            if (question.IsGroup) Inside(question);
            Alerts(position + 1);
            // The questions of a page are answered together, and it is left after the last of them.
            ends.Add(position + 1);
            if (question.Page is { Ask.Count: > 1 } page && page.Ask[^1] != question.Name) continue;
            Exits(ends);
            ends.Clear();
        }
        if (!diagrams.Spent && here == Diagrams.Never)
            Error(definition.Place, new Message("nobody can come to the end and send this, because an exit is always taken first"));
        else
        {
            foreach (var decision in definition.Decide)
                Decide(decision);
            foreach (var charge in definition.Charges)
                Charge(charge);
            if (definition.CoSign is { } coSign)
                CoSign(coSign);
            foreach (var share in definition.Share.Where(s => s.When is not null))
                Share(share);
            for (var i = 0; i < definition.Work.Questions.Count && !diagrams.Spent; i++)
                Ask(definition.Work.Questions[i], looked.PositionOf(definition.Work.Questions[i].Name), optional: true);
        }
        if (diagrams.Spent)
            return [new Finding(definition.Place, Severity.Warning,
                new Message("not proved that every question can be asked and every decision can be made, because the sentences depend on each other in too many ways; say some of them in simpler words"))];
        return findings;
    }

    IEnumerable<Sentence> Sentences() =>
    [
        .. definition.Ask.SelectMany(QuestionTree.WithThoseInside).Select(q => q.When).OfType<Sentence>(),
        .. definition.Exits.Select(e => e.When),
        .. definition.Alerts.Select(a => a.When),
        .. definition.Charges.SelectMany(c => c.Amounts.Select(row => row.When).Append(c.When)).OfType<Sentence>(),
        .. definition.Decide.SelectMany(d => d.Rows).Select(r => r.When).OfType<Sentence>(),
        .. definition.CoSign?.When is { } asked ? [asked] : Array.Empty<Sentence>(),
        .. definition.Share.Select(s => s.When).OfType<Sentence>(),
        .. definition.Work.Questions.Select(q => q.When).OfType<Sentence>(),
    ];

    void Ask(Question question, int position, bool optional)
    {
        var when = question.When is null ? Diagrams.Always : Meaning(question.When.Meaning, position);
        var asked = diagrams.And(here, when);
        if (asked == Diagrams.Never)
        {
            neverAsked.Add(question.Name);
            never.Add(new(PathKind.Asked, question.Name));
            Error(question.When?.Place ?? question.Place, new Message("`{question}` can never be asked, because {why}", ("question", question.Name), ("why", WhyNever(question.When, when))));
        }
        else if (!diagrams.Certain(asked))
            NotProved(question.When?.Place ?? question.Place, new Message("that `{question}` can be asked", ("question", question.Name)), asked);
        else if (question.When is not null && diagrams.And(here, diagrams.Not(when)) == Diagrams.Never)
        {
            never.Add(new(PathKind.PassedOver, question.Name));
            AlwaysTrue(question.When, new Message("`{question}` is always asked; leave its `when` out", ("question", question.Name)));
        }
        else if (question.When?.Parts is var (heading, own) && diagrams.And(diagrams.And(withoutExits, Meaning(heading.Meaning, position)), diagrams.Not(Meaning(own.Meaning, position))) == Diagrams.Never)
            AlwaysTrue(own, new Message("the heading's `when` asks `{question}` already; leave its `when` out", ("question", question.Name)));

        // Whether it is answered or not, nothing that is asked further on depends on it.
        if (!named.Contains(question.Name) && !question.IsGroup) return;
        var answered = looked.Answered(question.Name);
        var good = diagrams.And(
            diagrams.Or(diagrams.Not(answered), when),
            optional ? Diagrams.Always : diagrams.Or(answered, diagrams.Not(when)));
        good = diagrams.And(good, looked.SomeOption(question));
        here = diagrams.And(here, good);
        withoutExits = diagrams.And(withoutExits, good);
    }

    /// <summary>The questions of one row, which is there because the group was answered. What they are answered matters to nothing outside, so that the way goes on as it was before the row.</summary>
    void Inside(Question group)
    {
        var (outside, outsideWithoutExits) = (here, withoutExits);
        here = diagrams.And(here, looked.Answered(group.Name));
        withoutExits = diagrams.And(withoutExits, looked.Answered(group.Name));
        if (here != Diagrams.Never)
            foreach (var question in group.Inside)
            {
                if (diagrams.Spent) break;
                Ask(question, looked.PositionOf(question.Name), question.Optional);
                if (question.IsGroup) Inside(question);
            }
        (here, withoutExits) = (outside, outsideWithoutExits);
    }

    /// <summary>
    /// Exits whose last question has just been passed. An exit waits until every question that it looks at was asked and settled,
    /// and at least until the first question.
    /// </summary>
    /// <param name="positions">Those after each question of the page that has just been left.</param>
    void Exits(IReadOnlyList<int> positions)
    {
        foreach (var exit in definition.Exits)
        {
            var questions = QuestionsOf(exit.When);
            var position = questions.Select(looked.PositionOf).DefaultIfEmpty(0).Max() + 1;
            if (diagrams.Spent || !positions.Contains(position))
                continue;
            var when = Settled(exit.When, questions, position);
            var taken = diagrams.And(here, when);
            if (taken == Diagrams.Never) never.Add(new(PathKind.Exit, exit.Name));
            if (taken == Diagrams.Never)
                Error(exit.When.Place, new Message("the exit `{exit}` can never be taken, because {why}", ("exit", exit.Name), ("why", WhyNever(exit.When, when))));
            else if (!diagrams.Certain(taken))
                NotProved(exit.When.Place, new Message("that the exit `{exit}` can be taken", ("exit", exit.Name)), taken);
            var asked = diagrams.And(here, Asked(questions));
            here = diagrams.And(here, diagrams.Not(when));
            if (taken != Diagrams.Never && here == Diagrams.Never)
                AlwaysTrue(exit.When, new Message("everybody who comes this far takes the exit `{exit}`", ("exit", exit.Name)));
            else if (taken != Diagrams.Never && diagrams.And(asked, diagrams.Not(when)) == Diagrams.Never)
                AlwaysTrue(exit.When, new Message("everybody who is asked takes the exit `{exit}`, whatever they answer", ("exit", exit.Name)));
        }
    }

    void Decide(Decision decision)
    {
        var end = looked.EndOfAsk;
        var earlier = new List<(DecisionRow Row, int Met)>();
        foreach (var row in decision.Rows.Where(r => r.When is not null))
        {
            var when = Meaning(row.When!.Meaning, end);
            var met = diagrams.And(here, when);
            if (met == Diagrams.Never) never.Add(new(PathKind.Decided, decision.Name, row.Value));
            if (met == Diagrams.Never)
                Error(row.Place, new Message("`{decision}` can never be `{row}`, because {why}", ("decision", decision.Name), ("row", row.Value), ("why", WhyNever(row.When, when))));
            else if (!diagrams.Certain(met))
                NotProved(row.Place, new Message("that `{decision}` can be `{row}`", ("decision", decision.Name), ("row", row.Value)), met);
            else if (diagrams.And(here, diagrams.Not(when)) == Diagrams.Never)
                AlwaysTrue(row.When, new Message("`{decision}` is always `{row}`", ("decision", decision.Name), ("row", row.Value)));
            foreach (var (other, otherMet) in earlier)
                Overlap(decision, other, row, diagrams.And(otherMet, met));
            earlier.Add((row, met));
        }
        var rest = earlier.Aggregate(here, (left, row) => diagrams.And(left, diagrams.Not(row.Met)));
        if (decision.Rows.FirstOrDefault(r => r.When is null) is { } otherwise)
        {
            if (rest == Diagrams.Never) never.Add(new(PathKind.Decided, decision.Name, otherwise.Value));
            if (rest == Diagrams.Never)
                Error(otherwise.Place, new Message("`{decision}` can never be `{otherwise}`, because one of the rows above always holds", ("decision", decision.Name), ("otherwise", otherwise.Value)));
            else if (!diagrams.Certain(rest))
                NotProved(otherwise.Place, new Message("that `{decision}` can be `{otherwise}`", ("decision", decision.Name), ("otherwise", otherwise.Value)), rest);
        }
        else if (diagrams.Certain(rest))
            Error(decision.Place, Example(rest, decision.Rows) is [_, ..] example
                ? new Message("`{decision}` has no row for some answers, for example {example}; add a row, or `otherwise` as the last one", ("decision", decision.Name), ("example", example))
                : new Message("`{decision}` has no row for some answers; add a row, or `otherwise` as the last one", ("decision", decision.Name)));
        else if (rest != Diagrams.Never)
            NotProved(decision.Place, new Message("that the rows of `{decision}` leave no gap; add `otherwise` as the last row", ("decision", decision.Name)), rest);
    }

    void Overlap(Decision decision, DecisionRow first, DecisionRow second, int together)
    {
        if (diagrams.Certain(together))
            Error(second.Place, Example(together, [first, second]) is [_, ..] example
                ? new Message("`{first}` and `{second}` of `{decision}` overlap: both hold for some answers, for example {example}; rows must not overlap", ("first", first.Value), ("second", second.Value), ("decision", decision.Name), ("example", example))
                : new Message("`{first}` and `{second}` of `{decision}` overlap: both hold for some answers; rows must not overlap", ("first", first.Value), ("second", second.Value), ("decision", decision.Name)));
        else if (together != Diagrams.Never)
            NotProved(second.Place, new Message("that `{first}` and `{second}` of `{decision}` do not overlap", ("first", first.Value), ("second", second.Value), ("decision", decision.Name)), together);
    }

    void Share(Sharing share)
    {
        var when = Meaning(share.When!.Meaning, looked.EndOfAsk);
        var shared = diagrams.And(here, when);
        if (shared == Diagrams.Never) never.Add(new(PathKind.Shared, share.Partner));
        if (shared == Diagrams.Never)
            Error(share.When.Place, new Message("`{partner}` can never be told anything, because {why}", ("partner", share.Partner), ("why", WhyNever(share.When, when))));
        else if (!diagrams.Certain(shared))
            NotProved(share.When.Place, new Message("that `{partner}` is ever told anything", ("partner", share.Partner)), shared);
        else if (diagrams.And(here, diagrams.Not(when)) == Diagrams.Never)
        {
            never.Add(new(PathKind.NotShared, share.Partner));
            AlwaysTrue(share.When, new Message("leave its `when` out"));
        }
    }

    /// <summary>What a condition means when only the first questions have been asked: the others count as not answered.</summary>
    int Meaning(Condition condition, int asked) => condition switch
    {
        AllOf all => diagrams.And(Meaning(all.Left, asked), Meaning(all.Right, asked)),
        AnyOf any => diagrams.Or(Meaning(any.Left, asked), Meaning(any.Right, asked)),
        Contrary not => diagrams.Not(Meaning(not.Of, asked)),
        IsOneOfWords { Of: DecidedWords words } of => Decided(words.Decision, asked)
            .Where((_, row) => of.Holds(words.Decision.Rows[row].Value)).Aggregate(Diagrams.Never, diagrams.Or),
        _ => looked.Of(condition, asked),
    };

    /// <summary>When each row of a decision gives its value: it holds, and none before it.</summary>
    int[] Decided(Decision decision, int asked)
    {
        if (decided.TryGetValue((decision, asked), out var known))
            return known;
        var (rows, left) = (new int[decision.Rows.Count], Diagrams.Always);
        for (var i = 0; i < rows.Length; i++)
        {
            var when = decision.Rows[i].When is { } sentence ? Meaning(sentence.Meaning, asked) : Diagrams.Always;
            rows[i] = diagrams.And(left, when);
            left = diagrams.And(left, diagrams.Not(when));
        }
        return decided[(decision, asked)] = rows;
    }

    Message WhyNever(Sentence? sentence, int when)
    {
        if (sentence is null || here == Diagrams.Never)
            return new Message("everybody has taken an exit before it");
        if (diagrams.And(Possible(sentence), when) == Diagrams.Never)
            return new Message("`{sentence}` can never hold", ("sentence", sentence.Text));
        if (QuestionsOf(sentence).FirstOrDefault(neverAsked.Contains) is { } dead)
            return new Message("`{dead}`, which it looks at, can never be asked", ("dead", dead));
        return diagrams.And(withoutExits, when) == Diagrams.Never
            ? new Message("no way through the questions before it gives answers for `{sentence}`", ("sentence", sentence.Text))
            : new Message("whoever answers so that `{sentence}` holds has taken an exit before it", ("sentence", sentence.Text));
    }

    /// <summary>What answers can be in themselves, whoever is asked.</summary>
    int Possible(Sentence sentence) =>
        QuestionsOf(sentence).Aggregate(Diagrams.Always, (good, q) => diagrams.And(good, looked.SomeOption(Find(q)!)));

    HashSet<string> QuestionsOf(Sentence sentence)
    {
        var questions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in sentence.Names)
            if (Find(name) is not null)
                questions.Add(name);
            else if (definition.Decide.FirstOrDefault(d => d.Name == name) is { } decision)
                foreach (var row in decision.Rows)
                    if (row.When is not null)
                        questions.UnionWith(QuestionsOf(row.When));
        return questions;
    }

    Question? Find(string name) => definition.FindQuestion(name) ?? definition.Work.FindQuestion(name) ?? definition.GroupOf(name)?.FindInside(name);

    IReadOnlyList<Message> Example(int diagram, IReadOnlyList<DecisionRow> rows)
    {
        var questions = rows.Where(r => r.When is not null).SelectMany(r => QuestionsOf(r.When!)).ToHashSet(StringComparer.Ordinal);
        return looked.Show(diagrams.Example(diagram), questions);
    }

    void Error(SourcePlace place, Message message) => Add(place, Severity.Error, message);

    void AlwaysTrue(Sentence sentence, Message mend) => Add(sentence.Place, Severity.Warning, new Message("`{sentence}` is always true here: {mend}", ("sentence", sentence.Text), ("mend", mend)));

    void NotProved(SourcePlace place, Message what, int diagram) => Add(place, Severity.Warning,
        new Message("not proved {what}, because of a comparison that cannot be looked through: {reasons}", ("what", what), ("reasons", looked.ReasonsIn(diagram))));

    void Add(SourcePlace place, Severity severity, Message message)
    {
        if (!diagrams.Spent)
            findings.Add(new Finding(place, severity, message));
    }
}
