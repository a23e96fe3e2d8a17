using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>A small form with what real ones have becomes a service file that reads as if a person had written it.</summary>
public sealed class XGovImportTests
{
    const string Lists = """
        { "name": "aBcDe", "title": "Kinds", "type": "string", "items": [
          { "text": "A charity", "value": "A charity", "description": "Registered in England or Wales." },
          { "text": "A company", "value": "A company" },
          { "text": "None of these", "value": "None of these" } ] }
        """;

    static string Condition(string name, string field, string type, string how, string value) => $$"""
        { "name": "{{name}}", "displayName": "{{name}}", "value": { "name": "{{name}}", "conditions": [
          { "field": { "name": "{{field}}", "type": "{{type}}", "display": "" }, "operator": "{{how}}", "value": { "type": "Value", "value": "{{value}}", "display": "" } } ] } }
        """;

    static string Form(bool welsh = false)
    {
        string W(string english, string cy) => welsh ? cy : english;
        return Imported.XGov($$"""
            { "path": "/first", "title": "{{W("Before you start", "Cyn i chi ddechrau")}}", "controller": "./pages/start.js", "section": "hid",
              "components": [{ "type": "Html", "name": "t1", "content": "<p class=\"govuk-body\">{{W("We ask about:", "Byddwn yn gofyn am:")}}</p><ul><li>{{W("your group", "eich grŵp")}}</li><li>{{W("<b>the</b> costs", "y costau")}}</li></ul>" }],
              "next": [{ "path": "/kind" }] },
            { "path": "/kind", "title": "{{W("What kind of group are you?", "Pa fath o grŵp ydych chi?")}}", "section": "one",
              "components": [
                { "type": "Para", "name": "t2", "content": "{{W("Only groups can apply.", "Dim ond grwpiau all wneud cais.")}}" },
                { "type": "Details", "name": "d1", "title": "{{W("What is a group?", "Beth yw grŵp?")}}", "content": "{{W("Three people or more.", "Tri o bobl neu fwy.")}}" },
                { "type": "RadiosField", "name": "QqQqQq", "title": "{{W("Kind of group", "Math o grŵp")}}", "list": "aBcDe", "options": { "hideTitle": true } }],
              "next": [{ "path": "/not-for-you", "condition": "nOnE" }, { "path": "/number", "condition": "cHaR" }, { "path": "/costs" }] },
            { "path": "/number", "title": "{{W("What is your charity number?", "Beth yw eich rhif elusen?")}}", "section": "one",
              "components": [{ "type": "TextField", "name": "NnNnNn", "title": "{{W("What is your charity number?", "Beth yw eich rhif elusen?")}}", "hint": "{{W("<p>Six figures</p>", "<p>Chwe ffigur</p>")}}", "schema": { "max": 12 }, "options": { "required": false } }],
              "next": [{ "path": "/costs" }] },
            { "path": "/not-for-you", "title": "{{W("You cannot apply", "Ni allwch wneud cais")}}", "components": [{ "type": "Para", "name": "t3", "content": "{{W("Ask the <a href='https://www.gov.uk/help'>help desk</a>.", "Gofynnwch i'r ddesg gymorth.")}}" }], "next": [] },
            { "path": "/costs", "title": "{{W("What it costs", "Beth mae'n ei gostio")}}", "section": "two", "controller": "RepeatingFieldPageController",
              "components": [
                { "type": "Para", "name": "t4", "content": "{{W("Name each cost.", "Enwch bob cost.")}}" },
                { "type": "MultiInputField", "name": "MmMmMm", "title": "{{W("Capital costs", "Costau cyfalaf")}}", "hint": "The MultiInputField needed", "options": { "columnTitles": ["{{W("Cost", "Cost")}}", "{{W("Pounds", "Punnoedd")}}", "Action"], "maxMultiInputFieldRows": 5 },
                  "children": [{ "type": "TextField", "name": "r1", "title": "{{W("Describe the cost", "Disgrifiwch y gost")}}" }, { "type": "NumberField", "name": "r2", "title": "{{W("Amount", "Swm")}}", "options": { "prefix": "£" }, "schema": { "max": 5000 } }] }],
              "next": [{ "path": "/contact" }] },
            { "path": "/contact", "title": "{{W("Who should we write to?", "At bwy y dylem ysgrifennu?")}}", "section": "two",
              "components": [
                { "type": "TextField", "name": "c1", "title": "{{W("Full name", "Enw llawn")}}" },
                { "type": "EmailAddressField", "name": "c2", "title": "{{W("Email address", "Cyfeiriad e-bost")}}" },
                { "type": "FreeTextField", "name": "c3", "title": "{{W("Why you?", "Pam chi?")}}", "options": { "maxWords": "250" } },
                { "type": "ClientSideFileUploadField", "name": "c4", "title": "{{W("Your accounts", "Eich cyfrifon")}}", "options": { "dropzoneConfig": { "maxFiles": 3, "maxFilesize": 5, "acceptedFiles": "application/pdf,.ods,text/csv" }, "minimumRequiredFiles": 0 } }],
              "next": [{ "path": "/summary" }] }
            """, Condition("cHaR", "one.QqQqQq", "RadiosField", "is", "A charity") + "," + Condition("nOnE", "one.QqQqQq", "RadiosField", "is", "None of these"), Lists,
            $$"""{ "name": "one", "title": "{{W("Your group", "Eich grŵp")}}" }, { "name": "two", "title": "{{W("The money", "Yr arian")}}" }, { "name": "hid", "title": "Default", "hideTitle": true }""",
            welsh ? "\"metadata\": { \"isWelsh\": true }" : "\"phaseBanner\": { \"phase\": \"beta\" }");
    }

