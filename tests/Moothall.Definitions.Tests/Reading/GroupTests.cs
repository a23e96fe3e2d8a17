using System.Collections.Immutable;
using System.Text.Json;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The same questions for each of several: reading, walking, sending and proving.</summary>
public sealed class GroupTests
{
    const string Ask = """
        ask:
          big:
            question: Is it a big project?
            type: yes-no
          costs:
            group: What do you need to buy?
            short: Costs
            one: cost
            ask: [what, amount, supplier, parts]
            at-most: 4
          what:
            question: What is it for?
            type: text
          amount:
            question: How much is it?
            type: money
            at-most: £500
          supplier:
            question: Who sells it?
            type: text
            when: amount > £100 or big
          parts:
            group: Which parts does it have?
            one: part
            ask: [part]
            optional: yes
            when: big
          part:
            question: What is the part called?
            type: text
          quotes:
            question: Why does it cost so much?
            type: text
            when: sum of amount > £1,000 and count of costs < 4
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask);

    static Answers Row(string what, int pounds, string? supplier = null)
    {
        var row = Answers.None.With("what", new TextAnswer(what)).With("amount", new MoneyAnswer(pounds * 100));
        return supplier is null ? row : row.With("supplier", new TextAnswer(supplier));
    }

    static Answers Costs(params IReadOnlyList<Answers> rows) => Answers.None.Yes("big", false).With("costs", new GroupAnswer([.. rows]));

    static (Answers Answers, string[] Faults) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (answers, faults) = AnswersReader.ReadAll(Service, document.RootElement, new ReadingContext { Today = LongForm.Today }, LongForm.Today);
        return (answers, [.. faults.Select(f => $"{f.Question}: {f.Message}")]);
    }

    [Fact]
    public void A_group_holds_its_questions_and_stands_as_one()
    {
        Service.Ask.Select(q => q.Name).ShouldBe(["big", "costs", "quotes"]);
        var costs = Service.FindQuestion("costs")!;
        costs.Inside.Select(q => q.Name).ShouldBe(["what", "amount", "supplier", "parts"]);
        costs.Inside[3].Inside.Select(q => q.Name).ShouldBe(["part"]);
        (costs.FewestRows, costs.MostRows, costs.One!.English, costs.Inside[3].MostRows).ShouldBe((1, 4, "cost", 20));
        costs.RowPages().Select(p => string.Join(' ', p.Select(q => q.Name))).ShouldBe(["what amount", "supplier", "parts"]);
        Service.GroupOf("part").ShouldBe(costs);
    }

    [Theory]
    [InlineData("    ask: [what, amount, supplier, parts]", "    ask: [amount, what, supplier, parts]",
        "17:3: error: the group `costs` asks `amount` next, but `what` stands here; put the questions of a group directly below it, in the order of its `ask`")]
    [InlineData("    one: cost\n", "", "11:3: error: `costs` has no `one`; add it, for example `one: cost`")]
    [InlineData("    at-most: 4", "    at-most: 51", "16:14: error: `at-most` must be a whole number, between 1 and 50, but `51` stands here")]
    [InlineData("    at-most: 4", "    at-least: 5\n    at-most: 4", "16:5: error: `at-least` is greater than `at-most`, so that no answer would do; change one of them")]
    [InlineData("    at-most: 4", "    at-least: 0", "16:5: error: a group that may stay empty is `optional: yes`; write that in place of `at-least: 0`")]
    [InlineData("when: sum of amount > £1,000 and count of costs < 4", "when: amount > £10",
        "40:11: error: `amount` is asked in each row of the group `costs`, so there are several; write `sum of amount` or `count of costs`")]
    [InlineData("when: sum of amount > £1,000 and count of costs < 4", "when: supplier is Ann",
        "40:11: error: `supplier` is asked in each row of the group `costs`, so there are several; write `count of costs`")]
    [InlineData("    when: amount > £100 or big", "    when: count of costs > 1",
        "27:20: error: `costs` is asked later; a sentence can only look back")]
    [InlineData("    group: Which parts does it have?", "    question: Which parts does it have?\n    type: group",
        "30:11: error: a group is a heading: write `group:` with what is asked in place of `question:`, and name in its `ask` the questions that follow")]
    public void A_slip_is_named_where_it_was_made(string was, string became, string finding)
    {
        Ask.ShouldContain(was);
        LongForm.Findings(Ask.Replace(was, became, StringComparison.Ordinal)).ShouldContain(f => f.StartsWith(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void A_group_has_pages_of_its_own_and_is_two_deep_at_most()
    {
        LongForm.Findings(Ask.Replace("  costs:\n", "  page:\n    page: Money\n    ask: [costs]\n  costs:\n", StringComparison.Ordinal))
            .ShouldBe(["13:5: error: `costs` is a group and has pages of its own; take it out of `ask`, and let it stand after the page"]);
        LongForm.Findings(Ask.Replace("    ask: [part]\n    optional: yes\n    when: big\n  part:\n", "    ask: [deeper]\n    optional: yes\n  deeper:\n    group: How deep is it?\n    one: depth\n    ask: [part]\n  part:\n", StringComparison.Ordinal))
            .ShouldBe(["33:3: error: `deeper` is a group in a group in a group; two deep is the most, so ask something simpler here"]);
    }

    [Fact]
    public void A_group_is_settled_when_every_row_is_complete_and_there_are_enough()
    {
        Service.Walk(Answers.None.Yes("big", false)).Next!.Name.ShouldBe("costs");
        Service.Walk(Costs(Row("Chairs", 50))).IsComplete.ShouldBeTrue();
        Service.Walk(Costs(Row("Chairs", 50), Row("Oven", 300))).Next!.Name.ShouldBe("costs");
        Service.Walk(Costs(Row("Chairs", 50), Row("Oven", 300, "Ann"))).IsComplete.ShouldBeTrue();
        Service.Walk(Costs([.. Enumerable.Repeat(Row("Chairs", 50), 5)])).Next!.Name.ShouldBe("costs");
        Service.Walk(Answers.None.Yes("big", false).With("costs", SkippedAnswer.Value)).Next!.Name.ShouldBe("costs");
    }

    [Fact]
    public void An_earlier_answer_that_changes_opens_rows_and_closes_them()
    {
        var answers = Costs(Row("Chairs", 50, "Nobody asks this"));
        ((GroupAnswer)Service.Walk(answers).OnPath["costs"]!).Rows[0].Questions.Order().ShouldBe(["amount", "what"]);
        Service.Walk(answers.Yes("big")).Next!.Name.ShouldBe("costs", "a big project has parts");
        var again = answers.Yes("big").With("costs", new GroupAnswer([Row("Chairs", 50, "Ann").With("parts", SkippedAnswer.Value)]));
        Service.Walk(again).IsComplete.ShouldBeTrue();
        ((GroupAnswer)Service.Walk(again.Yes("big", false)).OnPath["costs"]!).Rows[0].ShouldBe(Row("Chairs", 50));
    }

    [Fact]
    public void Sums_and_counts_decide_what_is_asked()
    {
        Service.Walk(Costs(Row("A", 500, "x"), Row("B", 500, "x"))).IsComplete.ShouldBeTrue();
        Service.Walk(Costs(Row("A", 500, "x"), Row("B", 500, "x"), Row("C", 1))).Next!.Name.ShouldBe("quotes");
        Service.Walk(Costs(Row("A", 500, "x"), Row("B", 500, "x"), Row("C", 1), Row("D", 1))).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void Rows_are_stored_as_a_list_of_objects_and_come_back_the_same()
    {
        var answers = Answers.None.Yes("big").With("costs", new GroupAnswer([
            Row("Chairs", 50, "Ann").With("parts", new GroupAnswer([Answers.None.With("part", new TextAnswer("Leg"))])), Row("Oven", 300)]));
        var json = AnswersJson.Write(Service, answers);
        json.ShouldBe("""{"big":true,"costs":[{"what":"Chairs","amount":50.00,"supplier":"Ann","parts":[{"part":"Leg"}]},{"what":"Oven","amount":300.00}]}""");
        AnswersJson.Read(Service, json).ShouldBe(answers);
    }

    [Fact]
    public void A_program_sends_rows_and_is_told_of_each_fault_in_them()
    {
        var (answers, faults) = Read("""{"big": false, "costs": [{"what": " Chairs ", "amount": "£50"}, {"what": "Oven", "amount": 300, "supplier": "Ann"}]}""");
        faults.ShouldBeEmpty();
        answers.ShouldBe(Costs(Row("Chairs", 50), Row("Oven", 300, "Ann")));

        Read("""{"big": false, "costs": [{"what": "", "amount": 501}, {"what": "Oven", "amount": 300, "colour": "red"}]}""").Faults.ShouldBe([
            "costs-1-what: Enter an answer to “What is it for?”", "costs-1-amount: The answer to “How much is it?” must be between £0 and £500",
            "costs: There is no question called `colour` in “Costs”", "costs-2-supplier: Enter an answer to “Who sells it?”"], ignoreOrder: true);
        Read("""{"big": false, "costs": []}""").Faults.ShouldBe(["costs: Add at least one answer to “Costs”"]);
        Read("""{"big": false}""").Faults.ShouldBe(["costs: Add at least one answer to “Costs”"]);
        Read("""{"big": false, "costs": "Chairs"}""").Faults.ShouldBe(["costs: The answer to “Costs” must be a list of objects"]);
        Read("""{"big": false, "costs": [1]}""").Faults.ShouldBe(["costs: The answer to “Costs” must be a list of objects"]);
        Read("""{"big": false, "costs": [{"what":"a","amount":1},{"what":"a","amount":1},{"what":"a","amount":1},{"what":"a","amount":1},{"what":"a","amount":1}]}""")
            .Faults.ShouldBe(["costs: Give 4 answers or fewer to “Costs”"]);
    }

    [Fact]
    public void An_advisor_types_rows_and_those_left_blank_are_passed_over()
    {
        (Answers, string[]) Typed(params (string, string)[] fields)
        {
            var (answers, faults) = AnswersReader.ReadAllForm(Service, new Form(fields), new ReadingContext { Today = LongForm.Today }, LongForm.Today);
            return (answers, [.. faults.Select(f => $"{f.Field}: {f.Message}")]);
        }
        var (answers, faults) = Typed(("big", "yes"), ("costs-rows", "3"), ("costs-1-what", "Chairs"), ("costs-1-amount", "50"), ("costs-1-supplier", "Ann"), ("costs-3-what", "Oven"), ("costs-3-amount", "£300"),
            ("costs-3-supplier", "Ben"), ("costs-3-parts-rows", "2"), ("costs-3-parts-2-part", "Door"));
        faults.ShouldBeEmpty();
        answers.ShouldBe(Answers.None.Yes("big").With("costs", new GroupAnswer([
            Row("Chairs", 50, "Ann").With("parts", SkippedAnswer.Value), Row("Oven", 300, "Ben").With("parts", new GroupAnswer([Answers.None.With("part", new TextAnswer("Door"))]))])));
        Typed(("big", "no"), ("costs-rows", "2"), ("costs-2-what", "Chairs")).Item2.ShouldBe(["costs-2-amount: Enter an amount in pounds for “How much is it?”"], ignoreOrder: true);
    }

    [Fact]
    public void The_schema_says_what_a_row_holds_and_how_many_there_may_be()
    {
        var costs = AnswersSchema.Of(Service, "en")["properties"]!["costs"]!;
        (costs["type"]!.GetValue<string>(), costs["minItems"]!.GetValue<int>(), costs["maxItems"]!.GetValue<int>()).ShouldBe(("array", 1, 4));
        costs["items"]!["required"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["what", "amount"]);
        costs["items"]!["properties"]!["parts"]!["items"]!["properties"]!["part"].ShouldNotBeNull();
    }

    [Fact]
    public void What_is_personal_in_a_row_makes_the_group_personal()
    {
        var service = LongForm.Read(Ask.Replace("    question: Who sells it?\n    type: text", "    question: Who sells it?\n    type: person", StringComparison.Ordinal));
        Checker.Check(service, new Surroundings { Today = LongForm.Today }).Select(f => f.Message)
            .ShouldContain("the group `costs` asks `supplier`, which says who somebody is; add `costs` to `personal`");
    }

    [Theory]
    [InlineData("sum of amount > £2,000", true)]
    [InlineData("sum of amount > £1,999", false)]
    [InlineData("sum of amount < £0", true)]
    [InlineData("count of costs > 4", true)]
    [InlineData("count of costs is 0", true)]
    [InlineData("count of costs >= 4", false)]
    [InlineData("costs is not answered", true)]
    public void The_checker_knows_how_many_rows_there_may_be_and_what_they_may_come_to(string when, bool never) =>
        Errors(Ask.Replace("when: sum of amount > £1,000 and count of costs < 4", "when: " + when, StringComparison.Ordinal))
            .Any(m => m.StartsWith("`quotes` can never be asked", StringComparison.Ordinal)).ShouldBe(never);

    [Fact]
    public void What_is_counted_and_added_up_at_once_is_not_proved() =>
        Checker.Check(Service, new Surroundings { Today = LongForm.Today }).Where(f => f.Message.StartsWith("not proved", StringComparison.Ordinal)).Select(f => f.Message).ShouldBe(
            ["not proved that `quotes` can be asked, because of a comparison that cannot be looked through: the rows of `costs` are counted or added up in several ways, or cannot come to every sum"]);

    [Theory]
    [InlineData("amount > £100 or big", "amount > £500", "`supplier` can never be asked")]
    [InlineData("amount > £100 or big", "amount >= £0", null)]
    public void The_checker_proves_that_each_question_of_a_row_can_be_asked(string was, string became, string? error)
    {
        var errors = Errors(Ask.Replace(was, became, StringComparison.Ordinal));
        if (error is null) errors.ShouldBeEmpty();
        else errors.ShouldContain(m => m.StartsWith(error, StringComparison.Ordinal));
    }

    static List<string> Errors(string ask) => [.. Checker.Check(LongForm.Read(ask), new Surroundings { Today = LongForm.Today })
        .Where(f => f.Message.Contains("never be asked", StringComparison.Ordinal)).Select(f => f.Message)];

    [Fact]
    public void A_charge_may_be_a_sum_of_rows_with_a_limit()
    {
        const string charge = "charge:\n  all:\n    label: All of it\n    amount: sum of amount\n    due: on received\n    income-code: A-1";
        var messages = Checker.Check(LongForm.Read(Ask, after: charge), new Surroundings { Today = LongForm.Today }).Select(f => f.Message).ToList();
        messages.ShouldContain("the charge `all` is worked out from `amount`; give `amount` an `at-least` and an `at-most`, so that nobody can be charged a wild amount");
        var service = LongForm.Read(Ask.Replace("    at-most: £500", "    at-least: £0\n    at-most: £500", StringComparison.Ordinal), after: charge);
        Checker.Check(service, new Surroundings { Today = LongForm.Today }).Select(f => f.Message).ShouldNotContain(m => m.Contains("worked out from", StringComparison.Ordinal));
        Charges.Of(service, Costs(Row("Chairs", 50), Row("Oven", 70)), new Dictionary<string, long>(), LongForm.Today).Single().Pence.ShouldBe(12000);
    }

    [Fact]
    public void A_row_is_written_added_and_removed_and_another_page_cannot_mean_another_row()
    {
        var costs = Service.FindQuestion("costs")!;
        var two = Costs(Row("A", 1), Row("B", 2));
        Answers? At(int number, int seen, Func<Answers, Answers>? change) => Rows.Changed(two, costs, [new RowAt("costs", number, seen)], change);
        ((GroupAnswer)At(2, 2, r => r.With("what", new TextAnswer("C")))!["costs"]!).Rows.Select(r => ((TextAnswer)r["what"]!).Text).ShouldBe(["A", "C"]);
        ((GroupAnswer)At(3, 2, _ => Row("C", 3))!["costs"]!).Rows.Length.ShouldBe(3);
        ((GroupAnswer)At(1, 2, null)!["costs"]!).Rows.ShouldBe([Row("B", 2)]);
        At(2, 3, r => r).ShouldBeNull("one was removed meanwhile");
        At(1, 1, null).ShouldBeNull("one was added meanwhile");
        ((GroupAnswer)At(2, 1, _ => Row("C", 3))!["costs"]!).Rows.Length.ShouldBe(3, "a new one comes after the last, whatever was added meanwhile");
        At(3, 2, null).ShouldBeNull();
        Rows.Changed(Costs(Row("A", 1)), costs, [new RowAt("costs", 1, 1)], null)!.Settled("costs").ShouldBeFalse("no row is no answer");
        var nested = Rows.Changed(two, costs, [new RowAt("costs", 2, 2), new RowAt("parts", 1, 0)], r => r.With("part", new TextAnswer("Leg")))!;
        ((GroupAnswer)((GroupAnswer)nested["costs"]!).Rows[1]["parts"]!).Rows.Length.ShouldBe(1);
    }

    [Fact]
    public void The_way_into_a_group_leads_to_what_is_open()
    {
        var costs = Service.FindQuestion("costs")!;
        string Into(Answers answers) => Rows.PathInto(Service, Service.Walk(answers), answers, [], costs, LongForm.Today);
        Into(Answers.None.Yes("big", false)).ShouldBe("questions/costs/1/what");
        Into(Costs(Row("Chairs", 50), Row("Oven", 300))).ShouldBe("questions/costs/2/supplier");
        Into(Costs(Row("Chairs", 50)).Yes("big")).ShouldBe("questions/costs/1/supplier");
        Into(Costs(Row("Chairs", 50, "Ann")).Yes("big")).ShouldBe("questions/costs/1/parts");
        Into(Costs(Row("Chairs", 50))).ShouldBe("questions/costs");
    }

    [Fact]
    public void Whoever_changes_a_row_comes_past_all_its_pages()
    {
        var costs = Service.FindQuestion("costs")!;
        string? After(Answers answers, string rest) => Rows.PathAfter(Service, Service.Walk(answers), answers, RowPlace.Find(costs, rest)!, LongForm.Today);
        var complete = Costs(Row("Oven", 300, "Ann").With("parts", new GroupAnswer([Answers.None.With("part", new TextAnswer("Door"))]))).Yes("big");
        After(complete, "1/what").ShouldBe("questions/costs/1/supplier");
        After(complete, "1/supplier").ShouldBe("questions/costs/1/parts");
        After(complete, "1/parts").ShouldBeNull();
        After(complete, "1/parts/1/part").ShouldBeNull();
        After(complete.Yes("big", false), "1/supplier").ShouldBeNull("a small project is not asked for parts");
        After(Costs(Row("Chairs", 50)), "1/amount").ShouldBeNull();
        After(Costs(Row("Oven", 300)), "1/amount").ShouldBe("questions/costs/1/supplier");
    }

    [Fact]
    public void An_address_names_a_place_in_rows_or_nothing()
    {
        var costs = Service.FindQuestion("costs")!;
        RowPlace.Find(costs, "2/amount")!.Path.ShouldBe("questions/costs/2/amount");
        RowPlace.Find(costs, "2/parts/1/part")!.Path.ShouldBe("questions/costs/2/parts/1/part");
        foreach (var wrong in new[] { "", "2", "0/amount", "5/amount", "2/colour", "x/amount", "2/amount/1/what", "-1/amount", "2/parts/21/part" }) RowPlace.Find(costs, wrong).ShouldBeNull(wrong);
    }

    [Fact]
    public void Every_answer_of_a_row_is_found_with_its_question()
    {
        var answers = Costs(Row("Chairs", 50, "Ann"), Row("Oven", 3));
        Service.Ask.Given(answers).Select(g => g.Question.Name).ShouldBe(["big", "what", "amount", "supplier", "what", "amount"]);
    }
}
