using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>Where the person who asked for a case can be told about it, as they wrote it. Read when it is needed, never kept.</summary>
/// <param name="Name">Their name; null where none was given.</param>
/// <param name="Email">Their e-mail address; null where none was given.</param>
public sealed record WhoAsked(string? Name, string? Email)
{
    static readonly string[] Forms = ["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "lady", "lord", "prof"];

    /// <summary>What they are called on a page that needs no more: "Sam" of "Mr Sam Okafor"; null where the name has none such ("Mrs Lee").</summary>
    public string? FirstName => Name?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } words ? null
        : !Forms.Contains(words[0].TrimEnd('.').ToLowerInvariant()) ? words[0] : words.Length > 2 ? words[1] : null;

    /// <summary>Who asked for a case; null when its answers were erased.</summary>
    /// <param name="question">The question that says where messages go; the first person or e-mail address with an answer where it is null or has none. Whoever must agree did not ask.</param>
    public static async Task<WhoAsked?> Of(Session session, PublishedServices services, string reference, string? question) =>
        (await Of(session, services, [(reference, question)])).GetValueOrDefault(reference);

    /// <summary>The same for several cases, each with its question; without those whose answers were erased.</summary>
    public static async Task<IReadOnlyDictionary<string, WhoAsked>> Of(Session session, PublishedServices services, IReadOnlyCollection<(string Reference, string? Question)> cases)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(services);
        var questions = cases.ToDictionary(c => c.Reference, c => c.Question, StringComparer.Ordinal);
        var found = new Dictionary<string, WhoAsked>(StringComparer.Ordinal);
        foreach (var stored in await session.Query($"select reference, service, definition_version, answers from case_answers where reference in ({new SqlKeys(questions.Keys)})",
            row => (Reference: row.Text(0), Service: row.Text(1), Version: row.Int(2), Json: row.Text(3))))
        {
            var definition = (await services.Version(stored.Service, stored.Version)).Definition;
            var answers = AnswersJson.Read(definition, stored.Json);
            var asked = definition.AskedOfApplicant.Where(q => q.Type.Name is "person" or "email").OrderBy(q => q.Name == questions[stored.Reference] ? 0 : 1).Select(q => Read(answers[q.Name])).OfType<WhoAsked>().ToList();
            found[stored.Reference] = new WhoAsked(asked.Select(a => a.Name).FirstOrDefault(n => n is not null), asked.Select(a => a.Email).FirstOrDefault(e => e is not null));
        }
        return found;
    }

    static WhoAsked? Read(Answer? answer) => answer switch
    {
        PersonAnswer person => new WhoAsked(person.Name, string.IsNullOrWhiteSpace(person.Email) ? null : person.Email),
        TextAnswer email => new WhoAsked(null, email.Text),
        _ => null,
    };
}
