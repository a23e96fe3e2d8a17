namespace Moothall.Definitions;

/// <summary>A word of sentences as the reference shows it. A test holds the list to the parser.</summary>
/// <param name="Word">The word, or several that go together.</param>
/// <param name="Says">What it means.</param>
/// <param name="Example">A sentence, amount or value worked out that has it.</param>
sealed record SentenceWord(string Word, string Says, string Example)
{
    /// <summary>All words that mean something in sentences.</summary>
    public static readonly IReadOnlyList<SentenceWord> All =
    [
        new("is", "The answer is that one, or the number, amount, date, month or time is equal.", "size is large"),
        new("is not", "The contrary of `is`; also of a question without an answer.", "size is not large"),
        new("is one of", "The answer is one of several.", "size is one of small, large or huge"),
        new("is answered", "There is an answer.", "photos is answered"),
        new("has", "That option is among those chosen.", "needs has braille"),
        new("and", "Both hold.", "size is large and deep"),
        new("or", "One at least holds.", "size is huge or deep"),
        new("not", "It does not hold.", "not deep"),
        new("yes", "The answer yes.", "deep is yes"),
        new("no", "The answer no.", "deep is no"),
        new("<", "Less than.", "children < 3"),
        new("<=", "At most.", "children <= 3"),
        new(">", "More than.", "children > 3"),
        new(">=", "At least.", "children >= 3"),
        new("+", "Added.", "children + adults > 4"),
        new("-", "Taken away; a space on both sides.", "adults - 1 > children"),
        new("*", "Times; one side is written out.", "fee * 2 < £60"),
        new("/", "Divided by; one side is written out.", "children / 2 > 3"),
        new("today", "The day on which it is asked.", "event > today + 30 days"),
        new("day", "After a number that is added to a date: that many days.", "event > today + 1 day"),
        new("days", "The same of several.", "event > today + 30 days"),
        new("days from ... to", "How many days lie between two dates.", "days from today to event >= 28"),
        new("age of", "Whole years since a date.", "age of born >= 18"),
        new("count", "How many options were chosen, or files given.", "count needs > 1"),
        new("count of", "How many rows were added.", "count of costs is 2"),
        new("sum of", "The numbers or amounts of all rows, added up.", "sum of amount > £120"),
        new("fee", "A price of the council, in the amount of a charge.", "fee first-bin + £5"),
        new("otherwise", "Alone, as the last row of a decision or of amounts: whenever no other row holds.", "otherwise"),
    ];
}
