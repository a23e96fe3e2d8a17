using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Moothall.Council;
using Moothall.Definitions;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

public class PlacesTests
{
    static LocationAnswer At(string text, double? latitude = null, double? longitude = null) => new(text, latitude, longitude, ImmutableSortedDictionary<string, string>.Empty);

    static string? Whose(string text) => ExampleCouncil.Files.Places.Locate(At(text))?.Authority;

    [Theory]
    [InlineData("outside 12 High Street, Wallingford", "wessex")]
    [InlineData("HIGH ST. WALLINGFORD", "wessex")]
    [InlineData("Broadway Didcot", "wessex")]
    [InlineData("st martins street, wallingford", "wessex")]
    [InlineData("Saint Martin’s St, Wallingford", "wessex")]
    [InlineData("in Abingdon by the bridge", "mercia")]
    [InlineData("12 Somewhere Close, OX11 7HN", "wessex")]
    [InlineData("ox117hn", "wessex")]
    [InlineData("OX14 3HN", "mercia")]
    [InlineData("Henley, near the station", "wessex")]
    [InlineData("Stanford-in-the-Vale", "mercia")]
    public void Words_say_whose_a_place_is(string text, string authority) => Whose(text).ShouldBe(authority);

    [Theory]
    [InlineData("")]
    [InlineData("the big tree")]
    [InlineData("Station Road")]
    [InlineData("between Didcot and Abingdon")]
    [InlineData("Didcotshire")]
    [InlineData("XOX11")]
    public void Words_that_do_not_decide_are_not_guessed_at(string text) => Whose(text).ShouldBeNull();

    [Fact]
    public void A_street_named_after_a_town_is_not_in_that_town()
    {
        Whose("Abingdon Road, Didcot").ShouldBe("wessex");
        Whose("Wallingford Crescent").ShouldBeNull();
        Whose("Abingdon, St Helen's wharf").ShouldBe("mercia");
    }

    [Fact]
    public void A_postcode_weighs_more_than_a_town() => Whose("Abingdon Lodge, OX11 7HN").ShouldBe("wessex");

    [Fact]
    public void Coordinates_weigh_more_than_words()
    {
        var found = ExampleCouncil.Files.Places.Locate(At("Abingdon", 51.6066, -1.2410))!;
        found.Authority.ShouldBe("wessex");
        found.Ward.ShouldNotBeNull().ShouldStartWith("E05");
        (found.Latitude, found.Longitude).ShouldBe((51.6066, -1.2410));
    }

    [Fact]
    public void Coordinates_outside_leave_it_to_the_words()
    {
        ExampleCouncil.Files.Places.Locate(At("", 53.48, -2.24)).ShouldBeNull();
        ExampleCouncil.Files.Places.Locate(At("Abingdon", 53.48, -2.24))!.Authority.ShouldBe("mercia");
        ExampleCouncil.Files.Places.Locate(At("", double.NaN, double.PositiveInfinity)).ShouldBeNull();
    }

    [Fact]
    public void A_street_with_its_town_has_a_ward_and_a_town_has_none()
    {
        ExampleCouncil.Files.Places.Locate(At("High Street, Wallingford"))!.Ward.ShouldNotBeNull().ShouldStartWith("E05");
        ExampleCouncil.Files.Places.Locate(At("Didcot"))!.Ward.ShouldBeNull();
    }

    [Fact]
    public void An_address_is_found_by_its_town_and_postcode()
    {
        var places = ExampleCouncil.Files.Places;
        places.Locate(new AddressAnswer("1 High Street", null, "Wallingford", "OX10 0EG", null))!.Authority.ShouldBe("wessex");
        places.Locate(new AddressAnswer("1 Nowhere", null, null, "OX14 3HN", null))!.Authority.ShouldBe("mercia");
    }

    [Theory]
    [InlineData("M40 near junction 8", "motorway")]
    [InlineData("m40 slip road", "motorway")]
    [InlineData("the A4074 at Benson", "a-road")]
    [InlineData("A 4074 lay-by", "a-road")]
    [InlineData("A34 northbound", "trunk-road")]
    [InlineData("M25 at Heathrow", "motorway")]
    [InlineData("High Street, Wallingford", "local")]
    [InlineData("High Street", "local")]
    [InlineData("12 Nowhere Lane", null)]
    [InlineData("MAM40", null)]
    public void A_road_has_a_class(string text, string? roadClass) => ExampleCouncil.Files.Places.Find("roads", At(text)).ShouldBe(roadClass);

