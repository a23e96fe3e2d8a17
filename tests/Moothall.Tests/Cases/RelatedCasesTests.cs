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
        related.OfPerson.Select(c => c.Reference).ShouldBe([second.Reference]);
        related.OfPlace.Select(c => c.Reference).ShouldBe([third.Reference]);
        (await Read(house, second, there)).OfPlace.ShouldBeEmpty();
    }
}
