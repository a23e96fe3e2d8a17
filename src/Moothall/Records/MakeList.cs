using System.Text.Json;
using Moothall.Cases;
using Moothall.Store;
using NodaTime;

namespace Moothall.Records;

/// <summary>
/// Puts the cases whose time is over on a list, and what belongs to no case after them, a few hundred a unit, so that nobody waits: the list remembers how far it has
/// come. What is held, or stands on a list already, is passed over.
/// </summary>
public static class MakeList
{
    /// <summary>Cases looked at in one unit.</summary>
    const int Portion = 200;

    /// <summary>How far a list has come. Behind all services come the kinds of records that belong to no case, with the key of the last one.</summary>
    sealed record Place(string Service, string? Authority, Instant From, long Number)
    {
        public string? Kind { get; init; }
        public string After { get; init; } = "";
    }

    /// <summary>One portion; true when all has been looked at and the list, if anything is on it, stands.</summary>
    public static async Task<bool> Step(Unit unit, House house, Instant now)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        var services = house.Services.All.Select(p => p.Definition).OrderBy(d => d.Name, StringComparer.Ordinal).ToList();
        var making = (await RecordLists.In(unit, "making")).FirstOrDefault();
        var before = making?.Place;
        var place = before is null ? null : JsonSerializer.Deserialize<StoredPlace>(before)!.ToPlace();
        var held = await Holds.Now(unit);
        while (true)
        {
            var definition = services.Find(d => string.CompareOrdinal(d.Name, place?.Service ?? "") >= 0);
            if (definition is null) return await Loose(unit, house, making, before, place, held, now);
            if (place?.Service != definition.Name) place = new Place(definition.Name, null, EarliestKept, 0);
            var authority = place.Authority ?? await EraseCase.NextAuthority(unit, definition.Name, "");
            if (authority is null || held.Services.Contains(definition.Name))
            {
                place = Behind(definition.Name);
                continue;
            }
            var rule = KeepRule.Of(definition);
            var zone = (house.Council.FindAuthority(authority) ?? house.Council.Authorities[0]).Calendar.Zone;
            var today = now.InZone(zone).Date;
            var from = place.Authority is null ? EarliestKept : place.From;
            var cases = await EraseCase.Ended(unit, definition.Name, authority, rule.ByReceipt, zone.AtStartOfDay(rule.Latest(today)).ToInstant(), from, place.Number, Portion);
            var open = cases.Count == 0 ? [] : await RecordLists.OnOpenLists(unit, [.. cases.Select(c => c.Reference)]);
            var due = cases.Where(c => rule.IsOver(rule.Since(c.Received, c.Closed, zone), today) && !held.References.Contains(c.Reference) && !open.Contains(c.Reference)).ToList();
            place = cases.Count == Portion ? new Place(definition.Name, authority, rule.ByReceipt ? cases[^1].Received : cases[^1].Closed, cases[^1].Number)
                : await EraseCase.NextAuthority(unit, definition.Name, authority) is { } next ? new Place(definition.Name, next, EarliestKept, 0)
                : Behind(definition.Name);
            if (cases.Count == 0) continue;
            if (making is null && (due.Count > 0 || cases.Count == Portion)) making = await Begin(unit, now);
            foreach (var c in due)
                await RecordLists.Insert(unit, new ListLine(making!.Id, c.Reference, c.Service, c.Authority, rule.Words, rule.Since(c.Received, c.Closed, zone), "listed", null));
            if (making is null || (due.Count == 0 && cases.Count < Portion)) continue;
            await Remember(unit, making, before, place);
            return false;
        }
    }

    // What belongs to no case: kind by kind, a portion a unit.
    static async Task<bool> Loose(Unit unit, House house, RecordList? making, string? before, Place? place, HeldNow held, Instant now)
    {
        var kinds = house.LooseKinds;
        var zone = house.Council.Authorities[0].Calendar.Zone;
        var (index, after) = place?.Kind is { } reached ? (kinds.TakeWhile(k => k.Prefix != reached).Count(), place.After) : (0, "");
        for (; index < kinds.Count; (index, after) = (index + 1, ""))
        {
            var kind = kinds[index];
            var found = await kind.Over(unit, house, held, now, after, Portion);
            if (found.Count == 0) continue;
            var open = await RecordLists.OnOpenLists(unit, [.. found.Select(f => kind.Prefix + f.Key)]);
            foreach (var one in found.Where(f => !f.IsHeld && !held.References.Contains(kind.Prefix + f.Key) && !open.Contains(kind.Prefix + f.Key)))
            {
                making ??= await Begin(unit, now);
                await RecordLists.Insert(unit, new ListLine(making.Id, kind.Prefix + one.Key, "", one.Authority, one.Rule, one.Since.InZone(zone).Date, "listed", one.Note));
            }
            if (found.Count < Portion) continue;
            making ??= await Begin(unit, now);
            await Remember(unit, making, before, Behind("~") with { Kind = kind.Prefix, After = found[^1].Key });
            return false;
        }
        if (making is not null) await Stand(unit, making, now + Duration.FromDays(house.Council.ListStandsDays));
        return true;
    }

    static async Task<RecordList> Begin(Unit unit, Instant now)
    {
        var making = new RecordList(Holds.NewId("LIST"), "keep", "making", now, now, null, null, null, null, null);
        await RecordLists.Insert(unit, making);
        return making;
    }

    static async Task Remember(Unit unit, RecordList making, string? before, Place place)
    {
        var written = JsonSerializer.Serialize(StoredPlace.Of(place));
        if (await unit.Execute($"update record_list set place = {written} where id = {making.Id} and coalesce(place, '') = {before ?? ""}") == 0)
            throw new StoreConflictException("Another made this list meanwhile.");
    }

    // Sorts behind the name itself and before every other name that begins so.
    static Place Behind(string service) => new(service + "\u0001", null, EarliestKept, 0);

    static readonly Instant EarliestKept = Instant.FromUtc(1900, 1, 1, 0, 0);

    sealed record StoredPlace(string Service, string? Authority, long Ticks, long Number)
    {
        public string? Kind { get; init; }
        public string? After { get; init; }
        public static StoredPlace Of(Place p) => new(p.Service, p.Authority, p.From.ToUnixTimeTicks(), p.Number) { Kind = p.Kind, After = p.After };
        public Place ToPlace() => new(Service, Authority, Instant.FromUnixTimeTicks(Ticks), Number) { Kind = Kind, After = After ?? "" };
    }

    static async Task Stand(Unit unit, RecordList list, Instant due)
    {
        if (await unit.Number($"select count(*) from (select 1 from record_line where list = {list.Id} limit 1) as found") == 0)
        {
            await unit.Execute($"delete from record_list where id = {list.Id} and state = 'making'");
            return;
        }
        await unit.Execute($"update record_list set state = 'standing', due = {due}, place = null where id = {list.Id} and state = 'making'");
        await unit.SetTimer(CarryOutLists.Timer, list.Id, due);
    }
}
