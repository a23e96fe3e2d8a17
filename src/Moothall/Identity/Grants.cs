using System.Collections.Frozen;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>Where a grant is: asked and waiting for a second administrator, given, refused, or taken back.</summary>
public enum GrantState { Asked, Given, Refused, Ended }

/// <summary>A grant with who asked for it, why, and who decided.</summary>
public sealed record GrantEntry(Grant Grant, string Member, string Reason, GrantState State, string AskedBy, Instant AskedAt, string? DecidedBy, Instant? DecidedAt)
{
    /// <summary>Whether it is nothing any more: refused, taken back, or past its last day.</summary>
    public bool IsOver(LocalDate today) => State is GrantState.Refused or GrantState.Ended || Grant.Until < today;
}

/// <summary>The rows of grants.</summary>
public static class Grants
{
    /// <summary>What somebody was given or is to be given, newest first.</summary>
    public static Task<List<GrantEntry>> Of(Session session, string member)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"""
            select id, member, role, services, sensitive, from_day, until_day, reason, state, asked_by, asked_at, decided_by, decided_at from role_grant where member = {member} order by asked_at desc, id limit 100
            """, Read);
    }

    /// <summary>What waits for a second administrator, oldest first.</summary>
    public static Task<List<GrantEntry>> Waiting(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query($"""
            select id, member, role, services, sensitive, from_day, until_day, reason, state, asked_by, asked_at, decided_by, decided_at from role_grant where state = 'asked' order by asked_at, id limit 200
            """, Read);
    }

    internal static Task<GrantEntry?> Find(Session session, string id) => session.First($"""
        select id, member, role, services, sensitive, from_day, until_day, reason, state, asked_by, asked_at, decided_by, decided_at from role_grant where id = {id}
        """, Read);

    /// <summary>All that was given, by member.</summary>
    internal static async Task<ILookup<string, Grant>> Given(Session session) => (await session.Query($"""
        select id, member, role, services, sensitive, from_day, until_day, reason, state, asked_by, asked_at, decided_by, decided_at from role_grant where state = 'given' order by asked_at, id
        """, Read)).Where(e => e.Grant.Role is not null || e.Grant.Sensitive is not null).ToLookup(e => e.Member, e => e.Grant, StringComparer.Ordinal);

    internal static Task Insert(Unit unit, GrantEntry e)
    {
        var (g, role, services) = (e.Grant, e.Grant.Role is { } named ? RoleNames.Of(named) : null, string.Join(' ', e.Grant.Services.Order(StringComparer.Ordinal)));
        var state = Code(e.State);
        return unit.Execute($"""
            insert into role_grant (id, member, role, services, sensitive, from_day, until_day, reason, state, asked_by, asked_at, decided_by, decided_at)
            values ({g.Id}, {e.Member}, {role}, {services}, {g.Sensitive}, {g.From}, {g.Until}, {e.Reason}, {state}, {e.AskedBy}, {e.AskedAt}, {e.DecidedBy}, {e.DecidedAt})
            """);
    }

    /// <summary>Moves a grant on from a state; false when somebody else did.</summary>
    internal static async Task<bool> Move(Unit unit, string id, GrantState from, GrantState to, string by, Instant now)
    {
        var (before, after) = (Code(from), Code(to));
        return await unit.Execute($"update role_grant set state = {after}, decided_by = {by}, decided_at = {now} where id = {id} and state = {before}") > 0;
    }

    /// <summary>Ends all that somebody was given or is to be given, as when they leave.</summary>
    internal static Task<int> EndAllOf(Unit unit, string member, string by, Instant now) =>
        unit.Execute($"update role_grant set state = 'ended', decided_by = {by}, decided_at = {now} where member = {member} and state in ('asked', 'given')");

    static string Code(GrantState state) => state.ToString().ToLowerInvariant();

    // A role that this program does not know gives nothing.
    static GrantEntry Read(Row row) => new(
        new Grant(row.Text(0), row.TextOrNull(2) is { } role ? RoleNames.Find(role) : null, row.Text(3).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal), row.TextOrNull(4), row.Date(5), row.DateOrNull(6)),
        row.Text(1), row.Text(7), Enum.Parse<GrantState>(row.Text(8), ignoreCase: true), row.Text(9), row.Instant(10), row.TextOrNull(11), row.InstantOrNull(12));
}
