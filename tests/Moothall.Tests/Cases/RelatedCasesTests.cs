using Moothall.Cases;
using Moothall.Store;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class RelatedCasesTests
{
    static async Task<RelatedCases> Read(OpenHouse house, CouncilCase of, string answers)
    {
        var definition = ExampleServices.Definition("report-a-pothole");
        return await house.Database.Read(s => RelatedCases.Read(s, of, definition, definition.Answers(answers), DeskStory.Amara));
    }

    static string Answered(string where, string? email = null) => $$"""{"where": "{{where}}", "size": "small"{{(email is null ? "" : $$""", "you": {"name": "Ann Lee", "email": "{{email}}"}""")}}}""";

    [Theory, BothDatabases]
    public async Task The_persons_and_the_places_other_cases_are_found_by_whole_keys(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (here, there) = (Answered("High Street, Wallingford", "ann@mail.example"), Answered("Castle Street, Wallingford", "ann@mail.example"));
        var first = await house.Pothole(answers: here);
        var second = await house.Pothole(answers: there);
        var third = await house.Pothole(answers: Answered("wallingford HIGH street"));
        await house.Pothole(answers: Answered("Church Lane, Wallingford", "ann@mail.example.org"));
        var related = await Read(house, first, here);
        related.OfPerson.Shown.Select(c => c.Reference).ShouldBe([second.Reference]);
        related.OfPlace.Shown.Select(c => c.Reference).ShouldBe([third.Reference]);
        (await Read(house, second, there)).OfPlace.Count.ShouldBe(0);
    }

    static Task Words(OpenHouse house, string word, int from, int many) => house.Database.Commit(unit => unit.Dialect == Dialect.Sqlite
        ? unit.Execute($"with recursive n(i) as (select {from} union all select i + 1 from n where i < {from + many - 1}) insert into case_search_word (word, number) select {word}, -i from n")
        : unit.Execute($"insert into case_search_word (word, number) select {word}, -i from generate_series({from}, {from + many - 1}) as i"));

    [Theory, BothDatabases]
    public async Task They_are_counted_all_and_shown_a_few(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var here = Answered("High Street, Wallingford", "ann@mail.example");
        var first = await house.Pothole(answers: here);
        for (var more = 0; more < RelatedCases.Most + 2; more++)
        {
            house.Clock.Now += NodaTime.Duration.FromMinutes(1);
            await house.Pothole(answers: Answered($"{more + 1} Castle Street, Wallingford", "ann@mail.example"));
        }
        var related = (await Read(house, first, here)).OfPerson;
        (related.Shown.Count, related.Count, related.HasMore).ShouldBe((RelatedCases.Most, RelatedCases.Most + 2, false));
        related.Shown.Select(c => c.Received).ShouldBe(related.Shown.Select(c => c.Received).OrderDescending());
    }

    [Theory, BothDatabases]
    public async Task However_many_there_are_no_more_than_are_counted_are_looked_at(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var here = Answered("High Street, Wallingford", "ann@mail.example");
        var first = await house.Pothole(answers: here);
        await Words(house, "ann@mail.example", 1, 20_000);
        var related = (await Read(house, first, here)).OfPerson;
        related.HasMore.ShouldBeTrue();
        related.Count.ShouldBeLessThanOrEqualTo(RelatedCases.MostCounted);
    }

    [Theory, BothDatabases]
    public async Task Neither_the_index_of_words_nor_the_cases_are_gone_through(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await house.Pothole();
        await Words(house, "ox108dl", 1, 20_000);
        await house.Database.Commit(unit => unit.Dialect == Dialect.Postgres ? unit.Execute($"analyze case_search_word") : Task.FromResult(0));
        var most = RelatedCases.MostCounted + 2;
        var plan = string.Join('\n', await house.Database.Read(s => dialect == Dialect.Sqlite
            ? s.Query($"explain query plan select number from case_search_word where word = {"somebody@mail.example"} order by number desc limit {most}", row => row.Text(3))
            : s.Query($"explain select number from case_search_word where word = {"somebody@mail.example"} order by number desc limit {most}", row => row.Text(0))));
        plan.ShouldNotContain("SCAN case_search_word");
        plan.ShouldNotContain("Seq Scan");
    }
}
