using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Checking;

/// <summary>A second person who must agree: how it is read, what is proved of it, and when it is needed.</summary>
public class CoSignTests
{
    const string Whole = """
        service: rent-a-garage
        prefix: GAR
        title: Rent a garage
        summary: Rent a garage of ours for a year.
        kind: apply
        ask:
          alone:
            question: Do you rent it alone?
            type: yes-no
          you:
            question: Who are you?
            type: person
          others:
            group: Who else uses it?
            one: person
            ask: [other]
            at-least: 1
            optional: yes
          other:
            question: What are they called?
            type: person
          second:
            question: Who rents it with you?
            type: person
            when: alone is no
        decide:
          how:
            joint: alone is no
            single: otherwise
        co-sign:
          who: second
          when: how is joint
          text: We let garages to two people together.
          statement: I pay the rent together with the person who asks.
          shows: [you, others]
          within: 14 days
          remind: 4 days before
          agrees: agreed
          declines: declined
          no-answer: ring-them
        work:
          outcomes:
            rented: Rented
            not-agreed: The other person did not agree
          questions:
            key:
              question: Which key?
              type: text
          start: offer
          stages:
            waiting:
              waiting-for: co-signer
              actions:
                agreed:
                  to: offer
                declined:
                  close: not-agreed
                ring-them:
                  to: ring
            ring:
              actions:
                agreed-after-all:
                  to: offer
                not-agreed:
                  close: not-agreed
            offer:
              actions:
                rent:
                  close: rented
                  ask: [key]
        tell:
          on received: [email]
        keep:
          for: 6 years after closed
          because: contract
          personal: [you, second, others]
        measure:
          target: {closed-in-time: 90%}
        """;

    static readonly Surroundings Around = new() { Today = new LocalDate(2026, 11, 29) };

    static ServiceDefinition Read(string text = Whole)
    {
        var reading = ServiceReader.Read("service.yaml", text);
        reading.Findings.ShouldBeEmpty();
        return reading.Definition!;
    }

    static IReadOnlyList<string> Findings(params (string Old, string New)[] changes)
    {
        var text = Whole;
        foreach (var (old, changed) in changes)
        {
            text.ShouldContain(old);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }
        var reading = ServiceReader.Read("service.yaml", text);
        return [.. (reading.Definition is { } definition ? Checker.Check(definition, Around) : reading.Findings).Proved(text).Select(f => $"{(f.Severity == Severity.Error ? "error" : "warning")}: {f.Message}")];
    }

    [Fact]
    public void The_whole_file_is_found_right_and_says_who_agrees_to_what()
    {
        var definition = Read();
        Checker.Check(definition, Around).ShouldBeEmpty();
        var coSign = definition.CoSign.ShouldNotBeNull();
        (coSign.Who, coSign.Within, coSign.Remind, coSign.Agrees, coSign.Declines, coSign.NoAnswer).ShouldBe(("second", new Period(14, PeriodUnit.Days), (Period?)new Period(4, PeriodUnit.Days), "agreed", "declined", "ring-them"));
        coSign.Shows.ShouldBe(["you", "others"]);
        definition.Work.CoSignStage!.Name.ShouldBe("waiting");
        definition.Work.FindStage("waiting")!.Waits.ShouldBeTrue();
        definition.Work.FindStage("waiting")!.WaitsForResident.ShouldBeFalse();
        ServiceProse.OfResidents(definition).ShouldContain(coSign.Statement);
    }

