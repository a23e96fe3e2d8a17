using Moothall.Council;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Identity;

/// <summary>
/// Each minute, on whichever node the timer falls to: what was noted is sealed, a batch a unit; and what is personal in entries older than six years is erased, some at a time, but not of
/// members of staff who are held.
/// </summary>
public sealed class SealAudit(House house) : ITimerHandler
{
    public const string Timer = "seal-audit";
    public static readonly Duration Every = Duration.FromMinutes(1);
    public string Kind => Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var now = house.Now;
        var more = await AuditSeal.Step(unit, now, house.Council.Authorities[0].Calendar.Zone) || await EraseOld(unit, now);
        await unit.SetTimer(Timer, key, more ? KeepNightly.Soon(due, now) : Instant.Max(now, due) + Every);
    }

    async Task<bool> EraseOld(Unit unit, Instant now)
    {
        var before = house.Council.Authorities[0].Calendar.Zone.AtStartOfDay(now.InUtc().Date.PlusYears(-AuditErasing.YearsKept)).ToInstant();
        foreach (var authority in house.Council.Authorities.Select(a => a.Id).Append(""))
        {
            if (!await AuditErasing.AnyOlder(unit, authority, before)) continue;
            var held = await Holds.Now(unit);
            if (await AuditErasing.Older(unit, authority, before, [.. house.Council.Members.Values.Where(m => IsHeld(held, m)).Select(m => m.Id)], now) > 0) return true;
        }
        return false;
    }

    static bool IsHeld(HeldNow held, Member member) =>
        held.People.Any(p => string.Equals(p, member.Id, StringComparison.OrdinalIgnoreCase) || string.Equals(p, member.Email, StringComparison.OrdinalIgnoreCase) || string.Equals(p, member.Name, StringComparison.OrdinalIgnoreCase));
}
