using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moothall.Cases;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class CaseListTests
{
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
    /// <summary>Words that every case of <see cref="Small"/> is found by.</summary>
    const string Everywhere = "wallingford high";
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    static async Task<CouncilCase> Receive(OpenHouse house, Func<ReceiveCase, ReceiveCase>? change = null, string answers = Small)
    {
        var command = Command(ExampleServices.Definition("report-a-pothole"), answers);
        return (await house.Database.Commit(unit => CaseReceiving.Receive(unit, change?.Invoke(command) ?? command))).Value.ShouldNotBeNull();
    }

    static ReceiveCase InMercia(ReceiveCase command) =>
        command with { Authority = ExampleCouncil.Files.FindAuthority("mercia")!, Offer = ExampleCouncil.Files.FindOffer("report-a-pothole", "mercia")! };

    static async Task<CasePage> Page(OpenHouse house, CaseFilter filter, Caller? caller = null) =>
        (await house.Database.Read(s => CaseList.Read(s, filter, caller ?? Amara, house.House.Now, London))).Value.ShouldNotBeNull();

    static async Task<string[]> References(OpenHouse house, CaseFilter filter, Caller? caller = null) => [.. (await Page(house, filter, caller)).Cases.Select(c => c.Reference)];

    [Theory, BothDatabases]
    public async Task Pages_have_no_gap_and_no_repeat_while_cases_come_in(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var before = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            var at = Monday + Duration.FromHours(i / 3);
            before.Add((await Receive(house, c => i % 2 == 0 ? InMercia(c) with { Received = at } : c with { Received = at })).Reference);
        }
        foreach (var (sort, q) in new[] { "due", "newest", "oldest" }.SelectMany(sort => new[] { (sort, (string?)null), (sort, Everywhere) }))
        {
            var seen = new List<CouncilCase>();
            var filter = new CaseFilter { Sort = sort, Limit = 4, Q = q };
            while (true)
            {
                var page = await Page(house, filter);
                seen.AddRange(page.Cases);
                if (page.Next is null) break;
                page.Cases.Count.ShouldBe(4);
                filter = filter with { After = page.Next };
                await Receive(house, c => c with { Received = Monday - Duration.FromDays(1) });
                await Receive(house, c => c with { Received = Monday + Duration.FromHours(3) });
            }
            seen.Select(c => c.Reference).ShouldBeUnique();
            before.ShouldBeSubsetOf(seen.Select(c => c.Reference));
            var inOrder = sort switch { "due" => seen.OrderBy(c => c.SortBy), "newest" => seen.OrderByDescending(c => c.Received), _ => seen.OrderBy(c => c.Received) };
            seen.Select(c => (c.SortBy, c.Received)).ShouldBe(inOrder.Select(c => (c.SortBy, c.Received)));
        }
    }

    [Theory, BothDatabases]
    public async Task What_one_word_finds_comes_in_every_order_page_by_page(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        // Not in the order of their numbers, as what is imported, and several at one moment.
        for (var i = 0; i < 14; i++)
        {
            var at = Monday + Duration.FromHours(i * 5 % 7);
            await Receive(house, c => i % 2 == 0 ? InMercia(c) with { Received = at } : c with { Received = at });
        }
        foreach (var sort in new[] { "due", "newest", "oldest" })
        {
            var (seen, filter) = (new List<CouncilCase>(), new CaseFilter { Sort = sort, Limit = 4, Q = Everywhere.Split(' ')[0] });
            for (string? next = ""; next is not null; filter = filter with { After = next })
            {
                var page = await Page(house, filter);
                seen.AddRange(page.Cases);
                next = page.Next;
            }
            seen.Select(c => c.Reference).ShouldBeUnique();
            seen.Count.ShouldBe(14, sort);
            var inOrder = sort switch { "due" => seen.OrderBy(c => c.SortBy), "newest" => seen.OrderByDescending(c => c.Received), _ => seen.OrderBy(c => c.Received) };
            seen.Select(c => (c.SortBy, c.Received)).ShouldBe(inOrder.Select(c => (c.SortBy, c.Received)), sort);
        }
    }

    [Theory, BothDatabases]
    public async Task Of_more_cases_than_a_search_looks_at_the_word_itself_comes_before_longer_ones_and_the_newest_before_older_ones(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (old, longer, newest) = (await Receive(house), await Receive(house), await Receive(house));
        await house.Database.Commit(async unit =>
        {
            async Task<long> Number(CouncilCase of) => await unit.Number($"select number from council_case where reference = {of.Reference}");
            var (first, second, third) = (await Number(old), await Number(longer), await Number(newest));
            // With newer ones, of which no case is there, it is the last that a search looks at.
            for (var i = 1; i < CaseList.MostFound; i++) await unit.Add($"insert into case_search_word (word, number) values ({"smith"}, {third + i})");
            await unit.Add($"insert into case_search_word (word, number) values ({"smith"}, {first}), ({"smithson"}, {second}), ({"smith"}, {third})");
        });
        foreach (var sort in (string[])["due", "newest"])
        {
            (await References(house, new CaseFilter { Q = "smith", Sort = sort })).ShouldBe([newest.Reference]);
            (await References(house, new CaseFilter { Q = "smithso", Sort = sort })).ShouldBe([longer.Reference]);
        }
    }

    [Theory, BothDatabases]
    public async Task Each_filter_leaves_what_it_says(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "report-a-street-light");
        var early = await Receive(house);
        var mercian = await Receive(house, InMercia);
        var late = await Receive(house, c => c with { Received = Monday - Duration.FromDays(7) });
        async Task Act(CouncilCase on, string action, params (string, string)[] values) => (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council,
            new ActOnCase
            {
                Reference = on.Reference, Action = action, SeenVersion = on.Version, By = Amara, Answers = (_, _) => (Definitions.Answers.None, []),
                Values = values.ToDictionary(v => v.Item1, v => v.Item2),
            }, house.House.Now))).IsDone.ShouldBeTrue();
        await Act(mercian, "inspect");
        await Act(late, "assign", ("to", "amara-okafor"));
        var closed = await Receive(house);
        await Act(closed, "withdraw");
        async Task Only(CaseFilter filter, params CouncilCase[] cases)
        {
            // The same cases, in the same order, where a search for a word of all of them is added.
            var all = await References(house, filter);
            all.ShouldBe(cases.Select(c => c.Reference), ignoreOrder: true, filter.ToString());
            (await References(house, filter with { Q = Everywhere })).ShouldBe(all, filter.ToString());
        }

        await Only(new CaseFilter(), early, mercian, late, closed);
        await Only(new CaseFilter { Authority = "mercia" }, mercian);
        await Only(new CaseFilter { Authority = "northumbria" });
        await Only(new CaseFilter { Team = "mercia-highways" }, mercian);
        await Only(new CaseFilter { Team = "streets", Status = "open" }, early, late);
        await Only(new CaseFilter { Teams = ["streets", "mercia-highways", "streets"] }, early, mercian, late, closed);
        await Only(new CaseFilter { Teams = [] });
        await Only(new CaseFilter { Status = "closed" }, closed);
        await Only(new CaseFilter { Service = "report-a-pothole", Status = "open" }, early, mercian, late);
        await Only(new CaseFilter { Service = "report-a-pothole", Sort = "newest" }, early, mercian, late, closed);
        await Only(new CaseFilter { Service = "report-a-street-light" });
        await Only(new CaseFilter { Stage = "inspection" }, mercian);
        await Only(new CaseFilter { Assigned = "amara-okafor" }, late);
        await Only(new CaseFilter { Assigned = "none", Status = "open" }, early, mercian);
        await Only(new CaseFilter { Due = "late" }, late);
        await Only(new CaseFilter { Due = "today" }, late);
        await Only(new CaseFilter { Due = "week" }, early, mercian, late);
        await Only(new CaseFilter { Due = "week", Status = "closed" });
        (await References(house, new CaseFilter { Status = "open" })).ShouldBe([late.Reference, early.Reference, mercian.Reference]);
    }

    [Theory, BothDatabases]
    public async Task A_case_is_found_by_name_postcode_phone_place_and_reference(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect, "book-a-bulky-waste-collection");
        var hole = await Receive(house, answers: """{"where": "14 Ock Street, Abingdon OX14 5AG", "size": "small", "you": {"name": "Siobhán O'Connell", "phone": "07700 900461", "email": "siobhan@mail.example"}}""");
        var other = await Receive(house, answers: """{"where": "Broadway, Didcot", "size": "small", "you": {"name": "Siobhán Lee", "phone": "07700 900462"}}""");
        var mercian = await Receive(house, InMercia, """{"where": "Broadway, Didcot", "size": "small", "you": {"name": "Mercy O'Connell", "phone": "07700 900463"}}""");
        async Task Finds(string q, params CouncilCase[] cases) => (await References(house, new CaseFilter { Q = q })).ShouldBe(cases.Select(c => c.Reference), ignoreOrder: true, q);

        await Finds("siobhan", hole, other);
        await Finds("SIOBHÁN o'conn", hole);
        await Finds("connell oconnell");
        await Finds("oconnell", hole, mercian);
        await Finds("OX14 5AG", hole);
        await Finds("ox145ag", hole);
        await Finds("OX14", hole);
        await Finds("+44 7700 900461", hole);
        await Finds("07700 900", hole, other, mercian);
        await Finds("siobhan@mail.example", hole);
        await Finds("broadway lee", other);
        await Finds(hole.Reference.ToLowerInvariant(), hole);
        await Finds("%' or 1=1 --");
        await Finds("x");
        (await References(house, new CaseFilter { Q = "oconnell", Authority = "mercia" })).ShouldBe([mercian.Reference]);
        (await References(house, new CaseFilter { Q = hole.Reference, Status = "closed" })).ShouldBeEmpty();
        (await References(house, new CaseFilter { Q = hole.Reference }, Tokens.CallerFor(ExampleCouncil.Files, "priya-venkataraman"))).ShouldBeEmpty();
        var first = await Page(house, new CaseFilter { Q = "07700", Limit = 2 });
        var second = await Page(house, new CaseFilter { Q = "07700", Limit = 2, After = first.Next });
        first.Cases.Concat(second.Cases).Select(c => c.Reference).ShouldBe([hole.Reference, other.Reference, mercian.Reference], ignoreOrder: true);
        second.Next.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Somebody_sees_the_cases_of_their_authorities_and_nobody_else_sees_any(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var wessex = await Receive(house);
        var mercia = await Receive(house, InMercia);
        (await References(house, new CaseFilter(), Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch"))).ShouldBe([wessex.Reference]);
        (await References(house, new CaseFilter(), Tokens.CallerFor(ExampleCouncil.Files, "priya-venkataraman"))).ShouldBe([mercia.Reference]);
        (await References(house, new CaseFilter { Authority = "mercia" }, Tokens.CallerFor(ExampleCouncil.Files, "sian-prydderch"))).ShouldBeEmpty();
        foreach (var nobody in new[] { "jordan-reid", "history-import", "national-highways", "nobody-at-all" })
            (await house.Database.Read(s => CaseList.Read(s, new CaseFilter(), Tokens.CallerFor(ExampleCouncil.Files, nobody), Monday, London))).Refusal!.Kind.ShouldBe(RefusalKind.NotAllowed, nobody);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_understood_is_told_so()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        foreach (var filter in new CaseFilter[]
        {
            new() { Status = "ajar" }, new() { Due = "soon" }, new() { Sort = "size" }, new() { Limit = 0 }, new() { Limit = 201 },
            new() { After = "" }, new() { After = "-" }, new() { After = "12" }, new() { After = "x-1" }, new() { After = "99999999999999999999-1" }, new() { After = "-9223372036854775808-1" },
        })
            (await house.Database.Read(s => CaseList.Read(s, filter, Amara, Monday, London))).Refusal!.Kind.ShouldBe(RefusalKind.Invalid, filter.ToString());
    }

    static readonly CaseFilter[] Lists =
    [
        new(), new() { Authority = "wessex", Status = "open" }, new() { Team = "streets", Status = "open" }, new() { Service = "report-a-pothole" },
        new() { Service = "report-a-pothole", Team = "streets", Status = "open" }, new() { Stage = "triage", Status = "open", Due = "late" }, new() { Team = "streets", Assigned = "none", Due = "today" },
        new() { Teams = ["streets", "waste"], Status = "open" }, new() { Teams = ["streets", "waste"], Due = "waiting" }, new() { Due = "waiting" }, new() { Assigned = "amara-okafor", Status = "open" }, new() { Sort = "newest" }, new() { Sort = "oldest", Status = "open" }, new() { Sort = "newest", Team = "streets" }, new() { Sort = "newest", Service = "report-a-pothole" },
    ];

    [Theory, BothDatabases]
    public async Task Every_list_reads_an_index_in_its_order_and_sorts_no_more_than_its_page(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Fill(store, 20_000);
        foreach (var filter in Lists)
            foreach (var after in new (Instant, long)?[] { null, (Monday, 500) })
            {
                var plan = await Plan(store, filter with { Limit = 50 }, after);
                plan.ShouldNotContain("Seq Scan", customMessage: filter.ToString());
                if (dialect == Dialect.Sqlite)
                {
                    // What is sorted is a branch's first rows (SCAN of a co-routine), to put them together with those of others; never what an index is searched for.
                    var lines = plan.Split('\n');
                    for (var i = 1; i < lines.Length; i++)
                        if (lines[i].Contains("TEMP B-TREE", StringComparison.Ordinal)) lines[i - 1].ShouldStartWith("SCAN c", customMessage: $"{filter}\n{plan}");
                    foreach (var line in plan.Split('\n').Where(l => l.Contains("council_case", StringComparison.Ordinal) || l.Contains(" c", StringComparison.Ordinal) && l.Contains("SEARCH", StringComparison.Ordinal)))
                        line.ShouldContain("USING INDEX", customMessage: $"{filter}\n{plan}");
                }
                else
                    plan.Split('\n').Where(l => l.Contains("Sort", StringComparison.Ordinal) && l.Contains("rows=", StringComparison.Ordinal))
                        .ShouldAllBe(l => Rows(l) <= 51 * 4, $"{filter}\n{plan}");
            }
    }

    [Theory, BothDatabases]
    public async Task A_stage_that_few_cases_are_in_is_found_by_its_own_index(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Fill(store, 20_000);
        foreach (var filter in (CaseFilter[])[new() { Stage = "chase", Status = "open" }, new() { Stage = "chase", Due = "late" }, new() { Stage = "chase", Status = "closed" }])
            (await Plan(store, filter with { Limit = 50 }, null)).ShouldContain("council_case_stage_due", customMessage: filter.ToString());
    }

    static long Rows(string line) => long.Parse(line.Split("rows=")[1].Split(' ', ')')[0], CultureInfo.InvariantCulture);

    internal static Task Fill(TestStore store, int cases) => store.Database.Commit(async unit =>
    {
        var (numbers, received, due) = unit.Dialect == Dialect.Sqlite
            ? ("with recursive n(i) as (select 1 union all select i + 1 from n where i < {0})", "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + i * 60, 'unixepoch')",
                "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + (i * 7919) % 1000000 * 60, 'unixepoch')")
            : ("with n(i) as (select generate_series(1, {0}))", "to_timestamp(1700000000 + i * 60)", "to_timestamp(1700000000 + (i * 7919) % 1000000 * 60)");
        await unit.Execute(System.Runtime.CompilerServices.FormattableStringFactory.Create(
            "insert into council_case (reference, service, definition_version, authority, team, stage, status, channel, received, due, decided, version, link_number, imported) " + numbers
            + " select 'POT-' || i, case when i % 8 = 0 then 'report-a-pothole' else 'report-graffiti' end, 1, case when i % 2 = 0 then 'wessex' else 'mercia' end,"
            + " case when i % 3 = 0 then 'streets' else 'waste' end, case when i % 5 = 0 then 'triage' else 'repair' end, case when i % 20 < 2 then 'open' else 'closed' end,"
            + $" 'web', {received}, {due}, '[]', 1, 1, {{1}} from n", cases, false));
        if (unit.Dialect == Dialect.Postgres) await unit.Execute($"analyze council_case");
    });

    static Task<string> Plan(TestStore store, CaseFilter filter, (Instant, long)? after) => store.Database.Read(async session =>
    {
        await using var context = session.Use<CasesContext>(options => new CasesContext(options));
        var until = filter.Due is null ? (Instant?)null : Monday;
        await using var command = CaseList.Ordered(context.Cases.AsNoTracking(), CaseList.Branches(filter, Rights.ReadingOf(Amara)), filter, until, after).CreateDbCommand();
#pragma warning disable CA2100 // The text is EF's own.
        command.CommandText = (store.Dialect == Dialect.Sqlite ? "explain query plan " : "explain ") + command.CommandText;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(store.Dialect == Dialect.Sqlite ? 3 : 0));
        return string.Join('\n', lines);
    });
}
