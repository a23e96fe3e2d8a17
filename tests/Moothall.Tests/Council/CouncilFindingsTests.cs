using Moothall.Definitions;
using Moothall.Tests.Journeys;
using Moothall.Tests.Languages;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

/// <summary>Every finding about a council's files can be said in any language; slips that no other test makes are made here.</summary>
public class CouncilFindingsTests
{
    /// <summary>What only a broken disk makes; and an offer has one text, which is in a language or not.</summary>
    static readonly string[] MadeElsewhere = ["this file cannot be read: {trouble}", "the offer of `{service}`"];

    const string Wards = "{\"type\": \"FeatureCollection\", \"features\": [";

    [Theory]
    [InlineData("authorities.yaml", "host: north.localhost", "host: \"http://north.localhost\"", "is not a host name")]
    [InlineData("authorities.yaml", "public-address: http://north.localhost:8080\n", "public-address: north\n", "is not a web address")]
    [InlineData("authorities.yaml", "    calendar: holidays\n  south", "    calendar: holidays\n    languages: [en, xx]\n  south", "there is no language `xx`; known are")]
    [InlineData("authorities.yaml", "help@north.example", "help", "`help` is not an e-mail address")]
    [InlineData("authorities.yaml", "monday: 9:00-17:00", "monday: always", "does not say when somebody is there")]
    [InlineData("authorities.yaml", "    calendar: holidays\n  south", "    calendar: holidays\n    quiet-hours: never\n  south", "does not say when messages wait")]
    [InlineData("offers.yaml", "    north:\n      team: streets\n      teams: {inspection: waste}", "    north: streets", "needs a team")]
    [InlineData("offers.yaml", "      teams: {inspection: waste}", "      fees: {permit: cheap}", "`cheap` is not a price")]
    [InlineData("rates.yaml", "web: 0.18", "web: 20000", "£20000 cannot be what this costs")]
    [InlineData("staff.yaml", "authorities: [north]", "authorities: []", "has roles but no authority")]
    [InlineData("staff.yaml", "authorities: [north]", "authorities: [south]", "which works for no authority of theirs")]
    [InlineData("staff.yaml", "teams: [waste]", "teams: [wast]", "no team is called `wast`")]
    [InlineData("staff.yaml", "  highways:\n", "  ann:\n", "`ann` is a member of staff already")]
    [InlineData("teams.yaml", "name: Waste", "nam: Waste", "no key called `nam` here")]
    public void A_slip_in_a_file_of_the_council_is_found(string file, string was, string became, string said)
    {
        var findings = ExampleCouncil.With(file, was, became).Findings;
        findings.ShouldContain(f => f.Message.Contains(said, StringComparison.Ordinal), string.Join('\n', findings));
    }

