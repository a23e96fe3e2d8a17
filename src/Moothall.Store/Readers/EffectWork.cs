using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Moothall.Store.Log;
using NodaTime;

namespace Moothall.Store.Readers;

/// <summary>
/// Does effects whose time has come: claimed in a unit of its own, done outside any unit, the outcome written in a third.
/// A claim belongs to a run of a node: it is free when that node is dead, when that node begins another round (what it could not write down), or when it
/// has run out. The id stays the same, so the other side can tell a repeat.
/// </summary>
internal sealed class EffectWork(Database database, IReadOnlyDictionary<string, IEffect> effects, ReaderSettings settings, ILogger log, Func<string?> run)
{
    private const int MostAtOnce = 8;
    private static readonly SqlName Table = new("effect");

    /// <summary>Does one round; true when something was due.</summary>
    public async Task<bool> DoDue(CancellationToken cancel)
    {
        if (effects.Count == 0) return false;
        if (!await database.Read(async session => await Claims.Wait(session, Table, await session.Now(), run()), cancel)) return false;
        var claimed = await database.Commit(Claim, cancel);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel }, async (claim, stop) => await Do(claim, stop));
        return claimed.Count > 0;
    }

    private sealed record Claimed(long Id, string Reader, string Stream, int Version, string Recipient, string Kind, int Attempt);

    private async Task<List<Claimed>> Claim(Unit unit)
    {
        var now = await unit.Now();
        var until = now + settings.Claim;
        var known = effects.Keys;
        var mine = run();
        await Claims.Free(unit, Table, now, mine);
        static Claimed Read(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.Int(3), row.Text(4), row.Text(5), row.Int(6));
        return unit.Dialect == Dialect.Sqlite
            ? await unit.Query($"""
                update effect set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {mine}, changed = {now}
                where id in (select id from effect where next_try <= {now} and reader in ({known}) order by next_try, id limit 32)
                returning id, reader, stream, version, recipient, kind, attempts
                """, Read)
            : await unit.Query($"""
                update effect set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {mine}, changed = {now}
                where id in (select id from effect where next_try <= {now} and reader in ({known}) order by next_try, id limit 32 for update skip locked)
                returning id, reader, stream, version, recipient, kind, attempts
                """, Read);
    }

    private async Task Do(Claimed claim, CancellationToken cancel)
    {
        EffectOutcome outcome;
        Activity? span = null;
        try
        {
            var e = await database.Read(session => LogReading.Event(session, claim.Stream, claim.Version), cancel);
            span = Signals.GoOn("effect " + claim.Reader, ActivityKind.Consumer, e?.Trace);
            outcome = e is null ? EffectOutcome.Parked($"{claim.Stream} has no version {claim.Version} any more.")
                : claim.Attempt > settings.MostAttempts ? EffectOutcome.Parked("The program ended in the middle of it too often.")
                : await effects[claim.Reader].Do(new DueEffect(claim.Id, e, claim.Recipient, claim.Kind, claim.Attempt), cancel);
        }
        catch (Exception error)
        {
            outcome = EffectOutcome.Failed(error.Message);
        }
        finally
        {
            span?.Dispose();
        }
        if (outcome.State == EffectState.Waiting && claim.Attempt >= settings.MostAttempts)
            outcome = outcome.Why is { } why ? EffectOutcome.Parked(why) : EffectOutcome.Parked("It failed too often.");
        if (outcome.State == EffectState.Parked)
            log.LogError("{Kind} to {Recipient} for {Stream} version {Version} was parked: {Why}", claim.Kind, claim.Recipient, claim.Stream, claim.Version, outcome.Why);
        await database.Commit(unit => Write(unit, claim, outcome), CancellationToken.None);
    }

    private async Task Write(Unit unit, Claimed claim, EffectOutcome outcome)
    {
        var now = await unit.Now();
        Instant? next = outcome.State == EffectState.Waiting ? now + settings.WaitAfter(claim.Attempt) : null;
        await unit.Execute($"""
            update effect set state = {Effects.Code(outcome.State)}, why = {outcome.Why}, next_try = {next}, claimed_by = null, changed = {now}
            where id = {claim.Id} and state = 'doing' and attempts = {claim.Attempt}
            """);
    }
}
