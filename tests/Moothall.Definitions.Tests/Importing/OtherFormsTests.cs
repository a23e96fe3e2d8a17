using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>Forms of DEFRA's engine version 2 and of GOV.UK Forms.</summary>
public sealed class OtherFormsTests
{
    const string Defra = """
        ---
        name: Apply for a licence
        engine: V2
        schema: 2
        startPage: '/born'
        metadata:
          translations:
            cy:
              components:
                c-1:
                  title: Pryd cawsoch chi eich geni?
              listItems:
                i-2:
                  text: Cath
              pages:
                p-3:
                  title: Eich anifeiliaid
        pages:
          - title: ''
            path: '/born'
            id: p-1
            components:
              - type: DatePartsField
                title: When were you born?
                name: born
                id: c-1
                options: {required: true, maxDaysInFuture: 0}
          - title: You are too young
            path: '/young'
            id: p-2
            controller: TerminalPageController
            condition: k-1
            components:
              - type: Markdown
                content: "Come back when you are 18."
          - title: Your animals
            path: '/animals'
            id: p-3
            components:
              - type: CheckboxesField
                title: Which do you keep?
                name: keeps
                id: c-2
                list: l-1
              - type: NumberField
                title: How heavy are they?
                name: heavy
                options: {suffix: kg}
                schema: {precision: 0, min: 1}
          - title: Your cats
            path: '/cats'
            controller: RepeatPageController
            condition: k-2
            repeat:
              options: {name: cats, title: Cat}
              schema: {min: 1, max: 4}
            components:
              - type: TextField
                title: What is it called?
                name: called
          - title: Summary
            path: '/summary'
            controller: SummaryPageController
        conditions:
          - id: k-1
            displayName: too young
            items:
              - id: x
                componentId: c-1
                operator: is less than
                type: RelativeDate
                value: {period: 18, unit: years, direction: in the past}
          - id: k-2
            displayName: has cats
            items:
              - componentId: c-2
                operator: contains
                type: ListItemRef
                value: {listId: l-1, itemId: i-2}
        lists:
          - id: l-1
            name: animals
            type: string
            items:
              - {id: i-1, text: Dog, value: dog}
              - {id: i-2, text: Cat, value: cat}
        sections: []
        """;

    [Fact]
    public void A_form_of_version_2_has_its_conditions_rows_and_welsh()
    {
        var file = Imported.One(FormKind.Defra, Defra, "licence.yaml");
        file.NotExpressed.ShouldBeEmpty();
        var service = file.Good();
        service.Title.English.ShouldBe("Apply for a licence");
        service.Ask.Select(q => (q.Text.English, q.Type.Name, q.When?.Text)).ShouldBe([("When were you born?", "date", null), ("Which do you keep?", "choices", null), ("How heavy are they?", "number", null), ("Your cats", "group", "keep has cat")]);
        service.Exits.ShouldHaveSingleItem().When.Text.ShouldBe("age of were-born < 18".Replace("were-born", service.Ask[0].Name, StringComparison.Ordinal));
        service.Ask[0].Text.In("cy").ShouldBe("Pryd cawsoch chi eich geni?");
        service.Ask[1].Options[1].Label.In("cy").ShouldBe("Cath");
        service.Ask[1].Page!.Title.In("cy").ShouldBe("Eich anifeiliaid");
        service.Ask[2].Hint!.English.ShouldBe("In kg");
        service.Ask[2].Whole.ShouldBeTrue();
        service.Ask[3].MostRows.ShouldBe(4);
        service.Ask[3].One!.English.ShouldBe("cat");
    }

    static string Step(int id, string asked, string type, string also = "", string settings = "null", string routes = "", int? next = null) => $$"""
        { "id": {{id}}, "next_step_id": {{(next is null ? "null" : next)}}, "type": "question_page", "routing_conditions": [{{routes}}],
          "data": { "question_text": "{{asked}}", "answer_type": "{{type}}", "is_optional": false, "answer_settings": {{settings}}{{also}} } }
        """;

    static string Govuk(params string[] steps) => $$"""{ "name": "Tell us about a hedge", "start_page": 1, "what_happens_next_markdown": "We **look** at it.", "declaration_text": "What I say is true.", "steps": [{{string.Join(",", steps)}}] }""";

    [Fact]
    public void A_form_of_govuk_forms_has_its_routes_ends_and_declaration()
    {
        var file = Imported.One(FormKind.GovukForms, Govuk(
            Step(1, "Whose hedge is it?", "selection", settings: """{ "only_one_option": "true", "selection_options": [{ "name": "Mine" }, { "name": "The council's" }, { "name": "Nobody's" }] }""", next: 2, routes: """
                { "id": 1, "check_page_id": 1, "routing_page_id": 1, "goto_page_id": 3, "answer_value": "Mine", "skip_to_end": false },
                { "id": 2, "check_page_id": 1, "routing_page_id": 1, "goto_page_id": null, "answer_value": "Nobody's", "skip_to_end": false, "exit_page_heading": "We cannot help", "exit_page_markdown": "Ask your neighbours." }
                """),
            Step(2, "Which park is it in?", "text", ", \"page_heading\": \"The park\", \"guidance_markdown\": \"Look at the sign.\"", next: 3),
            Step(3, "What is your name?", "name", settings: """{ "input_type": "first_and_last_name", "title_needed": "false" }""", next: 4),
            Step(4, "What did you see?", "text", ", \"is_repeatable\": true", """{ "input_type": "long_text" }""", next: 5),
            Step(5, "When were you born?", "date", settings: """{ "input_type": "date_of_birth" }""")));
        file.NotExpressed.ShouldBeEmpty();
        var service = file.Good();
        service.Ask.Select(q => (q.Text.English, q.Type.Name, q.When?.Text)).ShouldBe([("Whose hedge is it?", "choice", null), ("Which park is it in?", "text", "hedge is councils"), ("First name", "text", null), ("Last name", "text", null),
            ("What did you see?", "group", null), ("When were you born?", "date", null), ("I agree with the declaration", "declaration", null)]);
        service.Exits.ShouldHaveSingleItem().When.Text.ShouldBe("hedge is nobodys");
        service.Pages[0].Title.English.ShouldBe("The park");
        service.Pages[0].Text!.English.ShouldBe("Look at the sign.");
        service.WhatHappensNext!.English.ShouldBe("We **look** at it.");
        service.Ask[5].AtMost!.IsToday.ShouldBeTrue();
    }

    [Fact]
    public void What_govuk_forms_checks_and_the_language_does_not_is_named()
    {
        var file = Imported.One(FormKind.GovukForms, Govuk(Step(1, "What is your National Insurance number?", "national_insurance_number", next: 2), Step(2, "Where is it?", "address", settings: """{ "input_type": { "international_address": true, "uk_address": true } }""")));
        file.Good().Ask[0].LooksLike.ShouldBe("QQ 12 34 56 C");
        file.NotExpressed.ShouldHaveSingleItem().ToString().ShouldContain("may be an address abroad");
    }
}
