using Moothall.Store;
using NodaTime;

namespace Moothall.Performance;

/// <summary>Facts about the circumstances in which somebody asked, as the row of their case has them until it is erased. Null: not known.</summary>
/// <param name="Ward">Code of the ward of the place.</param>
/// <param name="Language">Code of the language used.</param>
/// <param name="Device">`phone`, `tablet`, `computer`.</param>
/// <param name="AssistedWhy">Code of the reason why somebody was helped.</param>
public sealed record Circumstance(string? Ward, string? Language, string? Device, string? AssistedWhy);

/// <summary>
/// Of people's circumstances only day sums outlive the case. They cannot be replayed, for the rows they came from are erased in time; so an owner
/// counts them once, as the case is received, each in its own column of the day and never crossed with another.
/// </summary>
/// <param name="read">The circumstances of cases by their references, without those that have none any more.</param>
public sealed class Circumstances(Func<Session, IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, Circumstance>>> read) : IOwner
{
    const string CaseStream = "case/";

    public string Name => "circumstances";

    public Task Handle(Unit unit, LogEvent e) => Handle(unit, [e]);

    public async Task Handle(Unit unit, IReadOnlyList<LogEvent> events)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var received = events.Where(e => e.Type == CaseReceived.Type).Select(e => (Reference: ReferenceOf(e), Day: LondonDay.Of(e.At), Case: EventJson.Read<CaseReceived>(e))).ToList();
        if (received.Count == 0) return;
        var known = await read(unit, [.. received.Select(r => r.Reference).Distinct(StringComparer.Ordinal)]);
        var counted = from one in received
                      where known.ContainsKey(one.Reference)
                      from fact in Kinds(known[one.Reference])
                      group one by (one.Case.Service, one.Case.Authority, one.Day, fact.Kind, fact.Value);
        foreach (var cases in counted)
            await unit.Add($"""
                insert into circumstance_day as held (service, authority, day, kind, value, n)
                values ({cases.Key.Service}, {cases.Key.Authority}, {cases.Key.Day}, {cases.Key.Kind}, {cases.Key.Value}, {cases.Count()})
                on conflict (service, authority, kind, day, value) do update set n = held.n + excluded.n
                """);
    }

    static string ReferenceOf(LogEvent e) => e.Stream.StartsWith(CaseStream, StringComparison.Ordinal) ? e.Stream[CaseStream.Length..]
        : throw new InvalidDataException($"A case is received in a stream {CaseStream}REFERENCE, not {e.Stream}.");

    static IEnumerable<(string Kind, string Value)> Kinds(Circumstance c)
    {
        if (c.Ward is { } ward)
            yield return ("ward", ward);
        if (c.Language is { } language)
            yield return ("language", language);
        if (c.Device is { } device)
            yield return ("device", device);
        if (c.AssistedWhy is { } why)
            yield return ("assisted-why", why);
    }

    /// <summary>How many cases of a period had each value of a kind (`ward`, `language`, `device`, `assisted-why`); numbers too small to show are null.</summary>
    public static async Task<IReadOnlyList<(string Value, long? Cases)>> Read(Session session, string service, string authority, string kind, ReportingPeriod period)
    {
        var rows = await session.Query(
            $"""
            select value, sum(n) from circumstance_day where service = {service} and authority = {authority} and kind = {kind}
            and day between {period.From} and {period.To} group by value
            """, row => (Kind: row.Text(0), Number: row.Long(1)));
        return [.. SmallNumbers.Show([.. rows.OrderByDescending(r => r.Number).ThenBy(r => r.Kind, StringComparer.Ordinal)]).Select(r => (r.Kind, r.Number))];
    }
}
