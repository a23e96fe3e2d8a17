using System.Text.Json;
using System.Text.Json.Serialization;
using Moothall.Store;
using NodaTime;

namespace Moothall;

/// <summary>
/// What happened, as the log keeps it for ever: codes, ids, amounts and times, never anything personal. An event type is never changed once
/// released: a new schema number is added and the old one is upcast in <see cref="EventJson"/> on reading.
/// </summary>
public interface IEvent
{
    /// <summary>Its name in the log: `case.closed`.</summary>
    static abstract string Type { get; }
    /// <summary>The version of its JSON.</summary>
    static abstract int Schema { get; }
}

/// <summary>Who acted: `person`, `rule` or `robot`; and as what: `self`, `co-signer` (a second person who must agree), `advisor`, `worker`, `agent` (acting for another), `import`, `program`.</summary>
public sealed record Actor(string Kind, string As)
{
    public static readonly Actor Resident = new("person", "self");
    public static readonly Actor Advisor = new("person", "advisor");
    public static readonly Actor Worker = new("person", "worker");
    /// <summary>A second person who must agree to what somebody else asked for.</summary>
    public static readonly Actor CoSigner = new("person", "co-signer");
    /// <summary>Somebody who acts for another by an agreement of the two.</summary>
    public static readonly Actor Agent = new("person", "agent");
    public static readonly Actor Program = new("robot", "program");
    public static readonly Actor Rule = new("rule", "timer");
    public static readonly Actor Import = new("robot", "import");
}

/// <summary>A version of a service became the one that new journeys use. Stream `service/NAME`.</summary>
public sealed record ServicePublished(string Service, int Version, string Hash) : IEvent
{
    public static string Type => "service.published";
    public static int Schema => 1;
}

/// <summary>A draft got its first valid answer. Stream `journey/ID`. The authority is the front door's until the place says otherwise.</summary>
public sealed record JourneyStarted(string Service, string Authority, string Channel) : IEvent
{
    public static string Type => "journey.started";
    public static int Schema => 1;
}

/// <summary>
/// A journey came to an end: `submitted`, `exit` (a designed end before sending) or `abandoned` (28 days idle). Asked, corrected and repeated
/// count questions; LastQuestion says where people stop. StartedAuthority is what <see cref="JourneyStarted"/> said.
/// </summary>
public sealed record JourneyEnded(string Service, string Authority, string StartedAuthority, string Channel, string How, string? Exit, Instant StartedAt,
    string? LastQuestion, int Asked, int Prefilled, int Corrected, int AskedAgain, int Seconds) : IEvent
{
    public static string Type => "journey.ended";
    public static int Schema => 1;
}

/// <summary>A case was made. Stream `case/REFERENCE`.</summary>
public sealed record CaseReceived(string Service, int Version, string Authority, string Team, string Stage, string Channel, Actor By, Instant? CloseBy, Instant? StageDue,
    IReadOnlyDictionary<string, string> Decided, int Asked, int Prefilled, int Corrected, int AskedAgain, int HandlingSeconds, bool DigitalOffered, bool DigitalTaken) : IEvent
{
    public static string Type => "case.received";
    public static int Schema => 1;
}

/// <summary>An action led the case to another stage (or back to the same). HandOff says that another team has it now.</summary>
public sealed record CaseAdvanced(string Service, string Authority, string Channel, string Action, string From, string To, string FromTeam, string ToTeam, bool HandOff,
    Instant? StageDue, Actor By, int HandlingSeconds, bool Returned) : IEvent
{
    public static string Type => "case.advanced";
    public static int Schema => 1;
}

/// <summary>A case came to an outcome. InTime: closed at or before CloseBy, stops of the clock counted; false where there is no CloseBy.</summary>
public sealed record CaseClosed(string Service, string Authority, string Team, string Channel, string Action, string Stage, string Outcome, Instant Received, Instant? CloseBy,
    bool InTime, Actor By, int HandlingSeconds, bool Duplicate) : IEvent
{
    public static string Type => "case.closed";
    public static int Schema => 1;
}

