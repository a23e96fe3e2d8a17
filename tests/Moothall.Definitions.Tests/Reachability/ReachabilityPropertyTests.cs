using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Moothall.Definitions.Tests.Reachability;

/// <summary>On small definitions made at random, the proof says what walking every path with every kind of answer finds.</summary>
public class ReachabilityPropertyTests
{
    [Fact]
    public void The_proof_agrees_with_walking_every_path() => ForAll(seed =>
    {
        var made = Random(new Random(seed), together: false).Made();
        var proved = Claims(Definitions.Reachability.Check(made, NoLookUps.Value));
        var walked = new EveryPath(made).Claims();
        proved.Order().ShouldBe(walked.Order(), $"seed {seed}\n{Written(made)}");
    });

    [Fact]
    public void What_it_claims_is_true_and_the_rest_is_not_proved_where_questions_are_compared_with_each_other() => ForAll(ClaimsWhatIsTrue);

    [Fact]
    public void A_row_that_can_never_be_is_claimed_rightly_where_nobody_comes_to_the_end_at_all() => ClaimsWhatIsTrue(920394936);

    static void ClaimsWhatIsTrue(int seed)
    {
        var made = Random(new Random(seed), together: true).Made();
        var findings = Definitions.Reachability.Check(made, NoLookUps.Value);
        var walked = new EveryPath(made).Claims();
        // Where nobody comes to the end, no row can ever be: that is true of each, and may be proved of one where it is not proved of the end.
        var rows = walked.Contains("nobody") ? made.Decide.SelectMany(d => d.Rows, (d, row) => $"never {d.Name} {row.Value}") : [];
        Claims(findings).ShouldBeSubsetOf(walked.Concat(rows), $"seed {seed}\n{Written(made)}");
        if (!findings.Any(f => f.Message.StartsWith("not proved", StringComparison.Ordinal)))
            Claims(findings).Where(c => !c.StartsWith("always", StringComparison.Ordinal)).Order()
                .ShouldBe(walked.Where(c => !c.StartsWith("always", StringComparison.Ordinal)).Order(), $"seed {seed}\n{Written(made)}");
    }

