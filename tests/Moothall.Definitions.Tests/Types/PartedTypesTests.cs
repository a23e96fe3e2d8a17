namespace Moothall.Definitions.Tests;

public sealed class PartedTypesTests
{
    static readonly Question Address = Asked.Of("address", "Where do you live?", "home");
    static readonly Question Place = Asked.Of("location", "Where is the pothole?", "where") with { LookUps = new Dictionary<string, string> { ["road"] = "roads" } };
    static readonly Question You = Asked.Of("person", "How can we tell you what happens?", "you");
    static readonly Question Firm = Asked.Of("organisation", "Who are they?", "firm");
    static readonly Question Photo = Asked.Of("file", "Do you have a photo?", "photo") with { Accept = ["jpeg", "png"], MostFiles = 2 };

    static readonly ReadingContext WithFiles = Asked.Context with
    {
        File = id => id switch
        {
            "A1" or "A2" or "A3" => new KnownFile(id, "hole.jpg", "jpeg", 100),
            "P1" => new KnownFile(id, "plan.pdf", "pdf", 100),
            _ => null,
        },
    };

    static IEnumerable<(string, string)> Said(Reading reading) => reading.Faults.Select(f => (f.Field, f.Message));

    [Fact]
    public void An_address_is_read_from_form_and_JSON()
    {
        var typed = Asked.Answer<AddressAnswer>(Asked.Typed(Address, ("home-line1", " 12 High  Street "), ("home-town", "Didcot"), ("home-postcode", "ox117hn")));
        typed.ShouldBe(new AddressAnswer("12 High Street", null, "Didcot", "OX11 7HN", null));
        Asked.Answer<AddressAnswer>(Asked.Json(Address, """{"line1":"12 High Street","town":"Didcot","postcode":"OX11 7HN","uprn":100120001234}"""))
            .ShouldBe(typed with { Uprn = "100120001234" });
        Address.Type.Show(Address, typed, "en").ShouldBe(["12 High Street", "Didcot", "OX11 7HN"]);
    }

    [Fact]
    public void Each_part_of_an_address_has_its_own_fault()
    {
        Said(Asked.Typed(Address)).ShouldBe(
            [("home-line1", "Enter address line 1, typically the building and street"), ("home-postcode", "Enter a postcode, like OX11 0AA")]);
        Said(Asked.Json(Address, """{"line1":"1 High Street","postcode":"OX11"}""")).ShouldBe([("home-postcode", "Enter a full UK postcode, like OX11 0AA")]);
        Said(Asked.Typed(Address, ("home-line1", new string('a', 201)), ("home-postcode", "OX11 0AA")))
            .ShouldBe([("home-line1", "Address line 1 must be 200 characters or fewer")]);
    }

    [Fact]
    public void A_place_may_be_words_or_coordinates_or_both()
    {
        var words = Asked.Answer<LocationAnswer>(Asked.Typed(Place, ("where", "outside 12 High Street, Didcot")));
        (words.Text, words.Latitude).ShouldBe(("outside 12 High Street, Didcot", null));
        Asked.Answer<LocationAnswer>(Asked.Json(Place, "\"outside 12 High Street, Didcot\"")).ShouldBe(words);
        var pin = Asked.Answer<LocationAnswer>(Asked.Json(Place, """{"latitude": 51.60771234, "longitude": "-1.2411"}"""));
        (pin.Latitude, pin.Longitude).ShouldBe((51.607712, -1.2411));
        Place.Type.Show(Place, pin, "en").ShouldBe(["51.607712, -1.2411"]);
        Asked.Stored(Place, pin).ShouldBe(pin);
        Asked.Refilled(Place, pin).Answer.ShouldBe(pin);
    }

    [Fact]
    public void A_place_lies_in_Great_Britain()
    {
        Said(Asked.Typed(Place)).ShouldBe([("where", "Enter an address or describe the place for “Where is the pothole?”")]);
        Said(Asked.Json(Place, """{"text":"here","latitude":48.85,"longitude":2.35}""")).ShouldBe(
            [("where-latitude", "Choose a place in Great Britain; its latitude is between 49.8 and 60.9 and its longitude between -8.7 and 1.8")]);
        Said(Asked.Json(Place, """{"text":"here","latitude":51.5}""")).ShouldBe([("where-longitude", "Enter a longitude, like -1.2411")]);
        Said(Asked.Json(Place, """{"text":"here","latitude":"north","longitude":1e400}""")).ShouldBe(
            [("where-latitude", "Enter a latitude, like 51.6077"), ("where-longitude", "Enter a longitude, like -1.2411")]);
    }