/// <summary>A closed case was opened again. ClosedAt is the time of the <see cref="CaseClosed"/> that it takes back, WasInTime what that said.</summary>
public sealed record CaseReopened(string Service, string Authority, string Team, string Channel, string Stage, Instant? CloseBy, Instant ClosedAt, bool WasInTime, Actor By,
    int HandlingSeconds) : IEvent
{
    public static string Type => "case.reopened";
    public static int Schema => 1;
}

/// <summary>A case went to another service or team; figures of open cases follow it. Stage is where it is now: another service begins at its own first.</summary>
public sealed record CaseMoved(string FromService, string ToService, string Authority, string Channel, string FromTeam, string ToTeam, string FromStage, string Stage, Actor By,
    int HandlingSeconds) : IEvent
{
    public static string Type => "case.moved";
    public static int Schema => 1;
}

/// <summary>Somebody's handling of a case that changed neither stage nor end: `assign`, `note`, `ask-customer`, `answered`, `payment`, `charge`, `passed-on`, `added`, `sent`, `send-link`.</summary>
public sealed record CaseHandled(string Service, string Authority, string Team, string Channel, string What, Actor By, int HandlingSeconds) : IEvent
{
    public static string Type => "case.handled";
    public static int Schema => 1;
}

/// <summary>A case waits for a second person to agree, or they are to be sent another link. Stream `co-sign/REFERENCE`. CaseVersion: the version of the case that asks for it.</summary>
public sealed record CoSignDue(string Service, string Authority, int CaseVersion) : IEvent
{
    public static string Type => "co-sign.due";
    public static int Schema => 1;
}

/// <summary>They were written to. Stream `co-sign/REFERENCE`. What: `first`, `again` (another link, which ends the one before) or `reminded`; Ends: when the link stops working.</summary>
public sealed record CoSignAsked(string Service, string Authority, string What, Instant Ends) : IEvent
{
    public static string Type => "co-sign.asked";
    public static int Schema => 1;
}

/// <summary>Somebody was reminded that what their case granted runs out.</summary>
public sealed record RenewalReminded(string Service, string Authority) : IEvent
{
    public static string Type => "renewal.reminded";
    public static int Schema => 1;
}

/// <summary>A charge of a case fell due. Stream `payment/REFERENCE`.</summary>
public sealed record PaymentFellDue(string Service, string Authority, string Charge, int Pence, string IncomeCode, string Vat) : IEvent
{
    public static string Type => "payment.due";
    public static int Schema => 1;
}

/// <summary>A member of staff set a charge by hand, because it could not be worked out. Stream `payment/REFERENCE`.</summary>
public sealed record PaymentAdded(string Service, string Authority, string Charge, int Pence, string IncomeCode, string Vat, Actor By) : IEvent
{
    public static string Type => "payment.added";
    public static int Schema => 1;
}

/// <summary>
/// Money that had come for a charge of a service that the case is no longer of (the From ones) was set against a charge of the service that it is. Stream
/// `payment/REFERENCE`.
/// </summary>
public sealed record PaymentSetOff(string Service, string Authority, string Charge, int Pence, string IncomeCode, string FromService, string FromCharge, string FromIncomeCode, Actor By) : IEvent
{
    public static string Type => "payment.set-off";
    public static int Schema => 1;
}

/// <summary>Money came for a charge, or it was waived. Stream `payment/REFERENCE`. How: card, cash, cheque, bank-transfer, direct-debit, waived.</summary>
public sealed record PaymentRecorded(string Service, string Authority, string Charge, int Pence, string IncomeCode, string How, Actor By) : IEvent
{
    public static string Type => "payment.recorded";
    public static int Schema => 1;
}

/// <summary>
/// What the undoing of an act took out of a case's payments again, within the minute. Stream `payment/REFERENCE`. What: `due` (the charge is not due any
/// more), `withdrawn` (it is to be paid after all), `recorded` (the payment was not made, How it had been said to come) or `set-off` (what was set against the charge
/// counts for what it was paid for, also where a further move releases it); At: when the event that is taken back was.
/// </summary>
public sealed record PaymentTakenBack(string Service, string Authority, string Charge, int Pence, string IncomeCode, string What, string? How, Instant At, Actor By) : IEvent
{
    public static string Type => "payment.taken-back";
    public static int Schema => 1;
}

