namespace Moothall.Definitions;

/// <summary>What names and the words after `is` and `has` mean, by the type of what stands before them.</summary>
sealed partial class SentenceParser
{
    Found Named(Token token)
    {
        switch (token.Text)
        {
            case "today":
                return new Found(new TodayQuantity(), null, token, token);
            case "count" when !IsName("count"):
                return Counted(token);
            case "sum" when !IsName("sum"):
                return SumOfRows(token);
            case "fee" when Here.Kind == TokenKind.Word && !IsName("fee"):
                return Fee(token);
            case "age" when Here.IsWord("of"):
                return Aged(token);
            case "days" when Here.IsWord("from"):
                return DaysBetween(token);
            case "yes" or "no" or "true" or "false":
                return Wrong(token, $"`{token.Text}` needs a question before it: `deep is {(token.Text is "yes" or "true" ? "yes" : "no")}`");
            case "and" or "or" or "is" or "has":
                return Wrong(token, $"something is missing before `{token.Text}`");
        }
        var dot = token.Text.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? token.Text : token.Text[..dot];
        if (FindQuestion(name) is { } question)
            return dot < 0 ? OfQuestion(question, token) : OfPart(question, token.Text[(dot + 1)..], token);
        if (scope.Decisions.FirstOrDefault(d => d.Name == name) is { } decision)
        {
            Note(name);
            return dot < 0 ? new Found(new DecidedWords(decision), null, token, token) : Wrong(token, $"`{name}` is decided; it has no parts");
        }
        if (scope.Worked.FirstOrDefault(w => w.Name == name) is { } worked)
        {
            // What it looks at, the sentence looks at.
            foreach (var looked in worked.Names) Note(looked);
            sums.AddRange(worked.Sums);
            return dot < 0 ? new Found(new WorkedQuantity(worked), null, token, token) : Wrong(token, $"`{name}` is worked out; it has no parts");
        }
        return Wrong(token, Unknown(name));
    }

    Question? FindQuestion(string name) => scope.Earlier.FirstOrDefault(q => q.Name == name);

    bool IsName(string name) => FindQuestion(name) is not null || scope.Decisions.Any(d => d.Name == name) || scope.Worked.Any(w => w.Name == name);

    void Note(string name)
    {
        if (!names.Contains(name))
            names.Add(name);
    }

    /// <summary>The group that is named here or in an earlier sentence's reach and asks a question of that name in its rows.</summary>
    Question? GroupAsking(string name) => scope.Earlier.FirstOrDefault(q => q.Inside.SelectMany(QuestionTree.WithThoseInside).Any(inside => inside.Name == name));

    string Unknown(string name)
    {
        if (GroupAsking(name) is { } group)
        {
            var several = group.Inside.SelectMany(QuestionTree.WithThoseInside).First(q => q.Name == name).Type.Kind is ValueKind.Number or ValueKind.Money ? $"`sum of {name}` or `count of {group.Name}`" : $"`count of {group.Name}`";
            return $"`{name}` is asked in each row of the group `{group.Name}`, so there are several; write {several}";
        }
        if (scope.Later.Contains(name))
            return $"`{name}` is asked later; a sentence can only look back";
        if (name.Split('-') is { Length: > 1 } pieces && pieces.All(p => IsName(p) || p == "today" || p.All(char.IsDigit)))
            return $"no question called `{name}`; a minus sign has a space on both sides: `{string.Join(" - ", pieces)}`";
        if (lastChoice is not null && Offers(lastChoice, name))
            return $"no question called `{name}`; did you mean `{lastChoice.Name} {(lastChoice.Type.Kind == ValueKind.Choices ? "has" : "is")} {name}`?";
        var known = scope.Earlier.Select(q => q.Name).Concat(scope.Decisions.Select(d => d.Name)).Concat(scope.Worked.Select(w => w.Name));
        if (DidYouMean.Among(name, known) is null && DidYouMean.Among(name, scope.Later) is { } later)
            return $"no question called `{name}`; did you mean `{later}`? It is asked later, and a sentence can only look back";
        return $"no question called `{name}`{DidYouMean.Suggestion(name, known)}";
    }

    static bool Offers(Question question, string option) => question.Options.Any(o => o.Name == option);

