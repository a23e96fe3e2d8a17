using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Notes where those cases lie that were received before places were noted, so that they too are found near by.</summary>
public sealed class FillPlaces(House house) : FillCases(house)
{
    public const string Timer = "fill-places";
    const string OwnName = "places";

    protected override string Name => OwnName;
    public override string Kind => Timer;

    internal static Task Begin(Unit unit, Instant now) => Begin(unit, Timer, OwnName, now);

    protected override async Task Fill(Unit unit, string reference)
    {
        if (await unit.Number($"select count(*) from case_place where reference = {reference}") > 0) return;
        // Whoever closes or moves the case at this moment waits, or has done it: so the row says what is so.
        if (unit.Dialect == Dialect.Postgres) await unit.Number($"select number from council_case where reference = {reference} for update");
        if (await CaseRows.Find(unit, reference) is not { IsErased: false } found || await CaseRows.AnswersOf(unit, reference) is not { } stored) return;
        var definition = (await House.Services.Version(stored.Service, stored.Version)).Definition;
        var answers = AnswersJson.Read(definition, stored.Json);
        // The version of then may not have looked near by yet, where the one of today does.
        if (definition.Near is null && House.Services.Find(stored.Service)?.Definition is { Near: not null } newest) definition = newest;
        if (definition.Near is not { } near || answers[near.Question.Name] is not LocationAnswer location) return;
        await CasePlaces.Insert(unit, found, definition, answers, House.Council.Places.StreetOf(location));
    }
}