/// <summary>What was not paid of a charge is not to be paid any more, because the case was moved to another service. Stream `payment/REFERENCE`.</summary>
public sealed record PaymentWithdrawn(string Service, string Authority, string Charge, int Pence, string IncomeCode, Actor By) : IEvent
{
    public static string Type => "payment.withdrawn";
    public static int Schema => 1;
}

/// <summary>Answers of a case are to be passed to a partner. Stream `sharing/REFERENCE`. Fields: names of questions with spaces between them.</summary>
public sealed record SharingFellDue(string Service, string Authority, string Partner, string Agreement, string Fields) : IEvent
{
    public static string Type => "sharing.due";
    public static int Schema => 1;
}

/// <summary>They were passed on. Stream `sharing/REFERENCE`.</summary>
public sealed record SharingPassedOn(string Service, string Authority, string Partner, string Agreement, Actor By) : IEvent
{
    public static string Type => "sharing.passed-on";
    public static int Schema => 1;
}

/// <summary>They are not to be passed on any more, because the case was moved to another service. Stream `sharing/REFERENCE`.</summary>
public sealed record SharingWithdrawn(string Service, string Authority, string Partner, string Agreement, Actor By) : IEvent
{
    public static string Type => "sharing.withdrawn";
    public static int Schema => 1;
}

/// <summary>
/// The mark that they were passed on was taken back within the minute. Stream `sharing/REFERENCE`. At: when the mark was made. What: left out for the mark;
/// `due` where they had become due, and `withdrawn` where they had been withdrawn, by a move that was taken back.
/// </summary>
public sealed record SharingTakenBack(string Service, string Authority, string Partner, string Agreement, Instant At, Actor By) : IEvent
{
    public static string Type => "sharing.taken-back";
    public static int Schema => 1;
    public string? What { get; init; }
}

/// <summary>
/// A member of staff took back within a minute what they had just done. Version is that of the event it takes back; Undone, UndoneSchema, UndoneAt and
/// UndoneFacts are that event as the log has it, so that figures can take it away again exactly. Nobody was told of it.
/// </summary>
public sealed record CaseUndone(int Version, string Undone, int UndoneSchema, Instant UndoneAt, string UndoneFacts, Actor By) : IEvent
{
    public static string Type => "case.undone";
    public static int Schema => 1;

    /// <summary>The event that was taken back, as its readers read it.</summary>
    public LogEvent TakenBack(LogEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with { Version = Version, Type = Undone, Schema = UndoneSchema, At = UndoneAt, Json = UndoneFacts };
    }
}

/// <summary>A contact that made no case, or chased one. Stream `contact/ID`. Reason: new, chasing, correcting, complaining, question.</summary>
public sealed record ContactRecorded(string Channel, string Reason, string? Service, string? Authority, string? About, int HandlingSeconds, bool DigitalOffered, bool DigitalTaken) : IEvent
{
    public static string Type => "contact.recorded";
    public static int Schema => 1;
}

/// <summary>Somebody said how it was, 5 very satisfied to 1 very dissatisfied. Stream `feedback/ID`. At: `end`, `exit`, `stop`, `track`.</summary>
public sealed record FeedbackGiven(string Service, string Authority, string Channel, int Score, string At) : IEvent
{
    public static string Type => "feedback.given";
    public static int Schema => 1;
}

/// <summary>A case's record was erased; its codes stay. Reason: `keep` (its time was over) or `request` (a person's request was granted).</summary>
public sealed record CaseErased(string Service, string Authority, string Reason, Actor By) : IEvent
{
    public static string Type => "case.erased";
    public static int Schema => 1;
}

/// <summary>Somebody did something with people's records. Stream `records/ID`. What: held, released, given, erased, carried-out, expired. About: the list or hold.</summary>
public sealed record RecordsActed(string What, string About, int Cases, Actor By) : IEvent
{
    public static string Type => "records.acted";
    public static int Schema => 1;
}

/// <summary>
/// Something about a member of staff was changed in the desk: `added`, `changed`, `suspended`, `left`, `returned`. Stream `staff/KEY`, where the key is random
/// and only the person's row knows whose it is.
/// </summary>
public sealed record StaffChanged(string What, int Version) : IEvent
{
    public static string Type => "staff.changed";
    public static int Schema => 1;
}

