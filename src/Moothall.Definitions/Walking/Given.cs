using System.Globalization;
using System.Text.Json;

namespace Moothall.Definitions;

/// <summary>
/// What somebody gave to questions all at once, as JSON or as a form; or to those of one row of a group, where faults and fields go by the row (`costs-2-amount`).
/// </summary>
abstract class Given(ReadingContext context)
{
    protected ReadingContext Context => context;
    public string Language => context.Language;

    /// <summary>What is wrong with the row as a whole: members that are no questions.</summary>
    public IReadOnlyList<Fault> Faults { get; protected init; } = [];

    /// <summary>Whether anything was given to a question.</summary>
    public abstract bool Has(Question question);
    public abstract Reading Read(Question question);
    /// <summary>Reads a question that may be the same as an earlier one, where that has no answer.</summary>
    public abstract Reading ReadOwn(Question question);
    /// <summary>The rows given to a group, or what is wrong with them as a whole.</summary>
    public abstract (IReadOnlyList<Given> Rows, Fault? Wrong) Rows(Question group);
    /// <summary>A fault of a group as a whole, under its name here.</summary>
    public Fault Fault(Question group, string message) => Named(group).Fault(message);

    /// <summary>A question under its name here.</summary>
    protected abstract Question Named(Question question);
}

/// <summary>The members of a JSON object by question.</summary>
sealed class GivenAsJson : Given
{
    readonly IReadOnlyDictionary<string, JsonElement> members;
    readonly Func<Question, Question> named;

    GivenAsJson(IReadOnlyDictionary<string, JsonElement> members, ReadingContext context, Func<Question, Question> named) : base(context) => (this.members, this.named) = (members, named);

    /// <summary>What an `answers` object gives; null when it is none. Unknown questions become faults.</summary>
    public static GivenAsJson? Of(IReadOnlyList<Question> questions, JsonElement answers, ReadingContext context, List<Fault> faults)
    {
        var words = Wording.In(context.Language);
        if (answers.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return new GivenAsJson(new Dictionary<string, JsonElement>(), context, q => q);
        if (answers.ValueKind == JsonValueKind.Object)
            return new GivenAsJson(Members(questions, answers, (name, near) => faults.Add(new Fault(name, name, words.UnknownQuestion(name, near)))), context, q => q);
        faults.Add(new Fault("answers", "answers", words.NotAnswers));
        return null;
    }

    static Dictionary<string, JsonElement> Members(IReadOnlyList<Question> questions, JsonElement of, Action<string, string?> unknown)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in of.EnumerateObject())
        {
            var name = TypedJson.Name(member);
            if (questions.Any(q => q.Name == name)) given[name] = member.Value;
            else unknown(name, DidYouMean.Among(name, questions.Select(q => q.Name)));
        }
        return given;
    }

    public override bool Has(Question question) => members.TryGetValue(question.Name, out var value) && Holds(value);

    // As on a form, where a field is always there: nothing in it is nothing given.
    static bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => !string.IsNullOrWhiteSpace(TypedJson.Text(value)),
        JsonValueKind.Array => value.EnumerateArray().Any(Holds),
        JsonValueKind.Object => value.EnumerateObject().Any(member => Holds(member.Value)),
        _ => true,
    };

    public override Reading Read(Question question) => question.Type.ReadJson(named(question), members.GetValueOrDefault(question.Name), Context);

    public override Reading ReadOwn(Question question) => ((SameAsType)question.Type).ReadOwnJson(named(question), members.GetValueOrDefault(question.Name), Context);

    public override (IReadOnlyList<Given> Rows, Fault? Wrong) Rows(Question group)
    {
        var words = Wording.In(Language);
        var value = members.GetValueOrDefault(group.Name);
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return ([], null);
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Object)) return ([], Fault(group, words.NotRows(group)));
        // Beyond the most there may be, nothing is read: they are too many already.
        return ([.. value.EnumerateArray().Take(group.MostRows + 1).Select((row, index) =>
        {
            var (own, faults) = (named(group), new List<Fault>());
            var inside = Members(group.Inside, row, (name, near) => faults.Add(new Fault(own.Name, own.Name, words.UnknownInRow(group, name, near))));
            return new GivenAsJson(inside, Context, q => q.InRow(own, index + 1)) { Faults = faults };
        })], null);
    }

    protected override Question Named(Question question) => named(question);
}

/// <summary>The fields of a form that shows all questions at once.</summary>
sealed class GivenAsForm(IFormFields typed, ReadingContext context, Question? group = null, int number = 0) : Given(context)
{
    public override bool Has(Question question)
    {
        var named = Named(question);
        return question.IsGroup ? Rows(question).Rows.Count > 0 : question.Type.Fields(named).Append(named.Name).Any(field => typed.Values(field).Any(v => !string.IsNullOrWhiteSpace(v)));
    }

    public override Reading Read(Question question) => question.Type.Read(Named(question), typed, Context);

    public override Reading ReadOwn(Question question) => ((SameAsType)question.Type).ReadOwn(Named(question), typed, Context);

    /// <summary>Rows in which nothing was typed are passed over.</summary>
    public override (IReadOnlyList<Given> Rows, Fault? Wrong) Rows(Question group)
    {
        var own = Named(group);
        var shown = RowsShown(own, typed);
        return ([.. Enumerable.Range(1, shown).Select(row => new GivenAsForm(typed, Context, own, row)).Where(row => group.Inside.Any(row.Has))], null);
    }

    /// <summary>How many rows of a group a form shows.</summary>
    public static int RowsShown(Question group, IFormFields typed) =>
        int.TryParse(typed.Value(GroupType.CountField(group)), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? Math.Min(rows, group.MostRows) : 0;

    protected override Question Named(Question question) => group is null ? question : question.InRow(group, number);
}
