namespace Moothall.Definitions.Importing;

/// <summary>A condition of a form, as its file nests them.</summary>
abstract record FormCondition;

/// <summary>All of them hold; of none, always.</summary>
sealed record AllHold(IReadOnlyList<FormCondition> Of) : FormCondition;

/// <summary>One of them holds; of none, never.</summary>
sealed record OneHolds(IReadOnlyList<FormCondition> Of) : FormCondition;

/// <summary>It does not hold.</summary>
sealed record NotHeld(FormCondition Of) : FormCondition;

/// <summary>How an answer is compared.</summary>
enum Compared { Is, Has, Less, AtMost, More, AtLeast, Answered }

/// <summary>The answer to a question is compared with a value: a text, an option's value, a number, a date, `today - 30 days`, or `18 years` of age.</summary>
sealed record AnswerTest(string Question, Compared How, string Value) : FormCondition;

/// <summary>A condition that sentences cannot say; it may hold or not.</summary>
sealed record Unsayable(Message Why) : FormCondition;
