using System.Text.Json;
using Moothall.Council;
using Moothall.Exchange;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Something that somebody did a moment ago and may take back.</summary>
/// <param name="Version">The version of the case that it made.</param>
public sealed record Undoable(int Version, Instant Until);

/// <summary>What an act did in other rooms beside the case itself: charges that it made due, the number of a payment, the partner it was passed on to.</summary>
sealed record Beside(IReadOnlyList<string> Charges, int? Payment, string? Partner)
{
    public static readonly Beside Nothing = new([], null, null);
    /// <summary>What was set against those charges of money that had come before a move.</summary>
    public IReadOnlyList<SetOff> SetOffs { get; init; } = [];
    /// <summary>What had to be paid before a move to another service.</summary>
    public PaymentsBefore? Payments { get; init; }
    /// <summary>What partners were to get, or got, before a move to another service.</summary>
    public SharingsBefore? Sharings { get; init; }
}

/// <summary>
/// For a minute whoever did something to a case may take it back, as if it had never been: the case is as before, figures forget it, nobody outside is
/// told. Not when somebody did something since: their work stands on it.
/// </summary>
public static class UndoCase
{
    /// <summary>How long there is.</summary>
    public static readonly Duration Window = Duration.FromMinutes(1);

    /// <summary>The case before an act, and the act's event.</summary>
    internal sealed record Kept(int Version, Instant At, string ByMember, CouncilCase Before, string Type, int Schema, string Facts)
    {
        public Beside Beside { get; init; } = Beside.Nothing;
    }

    /// <summary>Keeps what an act changed; only the last act of a case can be taken back.</summary>
    internal static Task Keep(Unit unit, CouncilCase before, CaseChange change, Beside beside, string member, Instant now)
    {
        var (told, json, others) = (change.Events[0], JsonSerializer.Serialize(before, EventJson.Options), JsonSerializer.Serialize(beside, EventJson.Options));
        return unit.Execute($"""
            insert into case_undo (reference, version, at, by_member, before, type, schema, facts, beside)
            values ({before.Reference}, {change.After.Version}, {now}, {member}, {json}, {told.Type}, {told.Schema}, {told.Json}, {others})
            on conflict (reference) do update set version = excluded.version, at = excluded.at, by_member = excluded.by_member, before = excluded.before,
                type = excluded.type, schema = excluded.schema, facts = excluded.facts, beside = excluded.beside
            """);
    }

    /// <summary>What a member may take back of a case now; null when nothing.</summary>
    public static async Task<Undoable?> Find(Session session, CouncilCase @case, string member, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(@case);
        return await Read(session, @case.Reference) is { } kept && kept.Version == @case.Version && kept.ByMember == member && now < kept.At + Window ? new Undoable(kept.Version, kept.At + Window) : null;
    }

    /// <summary>Decides; the refusal says in words what stands in the way.</summary>
    internal static Result<CaseChange> Decide(CouncilCase @case, Kept? kept, int version, string member, Instant now)
    {
        if (@case.Version > version) return Refusal.Invalid("Something was done with this case since, so it cannot be undone. Put it right by another step.");
        if (kept is null || kept.Version != version || kept.ByMember != member) return Refusal.Invalid("This is not something that you did, so you cannot undo it.");
        if (now >= kept.At + Window) return Refusal.Invalid("The minute for undoing this is over. Put it right by another step, for example by reopening the case.");
        var after = kept.Before with { Version = @case.Version + 1, LinkNumber = @case.LinkNumber };
        var undone = new CaseUndone(version, kept.Type, kept.Schema, kept.At, kept.Facts, Actor.Worker);
        return new CaseChange(after, [EventJson.ToLog(undone, now)], new HistoryEntry(after.Version, now, "undone", member, null, after.Stage, null, null, null, 0, null, version), []);
    }

