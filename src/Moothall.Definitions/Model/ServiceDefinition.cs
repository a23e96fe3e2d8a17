using NodaTime;

namespace Moothall.Definitions;

/// <summary>What a resident wants when they use the service.</summary>
public enum ServiceKind { Report, Apply, Pay, Book, Respond, Learn, Bundle }

/// <summary>How sure it must be who asks, before the first question.</summary>
public enum SignInNeed
{
    /// <summary>Nobody is asked who they are.</summary>
    None,
    /// <summary>Signed in to an account.</summary>
    Medium,
    /// <summary>Signed in with a second proof.</summary>
    TwoFactor,
}

/// <summary>What these are called in service files.</summary>
public static class SignInNeeds
{
    public static IReadOnlyList<string> Words { get; } = ["none", "medium", "two-factor"];

    /// <summary>The need of that name, or null.</summary>
    public static SignInNeed? Find(string word) => word switch { "none" => SignInNeed.None, "medium" => SignInNeed.Medium, "two-factor" => SignInNeed.TwoFactor, _ => null };
}

/// <summary>
/// One council service, read from one file of eight verbs. Immutable; a change is a new version. It names no council:
/// who offers it, and which team works it, stands in the council's offers.
/// </summary>
public sealed record ServiceDefinition
{
    /// <summary>The service's name in addresses and the API: `report-a-pothole`.</summary>
    public required string Name { get; init; }
    /// <summary>Two to six capital letters that begin its references: `POT`.</summary>
    public required string Prefix { get; init; }
    public required Prose Title { get; init; }
    public required Prose Summary { get; init; }
    public required ServiceKind Kind { get; init; }
    /// <summary>Local Government Services List id, where one is known.</summary>
    public int? Lgsl { get; init; }
    /// <summary>Other words people search for ("hole in the road"), in whatever language they search.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public StartPage Start { get; init; } = new();
    /// <summary>How sure it must be who asks. An advisor who asks for a caller makes sure of it in their own way.</summary>
    public SignInNeed SignIn { get; init; }
    /// <summary>What happens after sending, told on the confirmation page.</summary>
    public Prose? WhatHappensNext { get; init; }

    public required IReadOnlyList<Question> Ask { get; init; }
    /// <summary>The parts of a long form, in order; none where it is not parted.</summary>
    public IReadOnlyList<AskSection> Sections { get; init; } = [];
    /// <summary>Pages with a title of their own: of several questions, or only to be read; in order.</summary>
    public IReadOnlyList<AskPage> Pages { get; init; } = [];
    /// <summary>The sections are a list to come back to, each filled in when the person likes, as far as they do not look at each other.</summary>
    public bool TaskList { get; init; }
    /// <summary>Its cases are there for nobody but the team that works them and those who were given the service by name.</summary>
    public bool Sensitive { get; init; }
    /// <summary>Designed ends other than sending: "you are not eligible", "this is not ours".</summary>
    public IReadOnlyList<Exit> Exits { get; init; } = [];
    /// <summary>Dangers that are told at once: "keep away and ring".</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];
    public IReadOnlyList<Decision> Decide { get; init; } = [];
    /// <summary>Values worked out from the answers, in the order of the file.</summary>
    public IReadOnlyList<WorkedOut> Worked { get; init; } = [];
    /// <summary>What is to be paid.</summary>
    public IReadOnlyList<Charge> Charges { get; init; } = [];
    public required Work Work { get; init; }
    /// <summary>Who must agree before the work begins; null where nobody must.</summary>
    public CoSign? CoSign { get; init; }
    public IReadOnlyList<Telling> Tell { get; init; } = [];
    /// <summary>The question whose answer says where messages go; the first person or e-mail address asked for where it is not named.</summary>
    public string? TellTo { get; init; }
    public IReadOnlyList<Sharing> Share { get; init; } = [];
    /// <summary>What runs out and is asked for anew; null where nothing does.</summary>
    public Renewal? Renew { get; init; }
    public required Keeping Keep { get; init; }
    public required Measure Measure { get; init; }

    /// <summary>Whether people are told by e-mail at a moment; a stage by its name.</summary>
    public bool Tells(string on, string? stage) => Tell.Any(t => t.On == on && t.Stage == stage && t.Channels.Contains("email"));

    /// <summary>SHA-256 of the source text in lower-case hex: what a draft and a case are pinned to.</summary>
    public required string Hash { get; init; }
    public required SourcePlace Place { get; init; }
    /// <summary>Where every key and word of the file stands, by its path (`keep/personal/you`), so that a finding can point at one word; nothing where it is read to be served.</summary>
    public IReadOnlyDictionary<string, SourcePlace> Places { get; init; } = new Dictionary<string, SourcePlace>();

