using NodaTime;

namespace Moothall.Store;

/// <summary>A task that one node at a time is to do. The epoch grows with each new holder: write it along to fence off a late one.</summary>
public sealed record Lease(string Name, string Holder, long Epoch, Instant Until);

/// <summary>Leases by the clock of the database alone; the clocks of the nodes do not matter.</summary>
public sealed class Leases(Database database)
{
    /// <summary>Takes the lease when it is free, run out, or held by this holder already; null when another has it.</summary>
    public Task<Lease?> TryTake(string name, string holder, Duration length, CancellationToken cancel = default) => database.Commit(async unit =>
    {
        var now = await unit.Now();
        var until = now + length;
        var latest = now + (length * 2);
        return await unit.First($"""
            insert into lease (name, holder, epoch, until) values ({name}, {holder}, 1, {until})
            on conflict (name) do update set holder = excluded.holder, until = excluded.until,
              epoch = case when lease.holder = excluded.holder and lease.until > {now} then lease.epoch else lease.epoch + 1 end
              where lease.holder = excluded.holder or lease.until <= {now} or lease.until > {latest}
            returning epoch
            """, row => new Lease(name, holder, row.Long(0), until));
    }, cancel);

    /// <summary>Keeps the lease for longer; null when another has taken it meanwhile.</summary>
    public Task<Lease?> Renew(Lease lease, Duration length, CancellationToken cancel = default) => database.Commit(async unit =>
    {
        var until = await unit.Now() + length;
        var kept = await unit.Execute($"update lease set until = {until} where name = {lease.Name} and holder = {lease.Holder} and epoch = {lease.Epoch}");
        return kept == 1 ? lease with { Until = until } : null;
    }, cancel);

    /// <summary>Gives the lease back, so that another need not wait for its end.</summary>
    public Task Release(Lease lease) => database.Commit(async unit =>
    {
        var now = await unit.Now();
        await unit.Execute($"update lease set until = {now} where name = {lease.Name} and holder = {lease.Holder} and epoch = {lease.Epoch}");
    });
}
