using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class FindReferenceTests
{
    static async Task<string[]> Find(OpenHouse house, string typed, Caller? by = null) => [.. (await house.Database.Read(s => FindReference.Read(s, typed, by ?? DeskStory.Amara))).Select(c => c.Reference)];

    [Theory, BothDatabases]
    public async Task A_reference_is_found_by_its_parts_and_by_what_was_heard_wrong(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var reference = (await house.Pothole()).Reference;
        await house.Pothole();
        var code = reference[4..];
        foreach (var typed in new[]
        {
            reference, reference.ToLowerInvariant().Replace("-", " "), reference.Replace("-", ""), code, code.Replace("-", ""), code[..4], code[^4..], code[..6], "pot" + code[..4], reference[..8], "pot " + code[..3],
        })
            (await Find(house, typed)).ShouldContain(reference, $"“{typed}” for {reference}");
        foreach (var slip in new[] { "B" + reference[1..], reference[..1] + "0" + reference[2..] }.Where(s => s != reference))
            (await Find(house, slip)).Length.ShouldBeLessThanOrEqualTo(1, slip);
        (await Find(house, "zz")).ShouldBeEmpty();
        (await Find(house, "%' or 1=1")).ShouldBeEmpty();
        (await Find(house, code[..4], Tokens.CallerFor(ExampleCouncil.Files, "priya-venkataraman"))).ShouldBeEmpty();
    }

    [Fact]
    public void Two_neighbours_exchanged_are_put_right()
    {
        for (var i = 0; i < 200; i++)
        {
            var reference = CaseReference.New("POT");
            var tidy = reference.Replace("-", "", StringComparison.Ordinal);
            var at = 3 + i % 7;
            var typed = tidy[..at] + tidy[at + 1] + tidy[at] + tidy[(at + 2)..];
            if (typed != tidy) FindReference.Slips(typed).ShouldContain(reference);
        }
    }

    [Fact]
    public void A_letter_that_sounds_alike_is_put_right()
    {
        for (var i = 0; i < 200; i++)
        {
            var reference = CaseReference.New("POT");
            if (reference.LastIndexOf('M') is var at and > 3) FindReference.Slips((reference[..at] + "N" + reference[(at + 1)..]).Replace("-", "", StringComparison.Ordinal)).ShouldContain(reference);
        }
    }

    [Theory, BothDatabases]
    public async Task Parts_of_references_are_found_by_an_index(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await CaseListTests.Fill(store, 20_000);
        var plans = await store.Database.Read(async session =>
        {
            FormattableString[] looks = dialect == Dialect.Sqlite
                ? [$"explain query plan select reference from council_case where substr(reference, length(reference) - 8) >= {"7F3K"} and substr(reference, length(reference) - 8) <= {"7F3K~"} limit 20",
                   $"explain query plan select reference from council_case where substr(reference, length(reference) - 3) = {"92QX"} limit 20",
                   $"explain query plan select count(*) from (select 1 from council_case where assigned = {"amara-okafor"} and status = 'open' limit 1000) as theirs"]
                : [$"""explain select reference from council_case where (substr(reference, length(reference) - 8)) collate "C" >= {"7F3K"} and (substr(reference, length(reference) - 8)) collate "C" <= {"7F3K~"} limit 20""",
                   $"""explain select reference from council_case where (substr(reference, length(reference) - 3)) collate "C" = {"92QX"} limit 20""",
                   $"explain select count(*) from (select 1 from council_case where assigned = {"amara-okafor"} and status = 'open' limit 1000) as theirs"];
            var lines = new List<string>();
            foreach (var look in looks) lines.Add(string.Join('\n', await session.Query(look, row => row.Text(dialect == Dialect.Sqlite ? 3 : 0))));
            return lines;
        });
        plans.ShouldAllBe(p => !p.Contains("Seq Scan", StringComparison.Ordinal) && !p.Contains("SCAN council_case", StringComparison.Ordinal), string.Join("\n\n", plans));
    }
}