    Found OfQuestion(Question question, Token token)
    {
        Note(question.Name);
        Operand operand = question.Type.Kind switch
        {
            ValueKind.Text or ValueKind.Choice => new AnswerWords(question),
            ValueKind.Choices or ValueKind.Files or ValueKind.Other or ValueKind.Group => new Whole(question, null, question.Type.Kind),
            _ => new AnswerQuantity(question),
        };
        if (question.Type.Kind is ValueKind.Choice or ValueKind.Choices)
            lastChoice = question;
        return new Found(operand, null, token, token);
    }

    Found OfPart(Question question, string part, Token token)
    {
        var parts = question.Type.Parts(question);
        if (!parts.TryGetValue(part, out var kind))
        {
            if (!question.LookUps.ContainsKey(part))
            {
                var known = parts.Keys.Concat(question.LookUps.Keys).Order(StringComparer.Ordinal).ToList();
                var mend = DidYouMean.Suggestion(part, known);
                return Wrong(token, $"`{question.Name}` has no part `{part}`{(mend.Length > 0 ? mend : known.Count > 0 ? $"; it has {Listed(known)}" : "")}");
            }
            kind = ValueKind.Text;
        }
        Note(question.Name);
        Operand operand = kind switch
        {
            ValueKind.Text or ValueKind.Choice => new PartWords(question, part, kind),
            ValueKind.Choices or ValueKind.Files or ValueKind.Other => new Whole(question, part, kind),
            _ => new PartQuantity(question, part, kind),
        };
        return new Found(operand, null, token, token);
    }

    Found Counted(Token count)
    {
        if (Here.IsWord("of"))
            next++;
        if (Here.Kind != TokenKind.Word)
            return Wrong(Here, "`count` needs a question after it: `count photos`");
        var of = Simple();
        if (!of.Good)
            return of;
        return of.Operand is Whole { Part: null, Kind: ValueKind.Choices or ValueKind.Files or ValueKind.Group } whole
            ? new Found(new CountOf(whole.Question), null, count, of.Last)
            : Wrong(of.First, $"{Describe(of)}; only several choices, files and the rows of a group can be counted");
    }

    Found SumOfRows(Token sum)
    {
        if (Here.IsWord("of"))
            next++;
        var of = Here;
        if (of.Kind != TokenKind.Word)
            return Wrong(of, "`sum of` needs a question that a group asks: `sum of amount`");
        next++;
        if (GroupAsking(of.Text) is { } group)
        {
            var inside = group.Inside.SelectMany(QuestionTree.WithThoseInside).First(q => q.Name == of.Text);
            if (inside.Type.Kind is not (ValueKind.Number or ValueKind.Money))
                return Wrong(of, $"`{of.Text}` is of type `{inside.Type.Name}`; only numbers and amounts of money can be added up");
            Note(group.Name);
            sums.Add(inside);
            return new Found(new SumOf(group, inside), null, sum, of);
        }
        if (FindQuestion(of.Text) is { IsGroup: true } whole)
            return Wrong(of, $"`{of.Text}` is a group; name the question of its rows that is to be added up{(whole.Inside.FirstOrDefault(q => q.Type.Kind is ValueKind.Number or ValueKind.Money) is { } number ? $": `sum of {number.Name}`" : "")}");
        return Wrong(of, FindQuestion(of.Text) is not null ? $"`{of.Text}` is asked once, so there is nothing to add up; write `{of.Text}` alone"
            : $"no question called `{of.Text}`{DidYouMean.Suggestion(of.Text, scope.Earlier.SelectMany(q => q.Inside).SelectMany(QuestionTree.WithThoseInside).Select(q => q.Name))}");
    }

    Found Fee(Token fee)
    {
        if (!amounts) return Wrong(fee, "a `fee` is a price of the council; it stands only in the amount of a charge");
        var name = Here;
        next++;
        if (!Definitions.Names.IsName(name.Text)) return Wrong(name, $"`{name.Text}` is not the name of a fee; names are lower-case letters and figures with hyphens");
        if (!fees.Contains(name.Text)) fees.Add(name.Text);
        return new Found(new FeeQuantity(name.Text), null, fee, name);
    }