/// <summary>A team was changed in the desk: `added` or `changed`. Stream `team/ID`.</summary>
public sealed record TeamChanged(string Team, string What, int Version) : IEvent
{
    public static string Type => "team.changed";
    public static int Schema => 1;
}

/// <summary>A message left for somebody. Stream `message/NUMBER`. Kind: the moment it tells of, or what it is for; Channel: `email`.</summary>
public sealed record MessageSent(string Kind, string Channel, string Authority, string? Service) : IEvent
{
    public static string Type => "message.sent";
    public static int Schema => 1;
}

/// <summary>Something about the running of the council began to be wrong. Stream `alert/KIND/WHAT`. Kind: `reader-stopped`, `node-lost`...; What: the reader, node or adapter.</summary>
public sealed record AlertRaised(string Kind, string What) : IEvent
{
    public static string Type => "alert.raised";
    public static int Schema => 1;
}

/// <summary>It is right again. StartedAt is when it began.</summary>
public sealed record AlertEnded(string Kind, string What, Instant StartedAt) : IEvent
{
    public static string Type => "alert.ended";
    public static int Schema => 1;
}

/// <summary>Turns events into log entries and back.</summary>
public static class EventJson
{
    /// <summary>How codes, amounts and times are written as JSON.</summary>
    internal static readonly JsonSerializerOptions Options = MakeOptions();

    static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Add(new InstantConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>An event as an entry for the log.</summary>
    /// <param name="at">When it happened; for history, when it happened then.</param>
    public static NewEvent ToLog<T>(T happened, Instant at, bool imported = false) where T : IEvent =>
        new(T.Type, T.Schema, at, JsonSerializer.Serialize(happened, Options), imported);

    // Written out: to look for them among all types of the program takes a start longer than all else that the log needs. A test holds that none is missing.
    static readonly Dictionary<string, int> known = new(
    [
        Newest<ServicePublished>(), Newest<JourneyStarted>(), Newest<JourneyEnded>(), Newest<CaseReceived>(), Newest<CaseAdvanced>(), Newest<CaseClosed>(), Newest<CaseReopened>(),
        Newest<CaseMoved>(), Newest<CaseHandled>(), Newest<CoSignDue>(), Newest<CoSignAsked>(), Newest<RenewalReminded>(), Newest<PaymentFellDue>(), Newest<PaymentAdded>(),
        Newest<PaymentSetOff>(), Newest<PaymentRecorded>(), Newest<PaymentTakenBack>(), Newest<PaymentWithdrawn>(), Newest<SharingFellDue>(), Newest<SharingPassedOn>(),
        Newest<SharingWithdrawn>(), Newest<SharingTakenBack>(), Newest<CaseUndone>(), Newest<ContactRecorded>(), Newest<FeedbackGiven>(), Newest<CaseErased>(), Newest<RecordsActed>(),
        Newest<StaffChanged>(), Newest<TeamChanged>(), Newest<MessageSent>(), Newest<AlertRaised>(), Newest<AlertEnded>()
    ], StringComparer.Ordinal);

    static KeyValuePair<string, int> Newest<T>() where T : IEvent => new(T.Type, T.Schema);

    /// <summary>Whether this version of the program knows the type and the schema of a log entry.</summary>
    public static bool Knows(LogEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return known.TryGetValue(entry.Type, out var newest) && entry.Schema <= newest;
    }

    /// <summary>A log entry as the newest schema of its type; older schemas are upcast here.</summary>
    public static T Read<T>(LogEvent entry) where T : IEvent
    {
        if (entry.Type != T.Type || entry.Schema != T.Schema)
            throw new InvalidDataException($"The log entry {entry.Type} schema {entry.Schema} cannot be read as {T.Type} schema {T.Schema}.");
        return JsonSerializer.Deserialize<T>(entry.Json, Options) ?? throw new InvalidDataException($"The log entry {entry.Type} is empty.");
    }

    sealed class InstantConverter : JsonConverter<Instant>
    {
        static readonly NodaTime.Text.InstantPattern Pattern = NodaTime.Text.InstantPattern.ExtendedIso;
        public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Pattern.Parse(reader.GetString()!).Value;
        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(Pattern.Format(value));
    }
}
