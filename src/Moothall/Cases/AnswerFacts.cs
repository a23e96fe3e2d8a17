using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>Single facts out of what was answered: who it is and where it is. Personal: whoever shows them has recorded the reading.</summary>
public static class AnswerFacts
{
    public static string? Name(ServiceDefinition definition, Answers answers) => First(definition, answers, (_, a) => a switch
    {
        PersonAnswer person => person.Name,
        OrganisationAnswer organisation => organisation.Name,
        _ => null,
    });

    public static string? Phone(ServiceDefinition definition, Answers answers) => First(definition, answers, (q, a) => a switch
    {
        PersonAnswer person => person.Phone,
        TextAnswer text when q.Type.Name == "phone" => text.Text,
        _ => null,
    });

    public static string? Email(ServiceDefinition definition, Answers answers) => First(definition, answers, (q, a) => a switch
    {
        PersonAnswer person => person.Email,
        TextAnswer text when q.Type.Name == "email" => text.Text,
        _ => null,
    });

    /// <summary>The place that it is about, in words.</summary>
    public static string? Where(ServiceDefinition definition, Answers answers) => First(definition, answers, (q, a) => a switch
    {
        LocationAnswer location => location.Text,
        AddressAnswer address => string.Join(", ", new[] { address.Line1, address.Line2, address.Town, address.Postcode }.Where(l => !string.IsNullOrWhiteSpace(l))),
        TextAnswer text when q.Type.Name == "postcode" => text.Text,
        _ => null,
    });

    static string? First(ServiceDefinition definition, Answers answers, Func<Question, Answer, string?> of)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        return definition.AskedOfApplicant.Select(q => answers[q.Name] is { } answer ? of(q, answer) : null).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
    }

    /// <summary>What was answered in several cases, with the definition it belongs to; cases whose answers are no longer kept are left out.</summary>
    internal static async Task<Dictionary<string, (ServiceDefinition Definition, Answers Answers)>> Of(Session session, PublishedServices services, IReadOnlyCollection<string> references)
    {
        var read = new Dictionary<string, (ServiceDefinition, Answers)>(StringComparer.Ordinal);
        foreach (var some in references.Chunk(200))
            foreach (var (reference, service, version, json) in await session.Query($"select reference, service, definition_version, answers from case_answers where reference in ({some})",
                row => (row.Text(0), row.Text(1), row.Int(2), row.Text(3))))
            {
                var definition = (await services.Version(service, version)).Definition;
                read[reference] = (definition, AnswersJson.Read(definition, json));
            }
        return read;
    }
}
