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
    /// <summary>Any of several teams; passed over where <see cref="Team"/> names one.</summary>
    public IReadOnlyCollection<string>? Teams { get; init; }
    public string? Service { get; init; }
    /// <summary>open or closed.</summary>
    public string? Status { get; init; }
    public string? Stage { get; init; }
    /// <summary>late, today (to the end of it, late ones too), week (the next seven days, late ones too) or waiting (for the customer).</summary>
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
/// whatever lies behind it. The indexes begin with authority and status, so each pair of those is a branch of its own, and the branches' first rows
/// are put together.
/// </summary>
public static class CaseList
{
    /// <summary>Most cases that a search looks at: more words find fewer.</summary>
    public const int MostFound = 1_000;

    /// <summary>The page that somebody may see, or why the filter cannot be understood.</summary>
    public static async Task<Result<CasePage>> Read(Session session, CaseFilter filter, Caller caller, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(caller);
        if (!Rights.HasRole(caller, Right.ReadCases)) return Refusal.NotAllowed;
        if (filter.Status is not (null or "open" or "closed")) return Refusal.Invalid("“status” must be open or closed.");
        if (filter.Due is not (null or "late" or "today" or "week" or "waiting")) return Refusal.Invalid("“due” must be late, today, week or waiting.");
        if (filter.Sort is not ("due" or "newest" or "oldest")) return Refusal.Invalid("“sort” must be due, newest or oldest.");
        if (filter.Limit is < 1 or > CaseFilter.MostOnAPage) return Refusal.Invalid("“limit” must be between 1 and {most}.", ("most", CaseFilter.MostOnAPage));
        (Instant At, long Number)? after = null;
        if (filter.After is not null && (after = ReadCursor(filter.After)) is null) return Refusal.Invalid("“after” must be the “next” of the page before.");

        var branches = Branches(filter, Rights.ReadingOf(caller));
        if (branches.Count == 0) return new CasePage([], null);
        if (!string.IsNullOrWhiteSpace(filter.Q)) return await Search(session, branches, filter, Until(filter, now, zone), after);
        await using var context = session.Use<CasesContext>(options => new CasesContext(options));
        var rows = await Ordered(context.Cases.AsNoTracking(), branches, filter, Until(filter, now, zone), after).ToListAsync();
        var page = rows.Take(filter.Limit).ToList();
        return new CasePage([.. page.Select(r => r.ToCase())], rows.Count > filter.Limit ? WriteCursor(filter.Sort == "due" ? page[^1].Due : page[^1].Received, page[^1].Number) : null);
    }

    /// <summary>What a list is chosen and ordered by, of a case that a search found.</summary>
    sealed record Listed(long Number, string Reference, string Authority, string Team, string Service, string Stage, string Status, string? Assigned, Instant Due, Instant Received, bool IsStopped);

    // All that was found is looked at, so only what chooses and orders is read of it; the page's cases are read whole.
    static async Task<CasePage> Search(Session session, List<Branch> branches, CaseFilter filter, Instant? until, (Instant At, long Number)? after)
    {
        Instant Key(Listed c) => filter.Sort == "due" ? c.Due : c.Received;
        var newestFirst = filter.Sort == "newest";
        bool Matches(Listed c) =>
            branches.Exists(b => b.Authority == c.Authority && b.Status == c.Status && (b.Team is null || b.Team == c.Team) && b.Admits(c.Service, c.Team))
            && (filter.Service is null || c.Service == filter.Service) && (filter.Stage is null || c.Stage == filter.Stage)
            && (filter.Assigned is null || c.Assigned == (filter.Assigned is "none" ? null : filter.Assigned))
            && (filter.Due is not "waiting" || c.Due == CouncilCase.NothingDue && c.IsStopped) && (until is not { } end || c.Due < end)
            && (after is not { } before || (Key(c), c.Number).CompareTo(before) is var way && (newestFirst ? way < 0 : way > 0));

        List<Listed> rows;
        if (CaseReference.Tidy(filter.Q!) is null && CaseWords.Split(filter.Q!).Distinct(StringComparer.Ordinal).ToList() is [var word] && IsEvery(branches))
            rows = await OfOneWord(session, word, branches, filter, until, after);
        else
        {
            var found = (await Found(session, filter.Q!)).Where(Matches);
            var ordered = newestFirst ? found.OrderByDescending(Key).ThenByDescending(c => c.Number) : found.OrderBy(Key).ThenBy(c => c.Number);
            rows = [.. ordered.Take(filter.Limit + 1)];
        }
        var page = rows.Take(filter.Limit).ToList();
        var whole = (await CaseRows.Find(session, [.. page.Select(c => c.Reference)])).ToDictionary(c => c.Reference, StringComparer.Ordinal);
        return new CasePage([.. page.Select(c => whole[c.Reference])], rows.Count > filter.Limit ? WriteCursor(Key(page[^1]), page[^1].Number) : null);
    }