    [Fact]
    public void A_form_becomes_a_file_that_a_person_might_have_written()
    {
        var file = Imported.One(FormKind.XGov, Form());
        file.NotExpressed.ShouldBeEmpty();
        file.Service.ShouldBe("my-form");
        file.Good();
        var text = file.Definition!;
        text[text.IndexOf("service:", StringComparison.Ordinal)..text.IndexOf("\n# The council", StringComparison.Ordinal)].ShouldBe("""
            service: my-form
            prefix: MF
            title: Ask us for a grant
            summary: Answer these questions, and we will tell you what happens next.
            kind: apply

            ask:
              group:
                section: Your group
              before-start:
                page: Before you start
                text: |
                  We ask about:

                  - your group
                  - **the** costs
              kind-group:
                question: What kind of group are you?
                text: Only groups can apply.
                details:
                  group:
                    title: What is a group?
                    text: Three people or more.
                short: Kind of group
                type: choice
                options:
                  charity:
                    label: A charity
                    hint: Registered in England or Wales.
                  company: A company
                  none-these: None of these
              charity-number:
                question: What is your charity number?
                hint: Six figures
                type: text
                max-length: 12
                optional: yes
                when: kind-group is charity
              money:
                section: The money
              costs:
                page: What it costs
                text: Name each cost.
              capital-costs:
                group: Capital costs
                one: capital cost
                ask: [cost, amount]
                at-most: 5
              cost:
                question: Describe the cost
                short: Cost
                type: text
              amount:
                question: Amount
                short: Pounds
                type: money
                at-most: £5000
              write:
                page: Who should we write to?
                ask: [full-name, email-address, why-you, accounts]
              full-name:
                question: Full name
                type: text
              email-address:
                question: Email address
                type: email
              why-you:
                question: Why you?
                type: long-text
                max-words: 250
              accounts:
                question: Your accounts
                type: file
                accept: [pdf, ods, csv]
                most-files: 3
                most-size: 5MB
                optional: yes

            exit:
              cannot-apply:
                when: kind-group is none-these
                title: You cannot apply
                text: Ask the [help desk](https://www.gov.uk/help).

            """);
        text.ShouldContain("# - its phase banner");
        text.ShouldContain("personal: [email-address]");
    }