    [Theory]
    [InlineData("  who: second\n", "  who: secnd\n", "error: no question is called `secnd`; did you mean `second`?")]
    [InlineData("  who: second\n", "  who: other\n", "error: `other` is asked in the group `others`, so there may be several; one person must agree, so ask for them outside it")]
    [InlineData("  who: second\n", "  who: alone\n", "error: `alone` asks for no e-mail address, so nobody can be asked to agree; name a question of type `person` or `email`; there are `you` and `second`")]
    [InlineData("  when: how is joint\n", "", "error: `second` is not answered by everybody; ask it of all, and not as `optional`, or say with `when: second is answered` that only some need somebody to agree")]
    [InlineData("    when: alone is no\n", "    when: alone is no\n    optional: yes\n", "error: `second` is not answered by everybody for whom `how is joint` holds; ask it of all of them, and not as `optional`")]
    [InlineData("  when: how is joint\n", "  when: how is joint and alone\n", "error: nobody ever has to agree, because `how is joint and alone` can never hold")]
    [InlineData("  when: how is joint\n", "  when: second is answered or you is answered\n", "warning: `second is answered or you is answered` is always true here: leave its `when` out")]
    [InlineData("shows: [you, others]", "shows: [you, othres]", "error: no question is called `othres`; did you mean `others`?")]
    [InlineData("shows: [you, others]", "shows: [you, other]", "error: `other` is asked in the group `others`, which is shown as a whole; write `others`")]
    [InlineData("shows: [you, others]", "shows: []", "error: nobody can agree to what they do not see; name questions in `shows`")]
    [InlineData("remind: 4 days before", "remind: 2 weeks before", "error: a reminder 2 weeks before the end comes before the 14 days have begun; make it shorter")]
    [InlineData("within: 14 days", "within: 3 working days", "error: `3 working days` is not a time that can run; write days, weeks, months or years, for example `14 days`")]
    [InlineData("      waiting-for: co-signer\n", "", "error: no stage waits for whoever must agree; write `waiting-for: co-signer` under one of `stages`")]
    [InlineData("    ring:\n", "    ring:\n      waiting-for: co-signer\n", "error: `waiting` waits for whoever must agree already; a case can wait for them in one stage only")]
    [InlineData("waiting-for: co-signer", "waiting-for: co-singer", "error: a stage can wait only for the `resident` or the `co-signer`, but `co-singer` stands here; did you mean `co-signer`?")]
    [InlineData("  agrees: agreed\n", "  agrees: agree\n", "error: the stage `waiting`, which waits for whoever must agree, has no action called `agree`; did you mean `agreed`?")]
    [InlineData("        agreed:\n          to: offer\n", "        agreed:\n          to: offer\n          ask: [key]\n", "error: the action `agreed` asks staff something, and nobody of staff is there when it is taken; take its `ask` out, or name another action")]
    [InlineData("        ring-them:\n          to: ring\n", "        ring-them:\n          to: waiting\n", "error: the action `ring-them` leads back to `waiting`, so the case would wait for ever; name an action that leads on or closes")]
    [InlineData("  declines: declined\n", "  declines: agreed\n", "error: the same comes of agreeing and of declining; name another action for one of them")]
    [InlineData("  start: offer\n", "  start: waiting\n", "error: the work cannot start in `waiting`: whoever must agree puts a case there by itself; name the stage in which the council begins")]
    [InlineData("tell:\n", "tell:\n  to: second\n", "error: `second` must agree, and messages about the case go to whoever asks for it; name another question")]
    [InlineData("  statement: I pay the rent together with the person who asks.\n", "", "error: `co-sign` has no `statement`; add it, for example `statement: We are both responsible for the rent.`")]
    [InlineData("  no-answer: ring-them\n", "  no-answers: ring-them\n", "error: no key called `no-answers` here; did you mean `no-answer`?")]
    public void A_slip_is_found_and_its_mend_is_said(string old, string changed, string finding) => Findings((old, changed)).ShouldContain(finding);

    [Fact]
    public void A_stage_that_waits_for_nobody_is_found()
    {
        var coSign = Whole[Whole.IndexOf("co-sign:\n", StringComparison.Ordinal)..Whole.IndexOf("work:\n", StringComparison.Ordinal)];
        Findings((coSign, "")).ShouldBe(["error: nobody is asked to agree, so no case can wait for them here; say who must with `co-sign:`, or take `waiting-for` out"]);
    }