    // What one word finds, chosen and ordered by the database as Search does it: of a surname that a thousand have, only the page comes over. What was found is put aside first, because
    // otherwise the order would be taken for the way to find it. The word itself comes before those that begin with it, as in Numbers.
    static Task<List<Listed>> OfOneWord(Session session, string word, List<Branch> branches, CaseFilter filter, Instant? until, (Instant At, long Number)? after)
    {
        var end = EndOf(word);
        var key = new SqlName(filter.Sort == "due" ? "due" : "received");
        var (authorities, statuses, teams) = (branches.Select(b => b.Authority).Distinct(), branches.Select(b => b.Status).Distinct(), branches.Select(b => b.Team).OfType<string>().Distinct().ToList());
        var (anyTeam, anybody, nobody, waits, last) = (teams.Count == 0, filter.Assigned is null, filter.Assigned is "none", filter.Due is "waiting", until ?? CouncilCase.NothingDue);
        var hidden = branches.SelectMany(b => b.Hidden).Distinct().DefaultIfEmpty("");
        var theirs = branches.SelectMany(b => b.Teams.Select(team => b.Authority + " " + team)).Distinct().DefaultIfEmpty("");
        var (isFirst, at, number) = (after is null, after?.At ?? CouncilCase.NothingDue, after?.Number ?? 0);
        var newestFirst = filter.Sort == "newest";
        return session.Query($"""
            with found as materialized (
                select distinct number from (
                    select number from (select number from case_search_word where word = {word} order by number desc limit {MostFound}) as whole
                    union all
                    select number from (select number from case_search_word where word > {word} and word <= {end} limit {MostFound}) as begun
                    limit {MostFound}) as either)
            select c.number, reference, authority, team, service, stage, status, assigned, due, received, stopped_at from found cross join council_case c
            where c.number = found.number and authority in ({authorities}) and status in ({statuses}) and ({anyTeam} or team in ({teams}))
                and (service not in ({hidden}) or authority || ' ' || team in ({theirs}))
                and ({filter.Service is null} or service = {filter.Service ?? ""}) and ({filter.Stage is null} or stage = {filter.Stage ?? ""})
                and ({anybody} or {nobody} and assigned is null or assigned = {filter.Assigned ?? ""}) and (not {waits} or due = {CouncilCase.NothingDue} and stopped_at is not null)
                and ({until is null} or due < {last}) and ({isFirst} or {newestFirst} and ({key}, c.number) < ({at}, {number}) or not {newestFirst} and ({key}, c.number) > ({at}, {number}))
            order by case when {newestFirst} then null else {key} end, case when {newestFirst} then null else c.number end, {key} desc, c.number desc limit {filter.Limit + 1}
            """, ReadListed);
    }

    // Whether a list is of every council, status and team that its branches name, with each other.
    static bool IsEvery(List<Branch> branches) => branches.TrueForAll(b => b.Services is null)
        && branches.Select(b => b.Authority).Distinct().Count() * branches.Select(b => b.Status).Distinct().Count() * branches.Select(b => b.Team).Distinct().Count() == branches.Count;

