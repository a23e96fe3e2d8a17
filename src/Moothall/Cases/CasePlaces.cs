using System.Globalization;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>An open case near a place, as anybody may see it: how far it is, since when it is known, and what it waits for. Nothing that opens it.</summary>
/// <param name="Id">Names it on a page; it opens nothing.</param>
/// <param name="Metres">How far away it is; null where only the street is known to be the same.</param>
/// <param name="Now">What is happening with it, in the resident's words.</param>
public sealed record NearCase(string Id, Instant Received, int? Metres, string Now);

/// <summary>An open case near another, as staff see it on a map.</summary>
public sealed record CaseAround(CouncilCase Case, double Latitude, double Longitude, int Metres);

/// <summary>
/// Where open cases lie, by squares of the map and by streets, so that a report of the same thing is found before it is sent twice. The rows go with the
/// case.
/// </summary>
public static class CasePlaces
{
    /// <summary>Most cases shown at once.</summary>
    public const int Most = 5;
    const int MostRead = 100;
    // A square of the map: about 220 metres from south to north, and about as much from west to east in these latitudes.
    const double Rows = 500, Columns = 300;
    const double MetresADegree = 111_320;

    /// <summary>Open cases of a service near a place, the nearest first, then those of the same street.</summary>
    /// <param name="street">The key of the street it names, where one is known.</param>
    public static async Task<IReadOnlyList<NearCase>> Near(Session session, PublishedServices services, string service, LocationAnswer location, string? street, int metres, string language)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(location);
        List<Found> shown = [.. (await Find(session, service, location, street, metres, Most)).DistinctBy(f => f.Id).Take(Most)];
        if (shown.Count == 0) return [];
        List<string> references = [.. shown.Select(f => f.Reference)];
        var stages = (await session.Query($"select reference, service, definition_version, stage from council_case where reference in ({references})",
            row => (Reference: row.Text(0), Service: row.Text(1), Version: row.Int(2), Stage: row.Text(3)))).ToDictionary(c => c.Reference, StringComparer.Ordinal);
        var near = new List<NearCase>();
        foreach (var one in shown)
        {
            if (!stages.TryGetValue(one.Reference, out var at)) continue;
            var definition = (await services.Version(at.Service, at.Version)).Definition;
            near.Add(new NearCase(one.Id, one.Received, one.Metres, CaseQueries.StageWords(definition, at.Stage, language)));
        }
        return near;
    }

    /// <summary>Whether there is an open case near a place at all, by where they lie alone: without reading any of them.</summary>
    public static async Task<bool> IsAnyNear(Session session, string service, LocationAnswer location, string? street, int metres)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(location);
        return (await Find(session, service, location, street, metres, 1)).Count > 0;
    }

    // What lies near a place: all within the distance, and some of the street.
    static async Task<List<Found>> Find(Session session, string service, LocationAnswer location, string? street, int metres, int mostOfStreet)
    {
        var found = new List<Found>();
        if (location is { Latitude: { } latitude, Longitude: { } longitude })
        {
            var cells = CellsAround(latitude, longitude, metres);
            var there = await session.Query($"""
                select id, received, latitude, longitude, reference from case_place
                where status = 'open' and service = {service} and cell in ({cells}) order by received desc limit {MostRead}
                """, row => new Found(row.Text(4), row.Text(0), row.Instant(1), Distance(latitude, longitude, row.Double(2), row.Double(3))));
            found.AddRange(there.Where(f => f.Metres <= metres).OrderBy(f => f.Metres));
        }
        if (street is not null)
        {
            // Where a point is given, those of the street that have one were looked at above.
            var withPoint = location.Latitude is null;
            found.AddRange(await session.Query($"""
                select id, received, reference from case_place
                where status = 'open' and service = {service} and street = {street} and ({withPoint} or latitude is null) order by received desc limit {mostOfStreet}
                """, row => new Found(row.Text(2), row.Text(0), row.Instant(1), null)));
        }
        return found;
    }

    /// <summary>Most cases that a map of the desk shows.</summary>
    public const int MostOnMap = 9;

    /// <summary>Open cases of a service around a point, the nearest first, for staff who may read them; one more than a map shows says that there are more.</summary>
    /// <param name="reference">The case that is looked at, which is not among them.</param>
    public static async Task<IReadOnlyList<CaseAround>> Around(Session session, string service, double latitude, double longitude, int metres, string reference, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(session);
        var cells = CellsAround(latitude, longitude, metres);
        var there = await session.Query($"""
            select reference, latitude, longitude from case_place
            where status = 'open' and service = {service} and cell in ({cells}) order by received desc limit {MostRead}
            """, row => (Reference: row.Text(0), Latitude: row.Double(1), Longitude: row.Double(2)));
        var near = there.Where(t => t.Reference != reference).Select(t => (t.Reference, t.Latitude, t.Longitude, Metres: Distance(latitude, longitude, t.Latitude, t.Longitude)))
            .Where(t => t.Metres <= metres).OrderBy(t => t.Metres).ToList();
        var cases = (await CaseRows.Find(session, [.. near.Select(n => n.Reference)])).Where(c => Rights.May(caller, Right.ReadCases, c.Authority, c.Team, c.Service)).ToDictionary(c => c.Reference);
        return [.. near.Where(n => cases.ContainsKey(n.Reference)).Take(MostOnMap + 1).Select(n => new CaseAround(cases[n.Reference], n.Latitude, n.Longitude, n.Metres))];
    }

    sealed record Found(string Reference, string Id, Instant Received, int? Metres);

    /// <summary>The open case that a page named so, or null.</summary>
    internal static async Task<CouncilCase?> Find(Session session, string id, string service) =>
        await session.First($"select reference from case_place where id = {id} and service = {service} and status = 'open'", row => row.Text(0)) is { } reference ? await CaseRows.Find(session, reference) : null;

    /// <summary>Notes where a new case lies, if its service asks for it and the place is known to a point or a street.</summary>
    internal static async Task Insert(Unit unit, CouncilCase @case, ServiceDefinition definition, Answers answers, string? street)
    {
        if (definition.Near is not { } near || answers[near.Question.Name] is not LocationAnswer location || (location.Latitude is null && street is null)) return;
        var cell = location is { Latitude: { } latitude, Longitude: { } longitude } ? Cell(Row(latitude), Column(longitude)) : null;
        await unit.Add($"""
            insert into case_place (reference, id, service, status, received, cell, latitude, longitude, street)
            values ({@case.Reference}, {FileStore.NewId()}, {@case.Service}, {@case.Status}, {@case.Received}, {cell}, {location.Latitude}, {location.Longitude}, {street})
            """);
    }

    /// <summary>Follows a case that was closed, reopened or moved to another service.</summary>
    internal static Task Follow(Unit unit, CouncilCase before, CouncilCase after) => before.Status == after.Status && before.Service == after.Service ? Task.CompletedTask
        : unit.Add($"update case_place set status = {after.Status}, service = {after.Service} where reference = {after.Reference}");

    /// <summary>Erases where a case lies.</summary>
    public static Task<int> Erase(Unit unit, string reference)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Execute($"delete from case_place where reference = {reference}");
    }

    static int Row(double latitude) => (int)Math.Floor(latitude * Rows);
    static int Column(double longitude) => (int)Math.Floor(longitude * Columns);
    static string Cell(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{row}/{column}");

    static List<string> CellsAround(double latitude, double longitude, int metres)
    {
        var (north, east) = (metres / MetresADegree, metres / (MetresADegree * Math.Cos(latitude * Math.PI / 180)));
        return [.. from row in Range(Row(latitude - north), Row(latitude + north)) from column in Range(Column(longitude - east), Column(longitude + east)) select Cell(row, column)];
    }

    static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, to - from + 1);

    // Over a few hundred metres the ground is flat.
    static int Distance(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var north = (otherLatitude - latitude) * MetresADegree;
        var east = (otherLongitude - longitude) * MetresADegree * Math.Cos(latitude * Math.PI / 180);
        return (int)Math.Round(Math.Sqrt(north * north + east * east));
    }
}
