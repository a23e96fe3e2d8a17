using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>That staff looked at what somebody told us, as that person reads it: the day, the team or role and what for; never who it was. Several times on one day are one line.</summary>
/// <param name="Acting">`team/highways` or `role/advisor`; null where it is not known.</param>
/// <param name="Last">When it was last, of these times.</param>
public sealed record Looking(string Reference, LocalDate Day, string? Acting, AuditKind Kind, int Times, Instant Last);

/// <summary>Who looked at somebody's cases, for the person whose they are: readings, and lists that went to a contractor.</summary>
public static class Lookings
{
    /// <summary>Readings that are looked at, of all the cases together.</summary>
    public const int Most = 1_000;

    /// <summary>Who looked at some cases, the newest first; at most so many readings are gone through.</summary>
    /// <param name="references">The person's cases, whose codes or account opened them.</param>
    public static async Task<(IReadOnlyList<Looking> Lookings, bool IsCut)> Of(Session session, IReadOnlyCollection<string> references, DateTimeZone zone, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(references);
        var found = new List<CaseReading>();
        foreach (var reference in references) found.AddRange(await ReadLog.OrGivenOf(session, reference, most));
        var newest = found.OrderByDescending(r => r.At).Take(most).ToList();
        return ([.. newest.GroupBy(r => (r.Reference, r.At.InZone(zone).Date, r.Acting, r.Kind)).Select(g => new Looking(g.Key.Reference, g.Key.Date, g.Key.Acting, g.Key.Kind, g.Count(), g.Max(r => r.At))).OrderByDescending(l => l.Last)],
            found.Count >= most);
    }
}
