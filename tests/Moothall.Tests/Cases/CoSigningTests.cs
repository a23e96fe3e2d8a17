using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using Moothall.Tests.Notifications;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

/// <summary>A second person who must agree to a grant of more than £2,000: what they answer, what staff do for them, and what silence comes to.</summary>
public class CoSigningTests
{
    const string Grant = "apply-for-a-community-grant";
    const string Gwen = """{"name": "Gwen Prys", "email": "gwen@mail.example"}""";
    const string Rhodri = """{"name": "Rhodri Wyn", "email": "rhodri@mail.example"}""";
    static readonly Caller Daniel = Tokens.CallerFor(ExampleCouncil.Files, "daniel-okonedo");

    static string Answers(int asked = 2500, string you = Gwen, string second = Rhodri) => $$"""
        {"group-name": "Grove Kitchen", "group-kind": "club", "you": {{you}}, "project": "A kitchen", "what": "Cook for neighbours", "who-for": ["everyone"], "where": "High Street, Wallingford", "starts": "2026-06-01",
         "costs": [{"what-for": "A cooker", "amount": 1900}], "asked": {{asked}}, {{(asked > 2000 ? $"\"second\": {second}, " : "")}}"agree": true}
        """;

    static ReceiveCase Asked(int asked = 2500, string you = Gwen) => Command(ExampleServices.Definition(Grant), Answers(asked, you));

    /// <summary>A case that waits for the second signature, later on.</summary>
    static CaseSituation Waiting(Instant at) => Received(Asked()) with { Now = at, By = Actor.CoSigner, ByMember = null };

    [Fact]
    public void A_case_that_somebody_must_agree_to_waits_with_its_clocks_standing_still()
    {
        var large = CaseReceiving.Decide(Asked(), "CMG-7F3K-92QX").After;
        (large.Stage, large.StoppedAt, large.Due).ShouldBe(("signature", (Instant?)Monday, null));
        var small = CaseReceiving.Decide(Asked(2000), "CMG-7F3K-92QX").After;
        (small.Stage, small.StoppedAt).ShouldBe(("check", null));
        CaseReceiving.Decide(Asked() with { Imported = true }, "CMG-7F3K-92QX").After.Stage.ShouldBe("check", "history was agreed to long ago");
        CoSigning.Waits(large, ExampleServices.Definition(Grant)).ShouldBeTrue();
        CoSigning.Waits(small, ExampleServices.Definition(Grant)).ShouldBeFalse();
        CoSigning.Waits(large with { Closed = Monday, Outcome = "withdrawn" }, ExampleServices.Definition(Grant)).ShouldBeFalse();
    }

    [Fact]
    public void Whoever_agrees_sets_the_work_going_and_the_days_of_waiting_are_not_the_councils()
    {
        var change = CoSigning.Decide(Waiting(March(9, 10)), "agreed", "no reason is kept").Value.ShouldNotBeNull();
        var advanced = change.Told<CaseAdvanced>();
        (advanced.Action, advanced.To, advanced.By, advanced.HandlingSeconds).ShouldBe(("signed", "check", Actor.CoSigner, 0));
        change.After.StoppedAt.ShouldBeNull();
        (change.Entry.ByMember, change.Entry.GivenTo, change.Entry.Note).ShouldBe((null, CoSigning.ByLink, null));
        var (promised, now) = (Received(Asked()).Case.CloseBy!.Value, change.After.CloseBy!.Value);
        (now - promised).ShouldBe(Duration.FromDays(7), "a week was waited, so the promise is a week later");
    }

    [Fact]
    public void Whoever_declines_says_why_and_only_staff_read_it()
    {
        CoSigning.Decide(Waiting(March(3, 9)), "declined", null).Why().ShouldBe("Enter why you do not agree");
        CoSigning.Decide(Waiting(March(3, 9)), "declined", new string('x', 4001)).Why().ShouldBe("What you write must be 4,000 characters or fewer");
        var change = CoSigning.Decide(Waiting(March(3, 9)), "declined", "I was never asked").Value.ShouldNotBeNull();
        (change.Told<CaseClosed>().Outcome, change.Told<CaseClosed>().By).ShouldBe(("not-signed", Actor.CoSigner));
        change.Entry.Note.ShouldBe("I was never asked");
        var told = CaseQueries.Progress(change.After, ExampleServices.Definition(Grant), [change.Entry], "en");
        told.History.Single().What.ShouldBe("We closed it: The second person in your group did not sign.");
    }

    [Fact]
    public void No_answer_is_asked_for_again_and_what_waits_no_more_cannot_be_answered()
    {
        CoSigning.Decide(Waiting(March(3, 9)), "perhaps", null).Why().ShouldBe("Choose whether you agree");
        var small = Received(Asked(2000));
        CoSigning.Decide(small, "agreed", null).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        CoSigning.Lapse(small).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        HandleCase.SendLink(small, Definitions.Answers.None, null, 0).Why().ShouldBe("This case does not wait for anybody to agree, so there is no link to send.");
    }

