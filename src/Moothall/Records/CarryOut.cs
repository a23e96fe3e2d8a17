using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>One kind of rows that a module erases for a case, in the caller's unit. A module with rows about a case has a line in <see cref="House.Erasers"/>.</summary>
public sealed record Eraser(string What, Func<Unit, CouncilCase, Task<int>> Erase);

/// <summary>Rows that go by their own age and belong to no case: what they are, under which rule, and the command that takes them away.</summary>
public sealed record Expiry(string What, string Rule, Func<Unit, Instant, HeldNow, Task<int>> Erase);

/// <summary>
/// Carries a list out when it has stood long enough: each case is looked at again by the rules and holds of that moment, erased by every module, and its line
/// says how much went. A few cases a unit.
/// </summary>
public static class CarryOut
{
    const int Portion = 20;

    /// <summary>One portion; true when the list is done or there is nothing to do with it.</summary>
    public static async Task<bool> Step(Unit unit, House house, string listId, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        if (await RecordLists.Find(unit, listId) is not { State: "standing" } list || list.Due > now) return true;
        var lines = await RecordLists.Listed(unit, list.Id, Portion);
        if (lines.Count == 0)
        {
            var gone = await RecordLists.Close(unit, list, now);
            await Register.Add(unit, AuditBy.Rule, "carried-out", null, list.Id, gone, now);
            return true;
        }
        var held = await Holds.Now(unit);
        foreach (var line in lines) await RecordLists.Mark(unit, await Do(unit, house, line, held, now));
        return false;
    }

    static async Task<ListLine> Do(Unit unit, House house, ListLine line, HeldNow held, Instant now)
    {
        if (LooseKind.Of(house, line.Reference) is { } loose) return await loose.Do(unit, house, line, held, now);
        ListLine Kept(string why) => line with { State = "kept", What = why };
        if (await CaseQueries.Find(unit, line.Reference) is not { } found || found.IsErased) return Kept("gone already");
        if (found.Closed is not { } closed) return Kept("opened again");
        if (held.Holds(found.Reference, found.Service)) return Kept("held");
        if (house.Services.Find(found.Service) is not { } published) return Kept("no rule");
        var rule = KeepRule.Of(published.Definition);
        var zone = (house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0]).Calendar.Zone;
        if (!rule.IsOver(rule.Since(found.Received, closed, zone), now.InZone(zone).Date)) return Kept("kept longer now");
        return await Erase(unit, house, line with { Rule = rule.Words }, found, "keep", Actor.Rule, now);
    }

    /// <summary>Has every module erase what it has of a case, and says how much went.</summary>
    internal static async Task<ListLine> Erase(Unit unit, House house, ListLine line, CouncilCase found, string reason, Actor by, Instant now)
    {
        var erased = await EraseCase.Erase(unit, found.Reference, reason, line.Rule, line.List, by, now);
        if (erased.Value is not { } amounts) return line with { State = "kept", What = "opened again" };
        var all = amounts.ToList();
        foreach (var eraser in house.Erasers) all.Add(new ErasedAmount(eraser.What, await eraser.Erase(unit, found)));
        return line with { State = "gone", What = string.Join(", ", all.Where(a => a.Count > 0).Select(a => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{a.What} {a.Count}"))) };
    }

    /// <summary>What goes by its own age, with a certificate of its own when anything went.</summary>
    public static async Task Expire(Unit unit, House house, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        var today = now.InZone(house.Council.Authorities[0].Calendar.Zone).Date;
        var list = new RecordList(Holds.NewId("LIST"), "expired", "standing", now, now, null, null, null, null, null);
        var lines = new List<ListLine>();
        var held = await Holds.Now(unit);
        foreach (var expiry in house.Expiries)
            if (await expiry.Erase(unit, now, held) is > 0 and var count)
                lines.Add(new ListLine(list.Id, expiry.What, "", "", expiry.Rule, today, "gone", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{expiry.What} {count}")));
        foreach (var published in house.Services.All)
        {
            var rule = KeepRule.Of(published.Definition);
            var before = house.Council.Authorities[0].Calendar.Zone.AtStartOfDay(rule.Latest(today).PlusDays(-8)).ToInstant();
            if (await Contact.FeedbackWords.Erase(unit, published.Definition.Name, before) is > 0 and var words)
                lines.Add(new ListLine(list.Id, $"feedback-words/{published.Definition.Name}", published.Definition.Name, "", rule.Words, today, "gone", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"words {words}")));
        }
        if (lines.Count == 0) return;
        await RecordLists.Insert(unit, list);
        foreach (var line in lines) await RecordLists.Insert(unit, line);
        await RecordLists.Close(unit, list, now);
        await Register.Add(unit, AuditBy.Rule, "expired", null, list.Id, 0, now);
    }
}

/// <summary>Each night at two, in the first authority's zone: lists are made, and what expired goes.</summary>
public sealed class KeepNightly(House house) : ITimerHandler
{
    public const string Timer = "keep-nightly";
    public string Kind => Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var now = house.Now;
        if (!await MakeList.Step(unit, house, now))
        {
            await unit.SetTimer(Timer, key, Soon(due, now));
            return;
        }
        await CarryOut.Expire(unit, house, now);
        await unit.SetTimer(Timer, key, NextNight(now, house.Council.Authorities[0].Calendar.Zone));
    }

    /// <summary>The next two o'clock; an hour that the clock leaves out in spring is the next there is.</summary>
    public static Instant NextNight(Instant now, DateTimeZone zone)
    {
        var local = now.InZone(zone);
        var day = local.TimeOfDay < new LocalTime(2, 0) ? local.Date : local.Date.PlusDays(1);
        return zone.AtLeniently(day + new LocalTime(2, 0)).ToInstant();
    }

    /// <summary>At once, but never the same time as before: a timer set to the same time is forgotten with the one that ran.</summary>
    internal static Instant Soon(Instant due, Instant now) => Instant.Max(due, now) + Duration.FromMilliseconds(1);
}

/// <summary>When a list has stood long enough, it is carried out.</summary>
public sealed class CarryOutLists(House house) : ITimerHandler
{
    public const string Timer = "keep-carry-out";
    public string Kind => Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var now = house.Now;
        if (!await CarryOut.Step(unit, house, key, now)) await unit.SetTimer(Timer, key, KeepNightly.Soon(due, now));
        else if (await RecordLists.Find(unit, key) is { State: "standing" } list) await unit.SetTimer(Timer, key, list.Due);
    }
}
