using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class ResidentActsTests
{
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");

    static async Task<CouncilCase> Receive(OpenHouse house) =>
        (await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(ExampleServices.Definition("report-a-pothole"), Small)))).Value.ShouldNotBeNull();

    static async Task<CouncilCase> Ask(OpenHouse house, CouncilCase at, string question) => (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
    {
        Reference = at.Reference, Action = "ask-customer", SeenVersion = at.Version, By = Amara, Answers = (_, _) => (Answers.None, []), Values = new Dictionary<string, string> { ["question"] = question },
    }, house.House.Now))).Value!;

    static Task<Result<CouncilCase>> Answer(OpenHouse house, string reference, string asked, string answer) => house.Database.Commit(unit =>
        ResidentActs.Answer(unit, house.House.Services, house.House.Council, reference, ResidentActs.KeyOf(asked), answer, house.House.Now));

    static Task<Result<CouncilCase>> Add(OpenHouse house, string reference, string note, string once) => house.Database.Commit(unit =>
        ResidentActs.Add(unit, house.House.Services, house.House.Council, reference, Answers.None.With("note", new TextAnswer(note)), once, house.House.Now));

    static Task<Result<CouncilCase>> Withdraw(OpenHouse house, string reference, string? reason = null) => house.Database.Commit(unit =>
        ResidentActs.Withdraw(unit, house.House.Services, house.House.Council, reference, reason, house.House.Now));

    [Theory, BothDatabases]
    public async Task The_same_answer_sent_twice_is_one_answer(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Ask(house, await Receive(house), "Which lane?");
        (await Answer(house, at.Reference, "Which lane?", "The left one")).Value!.Question.ShouldBeNull();
        (await Answer(house, at.Reference, "Which lane?", "The left one")).IsDone.ShouldBeTrue();
        (await Answer(house, at.Reference, "Which lane?", "The right one")).Refusal!.Why.ShouldStartWith("We are not waiting");
        (await house.Log("case/" + at.Reference)).Count(t => t == "case.handled").ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task An_answer_to_one_question_is_never_taken_for_another(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Ask(house, await Receive(house), "Which lane?");
        await Ask(house, at, "May we come on Sunday?");
        var refused = (await Answer(house, at.Reference, "Which lane?", "Yes, the left one")).Refusal!;
        refused.Kind.ShouldBe(RefusalKind.Changed);
        refused.Why.ShouldStartWith("We have asked you something else meanwhile");
    }

    [Theory, BothDatabases]
    public async Task What_is_added_stands_in_the_history_and_the_clock_still_waits_for_the_answer(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Ask(house, await Receive(house), "Which lane?");
        (await Add(house, at.Reference, "It is deeper now", "a")).Value!.StoppedAt.ShouldNotBeNull();
        (await Add(house, at.Reference, "It is deeper now", "a")).IsDone.ShouldBeTrue();
        var opened = (await OpenCase.Open(house.House, at.Reference, Amara, AuditKinds.CaseRead, default)).Value!;
        opened.History.Select(h => h.Kind).ShouldBe(["received", "ask-customer", "added"]);
        opened.History[2].Note.ShouldBe("It is deeper now");
        opened.Case.Question.ShouldBe("Which lane?");
        var log = await house.Database.Read(s => s.Query($"select data from event", row => row.Text(0)));
        log.ShouldAllBe(line => !line.Contains("deeper"));
    }

    [Theory, BothDatabases]
    public async Task Five_additions_a_day_are_enough(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house);
        for (var i = 0; i < ResidentActs.MostADay; i++) (await Add(house, at.Reference, "More", $"{i}")).IsDone.ShouldBeTrue();
        (await Add(house, at.Reference, "More", "x")).Refusal!.Why.ShouldContain("Come back tomorrow");
        house.Clock.Now += Duration.FromHours(25);
        (await Add(house, at.Reference, "More", "y")).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_no_addition_and_a_closed_case_takes_none()
    {
        ResidentActs.Decide(Pothole(), Answers.None.With("note", SkippedAnswer.Value)).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("Write something or choose a photo");
        var closed = Pothole().After(March(3, 9), WithdrawCase.Decide(Pothole(), null, 0));
        ResidentActs.Decide(closed, Answers.None.With("note", new TextAnswer("More"))).Why().ShouldStartWith("This is closed");
    }

    [Theory, BothDatabases]
    public async Task Withdrawing_twice_closes_once_and_counts_as_the_persons_own_act(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house);
        var done = (await Withdraw(house, at.Reference, "Mended already")).Value!;
        (done.Outcome, done.Status).ShouldBe(("withdrawn", "closed"));
        (await Withdraw(house, at.Reference)).IsDone.ShouldBeTrue();
        (await house.Log("case/" + at.Reference)).ShouldBe(["case.received", "case.closed"]);
        var closed = await house.Database.Read(s => s.First($"select data from event where type = 'case.closed'", row => row.Text(0)));
        closed.ShouldNotBeNull().ShouldContain("\"self\"");
        closed!.ShouldNotContain("Mended");
    }

    [Theory, BothDatabases]
    public async Task The_record_holds_what_was_sent_said_and_decided_and_no_notes_of_staff(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var at = await Receive(house);
        at = (await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council, new ActOnCase
        {
            Reference = at.Reference, Action = "note", SeenVersion = at.Version, By = Amara, Note = "Rude on the phone", Answers = (_, _) => (Answers.None, []),
        }, house.House.Now))).Value!;
        at = await Ask(house, at, "Which lane?");
        await Answer(house, at.Reference, "Which lane?", "The left one");
        await Withdraw(house, at.Reference, "Mended already");
        var code = house.House.Codes.For(at.Reference, at.LinkNumber);
        Task<CaseRecord?> Open(string with) => house.Database.Read(s => CaseRecord.Open(s, house.House.Services, house.House.Codes, at.Reference, with, "en", house.House.Now));
        var record = (await Open(code)).ShouldNotBeNull();
        record.Asked.Select(q => q.Name).ShouldBe(["where", "size", "photo", "you"]);
        record.Lines.Select(l => l.Words).ShouldBe([null, "Which lane?", "The left one", "Mended already"]);
        (await Open("WRONG")).ShouldBeNull();
    }
}
