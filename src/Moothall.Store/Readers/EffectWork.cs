using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Moothall.Store.Log;
using NodaTime;

namespace Moothall.Store.Readers;

/// <summary>
/// Does effects whose time has come: claimed in a unit of its own, done outside any unit, the outcome written in a third, or in the effect's own (<see cref="DueEffect.End"/>).
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
        var (claimed, at) = await database.Commit(Claim, cancel);
        var round = new Round(await database.Read(session => LogReading.Events(session, [.. claimed.Select(c => (c.Stream, c.Version))]), cancel), at, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel }, async (claim, stop) => await Do(claim, round, stop));
        return claimed.Count > 0;
    }

    private sealed record Claimed(long Id, string Reader, string Stream, int Version, string Recipient, string Kind, int Attempt);

    // The events of what was claimed, and when that was by the database's clock and by this node's.
    private sealed record Round(IReadOnlyDictionary<(string Stream, int Version), LogEvent> Events, Instant At, long Since)
    {
        public async Task<Instant> Now(Unit unit) => unit.Dialect == Dialect.Sqlite ? await unit.Now() : At + Duration.FromTimeSpan(Stopwatch.GetElapsedTime(Since));
    }

    private sealed class ClaimLostException() : Exception("The effect was taken by another node, or ended, while it was being done.");

    private async Task<(List<Claimed> Claimed, Instant At)> Claim(Unit unit)
    {
        var now = await unit.Now();
        var until = now + settings.Claim;
        var known = effects.Keys;
        var mine = run();
        await Claims.Free(unit, Table, now, mine);
        static Claimed Read(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.Int(3), row.Text(4), row.Text(5), row.Int(6));
        return (unit.Dialect == Dialect.Sqlite
            ? await unit.Query($"""
                update effect set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {mine}, changed = {now}
                where id in (select id from effect where next_try <= {now} and reader in ({known}) order by next_try, id limit 32)
                returning id, reader, stream, version, recipient, kind, attempts
                """, Read)
            : await unit.Query($"""
                update effect set state = 'doing', attempts = attempts + 1, next_try = {until}, claimed_by = {mine}, changed = {now}
                where id in (select id from effect where next_try <= {now} and reader in ({known}) order by next_try, id limit 32 for update skip locked)
                returning id, reader, stream, version, recipient, kind, attempts
                """, Read), now);
    }

    private async Task Do(Claimed claim, Round round, CancellationToken cancel)
    {
        EffectOutcome outcome;
        EffectOutcome? ended = null;
        Activity? span = null;
        try
        {
            var e = round.Events.GetValueOrDefault((claim.Stream, claim.Version));
            span = Signals.GoOn("effect " + claim.Reader, ActivityKind.Consumer, e?.Trace);
            outcome = e is null ? EffectOutcome.Parked($"{claim.Stream} has no version {claim.Version} any more.")
                : claim.Attempt > settings.MostAttempts ? EffectOutcome.Parked("The program ended in the middle of it too often.")
                : await effects[claim.Reader].Do(new DueEffect(claim.Id, e, claim.Recipient, claim.Kind, claim.Attempt) { Note = Note }, cancel);
        }
        catch (ClaimLostException)
        {
            return;
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
        // Only what was done, or was nothing to be done, can have been written down already.
        if (!ReferenceEquals(outcome, ended)) await database.Commit(unit => Write(unit, claim, outcome), CancellationToken.None);

        async Task Note(Unit unit, EffectOutcome end)
        {
            if (end.State is not (EffectState.Done or EffectState.NotSent)) return;
            ended = end;
            await unit.Add(Ended(claim, end, null, await round.Now(unit)), () => new ClaimLostException());
        }
    }

    private async Task Write(Unit unit, Claimed claim, EffectOutcome outcome)
    {
        var now = await unit.Now();
        await unit.Execute(Ended(claim, outcome, outcome.State == EffectState.Waiting ? now + settings.WaitAfter(claim.Attempt) : null, now));
    }

    private static FormattableString Ended(Claimed claim, EffectOutcome outcome, Instant? next, Instant now) => $"""
        update effect set state = {Effects.Code(outcome.State)}, why = {outcome.Why}, next_try = {next}, claimed_by = null, changed = {now}
        where id = {claim.Id} and state = 'doing' and attempts = {claim.Attempt}
        """;
}