    /// <summary>Takes back what a member did to a case.</summary>
    /// <param name="version">The version that their act made.</param>
    public static async Task<Result<CouncilCase>> Undo(Unit unit, PublishedServices services, CouncilFiles council, string reference, int version, Caller by, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(by);
        if (!Rights.HasRole(by, Right.WorkCases)) return Refusal.NotAllowed;
        // Their own act may have taken the case out of their hands; it was in them when they did it.
        if (await CaseRows.Find(unit, reference) is not { } found || !Rights.May(by, Right.ReadCases, found.Authority, found.Team, found.Service)) return Refusal.NotFound;
        var kept = await Read(unit, reference);
        var decided = Decide(found, kept, version, by.Id, now);
        if (decided.Value is not { } change) return decided.Refusal!;
        var beside = kept!.Beside;
        if (beside.Charges.Count > 0 && TakeBackPayments.WhyNot(await PaymentQueries.Of(unit, reference), beside.Charges, beside.SetOffs) is { } paid) return paid;
        if (beside.Payments is { } before && await before.WhyNot(unit, reference) is { } came) return came;
        await unit.Execute($"delete from case_undo where reference = {reference}");
        if (beside.Payments is { } payments) await payments.PutBack(unit, reference, found.Service, kept.Before.Service, found.Authority, now, Actor.Worker);
        if (beside.Sharings is { } sharings) await sharings.PutBack(unit, reference, found.Service, found.Authority, now, Actor.Worker);
        await TakeBackPayments.From(unit, reference, kept.Before.Service, found.Authority, beside.Charges, beside.SetOffs, beside.Payment, now, Actor.Worker);
        if (beside.Partner is { } partner) await Exchange.Sharings.TakeBack(unit, reference, kept.Before.Service, found.Authority, partner, now, Actor.Worker);
        await Renew(unit, services, council, found, change.After);
        await CoSigning.Resume(unit, change.After, (await services.Version(change.After.Service, change.After.DefinitionVersion)).Definition, now);
        return await CaseActions.Write(unit, found, change);
    }

    /// <summary>Takes back what changed nothing of a case but its history, also where somebody did something since.</summary>
    /// <param name="version">The version that it made.</param>
    internal static async Task UndoHandled(Unit unit, string reference, int version, string member, Instant now)
    {
        if (await CaseRows.Find(unit, reference) is not { IsErased: false } found || await unit.EventOf(CaseRows.Stream(reference), version) is not { } handled) return;
        var after = found with { Version = found.Version + 1 };
        var undone = new CaseUndone(version, handled.Type, handled.Schema, handled.At, handled.Json, Actor.Worker);
        await CaseActions.Write(unit, found, new CaseChange(after, [EventJson.ToLog(undone, now)], new HistoryEntry(after.Version, now, "undone", member, null, after.Stage, null, null, null, 0, null, version), []));
    }

    // The reminder stands again where a reopening is taken back, unless it was sent before; it is forgotten where a closing is.
    static async Task Renew(Unit unit, PublishedServices services, CouncilFiles council, CouncilCase found, CouncilCase after)
    {
        if (found.IsOpen == after.IsOpen) return;
        var definition = (await services.Version(after.Service, after.DefinitionVersion)).Definition;
        if (definition.Renew is null || (after.Closed is { } closed && (await CaseRows.History(unit, after.Reference)).Any(h => h.Kind == "reminded" && h.At >= closed))) return;
        await RemindOfRenewal.Follow(unit, found, after, definition, (council.FindAuthority(after.Authority) ?? council.Authorities[0]).Calendar);
    }

    /// <summary>Whether an event of a case was taken back. Ask before telling anybody of it.</summary>
    /// <param name="version">The version of the event in the stream of its case.</param>
    public static async Task<bool> WasUndone(Session session, string reference, int version)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.Number($"select count(*) from case_history where reference = {reference} and undoes = {version}") > 0;
    }

    /// <summary>The same of several cases: which events of which of them were taken back.</summary>
    public static async Task<IReadOnlySet<(string Reference, int Version)>> Undone(Session session, IReadOnlyCollection<string> references)
    {
        ArgumentNullException.ThrowIfNull(session);
        return (await session.Query($"select reference, undoes from case_history where reference in ({new SqlKeys(references)}) and undoes is not null", row => (row.Text(0), row.Int(1)))).ToHashSet();
    }

    /// <summary>Erases what was kept of a case.</summary>
    internal static Task Erase(Unit unit, string reference) => unit.Execute($"delete from case_undo where reference = {reference}");

    /// <summary>Forgets what can no longer be taken back.</summary>
    public static Task<int> Forget(Unit unit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var over = now - Window;
        return unit.Execute($"delete from case_undo where at < {over}");
    }

    static Task<Kept?> Read(Session session, string reference) => session.First($"select version, at, by_member, before, type, schema, facts, beside from case_undo where reference = {reference}",
        row => new Kept(row.Int(0), row.Instant(1), row.Text(2), JsonSerializer.Deserialize<CouncilCase>(row.Text(3), EventJson.Options)!, row.Text(4), row.Int(5), row.Text(6))
        {
            Beside = row.TextOrNull(7) is { } beside ? JsonSerializer.Deserialize<Beside>(beside, EventJson.Options)! : Beside.Nothing,
        });
}
