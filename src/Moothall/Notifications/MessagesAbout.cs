using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>A message about a case as it was written to somebody.</summary>
public sealed record MessageAbout(Instant Queued, string Kind, string State, string? Address, string Subject, string Plain);

/// <summary>What people were told about a case, for their own copy of it.</summary>
public static class MessagesAbout
{
    /// <summary>All messages about a case, oldest first, without those to others: who follows it or must agree to it is no business of whoever asked for it.</summary>
    public static Task<List<MessageAbout>> Of(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select queued, kind, state, address, subject, plain from message where about = {reference} and kind not in ('follow-news', 'co-sign', 'co-sign-reminder') order by number",
            row => new MessageAbout(row.Instant(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.Text(4), row.Text(5)));
    }
}
