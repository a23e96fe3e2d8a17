using System.Text.Json;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// Does one thing to many cases: each by the same rules as alone and over the version that was seen, so one that cannot be done leaves the others. More
/// than one's own cases are a team leader's.
/// </summary>
public static class BulkActs
{
    /// <summary>What would happen to each case; nothing is written. Cases that the person may not read are left out.</summary>
    public static async Task<IReadOnlyList<BulkForecast>> Preview(Session session, House house, BulkOrder order, IReadOnlyList<string> references, Caller by)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(by);
        var asked = references.Distinct(StringComparer.Ordinal).Take(Bulk.Most).ToList();
        var found = (await CaseRows.Find(session, asked)).ToDictionary(c => c.Reference);
        var forecast = new List<BulkForecast>();
        var looked = 0;
        foreach (var reference in asked)
        {
            if (!found.TryGetValue(reference, out var @case) || !Rights.May(by, Right.ReadCases, @case.Authority, @case.Team, @case.Service)) continue;
            if (MayNot(@case, order, by) is { } no)
            {
                forecast.Add(new BulkForecast(@case, null, no));
                continue;
            }
            var ahead = await CaseActions.Look(session, house.Services, house.Council, Command(order, new BulkPick(reference, @case.Version), by), house.Now);
            var tells = ahead.Value is not { } done ? null : !TellingAhead.MayTell(house, done.Change) ? ToldAhead.Nobody
                : looked++ < Bulk.MostTold ? (await TellingAhead.Of(session, house, @case)).Of(done.Change, done.Situation.Definition) : null;
            forecast.Add(new BulkForecast(@case, ahead.Value?.Change.After, ahead.Refusal) { Tells = tells, CameTo = ahead.Value is { } would ? await CaseActions.CameTo(session, house.Services, house.Council, would) : null });
        }
        return forecast;
    }

    /// <summary>Takes the order down, does the first cases at once, and leaves the others to <see cref="BulkWork"/>; the order's id.</summary>
    public static async Task<Result<string>> Begin(Unit unit, House house, BulkOrder order, IReadOnlyList<BulkPick> picks, Caller by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(picks);
        ArgumentNullException.ThrowIfNull(by);
        if (!Rights.HasRole(by, Right.WorkCases)) return Refusal.NotAllowed;
        if (picks.Count is 0 or > Bulk.Most) return Refusal.Invalid("Choose between 1 and {most} cases.", ("most", Bulk.Most));
        var (id, now, choices) = (Guid.CreateVersion7().ToString("n"), house.Now, JsonSerializer.Serialize(order.Choices));
        await unit.Execute($"insert into bulk (id, at, by_member, action, choices, note) values ({id}, {now}, {by.Id}, {order.Action}, {choices}, {order.Note})");
        foreach (var (position, pick) in picks.DistinctBy(p => p.Reference).OrderBy(p => p.Reference, StringComparer.Ordinal).Index())
            await unit.Execute($"insert into bulk_case (bulk, position, reference, seen_version, state) values ({id}, {position}, {pick.Reference}, {pick.SeenVersion}, 'waiting')");
        await Work(unit, house, id, 0);
        for (var chunk = 1; chunk * Bulk.Chunk < picks.Count; chunk++) await unit.SetTimer(BulkWork.Timer, $"{id}/{chunk}", now);
        await unit.SetTimer(BulkWork.Timer, $"{id}/end", now + Bulk.Life);
        return id;
    }

    /// <summary>Does the cases of one chunk that are still to be done.</summary>
    internal static async Task Work(Unit unit, House house, string id, int chunk)
    {
        if (await Head(unit, id) is not { } bulk) return;
        var (first, end) = (chunk * Bulk.Chunk, (chunk + 1) * Bulk.Chunk);
        var lines = await unit.Query($"select position, reference, seen_version from bulk_case where bulk = {id} and position >= {first} and position < {end} and state = 'waiting' order by position",
            row => (Position: row.Int(0), Pick: new BulkPick(row.Text(1), row.Int(2))));
        var by = StaffSessions.AsKnown(house.Council, bulk.ByMember, house.Now);
        foreach (var (position, pick) in lines)
        {
            var done = await One(unit, house, bulk.Order, pick, by);
            var (state, version, why) = done.Value is { } after ? ("done", (int?)after.Version, (string?)null) : ("failed", null, done.Refusal!.Message.ToText());
            await unit.Execute($"update bulk_case set state = {state}, done_version = {version}, why = {why} where bulk = {id} and position = {position}");
        }
    }

    static async Task<Result<CouncilCase>> One(Unit unit, House house, BulkOrder order, BulkPick pick, Caller by)
    {
        if (await CaseRows.Find(unit, pick.Reference) is not { } found) return Refusal.NotFound;
        return MayNot(found, order, by) ?? await CaseActions.Act(unit, house.Services, house.Council, Command(order, pick, by), house.Now);
    }

    /// <summary>An order and how far it has come, for whoever gave it; null for anybody else, and when it is gone.</summary>
    public static async Task<Bulk?> Find(Session session, string id, string member)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await Head(session, id) is { } bulk && bulk.ByMember == member
            ? bulk with { Lines = await session.Query($"select reference, seen_version, state, done_version, why from bulk_case where bulk = {id} order by position",
                row => new BulkLine(row.Text(0), row.Int(1), row.Text(2), row.IntOrNull(3), row.TextOrNull(4) is { } why ? Message.FromText(why) : null)) }
            : null;
    }

    /// <summary>The newest change of each case that was left because somebody else had changed it after the preview.</summary>
    public static async Task<IReadOnlyDictionary<string, HistoryEntry>> ChangedSince(Session session, Bulk bulk)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bulk);
        var since = new Dictionary<string, HistoryEntry>(StringComparer.Ordinal);
        foreach (var line in bulk.Lines.Where(l => l.State == "failed").Take(Bulk.Chunk))
            if (await CaseRows.Newest(session, line.Reference) is { } newest && newest.Version > line.SeenVersion) since[line.Reference] = newest;
        return since;
    }

    /// <summary>Takes back some of the cases that were done, each by the rules of <see cref="UndoCase"/>; how many, and for which it was too late.</summary>
    public static async Task<IReadOnlyList<BulkLine>> Undo(Unit unit, House house, Bulk bulk, IReadOnlyCollection<string> references, Caller by)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(bulk);
        var after = new List<BulkLine>();
        foreach (var line in bulk.Lines.Where(l => l.State == "done" && references.Contains(l.Reference)))
        {
            var undone = await UndoCase.Undo(unit, house.Services, house.Council, line.Reference, line.DoneVersion!.Value, by, house.Now);
            var now = undone.IsDone ? line with { State = "undone" } : line with { Why = undone.Refusal!.Message };
            await unit.Execute($"update bulk_case set state = {now.State}, why = {now.Why?.ToText()} where bulk = {bulk.Id} and reference = {line.Reference}");
            after.Add(now);
        }
        return after;
    }

    /// <summary>Forgets an order when its day is over; earlier it waits on.</summary>
    internal static async Task Forget(Unit unit, House house, string id)
    {
        if (await Head(unit, id) is not { } bulk) return;
        if (house.Now < bulk.At + Bulk.Life)
        {
            await unit.SetTimer(BulkWork.Timer, $"{id}/end", house.Now + Bulk.Life);
            return;
        }
        await unit.Execute($"delete from bulk_case where bulk = {id}");
        await unit.Execute($"delete from bulk where id = {id}");
    }

    /// <summary>
    /// Erases a case from the orders it was in, with their notes: a note is about each of its cases. What an order had still to do with its note is left undone and
    /// says so.
    /// </summary>
    internal static async Task Erase(Unit unit, string reference)
    {
        var orders = await unit.Query($"select bulk from bulk_case where reference = {reference}", row => row.Text(0));
        if (orders.Count == 0) return;
        await unit.Execute($"delete from bulk_case where reference = {reference}");
        var why = Refusal.Invalid("The note of this order was deleted with the record of one of its cases. Do it again with a new note.").Message.ToText();
        await unit.Execute($"update bulk_case set state = 'failed', why = {why} where bulk in ({orders}) and state = 'waiting' and bulk in (select id from bulk where note is not null)");
        await unit.Execute($"update bulk set note = null where id in ({orders})");
    }

    static Refusal? MayNot(CouncilCase @case, BulkOrder order, Caller by) =>
        order.Action is "ask-customer" or "withdraw" or "reopen" ? Refusal.Invalid("This is done case by case.")
        : @case.Assigned == by.Id || Rights.May(by, Right.LeadTeam, @case.Authority, @case.Team, @case.Service) ? null
        : Refusal.Invalid("It is not assigned to you, and you do not lead its team. Ask its team leader.");

    static ActOnCase Command(BulkOrder order, BulkPick pick, Caller by) => new()
    {
        Reference = pick.Reference, Action = order.Action, SeenVersion = pick.SeenVersion, Values = order.Choices, Note = order.Note, By = by,
        // What asks questions is done case by case: they stay unanswered here, so its refusal says which.
        Answers = (questions, _) => (Answers.None, [.. questions.Select(q => new Fault(q.Name, q.Name, new Message("It asks “{question}”. Do it case by case.", ("question", q.Text))))]),
    };

    static Task<Bulk?> Head(Session session, string id) => session.First($"select id, at, by_member, action, choices, note from bulk where id = {id}", row => new Bulk(row.Text(0), row.Instant(1), row.Text(2),
        new BulkOrder(row.Text(3), JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(4))!, row.TextOrNull(5)), []));
}

/// <summary>Does the rest of large orders, a chunk at a time, and forgets each after a day.</summary>
public sealed class BulkWork(House house) : ITimerHandler
{
    public const string Timer = "bulk";
    public string Kind => Timer;

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (id, what) = key.Split('/') is [var first, var second] ? (first, second) : (key, "end");
        if (int.TryParse(what, System.Globalization.CultureInfo.InvariantCulture, out var chunk)) await BulkActs.Work(unit, house, id, chunk);
        else await BulkActs.Forget(unit, house, id);
    }
}
