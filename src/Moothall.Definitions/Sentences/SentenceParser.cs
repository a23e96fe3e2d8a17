namespace Moothall.Definitions;

/// <summary>
/// Reads the grammar of sentences by recursive descent: `or` under `and` under `not` under comparisons under sums. Brackets hold
/// either a condition or a sum, so each step gives an operand or a condition. It stops at the first fault.
/// </summary>
sealed partial class SentenceParser
{
    const int MostTokens = 300;
    const int MostDepth = 24;

    /// <summary>An operand or a condition, and where it stood; neither when there was a fault.</summary>
    readonly record struct Found(Operand? Operand, Condition? Condition, Token First, Token Last)
    {
        public bool Good => Operand is not null || Condition is not null;
    }

    readonly string text;
    readonly SentenceScope scope;
    readonly List<Token> tokens;
    readonly List<string> names = [];
    readonly List<string> fees = [];
    readonly List<Question> sums = [];
    readonly bool amounts;
    Question? lastChoice;
    int next;
    int depth;

    /// <param name="amounts">Whether an amount is read, in which `fee` names a price of the council.</param>
    public SentenceParser(string text, SentenceScope scope, bool amounts = false)
    {
        (this.text, this.scope, this.amounts) = (text, scope, amounts);
        tokens = text.Length <= 4000 ? Lexer.Cut(text) : [];
    }

    /// <summary>Questions and decisions named so far.</summary>
    public IReadOnlyList<string> Names => names;
    /// <summary>Fees named so far.</summary>
    public IReadOnlyList<string> Fees => fees;
    /// <summary>Questions in rows that are added up.</summary>
    public IReadOnlyList<Question> Sums => sums;
    /// <summary>What is wrong; null when nothing is.</summary>
    public Message? Fault { get; private set; }
    /// <summary>Where the fault begins, counted from the sentence's first character.</summary>
    public int FaultAt { get; private set; }

    Token Here => tokens[next];
    Token After => tokens[Math.Min(next + 1, tokens.Count - 1)];

    /// <summary>The meaning of the whole sentence, or null with a fault.</summary>
    public Condition? Parse()
    {
        if (tokens.Count is 0 or > MostTokens)
        {
            Fault = new Message("this sentence is too long; say it in several decisions");
            return null;
        }
        if (Here.Kind == TokenKind.End)
            return Wrong(Here, new Message("a sentence is missing here; write one like `size is large`")).Condition;
        if (Here.IsWord("otherwise"))
            return Wrong(Here, new Message("`otherwise` stands alone as the last row of a decision")).Condition;
        if (SlipOfWhole() is { } slip)
            return Wrong(Here, slip).Condition;
        if (Truth(Either()) is not { } meaning)
            return null;
        return Here.Kind == TokenKind.End ? meaning : Wrong(Here, Unexpected()).Condition;
    }

    /// <summary>The amount of money that the whole text works out, or null with a fault.</summary>
    public Quantity? ParseAmount()
    {
        if (tokens.Count is 0 or > MostTokens)
        {
            Fault = new Message("this amount is too long; say it in several rows");
            return null;
        }
        if (Here.Kind == TokenKind.End)
        {
            Wrong(Here, new Message("an amount is missing here; write one like `£12` or `fee permit`"));
            return null;
        }
        var found = Added();
        if (!found.Good) return null;
        if (Here.Kind != TokenKind.End) Wrong(Here, Unexpected());
        else if (found.Operand is Quantity { Kind: ValueKind.Money } money) return money;
        else if (found.Operand is Written number) Wrong(found.First, new Message("`{words}` is a number, and here an amount of money is needed; write it as {amount}", ("words", Shown(found)), ("amount", "£" + Shown(found))));
        else Wrong(found.First, new Message("{what}, and here an amount of money is needed, such as `£12` or `fee permit`", ("what", Describe(found))));
        return null;
    }