    /// <summary>Whether answers of the person's earlier case fill in any of the questions.</summary>
    public bool FillsInFromCases => Ask.Any(q => q.Prefill.Contains(PrefillSource.EarlierCase));

    /// <summary>Whether what an account remembers fills in any of the questions.</summary>
    public bool FillsInFromAccount => Ask.Any(q => q.Prefill.Contains(PrefillSource.Account));

    /// <summary>The largest file that any of its questions takes, those of staff too, in megabytes; the usual where none does.</summary>
    public int LargestFile => Ask.Concat(Work.Questions).SelectMany(q => q.WithThoseInside()).Select(q => q.MostMegabytes).Append(Question.UsualFile).Max();

    /// <summary>The question of that name among those asked of residents, or null.</summary>
    public Question? FindQuestion(string name) => Ask.FirstOrDefault(q => q.Name == name);

    /// <summary>The questions of `ask` without the one that names whoever must agree: what they say of people is said of whoever asks.</summary>
    public IEnumerable<Question> AskedOfApplicant => Ask.Where(q => q.Name != CoSign?.Who);

    /// <summary>The group of `ask` in whose rows a question of that name is asked, or null.</summary>
    public Question? GroupOf(string name) => Ask.GroupAsking(name);

    /// <summary>A decided value of a case in words: what was decided, and how. A case may also keep an answer that its times go by; both are shown as they are where the definition no longer has them.</summary>
    public (Prose What, Prose Value) InWords(string decided, string value)
    {
        ArgumentNullException.ThrowIfNull(decided);
        ArgumentNullException.ThrowIfNull(value);
        if (Decide.FirstOrDefault(d => d.Name == decided) is { } decision)
            return (decision.Label, decision.Rows.FirstOrDefault(r => r.Value == value)?.Label ?? new Prose(value.Replace('-', ' ')));
        var question = FindQuestion(decided);
        return (question is null ? new Prose(Names.InWords(decided)) : question.Short ?? question.Text, question?.Options.FirstOrDefault(o => o.Name == value)?.Label ?? new Prose(value.Replace('-', ' ')));
    }

    /// <summary>Where "has this been reported already?" is asked: of a report the first place, of other services only where it is written; null where it is not.</summary>
    public NearBy? Near
    {
        get
        {
            foreach (var question in Ask)
                if (question.Type.Name == "location" && (question.Near ?? (Kind == ServiceKind.Report ? NearBy.Usual : 0)) is > 0 and var metres) return new NearBy(question, metres);
            return null;
        }
    }
}

/// <summary>After which question open cases near by are shown, and how near that is.</summary>
public sealed record NearBy(Question Question, int Metres)
{
    /// <summary>How near, where a report does not say.</summary>
    public const int Usual = 50;
    /// <summary>The nearest and the farthest that a definition may say.</summary>
    public const int Least = 5, Most = 500;
}

/// <summary>The start page: who it is for, what to have at hand, when not to use it.</summary>
public sealed record StartPage
{
    public Prose? Who { get; init; }
    public IReadOnlyList<Prose> Need { get; init; } = [];
    /// <summary>"This is dangerous, ring 999": shown as a warning on the start page.</summary>
    public Prose? Danger { get; init; }
    /// <summary>What it costs, in words; nothing means free.</summary>
    public Prose? Cost { get; init; }
}

