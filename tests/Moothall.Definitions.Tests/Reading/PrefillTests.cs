using System.Text.Json;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>Answers that are filled in to be confirmed or changed: from a link, and from an earlier case.</summary>
public sealed class PrefillTests
{
    const string Ask = """
        ask:
          post:
            question: What is the number on the post?
            type: text
            max-length: 5
            prefill: [link]
          kind:
            question: What kind is it?
            type: choice
            prefill: [link, earlier-case]
            options:
              car: A car
              van: A van
          day:
            question: From which day?
            type: date
            at-least: today
            prefill: [earlier-case]
          you:
            question: Who are you?
            type: person
            prefill: [earlier-case]
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask);
    static readonly ReadingContext Now = new() { Today = LongForm.Today };

    static Answers FromLink(params (string Field, string Value)[] query) => Prefill.FromLink(Service, new Form(query), Now);

    [Theory]
    [InlineData("prefill: [link]", "prefill: [lnk]", "12:15: error: nothing called `lnk` fills answers in; did you mean `link`?")]
    [InlineData("prefill: [link]", "prefill: [account]", "12:15: error: an account remembers who somebody is and how to reach them (`address`, `email`, `person`, `phone`), and this is a `text`; write `earlier-case`, or take it out")]
    [InlineData("prefill: [link]", "prefill: []", "12:5: error: `prefill` names where an answer may come from, and names nothing here; write `prefill: [earlier-case]`, or take it out")]
    [InlineData("prefill: [link]", "prefill: link", "12:14: error: `prefill` takes a list; write `prefill: [link]`, or each item on a line of its own with `- `")]
    [InlineData("    type: person\n    prefill: [earlier-case]", "    type: person\n    prefill: [link]", "28:15: error: a `person` says who somebody is, and the address of a page is seen by others; write `earlier-case`, or take it out")]
    [InlineData("    type: person\n    prefill: [earlier-case]", "    type: declaration\n    prefill: [earlier-case]", "28:5: error: a `declaration` is for everybody to give anew; take `prefill` out")]
    public void A_slip_is_named_where_it_was_made(string was, string became, string finding)
    {
        Ask.ShouldContain(was);
        LongForm.Findings(Ask.Replace(was, became, StringComparison.Ordinal)).ShouldContain(finding);
    }

    [Fact]
    public void What_is_kept_as_personal_never_stands_in_a_link()
    {
        var text = LongForm.Text(Ask).Replace("  because: public task", "  because: public task\n  personal: [post, you]", StringComparison.Ordinal);
        Checker.Check(ServiceReader.Read("service.yaml", text).Definition!, new Surroundings { Today = LongForm.Today }).Proved(text).Select(f => f.ToString())
            .ShouldContain("service.yaml:12:5: error: `post` is kept as personal, and the address of a page is seen by others; write `earlier-case` in place of `link`, or take it out");
    }

    [Fact]
    public void A_group_has_several_answers_and_is_not_filled_in()
    {
        LongForm.Findings("""
            ask:
              costs:
                group: What do you need?
                one: cost
                ask: [what]
              what:
                question: What is it?
                type: text
                prefill: [link]
            """).ShouldContain("12:3: error: `prefill` fills in one answer, and the group `costs` may have several; take `prefill` out");
    }

    [Fact]
    public void A_link_fills_in_what_it_may_and_what_is_good()
    {
        FromLink(("post", " 17 "), ("kind", "van"), ("you-name", "Ann Lee"), ("you-email", "ann@mail.example")).ShouldBe(Answers.None.With("post", new TextAnswer("17")).With("kind", new ChoiceAnswer("van")));
        FromLink(("post", "longer than five"), ("kind", "lorry")).ShouldBe(Answers.None);
        FromLink(("post", "")).ShouldBe(Answers.None);
    }

    [Fact]
    public void A_case_fills_in_what_is_still_asked_alike_and_good_today()
    {
        var given = Answers.None.With("post", new TextAnswer("17")).With("kind", new ChoiceAnswer("van")).With("day", new DateAnswer(LongForm.Today.PlusDays(-300))).With("you", new PersonAnswer("Ann Lee", "ann@mail.example", null));
        Prefill.FromCase(Service, Service, given, Now).ShouldBe(Answers.None.With("kind", given["kind"]!).With("you", given["you"]!), "a day that is over is not offered, and what names another source is not either");
        var before = LongForm.Read(Ask.Replace("    type: person", "    type: text", StringComparison.Ordinal));
        Prefill.FromCase(Service, before, given.With("you", new TextAnswer("Ann Lee")), Now).ShouldBe(Answers.None.With("kind", given["kind"]!));
        Prefill.FromCase(Service, Service, Answers.None.With("kind", SkippedAnswer.Value), Now).ShouldBe(Answers.None);
    }

    [Fact]
    public void What_is_filled_in_is_no_answer()
    {
        Service.Walk(Answers.None).Next!.Name.ShouldBe("post");
        var (_, faults) = AnswersReader.ReadAll(Service, JsonSerializer.SerializeToElement(new { kind = "van" }), Now, LongForm.Today);
        faults.Select(f => f.Question).ShouldContain("post");
    }
}
