using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;

namespace Moothall.Definitions;

/// <summary>
/// Reads all answers of a service at once, as the API and the desk's one-page form give them. It walks the journey as the pages do:
/// a question that is not asked is passed over with its answer. What depends on a wrong answer is not called missing, since
/// nobody knows yet whether it is asked.
/// </summary>
public static class AnswersReader
{
    /// <summary>Reads an `answers` object: the answers on the path, and a fault for each missing, wrong and unknown question.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAll(ServiceDefinition definition, JsonElement answers, ReadingContext context, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var faults = new List<Fault>();
        return GivenAsJson.Of(definition.Ask, answers, context, faults) is { } given ? (Walk(definition, given, today, faults), faults) : (Answers.None, faults);
    }

    /// <summary>Reads a form that holds all questions of the service; those not asked are passed over.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAllForm(ServiceDefinition definition, IFormFields typed, ReadingContext context, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var faults = new List<Fault>();
        return (Walk(definition, new GivenAsForm(typed, context), today, faults), faults);
    }

    /// <summary>Reads an `answers` object for some questions, each of them asked: those of an action.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAll(IReadOnlyList<Question> questions, JsonElement answers, ReadingContext context)
    {
        var faults = new List<Fault>();
        return GivenAsJson.Of(questions, answers, context, faults) is { } given ? (Each(questions, given, faults), faults) : (Answers.None, faults);
    }

    /// <summary>Reads a form for some questions, each of them asked: those of an action.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAllForm(IReadOnlyList<Question> questions, IFormFields typed, ReadingContext context)
    {
        var faults = new List<Fault>();
        return (Each(questions, new GivenAsForm(typed, context), faults), faults);
    }

    static Answers Walk(ServiceDefinition definition, Given given, LocalDate today, List<Fault> faults)
    {
        var steps = new Steps(definition, today);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in definition.Ask)
            if (Ask(question, given, steps, unknown, faults) is { } answer && steps.Settle(question, answer) is not null)
                break;
        return steps.OnPath;
    }

    /// <summary>The answer to a question that is asked; null, with what is wrong, where there is none. One that hangs on an answer that is wrong is read where it was given.</summary>
    /// <param name="unknown">Questions whose answers are wrong, or hang on such.</param>
    static Answer? Ask(Question question, Given given, Steps steps, HashSet<string> unknown, List<Fault> faults)
    {
        var uncertain = question.When is { } when && when.Names.Any(unknown.Contains);
        if (!uncertain && !steps.Asks(question)) return null;
        var reading = uncertain && !given.Has(question) ? Reading.Wrong([]) : question.IsGroup ? Rows(question, given, steps, unknown) : given.Read(question);
        if (reading.Answer is SameAnswer same)
            reading = steps.Kept(question, same) is { } earlier ? Reading.Of(earlier) : unknown.Contains(same.Question) ? Reading.Wrong([]) : given.ReadOwn(question);
        faults.AddRange(reading.Faults);
        if (reading.Answer is null) unknown.Add(question.Name);
        return reading.Answer;
    }

    /// <summary>The rows of a group, each read as the questions around it are.</summary>
    static Reading Rows(Question group, Given given, Steps around, HashSet<string> unknownAround)
    {
        var (rows, wrong) = given.Rows(group);
        if (wrong is not null) return Reading.Wrong(wrong);
        var words = Wording.In(given.Language);
        if (rows.Count == 0)
            return group.Optional ? Reading.Of(SkippedAnswer.Value) : Reading.Wrong(given.Fault(group, words.TooFewRows(group)));
        var faults = new List<Fault>();
        var read = ImmutableArray.CreateBuilder<Answers>(rows.Count);
        foreach (var row in rows)
        {
            faults.AddRange(row.Faults);
            var (steps, unknown, answers) = (around.Beside(), new HashSet<string>(unknownAround, StringComparer.Ordinal), Answers.None);
            foreach (var question in group.Inside)
                if (Ask(question, row, steps, unknown, faults) is { } answer)
                {
                    answers = answers.With(question.Name, answer);
                    steps.Put(question.Name, answer);
                }
            read.Add(answers);
        }
        if (rows.Count < group.FewestRows) faults.Add(given.Fault(group, words.TooFewRows(group)));
        else if (rows.Count > group.MostRows) faults.Add(given.Fault(group, words.TooManyRows(group)));
        return faults.Count > 0 ? Reading.Wrong(faults) : Reading.Of(new GroupAnswer(read.ToImmutable()));
    }

    static Answers Each(IReadOnlyList<Question> questions, Given given, List<Fault> faults)
    {
        var answers = Answers.None;
        foreach (var question in questions)
        {
            var reading = given.Read(question);
            faults.AddRange(reading.Faults);
            if (reading.Answer is { } answer)
                answers = answers.With(question.Name, answer);
        }
        return answers;
    }
}
