using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>What is published of the audit log: for each day that is over, how many entries were sealed and the root over all of them. It says nothing of what they are.</summary>
public static class AuditDays
{
    /// <summary>Days of a page.</summary>
    public const int PageSize = 100;

    /// <summary>The newest day; null before the first is over.</summary>
    public static Task<AuditDay?> Newest(Session session) => AuditRows.NewestDay(session);

    /// <summary>Days before one, the newest first; of all where none is said.</summary>
    public static Task<List<AuditDay>> Before(Session session, LocalDate? day, int most = PageSize) => AuditRows.DaysBefore(session, day ?? new LocalDate(9000, 1, 1), most);
}
