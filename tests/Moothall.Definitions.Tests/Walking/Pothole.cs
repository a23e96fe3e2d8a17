namespace Moothall.Definitions.Tests;

/// <summary>A small service built by hand: where, size, deep (when large), photo (optional), mine, you; with an exit and decisions.</summary>
static class Pothole
{
    public static readonly Question Where = Asked.Of("location", "Where is the pothole?", "where");
    public static readonly Question Size = Asked.Of("choice", "How big is it?", "size");
    public static readonly Question Deep = Asked.Of("yes-no", "Is it deeper than a golf ball?", "deep");
    public static readonly Question Photo = Asked.Of("file", "Do you have a photo?", "photo", optional: true);
    public static readonly Question You = Asked.Of("person", "How can we tell you what happens?", "you", optional: true);

    public static Sentence Sentence(string text, IReadOnlyList<Question> earlier, params IReadOnlyList<Decision> decisions)
    {
        var findings = new List<Finding>();
        var sentence = Definitions.Sentence.Parse(text, Asked.Here, new SentenceScope(earlier, decisions, NoLookUps.Value), findings);
        findings.ShouldBeEmpty();
        return sentence!;
    }

    /// <summary>A definition that asks some questions.</summary>
    public static ServiceDefinition Asking(params IReadOnlyList<Question> questions) => new()
    {
        Name = "report-a-pothole",
        Prefix = "POT",
        Title = new Prose("Report a pothole"),
        Summary = new Prose("Tell us about a hole."),
        Kind = ServiceKind.Report,
        Ask = questions,
        Work = new Work { Outcomes = [], Start = "triage", Stages = [], Place = Asked.Here },
        Keep = new Keeping(new Period(6, PeriodUnit.Years), "closed", "public task", [], Asked.Here),
        Measure = new Measure(new Dictionary<string, decimal>(), new Dictionary<string, decimal>(), Asked.Here),
        Hash = "0",
        Place = Asked.Here,
    };

    /// <summary>The service with its sentences: deep is asked of large holes, a small hole may end at once, priority is decided.</summary>
    public static ServiceDefinition WithSentences()
    {
        var deep = Deep with { When = Sentence("size is large", [Where, Size]) };
        Question[] asked = [Where, Size, deep, Photo, You];
        var priority = new Decision("priority", [new("urgent", Sentence("size is large and deep", asked), Asked.Here), new("routine", null, Asked.Here)], Asked.Here);
        var team = new Decision("team", [new("night", Sentence("priority is urgent", asked, priority), Asked.Here), new("day", null, Asked.Here)], Asked.Here);
        return Asking(asked) with
        {
            Decide = [priority, team],
            Exits = [new Exit("too-shallow", Sentence("size is large and deep is no", asked), new Prose("We only mend deep holes"), new Prose("Tell us if it grows."), Asked.Here)],
        };
    }

    public static readonly Answers Large = Answers.None
        .With("where", new LocationAnswer("High Street", null, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty))
        .With("size", new ChoiceAnswer("large"));
}
