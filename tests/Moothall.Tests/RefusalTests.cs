using Moothall.Cases;
using Moothall.Contact;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;

namespace Moothall.Tests;

/// <summary>A command that ends in a refusal has changed nothing, wherever on its way it was refused.</summary>
public class RefusalTests
{
    static readonly Refusal No = Refusal.Invalid("You have sent these answers already.");

    static Task Write(Unit unit) => unit.SetTimer("a test", "refused", OpenHouse.Monday);

    [Theory, BothDatabases]
    public async Task What_a_unit_wrote_goes_with_its_refusal_however_it_is_said(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var before = await house.Count("timer");
        var result = await house.Database.Commit(async unit => { await Write(unit); return (Result<string>)No; });
        result.Refusal.ShouldBe(No);
        (await house.Database.Commit(async unit => { await Write(unit); return No; })).ShouldBe(No);
        (await house.Database.Commit(async unit => { await Write(unit); return new RecordContact.Result(null, []); })).Id.ShouldBeNull();
        (await house.Database.Commit(async unit => { await Write(unit); return new GiveFeedback.Result(null, []); })).Id.ShouldBeNull();
        (await house.Count("timer")).ShouldBe(before);
        (await house.Database.Commit(async unit => { await Write(unit); return (Result<string>)(No with { KeepsUnit = true }); })).IsDone.ShouldBeFalse();
        (await house.Count("timer")).ShouldBe(before + 1);
        (await house.Database.Commit(async unit => { await unit.SetTimer("a test", "done", OpenHouse.Monday); return (Result<string>)"done"; })).IsDone.ShouldBeTrue();
        (await house.Database.Commit(async unit => { await unit.SetTimer("a test", "no refusal", OpenHouse.Monday); return (Refusal?)null; })).ShouldBeNull();
        (await house.Count("timer")).ShouldBe(before + 3);
    }

    [Theory, BothDatabases]
    public async Task Answers_typed_by_an_advisor_do_not_stay_in_a_draft_that_could_not_be_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.Begin(("where", "\"High Street, Wallingford\""), ("size", "\"large\""));
        var definition = (await house.House.Services.Version(draft.Service, draft.Version)).Definition;
        var grace = StaffSessions.CallerFor(ExampleCouncil.Files, "grace-adeyemi-clarke");
        var finish = new FinishWithHelp(draft.Id, draft.Revision, AnswersJson.Read(definition, """{"size": "small"}"""), "skills", grace, 60);
        var sent = await house.Database.Commit(unit => finish.Send(unit, house.House.Services, house.House.Council, house.Clock.Now));
        sent.Refusal!.Kind.ShouldBe(RefusalKind.Changed);
        (await house.Draft(draft.Id)).ShouldBe(draft);
        (await house.Count("council_case")).ShouldBe(0);
    }
}