    [Fact]
    public void An_english_form_and_its_welsh_twin_become_one_service()
    {
        var files = FormImport.Import(FormKind.XGov, [("forms/cy/fy-ffurflen.json", Form(welsh: true)), ("forms/en/my-form.json", Form())]);
        files.Select(f => (f.File, f.Service)).ShouldBe([("forms/cy/fy-ffurflen.json", "my-form"), ("forms/en/my-form.json", "my-form")]);
        files[0].Definition.ShouldBeNull("one definition holds both");
        var service = files[1].Good();
        service.Ask[0].Text.In("cy").ShouldBe("Pa fath o grŵp ydych chi?");
        service.Pages[0].Text!.In("cy").ShouldContain("- eich grŵp");
        service.Sections.Select(s => s.Title.In("cy")).ShouldBe(["Eich grŵp", "Yr arian"]);
        service.Exits[0].Title.In("cy").ShouldBe("Ni allwch wneud cais");
        service.FindQuestion("capital-costs")!.Inside[1].Short!.In("cy").ShouldBe("Punnoedd");
        ServiceProse.OfResidents(service).Concat(ServiceProse.OfStaff(service)).Where(p => !p.Texts.ContainsKey("cy") && p.English is not ("A charity" or "A company" or "None of these" or "Registered in England or Wales.") && !p.English.StartsWith("Answer", StringComparison.Ordinal))
            .Select(p => p.English).ShouldBeEmpty("what the Welsh file leaves in English is left so, and nothing else is");
    }

    [Fact]
    public void A_welsh_form_alone_is_told_to_lack_its_english()
    {
        var file = Imported.One(FormKind.XGov, Form(welsh: true));
        file.Good();
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldContain("English words");
    }

    [Theory]
    [InlineData("""{ "type": "GlobeField", "name": "g", "title": "Spin it" }""", "the component “Spin it” (line 1) of the type GlobeField")]
    [InlineData("""{ "type": "TextField", "name": "g", "title": "Code", "schema": { "regex": "^[A-Z]+$" } }""", "the pattern that the answer to “Code” (line 1) must have")]
    [InlineData("""{ "type": "FileUploadField", "name": "g", "title": "Film", "options": { "accept": "video/mp4" } }""", "that “Film” (line 1) takes files of the kind video/mp4")]
    [InlineData("""{ "type": "Para", "name": "g", "content": "Dear {{ firstName }}" }""", "words with an answer put in between (line 1)")]
    public void What_cannot_be_said_is_named(string component, string named)
    {
        var file = Imported.One(FormKind.XGov, Imported.Page($$"""{ "type": "YesNoField", "name": "ok", "title": "Is it so?" }, {{component}}"""));
        file.Good();
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldStartWith(named);
    }

    [Theory]
    [InlineData(@"^[A-Za-z]\\d{8}$", "A12345678")]
    [InlineData(@"[A-Z]{2}-[0-9]{3}", "AB-123")]
    public void A_pattern_of_letters_and_figures_is_told_by_an_example(string pattern, string example) =>
        Imported.One(FormKind.XGov, Imported.Page($$"""{ "type": "TextField", "name": "g", "title": "Code", "schema": { "regex": "{{pattern}}" } }""")).Good().Ask[0].LooksLike.ShouldBe(example);

