using System.Text.Json;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>Look-ups in tables of the council: of places and addresses, at the top and in the rows of groups.</summary>
public sealed class LookUpTests
{
    const string Ask = """
        ask:
          sites:
            group: Where is it?
            one: site
            ask: [site, junction, corners]
          site:
            question: Where is the site?
            type: location
            look-up: {road: roads}
          junction:
            question: At which junction?
            type: text
            when: site.road is motorway
          corners:
            group: Which houses are on its corners?
            one: house
            ask: [house, side]
            optional: yes
          house:
            question: What is the address of the house?
            type: address
            look-up: {road: roads}
          side:
            question: On which side of the main road is it?
            type: text
            when: house.road is a-road and site.road is not motorway
        """;

    /// <summary>A table that knows each road by the word for its class.</summary>
    sealed class Table : ILookUps
    {
        static readonly string[] Classes = ["motorway", "a-road", "local"];
        public string? Find(string table, Answer answer) => table != "roads" ? null : Classes.FirstOrDefault((answer switch { LocationAnswer l => l.Text, AddressAnswer a => a.Line1, _ => "" }).Contains);
        public IReadOnlyList<string>? ValuesOf(string table) => table == "roads" ? Classes : null;
    }

    static readonly ReadingContext Now = new() { Today = LongForm.Today, LookUps = new Table() };

    static readonly ServiceDefinition Service = ServiceReader.Read("service.yaml", LongForm.Text(Ask), new Table()).Definition!;

    static (Answers Answers, string[] Faults) Read(object sites)
    {
        var (answers, faults) = AnswersReader.ReadAll(Service, JsonSerializer.SerializeToElement(new { sites }), Now, LongForm.Today);
        return (answers, [.. faults.Select(f => $"{f.Question}: {f.Message}")]);
    }

    static object House(string line1, string? side = null) => side is null ? new { house = new { line1, postcode = "OX11 0AA" } } : new { house = new { line1, postcode = "OX11 0AA" }, side };

    [Fact]
    public void What_a_row_looks_up_decides_what_the_row_asks()
    {
        Read(new object[] { new { site = "by the motorway" }, new { site = "a local lane" } }).Faults.ShouldBe(["sites-1-junction: Enter an answer to “At which junction?”"]);
        var (answers, faults) = Read(new object[] { new { site = "by the motorway", junction = "13", corners = new[] { House("2 a-road") } }, new { site = "a local lane", corners = new[] { House("1 a-road", "north"), House("5 local") } } });
        faults.ShouldBeEmpty();
        Service.Walk(answers).IsComplete.ShouldBeTrue();
        var rows = ((GroupAnswer)answers["sites"]!).Rows;
        ((LocationAnswer)rows[0]["site"]!).Parts["road"].ShouldBe("motorway");
        ((AddressAnswer)((GroupAnswer)rows[1]["corners"]!).Rows[0]["house"]!).Parts["road"].ShouldBe("a-road");
        Read(new object[] { new { site = "a local lane", corners = new[] { House("1 a-road") } } }).Faults.ShouldBe(["sites-1-corners-1-side: Enter an answer to “On which side of the main road is it?”"]);
    }

    [Fact]
    public void What_was_looked_up_is_stored_with_the_rows_and_never_taken_from_outside()
    {
        var (answers, _) = Read(new object[] { new { site = new { text = "a local lane", parts = new { road = "motorway" } }, corners = new object[] { new { house = new { line1 = "9 local", postcode = "OX11 0AA", parts = new { road = "motorway" } } } } } });
        var stored = AnswersJson.Write(Service, answers);
        stored.ShouldNotContain("motorway");
        AnswersJson.Read(Service, stored).ShouldBe(answers);
    }

    [Fact]
    public void A_form_of_all_questions_looks_up_in_each_row()
    {
        var (answers, faults) = AnswersReader.ReadAllForm(Service, new Form(("sites-rows", "2"), ("sites-1-site", "a local lane"), ("sites-2-site", "by the motorway"), ("sites-1-corners-rows", "1"), ("sites-1-corners-1-house-line1", "1 a-road"), ("sites-1-corners-1-house-postcode", "OX11 0AA")), Now, LongForm.Today);
        faults.Select(f => f.Question).ShouldBe(["sites-1-corners-1-side", "sites-2-junction"]);
        answers["sites"].ShouldBeNull();
    }

    [Fact]
    public void Every_question_of_the_rows_is_proved_to_be_asked_by_a_value_of_the_table()
    {
        Definitions.Reachability.Check(Service, new Table()).ShouldBeEmpty();
        ServiceReader.Read("service.yaml", LongForm.Text(Ask.Replace("site.road is motorway", "site.road is motorwy", StringComparison.Ordinal)), new Table()).Findings.Select(f => f.ToString())
            .ShouldContain(f => f.StartsWith("service.yaml:19:24: error: ", StringComparison.Ordinal) && f.EndsWith("did you mean `motorway`?", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_of_a_group_that_looked_up_less_do_not_tell_what_the_new_one_asks()
    {
        var before = LongForm.Read(Ask.Replace("    look-up: {road: roads}\n", "", StringComparison.Ordinal).Replace("    when: site.road is motorway\n", "", StringComparison.Ordinal).Replace("    when: house.road is a-road and site.road is not motorway\n", "", StringComparison.Ordinal).Replace("    when: house.road is a-road and site.road is not motorway", "", StringComparison.Ordinal));
        var given = AnswersReader.ReadAll(before, JsonSerializer.SerializeToElement(new { sites = new object[] { new { site = "by the motorway", junction = "13" } } }), Now, LongForm.Today).Answers;
        var many = Sentence.Parse("count of sites > 1", new SourcePlace("service.yaml", 1, 1), new SentenceScope(Service.Ask, [], NoLookUps.Value), [])!;
        CarriedAnswers.To(Service, before, given, LongForm.Today).Knows(many).ShouldBeFalse();
        CarriedAnswers.To(Service, Service, Read(new object[] { new { site = "a local lane" } }).Answers, LongForm.Today).Knows(many).ShouldBeTrue();
    }

    [Fact]
    public void A_postcode_alone_says_of_no_road_or_ward()
    {
        LongForm.Findings("""
            ask:
              where:
                question: What is the postcode?
                type: postcode
                look-up: {ward: wards}
            """).ShouldContain("11:5: error: `look-up` has no meaning for a question of type `postcode`, only for `location` and `address`; take it out or change the type");
    }
}
