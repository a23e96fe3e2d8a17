using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Definitions;

/// <summary>An example that would take what no example takes yet.</summary>
/// <param name="Name">What it might be called; of an example that is there already, its name.</param>
/// <param name="IsNew">Whether it is another example; else only `work` is to be added to one that is there.</param>
/// <param name="Yaml">What to put into examples.yaml.</param>
/// <param name="Takes">The parts that it would take, which no example takes yet.</param>
public sealed record SuggestedExample(string Name, bool IsNew, string Yaml, IReadOnlyList<PathPart> Takes);

/// <summary>Whose case an example would make: of the answers on the path, the authority and the team of the stage it begins in; null where nobody's is known.</summary>
public delegate (string Authority, string Team)? WhoseExample(Answers answers);

/// <summary>Suggests the examples that are missing, few that take much, as text to be put into examples.yaml.</summary>
public static class ExampleSuggestions
{
    /// <summary>Most suggestions at a time: whoever adds these looks again.</summary>
    public const int Most = 6;
    const int NearDays = 400;

    /// <summary>Examples that would take what none takes yet.</summary>
    /// <param name="found">What was found by trying.</param>
    /// <param name="whose">Whose case it would be.</param>
    /// <param name="says">What an example says of itself, by the parts it would take.</param>
    public static IReadOnlyList<SuggestedExample> Of(ServiceDefinition definition, PathCoverage coverage, IReadOnlyList<ExampleRoute> routes, IReadOnlyDictionary<PathPart, FoundPath> found,
        WhoseExample whose, Func<IReadOnlyList<PathPart>, string> says, ILookUps lookUps, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(says);
        ArgumentNullException.ThrowIfNull(whose);
        var (suggested, left) = (new List<SuggestedExample>(), coverage.Untested.ToHashSet());
        var names = routes.Select(r => r.Example.Name).ToHashSet(StringComparer.Ordinal);
        var paths = found.Values.Distinct().ToList();
        while (suggested.Count < Most && paths.MaxBy(p => p.Taken.Count(left.Contains)) is { } best && best.Taken.Any(left.Contains))
        {
            IReadOnlyList<PathPart> takes = [.. coverage.Untested.Where(p => left.Contains(p) && best.Taken.Contains(p))];
            var name = NameFor(takes[0], names);
            suggested.Add(new SuggestedExample(name, IsNew: true, Whole(definition, name, says(takes), best.Answers, whose(best.Answers), today), takes));
            left.ExceptWith(takes);
        }
        Answers? Complete(PathPart begins) => routes.FirstOrDefault(r => r.Taken.Contains(begins))?.Answers ?? found.GetValueOrDefault(begins)?.Answers;
        SuggestedExample? Another(PathPart begins, string work, IReadOnlyList<PathPart> takes) => Complete(begins) is not { } complete ? null
            : NameFor(takes[0], names) is var name ? new SuggestedExample(name, IsNew: true, Whole(definition, name, says(takes), complete, whose(complete), today, work), takes) : null;
        suggested.AddRange(Work(definition, coverage, routes, left, lookUps, today, Another).Take(Most - suggested.Count));
        return suggested;
    }

    /// <summary>Ways through the work that take actions no example takes, each for an example whose case is not worked yet, or for another one.</summary>
    static IEnumerable<SuggestedExample> Work(ServiceDefinition definition, PathCoverage coverage, IReadOnlyList<ExampleRoute> routes, HashSet<PathPart> left, ILookUps lookUps, LocalDate today,
        Func<PathPart, string, IReadOnlyList<PathPart>, SuggestedExample?> another)
    {
        var ways = WorkRoutes.From(definition.Work);
        var free = routes.Where(r => r.Example.Work.Count == 0).ToList();
        var samples = new SampleAnswers(definition, [], lookUps, today);
        // The farthest first: on their way lie others. What closes a case is its end, so each of those needs a case of its own.
        var ends = definition.Work.Stages.Where(s => ways.ContainsKey(s.Name)).SelectMany(s => s.Actions.Select(a => (Stage: s, Action: a)))
            .OrderByDescending(e => e.Action.Close is null ? 0 : ways[e.Stage.Name].Actions.Count + 1).ThenByDescending(e => ways[e.Stage.Name].Actions.Count);
        foreach (var (stage, action) in ends)
        {
            if (!left.Contains(new PathPart(PathKind.Action, stage.Name, action.Name))) continue;
            var way = ways[stage.Name];
            var begins = new PathPart(PathKind.Stage, way.Begins);
            IReadOnlyList<string> steps = [.. way.Actions, action.Name];
            var taken = PartsOf(definition.Work, way.Begins, steps);
            IReadOnlyList<PathPart> takes = [.. coverage.Untested.Where(p => left.Contains(p) && taken.Contains(p))];
            left.ExceptWith(taken);
            var yaml = new StringBuilder("    work:\n");
            var at = definition.Work.FindStage(way.Begins)!;
            foreach (var step in steps.Select(s => at.FindAction(s)!))
            {
                var asked = step.Ask.Select(definition.Work.FindQuestion).OfType<Question>().Where(q => !q.Optional).ToList();
                yaml.Append(CultureInfo.InvariantCulture, $"      - {step.Name}{(asked.Count > 0 ? ":" : "")}\n");
                foreach (var question in asked)
                    if (samples.Of(question) is [var answer, ..]) Entry(yaml, 10, question, answer, today);
                at = step.To is { } to ? definition.Work.FindStage(to)! : at;
            }
            if (free.Find(r => r.Taken.Contains(begins)) is { } example)
            {
                free.Remove(example);
                yield return new SuggestedExample(example.Example.Name, IsNew: false, yaml.ToString(), takes);
            }
            else if (another(begins, yaml.ToString(), takes) is { } more) yield return more;
        }
    }

