using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Running;

/// <summary>Kinds of what can be wrong with the running of the council, as codes of rows and events.</summary>
public static class AlertKind
{
    /// <summary>A reader of the log stopped at an event that it cannot handle.</summary>
    public const string ReaderStopped = "reader-stopped";
    /// <summary>A reader of the log is further behind than it should be.</summary>
    public const string ReaderBehind = "reader-behind";
    /// <summary>A node was not heard of, and did not say that it stops.</summary>
    public const string NodeLost = "node-lost";
    /// <summary>Somebody else's system has not worked for a while.</summary>
    public const string AdapterFailing = "adapter-failing";
    /// <summary>The disk with the data is nearly full.</summary>
    public const string DiskNearlyFull = "disk-nearly-full";
    /// <summary>Somebody sees a sensitive case that is not theirs, with a reason.</summary>
    public const string GlassBroken = "glass-broken";
}

/// <summary>The room on the disk with the data, in bytes.</summary>
public sealed record DiskSpace(long Free, long Total)
{
    /// <summary>Less than a gigabyte, or than a twentieth where the disk is small.</summary>
    public bool IsNearlyFull => Free < Math.Min(Total / 20, 1L << 30);
}

/// <summary>Something that is wrong at this moment.</summary>
/// <param name="What">The reader, node or adapter.</param>
/// <param name="Why">What is known about it, in words; nothing personal.</param>
public sealed record RunningFault(string Kind, string What, Message? Why);

/// <summary>An alert that began and has not ended.</summary>
public sealed record RunningAlert(string Kind, string What, Instant Since, Message? Why);

/// <summary>What one node sees of all of them.</summary>
/// <param name="Node">The name of the node that looks.</param>
public sealed record Observation(Instant Now, string Node, IReadOnlyList<ReaderStanding> Readers, IReadOnlyList<Node> Nodes, IReadOnlyList<AdapterState> Adapters, DiskSpace? Disk)
{
    /// <summary>Messages that are due and not sent, counted to a thousand.</summary>
    public long MessagesDue { get; init; }
    /// <summary>Sensitive cases that somebody sees at this moment who is not of their team.</summary>
    public IReadOnlyList<RunningFault> BrokenGlass { get; init; } = [];
    /// <summary>What lies in the queue; null where there is none or it does not answer.</summary>
    public Exchange.QueueDepth? Depth { get; init; }
}

/// <summary>When something is worth an alert.</summary>
public sealed record AlertRules
{
    /// <summary>For how long an adapter may fail before anybody is woken.</summary>
    public static readonly Duration AdapterFails = Duration.FromMinutes(5);
    /// <summary>How far a reader may be behind.</summary>
    public static readonly Duration Behind = Duration.FromMinutes(5);
    /// <summary>Readers that wait for somebody else's system, which is an adapter and has an alert of its own: they count as behind, not as stopped.</summary>
    public IReadOnlySet<string> Relays { get; init; } = new HashSet<string>();

    /// <summary>What is wrong. Pure.</summary>
    public IReadOnlyList<RunningFault> Look(Observation seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var faults = new List<RunningFault>();
        foreach (var reader in seen.Readers)
        {
            if (reader.Alert is not null && !Relays.Contains(reader.Name)) faults.Add(new RunningFault(AlertKind.ReaderStopped, reader.Name, Message.FromText(reader.Alert)));
            if (reader.Since is { } since && seen.Now - since > Behind) faults.Add(new RunningFault(AlertKind.ReaderBehind, reader.Name, null));
        }
        faults.AddRange(seen.Nodes.Where(n => !n.IsAlive).Select(n => new RunningFault(AlertKind.NodeLost, n.Name, null)));
        faults.AddRange(seen.Adapters.Where(a => a.Trouble is not null && a.Since is { } since && seen.Now - since >= AdapterFails).Select(a => new RunningFault(AlertKind.AdapterFailing, a.Name, a.Trouble)));
        if (seen.Disk is { IsNearlyFull: true }) faults.Add(new RunningFault(AlertKind.DiskNearlyFull, seen.Node, null));
        faults.AddRange(seen.BrokenGlass);
        return faults;
    }

    /// <summary>Which faults begin an alert, and which alerts are over. Pure.</summary>
    public static (IReadOnlyList<RunningFault> Begin, IReadOnlyList<RunningAlert> End) Decide(IReadOnlyList<RunningFault> faults, IReadOnlyList<RunningAlert> alerts)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(alerts);
        return ([.. faults.Where(f => !alerts.Any(a => a.Kind == f.Kind && a.What == f.What))], [.. alerts.Where(a => !faults.Any(f => f.Kind == a.Kind && f.What == a.What))]);
    }
}
