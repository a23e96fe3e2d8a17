using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

public class CouncilReaderTests
{
    static string Only(Moothall.Council.CouncilReading reading)
    {
        reading.Findings.Count.ShouldBe(1, string.Join('\n', reading.Findings));
        return reading.Findings[0].ToString();
    }

    [Fact]
    public void The_shipped_council_has_no_errors()
    {
        ExampleCouncil.Reading.Findings.Where(f => f.Severity == Severity.Error).ShouldBeEmpty();
        var council = ExampleCouncil.Files;
        council.Authorities.Select(a => a.Id).ShouldBe(["wessex", "mercia"]);
        council.Teams["streets"].Authorities.ShouldBe(["wessex", "mercia"]);
        council.ForHost("mercia.localhost").Name.ShouldBe("Mercia Council");
        council.ForHost("elsewhere.example").Id.ShouldBe("wessex");
        council.FindOffer("report-a-pothole", "wessex")!.TeamFor("inspection").ShouldBe("wessex-highways");
        council.FindOffer("report-a-pothole", "wessex")!.TeamFor("triage").ShouldBe("streets");
        council.RateOn("wessex", new(2026, 3, 31))!.HourlyPounds["worker"].ShouldBe(27.10m);
        council.RateOn("wessex", new(2026, 4, 1))!.ChannelPounds["web"].ShouldBe(0.16m);
        council.RateOn("mercia", new(2026, 4, 1)).ShouldBeNull();
        council.Authorities[0].Contact.Hours[IsoDayOfWeek.Thursday].ShouldBe((new LocalTime(8, 30), new LocalTime(19, 0)));
    }

    [Fact]
    public void A_small_council_is_read_without_a_finding()
    {
        var reading = ExampleCouncil.Read(ExampleCouncil.Small());
        reading.Findings.ShouldBeEmpty();
        var south = reading.Council!.FindAuthority("south")!;
        south.PublicAddress.ShouldBe("http://south.localhost:8080");
        south.Calendar.IsOpen(Instant.FromUtc(2026, 3, 2, 10, 0)).ShouldBeTrue();
        south.Calendar.IsOpen(Instant.FromUtc(2026, 3, 3, 10, 0)).ShouldBeFalse();
        reading.Council.FindAuthority("north")!.Calendar.IsOpen(Instant.FromUtc(2026, 3, 3, 10, 0)).ShouldBeTrue();
        reading.Council.Members["ann"].Roles.ShouldBe([Role.Worker]);
        reading.Council.Members["highways"].IsPartner.ShouldBeTrue();
    }

    [Theory]
    [InlineData("offers.yaml", "team: streets", "team: streats", "offers.yaml:4:13: error: no team is called `streats`; did you mean `streets`?")]
    [InlineData("offers.yaml", "    north:", "    noth:", "offers.yaml:3:5: error: no authority is called `noth`; did you mean `north`?")]
    [InlineData("staff.yaml", "roles: [worker]", "roles: [wroker]", "staff.yaml:4:13: error: no role is called `wroker`; did you mean `worker`?")]
    [InlineData("rates.yaml", "web: 0.18", "wep: 0.18", "rates.yaml:6:15: error: no channel is called `wep`; did you mean `web`?")]
    [InlineData("rates.yaml", "2025-04-01", "1 April", "rates.yaml:3:11: error: `1 April` is not a date; write it like 2026-12-25")]
    [InlineData("authorities.yaml", "host: south.localhost", "host: north.localhost", "authorities.yaml:13:11: error: `north.localhost` is already the host of `north`; every authority needs a host name of its own")]
    [InlineData("authorities.yaml", "\"#12436d\"", "\"#12436\"", "authorities.yaml:6:22: error: `#12436` is not a colour; write six figures or letters a to f after #, in quotes: \"#1d70b8\"")]
    [InlineData("agreements.yaml", "partner: highways", "partner: highway", "agreements.yaml:3:14: error: no partner in staff.yaml is called `highway`; did you mean `highways`?")]
    [InlineData("agreements.yaml", "2026-03-31", "2023-03-31", "agreements.yaml:7:12: error: this agreement ends before it begins; change one of the two dates")]
    [InlineData("teams.yaml", "[north, south]", "[north, sout]", "teams.yaml:4:26: error: no authority is called `sout`; did you mean `south`?")]
    public void A_slip_is_found_at_its_place_with_its_mend(string file, string good, string slip, string message) =>
        Only(ExampleCouncil.With(file, good, slip)).ShouldBe(message);

    [Fact]
    public void A_colour_that_cannot_be_read_on_white_is_an_error_naming_the_ratio() =>
        Only(ExampleCouncil.With("authorities.yaml", "link: \"#1a5f96\"", "link: \"#66aaff\"")).ShouldStartWith(
            "authorities.yaml:6:39: error: `link` #66aaff has a contrast of 2.39:1 with white, which many people cannot read; choose a darker colour, with 4.5:1 or more");