    static HashSet<PathPart> PartsOf(Work work, string begins, IReadOnlyList<string> steps)
    {
        var (parts, at) = (new HashSet<PathPart>(), work.FindStage(begins)!);
        foreach (var step in steps)
        {
            parts.Add(new(PathKind.Stage, at.Name));
            parts.Add(new(PathKind.Action, at.Name, step));
            if (at.FindAction(step)?.To is { } to) at = work.FindStage(to)!;
        }
        parts.Add(new(PathKind.Stage, at.Name));
        return parts;
    }

    static string NameFor(PathPart part, HashSet<string> taken)
    {
        var name = part.Kind switch
        {
            PathKind.PassedOver or PathKind.NotShown or PathKind.NotCharged or PathKind.NotShared => $"without-{part.Name}",
            PathKind.Exit => $"ends-at-{part.Name}",
            PathKind.Decided => $"{part.Of}-{part.Name}",
            _ => $"with-{part.Name}",
        };
        name = name.Length > 55 ? name[..55].TrimEnd('-') : name;
        for (var number = 2; !taken.Add(name); number++)
        {
            var stem = number == 2 ? name : name[..name.LastIndexOf('-')];
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }
        return name;
    }

    static string Whole(ServiceDefinition definition, string name, string says, Answers answers, (string Authority, string Team)? whose, LocalDate today, string work = "")
    {
        var walk = Journey.Walk(definition, answers, today);
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"  {name}:\n    says: {Scalar(says)}\n    channel: web\n    answers:\n");
        foreach (var question in walk.Path)
            if (answers[question.Name] is { } answer and not SkippedAnswer) Entry(yaml, 6, question, answer, today);
        yaml.Append(work).Append("    expect:\n");
        if (walk.Exit is { } exit) return yaml.Append(CultureInfo.InvariantCulture, $"      exit: {exit.Name}\n").ToString();
        yaml.Append(CultureInfo.InvariantCulture, $"      asked: [{string.Join(", ", walk.Path.Select(q => q.Name))}]\n");
        if (walk.Alerts.Count > 0) yaml.Append(CultureInfo.InvariantCulture, $"      alerts: [{string.Join(", ", walk.Alerts.Select(a => a.Alert.Name))}]\n");
        if (whose is var (authority, _)) yaml.Append(CultureInfo.InvariantCulture, $"      authority: {authority}\n");
        var decided = Journey.Decide(definition, walk.OnPath, today);
        yaml.Append(CultureInfo.InvariantCulture, $"      decided: {{{string.Join(", ", decided.Select(d => $"{d.Key}: {d.Value}"))}}}\n      stage: {CoSign.BeginningOf(definition, walk.OnPath, decided, today)}\n");
        if (whose is var (_, team)) yaml.Append(CultureInfo.InvariantCulture, $"      team: {team}\n");
        return yaml.ToString();
    }

    static void Entry(StringBuilder yaml, int indent, Question question, Answer answer, LocalDate today)
    {
        var json = answer switch
        {
            // Days near by are counted from the day of the test, so that the example does not grow old.
            DateAnswer { Date: var day } when Math.Abs(NodaTime.Period.DaysBetween(today, day)) < NearDays => FromToday(NodaTime.Period.DaysBetween(today, day)),
            _ => question.Type.ToJson(question, answer),
        };
        Node(yaml, indent, question.Name, json);
    }

    static string FromToday(int days) => days switch
    {
        0 => "today",
        > 0 => string.Create(CultureInfo.InvariantCulture, $"today + {days} days"),
        _ => string.Create(CultureInfo.InvariantCulture, $"today - {-days} days"),
    };

    static void Node(StringBuilder yaml, int indent, string key, JsonNode? node)
    {
        var start = new string(' ', indent);
        switch (node)
        {
            case null:
                break;
            case JsonObject map:
                yaml.Append(CultureInfo.InvariantCulture, $"{start}{key}:\n");
                // What look-ups found is looked up anew.
                foreach (var (name, value) in map.Where(m => m.Key != "parts")) Node(yaml, indent + 2, name, value);
                break;
            case JsonArray list when list.Any(item => item is JsonObject):
                yaml.Append(CultureInfo.InvariantCulture, $"{start}{key}:\n");
                foreach (var item in list.OfType<JsonObject>())
                {
                    var at = yaml.Length;
                    foreach (var (name, value) in item) Node(yaml, indent + 4, name, value);
                    if (yaml.Length > at + indent + 2) yaml[at + indent + 2] = '-';
                }
                break;
            case JsonArray list:
                yaml.Append(CultureInfo.InvariantCulture, $"{start}{key}: [{string.Join(", ", list.Select(item => InList(item!)))}]\n");
                break;
            default:
                yaml.Append(CultureInfo.InvariantCulture, $"{start}{key}: {Value(node)}\n");
                break;
        }
    }

    static string Value(JsonNode node) => node.GetValueKind() == System.Text.Json.JsonValueKind.String ? Scalar(node.GetValue<string>()) : node.ToJsonString();

    static string InList(JsonNode node) => Value(node) is var text && text.Contains(',', StringComparison.Ordinal) && text[0] != '"' ? $"\"{text}\"" : Value(node);

    /// <summary>Text as YAML takes it: plain where it stays what it is, else in quotes.</summary>
    static string Scalar(string text)
    {
        var isPlain = text.Length > 0 && (char.IsLetter(text[0]) || LocalDatePattern.Iso.Parse(text).Success) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            && text[^1] is not (':' or ' ') && !text.Any(char.IsControl) && text is not ("true" or "false" or "null" or "yes" or "no");
        return isPlain ? text : $"\"{string.Concat(text.Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? "\\n" : c.ToString()))}\"";
    }
}
