using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Tests.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class WhoseTests
{
    static Result<Whose> Find(string service, string answers) =>
        Whose.Find(ExampleServices.Definition(service), ExampleServices.Definition(service).Answers(answers), ExampleCouncil.Files, ExampleCouncil.Files.FindAuthority("wessex")!);

    [Theory]
    [InlineData("Market Place, Faringdon", "mercia")]
    [InlineData("High Street, Wallingford", "wessex")]
    [InlineData("by the old oak", "wessex")]
    public void A_place_that_is_recognised_decides_and_else_who_was_asked(string place, string authority) =>
        Find("report-a-pothole", $$"""{"where": "{{place}}", "size": "small"}""").Value!.Authority.Id.ShouldBe(authority);

    [Fact]
    public void An_address_decides_by_its_postcode_street_and_town()
    {
        var definition = ExampleServices.Definition("report-a-missed-bin");
        var address = definition.Ask.First(q => q.Type.Name == "address");
        var answers = Answers.None.With(address.Name, new AddressAnswer("14 Ock Street", "Flat 2", "Abingdon", "OX14 5AG", null));
        Whose.Find(definition, answers, ExampleCouncil.Files, ExampleCouncil.Files.FindAuthority("wessex")!).Value!.Authority.Id.ShouldBe("mercia");
    }

    [Fact]
    public void What_nobody_offers_there_is_refused_with_whom_to_ring()
    {
        var council = ExampleCouncil.Read(ExampleCouncil.Small()).Council!;
        var definition = ExampleServices.Definition("report-a-pothole");
        Whose.Find(definition, Answers.None, council, council.FindAuthority("south")!).Refusal!.Why
            .ShouldBe("South Council does not offer “Report a pothole”. Ring 01632 960200 and we will help you.");
    }
}
