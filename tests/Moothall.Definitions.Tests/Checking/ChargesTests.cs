using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Checking;

/// <summary>Charges, dangers and renewals: how they are read, what is proved of them, and what they come to.</summary>
public class ChargesTests
{
    const string Whole = """
        service: rent-a-bin
        prefix: BIN
        title: Rent a bin
        summary: Rent a bin for a year.
        kind: pay
        start-page:
          cost: You pay for each bin.
        ask:
          kind:
            question: What kind of bin?
            type: choice
            options:
              brown: Brown
              green: Green
          bins:
            question: How many bins?
            type: number
            whole: yes
            at-least: 1
            at-most: 4
            when: kind is brown
          smell:
            question: Do you smell gas?
            type: yes-no
          you:
            question: Who are you?
            type: person
        alert:
          gas:
            when: smell
            title: Leave and ring now
            text: Leave the house.
            ring: 0800 111 999
        charge:
          rent:
            label: Rent for a year
            amount:
              fee brown * bins: kind is brown
              £10: otherwise
            due: on received
            income-code: BN-1
          delivery:
            label: Delivery
            amount: £5
            when: kind is green
            due: on stage bring
            income-code: BN-2
            vat: standard
        work:
          outcomes:
            rented: Rented
            refused: Refused
          start: check
          stages:
            check:
              actions:
                bring:
                  to: bring
                refuse:
                  close: refused
            bring:
              actions:
                rented:
                  close: rented
        renew:
          after: [rented]
          every: 1 year
          remind: 30 days before
        keep:
          for: 6 years after closed
          because: contract
          personal: [you]
        measure:
          target: {closed-in-time: 90%}
        """;

    static readonly Surroundings Around = new() { Today = new LocalDate(2026, 11, 22) };

    static ServiceDefinition Read(string text = Whole)
    {
        var reading = ServiceReader.Read("service.yaml", text);
        reading.Findings.ShouldBeEmpty();
        return reading.Definition!;
    }

    static IReadOnlyList<string> Findings(string old, string changed)
    {
        Whole.ShouldContain(old);
        var reading = ServiceReader.Read("service.yaml", Whole.Replace(old, changed, StringComparison.Ordinal));
        return [.. (reading.Definition is { } definition ? Checker.Check(definition, Around) : reading.Findings).Proved(Whole, changed).Select(f => $"{(f.Severity == Severity.Error ? "error" : "warning")}: {f.Message}")];
    }

    [Fact]
    public void The_whole_file_is_found_right() => Checker.Check(Read(), Around).ShouldBeEmpty();

    [Theory]
    [InlineData("due: on stage bring", "due: on stage brinng", "error: no stage is called `brinng`; did you mean `bring`?")]
    [InlineData("due: on stage bring", "due: tomorrow", "error: nothing falls due at `tomorrow`; write `on received`, or `on stage` with the name of a stage, for example `on stage payment`")]
    [InlineData("  every: 1 year", "  begins: first-day\n  every: 1 year", "error: no question of staff is called `first-day`; add it under `work: questions`")]
    [InlineData("  every: 1 year", "  begins: a-day\n  ends: b-day\n  every: 1 year", "error: `begins` and `ends` cannot both be given; keep the one whose date staff know")]
    [InlineData("vat: standard", "vat: standart", "error: VAT does not know `standart`; did you mean `standard`?")]
    [InlineData("income-code: BN-2", "income-code: our ledger", "error: an income code is up to 30 letters and figures with hyphens, points or slashes, but `our ledger` stands here")]
    [InlineData("      £10: otherwise\n", "", "error: `rent` has no row for some answers, for example `kind` green; add a row, or `otherwise` as the last one")]
    [InlineData("£10: otherwise", "£10: kind is green or bins > 2", "error: `fee brown * bins` and `£10` of `rent` overlap: both hold for some answers, for example `kind` brown, `bins` 3; rows must not overlap")]
    [InlineData("fee brown * bins: kind is brown\n      £10: otherwise", "£2 * bins: kind is green\n      £10: otherwise",
        "error: `bins` is not answered by everybody who is charged `rent`; ask it of all of them, or charge this amount only `bins is answered`")]
    [InlineData("    at-most: 4\n", "", "error: the charge `rent` is worked out from `bins`; give `bins` an `at-least` and an `at-most`, so that nobody can be charged a wild amount")]
    [InlineData("    when: kind is green\n    due", "    when: kind is green and bins > 1\n    due", "error: `delivery` is never charged, because no way through the questions before it gives answers for `kind is green and bins > 1`")]
    [InlineData("start-page:\n  cost: You pay for each bin.\n", "", "warning: this service charges, but its start page says that it is free; add `cost:` under `start-page`")]
    [InlineData("after: [rented]", "after: [rentd]", "error: no outcome is called `rentd`; did you mean `rented`?")]
    [InlineData("remind: 30 days before", "remind: 2 years before", "error: a reminder 2 years before the end comes before the 1 year have begun; make it shorter")]
    [InlineData("remind: 30 days before", "remind: 30 days", "error: `30 days` does not say how long before the end; write for example `30 days before`")]
    [InlineData("every: 1 year", "every: 10 working days", "error: `10 working days` is not a time that can run; write days, weeks, months or years, for example `1 year`")]
    [InlineData("when: smell", "when: smell and kind is brown and kind is green",
        "error: the alert `gas` can never be raised, because `smell and kind is brown and kind is green` can never hold")]
    [InlineData("ring: 0800 111 999", "ring: the council", "error: `ring` is a phone number such as `999` or `0800 111 999`, or `council` for the council's own, but `the council` stands here")]
    [InlineData("title: Leave and ring now", "title: Who are you?", "warning: `gas` has the same title as `you`; make each page's title its own, so that people know where they are")]
    [InlineData("    whole: yes\n", "    whole: yes\n    max-length: 3\n", "error: `max-length` has no meaning for a question of type `number`, only for `text` and `long-text`; take it out or change the type")]
    public void A_slip_is_found_and_its_mend_is_said(string old, string changed, string finding) => Findings(old, changed).ShouldContain(finding);

