using NodaTime;

namespace Moothall.Definitions.Tests.Reachability;

/// <summary>Builds definitions for the proof, thing by thing, each on a line of its own so that findings can be told apart.</summary>
sealed class SmallDefinition
{
    public static readonly LocalDate Today = new(2026, 11, 22);

    readonly List<Question> questions = [];
    readonly List<Exit> exits = [];
    readonly List<Decision> decisions = [];
    readonly List<Sharing> shares = [];
    readonly List<Question> staff = [];
    readonly List<string> said = [];
    int line;

    public IReadOnlyList<Question> Questions => questions;

    public SmallDefinition Ask(string name, string type, string? when = null, bool optional = false, string[]? options = null,
        decimal? least = null, decimal? most = null, Bound? mostDate = null, int files = 1, string? road = null)
    {
        questions.Add(Made(name, type, when, optional, options) with
        {
            AtLeast = least is null ? null : new Bound(least, null, false, 0),
            AtMost = mostDate ?? (most is null ? null : new Bound(most, null, false, 0)),
            MostFiles = files,
            LookUps = road is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["road"] = road },
        });
        return this;
    }

    public SmallDefinition Staff(string name, string type, string? when = null)
    {
        staff.Add(Made(name, type, when, false, null));
        return this;
    }

    public SmallDefinition Exit(string name, string when)
    {
        exits.Add(new Exit(name, Read(when), new Prose(name), new Prose(name), Next()));
        return this;
    }

    /// <summary>A decision; "otherwise" as a sentence is the last row.</summary>
    public SmallDefinition Decide(string name, params (string Value, string When)[] rows)
    {
        var place = Next();
        decisions.Add(new Decision(name, [.. rows.Select(r => new DecisionRow(r.Value, r.When == "otherwise" ? null : Read(r.When), Next()))], place));
        return this;
    }

    public SmallDefinition Share(string partner, string when)
    {
        shares.Add(new Sharing(partner, "A-1", Read(when), [], Next()));
        return this;
    }

    public ServiceDefinition Made() => new()
    {
        Name = "small", Prefix = "SM", Title = new Prose("Small"), Summary = new Prose("Small"), Kind = ServiceKind.Report,
        Ask = questions, Exits = exits, Decide = decisions, Share = shares,
        Work = new Work { Outcomes = [], Start = "start", Stages = [], Questions = staff, Place = new("small.yaml", 900, 1) },
        Keep = new Keeping(new Period(1, PeriodUnit.Years), "closed", "public task", [], new("small.yaml", 901, 1)),
        Measure = new Measure(new Dictionary<string, decimal>(), new Dictionary<string, decimal>(), new("small.yaml", 902, 1)),
        Hash = "", Place = new("small.yaml", 1, 1),
    };

    public IReadOnlyList<Finding> Check(int budget = Definitions.Reachability.UsualBudget) =>
        Definitions.Reachability.Check(Made(), Sentences.Roads.Value, budget).Proved([.. said]);

    /// <summary>The messages of the proof.</summary>
    public IReadOnlyList<string> Messages() => [.. Check().Select(f => $"{(f.Severity == Severity.Error ? "error" : "warning")}: {f.Message}")];

    Question Made(string name, string type, string? when, bool optional, string[]? options) => new()
    {
        Name = name, Text = new Prose(name), Type = QuestionTypes.Find(type)!, Optional = optional,
        Options = [.. (options ?? []).Select(o => new Option(o, new Prose(o), null, default))],
        When = when is null ? null : Read(when), Place = Next(),
    };

    Sentence Read(string text)
    {
        var findings = new List<Finding>();
        said.Add(text);
        return Sentence.Parse(text, Next(), new SentenceScope([.. questions, .. staff], decisions, Sentences.Roads.Value), findings)
            ?? throw new InvalidOperationException($"{text}: {findings[0].Message}");
    }

    SourcePlace Next() => new("small.yaml", ++line, 1);
}
