using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>
/// Notes where those cases lie that were received before places were noted, so that they too are found near by. A portion a unit, remembered in the same
/// unit: a node that stops goes on where it was, and nobody waits for it.
/// </summary>
public sealed class FillPlaces(House house) : ITimerHandler
{
    public const string Timer = "fill-places";
    /// <summary>Cases looked at in one unit.</summary>
    public const int Portion = 100;
    const string Name = "places";

    public string Kind => Timer;

    /// <summary>Sets the timer while there is something to do; once it is done, never again.</summary>
    internal static async Task Begin(Unit unit, Instant now)
    {
        if (!await unit.First($"select done from filling where name = {Name}", row => row.Bool(0))) await unit.SetTimerIfNone(Timer, "", now);
    }

    public async Task Handle(Unit unit, string key, Instant due)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var behind = await unit.Number($"select number from filling where name = {Name}");
        var cases = await unit.Query($"select number, reference from council_case where number > {behind} order by number limit {Portion}", row => (Number: row.Long(0), Reference: row.Text(1)));
        foreach (var (_, reference) in cases) await Fill(unit, reference);
        var (reached, done) = (cases.Count > 0 ? cases[^1].Number : behind, cases.Count < Portion);
        await unit.Execute($"insert into filling (name, number, done) values ({Name}, {reached}, {done}) on conflict (name) do update set number = excluded.number, done = excluded.done");
        if (!done) await unit.SetTimer(Timer, key, Instant.Max(due, house.Now) + Duration.FromMilliseconds(1));
    }

    async Task Fill(Unit unit, string reference)
    {
        if (await unit.Number($"select count(*) from case_place where reference = {reference}") > 0) return;
        // Whoever closes or moves the case at this moment waits, or has done it: so the row says what is so.
        if (unit.Dialect == Dialect.Postgres) await unit.Number($"select number from council_case where reference = {reference} for update");
        if (await CaseRows.Find(unit, reference) is not { IsErased: false } found || await CaseRows.AnswersOf(unit, reference) is not { } stored) return;
        var definition = (await house.Services.Version(stored.Service, stored.Version)).Definition;
        var answers = AnswersJson.Read(definition, stored.Json);
        // The version of then may not have looked near by yet, where the one of today does.
        if (definition.Near is null && house.Services.Find(stored.Service)?.Definition is { Near: not null } newest) definition = newest;
        if (definition.Near is not { } near || answers[near.Question.Name] is not LocationAnswer location) return;
        await CasePlaces.Insert(unit, found, definition, answers, house.Council.Places.StreetOf(location));
    }
}