    [Fact]
    public void Silence_takes_the_action_that_the_service_names_for_it()
    {
        var closed = CoSigning.Lapse(Waiting(March(24, 0)) with { By = Actor.Rule });
        (closed.Told<CaseClosed>().Action, closed.Told<CaseClosed>().By, closed.Told<CaseClosed>().InTime).ShouldBe(("not-signed", Actor.Rule, true));
        closed.Value!.Entry.GivenTo.ShouldBeNull();
    }

    [Theory]
    [InlineData("rhodri@mail.example", "r…@mail.example")]
    [InlineData("ŵyn@mail.example", "ŵ…@mail.example")]
    [InlineData(null, null)]
    public void An_address_is_shown_with_most_of_it_left_out(string? email, string? masked) => CoSigning.Masked(email).ShouldBe(masked);

    static async Task<CouncilCase> Receive(MailHouse mail, int asked = 2500, string you = Gwen) =>
        (await mail.Database.Commit(unit => CaseReceiving.Receive(unit, Asked(asked, you) with { Received = mail.Clock.Now }))).Value.ShouldNotBeNull();

    static Task<Result<CouncilCase>> Act(MailHouse mail, CouncilCase at, string action, string? note = null) => mail.House.Act(at, action, Daniel, note);

    static Task<Result<CoSignRequest>> Answer(MailHouse mail, string code, string answer, string? reason = null) => mail.Database.Commit(unit => CoSigning.Answer(unit, mail.House.House, code, answer, reason));

    static Task<CoSignRequest?> Open(MailHouse mail, string code) => mail.Database.Read(s => CoSigning.Open(s, mail.House.House, code));

    static Task<List<(string To, string Kind, string Plain)>> Written(MailHouse mail, string to) =>
        mail.Database.Read(s => s.Query($"select address, kind, plain from message where address = {to} order by number", row => (row.Text(0), row.Text(1), row.Text(2))));

    static async Task<string> CodeTo(MailHouse mail, string to)
    {
        var plain = (await Written(mail, to))[^1].Plain;
        var at = plain.IndexOf("/agree/", StringComparison.Ordinal) + "/agree/".Length;
        return plain.Substring(at, 16);
    }

    static async Task Tick(MailHouse mail, CouncilCase @case)
    {
        await mail.Database.Commit(unit => new CoSignTimes(mail.House.House).Handle(unit, @case.Reference, mail.House.House.Now));
    }

    static Task<List<Instant>> Due(MailHouse mail) => mail.Database.Read(s => s.Query($"select due from timer where kind = {CoSignTimes.Timer}", row => row.Instant(0)));

    [Theory, BothDatabases]
    public async Task The_second_person_gets_one_link_sees_what_they_may_and_agrees_once(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail);
        await mail.Follow();
        var written = (await Written(mail, "rhodri@mail.example")).ShouldHaveSingleItem();
        written.Plain.ShouldContain("Hello Rhodri Wyn,");
        written.Plain.ShouldContain("Gwen Prys asks for it.");
        written.Plain.ShouldContain("Please answer by 23 March 2026.");
        (await Due(mail)).ShouldBe([March(16, 9)]);
        var code = await CodeTo(mail, "rhodri@mail.example");
        (await mail.Database.Read(s => s.First($"select link from case_co_sign", row => row.Text(0)))).ShouldNotBeNull().ShouldNotContain(code, Case.Insensitive);

