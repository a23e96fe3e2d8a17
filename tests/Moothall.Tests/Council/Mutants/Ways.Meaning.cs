using System.Text.RegularExpressions;

namespace Moothall.Tests.Council.Mutants;

/// <summary>Files that are well written and say what cannot be meant.</summary>
static partial class Ways
{
    /// <summary>Sentences of a file: of questions, exits, alerts, rows of decisions, sharing.</summary>
    static List<Entry> Sentences(ServiceText file) => [.. file.Entries.Where(e => e.Key == "when" && e.Value != "otherwise")];

    static string? TypeOf(ServiceText file, string question) => file.Find($"ask/{question}/type")?.Value;
    static List<string> Questions(ServiceText file) => [.. file.Like("ask/*/type").Select(t => t.Path.Split('/')[1])];
    static List<string> Options(ServiceText file, string question) => [.. file.Below($"ask/{question}/options").Select(o => o.Key)];

    /// <summary>Sentences that begin `question is option`, with what they say.</summary>
    static IEnumerable<(Entry At, string Name, string Verb, string Option, string Then)> Chosen(ServiceText file) => Sentences(file)
        .Select(e => (e, match: NameIsOption().Match(e.Value))).Where(x => x.match.Success && TypeOf(file, x.match.Groups["name"].Value) is "choice" or "choices")
        .Select(x => (x.e, x.match.Groups["name"].Value, x.match.Groups["verb"].Value, x.match.Groups["option"].Value, x.match.Groups["rest"].Value))
        .Where(x => Options(file, x.Item2).Contains(x.Item4));

    /// <summary>Sentences of questions of `ask` alone; a section's holds for all of it.</summary>
    static List<Entry> OfQuestions(ServiceText file) => [.. file.Like("ask/*/when").Where(e => TypeOf(file, e.Path.Split('/')[1]) is not null)];

