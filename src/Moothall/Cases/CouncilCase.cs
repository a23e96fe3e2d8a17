using Moothall.Definitions;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// One case: somebody asked for something and the council works it to an end. This is the row that lists show and decisions look at; it holds
/// nothing personal. Version is the version of its stream in the log, and the ETag of the API.
/// </summary>
public sealed record CouncilCase
{
    public required string Reference { get; init; }
    public required string Service { get; init; }
    /// <summary>The version of the definition whose ask, decide and work it keeps.</summary>
    public required int DefinitionVersion { get; init; }
    public required string Authority { get; init; }
    public required string Team { get; init; }
    public required string Stage { get; init; }
    public string? Outcome { get; init; }
    public required string Channel { get; init; }
    public required Instant Received { get; init; }
    public Instant? Closed { get; init; }
    /// <summary>When the whole case is to be closed; null where the definition sets no time or the calendar ends before it.</summary>
    public Instant? CloseBy { get; init; }
    /// <summary>When the present stage is to be done.</summary>
    public Instant? StageDue { get; init; }
    /// <summary>Since when the clocks stand still, waiting for the resident; null when they run.</summary>
    public Instant? StoppedAt { get; init; }
    /// <summary>What the resident was asked and has not answered yet.</summary>
    public string? Question { get; init; }
    public string? Assigned { get; init; }
    /// <summary>The values that its times go by: what was decided, and the option chosen where a time goes by a choice question. Codes, never personal.</summary>
    public required IReadOnlyDictionary<string, string> Decided { get; init; }
    public required int Version { get; init; }
    /// <summary>The number in its tracking code; raised to revoke the link.</summary>
    public int LinkNumber { get; init; } = 1;
    public bool Imported { get; init; }
    /// <summary>Its record was erased; only codes are left.</summary>
    public bool IsErased { get; init; }

    /// <summary>The case as a reading of it is noted.</summary>
    public Identity.ReadCase ForReading => new(Reference, Authority, Team);
    public bool IsOpen => Closed is null;
    public string Status => IsErased ? EraseCase.Status : IsOpen ? "open" : "closed";
    /// <summary>Later than anything is due: what has no deadline, or waits, sorts last.</summary>
    public static readonly Instant NothingDue = Instant.FromUtc(9999, 12, 31, 0, 0);
    /// <summary>What lists are sorted by: open cases by what is due next, closed ones by when they closed.</summary>
    public Instant SortBy => Closed ?? Due ?? NothingDue;
    /// <summary>What it is due by next: the earlier of stage and whole; null while it waits or when nothing is due.</summary>
    public Instant? Due => !IsOpen || StoppedAt is not null ? null
        : StageDue is { } stage && (CloseBy is not { } whole || stage < whole) ? stage : CloseBy;
}

/// <summary>One line of a case's history. What kind says how to read it; note and answers are for staff (or by the resident) and personal.</summary>
/// <param name="Kind">received, advanced, closed, reopened, moved, assign, note, ask-customer, answered, payment, charge, passed-on, reminded, added, sent, send-link, undone.</param>
/// <param name="ByMember">The member of staff, or null: the resident or the program.</param>
/// <param name="GivenTo">Whom an `assign` gave it to (null: nobody), or the team or service that a move sent it to, or the contractor it was sent to; <see cref="CoSigning.ByLink"/> where whoever must agree took the action by their link.</param>
/// <param name="Undoes">The version of the line that this one took back.</param>
public sealed record HistoryEntry(int Version, Instant At, string Kind, string? ByMember, string? Action, string? Stage, string? Outcome, string? Note, string? AnswersJson, int HandlingSeconds,
    string? GivenTo = null, int? Undoes = null)
{
    /// <summary>What it came to for payments and partners; null where nothing.</summary>
    public MoveCameTo? CameTo { get; init; }
}

/// <summary>A decided change of a case: the case after it, its events, and its line of history.</summary>
public sealed record CaseChange(CouncilCase After, IReadOnlyList<Store.NewEvent> Events, HistoryEntry Entry, IReadOnlyList<string> Files);

/// <summary>Everything a decision about a case may look at.</summary>
/// <param name="Imported">Whether this is history, brought in later: its events alarm nobody.</param>
public sealed record CaseSituation(CouncilCase Case, ServiceDefinition Definition, Council.Offer? Offer, WorkingCalendar Calendar, Instant Now, Actor By, string? ByMember, bool Imported = false)
{
    /// <summary>An event of this moment as the log takes it.</summary>
    public Store.NewEvent ToLog<T>(T happened) where T : IEvent => EventJson.ToLog(happened, Now, Imported);
}
