using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>"The same as before": one tick takes over an earlier answer, and follows it.</summary>
public sealed class SameAsTests
{
    const string Ask = """
        ask:
          has-home:
            question: Do you have a home?
            type: yes-no
          home:
            question: Where do you live?
            short: Home
            type: address
            when: has-home
          bills:
            question: Where should we send the bill?
            type: address
            same-as: home
          you:
            question: Who are you?
            type: person
          guests:
            group: Who else comes?
            one: guest
            ask: [guest, pays]
            optional: yes
          guest:
            question: What is their name?
            type: person
          pays:
            question: Who pays for them?
            type: person
            same-as: guest
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask);
    static readonly AddressAnswer Castle = new("19 Castle Street", null, "Wallingford", "OX10 8DL", null);
    static readonly AddressAnswer Mill = new("4 Mill Lane", null, "Grove", "OX12 0NZ", null);
    static readonly PersonAnswer Ann = new("Ann Lee", "ann@mail.example", null);
    static readonly PersonAnswer Sam = new("Sam Lee", "sam@mail.example", null);
    static readonly SameAnswer AsHome = new("home");

    static Answers Sent(AddressAnswer home, Answer bills) =>
        Answers.None.Yes("has-home").With("home", home).With("bills", bills).With("you", Ann).With("guests", SkippedAnswer.Value);

    static (Answers Answers, string[] Faults) Read(object answers)
    {
        var (read, faults) = AnswersReader.ReadAll(Service, JsonSerializer.SerializeToElement(answers), new ReadingContext { Today = LongForm.Today }, LongForm.Today);
        return (read, [.. faults.Select(f => $"{f.Field}: {f.Message}")]);
    }

    static (Answers Answers, string[] Faults) Typed(params (string Field, string Value)[] typed)
    {
        var (read, faults) = AnswersReader.ReadAllForm(Service, new Form(typed), new ReadingContext { Today = LongForm.Today }, LongForm.Today);
        return (read, [.. faults.Select(f => $"{f.Field}: {f.Message}")]);
    }

    static readonly object Home = new { line1 = "19 Castle Street", town = "Wallingford", postcode = "OX10 8DL" };
    static readonly object Me = new { name = "Ann Lee", email = "ann@mail.example" };

    [Fact]
    public void The_question_keeps_its_type_and_knows_the_earlier_one()
    {
        var bills = Service.FindQuestion("bills")!;
        (bills.Type.Name, bills.Type.Kind, bills.IsPersonal, bills.SameAs).ShouldBe(("address", ValueKind.Other, true, new SameAs("home", Service.FindQuestion("home")!.Short!)));
        bills.Type.Fields(bills).ShouldBe(["bills-line1", "bills-line2", "bills-town", "bills-postcode", "bills-same"]);
        Service.FindQuestion("guests")!.RowPages().Select(p => string.Join(' ', p.Select(q => q.Name))).ShouldBe(["guest", "pays"], "what may be the same comes on the next page");
    }

    [Theory]
    [InlineData("    same-as: home", "    same-as: hom", "19:14: error: no question is called `hom`; did you mean `home`?")]
    [InlineData("    same-as: home", "    same-as: somewhere", "19:14: error: no question is called `somewhere`; there is `home`")]
    [InlineData("    same-as: home", "    same-as: bills", "19:14: error: `bills` is not asked before `bills`; name an earlier question of type `address`; there is `home`")]
    [InlineData("    same-as: home", "    same-as: you", "19:14: error: `you` is not asked before `bills`; name an earlier question of type `address`; there is `home`")]
    [InlineData("    same-as: home", "    same-as: has-home", "19:14: error: `has-home` is of type `yes-no`, and `bills` of type `address`, so that they cannot be the same; there is `home`")]
    [InlineData("    same-as: home", "    same-as: home\n    optional: yes", "20:5: error: `bills` is answered with one tick where it is the same, so it cannot be left empty as well; take `optional` or `same-as` out")]
    [InlineData("    same-as: home", "    same-as: home\n    prefill: [earlier-case]", "20:5: error: `bills` is filled in by its tick already; take `prefill` or `same-as` out")]
    [InlineData("    same-as: home", "    same-as: home\n    look-up: {ward: wards}", "19:14: error: `bills` looks up its `ward`, which `home` does not; give `home` the same `look-up`")]
    [InlineData("    type: yes-no", "    type: yes-no\n    same-as: home", "11:5: error: `same-as` has no meaning for a question of type `yes-no`, only for `address`, `email`, `location`, `organisation`, `person`, `phone`, `postcode` and `web`; take it out or change the type")]
    public void A_slip_is_named_where_it_was_made(string was, string became, string finding)
    {
        Ask.ShouldContain(was);
        LongForm.Findings(Ask.Replace(was, became, StringComparison.Ordinal)).ShouldContain(finding);
    }

    [Fact]
    public void A_question_after_a_group_cannot_be_the_same_as_one_of_its_rows()
    {
        LongForm.Findings(Ask + "\n  last:\n    question: Whom do we ring?\n    type: person\n    same-as: guest\n")
            .ShouldContain("38:14: error: `guest` is asked in the rows of `guests`, of which there may be several; name a question outside it");
    }

    [Fact]
    public void A_page_does_not_look_at_itself()
    {
        LongForm.Findings("""
            ask:
              both:
                page: Where are you?
                ask: [home, bills]
              home:
                question: Where do you live?
                type: address
              bills:
                question: Where should we send the bill?
                type: address
                same-as: home
            """).ShouldContain("14:3: error: `bills` looks at `home`, which stands on the same page; give `bills` a page of its own after it");
    }

    [Fact]
    public void The_tick_follows_the_earlier_answer_and_what_counts_is_the_answer_itself()
    {
        Service.Walk(Sent(Castle, AsHome)).OnPath["bills"].ShouldBe(Castle);
        // Changing an answer equals answering that way from the start.
        var changed = Sent(Castle, AsHome).With("home", Mill);
        Service.Walk(changed).OnPath.ShouldBe(Service.Walk(Sent(Mill, AsHome)).OnPath);
        Service.Walk(changed).OnPath["bills"].ShouldBe(Mill);
        Service.Walk(Sent(Castle, Mill).With("home", Mill)).OnPath["bills"].ShouldBe(Mill);
        // What it was the same as is asked no more: it is to be answered again.
        var without = Sent(Castle, AsHome).Yes("has-home", false);
        Service.Walk(without).Next!.Name.ShouldBe("bills");
        Service.Walk(without.Yes("has-home")).IsComplete.ShouldBeTrue("and as it was when the person changes back");
    }

    [Fact]
    public void A_row_follows_its_own_earlier_answer()
    {
        Answers Row(PersonAnswer guest, Answer pays) => Answers.None.With("guest", guest).With("pays", pays);
        var rows = new GroupAnswer([Row(Sam, new SameAnswer("guest")), Row(Ann, Sam)]);
        var kept = (GroupAnswer)Service.Walk(Sent(Castle, AsHome).With("guests", rows)).OnPath["guests"]!;
        kept.Rows.Select(r => r["pays"]).ShouldBe([Sam, Sam]);
        var place = new RowPlace([new RowNumber(Service.FindQuestion("guests")!, 1)], Service.GroupOf("pays")!.FindInside("pays")!);
        var answers = Sent(Castle, AsHome).With("guests", rows);
        Rows.Before(Service, Service.Walk(answers), answers, place, LongForm.Today)["guest"].ShouldBe(Sam);
    }

    [Fact]
    public void A_journey_is_stored_with_the_tick_and_comes_back_with_it()
    {
        var answers = Sent(Castle, AsHome);
        var stored = AnswersJson.Write(Service, answers);
        stored.ShouldContain("\"bills\":{\"same-as\":\"home\"}");
        AnswersJson.Read(Service, stored).ShouldBe(answers);
        AnswersJson.Write(Service, Service.Walk(answers).OnPath).ShouldContain("\"bills\":{\"line1\":\"19 Castle Street\"");
        Service.FindQuestion("bills")!.Type.Show(Service.FindQuestion("bills")!, AsHome, "en").ShouldBe(["The same as “Home”"]);
    }

    [Fact]
    public void A_program_leaves_it_out_or_gives_it()
    {
        var mill = new { line1 = "4 Mill Lane", town = "Grove", postcode = "OX12 0NZ" };
        var hasHome = new Dictionary<string, object> { ["has-home"] = true, ["home"] = Home, ["you"] = Me };
        Read(hasHome).ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => r.Answers["bills"].ShouldBe(Castle));
        Read(new Dictionary<string, object>(hasHome) { ["bills"] = mill }).ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => r.Answers["bills"].ShouldBe(Mill));
        Read(new Dictionary<string, object>(hasHome) { ["guests"] = new object[] { new { guest = new { name = "Sam Lee", email = "sam@mail.example" } } } })
            .ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => ((GroupAnswer)r.Answers["guests"]!).Rows[0]["pays"].ShouldBe(Sam));
        // With nothing to be the same as, it is missed in the words of its type; where the earlier answer is wrong, only that is told.
        Read(new Dictionary<string, object> { ["has-home"] = false, ["you"] = Me }).Faults.ShouldBe(["bills-line1: Enter address line 1, typically the building and street", "bills-postcode: Enter a postcode, like OX11 0AA"]);
        Read(new Dictionary<string, object> { ["has-home"] = true, ["home"] = new { line1 = "19 Castle Street", postcode = "nowhere" }, ["you"] = Me }).Faults.ShouldBe(["home-postcode: Enter a full UK postcode, like OX11 0AA"]);
        var schema = AnswersSchema.Of(Service, "en");
        schema["required"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["has-home", "you"]);
        schema["properties"]!["bills"]!["required"]!.AsArray().Count.ShouldBe(2);
    }

    /// <summary>What counts of a journey is what a program is understood to say that sends the same, and leaves out what was ticked.</summary>
    [Fact]
    public void A_journey_and_a_program_mean_the_same() => Prop.ForAll(
        Gen.Elements(true, false).Zip(Gen.Elements(Castle, Mill)).Zip(Gen.Elements<Answer>(AsHome, Castle, Mill)).Zip(Gen.Elements(Ann, Sam).Zip(Gen.Elements<Answer>(new SameAnswer("guest"), Ann, Sam)).ListOf()).ToArbitrary(), given =>
    {
        var (((hasHome, home), bills), guests) = given;
        var rows = guests.Take(5).Select(g => Answers.None.With("guest", g.Item1).With("pays", g.Item2)).ToList();
        var answers = Sent(home, bills).Yes("has-home", hasHome).With("guests", rows.Count == 0 ? SkippedAnswer.Value : new GroupAnswer([.. rows]));
        var walk = Service.Walk(answers);
        walk.IsComplete.ShouldBe(hasHome || bills is not SameAnswer);
        var sent = (JsonObject)JsonNode.Parse(AnswersJson.Write(Service, walk.IsComplete ? walk.OnPath : answers.Without("home")))!;
        if (bills is SameAnswer) sent.Remove("bills");
        for (var i = 0; i < rows.Count; i++)
            if (rows[i]["pays"] is SameAnswer) ((JsonObject)sent["guests"]![i]!).Remove("pays");
        var (read, faults) = Read(sent);
        if (walk.IsComplete) (read, faults.Length).ShouldBe((walk.OnPath, 0));
        else faults.ShouldAllBe(f => f.StartsWith("bills-", StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_form_of_all_questions_takes_the_tick()
    {
        (string, string)[] home = [("has-home", "yes"), ("home-line1", "19 Castle Street"), ("home-town", "Wallingford"), ("home-postcode", "OX10 8DL"), ("you-name", "Ann Lee"), ("you-email", "ann@mail.example")];
        Typed([.. home, ("bills-same", "yes")]).ShouldSatisfyAllConditions(t => t.Faults.ShouldBeEmpty(), t => t.Answers["bills"].ShouldBe(Castle));
        Typed([.. home, ("bills-line1", "4 Mill Lane"), ("bills-town", "Grove"), ("bills-postcode", "ox120nz")]).Answers["bills"].ShouldBe(Mill);
        Typed(home).Faults.ShouldBe(["bills-line1: Enter address line 1, typically the building and street", "bills-postcode: Enter a postcode, like OX11 0AA"]);
        Typed([("has-home", "no"), ("you-name", "Ann Lee"), ("you-email", "ann@mail.example"), ("bills-same", "yes")]).Faults.Length.ShouldBe(2, "the tick means nothing where there is nothing it could be the same as");
        Typed([.. home, ("bills-same", "yes"), ("guests-rows", "1"), ("guests-1-guest-name", "Sam Lee"), ("guests-1-guest-email", "sam@mail.example"), ("guests-1-pays-same", "yes")])
            .ShouldSatisfyAllConditions(t => t.Faults.ShouldBeEmpty(), t => ((GroupAnswer)t.Answers["guests"]!).Rows[0]["pays"].ShouldBe(Sam));
    }
}
