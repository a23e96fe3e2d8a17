using System.Text;

namespace Moothall.Performance;

/// <summary>
/// What is counted of a service, an authority and a channel on a day. The order is that of the columns of the tables and of facts.csv;
/// docs/reference/figures.md says by which day each one counts.
/// </summary>
public enum Count
{
    /// <summary>Drafts that got a first valid answer, by the day of that answer.</summary>
    Started,
    /// <summary>Journeys that were sent, by the day the draft began.</summary>
    CompletedSubmitted,
    /// <summary>Journeys that reached a designed end before sending, by the day the draft began.</summary>
    CompletedExit,
    /// <summary>Cases that came without a journey (desk, API, history), by the day they were received.</summary>
    CompletedDirect,
    /// <summary>Journeys left alone for 28 days, by the day the draft began.</summary>
    Abandoned,
    Received,
    /// <summary>Closings that stand, by the day of the closing: a reopening takes its closing back on that day.</summary>
    Closed,
    /// <summary>Those of <see cref="Closed"/> that were in time.</summary>
    ClosedInTime,
    /// <summary>By how much the number of open cases changed on the day; revised only by an undo, within a minute.</summary>
    OpenChange,
    /// <summary>Seconds spent on cases by whoever acted.</summary>
    HandlingSeconds,
    /// <summary>Those of <see cref="HandlingSeconds"/> spent by advisors.</summary>
    AdvisorSeconds,
    /// <summary>Those of <see cref="HandlingSeconds"/> spent by workers.</summary>
    WorkerSeconds,
    /// <summary>Seconds that advisors spent on contacts about the service.</summary>
    ContactSeconds,
    VerySatisfied,
    Satisfied,
    Neither,
    Dissatisfied,
    VeryDissatisfied,
    HandOffs,
    Reopened,
    Returned,
    Duplicates,
    /// <summary>Cases that came from another service or went to another one.</summary>
    MovedIn,
    MovedOut,
    /// <summary>Questions of received cases: asked, prefilled, corrected, asked again though known.</summary>
    Asked,
    Prefilled,
    Corrected,
    AskedAgain,
    /// <summary>Received cases where the digital way was offered, and where it was taken.</summary>
    DigitalOffered,
    DigitalTaken,
    /// <summary>Acts on cases by people, by rules (timers) and by robots (programs, imports).</summary>
    ActsByPerson,
    ActsByRule,
    ActsByRobot,
}

/// <summary>One number for each <see cref="Count"/>. Sums of days, of channels or of whatever was added up.</summary>
public sealed class Counts
{
    /// <summary>Every count in its order.</summary>
    public static readonly IReadOnlyList<Count> All = Enum.GetValues<Count>();
    /// <summary>The column of each count in its order: `closed_in_time`.</summary>
    public static readonly IReadOnlyList<string> Columns = [.. All.Select(c => SnakeCase(c.ToString()))];

    readonly long[] numbers = new long[All.Count];

    public long this[Count count]
    {
        get => numbers[(int)count];
        set => numbers[(int)count] = value;
    }

    /// <summary>Adds another's numbers to these.</summary>
    public Counts Add(Counts other)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] += other.numbers[i];
        return this;
    }

    /// <summary>Takes another's numbers away from these.</summary>
    public Counts Subtract(Counts other)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] -= other.numbers[i];
        return this;
    }

    /// <summary>The sum of several.</summary>
    public static Counts Sum(IEnumerable<Counts> many) => many.Aggregate(new Counts(), (sum, one) => sum.Add(one));

    /// <summary>Designed ends: sent, told not eligible, or received without a journey.</summary>
    public long Completed => this[Count.CompletedSubmitted] + this[Count.CompletedExit] + this[Count.CompletedDirect];

    /// <summary>How many said how it was.</summary>
    public long Responses =>
        this[Count.VerySatisfied] + this[Count.Satisfied] + this[Count.Neither] + this[Count.Dissatisfied] + this[Count.VeryDissatisfied];

    static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}

/// <summary>What a line of figures is about. Service and authority are empty for contacts that were about none.</summary>
public readonly record struct Line(string Service, string Authority, string Channel);