/// <summary>One question: asked of residents (`ask`) or of staff (`work.questions`).</summary>
public sealed record Question
{
    public required string Name { get; init; }
    public required Prose Text { get; init; }
    public Prose? Hint { get; init; }
    /// <summary>A short name for "Check your answers" and the desk; the question itself where none is written.</summary>
    public Prose? Short { get; init; }
    public required QuestionType Type { get; init; }
    /// <summary>Asked only when this holds; always where null.</summary>
    public Sentence? When { get; init; }
    public bool Optional { get; init; }
    /// <summary>Answers to choose from, in order (choice and choices).</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];
    /// <summary>File kinds taken, of jpeg, png, pdf, docx, doc, odt, xlsx, xls, ods, csv, txt (file).</summary>
    public IReadOnlyList<string> Accept { get; init; } = [];
    /// <summary>Most files taken (file); 1 where not written.</summary>
    public int MostFiles { get; init; } = 1;
    /// <summary>Largest file in megabytes (file), as written; <see cref="UsualFile"/> where null.</summary>
    public int? MostSize { get; init; }
    /// <summary>Longest text in characters (text, long-text); the type's own limit where null.</summary>
    public int? MaxLength { get; init; }
    /// <summary>An example of what the text looks like, with any letter for a letter and any figure for a figure (text); anything where null.</summary>
    public string? LooksLike { get; init; }
    /// <summary>Most words taken (long-text); any number within the length where null.</summary>
    public int? MaxWords { get; init; }
    /// <summary>Least value allowed, as written: a number, an amount or a date, or `today`.</summary>
    public Bound? AtLeast { get; init; }
    /// <summary>Greatest value allowed, as written: a number, an amount or a date, or `today`.</summary>
    public Bound? AtMost { get; init; }
    /// <summary>Only whole numbers are taken (number).</summary>
    public bool Whole { get; init; }
    /// <summary>Parts looked up from data when answered: part name → table (`look-up: {road: roads}` gives `where.road`).</summary>
    public IReadOnlyDictionary<string, string> LookUps { get; init; } = new Dictionary<string, string>();
    /// <summary>An earlier question whose answer may be this one's too, with one tick; null where none is named.</summary>
    public SameAs? SameAs { get; init; }
    /// <summary>Where an answer may come from that is shown to be confirmed or changed, the first that has one first: <see cref="PrefillSource"/>.</summary>
    public IReadOnlyList<string> Prefill { get; init; } = [];
    /// <summary>Within how many metres open cases of the same service are shown before sending (location); 0 shows none, null leaves it to the kind of service.</summary>
    public int? Near { get; init; }
    /// <summary>The questions asked of each row, in order; none where it is no group.</summary>
    public IReadOnlyList<Question> Inside { get; init; } = [];
    /// <summary>What one row of a group is called within a sentence ("cost"); null where it is no group.</summary>
    public Prose? One { get; init; }
    /// <summary>The part of the form that it belongs to; null where the form has none.</summary>
    public AskSection? Section { get; init; }
    /// <summary>The page that it shares with others or that has more to say than the question; null where the question is a page of its own.</summary>
    public AskPage? Page { get; init; }
    public required SourcePlace Place { get; init; }

    /// <summary>Whether it is a group: the same questions for each of several.</summary>
    public bool IsGroup => Inside.Count > 0;
    /// <summary>Fewest rows of a group.</summary>
    public int FewestRows => (int)(AtLeast?.Number ?? 1);
    /// <summary>Most rows of a group.</summary>
    public int MostRows => (int)(AtMost?.Number ?? UsualMostRows);
    /// <summary>The largest file that a question takes, in megabytes (file).</summary>
    public int MostMegabytes => MostSize ?? UsualFile;
    /// <summary>A size in bytes.</summary>
    public static long Bytes(int megabytes) => megabytes * 1024L * 1024;
    /// <summary>The largest file where the definition does not say, and the largest that it may ask for, in megabytes.</summary>
    public const int UsualFile = 10, LargestFile = 50;
    /// <summary>Most rows where the file does not say.</summary>
    public const int UsualMostRows = 20;
    /// <summary>Whether the answer usually says who somebody is.</summary>
    public bool IsPersonal => Type.Personal || Inside.Any(q => q.IsPersonal);

    /// <summary>The words for lists of answers: the short name, or the question.</summary>
    public string Label(string language) => (Short ?? Text).In(language);
}

/// <summary>An earlier question whose answer may be that of a later one too, and what it is called in lists of answers.</summary>
public sealed record SameAs(string Question, Prose Label);

/// <summary>An answer to choose from.</summary>
public sealed record Option(string Name, Prose Label, Prose? Hint, SourcePlace Place)
{
    /// <summary>Whoever chooses it chooses nothing else ("none of these"; choices).</summary>
    public bool Alone { get; init; }
}

/// <summary>A limit of a question: a number (money in pence), a date, or today (with days added).</summary>
public sealed record Bound(decimal? Number, LocalDate? Date, bool IsToday, int Days)
{
    /// <summary>The date this limit means on a given day; null for a limit of numbers.</summary>
    public LocalDate? On(LocalDate today) => IsToday ? today.PlusDays(Days) : Date;
}

/// <summary>A designed end of the journey without sending; its page says why and what to do instead.</summary>
public sealed record Exit(string Name, Sentence When, Prose Title, Prose Text, SourcePlace Place)
{
    /// <summary>The end that every service has without writing it: the person follows a case that is there already.</summary>
    public const string Followed = "followed";
}

/// <summary>A value worked out from the answers: rows are tried in order; the last is `otherwise` (its sentence is null).</summary>
public sealed record Decision(string Name, IReadOnlyList<DecisionRow> Rows, SourcePlace Place)
{
    /// <summary>What staff call what is decided ("Priority"); its name in words where not written.</summary>
    public Prose Label { get; init; } = Names.Label(Name, Place);
}