    static Listed ReadListed(Row row) => new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.TextOrNull(7), row.Instant(8), row.Instant(9), !row.IsNull(10));

    /// <summary>A council, status and team (null: any) that a list is made of.</summary>
    /// <param name="Services">The services that are read; null for all.</param>
    /// <param name="Hidden">Services of which only the cases of some teams are read.</param>
    internal sealed record Branch(string Authority, string Status, string? Team, IReadOnlyCollection<string>? Services, IReadOnlyList<string> Hidden, IReadOnlyList<string> Teams)
    {
        public bool Admits(string service, string team) => Services?.Contains(service) != false && (!Hidden.Contains(service) || Teams.Contains(team));
    }

    /// <summary>What a list is made of.</summary>
    internal static List<Branch> Branches(CaseFilter filter, ReadingScope scope)
    {
        string[] statuses = filter.Due is not null ? ["open"] : filter.Status is { } one ? [one] : ["open", "closed"];
        if (filter.Status is not null && !statuses.Contains(filter.Status)) return [];
        string?[] teams = filter.Team is { } team ? [team] : filter.Teams is { } several ? [.. several.Distinct()] : [null];
        var places = scope.Authorities.Order(StringComparer.Ordinal).SelectMany(authority => teams.Select(of => (authority, Team: of)))
            .Concat(scope.Shared.Where(s => teams is [null] || teams.Contains(s.Team)).Select(s => (s.Authority, (string?)s.Team)));
        var hidden = scope.Hidden.Where(service => filter.Service is null || filter.Service == service).Order(StringComparer.Ordinal).ToList();
        return
        [
            .. from place in places where filter.Authority is null || filter.Authority == place.Item1
               from status in statuses select new Branch(place.Item1, status, place.Item2, scope.Services, hidden, hidden.Count == 0 ? [] : scope.TeamsIn(place.Item1)),
        ];
    }

    /// <summary>One more case than the page holds, in order.</summary>
    internal static IQueryable<CaseRow> Ordered(IQueryable<CaseRow> cases, IReadOnlyList<Branch> branches, CaseFilter filter, Instant? until, (Instant At, long Number)? after)
    {
        var firsts = branches.Select(b => InOrder(Matching(cases.Where(c => c.Authority == b.Authority && c.Status == b.Status), b, filter, until, after), filter.Sort).Take(filter.Limit + 1)).ToList();
        return firsts is [var only] ? only : InOrder(firsts.Aggregate((left, right) => left.Concat(right)), filter.Sort).Take(filter.Limit + 1);
    }

    static IQueryable<CaseRow> Matching(IQueryable<CaseRow> cases, Branch of, CaseFilter filter, Instant? until, (Instant At, long Number)? after)
    {
        if (of.Services is { } services) cases = cases.Where(c => services.Contains(c.Service));
        foreach (var hidden in of.Hidden)
            cases = of.Team is { } only ? of.Teams.Contains(only) ? cases : cases.Where(c => c.Service != hidden)
                : of.Teams.Count == 0 ? cases.Where(c => c.Service != hidden) : cases.Where(c => c.Service != hidden || of.Teams.Contains(c.Team));
        if (of.Team is { } team) cases = cases.Where(c => c.Team == team);
        if (filter.Service is { } service) cases = cases.Where(c => c.Service == service);
        if (filter.Stage is { } stage) cases = cases.Where(c => c.Stage == stage);
        if (filter.Assigned is "none") cases = cases.Where(c => c.Assigned == null);
        else if (filter.Assigned is { } assigned) cases = cases.Where(c => c.Assigned == assigned);
        // What waits sorts with what has no deadline, so an index has it together.
        if (filter.Due is "waiting") cases = cases.Where(c => c.Due == CouncilCase.NothingDue && c.StoppedAt != null);
        else if (until is { } end) cases = cases.Where(c => c.Due < end);
        if (after is not var (at, number)) return cases;
        return filter.Sort switch
        {
            "newest" => cases.Where(c => c.Received <= at && (c.Received < at || c.Number < number)),
            "oldest" => cases.Where(c => c.Received >= at && (c.Received > at || c.Number > number)),
            _ => cases.Where(c => c.Due >= at && (c.Due > at || c.Number > number)),
        };
    }

    static IQueryable<CaseRow> InOrder(IQueryable<CaseRow> cases, string sort) => sort switch
    {
        "newest" => cases.OrderByDescending(c => c.Received).ThenByDescending(c => c.Number),
        "oldest" => cases.OrderBy(c => c.Received).ThenBy(c => c.Number),
        _ => cases.OrderBy(c => c.Due).ThenBy(c => c.Number),
    };

    static Instant? Until(CaseFilter filter, Instant now, DateTimeZone zone) => filter.Due switch
    {
        null or "waiting" => null,
        "late" => now,
        "today" => zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant(),
        _ => zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(7)).ToInstant(),
    };

    // What was typed is a reference, or words of which each must begin a word of the case; the longest is looked up and the others are held against it. Of names of ten letters and more one
    // in thirty-two could be a reference: where no case has it, it is a word.
    static async Task<List<Listed>> Found(Session session, string typed) =>
        CaseReference.Tidy(typed) is { } reference && await session.First($"""
            select number, reference, authority, team, service, stage, status, assigned, due, received, stopped_at from council_case where reference = {reference}
            """, ReadListed) is { } that ? [that] : await Listing(session, [.. (await NumbersOf(session, typed)).Take(MostFound)]);

    static Task<List<Listed>> Listing(Session session, List<long> numbers) => session.Query($"""
        select number, reference, authority, team, service, stage, status, assigned, due, received, stopped_at from council_case where number in ({numbers})
        """, ReadListed);

    /// <summary>Whether something typed has words that could find a case.</summary>
    internal static bool CanFind(string typed) => CaseWords.Split(typed).Any();

    /// <summary>The references of the cases that each word typed finds.</summary>
    internal static async Task<List<string>> FoundBy(Session session, string typed) => await CaseRows.ReferencesOf(session, await NumbersOf(session, typed));

    // The numbers of the cases that each word typed finds.
    static async Task<List<long>> NumbersOf(Session session, string typed)
    {
        var words = CaseWords.Split(typed).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length).Take(6).ToList();
        if (words.Count == 0) return [];
        var numbers = await Numbers(session, words[0], words.Count == 1 ? MostFound : 20 * MostFound);
        foreach (var word in words.Skip(1)) numbers = numbers.Count == 0 ? [] : await Among(session, word, numbers);
        return numbers;
    }

    // Those of the word itself before those of words that begin with it, and the newest of those first: where there are more than are looked at, it is the old ones that are not found.
    static async Task<List<long>> Numbers(Session session, string word, int most)
    {
        var numbers = await session.Query($"select number from case_search_word where word = {word} order by number desc limit {most}", row => row.Long(0));
        if (numbers.Count == most) return numbers;
        var end = EndOf(word);
        var known = numbers.ToHashSet();
        numbers.AddRange((await session.Query($"select distinct number from case_search_word where word > {word} and word <= {end} limit {most}", row => row.Long(0))).Where(known.Add).Take(most - numbers.Count));
        return numbers;
    }

    static Task<List<long>> Among(Session session, string word, List<long> numbers)
    {
        var end = EndOf(word);
        return session.Query($"select distinct number from case_search_word where number in ({numbers}) and word >= {word} and word <= {end}", row => row.Long(0));
    }

    // The end of the range is behind every word that begins so: words hold letters, digits and what an e-mail may, all below it.
    static string EndOf(string word) => word + "\uffff";

    static string WriteCursor(Instant at, long number) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeTicks()}-{number}");

    static (Instant At, long Number)? ReadCursor(string text)
    {
        var dash = text.IndexOf('-', Math.Min(1, text.Length));
        if (dash < 0 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || ticks < Instant.FromUtc(1900, 1, 1, 0, 0).ToUnixTimeTicks() || ticks > CouncilCase.NothingDue.ToUnixTimeTicks()) return null;
        return (Instant.FromUnixTimeTicks(ticks), number);
    }
}