    [Fact]
    public void What_cannot_be_looked_through_is_said_to_be_not_proved()
    {
        var number = ("  you:\n    question: Who are you?", "  a:\n    question: A?\n    type: number\n    at-least: 0\n    at-most: 9\n  b:\n    question: B?\n    type: number\n    at-least: 0\n    at-most: 9\n  you:\n    question: Who are you?");
        Findings(number, ("  when: how is joint\n", "  when: a + b > 3 and how is joint\n")).ShouldContain(f => f.StartsWith("warning: not proved that anybody ever has to agree", StringComparison.Ordinal));
        Findings(number, ("    when: alone is no\n", "    when: a + b > 3\n")).ShouldContain(f => f.StartsWith("warning: not proved that `second` is answered by everybody to whose answers somebody must agree", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("co-sign.en.md", "subject: Please answer\n\nHello ((name)), read it.", "error: nobody could agree by this message, because its link is missing; add a line such as `Read it and answer here: ((link))`")]
    [InlineData("co-sign.en.md", "subject: ((applicant)) asks\n\n((link))", "error: `applicant` may not stand in the subject, which everybody near a screen can read; put it into the message")]
    [InlineData("co-sign.en.md", "subject: Please answer\n\n((link)) by ((close-by))", "error: there is no field `close-by` in this message; there are `reference`, `title`, `council`, `phone`, `name`, `applicant`, `link` and `until`")]
    [InlineData("co-sgin.en.md", "subject: Please answer\n\n((link))", "error: no message is sent at `co-sgin`; did you mean `co-sign`?")]
    public void A_template_that_asks_somebody_to_agree_has_its_link(string file, string text, string finding)
    {
        CheckTemplates.OfService(Read(), [("templates/" + file, text)]).Proved(text).Select(f => $"{(f.Severity == Severity.Error ? "error" : "warning")}: {f.Message}").ShouldContain(finding);
        CheckTemplates.OfCouncil([("templates/" + file, text)], new Dictionary<string, IReadOnlyList<string>>()).Select(f => $"{(f.Severity == Severity.Error ? "error" : "warning")}: {f.Message}").ShouldContain(finding);
    }

    [Fact]
    public void A_template_that_is_never_sent_is_said_so()
    {
        static IEnumerable<string> Of(string text, string file) => CheckTemplates.OfService(Read(text), [("templates/" + file, "subject: Please answer\n\n((link))")]).Proved().Select(f => f.Message);
        Of(Whole, "co-sign.cy.md").ShouldBeEmpty();
        Of(Whole, "co-sign-reminder.en.md").ShouldBeEmpty();
        Of(Whole.Replace("  remind: 4 days before\n", "", StringComparison.Ordinal), "co-sign-reminder.en.md").ShouldBe(["this template is never sent, because nobody is reminded; add `remind:` to `co-sign`, or take the file away"]);
        CheckTemplates.OfService(ServiceReader.Read("service.yaml", ReadingFiles.PotholeFile.Text).Definition!, [("templates/co-sign.en.md", "subject: Please answer\n\n((link))")]).Proved().Select(f => f.Message)
            .ShouldBe(["this template is never sent, because nobody must agree; add `co-sign:` to the service, or take the file away"]);
    }

    static readonly Answers Joint = Answers.None.With("alone", new YesNoAnswer(false)).With("you", new PersonAnswer("Ann Lee", "ann@mail.example", null));

    [Fact]
    public void Somebody_must_agree_where_its_sentence_holds()
    {
        var definition = Read();
        bool Needed(Answers answers) => definition.CoSign!.IsNeeded(definition, answers, Journey.Decide(definition, answers, Around.Today), Around.Today);
        Needed(Joint).ShouldBeTrue();
        Needed(Answers.None.With("alone", new YesNoAnswer(true))).ShouldBeFalse();
        (definition.CoSign! with { When = null }).IsNeeded(definition, Answers.None, new Dictionary<string, string>(), Around.Today).ShouldBeTrue();
    }

    [Fact]
    public void Whoever_must_agree_has_an_address_of_their_own()
    {
        var definition = Read();
        string[] Wrong(PersonAnswer second) => [.. definition.CoSign!.Faults(definition, Joint.With("second", second)).Select(f => $"{f.Field}: {f.Message}")];
        Wrong(new PersonAnswer("Bo Ray", "bo@mail.example", null)).ShouldBeEmpty();
        Wrong(new PersonAnswer("Bo Ray", null, "01632960001")).ShouldBe(["second-email: Enter the email address of Bo Ray, so that we can ask them to agree"]);
        Wrong(new PersonAnswer("Bo Ray", "ANN@mail.example", null)).ShouldBe(["second-email: Somebody else must agree to this, so enter their own email address, not one that you gave for another person"]);
        definition.CoSign!.Faults(definition, Joint).Select(f => f.Message).ShouldBe(["Enter an email address for “Who rents it with you?”, so that we can ask them to agree"]);
    }

    [Fact]
    public void The_link_works_to_the_end_of_its_last_day_and_the_reminder_comes_before()
    {
        var coSign = Read().CoSign!;
        var last = coSign.LastDay(new LocalDate(2026, 11, 29));
        last.ShouldBe(new LocalDate(2026, 12, 13));
        coSign.ReminderBefore(last).ShouldBe(new LocalDate(2026, 12, 9));
        (coSign with { Remind = null }).ReminderBefore(last).ShouldBeNull();
    }
}
