using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Store;

namespace Moothall.Cases;

/// <summary>A case of a list with the place it is about, for a list that leaves the screen.</summary>
public sealed record ListedCase(CouncilCase Case, string? Where);

/// <summary>Pages of a list with what is personal in them: each case's reading is recorded before the page is given out.</summary>
public static class QueueExport
{
    /// <summary>The list, page by page; a filter that cannot be understood is an empty list (ask <see cref="CaseList"/> first).</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ListedCase>> Pages(House house, CaseFilter filter, Caller caller, NodaTime.DateTimeZone zone,
        [System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(caller);
        filter = filter with { Limit = CaseFilter.MostOnAPage };
        await Audit.Note(house.Database, house.Now, new AuditEntry(AuditKinds.ListExported, AuditBy.Of(caller, filter.Team)) { Authority = filter.Authority });
        do
        {
            var (page, answers) = await house.Database.Read(async session =>
            {
                var read = await CaseList.Read(session, filter, caller, house.Now, zone);
                return (read.Value, read.Value is { } good ? await AnswerFacts.Of(session, house.Services, [.. good.Cases.Select(c => c.Reference)]) : []);
            }, cancel);
            if (page is null || page.Cases.Count == 0) yield break;
            await Record(house, [.. page.Cases.Select(c => c.ForReading)], caller, cancel);
            yield return [.. page.Cases.Select(c => new ListedCase(c, answers.TryGetValue(c.Reference, out var of) ? AnswerFacts.Where(of.Definition, of.Answers) : null))];
            filter = filter with { After = page.Next };
        }
        while (filter.After is not null);
    }

    internal static Task Record(House house, IReadOnlyList<ReadCase> cases, Caller caller, System.Threading.CancellationToken cancel) => house.Database.Commit(async unit =>
    {
        foreach (var read in cases) await ReadLog.Record(unit, house.Now, caller, read, AuditKinds.Listed);
    }, cancel);
}
