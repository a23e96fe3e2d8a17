using System.Collections.Immutable;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>What somebody answered to one question, already read and found good by its type.</summary>
public abstract record Answer;

/// <summary>An optional question that was passed over.</summary>
public sealed record SkippedAnswer : Answer { public static readonly SkippedAnswer Value = new(); }

/// <summary>
/// The same answer as to an earlier question. Only journeys under way hold it; where they are walked (<see cref="Walk.OnPath"/>), the earlier answer stands in its place.
/// </summary>
/// <param name="Question">The earlier question.</param>
public sealed record SameAnswer(string Question) : Answer;

/// <summary>text, long-text, email, phone, web, postcode, reference: the tidied text.</summary>
public sealed record TextAnswer(string Text) : Answer;
public sealed record NumberAnswer(decimal Number) : Answer;
/// <summary>An amount in whole pence.</summary>
public sealed record MoneyAnswer(long Pence) : Answer;
public sealed record DateAnswer(LocalDate Date) : Answer;
public sealed record MonthAnswer(YearMonth Month) : Answer;
public sealed record TimeAnswer(LocalTime Time) : Answer;
public sealed record YesNoAnswer(bool Yes) : Answer;
public sealed record ChoiceAnswer(string Option) : Answer;

/// <summary>Several options, in the order of the question.</summary>
public sealed record ChoicesAnswer(ImmutableArray<string> Options) : Answer
{
    public bool Equals(ChoicesAnswer? other) => other is not null && Options.SequenceEqual(other.Options);
    public override int GetHashCode() => Options.Length;
}

/// <summary>Ids of files in the store, in the order given.</summary>
public sealed record FilesAnswer(ImmutableArray<string> Files) : Answer
{
    public bool Equals(FilesAnswer? other) => other is not null && Files.SequenceEqual(other.Files);
    public override int GetHashCode() => Files.Length;
}

/// <summary>A postal address; the UPRN only when chosen from a register. Parts hold what look-ups found, as of a place.</summary>
public sealed record AddressAnswer(string Line1, string? Line2, string? Town, string Postcode, string? Uprn) : Answer
{
    public ImmutableSortedDictionary<string, string> Parts { get; init; } = LookedUp.Nothing;

    public bool Equals(AddressAnswer? other) =>
        other is not null && (Line1, Line2, Town, Postcode, Uprn) == (other.Line1, other.Line2, other.Town, other.Postcode, other.Uprn) && Parts.SequenceEqual(other.Parts);
    public override int GetHashCode() => HashCode.Combine(Line1, Postcode);
}

/// <summary>
/// A place: words ("outside 12 High Street, Didcot"), and where known latitude and longitude (WGS84).
/// Parts hold what look-ups found (road, ward, authority ...), by part name.
/// </summary>
public sealed record LocationAnswer(string Text, double? Latitude, double? Longitude, ImmutableSortedDictionary<string, string> Parts) : Answer
{
    public bool Equals(LocationAnswer? other) =>
        other is not null && Text == other.Text && Latitude == other.Latitude && Longitude == other.Longitude && Parts.SequenceEqual(other.Parts);
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A person: a name and at least one way to reach them.</summary>
public sealed record PersonAnswer(string Name, string? Email, string? Phone) : Answer;
/// <summary>An organisation: its name, and company or charity number where given.</summary>
public sealed record OrganisationAnswer(string Name, string? Number) : Answer;
/// <summary>The person agreed to a statement.</summary>
public sealed record DeclarationAnswer : Answer { public static readonly DeclarationAnswer Value = new(); }

/// <summary>What was answered for each of several: a row for each, holding the answers to the questions of the group.</summary>
public sealed record GroupAnswer(ImmutableArray<Answers> Rows) : Answer
{
    public bool Equals(GroupAnswer? other) => other is not null && Rows.SequenceEqual(other.Rows);
    public override int GetHashCode() => Rows.Length;

    /// <summary>The same with one row put in the place of another, or after the last.</summary>
    /// <param name="number">Which row, from 1.</param>
    public GroupAnswer WithRow(int number, Answers row) => new(number > Rows.Length ? Rows.Add(row) : Rows.SetItem(number - 1, row));

    /// <summary>The same without a row.</summary>
    public GroupAnswer WithoutRow(int number) => new(Rows.RemoveAt(number - 1));
}

/// <summary>All answers of one journey by question name. Immutable; order does not matter (the definition has the order).</summary>
public sealed class Answers : IEquatable<Answers>
{
    // A dictionary costs a tenth of one that shares its parts with others, and most answers are only read; what is made of them shares.
    readonly IReadOnlyDictionary<string, Answer> byQuestion;
    ImmutableDictionary<string, Answer>? shared;
    public static readonly Answers None = new(ImmutableDictionary<string, Answer>.Empty.WithComparers(StringComparer.Ordinal));

    Answers(IReadOnlyDictionary<string, Answer> byQuestion) => this.byQuestion = byQuestion;

    /// <summary>Several answers at once, which costs less than one after the other; of one question given twice the last.</summary>
    public static Answers Of(IEnumerable<(string Question, Answer Answer)> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var (question, answer) in given) answers[question] = answer;
        return answers.Count == 0 ? None : new Answers(answers);
    }

    /// <summary>The answers of a dictionary that is not copied: whoever gives it changes it only while nobody else has these answers.</summary>
    internal static Answers Over(Dictionary<string, Answer> answers) => new(answers);

    /// <summary>A copy to add to, for <see cref="Over"/>.</summary>
    internal Dictionary<string, Answer> Copy() => new(byQuestion, StringComparer.Ordinal);

    /// <summary>The answer to a question, SkippedAnswer when passed over, or null when not answered.</summary>
    public Answer? this[string question] => byQuestion.TryGetValue(question, out var answer) ? answer : null;

    /// <summary>Whether a question was answered or deliberately passed over.</summary>
    public bool Settled(string question) => byQuestion.ContainsKey(question);

    public Answers With(string question, Answer answer) => new(Shared().SetItem(question, answer));
    public Answers Without(string question) => byQuestion.ContainsKey(question) ? new(Shared().Remove(question)) : this;
    public IEnumerable<string> Questions => byQuestion.Keys;

    ImmutableDictionary<string, Answer> Shared() => shared ??= byQuestion as ImmutableDictionary<string, Answer> ?? ImmutableDictionary.CreateRange(StringComparer.Ordinal, byQuestion);

    /// <summary>The same questions answered the same way.</summary>
    public bool Equals(Answers? other) => other is not null && (ReferenceEquals(this, other) || Count == other.Count && byQuestion.All(a => a.Value.Equals(other[a.Key])));
    public override bool Equals(object? obj) => Equals(obj as Answers);
    public override int GetHashCode() => Count;

    public int Count => byQuestion.Count;
}
