using NodaTime;

namespace Moothall.Definitions.Tests.Reachability;

public class ReachabilityTests
{
    static readonly string[] Sizes = ["small", "large"];

    static SmallDefinition Pothole => new SmallDefinition()
        .Ask("where", "location", road: "roads").Ask("size", "choice", options: Sizes).Ask("deep", "yes-no", when: "size is large")
        .Ask("children", "number", least: 0, most: 9).Ask("fee", "money").Ask("born", "date", mostDate: new Bound(null, null, true, 0))
        .Ask("event", "date").Ask("needs", "choices", optional: true, options: ["braille", "large-print"]).Ask("photos", "file", optional: true, files: 3)
        .Ask("street", "text").Ask("adults", "number");

    [Fact]
    public void A_good_definition_has_no_findings() => Pothole
        .Ask("more", "text", when: "where.road is motorway and children > 2 and not deep and fee >= £30")
        .Exit("too-young", "age of born < 18")
        .Decide("priority", ("urgent", "size is large and deep"), ("routine", "otherwise"))
        .Decide("route", ("fast", "priority is urgent and where.road is one of motorway, a-road"), ("slow", "otherwise"))
        .Share("highways", "where.road is motorway")
        .Staff("original", "reference", when: "size is large")
        .Messages().ShouldBeEmpty();

    [Theory]
    [InlineData("size is small and size is large")]
    [InlineData("size is small and deep")]
    [InlineData("deep and not deep is answered")]
    [InlineData("children > 9")]
    [InlineData("children + 1 > 3 and children < 2")]
    [InlineData("children * 2 is 6 and children is not 3")]
    [InlineData("fee < £0")]
    [InlineData("fee > £30 and fee < £30.01")]
    [InlineData("age of born < 0")]
    [InlineData("age of born >= 18 and age of born < 18")]
    [InlineData("born > today")]
    [InlineData("event > 2026-12-01 and event < 2026-12-02")]
    [InlineData("event > today + 7 days and days from today to event < 7")]
    [InlineData("today >= 2027-01-01 and today < 2026-06-01")]
    [InlineData("needs is answered and not (needs has braille or needs has large-print)")]
    [InlineData("count needs > 2")]
    [InlineData("count needs is 2 and not needs has braille")]
    [InlineData("count photos > 3")]
    [InlineData("street is High Street and street is high street and street is Mill Lane")]
    [InlineData("where.road is motorway and where.road is local")]
    [InlineData("where.road is motorway and where is not answered")]
    [InlineData("size is not answered")]
    public void What_no_answers_give_can_never_be_asked(string when)
    {
        var findings = Pothole.Ask("x", "text", when: when).Check();
        findings.ShouldHaveSingleItem().Message.ShouldStartWith("`x` can never be asked, because ");
        findings[0].Severity.ShouldBe(Severity.Error);
    }

    [Theory]
    [InlineData("deep is not answered")]
    [InlineData("deep is not yes and size is large")]
    [InlineData("children >= 9")]
    [InlineData("children > 2 and children < 3")]
    [InlineData("count needs is 2")]
    [InlineData("count needs < 2")]
    [InlineData("needs is not answered")]
    [InlineData("where.road is not answered")]
    [InlineData("event > today + 7 days and days from today to event < 9")]
    [InlineData("street is not High Street and street is not Mill Lane")]
    [InlineData("children - 3 < 0 or 2 > adults")]
    [InlineData("age of born >= 65 or age of born < 18")]
    public void What_some_answers_give_can_be_asked(string when) => Pothole.Ask("x", "text", when: when).Messages().ShouldBeEmpty();

    [Fact]
    public void It_says_why_a_question_can_never_be_asked()
    {
        Pothole.Ask("x", "text", when: "size is small and size is large").Messages()
            .ShouldBe(["error: `x` can never be asked, because `size is small and size is large` can never hold"]);
        Pothole.Ask("x", "text", when: "size is small and deep").Messages()
            .ShouldBe(["error: `x` can never be asked, because no way through the questions before it gives answers for `size is small and deep`"]);
        Pothole.Ask("x", "yes-no", when: "children > 9").Ask("y", "text", when: "x").Messages()
            .ShouldContain("error: `y` can never be asked, because `x`, which it looks at, can never be asked");
        Pothole.Exit("big", "size is large").Ask("x", "text", when: "size is large").Messages()
            .ShouldContain("error: `x` can never be asked, because whoever answers so that `size is large` holds has taken an exit before it");
    }

    [Fact]
    public void An_exit_that_everybody_takes_lets_nobody_through()
    {
        var messages = new SmallDefinition().Ask("size", "choice", options: Sizes).Ask("you", "person", optional: true)
            .Exit("all", "size is small or size is large").Messages();
        messages.ShouldContain("warning: `size is small or size is large` is always true here: everybody who comes this far takes the exit `all`");
        messages.ShouldContain("error: `you` can never be asked, because everybody has taken an exit before it");
        messages.ShouldContain("error: nobody can come to the end and send this, because an exit is always taken first");
    }

