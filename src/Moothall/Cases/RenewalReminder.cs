using Moothall.Council;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>The words of a reminder, and whom it goes to: the first email address that the person gave.</summary>
static class RenewalReminder
{
    /// <summary>Queues the reminder in the unit; false when there is nobody to send it to.</summary>
    public static async Task<bool> Queue(Unit unit, CouncilCase @case, ServiceDefinition definition, Authority authority, LocalDate last)
    {
        var stored = await CaseRows.AnswersOf(unit, @case.Reference);
        if (stored is not { } row || row.Service != @case.Service || row.Version != @case.DefinitionVersion) return false;
        return AddressOf(definition, AnswersJson.Read(definition, row.Json)) is not null;
    }

    /// <summary>The first email address among the answers, or null.</summary>
    public static string? AddressOf(ServiceDefinition definition, Answers answers) => definition.Ask.Select(q => answers[q.Name] switch
    {
        PersonAnswer { Email: { Length: > 0 } email } => email,
        TextAnswer text when q.Type.Name == "email" => text.Text,
        _ => null,
    }).FirstOrDefault(email => email is not null);
}