    static Places TwoNewtons()
    {
        NamedPlace north = new("Newton", "village", 52, -1, "north", null), south = new("Newton", "village", 51, -1, "south", null), didcot = new("Didcot", "town", 51.6, -1.2, "south", null);
        NamedPlace upper = new("Newton Upper End", "village", 52.1, -1, "north", null), green = new("Green Lane", "street", 51, -1, "south", "W1", south);
        return new([], [north, south, didcot, upper, green, green with { Authority = "north", Town = north, Ward = "W2" }],
            [new("Green Lane", "a-road", [south]), new("Green Lane", "local", [north])], [new("ox11", ["north", "south"])]);
    }

    [Fact]
    public void A_name_in_both_authorities_decides_nothing_by_itself()
    {
        var places = TwoNewtons();
        places.Locate(At("Newton")).ShouldBeNull();
        places.Locate(At("Green Lane, Newton")).ShouldBeNull();
        places.Locate(At("Green Lane")).ShouldBeNull();
        places.Locate(At("OX11 1AA")).ShouldBeNull();
        places.Locate(At("Newton near Didcot"))!.Authority.ShouldBe("south");
    }

    [Fact]
    public void The_longest_name_wins() => TwoNewtons().Locate(At("newton upper end"))!.Authority.ShouldBe("north");

    [Fact]
    public void A_pin_decides_between_two_roads_of_one_name()
    {
        var places = TwoNewtons();
        places.Find("roads", At("Green Lane")).ShouldBeNull();
        places.Find("roads", At("Green Lane", 51.1, -1)).ShouldBe("a-road");
        places.Find("roads", At("Green Lane", 51.9, -1)).ShouldBe("local");
    }

    [Fact]
    public void Whatever_is_typed_nothing_breaks() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var found = ExampleCouncil.Files.Places.Locate(At(text ?? ""));
            return found is null || ExampleCouncil.Files.FindAuthority(found.Authority) is not null;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\ud800 broken \udfff Abingdon")]
    [InlineData("\u0000\u0007 Abingdon")]
    [InlineData("Äbíngdön")]
    public void Odd_characters_do_not_hide_a_town(string text) => Whose(text).ShouldBe("mercia");

    [Fact]
    public void Very_long_words_are_read_only_in_part() => Whose(string.Concat(Enumerable.Repeat("nowhere ", 100_000)) + "Abingdon").ShouldBeNull();

    [Theory]
    [InlineData("places/places.csv", "name,kind,latitude,longitude,authority\nNewton,village,51,-1,noth\n", "places/places.csv:2:22: error: no authority is called `noth`; did you mean `north`?")]
    [InlineData("places/places.csv", "# from nowhere\nname,kind,latitude,longitude,authority\nNewton,village,x,-1,north\n", "places/places.csv:3:16: error: `x` is not a latitude; write a number from -90 to 90")]
    [InlineData("places/places.csv", "name,kind,lat,longitude,authority\n", "places/places.csv:1:1: error: there is no column `latitude`")]
    [InlineData("places/roads.csv", "name,class,place\nGreen Lane,locl,\n", "places/roads.csv:2:12: error: `locl` is no class of road; did you mean `local`?")]
    [InlineData("places/wards.geojson", "{\"features\": [\n  {\"type\": \"Feature\"}]}", "places/wards.geojson:2:3: error: a ward needs the properties `code`, `name` and `authority`")]
    [InlineData("places/wards.geojson", "{\"features\": [", "places/wards.geojson:1:15: error: this is not JSON; export the wards as GeoJSON again")]
    public void A_slip_in_the_files_of_places_is_found(string file, string text, string message)
    {
        var files = ExampleCouncil.Small();
        files[file] = text;
        ExampleCouncil.Read(files).Findings.Select(f => f.ToString()).ShouldContain(f => f.StartsWith(message, StringComparison.Ordinal), string.Join('\n', ExampleCouncil.Read(files).Findings));
    }
}