    [Theory]
    [InlineData("agreements.yaml", "agreements:\n  ISA-1: signed\n", "agreement `ISA-1` needs its partner")]
    [InlineData("authorities.yaml", "authorities:\n  north: North\n", "authority `north` needs its name")]
    [InlineData("offers.yaml", "offers:\n  report-a-pothole: north\n", "`report-a-pothole` needs the authorities that offer it")]
    [InlineData("teams.yaml", "teams:\n  streets: Streets\n", "team `streets` needs a name")]
    [InlineData("staff.yaml", "staff:\n  ann: Ann Lee\n", "`ann` needs a name, roles")]
    [InlineData("replies.yaml", "replies:\n  late: Sorry\n", "reply `late` needs a title")]
    [InlineData("contractors.yaml", "contractors:\n  lee: Lee Ltd\n", "contractor `lee` needs a name")]
    [InlineData("contractors.yaml", "contractors:\n  lee:\n    name: Lee Ltd\n    email: lee\n    language: xx\n    teams: [streats]\n", "`lee` is not an e-mail address")]
    [InlineData("records.yaml", "list-stands: soon\n", "does not say how long a list stands")]
    [InlineData("records.yaml", "accounts-unused: 3 days\n", "does not say after how long an account that nobody uses goes")]
    [InlineData("rates.yaml", "rates:\n  - authority: north\n    from: 2025-04-01\n    source: A\n    hourly: {worker: 1}\n    channel: {web: 1}\n  - authority: north\n    from: 2025-04-01\n    source: A\n    hourly: {worker: 1}\n    channel: {web: 1}\n", "has a rate card from this day already")]
    [InlineData("places/places.csv", "name,name,kind,odd\n", "there are two columns `name`")]
    [InlineData("places/places.csv", "", "this file is empty; its first line must be")]
    [InlineData("places/places.csv", "name,kind\n", "there is no column")]
    [InlineData("places/places.csv", "name,kind,latitude,longitude,authority\nNewton,village,51,-1,\n", "`authority` is empty here")]
    [InlineData("places/places.csv", "name,kind,latitude,longitude,authority\nNewton,vilage,51,-1,north\n", "`vilage` is no kind of place")]
    [InlineData("places/places.csv", "name,kind,latitude,longitude,authority,ward,place\nNewton,village,51,-1,north,,\nHigh Street,street,,,north,,Newtown\n", "no place of north in this file is called `Newtown`")]
    [InlineData("places/roads.csv", "name,class,place\nGreen Lane,local,Newtown\n", "no place in places.csv is called `Newtown`")]
    [InlineData("places/wards.geojson", Wards + "{\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"One\", \"authority\": \"noth\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0,51],[1,51],[1,52],[0,51]]]}}]}", "ward One: no authority is called `noth`")]
    [InlineData("places/wards.geojson", Wards + "{\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"One\", \"authority\": \"north\"}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [0,51]}}]}", "its geometry must be a Polygon")]
    [InlineData("places/wards.geojson", Wards + "{\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"One\", \"authority\": \"north\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0,51],[1,52],[1,51],[0,52],[0,51]]]}}]}", "its border crosses itself")]
    [InlineData("places/wards.geojson", Wards + "{\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"One\", \"authority\": \"north\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0,51],[1,51],[1,52],[0,51]]]}}, {\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"Two\", \"authority\": \"north\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[2,51],[3,51],[3,52],[2,51]]]}}]}", "ward `W1` is already in this file")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{dydd}\"\n", "The translation has a field {dydd}")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day\"\n", "needs a comma or a closing brace after “day”")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day, plural, other {# d\"\n", "has an opening brace that is not closed")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day, date}\"\n", "has “date” where plural or select is known")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day, plural one {a}}\"\n", "needs a comma after plural")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day, plural, one a}\"\n", "needs an opening brace after “one”")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"{day, plural, one {a}}\"\n", "needs a branch “other” for “day”")]
    [InlineData("languages/xx/a.po", "msgid \"By {day}\"\nmsgstr \"day}\"\n", "has a closing brace without an opening one")]
    [InlineData("languages/xx/a.po", "msgid \"By\"\nmsgtsr \"Do\"\n", "is not a line of a PO file")]
    [InlineData("languages/xx/a.po", "msgid By\n", "Text stands in double quotes")]
    [InlineData("languages/xx/a.po", "msgid \"\"\nmsgstr \"X-Plurals: none\\n\"\n", "is not a plural rule")]
    [InlineData("languages/xx/a.po", "msgid \"\"\nmsgstr \"X-Plurals: one: z = 1\\n\"\n", "is not a condition of a plural rule")]
    [InlineData("languages/xx/a.po", "msgid \"\"\nmsgstr \"X-Plurals: one: n = x\\n\"\n", "needs whole numbers")]
    public void A_file_of_the_council_that_is_wrong_as_a_whole_is_found(string file, string text, string said)
    {
        var files = ExampleCouncil.Small();
        files[file] = text;
        var findings = ExampleCouncil.Read(files).Findings;
        findings.ShouldContain(f => f.Message.Contains(said, StringComparison.Ordinal), string.Join('\n', findings));
    }

    [Fact]
    public void A_ward_that_the_map_does_not_have_is_found()
    {
        var files = ExampleCouncil.Small();
        files["places/wards.geojson"] = Wards + "{\"type\": \"Feature\", \"properties\": {\"code\": \"W1\", \"name\": \"One\", \"authority\": \"north\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[0,51],[1,51],[1,52],[0,51]]]}}]}";
        files["places/places.csv"] = "name,kind,latitude,longitude,authority,ward,place\nNewton,village,51,-1,north,N9,\n";
        ExampleCouncil.Read(files).Findings.ShouldHaveSingleItem().Message.ShouldStartWith("no ward of north in wards.geojson has the code or name `N9`");
    }

    [Fact]
    public void What_an_offer_lacks_for_a_service_is_found()
    {
        var council = ExampleCouncil.Files;
        var garden = ExampleServices.Definition("subscribe-to-garden-waste");
        var offer = council.FindOffer(garden.Name, "wessex").ShouldNotBeNull();
        var lacking = offer with { Fees = new Dictionary<string, long> { ["lamp"] = 1 }, IncomeCodes = new Dictionary<string, string> { ["lamp"] = "L-1" }, Pay = null, StageTeams = new Dictionary<string, string> { ["nowhere"] = "streets" } };
        var findings = (council with { Offers = [lacking] }).CheckOffers([garden, ExampleServices.Definition("report-a-pothole")], []).Proved(garden.Name, "lamp nowhere wessex report-a-pothole");
        foreach (var said in (string[])["charges the fee `first-bin`", "has a fee `lamp`", "has an income code for `lamp`", "does not say how to pay", "names a team for stage `nowhere`", "no authority offers `report-a-pothole`"])
            findings.ShouldContain(f => f.Message.Contains(said, StringComparison.Ordinal), string.Join('\n', findings));
        (council with { Offers = [offer with { Fees = offer.Fees.ToDictionary(f => f.Key == "first-bin" ? "first-bim" : f.Key, f => f.Value) }] }).CheckOffers([garden], []).Proved(garden.Name, "first-bim wessex")
            .ShouldContain(f => f.Message == "no fee is called `first-bin` in the council's offers; did you mean `first-bim`?");
    }

    [Fact]
    public void What_a_language_lacks_that_is_hardly_begun_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("moothall-language-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "qqs")).FullName, "a.po"), "msgid \"\"\nmsgstr \"X-Name: Qqs\\n\"\n\nmsgid \"midday\"\nmsgstr \"qq\"\n");
            Phrases.Take(folder);
            var source = ExampleServices.Source("report-a-pothole");
            var cut = source.IndexOf("  cy: ", StringComparison.Ordinal);
            var service = ExampleServices.FromText(source.Remove(cut, source.IndexOf('\n', cut) + 1 - cut));
            var council = ExampleCouncil.Files with { Authorities = [.. ExampleCouncil.Files.Authorities.Select(a => a with { Languages = ["en", "cy", "qqs"] })] };
            var findings = new[] { false, true }.SelectMany(each => Moothall.Council.LanguageGaps.Find(council, [service], "council", each)).Proved(source);
            foreach (var said in (string[])["`report-a-pothole` is in Cymraeg (cy) only in part", " messages of the program: “", "Qqs (qqs) has no words for “", "Qqs (qqs) has no mail `received`", "mails: “", "this page is not in Qqs (qqs)"])
                findings.ShouldContain(f => f.Message.Contains(said, StringComparison.Ordinal), said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_agreement_that_ends_is_found()
    {
        var council = ExampleCouncil.Read(ExampleCouncil.Small()).Council!;
        council.CheckAgreements(new(2026, 3, 31)).Concat(council.CheckAgreements(new(2026, 4, 1))).Proved("ISA-1 highways").Count.ShouldBe(2);
        council.CheckOffers(new HashSet<string> { "report-a-pot-hole" }).Proved("report-a-pothole").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_finding_about_a_council_can_be_said_in_any_language()
    {
        await FindingWords.Walk(typeof(CouncilReaderTests), typeof(DeskFilesTests), typeof(LanguageGapsTests), typeof(PlacesTests), typeof(SignInFileTests));
        foreach (var test in typeof(CouncilFindingsTests).GetMethods().Where(m => m.Name != nameof(Every_finding_about_a_council_can_be_said_in_any_language)))
            foreach (var data in test.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()) test.Invoke(this, data.Data);
        What_an_offer_lacks_for_a_service_is_found();
        A_ward_that_the_map_does_not_have_is_found();
        An_agreement_that_ends_is_found();
        What_a_language_lacks_that_is_hardly_begun_is_found();
        FindingWords.NeverMade("src/Moothall/Council/").Except(MadeElsewhere).ShouldBeEmpty();
    }
}
