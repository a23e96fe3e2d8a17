using NodaTime;

namespace Moothall.Definitions;

/// <summary>What the checker must know of the council around a definition: its names, data and agreements.</summary>
public sealed record Surroundings
{
    public required LocalDate Today { get; init; }
    public ILookUps LookUps { get; init; } = NoLookUps.Value;
    /// <summary>Agreements by id: who with, which fields, until when.</summary>
    public IReadOnlyDictionary<string, SharingAgreement> Agreements { get; init; } = new Dictionary<string, SharingAgreement>();
    public IReadOnlySet<string> Partners { get; init; } = new HashSet<string>();
    /// <summary>Names of all services known, to find two files of one name or prefix; service → prefix.</summary>
    public IReadOnlyDictionary<string, string> Services { get; init; } = new Dictionary<string, string>();
    /// <summary>The calendar that periods must fit; null where no council is at hand.</summary>
    public WorkingCalendar? Calendar { get; init; }
}

/// <summary>A registered sharing agreement as the checker needs it.</summary>
public sealed record SharingAgreement(string Id, string Partner, IReadOnlySet<string> Fields, LocalDate Until);
