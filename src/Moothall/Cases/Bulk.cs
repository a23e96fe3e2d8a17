using Moothall.Notifications;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Cases;

/// <summary>What is to be done to many cases: `assign`, `move` (to a team), `note`, or an action of their definition that asks nothing.</summary>
/// <param name="Choices">As <see cref="ActOnCase.Values"/>.</param>
public sealed record BulkOrder(string Action, IReadOnlyDictionary<string, string> Choices, string? Note);

/// <summary>One of the cases, with the version that was seen in the preview.</summary>
public sealed record BulkPick(string Reference, int SeenVersion);

/// <summary>What would happen to one case: the case after it, or why it cannot be.</summary>
public sealed record BulkForecast(CouncilCase Case, CouncilCase? After, Refusal? No)
{
    /// <summary>Who is told of it; null where that was not looked up.</summary>
    public ToldAhead? Tells { get; init; }
    /// <summary>What it makes due to be paid, and what was paid for that before; null where nothing.</summary>
    public MoveCameTo? CameTo { get; init; }
}

/// <summary>How it went with one case.</summary>
/// <param name="State">waiting, done, failed, undone.</param>
public sealed record BulkLine(string Reference, int SeenVersion, string State, int? DoneVersion, Message? Why);

/// <summary>One thing done to many cases, as far as it has come.</summary>
public sealed record Bulk(string Id, Instant At, string ByMember, BulkOrder Order, IReadOnlyList<BulkLine> Lines)
{
    public int Waiting => Lines.Count(l => l.State == "waiting");
    public int Done => Lines.Count(l => l.State == "done");
    public bool IsWhole => Waiting == 0;

    /// <summary>Most cases at once.</summary>
    public const int Most = 500;
    /// <summary>Most cases of a preview for which it is looked up who is told.</summary>
    public const int MostTold = 100;
    /// <summary>Cases done in one unit of work.</summary>
    public const int Chunk = 50;
    /// <summary>How long the result can be looked at.</summary>
    public static readonly Duration Life = Duration.FromDays(1);
}
