using System.Text.Json;
using System.Text.Json.Serialization;
using Moothall.Definitions;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Contact;

/// <summary>
/// `contact.made.v1`: another system, such as the telephone system of the contact centre, tells what a contact was. Its data are the body of `POST /api/v1/contacts`, and its sender
/// needs the same right.
/// </summary>
/// <param name="findCase">The service and authority of a case by its reference.</param>
public sealed class TakeContact(Func<Session, string, Task<(string Service, string Authority)?>> findCase, Func<Instant> now) : IArrivalHandler
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    sealed record Facts(string Channel, string Reason, string? About = null, int? HandlingSeconds = null, bool DigitalOffered = false, bool DigitalTaken = false);

    public string Type => "contact.made.v1";

    public async Task<Message?> Take(Unit unit, CloudEvent arrived, Caller sender)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(arrived);
        Facts? facts;
        try
        {
            facts = arrived.Data is null ? null : JsonSerializer.Deserialize<Facts>(arrived.Data, Options);
        }
        catch (JsonException)
        {
            facts = null;
        }
        if (facts is null) return new Message("Its data must be an object with channel and reason, and may have about, handlingSeconds, digitalOffered and digitalTaken.");
        var command = new RecordContact(facts.Channel ?? "", facts.Reason ?? "", facts.About, facts.HandlingSeconds, facts.DigitalOffered, facts.DigitalTaken);
        var recorded = await RecordContact.Record(unit, command, sender, findCase, now());
        return recorded.Id is not null ? null
            : !sender.IsSignedIn ? new Message("Its sender is not known: the message must carry the user-id of a member of staff or a partner in the council's files.")
            : recorded.Faults[0].Why;
    }
}