    [Fact]
    public void What_is_looked_up_is_kept_with_the_place()
    {
        var reading = Place.Type.Read(Place, new Form(("where", "M4 junction 15")), Asked.Context with { LookUps = new Roads() });
        var place = Asked.Answer<LocationAnswer>(reading);
        place.Parts["road"].ShouldBe("motorway");
        Place.Type.Part(place, "road").ShouldBe("motorway");
        Place.Type.ToJson(Place, place)!.ToJsonString().ShouldBe("""{"text":"M4 junction 15","parts":{"road":"motorway"}}""");
        Asked.Stored(Place, place).ShouldBe(place);
    }

    [Fact]
    public void A_person_has_a_name_and_a_way_to_reach_them()
    {
        var sam = Asked.Answer<PersonAnswer>(Asked.Typed(You, ("you-name", "Zoë O’Neil-Okafor"), ("you-email", "zoe@example.org"), ("you-phone", "07700 900 982")));
        sam.ShouldBe(new PersonAnswer("Zoë O’Neil-Okafor", "zoe@example.org", "07700900982"));
        You.Type.Show(You, sam, "en").ShouldBe(["Zoë O’Neil-Okafor", "zoe@example.org", "07700 900982"]);
        You.Type.Part(sam, "email").ShouldBe("zoe@example.org");
        Said(Asked.Typed(You)).ShouldBe([("you-name", "Enter a full name"), ("you-email", "Enter an email address or a phone number")]);
        Said(Asked.Json(You, """{"name":"Sam","email":"sam"}""")).ShouldBe(
            [("you-email", "Enter an email address in the correct format, like name@example.com")]);
    }

    [Fact]
    public void An_unknown_member_is_named()
    {
        Said(Asked.Json(You, """{"nme":"Sam","email":"sam@example.org"}""")).ShouldBe(
            [("you-name", "There is no `nme` in an answer to “How can we tell you what happens?”; did you mean `name`?")]);
        Said(Asked.Json(You, """{"name":5}""")).ShouldBe([("you-name", "`name` in the answer to “How can we tell you what happens?” must be text")]);
        Said(Asked.Json(You, "\"Sam\"")).ShouldBe([("you-name", "The answer to “How can we tell you what happens?” must be an object with `name`, `email` and `phone`")]);
    }

    [Fact]
    public void An_organisation_has_a_name_and_perhaps_a_number()
    {
        Asked.Answer<OrganisationAnswer>(Asked.Typed(Firm, ("firm-name", "Friends of the Park"), ("firm-number", "sc 012345")))
            .ShouldBe(new OrganisationAnswer("Friends of the Park", "SC012345"));
        Said(Asked.Typed(Firm, ("firm-number", "twelve"))).ShouldBe(
            [("firm-name", "Enter the name of the organisation"), ("firm-number", "Enter a company or charity number, like 01234567 or SC123456")]);
    }

    [Fact]
    public void Files_are_known_of_a_kind_taken_and_not_too_many()
    {
        Asked.Answer<FilesAnswer>(Asked.Json(Photo, "\"A1\"", WithFiles)).Files.ShouldBe(["A1"]);
        Asked.Answer<FilesAnswer>(Asked.Json(Photo, """["A2","A1","A2"]""", WithFiles)).Files.ShouldBe(["A2", "A1"]);
        Asked.Message(Asked.Json(Photo, "[]", WithFiles)).ShouldBe("Select a file to answer “Do you have a photo?”");
        Asked.Message(Asked.Json(Photo, "\"X9\"", WithFiles)).ShouldBe("Upload the file again");
        Asked.Message(Asked.Json(Photo, "\"P1\"", WithFiles)).ShouldBe("The selected file must be a JPEG or PNG");
        Asked.Message(Asked.Json(Photo, """["A1","A2","A3"]""", WithFiles)).ShouldBe("Select 2 files or fewer");
        Photo.Type.ToJson(Photo, new FilesAnswer(["A1"]))!.ToJsonString().ShouldBe("""["A1"]""");
        Photo.Type.Show(Photo, new FilesAnswer(["A1", "A2"]), "en").ShouldBe(["2 files"]);
    }

    sealed class Roads : ILookUps
    {
        public string? Find(string table, Answer answer) => table == "roads" && answer is LocationAnswer { Text: var text } && text.StartsWith('M') ? "motorway" : null;
        public IReadOnlyList<string>? ValuesOf(string table) => table == "roads" ? ["motorway", "local"] : null;
    }
}
