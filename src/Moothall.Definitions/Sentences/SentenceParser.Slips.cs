namespace Moothall.Definitions;

/// <summary>What people write who say a sentence as they speak, as other programs want it, or in a hurry; and how it is written here.</summary>
sealed partial class SentenceParser
{
    /// <summary>Words and signs that stand where `is`, `has` or a comparison belongs, the longer ones first.</summary>
    static readonly (string Said, string Written)[] VerbsElsewhere =
    [
        ("greater than or equal to", ">="), ("less than or equal to", "<="), ("is not equal to", "is not"), ("does not equal", "is not"), ("not equal to", "is not"), ("does not have", "not ... has"),
        ("greater than", ">"), ("more than", ">"), ("higher than", ">"), ("later than", ">"), ("less than", "<"), ("fewer than", "<"), ("lower than", "<"), ("earlier than", "<"),
        ("at least", ">="), ("at most", "<="), ("not more than", "<="), ("equal to", "is"), ("equals", "is"), ("are not", "is not"), ("are", "is"), ("was", "is"), ("isn't", "is not"), ("isn’t", "is not"),
        ("isnt", "is not"), ("aren't", "is not"), ("aren’t", "is not"), ("contains", "has"), ("contain", "has"), ("includes", "has"), ("include", "has"), ("have", "has"), ("any of", "is one of"),
        ("over", ">"), ("above", ">"), ("after", ">"), ("under", "<"), ("below", "<"), ("before", "<"), ("in", "is one of"),
    ];

    /// <summary>The same after an `is` that was written.</summary>
    static readonly (string Said, string Written)[] AfterIs =
    [
        ("greater than or equal to", ">="), ("less than or equal to", "<="), ("greater than", ">"), ("more than", ">"), ("higher than", ">"), ("later than", ">"), ("less than", "<"), ("fewer than", "<"),
        ("lower than", "<"), ("earlier than", "<"), ("at least", ">="), ("at most", "<="), ("over", ">"), ("above", ">"), ("after", ">"), ("under", "<"), ("below", "<"), ("before", "<"),
        ("equal to", "is"), ("any of", "is one of"), ("either", "is one of"), ("in", "is one of"), ("empty", "is not answered"), ("blank", "is not answered"), ("missing", "is not answered"), ("filled in", "is answered"),
        ("given", "is answered"),
    ];

    static readonly Dictionary<string, string> SignsElsewhere = new(StringComparer.Ordinal)
    {
        ["="] = "is", ["=="] = "is", ["!="] = "is not", ["<>"] = "is not", ["=>"] = ">=", ["=<"] = "<=", ["≥"] = ">=", ["≤"] = "<=", ["≠"] = "is not",
    };

    static readonly string[] Figures = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    static readonly string[] Months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    static Message InPlace(string said, string written) => new Message("write `{word}` in place of `{sign}`", ("word", written), ("sign", said));

    /// <summary>A whole sentence of one word that says always, or nearly `otherwise`.</summary>
    Message? SlipOfWhole()
    {
        if (tokens is not [{ Kind: TokenKind.Word } word, _] || IsName(word.Text)) return null;
        if (word.Text.ToLowerInvariant() is "always" or "yes" or "true") return new Message("what always holds needs no sentence; take `when` out, or in the last row of a decision write `otherwise`");
        if (word.Text.ToLowerInvariant() is "else" or "default" or "other" or "rest" or "otherwise") return new Message("write `otherwise` for what is left; it stands alone as the last row of a decision");
        return DidYouMean.Among(word.Text, ["otherwise"]) is not null ? new Message("no question called `{name}`; did you mean `otherwise`? It stands alone as the last row of a decision", ("name", word.Text)) : null;
    }

    /// <summary>What stands here in place of a verb; null where it is one, or where another part begins.</summary>
    Message? SlipOfVerb(Operand operand)
    {
        if (Here is { Kind: TokenKind.Sign or TokenKind.Odd })
        {
            var sign = After.At == Here.At + Here.Length && After.Kind is TokenKind.Sign or TokenKind.Odd && SignsElsewhere.ContainsKey(Here.Text + After.Text) ? Here.Text + After.Text : Here.Text;
            return SignsElsewhere.TryGetValue(sign, out var written) ? InPlace(sign, operand is Whole { Kind: ValueKind.Choices } && written == "is" ? "has" : written) : null;
        }
        if (Here is not { Kind: TokenKind.Word } word || word.Text is "and" or "or") return null;
        if (word.Text.ToLowerInvariant() is "is" or "has" or "and" or "or") return InPlace(word.Text, word.Text.ToLowerInvariant());
        if (Spoken(VerbsElsewhere) is { } verb) return InPlace(verb.Said, verb.Written == "is" && operand is Whole { Kind: ValueKind.Choices } ? "has" : verb.Written);
        if (word.Text == "not") return InPlace("not", "is not");
        IReadOnlyList<string> meanings = After is { Kind: TokenKind.Word } && (After.Text == "not" || IsName(After.Text.Split('.')[0])) ? ["is", "has", "and", "or"] : ["is", "has"];
        return (word.Text.Length <= 3 || DidYouMean.IsSlip(word.Text, meanings)) && DidYouMean.Among(word.Text, meanings) is { } meant
            ? new Message("`{word}` was not expected here; did you mean `{meant}`?", ("word", word.Text), ("meant", meant)) : null;
    }