    [Fact]
    public void An_authority_without_a_calendar_is_an_error() =>
        Only(ExampleCouncil.With("authorities.yaml", "    calendar: holidays\n  south", "  south")).ShouldContain("`north` has no `calendar`, so no deadline can be worked out");

    [Fact]
    public void A_calendar_that_is_not_there_is_named() =>
        Only(ExampleCouncil.With("authorities.yaml", "calendar: holidays\n    hours", "calendar: holiday\n    hours")).ShouldEndWith("there is no list of holidays calendars/holiday.csv; did you mean `holidays`?");

    [Fact]
    public void A_team_that_does_not_work_for_an_authority_cannot_be_offered() =>
        Only(ExampleCouncil.With("offers.yaml", "    north:\n      team: streets\n      teams: {inspection: waste}", "    south:\n      team: waste"))
            .ShouldContain("team `waste` does not work for `south`");

    [Fact]
    public void A_council_with_an_error_is_not_served()
    {
        var files = ExampleCouncil.Small();
        files.Remove("teams.yaml");
        var reading = ExampleCouncil.Read(files);
        reading.Council.ShouldBeNull();
        reading.Findings.ShouldContain(f => f.ToString() == "teams.yaml:1:1: error: this file is missing; a council needs it");
    }

    [Fact]
    public void One_run_finds_the_slips_of_all_files()
    {
        var files = ExampleCouncil.Small();
        files["staff.yaml"] = files["staff.yaml"].Replace("worker", "wroker");
        files["rates.yaml"] = files["rates.yaml"].Replace("authority: north", "authority: nort");
        files["calendars/holidays.csv"] += "someday,Party,no\n";
        ExampleCouncil.Read(files).Findings.Select(f => f.Place.File).ShouldBe(["calendars/holidays.csv", "rates.yaml", "staff.yaml"]);
    }

    [Fact]
    public void A_missing_help_page_is_a_warning()
    {
        var files = ExampleCouncil.Small();
        files.Remove("pages/privacy.md");
        var reading = ExampleCouncil.Read(files);
        Only(reading).ShouldStartWith("pages/privacy.md:1:1: warning: this page is missing");
        reading.Council.ShouldNotBeNull();
    }

    [Fact]
    public void Somebody_who_can_work_nothing_is_a_warning() =>
        Only(ExampleCouncil.With("staff.yaml", "      teams: [waste]\n".TrimStart(' '), "teams: []\n".TrimStart(' '))).ShouldContain("warning: `ann` has no team, so can work no case");

    [Fact]
    public void Offers_of_services_that_there_are_not_are_found()
    {
        var council = ExampleCouncil.Read(ExampleCouncil.Small()).Council!;
        council.CheckOffers(new HashSet<string> { "report-a-pothole" }).ShouldBeEmpty();
        council.CheckOffers(new HashSet<string> { "report-a-pot-hole" }).Single().Message.ShouldBe("no service is called `report-a-pothole`; did you mean `report-a-pot-hole`?");
    }

    [Fact]
    public void An_agreement_that_has_ended_is_a_warning_from_its_last_day_on()
    {
        var council = ExampleCouncil.Read(ExampleCouncil.Small()).Council!;
        council.CheckAgreements(new(2025, 6, 1)).ShouldBeEmpty();
        council.CheckAgreements(new(2026, 3, 31)).Single().Message.ShouldStartWith("agreement `ISA-1` with `highways` ends on 31 March 2026");
        var ended = council.CheckAgreements(new(2026, 4, 1)).Single();
        ended.Message.ShouldStartWith("agreement `ISA-1` with `highways` ended on 31 March 2026");
        (ended.Severity, ended.Place.Line).ShouldBe((Severity.Warning, 2));
    }

    [Fact]
    public void The_checker_is_told_what_lies_around_a_definition()
    {
        var around = ExampleCouncil.Files.SurroundingsOn(new(2026, 11, 22), new Dictionary<string, string> { ["report-a-pothole"] = "POT" });
        around.Partners.ShouldContain("national-highways");
        around.Agreements["ISA-2024-003"].Fields.ShouldBe(["where", "size", "photo"], ignoreOrder: true);
        around.LookUps.ValuesOf("roads")!.ShouldContain("motorway");
        around.LookUps.ValuesOf("rods").ShouldBeNull();
        around.Calendar.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("#ffffff", 1)]
    [InlineData("#000", 21)]
    [InlineData("#767676", 4.54)]
    [InlineData("#777777", 4.47)]
    public void Contrast_is_worked_out_as_WCAG_says(string colour, double ratio) =>
        Moothall.Council.Colour.Parse(colour)!.Value.ContrastWithWhite.ShouldBe(ratio, 0.01);
}