    [Fact]
    public void An_exit_waits_until_all_it_names_was_asked()
    {
        Pothole.Exit("shallow", "size is small and not deep").Messages().ShouldHaveSingleItem().ShouldStartWith("error: the exit `shallow` can never be taken");
        Pothole.Exit("shallow", "not deep").Messages().ShouldBeEmpty();
    }

    [Fact]
    public void Rows_that_overlap_are_named_with_answers_that_meet_both() => Pothole
        .Decide("priority", ("urgent", "size is large"), ("soon", "deep and children > 5"), ("routine", "otherwise"))
        .Messages().ShouldBe(["error: `urgent` and `soon` of `priority` overlap: both hold for some answers, for example `size` large, `deep` yes, `children` 6; rows must not overlap"]);

    [Fact]
    public void A_gap_is_named_with_answers_that_meet_no_row()
    {
        Pothole.Decide("priority", ("urgent", "size is large and deep"), ("routine", "size is small")).Messages()
            .ShouldBe(["error: `priority` has no row for some answers, for example `size` large, `deep` no; add a row, or `otherwise` as the last one"]);
        Pothole.Decide("band", ("low", "fee < £30"), ("high", "fee > £30")).Messages()
            .ShouldBe(["error: `band` has no row for some answers, for example `fee` £30.00; add a row, or `otherwise` as the last one"]);
        Pothole.Decide("band", ("low", "fee < £30"), ("high", "fee >= £30")).Messages().ShouldBeEmpty();
    }

    [Fact]
    public void A_row_that_is_never_met_is_an_error()
    {
        Pothole.Decide("priority", ("urgent", "size is small and deep"), ("routine", "otherwise")).Messages()
            .ShouldHaveSingleItem().ShouldStartWith("error: `priority` can never be `urgent`, because ");
        Pothole.Decide("priority", ("urgent", "size is large"), ("soon", "size is small"), ("routine", "otherwise")).Messages()
            .ShouldBe(["error: `priority` can never be `routine`, because one of the rows above always holds"]);
    }

    [Fact]
    public void A_sentence_that_is_always_true_is_a_warning()
    {
        Pothole.Ask("x", "text", when: "size is answered").Messages()
            .ShouldBe(["warning: `size is answered` is always true here: `x` is always asked; leave its `when` out"]);
        Pothole.Share("police", "size is small or not size is small").Messages()
            .ShouldBe(["warning: `size is small or not size is small` is always true here: leave its `when` out"]);
    }

    [Fact]
    public void What_regions_cannot_say_is_not_proved_with_its_reason()
    {
        Pothole.Ask("x", "text", when: "children + adults > 4").Messages().ShouldBe(
            ["warning: not proved that `x` can be asked, because of a comparison that cannot be looked through: it works with `children` and `adults` together"]);
        Pothole.Decide("d", ("a", "children < adults"), ("b", "adults < children"), ("c", "otherwise")).Messages()
            .ShouldAllBe(m => m.StartsWith("warning: not proved", StringComparison.Ordinal));
        Pothole.Ask("x", "text", when: "event > 2026-12-01 and event < today").Messages().ShouldHaveSingleItem()
            .ShouldContain("`event` is held against a fixed date, today or an age at once");
    }

    [Fact]
    public void What_does_not_hang_on_it_is_proved_all_the_same()
    {
        Pothole.Ask("x", "text", when: "children + adults > 4", optional: true).Ask("y", "text", when: "size is large").Messages().Count.ShouldBe(1);
        Pothole.Ask("x", "text", when: "children + adults > 4 and size is small and deep").Messages().ShouldHaveSingleItem().ShouldStartWith("error: `x` can never be asked");
        Pothole.Ask("x", "text", when: "children + adults > 4 or size is small").Messages().ShouldBeEmpty();
    }

    [Fact]
    public void Past_the_budget_it_says_that_nothing_is_proved() => Pothole
        .Ask("x", "text", when: "children > 3 and deep or fee > £30").Check(budget: 10)
        .ShouldHaveSingleItem().Message.ShouldStartWith("not proved that every question can be asked");

    [Fact]
    public void Sixty_questions_that_hang_on_each_other_are_proved_without_walking_paths()
    {
        var definition = new SmallDefinition().Ask("q0", "choice", options: ["a", "b", "c", "d"]);
        for (var i = 1; i < 60; i++)
            definition.Ask($"q{i}", "choice", when: $"q{i - 1} is one of a, b or q{(i > 4 ? i % 4 : 0)} is c", options: ["a", "b", "c", "d"]);
        definition.Decide("d", ("all", string.Join(" and ", Enumerable.Range(0, 60).Select(i => $"q{i} is a"))), ("some", "otherwise"));
        definition.Messages().ShouldBeEmpty();
    }

    [Fact]
    public void A_question_of_staff_that_is_never_asked_is_found() => Pothole
        .Staff("found", "yes-no", when: "size is large").Staff("how", "text", when: "found and size is small")
        .Messages().ShouldHaveSingleItem().ShouldStartWith("error: `how` can never be asked");
}
