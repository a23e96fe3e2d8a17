using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// What answers that were given to one definition say to the questions of another: those to a question of the same name and type, as far as the other
/// definition asks it. Of the rest nothing is known, which is not the same as "not so": a sentence that looks at it can be neither held nor not.
/// </summary>
public sealed class CarriedAnswers
{
    readonly ServiceDefinition to;
    readonly LocalDate today;
    // Questions of which all is known: answered, or surely not asked.
    readonly HashSet<string> known = new(StringComparer.Ordinal);

    CarriedAnswers(ServiceDefinition to, LocalDate today) => (this.to, this.today) = (to, today);

    /// <summary>The answers that count for the other definition.</summary>
    public Answers Kept { get; private set; } = Answers.None;

    /// <summary>Carries answers to another definition.</summary>
    /// <param name="from">The definition that they were given to.</param>
    public static CarriedAnswers To(ServiceDefinition to, ServiceDefinition from, Answers given, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(given);
        var carried = new CarriedAnswers(to, today);
        foreach (var question in to.Ask)
        {
            if (question.When is { } when)
            {
                if (!carried.Knows(when)) continue;
                if (!when.Holds(carried.Facts())) { carried.known.Add(question.Name); continue; }
            }
            if (from.FindQuestion(question.Name) is not { } same || !IsLike(question, same) || given[question.Name] is not { } answer || !Fits(question, answer)) continue;
            carried.Kept = carried.Kept.With(question.Name, answer);
            // What was not looked up then is not known now.
            if (LooksUpNoMore(question, same)) carried.known.Add(question.Name);
        }
        return carried;
    }

    /// <summary>Whether the answers tell if a sentence holds.</summary>
    public bool Knows(Sentence? when) => when is null || when.Names.All(Knows);

    /// <summary>Whether the answers tell if a charge applies, and what it comes to.</summary>
    public bool CanWorkOut(Charge charge)
    {
        ArgumentNullException.ThrowIfNull(charge);
        if (!Knows(charge.When)) return false;
        var facts = Facts();
        if (charge.When is { } when && !when.Holds(facts)) return true;
        foreach (var row in charge.Amounts)
        {
            if (!Knows(row.When)) return false;
            if (row.When is { } holds && !holds.Holds(facts)) continue;
            return row.Amount.Names.All(name => Kept[name] is not (null or SkippedAnswer));
        }
        return true;
    }

    /// <summary>The definition with only those charges and sharings that the answers tell about.</summary>
    public ServiceDefinition Told() => to with { Charges = [.. to.Charges.Where(CanWorkOut)], Share = [.. to.Share.Where(s => Knows(s.When))] };

    Facts Facts() => new(to, Kept, Journey.Decide(to, Kept, today), today);

    bool Knows(string name)
    {
        if (to.Decide.FirstOrDefault(d => d.Name == name) is not { } decision) return known.Contains(name);
        var facts = Facts();
        foreach (var row in decision.Rows)
        {
            if (!Knows(row.When)) return false;
            if (row.When is null || row.When.Holds(facts)) return true;
        }
        return true;
    }

    /// <summary>Whether all that a question looks up was looked up for the other too, in the rows of a group as well.</summary>
    static bool LooksUpNoMore(Question question, Question other) => question.LookUps.All(part => other.LookUps.GetValueOrDefault(part.Key) == part.Value)
        && question.Inside.Zip(other.Inside).All(pair => LooksUpNoMore(pair.First, pair.Second));

    /// <summary>Of the same type; a group with the same questions in its rows.</summary>
    static bool IsLike(Question question, Question other) => question.Type.Name == other.Type.Name && question.Inside.Count == other.Inside.Count
        && question.Inside.Zip(other.Inside).All(pair => pair.First.Name == pair.Second.Name && IsLike(pair.First, pair.Second));

    static bool Fits(Question question, Answer answer) => answer switch
    {
        GroupAnswer group => group.Rows.Length >= question.FewestRows && group.Rows.Length <= question.MostRows && question.Inside.All(inside =>
            group.Rows.All(row => row[inside.Name] is not { } given ? inside.When is not null : Fits(inside, given))),
        SkippedAnswer => question.Optional,
        ChoiceAnswer chosen => question.Options.Any(o => o.Name == chosen.Option),
        ChoicesAnswer chosen => chosen.Options.All(c => question.Options.Any(o => o.Name == c)),
        NumberAnswer number => (question.AtLeast?.Number is not { } least || number.Number >= least) && (question.AtMost?.Number is not { } most || number.Number <= most)
            && (!question.Whole || decimal.IsInteger(number.Number)),
        MoneyAnswer money => (question.AtLeast?.Number is not { } least || money.Pence >= least) && (question.AtMost?.Number is not { } most || money.Pence <= most),
        _ => true,
    };
}