    /// <summary>The number, amount or date that the whole text works out, or null with a fault.</summary>
    public Quantity? ParseQuantity()
    {
        if (tokens.Count is 0 or > MostTokens)
        {
            Fault = new Message("this is too long; work it out in several steps");
            return null;
        }
        if (Here.Kind == TokenKind.End)
        {
            Wrong(Here, new Message("what is worked out is missing here; write it like `sum of amount`"));
            return null;
        }
        var found = Added();
        if (!found.Good) return null;
        if (Here.Kind != TokenKind.End) Wrong(Here, Unexpected());
        else if (found.Operand is Quantity { Kind: ValueKind.Number or ValueKind.Money or ValueKind.Date } quantity && found.Operand is not Written) return quantity;
        else Wrong(found.First, found.Operand is Written
            ? new Message("`{words}` is always the same; work something out from the answers, like `sum of amount`", ("words", Shown(found)))
            : new Message("{what}, and here a number, an amount of money or a date is needed, such as `sum of amount`", ("what", Describe(found))));
        return null;
    }

    Found Either()
    {
        if (++depth > MostDepth)
            return Wrong(Here, new Message("this sentence has too many brackets inside each other; say it in several decisions"));
        var left = Both();
        while (left.Good && Here.IsWord("or"))
            left = Joined(left, Both, (a, b) => new AnyOf(a, b));
        depth--;
        return left;
    }

    Found Both()
    {
        var left = Negated();
        while (left.Good && Here.IsWord("and"))
            left = Joined(left, Negated, (a, b) => new AllOf(a, b));
        return left;
    }

    Found Joined(Found left, Func<Found> other, Func<Condition, Condition, Condition> join)
    {
        if (Truth(left) is not { } first)
            return default;
        next++;
        var right = other();
        return Truth(right) is { } second ? new Found(null, join(first, second), left.First, right.Last) : default;
    }

    Found Negated()
    {
        if (!Here.IsWord("not"))
            return Compared();
        if (++depth > MostDepth)
            return Wrong(Here, new Message("this sentence says `not` too often; say it in several decisions"));
        var not = Here;
        next++;
        var of = Negated();
        depth--;
        return Truth(of) is { } condition ? new Found(null, new Contrary(condition), not, of.Last) : default;
    }

    Found Compared()
    {
        var left = Added();
        if (left.Operand is not { } operand)
            return left;
        if (Here.IsWord("is"))
            return Is(left, operand);
        if (Here.IsWord("has"))
            return Has(left, operand);
        if (SlipOfVerb(operand) is { } slip)
            return Wrong(Here, slip);
        if (Here.Kind == TokenKind.Sign && Sign(Here.Text) is { } how)
            return Ordered(left, operand, how);
        return left;
    }

