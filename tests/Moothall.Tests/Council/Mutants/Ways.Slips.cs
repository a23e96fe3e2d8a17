using System.Text.RegularExpressions;

namespace Moothall.Tests.Council.Mutants;

/// <summary>Slips of people who write as they speak, as they do in other programs, or in a hurry.</summary>
static partial class Ways
{
    /// <summary>A sentence said otherwise: each of the kind that begins `question is option`.</summary>
    static Way Otherwise(string name, string verb, Func<(string Name, string Option, string Then), string> sentence, string says) =>
        new(name, file => Chosen(file).Where(x => x.Verb == verb && !Options(file, x.Name).Contains("in")).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, sentence((x.Name, x.Option, x.Then))), x.At.Number, says)));

    static string First(string condition) => Regex.Match(condition, "^(?:not )?([a-z][a-z0-9-]*)").Groups[1].Value;

    /// <summary>Sentences that are about a yes-no question alone.</summary>
    static IEnumerable<(Entry At, string Name)> Plain(ServiceText file) => Sentences(file).Where(e => TypeOf(file, e.Value) == "yes-no").Select(e => (e, e.Value));

    static Way Spoken(string name, Func<string, string> sentence, Func<string, string> says) =>
        new(name, file => Plain(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, sentence(x.Name)), x.At.Number, says(x.Name))));

    static Way InAll(string name, string was, string becomes, string says) =>
        new(name, file => file.Entries.Where(e => e.Key is "when" or "is" && Regex.IsMatch(e.Value, was))
            .Select(e => new Mutant(e.Path, file.WithValue(e, new Regex(was).Replace(e.Value, becomes, 1)), e.Number, says)));

    static Way Typed(string name, string path, string was, string becomes, string says) =>
        new(name, file => file.Like(path).Where(e => Regex.IsMatch(e.Value, was)).Select(e => new Mutant(e.Path, file.WithValue(e, new Regex(was).Replace(e.Value, becomes, 1)), e.Number, says)));

    static Way Called(string name, string path, string key, string says) =>
        new(name, file => file.Like(path).Select(e => new Mutant(e.Path, file.WithKey(e, key), e.Number, says)));

    /// <summary>A part of the file moved under the one above it.</summary>
    static Way Under(string name, string path, string says = "take two spaces away", bool among = false) =>
        new(name, file => file.Like(path).Where(e => !among || file.Below(e.Parent) is { Count: > 1 }).Select(e => new Mutant(e.Path, file.Moved(e, 2, true), e.Number, among && file.Below(e.Parent)[0] == e ? "is indented too far; begin it in the same column" : says)));

    static IEnumerable<Way> OfSpeech() =>
    [
        Otherwise("`is` is misspelt", "is", x => $"{x.Name} si {x.Option}{x.Then}", Mean("is")),
        Otherwise("`is` is half there", "is", x => $"{x.Name} s {x.Option}{x.Then}", Mean("is")),
        Otherwise("`is` has a capital", "is", x => $"{x.Name} Is {x.Option}{x.Then}", "write `is` in place of `Is`"),
        Otherwise("`has` is misspelt", "has", x => $"{x.Name} hsa {x.Option}{x.Then}", Mean("has")),
        Otherwise("`not` is misspelt after `is`", "is not", x => $"{x.Name} is nto {x.Option}{x.Then}", Mean("not")),
        Otherwise("`is not` is one word", "is not", x => $"{x.Name} isn't {x.Option}{x.Then}", "write `is not` in place of `isn't`"),
        Otherwise("`not` stands before `is`", "is not", x => $"{x.Name} not {x.Option}{x.Then}", "write `is not`"),
        Otherwise("`are` stands for `is`", "is", x => $"{x.Name} are {x.Option}{x.Then}", "`is`"),
        Otherwise("`equals` stands for `is`", "is", x => $"{x.Name} equals {x.Option}{x.Then}", "write `is` in place of `equals`"),
        Otherwise("`is equal to` stands for `is`", "is", x => $"{x.Name} is equal to {x.Option}{x.Then}", "write `is` in place of `is equal to`"),
        Otherwise("`contains` stands for `has`", "has", x => $"{x.Name} contains {x.Option}{x.Then}", "write `has` in place of `contains`"),
        Otherwise("`includes` stands for `has`", "has", x => $"{x.Name} includes {x.Option}{x.Then}", "write `has` in place of `includes`"),
        Otherwise("`does not have` stands for `not`", "has", x => $"{x.Name} has not {x.Option}{x.Then}", "write `not"),
        Otherwise("a sign stands for `is not`", "is not", x => $"{x.Name} != {x.Option}{x.Then}", "write `is not` in place of `!=`"),
        Otherwise("two signs stand for `is not`", "is not", x => $"{x.Name} <> {x.Option}{x.Then}", "write `is not` in place of `<>`"),
        Otherwise("a sentence begins with `if`", "is", x => $"if {x.Name} is {x.Option}{x.Then}", "without `if`"),
        Otherwise("a sentence begins with `when`", "is", x => $"when {x.Name} is {x.Option}{x.Then}", "without `when`"),
        Otherwise("a sentence begins with `the`", "is", x => $"the {x.Name} is {x.Option}{x.Then}", "without `the`"),
        Otherwise("a sentence ends with a full stop", "is", x => $"{x.Name} is {x.Option}.", "ends without a full stop"),
        Otherwise("a comma stands for `and`", "is", x => $"{x.Name} is {x.Option}, {x.Name} is {x.Option}", "write `and` in place of `,`"),
        Otherwise("a comma stands for `or`", "is", x => $"{x.Name} is {x.Option}, {x.Option}", "is one of"),
        Otherwise("`and` is misspelt", "is", x => $"{x.Name} is {x.Option} adn {x.Name} is {x.Option}", Mean("and")),
        Otherwise("`or` is misspelt", "is", x => $"{x.Name} is {x.Option} ro {x.Name} is {x.Option}", Mean("or")),
        Otherwise("`but` stands for `and`", "is", x => $"{x.Name} is {x.Option} but {x.Name} is {x.Option}", "join two parts with `and` or `or`"),
        Otherwise("`is one of` is misspelt", "is", x => $"{x.Name} is oen of {x.Option}", "is one of"),
        Otherwise("`is one of` lacks its `of`", "is", x => $"{x.Name} is one {x.Option}", "is one of"),
        Otherwise("`in` stands for `is one of`", "is", x => $"{x.Name} is in [{x.Option}]", "is one of"),
        Otherwise("`any of` stands for `is one of`", "is", x => $"{x.Name} is any of {x.Option}", "is one of"),
        Otherwise("`either` stands before two options", "is", x => $"{x.Name} is either {x.Option}", "is one of"),
        new("an option is written by its words", file => Chosen(file).Where(x => x.Verb is "is" or "has" && Label(file, x.Name, x.Option) is not null)
            .Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} {x.Verb} {Label(file, x.Name, x.Option)}"), x.At.Number, $"write its name: `{x.Name} {x.Verb} {x.Option}`"))),
        new("an option has a capital", file => Chosen(file).Where(x => x.Verb == "has").Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} has {char.ToUpperInvariant(x.Option[0])}{x.Option[1..]}{x.Then}"), x.At.Number, $"{x.Option}`"))),
        new("a question in a sentence has a capital", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{char.ToUpperInvariant(x.Name[0])}{x.Name[1..]} {x.Verb} {x.Option}{x.Then}"), x.At.Number, Mean(x.Name)))),
        new("a question in a sentence has an underscore", file => Chosen(file).Where(x => x.Name.Contains('-', StringComparison.Ordinal)).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name.Replace('-', '_')} {x.Verb} {x.Option}{x.Then}"), x.At.Number, Mean(x.Name)))),
        new("a question in a sentence has spaces", file => Chosen(file).Where(x => x.Name.Contains('-', StringComparison.Ordinal) && !x.Name.Split('-').Any(piece => piece is "has" or "is" or "are")).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name.Replace('-', ' ')} {x.Verb} {x.Option}{x.Then}"), x.At.Number, Mean(x.Name)))),
        new("an option in a sentence has spaces", file => Chosen(file).Where(x => x.Option.Contains('-', StringComparison.Ordinal) && x.Verb == "is" && !Options(file, x.Name).Contains(x.Option.Split('-')[0])).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, $"{x.Name} is {x.Option.Replace('-', ' ')}"), x.At.Number, $"{x.Option}`"))),
        new("a question in a sentence is left out", file => Chosen(file).Select(x => new Mutant(x.At.Path, file.WithValue(x.At, x.Option), x.At.Number, x.Option))),
        new("a sentence is `yes`", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, "yes"), e.Number, "take `when` out"))),
        new("a sentence is `always`", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, "always"), e.Number, "take `when` out"))),
        new("a sentence is `no`", file => Sentences(file).Select(e => new Mutant(e.Path, file.WithValue(e, "no"), e.Number, "needs a question before it"))),
        Spoken("a yes-no question is said to be true", q => $"{q} is true", q => $"write `{q} is yes` or `{q} is no`"),
        Spoken("a yes-no question is said to be Yes", q => $"{q} is Yes", q => $"write `{q} is yes` or `{q} is no`"),
        Spoken("a yes-no question is compared with an equals sign", q => $"{q} = yes", _ => "write `is` in place of `=`"),
        Spoken("a sign stands for `not`", q => $"!{q}", _ => "in a sentence write `not`"),
        Spoken("`not` is misspelt", q => $"nto {q}", _ => Mean("not")),
        Spoken("`no` stands for `not`", q => $"no {q}", _ => "write `not` in place of `no`"),
        Spoken("`is answered` is misspelt", q => $"{q} is answerd", _ => Mean("answered")),
        Spoken("`is answered` has another word", q => $"{q} is given", _ => "write `is answered` in place of `is given`"),
        Spoken("`is not answered` is `is empty`", q => $"{q} is empty", _ => "write `is not answered` in place of `is empty`"),
        InAll("`otherwise` is misspelt", "^otherwise$", "otherwsie", Mean("otherwise")),
        InAll("`otherwise` has a capital", "^otherwise$", "Otherwise", "otherwise"),
        InAll("`else` stands for `otherwise`", "^otherwise$", "else", "write `otherwise`"),
        InAll("`default` stands for `otherwise`", "^otherwise$", "default", "write `otherwise`"),
        InAll("`today` is misspelt", @"\btoday\b", "toady", Mean("today")),
        InAll("`today` is `now`", @"\btoday\b", "now", "write `today`"),
        InAll("`count` is misspelt", @"\bcount\b", "cuont", Mean("count")),
        InAll("`sum` is misspelt", @"\bsum of\b", "smu of", Mean("sum of")),
        InAll("`total of` stands for `sum of`", @"\bsum of\b", "total of", "`sum of"),
        InAll("`age of` is misspelt", @"\bage of\b", "aeg of", Mean("age of")),
        InAll("`age of` lacks its `of`", @"\bage of\b", "age", "`age of"),
        InAll("`days from` is misspelt", @"\bdays from\b", "dyas from", "days from"),
        InAll("`days between` stands for `days from`", @"\bdays from ([a-z-]+) to\b", "days between $1 and", "`days from"),
        InAll("`to` is missing between two days", @"\bdays from ([a-z-]+) to\b", "days from $1", "write `days from A to B`"),
        InAll("a comparison is in words", @" > ", " is more than ", "write `>` in place of `is more than`"),
        InAll("a comparison of less is in words", @" < ", " is less than ", "write `<` in place of `is less than`"),
        InAll("a comparison is in words without `is`", @" > ", " more than ", "write `>`"),
        InAll("a comparison is turned round", @" >= ", " => ", "write `>=` in place of `=>`"),
        InAll("a comparison of mathematics is used", @" >= ", " ≥ ", "write `>=` in place of `≥`"),
        InAll("a pound sign stands behind", @"£([0-9,]+)", "$1£", "£"),
        InAll("an amount is in words", @"£([0-9,]+)", "$1 pounds", "£"),
        InAll("a pound sign stands apart", @"£([0-9,]+)", "£ $1", "£"),
        InAll("a number is in words", @"([<>]=?) [0-9]+$", "$1 two", "figures"),
        InAll("a number of years has a unit", @"(age of [a-z-]+ [<>]=?) ([0-9]+)$", "$1 $2 years", "years"),
        InAll("an option of several is compared by `is`", @" has ([a-z-]+)", " = $1", "write `has` in place of `=`"),
        InAll("curly brackets stand in a sentence", @"\(([^()]+)\)", "{$1}", "("),
    ];

    static string? Label(ServiceText file, string question, string option) =>
        (file.Find($"ask/{question}/options/{option}/en")?.Value ?? file.Find($"ask/{question}/options/{option}/label/en")?.Value) is { Length: > 0 } label && label != "Children" && !string.Equals(label, option, StringComparison.OrdinalIgnoreCase) && !label.Contains('"', StringComparison.Ordinal) && !label.Contains(": ", StringComparison.Ordinal) ? label : null;

    static IEnumerable<Way> OfHaste() =>
    [
        Typed("a kind of file has two letters swapped", "ask/*/accept", "docx", "doxc", Mean("docx")),
        Typed("a kind of file has a dot", "ask/*/accept", @"\bpdf\b", ".pdf", "pdf"),
        Typed("a kind of file is in capitals", "ask/*/accept", @"\bpdf\b", "PDF", Mean("pdf")),
        Typed("a kind of file is `jpg`", "ask/*/accept", @"\bjpeg\b", "jpg", "write `jpeg`"),
        Typed("a kind of file is `word`", "ask/*/accept", @"\bpdf\b", "word", "docx"),
        Typed("a kind of file is `image`", "ask/*/accept", @"\bjpeg\b", "image", "jpeg"),
        Typed("a kind of file is of the web", "ask/*/accept", @"\bpdf\b", "application/pdf", "pdf"),
        Typed("the size of files has a space", "ask/*/most-size", "MB", " MB", "like `5MB`"),
        Typed("the size of files is in small letters", "ask/*/most-size", "MB", "mb", "like `5MB`"),
        Typed("a type has a capital", "ask/*/type", "^choice$", "Choice", Mean("choice")),
        Typed("a yes-no question has a stroke", "ask/*/type", "^yes-no$", "yes/no", "yes-no"),
        Typed("a yes-no question has no hyphen", "ask/*/type", "^yes-no$", "yes no", "yes-no"),
        Typed("a yes-no question is boolean", "ask/*/type", "^yes-no$", "boolean", "write `yes-no`"),
        Typed("a choice is of radios", "ask/*/type", "^choice$", "radios", "write `choice`"),
        Typed("a choice is a dropdown", "ask/*/type", "^choice$", "dropdown", "write `choice`"),
        Typed("several choices are of checkboxes", "ask/*/type", "^choices$", "checkboxes", "write `choices`"),
        Typed("a long text is a textarea", "ask/*/type", "^long-text$", "textarea", "write `long-text`"),
        Typed("a long text has a space", "ask/*/type", "^long-text$", "long text", "long-text"),
        Typed("a number is an integer", "ask/*/type", "^number$", "integer", "write `number`"),
        Typed("money is a currency", "ask/*/type", "^money$", "currency", "write `money`"),
        Typed("a file is an upload", "ask/*/type", "^file$", "upload", "write `file`"),
        Typed("a phone is a telephone", "ask/*/type", "^phone$", "telephone", "phone"),
        Typed("an e-mail has a hyphen", "ask/*/type", "^email$", "e-mail", "email"),
        Typed("a person is a name", "ask/*/type", "^person$", "name", "person"),
        Typed("a date is a date of birth", "ask/*/type", "^date$", "date-of-birth", "date"),
        Typed("working days are one word", "work/close-within|work/stages/*/within", "working days?$", "workingdays", "2 hours"),
        Typed("working days are misspelt", "work/close-within|work/stages/*/within", "working (days?)$", "wokring $1", "2 hours"),
        Typed("working days are business days", "work/close-within|work/stages/*/within", "working (days?)$", "business $1", "2 hours"),
        Typed("a period is in words", "work/close-within|work/stages/*/within", "^[0-9]+ ", "five ", "2 hours"),
        Typed("a period begins with `within`", "work/close-within|work/stages/*/within", "^([0-9])", "within $1", "2 hours"),
        Typed("how long to keep is after closing", "keep/for", "after closed", "after closing", "after closed`"),
        Typed("how long to keep is after the close", "keep/for", "after closed", "after close", "after closed`"),
        Typed("how long to keep is in words", "keep/for", "^[0-9]+", "six", "6 years after closed"),
        Typed("the reason of keeping has a hyphen", "keep/because", " ", "-", "did you mean `"),
        Typed("the reason of keeping is the law's name", "keep/because", ".+", "gdpr", "public task"),
        Typed("the kind of service is another word", "kind", "^apply$", "application", "apply"),
        Typed("the kind of service has a capital", "kind", "^report$", "Report", Mean("report")),
        Typed("a limit is in figures of the country", "ask/*/at-most", "^today$", "31/03/2026", "2026-03-31"),
        Typed("a limit is no day of the calendar", "ask/*/at-most", "^today$", "2026-02-30", "2026-03-31"),
        Typed("a limit of days lacks the word", "ask/*/at-most", "^today$", "today + 30", "today + 30 days"),
        Typed("a limit is now", "ask/*/at-most", "^today$", "Today", "today"),
        Typed("a limit is a pattern", "ask/*/looks-like", ".+", "[A-Z]{2}[0-9]+", "like `AB 12 34 56 C`"),
        Typed("the first stage is written by its label", "work/start", ".+", "First Look", "lower-case"),
        Typed("where an action leads has a capital", "work/stages/*/actions/*/to", "^(.)", "X$1", "lower-case"),
        Typed("an option to be told is by mail", "tell/on *", "email", "mail", Mean("email")),
        Typed("an option to be told has a hyphen", "tell/on *", "email", "e-mail", Mean("email")),
        Called("a moment of telling lacks `on`", "tell/on received", "received", "on received"),
        Called("a moment of telling has a capital", "tell/on received", "On received", "on received"),
        Called("a moment of telling is another word", "tell/on closed", "on close", "on closed"),
        Called("a stage of telling lacks its word", "tell/on stage *", "on inspection", "`on stage`"),
        Called("the label of a question is a `label`", "ask/*/question", "label", "question"),
        Called("the words of a question are a `title`", "ask/*/question", "title", "question"),
        Called("a condition is an `if`", "ask/*/when", "if", "when"),
        Called("a condition is a `condition`", "ask/*/when", "condition", "when"),
        Called("a condition is `show-if`", "ask/*/when", "show-if", "when"),
        Called("options are `answers`", "ask/*/options", "answers", "options"),
        Called("options are `choices`", "ask/*/options", "choices", "options"),
        Called("a hint is `help`", "ask/*/hint", "help", "hint"),
        Called("optional is `required`", "ask/*/optional", "required", "optional"),
        Called("optional is `mandatory`", "ask/*/optional", "mandatory", "optional"),
        Called("the questions are `questions`", "ask", "questions", "ask"),
        Called("the end of an action is `outcome`", "work/stages/*/actions/*/close", "outcome", "close"),
        Called("the way of an action is `next`", "work/stages/*/actions/*/to", "next", "to"),
        Called("a language is written in full", "ask/*/question/cy", "welsh", "two letters"),
        Called("a language is in capitals", "ask/*/question/cy", "CY", "two letters"),
        Called("a language has a country", "ask/*/question/cy", "cy-GB", "two letters"),
        new("a key and a value are joined by an equals sign", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.With(e.Number, l => l.Replace(": ", " = ", StringComparison.Ordinal)), e.Number, $"write `type: {e.Value}`"))),
        new("a key and a value are joined by a semicolon", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.With(e.Number, l => l.Replace(": ", "; ", StringComparison.Ordinal)), e.Number, $"write `type: {e.Value}`"))),
        new("two keys stand on one line", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + " optional: yes"), e.Number, "put `optional: yes` on a line of its own"))),
        new("two keys stand on one line with a comma", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + ", optional: yes"), e.Number, "put `optional: yes` on a line of its own"))),
        new("a question begins with a dash", file => file.Like("ask/*").Where(e => file.Find(e.Path + "/question") is not null).Select(e => new Mutant(e.Path, file.With(e.Number, l => "  - " + l.Trim()), e.Number, $"take the dash away before `{e.Key}`"))),
        new("a key begins with a dash", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.With(e.Number, l => "    - " + l.Trim()), e.Number, "take the dash away before `type`"))),
        new("an action begins with a dash", file => file.Like("work/stages/*/actions/*").Where(e => file.Below(e.Parent).Count > 1).Select(e => new Mutant(e.Path, file.With(e.Number, l => "        - " + l.Trim()), e.Number, $"take the dash away before `{e.Key}`"))),
        new("a dash of a list has no space", file => file.Like("start-page/need").Select(e => new Mutant(e.Path, file.With(e.Number + 1, l => l.Replace("- ", "-", StringComparison.Ordinal)), e.Number + 1, "put a space after the dash"))),
        new("a comment has no space before it", file => file.Like("ask/*/type").Select(e => new Mutant(e.Path, file.WithValue(e, e.Value + "# to be decided"), e.Number, "two spaces before its `#`"))),
        new("a question of a page is called otherwise", file => file.Like("ask/*/ask").SelectMany(a => Items(a).Select(i => file.Find($"ask/{i}")).OfType<Entry>()).Where(q => q.Key.Length > 3)
            .Select(q => new Mutant(q.Path, file.WithKey(q, Way.Misspelt(q.Key)), file.Like("ask/*/ask").First(a => Items(a).Contains(q.Key)).Number, $"did you mean `{Way.Misspelt(q.Key)}`?"))),
        Under("a part of the file stands one level right", "exit|decide|work|tell|share|renew|keep|measure"),
        Under("the options stand one level right", "ask/*/options", "is indented too far; begin it in the same column"),
        Under("an action stands one level right", "work/stages/*/actions/*", among: true),
        Under("the actions stand one level right", "work/stages/*/actions", "in the same column as `"),
        Under("what an action asks stands one level right", "work/stages/*/actions/*/ask", "is indented too far; begin it in the same column"),
        Under("an outcome stands one level right", "work/outcomes/*", among: true),
        Under("an exit stands one level right", "exit/*", among: true),
        new("an outcome is used by its words", file => file.Like("work/stages/*/actions/*/close").Select(e => file.Find($"work/outcomes/{e.Value}/en") is { } words && !words.Value.Contains(": ", StringComparison.Ordinal) ? new Mutant(e.Path, file.WithValue(e, words.Value), e.Number, $"write `{e.Value}`") : null!).Where(m => m is not null)),
        new("a stage is used by its label", file => file.Like("work/stages/*/actions/*/to").Select(e => file.Find($"work/stages/{e.Value}/label/en") is { } words ? new Mutant(e.Path, file.WithValue(e, words.Value), e.Number, $"write `{e.Value}`") : null!).Where(m => m is not null)),
    ];
}