    [Fact]
    public void What_hangs_on_a_condition_that_cannot_be_said_is_asked_of_everybody_and_told()
    {
        var file = Imported.One(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "Your name", "components": [{ "type": "TextField", "name": "n", "title": "Your name" }], "next": [{ "path": "/long", "condition": "c" }, { "path": "/last" }] },
            { "path": "/long", "title": "A long one", "components": [{ "type": "YesNoField", "name": "l", "title": "Is it long?" }], "next": [{ "path": "/last" }] },
            { "path": "/last", "title": "Last", "components": [{ "type": "YesNoField", "name": "z", "title": "Was that all?" }], "next": [{ "path": "/summary" }] }
            """, Condition("c", "n", "TextField", "is longer than", "20")));
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldStartWith("the condition “n is longer than 20”");
        file.Good().Ask.Select(q => (q.Text.English, q.When?.Text)).ShouldBe([("Your name", null), ("Is it long?", null), ("Was that all?", null)]);
    }

    [Fact]
    public void Conditions_written_as_code_and_by_numbers_are_sentences()
    {
        var service = Imported.One(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "Passport", "section": "a", "components": [{ "type": "YesNoField", "name": "uk", "title": "Do you have a UK passport?" }, { "type": "NumberField", "name": "many", "title": "How many are you?" }],
              "next": [{ "path": "/more", "condition": "c" }, { "path": "/summary" }] },
            { "path": "/more", "title": "Names", "components": [{ "type": "TextField", "name": "z", "title": "Who are they?" }], "next": [{ "path": "/summary" }] }
            """, """{ "name": "c", "displayName": "c", "value": "a.uk == true and (a.many >= 3 or a.many == 1)" }""", sections: """{ "name": "a", "title": "A" }""")).Good();
        service.Asking("Who are they?").When!.Text.ShouldBe("have-uk-passport and (many is 1 or many >= 3)".Replace("have-uk-passport", service.Asking("Do you have a UK passport?").Name, StringComparison.Ordinal).Replace("many", service.Asking("How many are you?").Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_nobody_comes_to_is_told()
    {
        var file = Imported.One(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "First", "components": [{ "type": "YesNoField", "name": "z", "title": "Was that all?" }], "next": [{ "path": "/summary" }] },
            { "path": "/lost", "title": "Lost", "components": [{ "type": "YesNoField", "name": "y", "title": "Is anybody there?" }], "next": [{ "path": "/summary" }] }
            """));
        file.Good().Ask.Count.ShouldBe(1);
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldBe("the page “Lost” (line 2), because no way leads to it");
    }

    [Fact]
    public void Prefixes_and_names_of_many_forms_are_unlike_each_other()
    {
        var form = Imported.Page("""{ "type": "YesNoField", "name": "z", "title": "Was that all?" }""");
        var files = FormImport.Import(FormKind.XGov, [.. Enumerable.Range(0, 60).Select(i => ($"forms/{i}/declarations.json", form))]);
        files.Select(f => f.Good().Prefix).Distinct().Count().ShouldBe(60);
        files.Select(f => f.Service).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public void What_no_reader_knows_is_named_with_its_place_and_what_only_the_builder_needs_is_not()
    {
        var file = Imported.One(FormKind.XGov, Imported.Page("""
            { "type": "YesNoField", "name": "z", "title": "Was that all?", "options": { "classes": "wide", "askTwice": true, "nothing": "", "never": false } },
            { "type": "TextField", "name": "y", "title": "What else?", "options": { "askTwice": true, "prefill": { "from": "account" } } }
            """));
        file.Good();
        file.NotExpressed.Select(lack => lack.ToString()).ShouldBe([
            "what `pages/components/options/askTwice` says in 2 places (first on line 1), because this import does not know it",
            "what `pages/components/options/prefill` says (line 2), because this import does not know it"]);
    }

    [Fact]
    public void A_form_that_asks_nothing_yet_gets_a_question_to_write_over()
    {
        var file = Imported.One(FormKind.XGov, """{ "startPage": "/a", "pages": [{ "path": "/a", "title": "First page", "components": [], "next": [{ "path": "/summary" }] }, { "path": "/summary", "title": "Summary", "controller": "./pages/summary.js", "components": [] }] }""");
        file.Good().Ask.ShouldHaveSingleItem().Type.Name.ShouldBe("long-text");
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldStartWith("any question, because the form asks none");
    }
}