    static IEnumerable<Way> InSentences() =>
    [
        new("a question in a sentence is misspelt", file => Sentences(file).Select(e => (e, name: Regex.Match(e.Value, "^(?:not )?([a-z][a-z0-9-]*)").Groups[1].Value)).Where(x => TypeOf(file, x.name) is not null)
            .Select(x => new Mutant(x.e.Path, file.WithValue(x.e, new Regex(x.name).Replace(x.e.Value, Way.Misspelt(x.name), 1)), x.e.Number, Mean(x.name)))),
        new("an option in a sentence is misspelt", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Verb} {Way.Misspelt(x.Option)}{x.Then}"), x.At.Number, Mean(x.Option)))),
        new("an option in a sentence is one of another question", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Verb} nothing-like-it{x.Then}"), x.At.Number, $"has no answer `nothing-like-it`; it has `{Options(file, x.Name)[0]}`"))),
        new("an equals sign stands for `is`", file => Chosen(file).Where(x => x.Verb == "is").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} = {x.Option}{x.Then}"), x.At.Number, "write `is` in place of `=`"))),
        new("two equals signs stand for `is`", file => Chosen(file).Where(x => x.Verb == "is").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} == {x.Option}{x.Then}"), x.At.Number, "write `is` in place of `==`"))),
        new("a choice is compared with a number", file => Chosen(file).Where(x => x.Verb == "is").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} > 3{x.Then}"), x.At.Number, $"write `{x.Name} is {Options(file, x.Name)[0]}`"))),
        new("a choice stands alone as if it were true", file => Chosen(file).Where(x => x.Verb == "is").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, x.Name), x.At.Number, $"write `{x.Name} is {Options(file, x.Name)[0]}`"))),
        new("a choice of one `has` an option", file => Chosen(file).Where(x => x.Verb == "is").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} has {x.Option}{x.Then}"), x.At.Number, $"write `{x.Name} is"))),
        new("a choice of several `is` an option", file => Chosen(file).Where(x => x.Verb == "has").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} is {x.Option}{x.Then}"), x.At.Number, $"write `{x.Name} has"))),
        new("`is` is missing", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Option}{x.Then}"), x.At.Number, "comes `is`, `has` or a comparison"))),
        new("a sentence stops in the middle", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Verb}"), x.At.Number, "something is missing after"))),
        new("a sentence ends with `and`", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + " and"), e.Number, "the sentence stops too early"))),
        new("a bracket is never closed", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, "(" + e.Value), e.Number, "add `)`"))),
        new("a bracket is closed that was not opened", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + ")"), e.Number, "without its `(`"))),
        new("an ampersand stands for `and`", file => Sentences(file).Where(e => !NameIsOption().IsMatch(e.Value) || TypeOf(file, e.Value.Split(' ')[0]) is not null and not "text").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + " & " + e.Value), e.Number, "write `and` in place of `&`"))),
        new("`And` is written with a capital", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Verb} {x.Option} AND {x.Name} {x.Verb} {x.Option}"), x.At.Number, "write `and` in place of `AND`"))),
        new("`or` joins an option alone", file => Chosen(file).Where(x => x.Then.Length == 0 && x.Verb == "is").Select(x => Options(file, x.Name).First(o => o != x.Option) is var other ? new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} is {x.Option} or {other}"), x.At.Number, $"did you mean `{x.Name} is {other}`?") : null!)),
        new("`otherwise` stands in a sentence", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, "otherwise " + e.Value), e.Number, "`otherwise` stands alone as the last row of a decision"))),
        new("a yes-no question is compared with a word", file => Sentences(file).Select(e => (e, yes: Questions(file).FirstOrDefault(q => TypeOf(file, q) == "yes-no" && file.Find($"ask/{q}")!.Number < e.Number))).Where(x => x.yes is not null && !x.e.Path.StartsWith($"ask/{x.yes}/", StringComparison.Ordinal))
            .Select(x => new Mutant(x.e.Path, file.WithValue(x.e, $"{x.yes} is maybe"), x.e.Number, $"write `{x.yes} is yes` or `{x.yes} is no`"))),
        new("an amount is compared with a number", file => Sentences(file).Where(e => e.Value.Contains('£', StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("£", "", StringComparison.Ordinal)), e.Number, "write the amount as £"))),
        new("a question asks for itself", file => OfQuestions(file).Select(e => e.Path.Split('/')[1] is var own ? new Mutant(e.Path, file.WithValue(e, $"{own} is answered"), e.Number, "a sentence can only look back") : null!)),
        new("two questions wait for each other", file => OfQuestions(file).Select(e => (e, own: e.Path.Split('/')[1], other: Regex.Match(e.Value, "^(?:not )?([a-z][a-z0-9-]*)").Groups[1].Value)).Where(x => TypeOf(file, x.other) is not null && file.Find($"ask/{x.other}/when") is null)
            .Select(x => file.Find($"ask/{x.other}/type") is { } type ? new Mutant(x.e.Path, file.WithBelow(type.Number, $"    when: {x.own} is answered"), type.Number + 1, "a sentence can only look back") : null!)),
        new("the first question looks at the last", file => Questions(file) is [var first, .., var last] ? [new Mutant($"ask/{first}", file.WithBelow(file.Find($"ask/{first}/type")!.Number, $"    when: {last} is answered"), file.Find($"ask/{first}/type")!.Number + 1, "a sentence can only look back")] : []),
        new("a part is one that the question has not", file => Sentences(file).Where(e => e.Value.Contains("where.road", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("where.road", "where.raod", StringComparison.Ordinal)), e.Number, Mean("road")))),
        new("a value of a table is misspelt", file => Sentences(file).Where(e => e.Value.Contains("motorway", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("motorway", "motorwya", StringComparison.Ordinal)), e.Number, Mean("motorway")))),
        new("a minus sign has no spaces", file => Sentences(file).Where(e => Regex.IsMatch(e.Value, "^days from [a-z-]+ to today")).Select(e => (e, name: e.Value.Split(' ')[2])).Select(x => new Mutant(x.e.Path, file.WithValue(x.e, $"today-{x.name} > 7"), x.e.Number, $"a minus sign has a space on both sides: `today - {x.name}`"))),
    ];

    static IEnumerable<Way> OfAnswers() =>
    [
        new("a question can never be asked", file => OfQuestions(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) and not ({e.Value})"), e.Number, $"`{e.Path.Split('/')[1]}` can never be asked"))),
        new("a question is always asked", file => OfQuestions(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) or not ({e.Value})"), e.Number, "leave its `when` out") { Alone = false })),
        new("two options are asked for at once", file => Chosen(file).Where(x => x.Verb == "is" && x.At.Path.StartsWith("ask/", StringComparison.Ordinal)).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} is {x.Option} and {x.Name} is {Options(file, x.Name).First(o => o != x.Option)}"), x.At.Number, "can never hold"))),
        new("an exit can never be taken", file => file.Like("exit/*/when").Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) and not ({e.Value})"), e.Number, $"the exit `{e.Path.Split('/')[1]}` can never be taken"))),
        new("an exit takes everybody", file => file.Like("exit/*/when").Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) or not ({e.Value})"), 0, "exit") { Alone = false })),
        new("an alert can never be raised", file => file.Like("alert/*/when").Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) and not ({e.Value})"), e.Number, $"the alert `{e.Path.Split('/')[1]}` can never be raised"))),
        new("an exit takes those who are to be asked", file => OfQuestions(file).Where(e => file.Find("exit") is not null && !InGroup(file, e.Path.Split('/')[1])).Select(e => new Mutant(e.Path, file.WithBelow(file.Find("exit")!.Number, "  too-early:", $"    when: {e.Value}", "    title: Not for you at this time", "    text: Ask us again."), e.Number, "exit before it") { Alone = false })),
        new("a row of a decision can never be met", file => Rows(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) and not ({e.Value})"), file.Find(e.Parent)!.Number, $"can never be `{e.Path.Split('/')[2]}`"))),
        new("a row of a decision takes all", file => Rows(file).Select(e => new Mutant(e.Path, file.WithValue(e, $"({e.Value}) or not ({e.Value})"), e.Number, "is always") { Alone = false })),
        new("two rows of a decision overlap", file => Rows(file).Select(e => file.Find(e.Parent)!).Where(row => !Timed(file, row)).Select(row => new Mutant(row.Path, file.WithBelow(file.EndOf(row), [$"    {row.Key}-too:", .. file.LinesOf(row).Skip(1)]), file.EndOf(row) + 1, $"`{row.Key}` and `{row.Key}-too` of `{row.Path.Split('/')[1]}` overlap"))),
        new("`otherwise` is not the last row", file => file.Like("decide/*/*/when").Where(e => e.Value == "otherwise").Select(e => file.Find(e.Parent)!).Where(row => !Timed(file, row)).Select(row => (row, first: file.Below(row.Parent).First(r => file.Find(r.Path + "/when") is not null)))
            .Where(x => x.first != x.row).Select(x => new Mutant(x.row.Path, string.Join('\n', file.Without(x.row).Split('\n') is var lines ? lines.Take(x.first.Number - 1).Concat(file.LinesOf(x.row)).Concat(lines.Skip(x.first.Number - 1)) : []), x.first.Number, "move it down"))),
        new("a question that a sentence names is gone", file => file.Like("exit/*/when").Select(e => (e, name: Regex.Match(e.Value, "^(?:not )?([a-z][a-z0-9-]*)").Groups[1].Value)).Where(x => file.Find($"ask/{x.name}") is not null && Sentences(file).Where(s => s.Value.Contains(x.name, StringComparison.Ordinal)).MinBy(s => s.Number) == x.e && !IsHeaded(file, x.name))
            .Select(x => file.Find($"ask/{x.name}")! is var q ? new Mutant(x.e.Path, file.Without(q), x.e.Number - (file.EndOf(q) - q.Number + 1), $"no question called `{x.name}`") : null!)),
        new("an option that a sentence names is gone", file => Chosen(file).Where(x => Options(file, x.Name).Count > 2 && x.At.Path.StartsWith("ask/", StringComparison.Ordinal)).Select(x => file.Find($"ask/{x.Name}/options/{x.Option}")! is var o ? new Mutant(x.At.Path, file.Without(o), Sentences(file).First(s => Regex.IsMatch(s.Value, $@"\b{x.Name} (is|has)( not| one of)?.* {x.Option}\b|\b{x.Name} (is|has)( not)? {x.Option}\b") && s.Number > o.Number).Number - (file.EndOf(o) - o.Number + 1), $"no answer `{x.Option}`") : null!)),
        new("an option has no way to be chosen, because nobody is asked", file => Chosen(file).Where(x => x.Verb == "is" && x.At.Path.StartsWith("exit/", StringComparison.Ordinal) && file.Find($"ask/{x.Name}/when") is null && Questions(file).TakeWhile(q => q != x.Name).FirstOrDefault(q => TypeOf(file, q) == "yes-no") is not null)
            .Select(x => Questions(file).First(q => TypeOf(file, q) == "yes-no") is var yes ? new Mutant(x.At.Path, file.WithBelow(file.Find($"ask/{x.Name}/type")!.Number, $"    when: {yes} and not {yes}"), file.Find($"ask/{x.Name}/type")!.Number + 1, "can never be asked") : null!)),
        new("a limit is for another type", file => file.Like("ask/*/type").Where(t => t.Value is "choice" or "yes-no" or "text").Select(t => new Mutant(t.Path, file.WithBelow(t.Number, "    at-least: 3"), t.Number + 1, "`at-least` has no meaning for a question of type"))),
        new("options are for another type", file => file.Like("ask/*/options").Select(o => file.Find(o.Parent + "/type")!).Select(t => new Mutant(t.Path, file.WithValue(t, "yes-no"), file.Find(t.Parent + "/options")!.Number, "`options` has no meaning for a question of type `yes-no`") { Alone = false })),
        new("limits cross each other", file => file.Like("ask/*/at-most").Where(e => e.Value == "today").Select(e => new Mutant(e.Path, file.Find(e.Parent + "/at-least") is { } least ? file.WithValue(least, "today + 3 days") : file.WithBelow(e.Number, "    at-least: today + 3 days"), file.Find(e.Parent + "/at-least")?.Number ?? e.Number + 1, "change one of them"))),
        new("a limit is no date", file => file.Like("ask/*/at-most").Where(e => e.Value == "today").Select(e => new Mutant(e.Path, file.WithValue(e, "tomorrow"), e.Number, "`today + 30 days`"))),
        new("a type is one of a later release", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithValue(e, "slot"), e.Number, "take another for now"))),
        new("a type has another name elsewhere", file => file.Like("ask/*/type").Where(e => e.Value == "text").Select(e => new Mutant(e.Path, file.WithValue(e, "string"), e.Number, "write `text`"))),
        new("a table is one that the council has not", file => file.Like("ask/*/look-up").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("}", "s}", StringComparison.Ordinal)), e.Number, "there is no table called"))),
        new("an answer is the same as a later one", file => file.Like("ask/*/same-as").Select(e => new Mutant(e.Path, file.WithValue(e, Questions(file)[^1]), e.Number, "name an earlier question of type"))),
        new("an answer is the same as one of another type", file => file.Like("ask/*/same-as").Select(e => new Mutant(e.Path, file.WithValue(e, Questions(file)[0]), e.Number, "so that they cannot be the same"))),
        new("an answer that may be the same may be left empty", file => file.Like("ask/*/same-as").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    optional: yes"), e.Number + 1, "take `optional` or `same-as` out"))),
        new("a link says who somebody is", file => file.Like("ask/*/prefill").Where(e => TypeOf(file, e.Path.Split('/')[1]) is "person" or "address").Select(e => new Mutant(e.Path, file.WithValue(e, "[link]"), e.Number, "write `earlier-case`, or take it out"))),
        new("an answer is filled in from an account", file => file.Like("ask/*/prefill").Where(e => TypeOf(file, e.Path.Split('/')[1]) is not ("person" or "address" or "email" or "phone")).Select(e => new Mutant(e.Path, file.WithValue(e, "[account]"), e.Number, "an account remembers who somebody is"))),
        new("an answer is filled in from nowhere", file => file.Like("ask/*/prefill").Select(e => new Mutant(e.Path, file.WithValue(e, "[]"), e.Number, "write `prefill: [earlier-case]`, or take it out"))),
        new("a declaration is filled in", file => file.Like("ask/*/type").Where(e => e.Value == "declaration").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    prefill: [earlier-case]"), e.Number + 1, "for everybody to give anew"))),
        new("an answer of staff is filled in", file => file.Like("work/questions/*/type").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "      prefill: [earlier-case]"), e.Number + 1, "is asked of staff; take it out"))),
        new("how near is no distance", file => file.Like("ask/*/near").Select(e => new Mutant(e.Path, file.WithValue(e, "50 meters"), e.Number, "like `50 metres`, or `no`"))),
        new("two questions have one title", file => file.Like("ask/*/question/en").Select((e, i) => (e, i)).Where(x => x.i > 0 && !InGroup(file, x.e.Path.Split('/')[1])).Select(x => new Mutant(x.e.Path, file.WithValue(x.e, file.Like("ask/*/question/en")[0].Value), x.e.Number - 1, "make each page's title its own"))),
        new("a question is a sentence of many words", file => file.Like("ask/*/question/en").Select(e => new Mutant(e.Path, file.WithValue(e, "Do you want to tell us here and now about all that you saw and heard on that day and on the day after it when you went by with a friend"), e.Number - 1, "write two of at most 25 each"))),
        new("a question is in hard words", file => file.Like("ask/*/question/en").Select(e => new Mutant(e.Path, file.WithValue(e, "Are you able to supply photographic documentation substantiating the aforementioned deterioration?"), e.Number - 1, "use shorter words"))),
    ];

    static List<Entry> Rows(ServiceText file) => [.. file.Like("decide/*/*/when").Where(e => e.Value != "otherwise")];
    static bool Timed(ServiceText file, Entry row) => file.Entries.Any(t => t.Path.StartsWith("work/", StringComparison.Ordinal) && t.Value.Contains($"by: {row.Path.Split('/')[1]}", StringComparison.Ordinal));

    static IEnumerable<Way> OfWork() =>
    [
        new("an action leads and closes", file => file.Like("work/stages/*/actions/*/to").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, $"          close: {file.Below("work/outcomes")[0].Key}"), file.Find(e.Parent)!.Number, "keep one of them"))),
        new("an action leads to an outcome", file => file.Like("work/stages/*/actions/*/close").Where(e => file.Find("work/stages/" + e.Value) is null).Select(e => new Mutant(e.Path, file.WithKey(e, "to"), e.Number, $"write `close: {e.Value}`"))),
        new("an action closes with a stage", file => file.Like("work/stages/*/actions/*/to").Where(e => file.Find("work/outcomes/" + e.Value) is null).Select(e => new Mutant(e.Path, file.WithKey(e, "close"), e.Number, $"write `to: {e.Value}`"))),
        new("nothing leads to a stage", file => file.Like("work/stages/*").Where(s => s.Key != file.Find("work/start")!.Value).Select(s => (s, into: file.Like("work/stages/*/actions/*/to").Where(t => t.Value == s.Key).ToList())).Where(x => x.into.Count == 1)
            .Select(x => new Mutant(x.s.Path, string.Join('\n', file.With(x.into[0].Number, l => l.Replace($"to: {x.s.Key}", $"to: {x.into[0].Path.Split('/')[2]}", StringComparison.Ordinal))), x.s.Number, $"add an action with `to: {x.s.Key}`") { Alone = false })),
        new("a stage has no way to a close", file => file.Like("work/stages/*").Where(s => file.Like($"{s.Path}/actions/*/close").Count == 1 && file.Like($"{s.Path}/actions/*/to").Count == 0).Select(s => file.Like($"{s.Path}/actions/*/close")[0] is var c ? new Mutant(s.Path, file.With(c.Number, _ => $"          to: {s.Key}"), s.Number, "can never be closed") { Alone = false } : null!)),
        new("a stage that is used is gone", file => file.Like("work/stages/*").Where(s => s.Key != file.Find("work/start")!.Value && file.Find("work/outcomes/" + s.Key) is null).Select(s => (s, use: file.Like("work/stages/*/actions/*/to").FirstOrDefault(t => t.Value == s.Key && !t.Path.StartsWith(s.Path + "/", StringComparison.Ordinal)))).Where(x => x.use is not null)
            .Select(x => new Mutant(x.s.Path, file.Without(x.s), x.use!.Number > x.s.Number ? x.use.Number - (file.EndOf(x.s) - x.s.Number + 1) : x.use.Number, $"no stage is called `{x.s.Key}`") { Alone = false })),
        new("no action closes with an outcome", file => file.Like("work/outcomes").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    nobody-uses-it:", "      en: Nothing", "      cy: Dim"), e.Number + 1, "use it in a `close:` or take it out"))),
        new("no action asks a question of staff", file => file.Like("work/questions").Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    nobody-asks-it:", "      question:", "        en: What else?", "        cy: Beth arall?", "      type: text"), e.Number + 1, "name it in the `ask:` of an action or take it out"))),
        new("an action asks a question of residents", file => file.Like("work/stages/*/actions/*/ask").Select(e => Questions(file)[0] is var first ? new Mutant(e.Path, file.WithValue(e, $"[{first}]"), e.Number, "no question under `work` is called") { Alone = false } : null!)),
        new("a time goes by a question that is no choice", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => e.Value.StartsWith("{by: ", StringComparison.Ordinal)).Select(e => (e, other: Questions(file).FirstOrDefault(q => TypeOf(file, q) is "yes-no" or "location" or "text")))
            .Where(x => x.other is not null).Select(x => new Mutant(x.e.Path, file.WithValue(x.e, Regex.Replace(x.e.Value, "by: [a-z-]+", "by: " + x.other)), x.e.Number, "make a decision from it"))),
        new("a time has a value too many", file => file.Like("work/stages/*/within").Concat(file.Like("work/close-within")).Where(e => e.Value.StartsWith("{by: ", StringComparison.Ordinal)).Select(e => new Mutant(e.Path, file.WithValue(e, e.Value.Replace("}", ", never-so: 3 days}", StringComparison.Ordinal)), e.Number, "is never `never-so`"))),
        new("somebody is told by a way that there is not", file => file.Like("tell/on *").Select(e => new Mutant(e.Path, file.WithValue(e, "[letter]"), e.Number, "write `email`"))),
        new("messages go to a question without an address", file => file.Like("tell").Where(_ => file.Find("tell/to") is null && Questions(file).Any(q => TypeOf(file, q) == "choice" || TypeOf(file, q) == "yes-no")).Select(e => Questions(file).First(q => TypeOf(file, q) is "choice" or "yes-no") is var other ? new Mutant(e.Path, file.WithBelow(e.Number, $"  to: {other}"), e.Number + 1, "name a question of type `person` or `email`") : null!)),
    ];

    static IEnumerable<Way> OfRecords() =>
    [
        new("what is shared goes to nobody known", file => file.Like("share/*").Select(e => new Mutant(e.Path, file.WithKey(e, "the-police"), e.Number, "no partner is called `the-police`; there"))),
        new("something is shared without agreement", file => file.Find("share") is null && Questions(file) is [var first, ..] && file.Find("keep") is { } keep ? [new Mutant("share", file.WithBelow(keep.Number - 1, "share:", "  national-highways:", $"    fields: [{first}]"), keep.Number + 1, "has no `agreement`; add it")] : []),
        new("an agreement does not cover what is shared", file => file.Find("keep") is { } keep && file.Find("share") is null ? Questions(file).Where(q => q is not ("where" or "size" or "photo") && file.Find($"ask/{q}/question") is not null && !InGroup(file, q))
            .Select(q => new Mutant("share/" + q, file.WithBelow(keep.Number - 1, "share:", "  national-highways:", "    agreement: ISA-2024-003", $"    fields: [{q}]"), keep.Number + 3, $"does not cover `{q}`")) : []),
        new("an agreement has ended", file => file.Find("keep") is { } keep && file.Find("share") is null ? [new Mutant("share", file.WithBelow(keep.Number - 1, "share:", "  national-highways:", $"    agreement: {MutantCheck.Ended("national-highways")}", $"    fields: [{Questions(file)[0]}]"), keep.Number + 2, "renew it, or stop sharing")] : file.Like("share/*/agreement").Select(e => new Mutant(e.Path, file.WithValue(e, MutantCheck.Ended(e.Path.Split('/')[1])), e.Number, "renew it, or stop sharing"))),
        new("sharing never happens", file => file.Like("share/*/when").Select(e => new Mutant(e.Path, file.WithValue(e, $"{e.Value} and not ({e.Value})"), e.Number, "can never be told anything"))),
        new("a charge falls due for nobody", file => file.Like("charge/*/due").Where(e => file.Find(e.Parent + "/when") is null && Questions(file).Any(q => TypeOf(file, q) == "yes-no")).Select(e => Questions(file).First(q => TypeOf(file, q) == "yes-no") is var yes ? new Mutant(e.Path, file.WithBelow(e.Number, $"    when: {yes} and not {yes}"), e.Number + 1, "is never charged") : null!)),
        new("the start page does not say that it costs", file => file.Find("charge") is not null ? file.Like("start-page/cost").Select(e => new Mutant(e.Path, file.Without(e), file.Below("charge")[0].Number - (file.EndOf(e) - e.Number + 1), "add `cost:` under `start-page`")) : []),
        new("the rows of a charge leave a gap", file => file.Like("charge/*/amount").Where(e => e.Value.Length == 0).Select(e => file.Below(e.Path)[^1] is var row ? new Mutant(row.Path, file.Without(row), e.Number - 3, "add a row, or `otherwise` as the last one") { Near = 4, Alone = false } : null!)),
        new("the outcome of a renewal is a stage", file => file.Like("renew/after").Select(e => new Mutant(e.Path, file.WithValue(e, $"[{file.Find("work/start")!.Value}]"), e.Number, "no outcome is called"))),
    ];

    static bool InGroup(ServiceText file, string question) => file.Like("ask/*/group").Select(g => file.Find(g.Parent + "/ask")!).Any(a => Items(a).Contains(question));

    /// <summary>Whether a heading above looks at a question: it asks it, or it is a page that is only read before it. Breaking the question then rightly breaks the heading too, which is told first.</summary>
    static bool IsHeaded(ServiceText file, string question) => file.Like("ask/*/ask").Any(a => Items(a).Contains(question))
        || file.Like("ask/*").TakeWhile(e => e.Key != question).LastOrDefault() is { } above && file.Find(above.Path + "/page") is not null && file.Find(above.Path + "/ask") is null;

    static IEnumerable<Way> OfLongForms() =>
    [
        OfKeys("a key of a heading is misspelt", "ask/*/(section|page|group)"),
        OfKeys("a further key of a heading is misspelt", "ask/*/(one|ask|details|text)", "ask/*/details/*/(title|text)"),
        OfItems("a question that a heading asks is misspelt", "ask/*/ask"),
        new("a heading asks in another order", file => file.Like("ask/*/ask").Where(e => Items(e).Length > 1).Select(e => new Mutant(e.Path, file.WithValue(e, $"[{string.Join(", ", Items(e).Reverse())}]"), file.Find("ask/" + Items(e)[0])!.Number, "in the order of its `ask`"))),
        new("a heading asks what does not follow", file => file.Like("ask/*/ask").Select(e => (e, after: file.Like("ask/*").First(q => q.Number > file.EndOf(file.Find("ask/" + Items(e)[^1])!)))).Select(x => file.Like("ask/*/question").Select(q => q.Path.Split('/')[1]).Last(q => q != x.after.Key && !Items(x.e).Contains(q)) is var other ? new Mutant(x.e.Path, file.WithValue(x.e, x.e.Value.TrimEnd(']') + $", {other}]"), x.after.Number, "directly below it") : null!)),
        new("a heading asks nothing", file => file.Like("ask/*/ask").Select(e => new Mutant(e.Path, file.WithValue(e, "[]"), e.Number, "asks nothing; name questions"))),
        new("a page has neither questions nor text", file => file.Like("ask/*/page").Where(e => file.Find(e.Parent + "/ask") is null).Select(e => new Mutant(e.Path, file.Without(file.Find(e.Parent + "/text")!), file.Find(e.Parent)!.Number, "has no `text`; add it"))),
        new("a group does not say what one is", file => file.Like("ask/*/one").Select(e => new Mutant(e.Path, file.Without(e), file.Find(e.Parent)!.Number, "has no `one`; add it"))),
        new("a group asks nothing", file => file.Like("ask/*/group").Select(e => file.Find(e.Parent + "/ask")!).Select(e => new Mutant(e.Path, file.Without(e), file.Find(e.Parent)!.Number, "has no `ask`; add it"))),
        new("a group needs more rows than it may have", file => file.Like("ask/*/group").Select(e => file.Find(e.Parent + "/ask")!).Select(e => new Mutant(e.Path, file.WithBelow(e.Number, "    at-least: 49"), e.Number + 1, "change one of them"))),
        new("a section asks nothing", file => file.Like("ask/*/section").Skip(1).Select(e => file.Find(e.Parent)!).Select(e => new Mutant(e.Path, file.WithBelow(e.Number - 1, "  empty-part:", "    section:", "      en: Nothing here", "      cy: Dim yma"), e.Number, "put questions below it, or take it out"))),
        new("a question stands above the first section", file => file.Like("ask/*/section").Take(1).Select(e => file.Find(e.Parent)!).Select(e => new Mutant(e.Path, file.WithBelow(e.Number - 1, "  too-soon:", "    question:", "      en: Are you well?", "      cy: Ydych chi'n iawn?", "    type: yes-no"), e.Number + 5, "write a section before it too"))),
        new("a task list has no sections", file => file.Find("task-list") is null && file.Like("ask/*/section").Count == 0 ? [new Mutant("task-list", file.WithBelow(file.Find("ask")!.Number - 1, "task-list: yes"), file.Find("ask")!.Number, "with `section: About you` below it")] : []),
        new("a page looks at itself", file => file.Like("ask/*/page").Select(e => file.Find(e.Parent + "/ask")).OfType<Entry>().Where(e => Items(e).Length > 1).Select(e => file.Find($"ask/{Items(e)[^1]}/type")! is var type ? new Mutant(e.Path, file.WithBelow(type.Number, $"    when: {Items(e)[0]} is answered"), type.Number + 1, "a page of its own after it") : null!)),
        new("a sentence names a question of rows", file => file.Like("ask/*/group").Select(e => file.Find(e.Parent + "/ask")!).SelectMany(a => OfQuestions(file).Where(w => w.Number > a.Number && !Items(a).Contains(w.Path.Split('/')[1])).Select(w => new Mutant(w.Path, file.WithValue(w, $"{Items(a)[^1]} is answered"), w.Number, "`count of")))),
        new("a sum is of words", file => Sentences(file).Where(e => e.Value.Contains("sum of", StringComparison.Ordinal)).Select(e => file.Like("ask/*/group").Select(g => file.Find(g.Parent + "/ask")!).First() is var a ? new Mutant(e.Path, file.WithValue(e, $"sum of {Items(a)[0]} > 3"), e.Number, "only numbers and amounts of money can be added up") : null!)),
        new("a question of rows is kept as personal alone", file => file.Like("ask/*/group").Select(e => file.Find(e.Parent + "/ask")!).SelectMany(a => file.Like("keep/personal").Select(p => new Mutant(p.Path, file.WithValue(p, p.Value.TrimEnd(']') + $", {Items(a)[0]}]"), p.Number, $"write `{a.Path.Split('/')[1]}`")))),
        new("a page asks a group", file => file.Like("ask/*/group").Take(1).SelectMany(g => file.Like("ask/*/page").Where(p => file.Find(p.Parent + "/ask") is not null).Take(1).Select(p => file.Find(p.Parent + "/ask")!).Select(a => new Mutant(a.Path, file.WithValue(a, $"[{g.Path.Split('/')[1]}]"), a.Number, "take it out of `ask`") { Alone = false }))),
        new("the detail of a page has no title", file => file.Like("ask/*/details/*/title").Select(e => new Mutant(e.Path, file.Without(e), file.Find(e.Parent)!.Number, "has no `title`; add it"))),
        new("a fragment is one that there is not", file => file.Like("ask/*").Take(1).Select(e => new Mutant("ask", file.WithBelow(e.Number - 1, "  shared:", "    use: contact-detials"), e.Number + 1, "no fragment is called `contact-detials`"))),
    ];
}
