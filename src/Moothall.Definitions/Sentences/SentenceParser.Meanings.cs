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
            case "no" when Here.Kind == TokenKind.Word && IsName(Here.Text):
                return Wrong(token, InPlace("no", "not"));
            case "yes" or "no" or "true" or "false":
                return Wrong(token, new Message("`{token}` needs a question before it: `deep is {answer}`", ("token", token.Text), ("answer", token.Text is "yes" or "true" ? "yes" : "no")));
            case "and" or "or" or "is" or "has":
                return Wrong(token, new Message("something is missing before `{token}`", ("token", token.Text)));
        }
        var dot = token.Text.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? token.Text : token.Text[..dot];
        if (FindQuestion(name) is { } question)
            return dot < 0 ? OfQuestion(question, token) : OfPart(question, token.Text[(dot + 1)..], token);
        if (scope.Decisions.FirstOrDefault(d => d.Name == name) is { } decision)
        {
            Note(name);
            return dot < 0 ? new Found(new DecidedWords(decision), null, token, token) : Wrong(token, new Message("`{name}` is decided; it has no parts", ("name", name)));
        }
        if (scope.Worked.FirstOrDefault(w => w.Name == name) is { } worked)
        {
            // What it looks at, the sentence looks at.
            foreach (var looked in worked.Names) Note(looked);
            sums.AddRange(worked.Sums);
            return dot < 0 ? new Found(new WorkedQuantity(worked), null, token, token) : Wrong(token, new Message("`{name}` is worked out; it has no parts", ("name", name)));
        }
        return Wrong(token, SlipOfName(token) ?? Unknown(name));
    }

    Question? FindQuestion(string name) => scope.Earlier.FirstOrDefault(q => q.Name == name);

    bool IsName(string name) => FindQuestion(name) is not null || scope.Decisions.Any(d => d.Name == name) || scope.Worked.Any(w => w.Name == name);

    void Note(string name)
    {
        if (!names.Contains(name))
            names.Add(name);
    }

    Message Unknown(string name)
    {
        if (scope.Earlier.GroupAsking(name) is { } group)
        {
            return group.FindInside(name)!.Type.Kind is ValueKind.Number or ValueKind.Money
                ? new Message("`{name}` is asked in each row of the group `{group}`, so there are several; write `sum of {name}` or `count of {group}`", ("name", name), ("group", group.Name))
                : new Message("`{name}` is asked in each row of the group `{group}`, so there are several; write `count of {group}`", ("name", name), ("group", group.Name));
        }
        if (scope.Later.Contains(name))
            return new Message("`{name}` is asked later; a sentence can only look back", ("name", name));
        if (name.Split('-') is { Length: > 1 } pieces && pieces.All(p => IsName(p) || p == "today" || p.All(char.IsDigit)))
            return new Message("no question called `{name}`; a minus sign has a space on both sides: `{sum}`", ("name", name), ("sum", string.Join(" - ", pieces)));
        if (lastChoice is not null && Offers(lastChoice, name))
            return new Message("no question called `{name}`; did you mean `{question} {word} {name}`?", ("name", name), ("question", lastChoice.Name), ("word", lastChoice.Type.Kind == ValueKind.Choices ? "has" : "is"));
        var known = scope.Earlier.Select(q => q.Name).Concat(scope.Decisions.Select(d => d.Name)).Concat(scope.Worked.Select(w => w.Name));
        if (DidYouMean.Among(name, known) is null && DidYouMean.Among(name, scope.Later) is { } later)
            return new Message("no question called `{name}`; did you mean `{later}`? It is asked later, and a sentence can only look back", ("name", name), ("later", later));
        return new Message("no question called `{name}`", ("name", name)).With(DidYouMean.Suggestion(name, known));
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
                return Wrong(token, new Message("`{question}` has no part `{part}`", ("question", question.Name), ("part", part))
                    .With(DidYouMean.Suggestion(part, known) ?? (known.Count > 0 ? new Message("it has {names}", ("names", Listed(known))) : null)));
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
            return Wrong(Here, new Message("`count` needs a question after it: `count photos`"));
        var of = Simple();
        if (!of.Good)
            return of;
        return of.Operand is Whole { Part: null, Kind: ValueKind.Choices or ValueKind.Files or ValueKind.Group } whole
            ? new Found(new CountOf(whole.Question), null, count, of.Last)
            : Wrong(of.First, new Message("{what}; only several choices, files and the rows of a group can be counted", ("what", Describe(of))));
    }

    Found SumOfRows(Token sum)
    {
        if (Here.IsWord("of"))
            next++;
        var of = Here;
        if (of.Kind != TokenKind.Word)
            return Wrong(of, new Message("`sum of` needs a question that a group asks: `sum of amount`"));
        next++;
        if (scope.Earlier.GroupAsking(of.Text) is { } group)
        {
            var inside = group.FindInside(of.Text)!;
            if (inside.Type.Kind is not (ValueKind.Number or ValueKind.Money))
                return Wrong(of, new Message("`{name}` is of type `{type}`; only numbers and amounts of money can be added up", ("name", of.Text), ("type", inside.Type.Name)));
            Note(group.Name);
            sums.Add(inside);
            return new Found(new SumOf(group, inside), null, sum, of);
        }
        if (FindQuestion(of.Text) is { IsGroup: true } whole)
            return Wrong(of, whole.Inside.FirstOrDefault(q => q.Type.Kind is ValueKind.Number or ValueKind.Money) is { } number
                ? new Message("`{group}` is a group; name the question of its rows that is to be added up: `sum of {number}`", ("group", of.Text), ("number", number.Name))
                : new Message("`{group}` is a group; name the question of its rows that is to be added up", ("group", of.Text)));
        return Wrong(of, FindQuestion(of.Text) is not null
            ? new Message("`{name}` is asked once, so there is nothing to add up; write `{name}` alone", ("name", of.Text))
            : new Message("no question called `{name}`", ("name", of.Text)).With(DidYouMean.Suggestion(of.Text, scope.Earlier.SelectMany(q => q.Inside).SelectMany(QuestionTree.WithThoseInside).Select(q => q.Name))));
    }

    Found Fee(Token fee)
    {
        if (!amounts) return Wrong(fee, new Message("a `fee` is a price of the council; it stands only in the amount of a charge"));
        var name = Here;
        next++;
        if (!Definitions.Names.IsName(name.Text)) return Wrong(name, new Message("`{name}` is not the name of a fee; names are lower-case letters and figures with hyphens", ("name", name.Text)));
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
            : Wrong(of.First, of.Operand is null ? new Message("`age of` needs a date") : new Message("{what}; `age of` needs a date", ("what", Describe(of))));
    }

    Found DaysBetween(Token days)
    {
        next++;
        var from = Added();
        if (!from.Good)
            return from;
        if (!Here.IsWord("to"))
            return Wrong(Here, new Message("write `days from A to B`: the `to` is missing"));
        next++;
        var to = Simple();
        if (!to.Good)
            return to;
        foreach (var side in (Found[])[from, to])
            if (side.Operand is not Quantity { Kind: ValueKind.Date })
                return Wrong(side.First, side.Operand is null ? new Message("`days from` needs two dates") : new Message("{what}; `days from` needs two dates", ("what", Describe(side))));
        return new Found(new Sum((Quantity)to.Operand!, '-', (Quantity)from.Operand!, ValueKind.Number), null, days, to.Last);
    }

    Found Is(Found left, Operand operand)
    {
        next++;
        var contrary = Here.IsWord("not");
        if (contrary)
            next++;
        Found right;
        if (SlipAfterIs(operand, contrary) is { } slip)
            right = Wrong(Here, slip);
        else if (Here.IsWord("answered"))
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
            right = Wrong(Here, new Message("something is missing after `{word}`", ("word", contrary ? "is not" : "is")));
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
        DecidedWords => Wrong(left.First, new Message("`{left}` is decided, not asked; compare it with one of its values", ("left", Shown(left)))).Condition,
        _ => Wrong(left.First, new Message("`{left}` is not a question, so it cannot be answered", ("left", Shown(left)))).Condition,
    };

    Found IsWords(Found left, Words words) =>
        Value(left, words) is { } value ? new Found(null, new IsOneOfWords(words, [value]), left.First, tokens[next - 1]) : default;

    Found IsQuantity(Found left, Operand operand)
    {
        var at = Here;
        if (operand is not Quantity quantity)
            return Wrong(left.First, new Message("{what}, so it cannot be compared with {other}", ("what", Describe(left)), ("other", Shown(at, at))).With(Instead(left, operand)));
        if (quantity.Kind != ValueKind.YesNo)
            return Against(left, quantity, Comparison.Is, Added(), at);
        if (at.Kind == TokenKind.Word && at.Text is "yes" or "no")
        {
            next++;
            return new Found(null, new Compares(quantity, Comparison.Is, new Written(at.Text == "yes" ? 1 : 0, ValueKind.YesNo)), left.First, at);
        }
        return Wrong(left.First, new Message("{what}, so it cannot be compared with {other}; write `{left} is yes` or `{left} is no`", ("what", Describe(left)), ("other", Shown(at, at)), ("left", Shown(left))));
    }

    Found OneOf(Found left, Operand operand)
    {
        if (operand is not (Words or Quantity { Kind: not ValueKind.YesNo }))
            return Wrong(left.First, new Message("{what}, so `is one of` cannot be said of it", ("what", Describe(left))).With(Instead(left, operand)));
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
            return Wrong(Here, new Message("this list is never closed; put commas between its values and `]` at its end"));
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
            return Wrong(left.First, new Message("{what}; only a choice of several can be said to have something", ("what", Describe(left))).With(operand is Words ? new Message("write `{words} is ...`", ("words", Shown(left))) : null));
        var value = Here;
        if (value.Kind is TokenKind.End or TokenKind.Sign)
            return Wrong(value, new Message("something is missing after `has`"));
        if (!Offers(whole.Question, value.Text) && SlipOfOption(left, "has", whole.Question) is { } slip)
            return Wrong(value, slip);
        if (!Offers(whole.Question, value.Text))
            return Wrong(value, NoSuchValue(new Message("`{name}` has no answer `{value}`", ("name", whole.Question.Name), ("value", value.Text)), value.Text, whole.Question.Options.Select(o => o.Name)));
        next++;
        return new Found(null, new HasOption(whole.Question, value.Text), left.First, value);
    }

    /// <summary>The value at this place that words are compared with: one of those known, quoted text, or bare text.</summary>
    string? Value(Found left, Words words)
    {
        var first = Here;
        if (first.Kind is TokenKind.End || first is { Kind: TokenKind.Sign, Text: ")" or "," or "]" })
        {
            Wrong(first, new Message("a value is missing here"));
            return null;
        }
        var known = Values(words);
        if (known is null)
            return BareText();
        next++;
        if (known.FirstOrDefault(v => string.Equals(v, first.Text, StringComparison.OrdinalIgnoreCase)) is { } value)
            return value;
        next--;
        if (words is AnswerWords { Question: var chosen } && SlipOfOption(left, "is", chosen) is { } slip)
        {
            Wrong(first, slip);
            return null;
        }
        Wrong(first, NoSuchValue(words is AnswerWords
            ? new Message("`{name}` has no answer `{value}`", ("name", Shown(left)), ("value", first.Text))
            : new Message("`{name}` has no value `{value}`", ("name", Shown(left)), ("value", first.Text)), first.Text, known));
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

    static Message NoSuchValue(Message problem, string value, IEnumerable<string> known) =>
        problem.With(DidYouMean.Suggestion(value, known) ?? new Message("it has {names}", ("names", Listed([.. known]))));

    static Message Listed(IReadOnlyList<string> names)
    {
        var shown = names.Take(8).Select(n => $"`{n}`").ToList();
        return names.Count > 8 ? new Message("{names} and {count} more", ("names", string.Join(", ", shown)), ("count", names.Count - 8))
            : shown.Count > 0 ? Message.List(shown) : new Message("none");
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
            return Wrong(Here, new Message("`{word}` was not expected here; after `{words}` comes `is`, `has` or a comparison", ("word", Here.Text), ("words", Shown(found)))).Condition;
        if (lastChoice is not null && found.First == found.Last && lastChoice.Name != found.First.Text && Offers(lastChoice, found.First.Text))
            return Wrong(found.First, new Message("{what}, which is neither true nor false alone; did you mean `{question} {word} {name}`?", ("what", Describe(found)), ("question", lastChoice.Name), ("word", lastChoice.Type.Kind == ValueKind.Choices ? "has" : "is"), ("name", found.First.Text))).Condition;
        return Wrong(found.First, new Message("{what}, which is neither true nor false alone; say what it must be", ("what", Describe(found))).With(Instead(found, found.Operand!))).Condition;
    }

    static Message Name(ValueKind kind) => kind switch
    {
        ValueKind.Text => new Message("a text"),
        ValueKind.Number => new Message("a number"),
        ValueKind.Money => new Message("an amount of money"),
        ValueKind.Date => new Message("a date"),
        ValueKind.Month => new Message("a month"),
        ValueKind.Time => new Message("a time of day"),
        ValueKind.YesNo => new Message("a yes-no question"),
        ValueKind.Choice => new Message("a choice"),
        ValueKind.Choices => new Message("a choice of several"),
        ValueKind.Files => new Message("a question for files"),
        ValueKind.Group => new Message("a group"),
        _ => new Message("of a kind that cannot be compared"),
    };

    Message Describe(Found found) => found.Operand switch
    {
        Whole { Kind: ValueKind.Other, Part: null } whole => new Message("`{words}` is of type `{type}`", ("words", Shown(found)), ("type", whole.Question.Type.Name)),
        DecidedWords => new Message("`{words}` is a decision", ("words", Shown(found))),
        { } operand => new Message("`{words}` is {kind}", ("words", Shown(found)), ("kind", Name(operand.Kind))),
        null => new Message("`{words}` is true or false", ("words", Shown(found))),
    };

    /// <summary>What can be said of something instead: "write `size is small`".</summary>
    Message? Instead(Found found, Operand operand) => operand switch
    {
        Quantity { Kind: ValueKind.YesNo } => new Message("write `{words}` or `not {words}`", ("words", Shown(found))),
        Words words when Values(words) is [var first, ..] => new Message("write `{words} is {first}`", ("words", Shown(found)), ("first", first)),
        Words => new Message("write `{words} is ...`", ("words", Shown(found))),
        Whole { Kind: ValueKind.Choices, Question.Options: [var option, ..] } => new Message("write `{words} has {option}`", ("words", Shown(found)), ("option", option.Name)),
        Whole { Kind: ValueKind.Group } => new Message("write `{words} is answered` or `count of {words} > 1`", ("words", Shown(found))),
        Whole { Kind: ValueKind.Files } => new Message("write `{words} is answered` or `count {words} > 1`", ("words", Shown(found))),
        Whole { Question: var question } whole when whole.Part is null && question.Type.Parts(question).Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } part =>
            new Message("write `{words} is answered`, or name a part of it like `{question}.{part}`", ("words", Shown(found)), ("question", question.Name), ("part", part)),
        Whole => new Message("write `{words} is answered`", ("words", Shown(found))),
        _ => null,
    };

    Message? Hint(ValueKind left, ValueKind right, Found found) => (left, right) switch
    {
        (ValueKind.Money, ValueKind.Number) => new Message("write the amount as {amount}", ("amount", "£" + Shown(found))),
        (ValueKind.Date, _) when right is ValueKind.Number or ValueKind.Month => new Message("write a date as 2026-03-04"),
        _ => null,
    };
}
