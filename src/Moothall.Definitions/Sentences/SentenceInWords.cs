using System.Globalization;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// A sentence as somebody reads it beside a question: names of questions and options become their labels (“Size” is “Bigger than a dinner plate”), and a
/// yes-no question that stands alone says which answer it means. It is said anew from the meaning, clause by clause, in any language.
/// </summary>
public sealed partial class Sentence
{
    /// <summary>The sentence in words of a language.</summary>
    public string InWords(Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        return new Teller(phrases).Of(Meaning);
    }

    sealed class Teller(Phrases phrases)
    {
        public string Of(Condition condition) => condition switch
        {
            AllOf both => phrases.Say("{one} and {other}", ("one", Within(both.Left)), ("other", Within(both.Right))),
            AnyOf either => phrases.Say("{one} or {other}", ("one", Of(either.Left)), ("other", Of(either.Right))),
            Contrary { Of: Compares { How: Comparison.Is, Left: { Kind: ValueKind.YesNo } asked, Right: Written { Value: var value } } } => YesNo(Of(asked), value == 0),
            Contrary { Of: Compares { How: Comparison.Is } same } => phrases.Say("{what} is not {value}", ("what", Of(same.Left)), ("value", Of(same.Right))),
            Contrary { Of: IsOneOfWords { Values: [var only] } one } => phrases.Say("{what} is not {value}", ("what", Of(one.Of)), ("value", Value(one.Of, only))),
            Contrary { Of: IsOneOfWords one } => phrases.Say("{what} is none of {values}", ("what", Of(one.Of)), ("values", Values(one))),
            Contrary { Of: HasOption has } => phrases.Say("{what} does not have {value}", ("what", Label(has.Question)), ("value", Option(has.Question, has.Option))),
            Contrary { Of: IsAnswered answered } => phrases.Say("{what} is not answered", ("what", Of(answered.Question, answered.Part))),
            Contrary not => phrases.Say("it is not so that {what}", ("what", Within(not.Of))),
            IsAnswered answered => phrases.Say("{what} is answered", ("what", Of(answered.Question, answered.Part))),
            IsOneOfWords { Values: [var only] } one => phrases.Say("{what} is {value}", ("what", Of(one.Of)), ("value", Value(one.Of, only))),
            IsOneOfWords one => phrases.Say("{what} is one of {values}", ("what", Of(one.Of)), ("values", Values(one))),
            HasOption has => phrases.Say("{what} has {value}", ("what", Label(has.Question)), ("value", Option(has.Question, has.Option))),
            Compares { How: Comparison.Is, Left: { Kind: ValueKind.YesNo } asked, Right: Written { Value: var value } } => YesNo(Of(asked), value != 0),
            Compares compares => Of(compares),
            _ => throw new InvalidOperationException($"A condition of the kind {condition.GetType().Name} has no words."),
        };

        string Within(Condition condition) => condition is AnyOf ? "(" + Of(condition) + ")" : Of(condition);

        string YesNo(string what, bool yes) => yes ? phrases.Say("{what} is yes", ("what", what)) : phrases.Say("{what} is no", ("what", what));

        string Of(Compares compares)
        {
            var (what, value) = (Of(compares.Left), Of(compares.Right));
            return compares.How switch
            {
                Comparison.Is => phrases.Say("{what} is {value}", ("what", what), ("value", value)),
                Comparison.Less => phrases.Say("{what} is less than {value}", ("what", what), ("value", value)),
                Comparison.AtMost => phrases.Say("{what} is {value} or less", ("what", what), ("value", value)),
                Comparison.More => phrases.Say("{what} is more than {value}", ("what", what), ("value", value)),
                _ => phrases.Say("{what} is {value} or more", ("what", what), ("value", value)),
            };
        }

