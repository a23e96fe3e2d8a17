using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>What stands on either side of a comparison: words or a quantity.</summary>
abstract record Operand(ValueKind Kind);

/// <summary>Words: a text, a chosen option, a looked-up part or a decided value; null when not known.</summary>
abstract record Words(ValueKind Kind) : Operand(Kind)
{
    public abstract string? In(Facts facts);
}

/// <summary>The words of a question's answer.</summary>
sealed record AnswerWords(Question Question) : Words(Question.Type.Kind)
{
    public override string? In(Facts facts) => Of(facts.Answers[Question.Name]);

    public static string? Of(Answer? answer) => answer switch
    {
        TextAnswer text => text.Text,
        ChoiceAnswer choice => choice.Option,
        _ => null,
    };
}

/// <summary>The words of a part of an answer (`where.road`).</summary>
sealed record PartWords(Question Question, string Part, ValueKind Kind) : Words(Kind)
{
    public override string? In(Facts facts) =>
        facts.Answers[Question.Name] is { } answer and not SkippedAnswer && Question.Type.Part(answer, Part) is { Length: > 0 } text ? text : null;
}

/// <summary>The value of a decision.</summary>
sealed record DecidedWords(Decision Decision) : Words(ValueKind.Choice)
{
    public override string? In(Facts facts) => facts.Decided.GetValueOrDefault(Decision.Name);
}

/// <summary>
/// An answer of several options, files, or of a kind that is never compared: it may only be counted, held against `has`, or
/// be answered.
/// </summary>
sealed record Whole(Question Question, string? Part, ValueKind Kind) : Operand(Kind);

/// <summary>
/// Something with an order, as a decimal: a number, pence, days since 1970, months, minutes of the day, or 1 for yes; null when
/// not known or not to be worked out.
/// </summary>
abstract record Quantity(ValueKind Kind) : Operand(Kind)
{
    public abstract decimal? In(Facts facts);

    public static decimal OfDate(LocalDate date) => NodaTime.Period.DaysBetween(new LocalDate(1970, 1, 1), date);
    public static decimal OfMonth(YearMonth month) => month.Year * 12 + month.Month - 1;
    public static decimal OfTime(LocalTime time) => time.TickOfDay / (decimal)NodaConstants.TicksPerMinute;

    /// <summary>The date that many days after 1970 began; null outside the years a calendar has.</summary>
    public static LocalDate? ToDate(decimal days) =>
        days is > -700_000 and < 2_900_000 ? new LocalDate(1970, 1, 1).PlusDays((int)Math.Floor(days)) : null;
}

/// <summary>A value written out: 3, £30, 2026-03-04, yes.</summary>
sealed record Written(decimal Value, ValueKind Kind) : Quantity(Kind)
{
    public override decimal? In(Facts facts) => Value;
}

/// <summary>The day of the question.</summary>
sealed record TodayQuantity() : Quantity(ValueKind.Date)
{
    public override decimal? In(Facts facts) => OfDate(facts.Today);
}

/// <summary>The quantity of a question's answer.</summary>
sealed record AnswerQuantity(Question Question) : Quantity(Question.Type.Kind)
{
    public override decimal? In(Facts facts) => facts.Answers[Question.Name] switch
    {
        NumberAnswer number => number.Number,
        MoneyAnswer money => money.Pence,
        DateAnswer date => OfDate(date.Date),
        MonthAnswer month => OfMonth(month.Month),
        TimeAnswer time => OfTime(time.Time),
        YesNoAnswer yesNo => yesNo.Yes ? 1 : 0,
        DeclarationAnswer => 1,
        _ => null,
    };
}

/// <summary>The quantity of a part of an answer, which parts give as text.</summary>
sealed record PartQuantity(Question Question, string Part, ValueKind Kind) : Quantity(Kind)
{
    public override decimal? In(Facts facts) =>
        facts.Answers[Question.Name] is { } answer and not SkippedAnswer && Question.Type.Part(answer, Part) is { } text ? Of(text) : null;

    decimal? Of(string text) => Kind switch
    {
        ValueKind.YesNo => text switch { "yes" or "true" => 1, "no" or "false" => 0, _ => null },
        ValueKind.Date => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? OfDate(date) : null,
        ValueKind.Time => LocalTimePattern.GeneralIso.Parse(text) is { Success: true, Value: var time } ? OfTime(time) : null,
        ValueKind.Month => LocalDatePattern.Iso.Parse(text + "-01") is { Success: true, Value: var first } ? OfMonth(first.ToYearMonth()) : null,
        ValueKind.Money => Number(text) is { } pounds and > -1e15m and < 1e15m ? pounds * 100 : null,
        _ => Number(text),
    };

    static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>How many options were chosen, files given, or rows added.</summary>
sealed record CountOf(Question Question) : Quantity(ValueKind.Number)
{
    public override decimal? In(Facts facts) => facts.Answers[Question.Name] switch
    {
        ChoicesAnswer choices => choices.Options.Length,
        FilesAnswer files => files.Files.Length,
        GroupAnswer group => group.Rows.Length,
        _ => null,
    };
}

/// <summary>The answers to a number or an amount of money in all rows of a group, added up; a row without it adds nothing.</summary>
sealed record SumOf(Question Group, Question Inside) : Quantity(Inside.Type.Kind)
{
    public override decimal? In(Facts facts) => facts.Answers[Group.Name] is GroupAnswer group ? Of(Group, group) : null;

    decimal Of(Question group, GroupAnswer answer)
    {
        var sum = 0m;
        foreach (var row in answer.Rows)
            foreach (var question in group.Inside)
                sum += row[question.Name] switch
                {
                    GroupAnswer within => Of(question, within),
                    NumberAnswer number when question.Name == Inside.Name => number.Number,
                    MoneyAnswer money when question.Name == Inside.Name => money.Pence,
                    _ => 0,
                };
        return sum;
    }
}

/// <summary>A value that the file works out under a name.</summary>
sealed record WorkedQuantity(WorkedOut Of) : Quantity(Of.Quantity.Kind)
{
    public override decimal? In(Facts facts) => Of.Quantity.In(facts);
}

/// <summary>Whole years from a date to today. Somebody born on 29 February grows older on 1 March of a common year.</summary>
sealed record AgeOf(Quantity Date) : Quantity(ValueKind.Number)
{
    public override decimal? In(Facts facts) => Date.In(facts) is { } days && ToDate(days) is { } born ? Between(born, facts.Today) : null;

    public static int Between(LocalDate born, LocalDate today) =>
        today.Year - born.Year - ((today.Month, today.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
}

/// <summary>A sum of two quantities. A result too large to hold, or a division by nothing, is not known.</summary>
sealed record Sum(Quantity Left, char Sign, Quantity Right, ValueKind Kind) : Quantity(Kind)
{
    public override decimal? In(Facts facts) => Left.In(facts) is { } left && Right.In(facts) is { } right ? Of(left, Sign, right) : null;

    public static decimal? Of(decimal left, char sign, decimal right)
    {
        if (sign == '/' && right == 0)
            return null;
        try
        {
            return sign switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