    /// <summary>What is said after `is` otherwise than here; null where a value begins.</summary>
    Message? SlipAfterIs(Operand operand, bool contrary)
    {
        if (Here is not { Kind: TokenKind.Word } word || word.IsWord("answered")) return null;
        var isLast = After is { Kind: TokenKind.End } or { Kind: TokenKind.Word, Text: "and" or "or" } or { Kind: TokenKind.Sign, Text: ")" };
        if (isLast && DidYouMean.IsSlip(word.Text, ["answered"]) && !IsValue(operand, word.Text)) return new Message("did you mean `answered`?");
        if (operand is AnswerWords { Question: var offers } && Joined(n => Offers(offers, n)) is not null) return null;
        if (operand is AnswerWords { Kind: ValueKind.Choice } chosen && !Offers(chosen.Question, word.Text) && Labelled(chosen.Question) is { } option) return ByItsWords(chosen.Question.Name, "is", option);
        if (operand is Words words && Values(words) is null || IsValue(operand, word.Text) || IsName(word.Text) && Spoken(AfterIs)?.Said.Contains(' ', StringComparison.Ordinal) != true) return null;
        if (word.IsWord("one") && After.IsWord("of")) return null;
        if (After.IsWord("of") && word.Text is not ("age" or "sum" or "count" or "any") && DidYouMean.Among(word.Text, ["one"]) is not null || word.IsWord("one") && operand is Words) return new Message("did you mean `is one of`?");
        if (Spoken(AfterIs) is { } said && (contrary, said.Written) is not (true, "<" or ">" or "<=" or ">="))
            return InPlace($"{(contrary ? "is not" : "is")} {said.Said}", (contrary, said.Written) switch { (true, "is") => "is not", (true, "is one of") => "is not one of", (true, "is answered") => "is not answered", (true, _) => "is answered", _ => said.Written });
        return !contrary && After.Kind is TokenKind.Word && DidYouMean.Among(word.Text, ["not"]) is not null && IsValue(operand, After.Text) ? new Message("did you mean `not`?") : null;
    }