    Found Aged(Token age)
    {
        next++;
        var of = Simple();
        if (!of.Good)
            return of;
        return of.Operand is Quantity { Kind: ValueKind.Date } date
            ? new Found(new AgeOf(date), null, age, of.Last)
            : Wrong(of.First, of.Operand is null ? "`age of` needs a date" : $"{Describe(of)}; `age of` needs a date");
    }

    Found DaysBetween(Token days)
    {
        next++;
        var from = Added();
        if (!from.Good)
            return from;
        if (!Here.IsWord("to"))
            return Wrong(Here, "write `days from A to B`: the `to` is missing");
        next++;
        var to = Simple();
        if (!to.Good)
            return to;
        foreach (var side in (Found[])[from, to])
            if (side.Operand is not Quantity { Kind: ValueKind.Date })
                return Wrong(side.First, side.Operand is null ? "`days from` needs two dates" : $"{Describe(side)}; `days from` needs two dates");
        return new Found(new Sum((Quantity)to.Operand!, '-', (Quantity)from.Operand!, ValueKind.Number), null, days, to.Last);
    }

    Found Is(Found left, Operand operand)
    {
        next++;
        var contrary = Here.IsWord("not");
        if (contrary)
            next++;
        Found right;
        if (Here.IsWord("answered"))
        {
            right = new Found(null, AnsweredIs(left, operand), left.First, Here);
            next++;
        }
        else if (Here.IsWord("one") && After.IsWord("of"))
        {
            next += 2;
            right = OneOf(left, operand);
        }
        else if (Here.Kind == TokenKind.End)
            right = Wrong(Here, $"something is missing after `{(contrary ? "is not" : "is")}`");
        else
            right = operand is Words words ? IsWords(left, words) : IsQuantity(left, operand);
        return right.Condition is null || !contrary ? right : right with { Condition = new Contrary(right.Condition) };
    }

    Condition? AnsweredIs(Found left, Operand operand) => operand switch
    {
        AnswerWords words => new IsAnswered(words.Question, null),
        PartWords part => new IsAnswered(part.Question, part.Part),
        AnswerQuantity quantity => new IsAnswered(quantity.Question, null),
        PartQuantity part => new IsAnswered(part.Question, part.Part),
        Whole whole => new IsAnswered(whole.Question, whole.Part),
        DecidedWords => Wrong(left.First, $"`{Shown(left)}` is decided, not asked; compare it with one of its values").Condition,
        _ => Wrong(left.First, $"`{Shown(left)}` is not a question, so it cannot be answered").Condition,
    };

    Found IsWords(Found left, Words words) =>
        Value(left, words) is { } value ? new Found(null, new IsOneOfWords(words, [value]), left.First, tokens[next - 1]) : default;

    Found IsQuantity(Found left, Operand operand)
    {
        var at = Here;
        if (operand is not Quantity quantity)
            return Wrong(left.First, $"{Describe(left)}, so it cannot be compared with {Shown(at, at)}{Instead(left, operand)}");
        if (quantity.Kind != ValueKind.YesNo)
            return Against(left, quantity, Comparison.Is, Added(), at);
        if (at.Kind == TokenKind.Word && at.Text is "yes" or "no")
        {
            next++;
            return new Found(null, new Compares(quantity, Comparison.Is, new Written(at.Text == "yes" ? 1 : 0, ValueKind.YesNo)), left.First, at);
        }
        return Wrong(left.First, $"{Describe(left)}, so it cannot be compared with {Shown(at, at)}; write `{Shown(left)} is yes` or `{Shown(left)} is no`");
    }

    Found OneOf(Found left, Operand operand)
    {
        if (operand is not (Words or Quantity { Kind: not ValueKind.YesNo }))
            return Wrong(left.First, $"{Describe(left)}, so `is one of` cannot be said of it{Instead(left, operand)}");
        var open = Here.IsSign("[");
        if (open)
            next++;
        var values = new List<string>();
        Condition? quantities = null;
        while (true)
        {
            if (operand is Words words)
            {
                if (Value(left, words) is not { } value)
                    return default;
                values.Add(value);
            }
            else
            {
                var item = Against(left, (Quantity)operand, Comparison.Is, Added(), Here);
                if (item.Condition is null)
                    return default;
                quantities = quantities is null ? item.Condition : new AnyOf(quantities, item.Condition);
            }
            if (Here.IsSign(","))
                next += After.IsWord("or") ? 2 : 1;
            else if (!open && Here.IsWord("or") && GoesOn(operand))
                next++;
            else
                break;
        }
        if (open && !Here.IsSign("]"))
            return Wrong(Here, "this list is never closed; put commas between its values and `]` at its end");
        if (open)
            next++;
        return new Found(null, operand is Words of ? new IsOneOfWords(of, values) : quantities, left.First, tokens[next - 1]);
    }