    static void ForAll(Action<int> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => { property(seed); return true; }));

    /// <summary>Findings in the short form that both sides are compared in.</summary>
    static HashSet<string> Claims(IReadOnlyList<Finding> findings)
    {
        var claims = new HashSet<string>();
        foreach (var message in findings.Select(f => f.Message))
        {
            var names = message.Split('`');
            if (message.StartsWith("`d` can never be `", StringComparison.Ordinal)) claims.Add($"never {names[1]} {names[3]}");
            else if (message.Contains("can never be", StringComparison.Ordinal)) claims.Add($"never {names[1]}");
            else if (message.Contains("overlap: ", StringComparison.Ordinal)) claims.Add($"overlap {names[5]} {names[1]} {names[3]}");
            else if (message.Contains("has no row", StringComparison.Ordinal)) claims.Add($"gap {names[1]}");
            else if (message.StartsWith("nobody", StringComparison.Ordinal)) claims.Add("nobody");
            else if (message.Contains("is always asked", StringComparison.Ordinal)) claims.Add($"always {names[3]}");
            else if (message.Contains("is always `", StringComparison.Ordinal)) claims.Add($"always {names[3]} {names[5]}");
        }
        return claims;
    }

    static SmallDefinition Random(Random random, bool together)
    {
        var definition = new SmallDefinition();
        var count = random.Next(2, 5);
        for (var i = 0; i < count; i++)
        {
            var when = i > 0 && random.Next(2) == 0 ? Sentence(random, definition.Questions, 2, together) : null;
            var optional = random.Next(3) == 0;
            switch (random.Next(6))
            {
                case 0: definition.Ask($"q{i}", "choice", when, optional, ["a", "b", "c"]); break;
                case 1: definition.Ask($"q{i}", "yes-no", when, optional); break;
                case 2: definition.Ask($"q{i}", "number", when, optional, least: random.Next(2) == 0 ? 0 : null, most: random.Next(2) == 0 ? 2 : null); break;
                case 3: definition.Ask($"q{i}", "text", when, optional); break;
                case 4: definition.Ask($"q{i}", "choices", when, optional, ["a", "b"]); break;
                default: definition.Ask($"q{i}", "date", when, optional); break;
            }
        }
        for (var i = random.Next(3); i > 0; i--)
            definition.Exit($"e{i}", Sentence(random, definition.Questions, 1, together));
        var rows = Enumerable.Range(0, random.Next(1, 4)).Select(i => ($"v{i}", Sentence(random, definition.Questions, 1, together))).ToList();
        if (random.Next(2) == 0)
            rows.Add(("rest", "otherwise"));
        return definition.Decide("d", [.. rows]);
    }

    static string Sentence(Random random, IReadOnlyList<Question> questions, int depth, bool together)
    {
        string Next() => Sentence(random, questions, depth - 1, together);
        switch (depth == 0 ? 5 : random.Next(7))
        {
            case 0: return $"({Next()} and {Next()})";
            case 1: return $"({Next()} or {Next()})";
            case 2: return $"not {Next()}";
        }
        var question = questions[random.Next(questions.Count)];
        var name = question.Name;
        if (random.Next(6) == 0)
            return $"{name} is {(random.Next(2) == 0 ? "" : "not ")}answered";
        string One(params string[] of) => of[random.Next(of.Length)];
        if (together && question.Type.Kind == ValueKind.Number && questions.LastOrDefault(q => q.Type.Kind == ValueKind.Number && q != question) is { } other)
            return $"{name} {One("+", "-")} {other.Name} {One("<", ">=", ">")} {random.Next(4)}";
        return question.Type.Kind switch
        {
            ValueKind.Choice => One($"{name} is {One("a", "b", "c")}", $"{name} is not {One("a", "b", "c")}", $"{name} is one of {One("a, b", "b or c")}"),
            ValueKind.YesNo => One(name, $"{name} is no", $"{name} is not yes"),
            ValueKind.Number => One($"{name} {One("<", "<=", ">", ">=", "is", "is not")} {random.Next(3)}", $"{name} * 2 > {random.Next(5)}", $"{name} + 1 <= {random.Next(4)}", $"2 - {name} >= {random.Next(3)}"),
            ValueKind.Text => $"{name} {One("is", "is not")} {One("red", "blue")}",
            ValueKind.Choices => One($"{name} has {One("a", "b")}", $"count {name} {One(">", "is", "is not")} {random.Next(3)}"),
            _ => $"age of {name} {One("<", ">=")} {One("18", "65")}",
        };
    }

    static string Written(ServiceDefinition definition) => string.Join('\n',
    [
        .. definition.Ask.Select(q => $"{q.Name}: {q.Type.Name}{(q.Optional ? " optional" : "")} {q.AtLeast?.Number}..{q.AtMost?.Number} when {q.When}"),
        .. definition.Exits.Select(e => $"exit {e.Name} when {e.When}"),
        .. definition.Decide.SelectMany(d => d.Rows).Select(r => $"{r.Value}: {r.When?.Text ?? "otherwise"}"),
    ]);

    /// <summary>Walks every path of a definition with an answer from every region, and keeps what it saw.</summary>
    sealed class EveryPath(ServiceDefinition definition)
    {
        readonly HashSet<string> seen = [];
        readonly HashSet<string> passedOver = [];

        public HashSet<string> Claims()
        {
            Visit(Answers.None);
            var claims = new HashSet<string>(definition.Ask.Select(q => q.Name).Concat(definition.Exits.Select(e => e.Name)).Where(n => !seen.Contains(n)).Select(n => $"never {n}"));
            claims.UnionWith(definition.Ask.Where(q => q.When is not null && seen.Contains(q.Name) && !passedOver.Contains(q.Name)).Select(q => $"always {q.Name}"));
            if (!seen.Contains("end"))
            {
                claims.Add("nobody");
                return claims;
            }
            var decision = definition.Decide[0];
            claims.UnionWith(seen.Where(s => s.StartsWith("overlap", StringComparison.Ordinal) || s.StartsWith("gap", StringComparison.Ordinal)));
            foreach (var row in decision.Rows)
                if (!seen.Contains($"row {row.Value}"))
                    claims.Add($"never d {row.Value}");
                else if (row.When is not null && !passedOver.Contains($"row {row.Value}"))
                    claims.Add($"always d {row.Value}");
            return claims;
        }

        void Visit(Answers answers)
        {
            var walk = Journey.Walk(definition, answers, SmallDefinition.Today);
            var until = walk.Next is { } next ? IndexOf(next) : walk.Exit is null ? definition.Ask.Count : IndexOf(walk.Path[^1]);
            for (var i = 0; i < until; i++)
                if (!walk.Path.Contains(definition.Ask[i]))
                    passedOver.Add(definition.Ask[i].Name);
            if (walk.Exit is { } exit)
                seen.Add(exit.Name);
            else if (walk.Next is null)
                Decide(answers);
            else
            {
                seen.Add(walk.Next.Name);
                foreach (var answer in AnswersTo(walk.Next))
                    Visit(answers.With(walk.Next.Name, answer));
            }
        }

        void Decide(Answers answers)
        {
            seen.Add("end");
            var facts = new Facts(definition, answers, new Dictionary<string, string>(), SmallDefinition.Today);
            var decision = definition.Decide[0];
            var holding = decision.Rows.Where(r => r.When?.Holds(facts) == true).ToList();
            foreach (var row in decision.Rows.Where(r => r.When is not null))
                (holding.Contains(row) ? seen : passedOver).Add($"row {row.Value}");
            if (holding.Count == 0)
                seen.Add(decision.Rows.Any(r => r.When is null) ? "row rest" : "gap d");
            foreach (var (i, first) in holding.Index())
                foreach (var second in holding.Skip(i + 1))
                    seen.Add($"overlap d {first.Value} {second.Value}");
        }

        int IndexOf(Question question) => definition.Ask.ToList().IndexOf(question);

        static IEnumerable<Answer> AnswersTo(Question question)
        {
            IEnumerable<Answer> answers = question.Type.Kind switch
            {
                ValueKind.Choice => question.Options.Select(o => new ChoiceAnswer(o.Name)),
                ValueKind.YesNo => [new YesNoAnswer(true), new YesNoAnswer(false)],
                ValueKind.Number => Enumerable.Range(-4, 21).Select(n => n / 4m)
                    .Where(n => !(n < question.AtLeast?.Number) && !(n > question.AtMost?.Number)).Select(n => new NumberAnswer(n)),
                ValueKind.Text => [new TextAnswer("red"), new TextAnswer("blue"), new TextAnswer("green")],
                ValueKind.Choices => [new ChoicesAnswer(["a"]), new ChoicesAnswer(["b"]), new ChoicesAnswer(["a", "b"])],
                _ => ((int[])[10, 18, 40, 65, 80]).Select(age => new DateAnswer(SmallDefinition.Today.PlusYears(-age))),
            };
            return question.Optional ? answers.Append(SkippedAnswer.Value) : answers;
        }
    }
}