/// <summary>One value of a decision and when it holds; a null sentence is `otherwise`.</summary>
public sealed record DecisionRow(string Value, Sentence? When, SourcePlace Place)
{
    /// <summary>What staff call the value ("urgent"); its name in words where not written. It stands within a line, so it begins as a word in a sentence does.</summary>
    public Prose Label { get; init; } = new(Value.Replace('-', ' ')) { Place = Place, IsName = true };
}

/// <summary>How a case is worked to an end.</summary>
public sealed record Work
{
    /// <summary>The time in which the whole case is to be closed.</summary>
    public Target? CloseWithin { get; init; }
    public required IReadOnlyList<Outcome> Outcomes { get; init; }
    /// <summary>Questions asked of staff by actions.</summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];
    /// <summary>The stage a new case is in.</summary>
    public required string Start { get; init; }
    public required IReadOnlyList<Stage> Stages { get; init; }
    public required SourcePlace Place { get; init; }

    public Stage? FindStage(string name) => Stages.FirstOrDefault(s => s.Name == name);
    public Outcome? FindOutcome(string name) => Outcomes.FirstOrDefault(o => o.Name == name);
    public Question? FindQuestion(string name) => Questions.FirstOrDefault(q => q.Name == name);
    /// <summary>The stage in which a case waits for whoever must agree; null where there is none.</summary>
    public Stage? CoSignStage => Stages.FirstOrDefault(s => s.WaitsForCoSigner);
    /// <summary>The names of the stages that a new case can be in: the start, and where it waits for whoever must agree first.</summary>
    public IReadOnlyList<string> Beginnings => CoSignStage is { } waiting && waiting.Name != Start ? [Start, waiting.Name] : [Start];
}

/// <summary>A way a case ends. The label is what the resident reads.</summary>
public sealed record Outcome(string Name, Prose Label, SourcePlace Place);

/// <summary>A step of the work, with what may be done in it.</summary>
public sealed record Stage
{
    public required string Name { get; init; }
    /// <summary>What staff call it; its name in words where not written.</summary>
    public required Prose Label { get; init; }
    /// <summary>What the resident is told while the case is here; null says only that it is being worked on.</summary>
    public Prose? ShownAs { get; init; }
    public Target? Within { get; init; }
    /// <summary>The case waits for the resident here and its clocks stand still (`waiting-for: resident`).</summary>
    public bool WaitsForResident { get; init; }
    /// <summary>The case waits here for whoever must agree and its clocks stand still (`waiting-for: co-signer`).</summary>
    public bool WaitsForCoSigner { get; init; }
    /// <summary>The case waits here for somebody who is not the council.</summary>
    public bool Waits => WaitsForResident || WaitsForCoSigner;
    public required IReadOnlyList<WorkAction> Actions { get; init; }
    public required SourcePlace Place { get; init; }

    public WorkAction? FindAction(string name) => Actions.FirstOrDefault(a => a.Name == name);
}

/// <summary>Something staff may do: it leads to a stage or closes with an outcome (exactly one of the two).</summary>
public sealed record WorkAction(string Name, Prose Label, string? To, string? Close, IReadOnlyList<string> Ask, SourcePlace Place);

/// <summary>A time to keep: one period, or one by the value of a decision or choice question (`{by: priority, urgent: 2 hours}`).</summary>
public sealed record Target(Period? Always, string? By, IReadOnlyDictionary<string, Period> ByValue, SourcePlace Place)
{
    /// <summary>The period for given decided values (and choice answers) by name; null when no row names the value.</summary>
    public Period? For(IReadOnlyDictionary<string, string> values) =>
        Always ?? (By is not null && values.TryGetValue(By, out var value) && ByValue.TryGetValue(value, out var period) ? period : null);
}

/// <summary>Who is told at a moment: `on received`, `on closed`, `on stage repair`, `on question`, `on late`, `on reopened`, `on moved`.</summary>
public sealed record Telling(string On, string? Stage, IReadOnlyList<string> Channels, SourcePlace Place);

/// <summary>Fields that a partner gets under an agreement when a sentence holds.</summary>
public sealed record Sharing(string Partner, string Agreement, Sentence? When, IReadOnlyList<string> Fields, SourcePlace Place);

/// <summary>How long a record is kept after an event, why, and which questions are personal.</summary>
public sealed record Keeping(Period For, string After, string Because, IReadOnlyList<string> Personal, SourcePlace Place);

/// <summary>What the figures are judged by: targets as rates 0..1 and default unit costs in pence (fractions allowed) by channel.</summary>
public sealed record Measure(IReadOnlyDictionary<string, decimal> Targets, IReadOnlyDictionary<string, decimal> CostPounds, SourcePlace Place);