    bool IsValue(Operand operand, string word) => operand is Words words && Values(words)?.Contains(word, StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>An option that is written by its label, or with spaces, or with a `not` in the wrong place.</summary>
    Message? SlipOfOption(Found left, string verb, Question question)
    {
        if (Labelled(question) is { } labelled) return ByItsWords(Shown(left), verb, labelled);
        if (verb == "has" && Here.IsWord("not") && Offers(question, After.Text)) return new Message("`not` stands before the question; write `not {question} has {name}`", ("question", Shown(left)), ("name", After.Text));
        return Joined(n => Offers(question, n)) is { } name ? new Message("`{question}` has no answer `{value}`; did you mean `{name}`?", ("question", question.Name), ("value", Here.Text), ("name", name)) : null;
    }

    /// <summary>The option whose words stand here.</summary>
    Option? Labelled(Question question) => text[Here.At..] is var rest
        ? question.Options.Where(o => o.Label.Texts.Values.Select(l => l.TrimEnd('.')).Any(l => rest.StartsWith(l, StringComparison.OrdinalIgnoreCase) && (rest.Length == l.Length || rest[l.Length] is ' ' or ')' or ',' or '.'))).MaxBy(o => o.Label.English.Length) : null;

    static Message ByItsWords(string question, string verb, Option option) =>
        new Message("an option is named by its name and not by its words; write its name: `{question} {verb} {name}`", ("question", question), ("verb", verb), ("name", option.Name));

    /// <summary>Words that follow each other and are one name with hyphens between them.</summary>
    string? Joined(Func<string, bool> isName)
    {
        var name = Here.Text;
        for (var i = next + 1; i < tokens.Count && tokens[i].Kind is TokenKind.Word or TokenKind.Number && i < next + 6; i++)
        {
            name += "-" + tokens[i].Text;
            if (isName(name)) return name;
        }
        return null;
    }

    /// <summary>What somebody meant by a word that is no name, where it is not a name that they meant.</summary>
    Message? SlipOfName(Token token)
    {
        if (scope.Earlier.GroupAsking(token.Text) is not null || lastChoice is not null && Offers(lastChoice, token.Text)) return null;
        var word = token.Text.ToLowerInvariant();
        if (word is "if" or "when" or "the" && next == 1) return new Message("a sentence begins with what it is about; write it without `{word}`", ("word", token.Text));
        if (word is "now" or "today") return InPlace(token.Text, "today");
        if (word is "age" && IsName(Here.Text)) return InPlace($"age {Here.Text}", $"age of {Here.Text}");
        if (word is "days" && Here.IsWord("between")) return InPlace("days between A and B", "days from A to B");
        if (word is "total" && Here.IsWord("of")) return InPlace("total of", "sum of");
        if (Array.IndexOf(Figures, word) is >= 0 and var figure) return new Message("a number is written in figures; write `{figure}` in place of `{word}`", ("figure", figure + 1), ("word", token.Text));
        var known = scope.Earlier.Select(q => q.Name).Concat(scope.Decisions.Select(d => d.Name)).Concat(scope.Worked.Select(w => w.Name)).ToList();
        next--;
        var joined = Joined(IsName);
        next++;
        if (joined is not null) return new Message("no question called `{name}`; did you mean `{meant}`?", ("name", token.Text), ("meant", joined));
        if (DidYouMean.Among(token.Text, known.Concat(scope.Later)) is not null) return null;
        IEnumerable<string> leading = Here switch
        {
            { Kind: TokenKind.Word, Text: "of" } => ["count", "sum", "age"],
            { Kind: TokenKind.Word, Text: "from" } => ["days"],
            { Kind: TokenKind.Word } when IsName(Here.Text.Split('.')[0]) || Here.Text == "not" => ["not", "count"],
            { Kind: TokenKind.Sign, Text: "(" } => ["not"],
            _ => ["today"],
        };
        return DidYouMean.Among(word, leading) is { } meant ? new Message("no question called `{name}`; did you mean `{meant}`?", ("name", token.Text), ("meant", meant is "age" or "sum" ? meant + " of" : meant == "days" ? "days from" : meant)) : null;
    }

    /// <summary>The first of the sayings that stands here.</summary>
    (string Said, string Written)? Spoken((string Said, string Written)[] sayings)
    {
        foreach (var saying in sayings)
        {
            var words = saying.Said.Split(' ');
            if (words.Select((w, i) => tokens[Math.Min(next + i, tokens.Count - 1)] is { Kind: TokenKind.Word } token && token.Text.Equals(w, StringComparison.OrdinalIgnoreCase)).All(same => same)) return saying;
        }
        return null;
    }

    Token Before => tokens[Math.Max(next - 1, 0)];

    Message Unexpected() => Here switch
    {
        { Kind: TokenKind.End } => new Message("the sentence stops too early; something is missing at its end"),
        { Text: ")" } => new Message("there is a `)` here without its `(`"),
        { Text: "-" } => new Message("a minus sign stands between two values with a space on both sides"),
        { Text: "&" or "&&" } => InPlace("&", "and"),
        { Text: "|" } => InPlace("|", "or"),
        { Text: "!" } => InPlace("!", "not"),
        { Text: "," } => new Message("a comma stands only in a list, as in `is one of small, large`; write `and` in place of `,` where another part begins"),
        { Text: "." } when After.Kind == TokenKind.End => new Message("a sentence here ends without a full stop; take the `.` out"),
        { Text: "£" } when After.Kind == TokenKind.Number => new Message("the pound sign stands directly before the figure; write the amount as £{amount}", ("amount", After.Text)),
        { Text: "£" } when Before.Kind == TokenKind.Number => new Message("the pound sign stands directly before the figure; write the amount as £{amount}", ("amount", Before.Text)),
        { Text: "{" or "[" } => new Message("the brackets of a sentence are `(` and `)`; write one of them in place of `{sign}`", ("sign", Here.Text)),
        { Kind: TokenKind.Word } when Before.Kind == TokenKind.Number && Here.Text.ToLowerInvariant() is "pound" or "pounds" => new Message("write the amount as £{amount}", ("amount", Before.Text)),
        { Kind: TokenKind.Word } when Before.Kind == TokenKind.Number && Here.Text.ToLowerInvariant() is "year" or "years" or "week" or "weeks" or "month" or "months" => new Message("after a number only `days` may stand, and an age is in years already; take `{word}` out, or say it in days", ("word", Here.Text)),
        { Kind: TokenKind.Word } when Before.Kind == TokenKind.Number && Months.Contains(Here.Text.ToLowerInvariant()) => new Message("write a date as 2026-03-04"),
        { Kind: TokenKind.Word } when Here.Text.ToLowerInvariant() is "and" or "or" => InPlace(Here.Text, Here.Text.ToLowerInvariant()),
        { Kind: TokenKind.Word } when next > 0 => new Message("`{word}` was not expected here; join two parts with `and` or `or`", ("word", Here.Text)).With(DidYouMean.Suggestion(Here.Text, ["and", "or"])),
        _ => new Message("`{words}` was not expected here", ("words", Shown(Here, Here))),
    };
}