    /// <summary>
    /// Whether the `or` here joins one more value to a list (`is one of small, large or huge`) or begins another condition
    /// (`... or deep`): a value of the list, unless a comparison follows it.
    /// </summary>
    bool GoesOn(Operand operand)
    {
        var value = After;
        var follows = tokens[Math.Min(next + 2, tokens.Count - 1)];
        if (follows.IsWord("is") || follows.IsWord("has") || follows is { Kind: TokenKind.Sign, Text: "<" or "<=" or ">" or ">=" or "+" or "-" or "*" or "/" })
            return false;
        if (operand is not Words words)
            return value.Kind is TokenKind.Number or TokenKind.Money or TokenKind.Date or TokenKind.Month or TokenKind.Time || value.IsWord("today");
        if (value.Kind == TokenKind.Sign || value.IsWord("not"))
            return false;
        if (value.Kind != TokenKind.Word)
            return true;
        if (Values(words) is { } values)
            return values.Contains(value.Text, StringComparer.OrdinalIgnoreCase) || !(BeginsCondition(value, follows) || scope.Later.Contains(value.Text));
        return !BeginsCondition(value, follows);
    }

    bool BeginsCondition(Token word, Token follows) =>
        IsName(word.Text.Split('.')[0]) || word.Text switch
        {
            "today" => true,
            "age" => follows.IsWord("of"),
            "days" => follows.IsWord("from"),
            "count" or "sum" => follows.Kind == TokenKind.Word,
            _ => false,
        };

    Found Has(Found left, Operand operand)
    {
        next++;
        if (operand is not Whole { Part: null, Kind: ValueKind.Choices } whole)
            return Wrong(left.First, $"{Describe(left)}; only a choice of several can be said to have something{(operand is Words ? $"; write `{Shown(left)} is ...`" : "")}");
        var value = Here;
        if (value.Kind is TokenKind.End or TokenKind.Sign)
            return Wrong(value, "something is missing after `has`");
        if (!Offers(whole.Question, value.Text))
            return Wrong(value, NoSuchValue(whole.Question.Name, "answer", value.Text, whole.Question.Options.Select(o => o.Name)));
        next++;
        return new Found(null, new HasOption(whole.Question, value.Text), left.First, value);
    }

    /// <summary>The value at this place that words are compared with: one of those known, quoted text, or bare text.</summary>
    string? Value(Found left, Words words)
    {
        var first = Here;
        if (first.Kind is TokenKind.End || first is { Kind: TokenKind.Sign, Text: ")" or "," or "]" })
        {
            Wrong(first, "a value is missing here");
            return null;
        }
        var known = Values(words);
        if (known is null)
            return BareText();
        next++;
        if (known.FirstOrDefault(v => string.Equals(v, first.Text, StringComparison.OrdinalIgnoreCase)) is { } value)
            return value;
        Wrong(first, NoSuchValue(Shown(left), words is DecidedWords ? "value" : words is PartWords ? "value" : "answer", first.Text, known));
        return null;
    }

    string BareText()
    {
        var first = Here;
        next++;
        if (first.Kind == TokenKind.Quoted)
            return first.Text;
        while (!(Here.Kind == TokenKind.End || Here is { Kind: TokenKind.Word, Text: "and" or "or" } || Here is { Kind: TokenKind.Sign, Text: ")" or "," or "]" }))
            next++;
        return Shown(first, tokens[next - 1]);
    }

    /// <summary>All values that words can have, or null for free text.</summary>
    IReadOnlyList<string>? Values(Words words) => words switch
    {
        AnswerWords { Kind: ValueKind.Choice } choice => [.. choice.Question.Options.Select(o => o.Name)],
        DecidedWords decided => [.. decided.Decision.Rows.Select(r => r.Value).Distinct()],
        PartWords part when part.Question.LookUps.TryGetValue(part.Part, out var table) => scope.LookUps.ValuesOf(table),
        _ => null,
    };