        string Of(Operand operand) => operand switch
        {
            AnswerWords words => Label(words.Question),
            PartWords part => Of(part.Question, part.Part),
            DecidedWords decided => Quoted(decided.Decision.Label.In(phrases.Language)),
            Whole whole => Of(whole.Question, whole.Part),
            Written written => Of(written),
            TodayQuantity => phrases.Say("today"),
            AnswerQuantity answer => Label(answer.Question),
            PartQuantity part => Of(part.Question, part.Part),
            CountOf count => phrases.Say("how many were given for {what}", ("what", Label(count.Question))),
            WorkedQuantity worked => Quoted(worked.Of.Label.In(phrases.Language)),
            SumOf sum => phrases.Say("the sum of {what}", ("what", Label(sum.Inside))),
            AgeOf age => phrases.Say("the age by {what}", ("what", Of(age.Date))),
            Sum { Sign: '-', Left.Kind: ValueKind.Date, Right.Kind: ValueKind.Date } days => phrases.Say("the days from {one} to {other}", ("one", Of(days.Right)), ("other", Of(days.Left))),
            Sum of => $"{Of(of.Left)} {of.Sign} {Of(of.Right)}",
            FeeQuantity fee => fee.Name.Replace('-', ' '),
            _ => throw new InvalidOperationException($"A value of the kind {operand.GetType().Name} has no words."),
        };

        string Of(Question question, string? part) => part switch
        {
            null => Label(question),
            _ when IsRoad(question, part) => phrases.Say("the kind of road of {question}", ("question", Label(question))),
            _ when question.LookUps.GetValueOrDefault(part) == "wards" => phrases.Say("the ward of {question}", ("question", Label(question))),
            "name" => phrases.Say("the name of {question}", ("question", Label(question))),
            "email" => phrases.Say("the email address of {question}", ("question", Label(question))),
            "phone" => phrases.Say("the phone number of {question}", ("question", Label(question))),
            "town" => phrases.Say("the town of {question}", ("question", Label(question))),
            "postcode" => phrases.Say("the postcode of {question}", ("question", Label(question))),
            _ => phrases.Say("the {part} of {question}", ("part", part.Replace('-', ' ')), ("question", Label(question))),
        };

        static bool IsRoad(Question question, string part) => question.LookUps.GetValueOrDefault(part) == "roads";

        // The classes of the council's register of roads.
        string Road(string value) => value switch
        {
            "motorway" => phrases.Say("a motorway"),
            "trunk-road" => phrases.Say("a trunk road"),
            "a-road" => phrases.Say("an A road"),
            "b-road" => phrases.Say("a B road"),
            "local" => phrases.Say("a local road"),
            _ => value.Replace('-', ' '),
        };

        string Label(Question question) => $"“{question.Label(phrases.Language)}”";

        static string Quoted(string words) => $"“{words}”";

        string Option(Question question, string option) => question.Options.FirstOrDefault(o => o.Name == option) is { } known ? Quoted(known.Label.In(phrases.Language)) : option;

        string Value(Words of, string value) => of switch
        {
            AnswerWords { Question: var question } => Option(question, value),
            DecidedWords { Decision: var decision } when decision.Rows.FirstOrDefault(r => r.Value == value) is { } row => Quoted(row.Label.In(phrases.Language)),
            PartWords { Question: var at, Part: var part } when IsRoad(at, part) => Road(value),
            _ => value.Replace('-', ' '),
        };

        string Values(IsOneOfWords one) => string.Join(", ", one.Values.Select(v => Value(one.Of, v)));

        string Of(Written written) => written.Kind switch
        {
            ValueKind.YesNo => written.Value == 0 ? phrases.Say("no") : phrases.Say("yes"),
            ValueKind.Money => Wording.In(phrases.Language).Money((long)written.Value),
            ValueKind.Date when Quantity.ToDate(written.Value) is { } day => phrases.Date(day),
            ValueKind.Month => phrases.Month(new YearMonth((int)written.Value / 12, (int)written.Value % 12 + 1)),
            ValueKind.Time => phrases.Time(LocalTime.FromMinutesSinceMidnight((int)written.Value)),
            _ => written.Value.ToString("0.############", CultureInfo.InvariantCulture),
        };
    }
}