    static Comparison? Sign(string sign) => sign switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.AtMost,
        ">" => Comparison.More,
        ">=" => Comparison.AtLeast,
        _ => null,
    };

    Found Ordered(Found left, Operand operand, Comparison how)
    {
        var sign = Here;
        next++;
        if (operand is not Quantity { Kind: not ValueKind.YesNo } quantity)
        {
            object shown = Here.Kind == TokenKind.End ? new Message("anything") : Shown(Here, Here);
            return Wrong(left.First, new Message("{what}, so it cannot be compared with {other}", ("what", Describe(left)), ("other", shown)).With(Instead(left, operand)));
        }
        return Against(left, quantity, how, Added(), sign);
    }

    Found Against(Found left, Quantity quantity, Comparison how, Found right, Token sign)
    {
        if (!right.Good)
            return right;
        if (right.Operand is not Quantity other)
            return Wrong(right.First, right.Condition is not null
                ? new Message("`{right}` is true or false, so nothing can be compared with it", ("right", Shown(right)))
                : new Message("{what}, so it cannot be compared with {other}", ("what", Describe(right)), ("other", Name(quantity.Kind))));
        if (quantity.Kind != other.Kind)
            return Wrong(left.Operand is Written ? right.First : left.First, left.Operand is Written
                ? new Message("{what}, so it cannot be compared with {other}", ("what", Describe(right)), ("other", Shown(left))).With(Hint(other.Kind, quantity.Kind, left))
                : new Message("{what}, so it cannot be compared with {other}", ("what", Describe(left)), ("other", Shown(right))).With(Hint(quantity.Kind, other.Kind, right)));
        if (Here.Kind == TokenKind.Sign && Sign(Here.Text) is not null)
            return Wrong(Here, new Message("compare two things at a time, and join them with `and`: `{left} {sign} {right} and {right} {next} ...`", ("left", Shown(left)), ("sign", sign.Text), ("right", Shown(right)), ("next", Here.Text)));
        return new Found(null, new Compares(quantity, how, other), left.First, right.Last);
    }

    Found Added()
    {
        var left = Multiplied();
        while (left.Good && Here.Kind == TokenKind.Sign && Here.Text is "+" or "-")
            left = Worked(left, Multiplied);
        if (left.Operand is Quantity && Here is { Kind: TokenKind.Number or TokenKind.Money } && Here.Text.StartsWith('-'))
            return Wrong(Here, new Message("a minus sign has a space on both sides: `- {number}`", ("number", Here.Text[1..])));
        return left;
    }

    Found Multiplied()
    {
        var left = Simple();
        while (left.Good && Here.Kind == TokenKind.Sign && Here.Text is "*" or "/")
            left = Worked(left, Simple);
        return left;
    }

    Found Worked(Found left, Func<Found> other)
    {
        var sign = Here.Text[0];
        next++;
        var right = other();
        if (!right.Good)
            return right;
        foreach (var side in (Found[])[left, right])
            if (side.Operand is not Quantity { Kind: not ValueKind.YesNo })
                return Wrong(side.First, side.Operand is null
                    ? new Message("`{words}` is true or false, so it cannot be worked out with `{sign}`", ("words", Shown(side)), ("sign", sign))
                    : new Message("{what}, so it cannot be worked out with `{sign}`", ("what", Describe(side)), ("sign", sign)));
        var (a, b) = ((Quantity)left.Operand!, (Quantity)right.Operand!);
        if (sign is '*' or '/' && a is not (Written or FeeQuantity) && b is not (Written or FeeQuantity))
            return Wrong(left.First, new Message("one side of `{sign}` must be written out as a number", ("sign", sign)));
        if (ResultOf(a.Kind, sign, b.Kind) is not { } kind)
            return Wrong(left.First, new Message("{left} {sign} {right} has no meaning: `{words}`", ("left", Name(a.Kind)), ("sign", sign), ("right", Name(b.Kind)), ("words", Shown(left.First, right.Last))));
        return new Found(new Sum(a, sign, b, kind), null, left.First, right.Last);
    }

    static ValueKind? ResultOf(ValueKind left, char sign, ValueKind right) => (left, sign, right) switch
    {
        (ValueKind.Number, _, ValueKind.Number) => ValueKind.Number,
        (ValueKind.Money, '+' or '-', ValueKind.Money) => ValueKind.Money,
        (ValueKind.Money, '*' or '/', ValueKind.Number) => ValueKind.Money,
        (ValueKind.Number, '*', ValueKind.Money) => ValueKind.Money,
        (ValueKind.Money, '/', ValueKind.Money) => ValueKind.Number,
        (ValueKind.Date, '+' or '-', ValueKind.Number) => ValueKind.Date,
        (ValueKind.Number, '+', ValueKind.Date) => ValueKind.Date,
        (ValueKind.Date, '-', ValueKind.Date) => ValueKind.Number,
        _ => null,
    };

    Found Simple()
    {
        var token = Here;
        next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                var last = token;
                if (Here.Kind == TokenKind.Word && Here.Text is "day" or "days")
                    (last, next) = (Here, next + 1);
                return new Found(new Written(token.Value, ValueKind.Number), null, token, last);
            case TokenKind.Money:
                return new Found(new Written(token.Value, ValueKind.Money), null, token, token);
            case TokenKind.Date:
                return new Found(new Written(token.Value, ValueKind.Date), null, token, token);
            case TokenKind.Month:
                return new Found(new Written(token.Value, ValueKind.Month), null, token, token);
            case TokenKind.Time:
                return new Found(new Written(token.Value, ValueKind.Time), null, token, token);
            case TokenKind.Sign when token.Text == "(":
                return Bracketed(token);
            case TokenKind.Word:
                return Named(token);
            default:
                next--;
                return Wrong(token, Unexpected());
        }
    }

    Found Bracketed(Token open)
    {
        var inside = Either();
        if (!inside.Good)
            return inside;
        if (!Here.IsSign(")"))
            return Here.Kind == TokenKind.End ? Wrong(open, new Message("this bracket is never closed; add `)`")) : Wrong(Here, Unexpected());
        var close = Here;
        next++;
        return inside with { First = open, Last = close };
    }

    Found Wrong(Token at, Message message)
    {
        if (Fault is null)
            (Fault, FaultAt) = (message, at.At);
        return default;
    }

    string Shown(Found found) => Shown(found.First, found.Last);

    string Shown(Token first, Token last) => text[first.At..(last.At + last.Length)];
}