        var request = (await Open(mail, code.ToLowerInvariant())).ShouldNotBeNull();
        request.Applicant.ShouldBe("Gwen Prys");
        ExampleServices.Definition(Grant).Ask.Where(q => request.Shown.Settled(q.Name)).Select(q => q.Name).ShouldBe(["group-name", "you", "project", "what", "costs", "asked"]);
        (await Open(mail, "0000000000000000")).ShouldBeNull();
        (await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, "gwen@mail.example"))).Why().ShouldStartWith("This is not the address");
        (await mail.Database.Read(s => s.Number($"select tries from case_co_sign"))).ShouldBe(1);
        (await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, " RHODRI@mail.example "))).IsDone.ShouldBeTrue();

        mail.Clock.Now = March(9, 10);
        (await Answer(mail, code, "agreed")).Value!.Case.Stage.ShouldBe("check");
        (await Answer(mail, code, "agreed")).IsDone.ShouldBeTrue("the same form sent twice");
        (await Answer(mail, code, "declined", "After all not")).Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await mail.House.Log("case/" + @case.Reference)).ShouldBe(["case.received", "case.advanced"]);
        (await mail.House.Log("co-sign/" + @case.Reference)).ShouldBe(["co-sign.due", "co-sign.asked"]);
        var after = (await Open(mail, code)).ShouldNotBeNull();
        (after.Answer, after.Shown).ShouldBe(("agreed", Definitions.Answers.None), "nothing is shown any more");
        await mail.Follow();
        (await mail.Messages(@case)).Select(m => m.Kind).ShouldBe(["received", "stage"], "the person who asked hears that it goes on, and nothing of the link");

        // Time that has come to nothing.
        mail.Clock.Now = March(24, 9);
        await Tick(mail, @case);
        (await mail.House.Now(@case.Reference)).Stage.ShouldBe("check");
        (await Written(mail, "rhodri@mail.example")).Count.ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Whoever_does_not_answer_is_reminded_once_and_then_the_case_is_closed(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail);
        await mail.Follow();
        var code = await CodeTo(mail, "rhodri@mail.example");
        mail.Clock.Now = March(10, 9);
        await Tick(mail, @case);
        (await Written(mail, "rhodri@mail.example")).Count.ShouldBe(1, "it is too early");

        mail.Clock.Now = March(16, 9);
        await Tick(mail, @case);
        await Tick(mail, @case);
        (await Written(mail, "rhodri@mail.example")).Select(m => m.Kind).ShouldBe(["co-sign", "co-sign-reminder"]);
        (await CodeTo(mail, "rhodri@mail.example")).ShouldBe(code, "it is the same link");
        (await Due(mail)).ShouldBe([March(24, 0)]);
        (await mail.House.Log("co-sign/" + @case.Reference)).ShouldBe(["co-sign.due", "co-sign.asked", "co-sign.asked"]);

        mail.Clock.Now = March(23, 23);
        (await Open(mail, code)).ShouldNotBeNull("the whole last day");
        mail.Clock.Now = March(24, 0);
        (await Open(mail, code)).ShouldBeNull();
        await Tick(mail, @case);
        var closed = await mail.House.Now(@case.Reference);
        (closed.Outcome, closed.IsOpen).ShouldBe(("not-signed", false));
        (await Answer(mail, code, "agreed")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);

        // Opened again, they are asked again.
        closed = (await Act(mail, closed, "reopen", "They were away")).Value.ShouldNotBeNull();
        await mail.Follow();
        (await Open(mail, await CodeTo(mail, "rhodri@mail.example"))).ShouldNotBeNull();
        (await Open(mail, code)).ShouldBeNull("a new link ends the one before");
    }

    [Theory, BothDatabases]
    public async Task Staff_send_the_link_again_and_record_what_came_on_paper(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail);
        await mail.Follow();
        var first = await CodeTo(mail, "rhodri@mail.example");
        mail.Clock.Now = March(4, 10);

        var undone = (await Act(mail, @case, "send-link")).Value.ShouldNotBeNull();
        undone = (await mail.House.Undo(undone, Daniel)).Value.ShouldNotBeNull();
        await mail.Follow();
        (await Written(mail, "rhodri@mail.example")).Count.ShouldBe(1, "it was taken back within the minute");

        var sent = (await Act(mail, undone, "send-link")).Value.ShouldNotBeNull();
        await mail.Follow();
        var second = await CodeTo(mail, "rhodri@mail.example");
        second.ShouldNotBe(first);
        (await Open(mail, first)).ShouldBeNull();
        (await Open(mail, second))!.LastDay.ShouldBe(new LocalDate(2026, 3, 25), "with the whole time to answer");

        (await Act(mail, sent, "signed")).Why().ShouldBe("Enter how they told you, for example on a form that they signed");
        var signed = (await Act(mail, sent, "signed", "Signed form of 4 March, scanned")).Value.ShouldNotBeNull();
        signed.Stage.ShouldBe("check");
        (await Open(mail, second)).ShouldBeNull();
        (await Act(mail, signed, "send-link")).IsDone.ShouldBeFalse();
        var back = (await mail.House.Undo(signed, Daniel)).Value.ShouldNotBeNull();
        back.Stage.ShouldBe("signature");
        (await Open(mail, second)).ShouldNotBeNull("what was taken back was never said");
        (await Due(mail)).ShouldBe([March(4, 10)], "its times are looked at again");
        await Tick(mail, back);
        (await Due(mail)).ShouldBe([March(18, 9)]);
    }

    [Theory, BothDatabases]
    public async Task Staff_put_a_wrong_address_right_and_the_link_goes_there(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail);
        await mail.Follow();
        var first = await CodeTo(mail, "rhodri@mail.example");
        async Task<Result<CouncilCase>> To(string email) => await mail.Database.Commit(unit => CaseActions.Act(unit, mail.House.House.Services, mail.House.House.Council, new ActOnCase
        {
            Reference = @case.Reference, Action = "send-link", SeenVersion = @case.Version, By = Daniel,
            Answers = (questions, reading) => AnswersReader.ReadAll(questions, System.Text.Json.JsonSerializer.SerializeToElement(new { email }), reading),
        }, mail.House.House.Now));
        (await To("rhodri at mail")).Refusal!.Faults.ShouldHaveSingleItem().Field.ShouldBe("email");
        var sent = (await To("wyn@mail.example")).Value.ShouldNotBeNull();
        await mail.Follow();
        var code = await CodeTo(mail, "wyn@mail.example");
        (await Written(mail, "rhodri@mail.example")).Count.ShouldBe(1);
        (await Open(mail, first)).ShouldBeNull();
        (await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, "rhodri@mail.example"))).IsDone.ShouldBeFalse();
        (await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, "wyn@mail.example"))).IsDone.ShouldBeTrue();
        (await mail.Database.Read(s => CaseQueries.Open(s, mail.House.House.Services, @case.Reference, Daniel))).Value!.CoSign!.Email.ShouldBe("wyn@mail.example");
        sent.Version.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task Ten_wrong_addresses_end_a_link_and_withdrawing_does_too(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail);
        await mail.Follow();
        var code = await CodeTo(mail, "rhodri@mail.example");
        for (var i = 0; i < CoSigning.MostTries; i++) await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, $"guess{i}@mail.example"));
        (await mail.Database.Commit(unit => CoSigning.Known(unit, mail.House.House, code, "rhodri@mail.example"))).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);

        var other = await Receive(mail);
        await mail.Follow();
        code = await CodeTo(mail, "rhodri@mail.example");
        (await mail.Database.Commit(unit => ResidentActs.Withdraw(unit, mail.House.House.Services, mail.House.House.Council, other.Reference, null, mail.House.House.Now))).IsDone.ShouldBeTrue();
        (await Open(mail, code)).ShouldBeNull();
        (await Answer(mail, code, "agreed")).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        @case.Reference.ShouldNotBe(other.Reference);
    }

    [Theory, BothDatabases]
    public async Task What_is_kept_of_them_goes_with_the_case_and_they_never_count_as_who_asked(Dialect dialect)
    {
        await using var mail = await (await MailHouse.Open(dialect, Grant)).Ready();
        var @case = await Receive(mail, you: """{"name": "Gwen Prys", "phone": "01632 960001"}""");
        await mail.Database.Commit(unit => MessageChoice.Choose(unit, @case.Reference, new MessageChoice("cy", NoMail: true), mail.Clock.Now));
        await mail.Follow();
        var written = (await Written(mail, "rhodri@mail.example")).ShouldHaveSingleItem("only the link, and no news of a case that is not theirs");
        written.Kind.ShouldBe("co-sign");
        written.Plain.ShouldContain("Helo Rhodri Wyn,");
        (await mail.Database.Read(s => MessagesAbout.Of(s, @case.Reference))).ShouldAllBe(m => m.Address != "rhodri@mail.example", "whose copy it is may not agree for them");
        (await mail.Database.Read(s => WhoAsked.Of(s, mail.House.House.Services, @case.Reference, null)))!.Email.ShouldBeNull();

        var opened = (await mail.Database.Read(s => CaseQueries.Open(s, mail.House.House.Services, @case.Reference, Daniel))).Value.ShouldNotBeNull();
        (opened.CoSign!.Name, opened.CoSign.Email, opened.CoSign.Message!.State, opened.CoSign.Message.Plain).ShouldBe(("Rhodri Wyn", "rhodri@mail.example", "waiting", ""));
        var progress = await mail.Database.Read(s => CaseQueries.Track(s, mail.House.House.Services, mail.House.House.Codes, @case.Reference, mail.House.House.Codes.For(@case.Reference, 1), "en", mail.House.House.Now));
        progress!.CoSign!.Masked.ShouldBe("r…@mail.example");

        (await mail.Database.Commit(unit => ResidentActs.Withdraw(unit, mail.House.House.Services, mail.House.House.Council, @case.Reference, null, mail.House.House.Now))).IsDone.ShouldBeTrue();
        var amounts = (await mail.Database.Commit(unit => EraseCase.Erase(unit, @case.Reference, "request", "an objection", "RL-1", Actor.Worker, mail.House.House.Now))).Value.ShouldNotBeNull();
        amounts.Single(a => a.What == "asking to agree").Count.ShouldBe(1);
        foreach (var eraser in mail.House.House.Erasers) await mail.Database.Commit(async unit => await eraser.Erase(unit, (await CaseQueries.Find(unit, @case.Reference))!));
        (await mail.House.Count("case_co_sign")).ShouldBe(0);
        (await mail.House.Count("message")).ShouldBe(0);
        (await Due(mail)).ShouldBeEmpty();
    }
}