    [Fact]
    public void What_is_to_be_paid_follows_from_the_answers()
    {
        var definition = Read();
        var fees = new Dictionary<string, long> { ["brown"] = 4000 };
        var brown = Answers.None.With("kind", new ChoiceAnswer("brown")).With("bins", new NumberAnswer(3));
        Charges.Of(definition, brown, fees, Around.Today).Select(due => (due.Charge.Name, due.Pence)).ShouldBe([("rent", 12000L)]);
        var green = Answers.None.With("kind", new ChoiceAnswer("green"));
        Charges.Of(definition, green, fees, Around.Today).Select(due => (due.Charge.Name, due.Pence)).ShouldBe([("rent", 1000L), ("delivery", 500L)]);
        Charges.Of(definition, brown, new Dictionary<string, long>(), Around.Today).ShouldBeEmpty("what comes to nothing is not charged");
    }

    [Fact]
    public void The_start_page_can_say_what_it_costs_from()
    {
        var prices = Charges.Prices(Read(), new Dictionary<string, long> { ["brown"] = 800 }, Around.Today);
        prices.Select(p => (p.Charge.Name, p.LeastPence, p.MostPence, p.Grows)).ShouldBe([("rent", 800L, 1000L, true), ("delivery", 500L, 500L, false)]);
    }

    [Fact]
    public void A_danger_is_raised_by_the_answer_that_settles_it_and_the_journey_goes_on()
    {
        var definition = Read();
        var answers = Answers.None.With("kind", new ChoiceAnswer("green")).With("smell", new YesNoAnswer(true));
        var walk = Journey.Walk(definition, answers, Around.Today);
        walk.Alerts.Select(a => (a.Alert.Name, a.After.Name)).ShouldBe([("gas", "smell")]);
        walk.Next!.Name.ShouldBe("you");
        Journey.Walk(definition, answers.With("smell", new YesNoAnswer(false)), Around.Today).Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void A_year_ends_on_the_day_before_it_began_and_the_reminder_comes_before()
    {
        var renewal = Read().Renew!;
        renewal.LastDay(new LocalDate(2026, 3, 2)).ShouldBe(new LocalDate(2027, 3, 1));
        renewal.ReminderBefore(new LocalDate(2027, 3, 1)).ShouldBe(new LocalDate(2027, 1, 30));
        renewal.LastDay(new LocalDate(2028, 2, 29)).ShouldBe(new LocalDate(2029, 2, 27));
    }

    [Fact]
    public void A_time_counts_from_the_date_that_staff_answered_and_else_from_the_close()
    {
        var (renewal, closed, answered) = (Read().Renew!, new LocalDate(2026, 3, 2), new LocalDate(2026, 4, 1));
        renewal.LastDay(closed, answered).ShouldBe(new LocalDate(2027, 3, 1), "the file names no question");
        (renewal with { Begins = "first-day" }).LastDay(closed, answered).ShouldBe(new LocalDate(2027, 3, 31));
        (renewal with { Begins = "first-day" }).LastDay(closed, null).ShouldBe(new LocalDate(2027, 3, 1));
        (renewal with { Ends = "last-day" }).LastDay(closed, answered).ShouldBe(answered);
        (renewal with { Ends = "last-day" }).LastDay(closed, null).ShouldBe(new LocalDate(2027, 3, 1));
    }
}
