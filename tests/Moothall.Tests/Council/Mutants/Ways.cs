using System.Text.RegularExpressions;

namespace Moothall.Tests.Council.Mutants;

/// <summary>The ways in which designers break service files, each with what they have to be told.</summary>
static partial class Ways
{
    public static IReadOnlyList<Way> All { get; } = [.. Keys(), .. Values(), .. Indents(), .. Missing(), .. Writing(), .. InSentences(), .. OfAnswers(), .. OfWork(), .. OfRecords(), .. OfLongForms(), .. OfCoSign(), .. OfSpeech(), .. OfHaste()];

    /// <summary>Changes that mean the same, of which nothing may be said.</summary>
    public static IReadOnlyList<Way> Harmless { get; } =
    [
        new("a value stands in quotes", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Concat(Prose(file)).Select(e => new Mutant(e.Path, file.WithValue(e, $"\"{e.Value}\""), 0, ""))),
        new("a comment stands behind", file => file.Like("ask/*/type").Concat(Lists(file)).Concat(Prose(file)).Where(e => !file.LineOf(e).Contains('#', StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.With(e.Number, l => l + "  # see the minutes: 3"), 0, ""))),
        new("an empty line stands between", file => file.Like("ask/*/type").Concat(file.Like("work/stages/*")).Select(e => new Mutant(e.Path, file.WithBelow(e.Number - 1, ""), 0, ""))),
        new("a list ends with a comma", file => Lists(file).Where(e => e.Value.Length > 2).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("]", ",]", StringComparison.Ordinal)), 0, ""))),
        new("a list has no spaces", file => Lists(file).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace(", ", ",", StringComparison.Ordinal)), 0, ""))),
        new("a list stands on lines of its own", file => file.Like("keep/personal").Select(e => new Mutant(e.Path, string.Join('\n', file.WithValue(e, "").Split('\n').Take(e.Number).Concat(Items(e).Select(i => "    - " + i)).Concat(file.Text.Split('\n').Skip(e.Number))), 0, ""))),
        new("lines end as on Windows", file => [new("", file.Text.Replace("\n", "\r\n", StringComparison.Ordinal), 0, "")]),
        new("a sentence stands in brackets", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value})"), 0, ""))),
        new("a sentence says not not", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"not (not ({e.Value}))"), 0, ""))),
    ];

    static string Mean(string word) => $"did you mean `{word}`?";

    static Way OfKeys(string name, params string[] like) => new(name, file => like.SelectMany(file.Like).OrderBy(e => e.Number)
        .Select(e => new Mutant(e.Path, file.WithKey(e, Way.Misspelt(e.Key)), e.Number, Mean(e.Key))));

    static IEnumerable<Way> Keys() =>
    [
        OfKeys("a key of the file is misspelt", "service", "prefix", "title", "summary", "kind", "keywords", "start-page", "what-happens-next", "ask", "exit", "decide", "work", "tell", "share", "renew", "keep", "measure", "sensitive", "task-list", "charge", "co-sign"),
        OfKeys("a key of the start page is misspelt", "start-page/*"),
        OfKeys("a key of a question is misspelt", "ask/*/(question|hint|short|optional|when|max-length|accept|most-files|at-least|at-most|look-up|near|same-as|prefill)", "work/questions/*/(question|max-length|hint)"),
        OfKeys("`type` is misspelt", "ask/*/type", "work/questions/*/type"),
        OfKeys("`options` is misspelt", "ask/*/options"),
        OfKeys("a key of an exit is misspelt", "exit/*/*"),
        OfKeys("a key of an alert is misspelt", "alert/*/*"),
        OfKeys("a key of a charge is misspelt", "charge/*/*"),
        OfKeys("a key of a decision is misspelt", "decide/*/(label|is|shown)"),
        OfKeys("a key of a decision's row is misspelt", "decide/*/*/(when|label)"),
        OfKeys("a key of the work is misspelt", "work/*"),
        OfKeys("a key of a stage is misspelt", "work/stages/*/*"),
        OfKeys("a key of an action is misspelt", "work/stages/*/actions/*/*"),
        OfKeys("a key of sharing is misspelt", "share/*/*"),
        OfKeys("a key of the renewal is misspelt", "renew/*"),
        OfKeys("a key of keeping is misspelt", "keep/*"),
        OfKeys("a key of measuring is misspelt", "measure/*"),
        OfKeys("a moment of telling is misspelt", "tell/on (received|closed|question|late|reopened|moved)"),
        new("a key has a capital", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithKey(e, "Type"), e.Number, Mean("type")))),
        new("a language is misspelt", file => file.Like("ask/*/question/cy").Concat(file.Like("exit/*/title/cy")).Select(e => new Mutant(e.Path, file.WithKey(e, "cym"), e.Number, "two letters"))),
        new("a key stands twice", file => file.Like("ask/*/type").Concat(file.Like("work/stages/*/actions/*/(to|close)")).Select(e => new Mutant(e.Path, file.WithBelow(e.Number, file.LineOf(e)), e.Number + 1, $"`{e.Key}` is already on line {e.Number}"))),
        new("a question stands twice", file => file.Like("ask/*").Select(e => new Mutant(e.Path, file.WithBelow(file.EndOf(e), file.LinesOf(e)), file.EndOf(e) + 1, $"`{e.Key}` is already on line {e.Number}"))),
        new("a key of a later release is used", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    reopen: yes"), e.Number + 1, "`reopen` is not available yet"))),
    ];

    static Way OfValues(string name, params string[] like) => new(name, file => like.SelectMany(file.Like).Where(e => e.Value.Length > 0 && e.Value[0] is not ('[' or '{' or '"')).OrderBy(e => e.Number)
        .Select(e => new Mutant(e.Path, file.WithValue(e, Way.Misspelt(e.Value)), e.Number, Mean(e.Value))));

    static Way OfItems(string name, params string[] like) => new(name, file => like.SelectMany(file.Like).Where(e => e.Value.StartsWith('[')).OrderBy(e => e.Number).Select(e =>
    {
        var item = e.Value.Trim('[', ']').Split(',')[^1].Trim();
        return new Mutant(e.Path, file.WithValue(e, e.Value[..e.Value.LastIndexOf(item, StringComparison.Ordinal)] + Way.Misspelt(item) + "]"), e.Number, Mean(item));
    }));

    static Way OfPairs(string name, string mean, params string[] like) => new(name, file => like.SelectMany(file.Like).Where(e => e.Value.StartsWith('{')).OrderBy(e => e.Number).Select(e =>
    {
        var pair = e.Value.Trim('{', '}').Split(", ")[^1].Split(": ");
        var word = mean == "by" ? e.Value.Trim('{', '}').Split(", ")[0].Split(": ")[1] : pair[0];
        return new Mutant(e.Path, file.WithValue(e, e.Value.Replace((mean == "by" ? " " : "") + word + (mean == "by" ? "," : ":"), (mean == "by" ? " " : "") + Way.Misspelt(word) + (mean == "by" ? "," : ":"), StringComparison.Ordinal)), e.Number, Mean(word));
    }));

    static IEnumerable<Way> Values() =>
    [
        OfValues("a type is misspelt", "ask/*/type", "work/questions/*/type"),
        OfValues("the kind of service is misspelt", "kind"),
        OfValues("the lawful reason is misspelt", "keep/because"),
        OfValues("the first stage is misspelt", "work/start"),
        OfValues("the stage an action leads to is misspelt", "work/stages/*/actions/*/to"),
        OfValues("the outcome of an action is misspelt", "work/stages/*/actions/*/close"),
        OfValues("the agreement is misspelt", "share/*/agreement"),
        OfValues("the date of a renewal is misspelt", "renew/(begins|ends)"),
        OfItems("a question of an action is misspelt", "work/stages/*/actions/*/ask"),
        OfItems("a personal question is misspelt", "keep/personal"),
        OfItems("a shared question is misspelt", "share/*/fields"),
        OfItems("a kind of file is misspelt", "ask/*/accept"),
        OfItems("a way of telling is misspelt", "tell/on *"),
        OfItems("an outcome of a renewal is misspelt", "renew/after"),
        OfItems("where an answer is filled in from is misspelt", "ask/*/prefill"),
        OfValues("the earlier question of the same answer is misspelt", "ask/*/same-as"),
        OfPairs("what a time goes by is misspelt", "by", "work/close-within", "work/stages/*/within"),
        OfPairs("a value that a time goes by is misspelt", "value", "work/close-within", "work/stages/*/within"),
        OfPairs("a figure or channel is misspelt", "value", "measure/(target|cost)"),
        new("a stage of telling is misspelt", file => file.Like("tell/on stage *").Select(e => e.Key[9..] is var stage ? new Mutant(e.Path, file.WithKey(e, "on stage " + Way.Misspelt(stage)), e.Number, Mean(stage)) : null!)),
        new("the stage of a charge is misspelt", file => file.Like("charge/*/due").Where(e => e.Value.StartsWith("on stage ", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, "on stage " + Way.Misspelt(e.Value[9..])), e.Number, Mean(e.Value[9..])))),
        OfKeys("the partner is misspelt", "share/*"),
        new("a yes or no is said otherwise", file => file.Like("ask/*/optional").Concat(file.Like("ask/*/whole")).Concat(file.Like("task-list")).Concat(file.Like("decide/*/shown")).Select(e => new Mutant(e.Path, file.WithValue(e, "true"), e.Number, "must be `yes` or `no`"))),
        new("a number is written in words", file => file.Like("ask/*/(max-length|most-files)").Concat(file.Like("lgsl")).Select(e => new Mutant(e.Path, file.WithValue(e, "many"), e.Number, "must be a whole number"))),
        new("a period has a unit that nobody counts in", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => !e.Value.StartsWith('{')).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Split(' ')[0] + " fortnights"), e.Number, "write for example `2 hours`"))),
        new("a period is in figures alone", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => !e.Value.StartsWith('{')).Select(e => new Mutant(e.Path, file.WithValue(e, "5"), e.Number, "write for example `2 hours`"))),
        new("a period is longer than the calendar knows", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => !e.Value.StartsWith('{')).Select(e => new Mutant(e.Path, file.WithValue(e, "9000 working days"), e.Number, "2"))),
        new("a period of a value is no period", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => e.Value.StartsWith('{')).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value[..e.Value.LastIndexOf(": ", StringComparison.Ordinal)] + ": soon}"), e.Number, "write for example `2 hours`"))),
        new("how long to keep has no beginning", file => file.Like("keep/for").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Split(" after")[0]), e.Number, "after closed`"))),
        new("how long to keep is counted in hours", file => file.Like("keep/for").Select(e => new Mutant(e.Path, file.WithValue(e, "40 hours after closed"), e.Number, "write days, weeks, months or years"))),
        new("a target is no percentage", file => file.Like("measure/target").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("%", "", StringComparison.Ordinal)), e.Number, "in per cent, such as `90%`"))),
        new("a target is over the whole", file => file.Like("measure/target").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace(": ", ": 1", StringComparison.Ordinal)), e.Number, "between 0% and 100%"))),
        new("a cost is no number", file => file.Like("measure/cost").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("web: 0.09", "web: cheap", StringComparison.Ordinal)), e.Number, "must be a number"))),
        new("the prefix is in small letters", file => file.Like("prefix").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.ToLowerInvariant()), e.Number, $"write `{e.Value}`"))),
        new("the prefix is that of another service", file => file.Like("prefix").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value == "POT" ? "NSE" : "POT"), e.Number, "choose another"))),
        new("the service's name has capitals and spaces", file => file.Like("service").Select(e => new Mutant(e.Path, file.WithValue(e, "Report It"), e.Number, "write `report-it`"))),
        new("a name is written with capitals", file => file.Like("ask/*").Select(e => new Mutant(e.Path, file.WithKey(e, "The_" + e.Key), e.Number, $"write `the-{e.Key}`") { Alone = !IsHeaded(file, e.Path.Split('/')[1]) })),
        new("a question is called like a word of sentences", file => file.Like("ask/*").Where(e => file.Find(e.Path + "/question") is not null).Select(e => new Mutant(e.Path, file.WithKey(e, "today"), e.Number, "choose another name") { Alone = !IsHeaded(file, e.Path.Split('/')[1]) })),
        new("a decision is called like a question", file => file.Like("decide/*").Select(e => new Mutant(e.Path, file.WithKey(e, file.Like("ask/*").First(q => file.Find(q.Path + "/type") is not null).Key), e.Number, "give this decision another name"))),
        new("a question of staff is called like one of residents", file => file.Like("work/questions/*").Select(e => new Mutant(e.Path, file.WithKey(e, file.Like("ask/*").First(q => file.Find(q.Path + "/type") is not null).Key), e.Number, "give this one another name"))),
        new("a stage waits for somebody else", file => file.Like("work/stages/*/waiting-for").Select(e => new Mutant(e.Path, file.WithValue(e, "customer"), e.Number, "only for the `resident`"))),
        new("the number to ring is no number", file => file.Like("alert/*/ring").Select(e => new Mutant(e.Path, file.WithValue(e, "the police"), e.Number, "`council` for the council's own"))),
        new("a charge falls due at no moment", file => file.Like("charge/*/due").Select(e => new Mutant(e.Path, file.WithValue(e, "later"), e.Number, "write `on received`"))),
        new("an amount has no pound sign", file => file.Like("charge/*/amount").Where(e => e.Value.Length > 0).Select(e => new Mutant(e.Path, file.WithValue(e, "12"), e.Number, "write it as £12"))),
        new("a fee is one that the council has not", file => file.Like("charge/*/amount").Where(e => e.Value.StartsWith("fee ", StringComparison.Ordinal)).Select(e => e.Value.Split(' ')[1] is var fee ? new Mutant(e.Path, file.WithValue(e, e.Value.Replace("fee " + fee, "fee " + Way.Misspelt(fee), StringComparison.Ordinal)), 0, Mean(fee)) : null!)),
        new("a reminder comes before its time has begun", file => file.Like("renew/remind").Select(e => new Mutant(e.Path, file.WithValue(e, "9 years before"), e.Number, "make it shorter"))),
        new("a reminder does not say before what", file => file.Like("renew/remind").Select(e => new Mutant(e.Path, file.WithValue(e, "30 days"), e.Number, "`30 days before`"))),
    ];

    static IEnumerable<Way> Indents() =>
    [
        new("a key of a question stands one level left", file => file.Like("ask/*/(type|optional|when|max-length)").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "one level too far left"))),
        new("the words of a question stand one level left", file => file.Like("ask/*/question").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "one level too far left") { Alone = !IsHeaded(file, e.Path.Split('/')[1]) })),
        new("a question stands one level left", file => file.Like("ask/*").Skip(1).Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "so that it stands under `ask`") { Alone = !IsHeaded(file, e.Path.Split('/')[1]) })),
        new("an option stands one level left", file => file.Like("ask/*/options/*").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "under `options`"))),
        new("the options stand one level left", file => file.Like("ask/*/options").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, $"under `{e.Path.Split('/')[1]}`"))),
        new("English words stand one level left", file => file.Like("ask/*/question/en").Concat(file.Like("title/en")).Concat(file.Like("work/outcomes/*/en")).Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "one level too far left"))),
        new("a stage stands one level left", file => file.Like("work/stages/*").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "under `stages`"))),
        new("the actions stand one level left", file => file.Like("work/stages/*/actions").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, $"under `{e.Path.Split('/')[2]}`"))),
        new("an action stands one level left", file => file.Like("work/stages/*/actions/*").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "under `actions`"))),
        new("where an action leads stands one level left", file => file.Like("work/stages/*/actions/*/(to|close)").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "one level too far left"))),
        new("a row of a decision stands one level left", file => file.Like("decide/*/*/when").Select(e => file.Find(e.Parent)!).Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, $"under `{e.Path.Split('/')[1]}`"))),
        new("a key of keeping stands one level left", file => file.Like("keep/(because|personal)").Select(e => new Mutant(e.Path, file.Moved(e, -2, true), e.Number, "one level too far left"))),
        new("a key stands one column right", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Select(e => new Mutant(e.Path, file.Moved(e, 1, false), e.Number, $"needs {e.Indent} spaces"))),
        new("a key stands one level right", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Concat(file.Like("keep/because")).Select(e => new Mutant(e.Path, file.Moved(e, 2, false), e.Number, "column"))),
        new("a key stands one column left", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Select(e => new Mutant(e.Path, file.Moved(e, -1, false), e.Number, "spaces"))),
        new("a question stands one level right", file => file.Like("ask/*").Skip(1).Select(e => new Mutant(e.Path, file.Moved(e, 2, true), e.Number, "one level too far right") { Alone = !IsHeaded(file, e.Path.Split('/')[1]) })),
        new("a stage stands one level right", file => file.Like("work/stages/*").Skip(1).Select(e => new Mutant(e.Path, file.Moved(e, 2, true), e.Number, "one level too far right"))),
        new("an option stands one level right", file => file.Like("ask/*/options/*").Skip(1).Where(e => file.Find(e.Path + "/en") is not null && file.Find(e.Parent)!.Number != e.Number - 1).Select(e => new Mutant(e.Path, file.Moved(e, 2, true), e.Number, "one level too far right"))),
        new("a tab stands before a key", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.With(e.Number, _ => "\t" + file.LineOf(e).Trim()), e.Number, "use spaces"))),
        new("a tab stands after a colon", file => file.Like("ask/*/type").Concat(file.Like("keep/for")).Select(e => new Mutant(e.Path, file.With(e.Number, line => line.Replace(": ", ":\t", StringComparison.Ordinal)), e.Number, "use spaces"))),
        new("a space of another kind stands before a key", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.With(e.Number, line => "   \u00A0" + line[4..]), e.Number, "space"))),
    ];

    static Way Lost(string name, string like, Func<Entry, ServiceText, int> line, Func<Entry, string>? says = null) =>
        new(name, file => file.Like(like).Select(e => new Mutant(e.Path, file.Without(e), line(e, file), says?.Invoke(e) ?? $"has no `{e.Key}`; add it")));

    static int OfParent(Entry e, ServiceText file) => e.Depth == 0 ? 1 : file.Find(e.Parent)!.Number;

    static IEnumerable<Way> Missing() =>
    [
        // The first line names the schema for editors.
        Lost("a part of the file is missing", "service|prefix|title|summary|kind|ask|work|keep|measure", (e, _) => 2),
        Lost("a question has no words", "ask/*/question", OfParent),
        Lost("a question has no type", "ask/*/type", OfParent),
        Lost("a choice has no options", "ask/*/options", OfParent),
        Lost("the work has no start", "work/start", OfParent),
        Lost("the work has no outcomes", "work/outcomes", OfParent),
        Lost("the work has no stages", "work/stages", OfParent),
        Lost("a stage has no actions", "work/stages/*/actions", OfParent),
        Lost("keeping does not say how long or why", "keep/(for|because)", OfParent),
        Lost("an exit lacks something", "exit/*/(when|title|text)", OfParent),
        Lost("an alert lacks something", "alert/*/(when|title|text|ring)", OfParent),
        Lost("a charge lacks something", "charge/*/(label|amount|due|income-code)", OfParent),
        Lost("sharing has no agreement or no fields", "share/*/(agreement|fields)", OfParent),
        Lost("the renewal lacks something", "renew/(after|every|remind)", OfParent),
        Lost("an action leads nowhere", "work/stages/*/actions/*/(to|close)", OfParent, _ => "add `to:` with a stage or `close:` with an outcome"),
        Lost("English words are missing", "title/en|ask/*/question/en|work/outcomes/*/en", (e, f) => e.Number, _ => "add `en: ...`"),
        Lost("Welsh words are missing", "title/cy|ask/*/(question|hint|short)/cy|ask/*/options/*/cy|exit/*/title/cy", (e, f) => e.Number - 1, _ => "add `cy: ...`"),
        Lost("Welsh words for staff are missing", "work/stages/*/label/cy|work/stages/*/actions/*/label/cy|decide/*/label/cy", (e, f) => e.Number - 1, _ => "add `cy: ...`"),
        new("an action has no label", file => file.Like("work/stages/*/actions/*/label").Select(e => new Mutant(e.Path, file.Without(e), e.Number - 1, "write a `label:`"))),
        new("the rows of a decision leave a gap", file => file.Like("decide/*/*/when").Where(e => e.Value == "otherwise").Select(e => file.Find(e.Parent)!).Where(row => !file.Like("work/*").Concat(file.Like("work/stages/*/*")).Any(t => t.Value.Contains($"{row.Key}:", StringComparison.Ordinal))
                && !file.Entries.Any(t => t.Value.Contains($"{row.Path.Split('/')[1]} is {row.Key}", StringComparison.Ordinal)))
            .Select(row => new Mutant(row.Path, file.Without(row), file.Find(row.Parent)!.Number, "or `otherwise` as the last one"))),
        new("something personal is not kept as such", file => file.Like("keep/personal").SelectMany(keep => file.Like("ask/*/type").Where(t => t.Value is "person" or "address" or "location" or "email" && file.Find(t.Parent + "/question") is not null).Select(t => t.Path.Split('/')[1]).Where(q => Items(keep).Contains(q))
            .Select(q => new Mutant(keep.Path + "/" + q, file.WithValue(keep, $"[{string.Join(", ", Items(keep).Where(i => i != q))}]"), keep.Number, $"`{q}` is of type")))),
        new("nothing personal is named", file => file.Like("keep/personal").Select(e => new Mutant(e.Path, file.Without(e), e.Number - 2, "to `personal`"))),
        new("a value is empty", file => file.Like("ask/*/type").Concat(file.Like("keep/because")).Concat(file.Like("work/start")).Concat(file.Like("kind")).Select(e => new Mutant(e.Path, file.WithValue(e, ""), e.Number, $"`{e.Key}` is empty"))),
        new("an option has no words", file => file.Like("ask/*/options/*").Where(e => file.EndOf(e) > e.Number).Select(e => new Mutant(e.Path, string.Join('\n', file.Text.Split('\n').Where((_, i) => i < e.Number || i >= file.EndOf(e))), e.Number, "has no label"))),
        new("a time lacks a value", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => e.Value.StartsWith('{')).Select(e => e.Value.Trim('{', '}').Split(", ") is var pairs ? new Mutant(e.Path, file.WithValue(e, "{" + string.Join(", ", pairs.SkipLast(1)) + "}"), e.Number, $"add `{pairs[^1].Split(':')[0]}:` with a time") : null!)),
        new("an outcome that is used is gone", file => file.Like("work/outcomes/*").Where(e => file.Find("work/stages/" + e.Key) is null).Select(e => (e, use: file.Like("work/stages/*/actions/*/close").FirstOrDefault(c => c.Value == e.Key))).Where(x => x.use is not null).Select(x => new Mutant(x.e.Path, file.Without(x.e), x.use!.Number - (file.EndOf(x.e) - x.e.Number + 1), $"no outcome is called `{x.e.Key}`"))),
        new("the title is gone from a question of staff", file => file.Like("work/questions/*/question").Select(e => new Mutant(e.Path, file.Without(e), e.Number - 1, "has no `question`; add it"))),
    ];

    static string[] Items(Entry e) => e.Value.Trim('[', ']').Split(", ");

    static IEnumerable<Way> Writing() =>
    [
        new("a colon has no space after it", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Concat(file.Like("keep/for")).Select(e => new Mutant(e.Path, file.With(e.Number, line => line.Replace(": ", ":", StringComparison.Ordinal)), e.Number, $"put a space after the colon: `{e.Key}: "))),
        new("a colon is missing", file => file.Like("ask/*/type").Concat(file.Like("work/start")).Concat(file.Like("keep/for")).Select(e => new Mutant(e.Path, file.With(e.Number, line => line.Replace(": ", " ", StringComparison.Ordinal)), e.Number, "has no `key:`"))),
        new("a colon after a name is missing", file => file.Like("ask/*").Concat(file.Like("work/stages/*")).Select(e => new Mutant(e.Path, file.With(e.Number, line => line.TrimEnd(':')), e.Number, "put a colon after it"))),
        new("quotes are never closed", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "\"" + e.Value), e.Number, "end the text with `\"`"))),
        new("quotes end before the text", file => Prose(file).Where(e => e.Value.Contains(' ', StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, $"\"{e.Value.Split(' ')[0]}\" {e.Value[(e.Value.IndexOf(' ', StringComparison.Ordinal) + 1)..]}"), e.Number, "put the whole text in quotes"))),
        new("a text has a colon in it", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "Tell us: " + e.Value), e.Number, "put the text in quotes"))),
        new("a text has a hash in it", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "Tell us #1 " + e.Value), e.Number, "put the text in quotes"))),
        new("a text begins with a bracket", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "[Optional] " + e.Value), e.Number, "put the text in quotes"))),
        new("a text begins with an at sign", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "@" + e.Value), e.Number, "put the text in quotes"))),
        new("a text begins with a star", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "*" + e.Value), e.Number, "put the text in quotes"))),
        new("a text begins with a percent sign", file => Prose(file).Select(e => new Mutant(e.Path, file.WithValue(e, "%" + e.Value), e.Number, "put the text in quotes"))),
        new("a list is never closed", file => Lists(file).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.TrimEnd(']')), e.Number, "it needs `]`"))),
        new("a list lacks a comma", file => Lists(file).Where(e => e.Value.Contains(", ", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, ReplaceLast(e.Value, ", ", " ")), e.Number, "comma"))),
        new("an item stands twice in a list", file => Lists(file).Where(e => Items(e) is [{ Length: > 0 }, ..]).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.TrimEnd(']') + ", " + Items(e)[0] + "]"), e.Number, "take one out"))),
        new("a list is written as a word", file => Lists(file).Select(e => new Mutant(e.Path, file.WithValue(e, Items(e)[0]), e.Number, $"write `{e.Key}: [{Items(e)[0]}]`"))),
        new("a map is never closed", file => Maps(file).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.TrimEnd('}')), e.Number, "it needs `}`"))),
        new("a map lacks a comma", file => Maps(file).Where(e => e.Value.Contains(", ", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, ReplaceLast(e.Value, ", ", " ")), e.Number, "comma"))),
        new("a map lacks a space after a colon", file => Maps(file).Select(e => new Mutant(e.Path, file.WithValue(e, ReplaceLast(e.Value, ": ", ":")), e.Number, "put a space after the colon"))),
        new("a question is written as a list", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithValue(e, $"[{e.Value}]"), e.Number, "takes one text"))),
        new("options are written as a list", file => file.Like("ask/*/options").Select(e => new Mutant(e.Path, string.Join('\n', file.Text.Split('\n').Select((line, i) => i + 1 == e.Number + 1 || i + 1 > e.Number && i + 1 <= file.EndOf(e) && file.Below(e.Path).Any(o => o.Number == i + 1) ? "      - " + line.Trim().TrimEnd(':') : i + 1 > e.Number && i + 1 <= file.EndOf(e) ? "" : line)), e.Number, "write them without dashes"))),
        new("a part is written as a text", file => file.Like("measure").Concat(file.Like("decide")).Concat(file.Like("exit")).Concat(file.Like("keep")).Select(e => new Mutant(e.Path, string.Join('\n', file.WithValue(e, "none").Split('\n').Where((_, i) => i < e.Number || i >= file.EndOf(e))), e.Number, "takes keys of its own"))),
        new("languages are written in brackets", file => file.Like("ask/*/question").Where(e => e.Value.Length == 0).Select(e => new Mutant(e.Path, string.Join('\n', file.WithValue(e, "{en: Where, cy: Ble}").Split('\n').Where((_, i) => i < e.Number || i >= file.EndOf(e))), e.Number, "on lines of its own"))),
        new("a second document begins", file => file.Like("work").Select(e => new Mutant(e.Path, file.WithBelow(e.Number - 1, "---"), e.Number, "a second document begins here"))),
        new("an anchor and a merge are used", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    <<: text"), e.Number + 1, "write the keys out"))),
    ];

    /// <summary>Words for people on a line of their own, without quotes.</summary>
    static List<Entry> Prose(ServiceText file) => [.. file.Like("ask/*/(question|hint)/en").Concat(file.Like("work/outcomes/*/en")).Where(e => e.Value.Length > 1 && char.IsLetter(e.Value[0]) && !e.Value.Contains(": ", StringComparison.Ordinal) && !e.Value.Contains('"', StringComparison.Ordinal))];
    static List<Entry> Lists(ServiceText file) => [.. file.Entries.Where(e => e.Value.StartsWith('[') && e.Value.EndsWith(']') && e.Path is not "keywords")];
    static List<Entry> Maps(ServiceText file) => [.. file.Entries.Where(e => e.Value.StartsWith('{') && e.Value.EndsWith('}'))];
    static string ReplaceLast(string text, string was, string becomes) => text.LastIndexOf(was, StringComparison.Ordinal) is >= 0 and var at ? text[..at] + becomes + text[(at + was.Length)..] : text;

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9-]*) (?<verb>is|has|is not) (?<option>[a-z][a-z0-9-]*)(?<rest>$| and .*| or .*)")]
    private static partial Regex NameIsOption();
}
