using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Somebody is away from a day to a day (both included); whoever stands in takes what cannot wait.</summary>
public sealed record Absence(string Member, LocalDate From, LocalDate Until, string? StandIn)
{
    public bool IsOn(LocalDate day) => From <= day && day <= Until;
}

/// <summary>Who is away. Said by the person or by who leads a team of theirs.</summary>
public static class Absences
{
    /// <summary>Longest absence that is marked at once.</summary>
    public const int MostDays = 366;

    /// <summary>Decides whether an absence can be marked.</summary>
    public static Result<Absence> Decide(CouncilFiles council, Absence absence, Caller by, LocalDate today)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(absence);
        if (!MayMark(council, absence.Member, by)) return Refusal.NotFound;
        if (absence.Until < absence.From) return Wrong("until", new Message("The last day must be the same as or after the first day"));
        if (absence.Until < today) return Wrong("until", new Message("The last day must be today or in the future"));
        if (NodaTime.Period.Between(absence.From, absence.Until, PeriodUnits.Days).Days > MostDays) return Wrong("until", new Message("The absence must be a year or shorter"));
        if (absence.StandIn == absence.Member) return Wrong("stand-in", new Message("Choose somebody else to stand in"));
        if (absence.StandIn is { } other && !Colleagues(council, absence.Member).Any(m => m.Id == other)) return Wrong("stand-in", new Message("Choose a member of one of their teams"));
        return absence;
    }

    /// <summary>Marks somebody as away; one that begins on the same day is written over.</summary>
    public static async Task<Result<Absence>> Mark(Unit unit, CouncilFiles council, Absence absence, Caller by, LocalDate today, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var decided = Decide(council, absence, by, today);
        if (decided.Value is not { } a) return decided;
        await unit.Execute($"""
            insert into absence (member, from_day, until_day, stand_in, by_member, at) values ({a.Member}, {a.From}, {a.Until}, {a.StandIn}, {by.Id}, {now})
            on conflict (member, from_day) do update set until_day = excluded.until_day, stand_in = excluded.stand_in, by_member = excluded.by_member, at = excluded.at
            """);
        return a;
    }

    /// <summary>Takes an absence away again.</summary>
    public static async Task<Result<bool>> Remove(Unit unit, CouncilFiles council, string member, LocalDate from, Caller by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!MayMark(council, member, by)) return Refusal.NotFound;
        return await unit.Execute($"delete from absence where member = {member} and from_day = {from}") > 0;
    }

    /// <summary>Absences that are not over by a day, by when they begin.</summary>
    public static Task<List<Absence>> From(Session session, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"select member, from_day, until_day, stand_in from absence where until_day >= {day} order by from_day, member", row => new Absence(row.Text(0), row.Date(1), row.Date(2), row.TextOrNull(3)));
    }

    /// <summary>The absence of a member on a day, or null.</summary>
    public static Task<Absence?> On(Session session, string member, LocalDate day)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.First($"select member, from_day, until_day, stand_in from absence where member = {member} and from_day <= {day} and until_day >= {day} order by until_day desc",
            row => new Absence(row.Text(0), row.Date(1), row.Date(2), row.TextOrNull(3)));
    }

    /// <summary>Open cases that somebody has, at most so many.</summary>
    public static Task<long> OpenCases(Session session, string member, int most = 1_000)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Number($"select count(*) from (select 1 from council_case where assigned = {member} and status = 'open' limit {most}) as theirs");
    }

    /// <summary>Open cases that somebody has, by service, at most a thousand in all.</summary>
    public static async Task<IReadOnlyList<(string Service, long Cases)>> OpenByService(Session session, string member)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.Query($"select service, count(*) from (select service from council_case where assigned = {member} and status = 'open' limit 1000) as theirs group by service order by service",
            row => (row.Text(0), row.Long(1)));
    }

    /// <summary>Whether somebody may mark a member as away: the member, or who leads a team of theirs.</summary>
    public static bool MayMark(CouncilFiles council, string member, Caller by)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(by);
        return council.Members.TryGetValue(member, out var found) && !found.IsPartner && (by.Id == member || Rights.LeadsWith(by, found.Authorities, found.Teams));
    }

    /// <summary>Staff who share a team with a member, by name.</summary>
    public static IReadOnlyList<Member> Colleagues(CouncilFiles council, string member)
    {
        ArgumentNullException.ThrowIfNull(council);
        return !council.Members.TryGetValue(member, out var found) ? []
            : [.. council.Members.Values.Where(m => m.Id != member && !m.IsPartner && m.Teams.Overlaps(found.Teams)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];
    }

    static Refusal Wrong(string field, Message message) => Refusal.Invalid([new Fault(field, field, message)]);
}
