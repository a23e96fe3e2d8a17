using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Payments;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Api;

/// <summary>A case that was just made: 201 of `POST /services/{service}/cases`. Alerts and payments stand there only where there are any.</summary>
public sealed record CreatedCase(string Reference, string Service, string Authority, string Stage, string Received, string? CloseBy, string TrackingCode, CaseLinks Links,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CreatedAlert>? Alerts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CasePayment>? Payments);

/// <summary>A danger that the answers raise, to be told to the person at once: whom to ring, and why.</summary>
public sealed record CreatedAlert(string Alert, string Title, string Text, string Ring);

/// <summary>Something to be paid, in pounds.</summary>
public sealed record CasePayment(string Charge, decimal Amount, decimal Outstanding, string IncomeCode);

/// <summary>What a partner is to get of a case: names of questions.</summary>
public sealed record CaseSharing(string Partner, string Agreement, IReadOnlyList<string> Fields, string? PassedOn);

/// <summary>Where to follow a case: for people and for programs.</summary>
public sealed record CaseLinks(string Self, string Track);

/// <summary>One line of progress.</summary>
public sealed record CaseHistoryLine(string At, string What);

/// <summary>A case as the person who asked may see it; nothing personal. `WaitingFor` is `resident` or `co-signer`, and stands there only while the clocks stand still.</summary>
public sealed record TrackedCase(string Reference, string Service, string Title, string Authority, string Stage, string Status, string Received, string? CloseBy, string? Closed,
    string? Outcome, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WaitingFor, IReadOnlyList<CaseHistoryLine> History);

/// <summary>A case in a list of the desk.</summary>
public sealed record DeskCase(string Reference, string Service, string Authority, string Team, string Stage, string Status, string Channel, string Received, string? CloseBy, string? Due,
    string? Closed, string? Outcome, string? Assigned, bool Waiting, IReadOnlyDictionary<string, string> Decided, int Version);

/// <summary>A page of the desk's list.</summary>
public sealed record DeskPage(IReadOnlyList<DeskCase> Cases, string? Next);

/// <summary>One line of a case's history for staff.</summary>
public sealed record DeskHistoryLine(string At, string Kind, string? By, string? Action, string? Stage, string? Outcome, string? Note, JsonNode? Answers, int HandlingSeconds);

/// <summary>
/// A case with everything that belongs to it. `Version` is its ETag: send it back in If-Match. `ChargesToDecide` are charges that could not be worked out:
/// `add-charge` says what they come to.
/// </summary>
public sealed record DeskCaseFile(DeskCase Case, JsonNode? Answers, IReadOnlyList<DeskHistoryLine> History, IReadOnlyList<DeskAction> Actions, IReadOnlyList<DeskFile> Files,
    IReadOnlyList<CasePayment> Payments, IReadOnlyList<string> ChargesToDecide, IReadOnlyList<CaseSharing> Sharing, DeskCoSign? CoSign);

/// <summary>
/// Whom the case waits for to agree. `Asked` and `Ends` are those of the newest link, `Message` what became of the newest message to them: `waiting`, `doing`, `sent`, `stuck`, `not-sent`; null before it
/// is written. `send-link` sends another; the actions of the stage say that they agreed or declined, with how they told you in the note.
/// </summary>
public sealed record DeskCoSign(string? Name, string? Email, string? Asked, string? Ends, string? Reminded, string? Message);

/// <summary>Something that may be done now; `Ask` are the questions it answers.</summary>
public sealed record DeskAction(string Action, string Label, string? To, string? Close, IReadOnlyList<string> Ask);

/// <summary>A file of a case.</summary>
public sealed record DeskFile(string File, string Name, string Type, long Bytes);

/// <summary>Writes cases as the contract says.</summary>
static class CaseBodies
{
    public static string Time(Instant at) => InstantPattern.ExtendedIso.Format(at);
    public static string? Time(Instant? at) => at is { } known ? Time(known) : null;

    public static CreatedCase Created(CouncilCase c, string code, IReadOnlyList<CreatedAlert> alerts, CasePayments payments) => new(c.Reference, c.Service, c.Authority, c.Stage, Time(c.Received), Time(c.CloseBy), code,
        new CaseLinks($"/api/v1/cases/{c.Reference}?code={code}", $"/track?reference={c.Reference}&code={code}"), alerts.Count > 0 ? alerts : null, payments.Due.Count > 0 ? Payments(payments) : null);

    static IReadOnlyList<CasePayment> Payments(CasePayments payments) =>
        [.. payments.Due.Select(d => new CasePayment(d.Charge, Pounds(d.Pence), Pounds(d.OutstandingPence), d.IncomeCode))];

    static decimal Pounds(long pence) => new((int)pence, 0, 0, pence < 0, 2);

    public static TrackedCase Tracked(CaseProgress progress)
    {
        var c = progress.Case;
        return new TrackedCase(c.Reference, c.Service, progress.Title, c.Authority, c.Stage, c.Status, Time(c.Received), Time(c.CloseBy), Time(c.Closed), c.Outcome,
            progress.CoSign is not null ? "co-signer" : c is { IsOpen: true, StoppedAt: not null } ? "resident" : null, [.. progress.History.Select(line => new CaseHistoryLine(Time(line.At), line.What))]);
    }

    public static DeskCase Desk(CouncilCase c) => new(c.Reference, c.Service, c.Authority, c.Team, c.Stage, c.Status, c.Channel, Time(c.Received), Time(c.CloseBy), Time(c.Due),
        Time(c.Closed), c.Outcome, c.Assigned, c.StoppedAt is not null, c.Decided, c.Version);

    public static DeskCaseFile Desk(CaseFile file) => new(Desk(file.Case), JsonNode.Parse(AnswersJson.Write(file.AnswersDefinition, file.Answers)),
        [.. file.History.Select(h => new DeskHistoryLine(Time(h.At), h.Kind, h.ByMember, h.Action, h.Stage, h.Outcome, h.Note, h.AnswersJson is { } json ? JsonNode.Parse(json) : null, h.HandlingSeconds))],
        [.. file.Actions.Select(a => new DeskAction(a.Name, a.Label.English, a.To, a.Close, a.Ask))],
        [.. file.Files.Values.Select(f => new DeskFile(f.Id, f.Name, f.Kind, f.Bytes))], Payments(file.Payments),
        [.. file.NotWorkedOut.Select(c => c.Name)],
        [.. file.ToPassOn.Select(s => new CaseSharing(s.Partner, s.Agreement, s.Fields, Time(s.PassedAt)))],
        file.CoSign is { } who ? new DeskCoSign(who.Name, who.Email, Time(who.Asked), Time(who.Ends), Time(who.Reminded), who.Message?.State) : null);
}