    static string NoSuchValue(string name, string what, string value, IEnumerable<string> known)
    {
        var mend = DidYouMean.Suggestion(value, known);
        return $"`{name}` has no {what} `{value}`{(mend.Length > 0 ? mend : $"; it has {Listed([.. known])}")}";
    }

    static string Listed(IReadOnlyList<string> names)
    {
        var shown = names.Take(8).Select(n => $"`{n}`").ToList();
        return names.Count > 8 ? $"{string.Join(", ", shown)} and {names.Count - 8} more"
            : shown.Count > 1 ? $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}" : shown.FirstOrDefault() ?? "none";
    }

    /// <summary>What was found as something true or false: a yes-no question alone is its own truth.</summary>
    Condition? Truth(Found found)
    {
        if (!found.Good)
            return null;
        if (found.Condition is not null)
            return found.Condition;
        if (found.Operand is Quantity { Kind: ValueKind.YesNo } yesNo)
            return new Compares(yesNo, Comparison.Is, new Written(1, ValueKind.YesNo));
        if (Here.Kind is TokenKind.Word && Here.Text is not ("and" or "or"))
            return Wrong(Here, $"`{Here.Text}` was not expected here; after `{Shown(found)}` comes `is`, `has` or a comparison").Condition;
        if (lastChoice is not null && found.First == found.Last && lastChoice.Name != found.First.Text && Offers(lastChoice, found.First.Text))
            return Wrong(found.First, $"{Describe(found)}, which is neither true nor false alone; did you mean `{lastChoice.Name} {(lastChoice.Type.Kind == ValueKind.Choices ? "has" : "is")} {found.First.Text}`?").Condition;
        return Wrong(found.First, $"{Describe(found)}, which is neither true nor false alone; say what it must be{Instead(found, found.Operand!)}").Condition;
    }

    static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Text => "a text",
        ValueKind.Number => "a number",
        ValueKind.Money => "an amount of money",
        ValueKind.Date => "a date",
        ValueKind.Month => "a month",
        ValueKind.Time => "a time of day",
        ValueKind.YesNo => "a yes-no question",
        ValueKind.Choice => "a choice",
        ValueKind.Choices => "a choice of several",
        ValueKind.Files => "a question for files",
        ValueKind.Group => "a group",
        _ => "of a kind that cannot be compared",
    };

    string Describe(Found found) => found.Operand switch
    {
        Whole { Kind: ValueKind.Other, Part: null } whole => $"`{Shown(found)}` is of type `{whole.Question.Type.Name}`",
        DecidedWords => $"`{Shown(found)}` is a decision",
        { } operand => $"`{Shown(found)}` is {Name(operand.Kind)}",
        null => $"`{Shown(found)}` is true or false",
    };

    /// <summary>What can be said of something instead: "; write `size is small`".</summary>
    string Instead(Found found, Operand operand) => operand switch
    {
        Quantity { Kind: ValueKind.YesNo } => $"; write `{Shown(found)}` or `not {Shown(found)}`",
        Words words when Values(words) is [var first, ..] => $"; write `{Shown(found)} is {first}`",
        Words => $"; write `{Shown(found)} is ...`",
        Whole { Kind: ValueKind.Choices, Question.Options: [var option, ..] } => $"; write `{Shown(found)} has {option.Name}`",
        Whole { Kind: ValueKind.Group } => $"; write `{Shown(found)} is answered` or `count of {Shown(found)} > 1`",
        Whole { Kind: ValueKind.Files } => $"; write `{Shown(found)} is answered` or `count {Shown(found)} > 1`",
        Whole { Question: var question } whole when whole.Part is null && question.Type.Parts(question).Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } part =>
            $"; write `{Shown(found)} is answered`, or name a part of it like `{question.Name}.{part}`",
        Whole => $"; write `{Shown(found)} is answered`",
        _ => "",
    };

    string Hint(ValueKind left, ValueKind right, Found found) => (left, right) switch
    {
        (ValueKind.Money, ValueKind.Number) => $"; write the amount as £{Shown(found)}",
        (ValueKind.Date, _) when right is ValueKind.Number or ValueKind.Month => "; write a date as 2026-03-04",
        _ => "",
    };
}
