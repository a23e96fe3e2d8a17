using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Moothall.Store.Log;
using NodaTime;

namespace Moothall.Store.Readers;

/// <summary>
/// Does effects whose time has come: claimed in a unit of its own, then done. A delivery is done outside any unit and its outcome written in a third; what is written in this database is done several
/// at once, in one unit with their outcomes.
/// A claim belongs to a run of a node: it is free when that node is dead, when that node begins another round (what it could not write down), or when it
/// has run out. The id stays the same, so the other side can tell a repeat.
/// </summary>
internal sealed class EffectWork(Database database, IReadOnlyDictionary<string, IEffect> effects, ReaderSettings settings, ILogger log, Func<string?> run)
{
    private const int MostAtOnce = 8;
    private static readonly SqlName Table = new("effect");

    // On SQLite there is one writer, and nobody else writes meanwhile.
    private readonly int mostInAUnit = database.Dialect == Dialect.Sqlite ? 4 : 32;

    /// <summary>Does one round; true when something was due.</summary>
    public async Task<bool> DoDue(CancellationToken cancel)
    {
        if (effects.Count == 0) return false;
        if (!await database.Read(async session => await Claims.Wait(session, Table, await session.Now(), run()), cancel)) return false;
        var (claimed, at) = await database.Commit(Claim, cancel);
        var round = new Round(await database.Read(session => LogReading.Events(session, [.. claimed.Select(c => (c.Stream, c.Version))]), cancel), at, Stopwatch.GetTimestamp());
        var work = claimed.GroupBy(c => c.Reader).SelectMany(of => effects[of.Key] is IWrittenEffect ? of.Chunk(mostInAUnit) : of.Chunk(1));
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel }, async (claims, stop) => await Do(claims, round, stop));
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

    private async Task Do(IReadOnlyList<Claimed> claims, Round round, CancellationToken cancel)
    {
        if (effects[claims[0].Reader] is not IWrittenEffect written || claims.Count == 1 || claims.Any(claim => WhyNot(claim, round) is not null))
        {
            foreach (var claim in claims) await DoAlone(claim, round, cancel);
            return;
        }
        try
        {
            await database.Commit(unit => Write(unit, written, claims, round), cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Whichever of them it was: the others are not held up by it.
            foreach (var claim in claims) await DoAlone(claim, round, cancel);
        }
    }

    // In one unit with how each ended.
    private async Task<bool> Write(Unit unit, IWrittenEffect written, IReadOnlyList<Claimed> claims, Round round)
    {
        var outcomes = await written.Write(unit, [.. claims.Select(claim => Due(claim, round))]);
        var now = await round.Now(unit);
        foreach (var (claim, outcome) in claims.Zip(outcomes, (claim, outcome) => (claim, Known(claim, outcome))))
        {
            LogWhereParked(claim, outcome);
            await unit.Add(Ended(claim, outcome, Next(claim, outcome, now), now), () => new ClaimLostException());
        }
        return true;
    }

    private async Task DoAlone(Claimed claim, Round round, CancellationToken cancel)
    {
        EffectOutcome outcome;
        try
        {
            if (WhyNot(claim, round) is { } whyNot) outcome = whyNot;
            else if (effects[claim.Reader] is IWrittenEffect written)
            {
                await database.Commit(unit => Write(unit, written, [claim], round), cancel);
                return;
            }
            else
            {
                var due = Due(claim, round);
                using var span = due.GoOn();
                outcome = await ((IDelivery)effects[claim.Reader]).Do(due, cancel);
            }
        }
        catch (ClaimLostException)
        {
            return;
        }
        catch (Exception error)
        {
            outcome = EffectOutcome.Failed(error.Message);
        }
        outcome = Known(claim, outcome);
        LogWhereParked(claim, outcome);
        await database.Commit(async unit =>
        {
            var now = await unit.Now();
            await unit.Execute(Ended(claim, outcome, Next(claim, outcome, now), now));
        }, CancellationToken.None);
    }

    // Why it is not to be done at all; null where it is.
    private EffectOutcome? WhyNot(Claimed claim, Round round) => !round.Events.ContainsKey((claim.Stream, claim.Version)) ? EffectOutcome.Parked($"{claim.Stream} has no version {claim.Version} any more.")
        : claim.Attempt > settings.MostAttempts ? EffectOutcome.Parked("The program ended in the middle of it too often.") : null;

    private static DueEffect Due(Claimed claim, Round round) => new(claim.Id, round.Events[(claim.Stream, claim.Version)], claim.Recipient, claim.Kind, claim.Attempt) { Reader = claim.Reader };

    // What failed at its last attempt waits for a person.
    private EffectOutcome Known(Claimed claim, EffectOutcome outcome) => outcome.State != EffectState.Waiting || claim.Attempt < settings.MostAttempts ? outcome
        : outcome.Why is { } why ? EffectOutcome.Parked(why) : EffectOutcome.Parked("It failed too often.");

    private Instant? Next(Claimed claim, EffectOutcome outcome, Instant now) => outcome.State == EffectState.Waiting ? now + settings.WaitAfter(claim.Attempt) : null;

    private void LogWhereParked(Claimed claim, EffectOutcome outcome)
    {
        if (outcome.State == EffectState.Parked)
            log.LogError("{Kind} to {Recipient} for {Stream} version {Version} was parked: {Why}", claim.Kind, claim.Recipient, claim.Stream, claim.Version, outcome.Why);
    }

    private static FormattableString Ended(Claimed claim, EffectOutcome outcome, Instant? next, Instant now) => $"""
        update effect set state = {Effects.Code(outcome.State)}, why = {outcome.Why}, next_try = {next}, claimed_by = null, changed = {now}
        where id = {claim.Id} and state = 'doing' and attempts = {claim.Attempt}
        """;
}
