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
    delegate Reading Read(Question question);

    /// <summary>Reads an `answers` object: the answers on the path, and a fault for each missing, wrong and unknown question.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAll(ServiceDefinition definition, JsonElement answers, ReadingContext context, LocalDate today)
    {
        var faults = new List<Fault>();
        var given = Given(definition.Ask, answers, context, faults);
        return given is null
            ? (Answers.None, faults)
            : (Walk(definition, question => question.Type.ReadJson(question, given.GetValueOrDefault(question.Name), context), given.ContainsKey, today, faults), faults);
    }

    /// <summary>Reads a form that holds all questions of the service; those not asked are passed over.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAllForm(ServiceDefinition definition, IFormFields typed, ReadingContext context, LocalDate today)
    {
        var faults = new List<Fault>();
        bool IsGiven(string name) => definition.FindQuestion(name) is { } question
            && question.Type.Fields(question).Append(name).Any(field => typed.Values(field).Any(v => !string.IsNullOrWhiteSpace(v)));
        return (Walk(definition, question => question.Type.Read(question, typed, context), IsGiven, today, faults), faults);
    }

    /// <summary>Reads an `answers` object for some questions, each of them asked: those of an action.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAll(IReadOnlyList<Question> questions, JsonElement answers, ReadingContext context)
    {
        var faults = new List<Fault>();
        var given = Given(questions, answers, context, faults);
        return given is null
            ? (Answers.None, faults)
            : (Each(questions, question => question.Type.ReadJson(question, given.GetValueOrDefault(question.Name), context), faults), faults);
    }

    /// <summary>Reads a form for some questions, each of them asked: those of an action.</summary>
    public static (Answers Answers, IReadOnlyList<Fault> Faults) ReadAllForm(IReadOnlyList<Question> questions, IFormFields typed, ReadingContext context)
    {
        var faults = new List<Fault>();
        return (Each(questions, question => question.Type.Read(question, typed, context), faults), faults);
    }

    static Answers Walk(ServiceDefinition definition, Read read, Func<string, bool> isGiven, LocalDate today, List<Fault> faults)
    {
        var steps = new Steps(definition, today);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in definition.Ask)
        {
            var uncertain = question.When is { } when && when.Names.Any(unknown.Contains);
            if (uncertain && !isGiven(question.Name))
                unknown.Add(question.Name);
            else if (uncertain || steps.Asks(question))
            {
                var reading = read(question);
                faults.AddRange(reading.Faults);
                if (reading.Answer is not { } answer)
                    unknown.Add(question.Name);
                else if (steps.Settle(question, answer) is not null)
                    break;
            }
        }
        return steps.OnPath;
    }

    static Answers Each(IReadOnlyList<Question> questions, Read read, List<Fault> faults)
    {
        var answers = Answers.None;
        foreach (var question in questions)
        {
            var reading = read(question);
            faults.AddRange(reading.Faults);
            if (reading.Answer is { } answer)
                answers = answers.With(question.Name, answer);
        }
        return answers;
    }

    /// <summary>The members of an `answers` object by question; null when it is none. Unknown questions become faults.</summary>
    static Dictionary<string, JsonElement>? Given(IReadOnlyList<Question> questions, JsonElement answers, ReadingContext context, List<Fault> faults)
    {
        var words = Wording.In(context.Language);
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (answers.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return given;
        if (answers.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new Fault("answers", "answers", words.NotAnswers));
            return null;
        }
        foreach (var member in answers.EnumerateObject())
        {
            var name = TypedJson.Name(member);
            if (questions.Any(q => q.Name == name))
                given[name] = member.Value;
            else
                faults.Add(new Fault(name, name, words.UnknownQuestion(name, DidYouMean.Among(name, questions.Select(q => q.Name)))));
        }
        return given;
    }
}
