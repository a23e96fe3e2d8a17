using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Cases;

/// <summary>Which cases somebody wants to see, as the desk's links and the API say it. Null means any.</summary>
public sealed record CaseFilter
{
    public string? Authority { get; init; }
    public string? Team { get; init; }
    /// <summary>Any of these teams, where no one team is named; null means any.</summary>
    public IReadOnlyCollection<string>? Teams { get; init; }
    public string? Service { get; init; }
    /// <summary>open or closed.</summary>
    public string? Status { get; init; }
    public string? Stage { get; init; }
    /// <summary>late, today (to the end of it, late ones too) or week (the next seven days, late ones too).</summary>
    public string? Due { get; init; }
    /// <summary>A member's id, or `none`.</summary>
    public string? Assigned { get; init; }
    /// <summary>A reference, or words of a name, postcode, e-mail, phone or place.</summary>
    public string? Q { get; init; }
    /// <summary>due (what is due first), newest or oldest (by receipt).</summary>
    public string Sort { get; init; } = "due";
    /// <summary>The `next` of the page before.</summary>
    public string? After { get; init; }
    public int Limit { get; init; } = 50;

    /// <summary>Most cases on a page.</summary>
    public const int MostOnAPage = 200;
}

/// <summary>A page of cases; Next is null on the last.</summary>
public sealed record CasePage(IReadOnlyList<CouncilCase> Cases, string? Next);

/// <summary>
/// Lists of cases for the desk. Every order is an index and every page starts where the last one ended (keyset), so that a list opens at once
/// whatever lies behind it.
/// </summary>
public static class CaseList
{
    /// <summary>The page that somebody may see, or why the filter cannot be understood.</summary>
    public static async Task<Result<CasePage>> Read(Session session, CaseFilter filter, Caller caller, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(caller);
        if (!Rights.HasRole(caller, Right.ReadCases)) return Refusal.NotAllowed;
        if (filter.Status is not (null or "open" or "closed")) return Refusal.Invalid("“status” must be open or closed.");
        if (filter.Due is not (null or "late" or "today" or "week")) return Refusal.Invalid("“due” must be late, today or week.");
        if (filter.Sort is not ("due" or "newest" or "oldest")) return Refusal.Invalid("“sort” must be due, newest or oldest.");
        if (filter.Limit is < 1 or > CaseFilter.MostOnAPage) return Refusal.Invalid($"“limit” must be between 1 and {CaseFilter.MostOnAPage}.");
        var after = (Due: default(Instant), Number: 0L);
        if (filter.After is not null && !TryReadCursor(filter.After, out after)) return Refusal.Invalid("“after” must be the “next” of the page before.");

        // One authority is named where there is one, so that its index gives the order without sorting.
        var scope = caller.Authorities.Where(a => filter.Authority is null || filter.Authority == a).ToList();
        if (scope.Count == 0) return new CasePage([], null);

        await using var context = session.Use<CasesContext>(options => new CasesContext(options));
        // Several teams or authorities are several walks along an index, brought together here: one walk would have to sort all that is open.
        var teams = filter.Team is { } one ? [one] : filter.Teams;
        var all = context.Cases.AsNoTracking();
        var inScope = scope is [var only] ? all.Where(c => c.Authority == only) : all.Where(c => scope.Contains(c.Authority));
        var parts = teams is not null ? teams.Distinct().Select(team => inScope.Where(c => c.Team == team)) : scope.Select(authority => all.Where(c => c.Authority == authority));
        var rows = new List<CaseRow>();
        foreach (var part in parts)
            if (Narrow(context, part, filter, after, now, zone) is { } narrowed) rows.AddRange(await narrowed.Take(filter.Limit + 1).ToListAsync());
        IEnumerable<CaseRow> ordered = filter.Sort switch
        {
            "newest" => rows.OrderByDescending(c => c.Number),
            "oldest" => rows.OrderBy(c => c.Number),
            _ => rows.OrderBy(c => c.Due).ThenBy(c => c.Number),
        };
        var page = ordered.Take(filter.Limit).ToList();
        return new CasePage([.. page.Select(r => r.ToCase())], rows.Count > filter.Limit ? WriteCursor(page[^1]) : null);
    }

    /// <summary>The cases that a filter leaves, in its order, after the cursor; null when it can leave none.</summary>
    static IQueryable<CaseRow>? Narrow(CasesContext context, IQueryable<CaseRow> cases, CaseFilter filter, (Instant Due, long Number) after, Instant now, DateTimeZone zone)
    {
        if (filter.Service is { } service) cases = cases.Where(c => c.Service == service);
        if (filter.Status is { } status) cases = cases.Where(c => c.Status == status);
        if (filter.Stage is { } stage) cases = cases.Where(c => c.Stage == stage);
        if (filter.Assigned is "none") cases = cases.Where(c => c.Assigned == null);
        else if (filter.Assigned is { } assigned) cases = cases.Where(c => c.Assigned == assigned);
        if (filter.Due is { } due)
        {
            var until = due switch
            {
                "late" => now,
                "today" => zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant(),
                _ => zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(7)).ToInstant(),
            };
            cases = cases.Where(c => c.Status == "open" && c.Due < until);
        }
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            if (CaseReference.Tidy(filter.Q) is { } reference) cases = cases.Where(c => c.Reference == reference);
            else
            {
                var words = CaseWords.Split(filter.Q).Take(6).ToList();
                if (words.Count == 0) return null;
                foreach (var word in words)
                {
                    // The last word may be half typed; a range on the key finds it by its beginning.
                    var end = word + "\uffff";
                    cases = cases.Where(c => context.Words.Any(w => w.Reference == c.Reference && w.Word.CompareTo(word) >= 0 && w.Word.CompareTo(end) <= 0));
                }
            }
        }

        var (afterDue, afterNumber) = after;
        return filter.Sort switch
        {
            "newest" => (filter.After is null ? cases : cases.Where(c => c.Number < afterNumber)).OrderByDescending(c => c.Number),
            "oldest" => (filter.After is null ? cases : cases.Where(c => c.Number > afterNumber)).OrderBy(c => c.Number),
            _ => (filter.After is null ? cases : cases.Where(c => c.Due >= afterDue && (c.Due > afterDue || c.Number > afterNumber))).OrderBy(c => c.Due).ThenBy(c => c.Number),
        };
    }

    static string WriteCursor(CaseRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Due.ToUnixTimeTicks()}-{row.Number}");

    static bool TryReadCursor(string text, out (Instant Due, long Number) cursor)
    {
        cursor = default;
        var dash = text.IndexOf('-', 1);
        if (dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || ticks < Instant.MinValue.ToUnixTimeTicks() || ticks > CouncilCase.NothingDue.ToUnixTimeTicks()) return false;
        cursor = (Instant.FromUnixTimeTicks(ticks), number);
        return true;
    }
}
