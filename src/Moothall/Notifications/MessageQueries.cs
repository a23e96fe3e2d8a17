using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Notifications;

/// <summary>One message about a case, as staff read it.</summary>
/// <param name="Kind">The moment it tells of: received, stage, closed, question, late, reopened, moved, or another module's.</param>
/// <param name="State">waiting, doing, sent, stuck, not-sent.</param>
/// <param name="Trouble">A code of <see cref="Notifications.Trouble"/>, or null.</param>
/// <param name="Why">What the mail server said.</param>
public sealed record CaseMessage(long Number, string Kind, int? Version, string State, string? Trouble, Message? Why, string Subject, string Plain, Instant Queued, Instant Changed, Instant? NextTry)
{
    /// <summary>The language that it is written in.</summary>
    public string Language { get; init; } = "en";
}

/// <summary>Messages that stand still for one reason: how many (counted to a thousand), since when, and when the first of them is tried again; null where only a person can have them tried.</summary>
public sealed record StuckGroup(string Trouble, int Count, Instant Since, Instant? NextTry);

/// <summary>One message that stands still. It says of whom nothing but the case.</summary>
public sealed record StuckMessage(long Number, string Kind, string Authority, string? Service, string? About, string State, string Trouble, Message? Why, int Attempts, Instant Queued, Instant Changed, Instant? NextTry);

/// <summary>Questions about messages that other rooms may ask.</summary>
public static class MessageQueries
{
    /// <summary>Most messages that are counted or listed at once.</summary>
    public const int MostCounted = 1000;

    /// <summary>What the person was told about a case, oldest first.</summary>
    public static Task<List<CaseMessage>> About(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"""
            select number, kind, version, state, trouble, why, subject, plain, queued, changed, next_try, language from message where about = {reference} and kind not in ('follow-news', 'co-sign', 'co-sign-reminder') order by number limit 200
            """, row => new CaseMessage(row.Long(0), row.Text(1), row.IntOrNull(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5) is { } why ? Message.FromText(why) : null, row.Text(6), row.Text(7), row.Instant(8), row.Instant(9), row.InstantOrNull(10)) { Language = row.Text(11) });
    }

    /// <summary>What became of the newest message to whoever must agree to a case, without its words: their link is for them alone.</summary>
    public static Task<CaseMessage?> ToCoSigner(Session session, string reference)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"""
            select number, kind, version, state, trouble, why, queued, changed, next_try, language from message where about = {reference} and kind in ('co-sign', 'co-sign-reminder') order by number desc limit 1
            """, row => new CaseMessage(row.Long(0), row.Text(1), row.IntOrNull(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5) is { } why ? Message.FromText(why) : null, "", "", row.Instant(6), row.Instant(7), row.InstantOrNull(8)) { Language = row.Text(9) });
    }

    /// <summary>Why messages of these authorities stand still, the largest group first. Only what stands still is looked at.</summary>
    /// <param name="hidden">Sensitive services whose messages are left out.</param>
    public static async Task<IReadOnlyList<StuckGroup>> Groups(Session session, IReadOnlySet<string> authorities, IReadOnlyCollection<string>? hidden = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyCollection<string> unseen = hidden is { Count: > 0 } ? hidden : [""];
        var groups = await session.Query($"""
            select trouble, count(*), min(queued), min(next_try) from (
                select trouble, queued, next_try from message where authority in ({authorities}) and trouble is not null and state in ('waiting', 'doing', 'stuck') and (service is null or service not in ({unseen})) limit {MostCounted}) as still
            group by trouble
            """, row => new StuckGroup(row.Text(0), row.Int(1), row.Instant(2), row.InstantOrNull(3)));
        return [.. groups.OrderByDescending(g => g.Count).ThenBy(g => g.Trouble, StringComparer.Ordinal)];
    }

    /// <summary>Messages that stand still for one reason, oldest first.</summary>
    public static Task<List<StuckMessage>> Stuck(Session session, IReadOnlySet<string> authorities, string trouble, IReadOnlyCollection<string>? hidden = null, int most = 50)
    {
        ArgumentNullException.ThrowIfNull(session);
        IReadOnlyCollection<string> unseen = hidden is { Count: > 0 } ? hidden : [""];
        return session.Query($"""
            select number, kind, authority, service, about, state, trouble, why, attempts, queued, changed, next_try from message
            where authority in ({authorities}) and trouble = {trouble} and state in ('waiting', 'doing', 'stuck') and (service is null or service not in ({unseen})) order by number limit {most}
            """, row => new StuckMessage(row.Long(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4), row.Text(5), row.Text(6), row.TextOrNull(7) is { } why ? Message.FromText(why) : null, row.Int(8), row.Instant(9), row.Instant(10), row.InstantOrNull(11)));
    }

    /// <summary>How many messages are due and not sent yet, counted to a thousand.</summary>
    public static Task<long> Due(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Number($"select count(*) from (select 1 from message where next_try <= {now} limit {MostCounted}) as due");
    }

    /// <summary>The sensitive services whose messages somebody is not shown: those of which no team of theirs has cases, and that were not given to them by name.</summary>
    public static IReadOnlyCollection<string> HiddenFrom(Caller caller, Council.CouncilFiles council)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(council);
        return caller.Hidden.Count == 0 ? [] : [.. caller.Hidden.Where(service => !council.Offers.Any(o => o.Service == service && (caller.WorksFor(o.Authority, o.Team) || o.StageTeams.Values.Any(t => caller.WorksFor(o.Authority, t)))))];
    }

    /// <summary>The authorities whose messages somebody looks after: administrators, and those who lead a team there.</summary>
    public static IReadOnlySet<string> AuthoritiesOf(Caller caller) =>
        Rights.AuthoritiesFor(caller, Right.Administer).Concat(Rights.AuthoritiesFor(caller, Right.LeadTeam)).ToHashSet(StringComparer.Ordinal);
}
