using Moothall.Cases;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class ComeBackTests
{
    const string Ann = "ann@mail.example";

    static Task<Result<Draft>> Ask(OpenHouse house, Draft draft, string email = Ann) => house.Database.Commit(unit => ComeBack.Ask(unit, house.House, draft.Id, email, "en"));

    static Task<Result<Draft>> Continue(OpenHouse house, string code, string email) => house.Database.Commit(unit => ComeBack.Continue(unit, code, email, house.House.Now));

    static Task<Draft?> Open(OpenHouse house, string code) => house.Database.Read(s => ComeBack.Open(s, code, house.House.Now));

    static Task<List<(string Kind, string? Address, string Plain)>> Mails(OpenHouse house) =>
        house.Database.Read(s => s.Query($"select kind, address, plain from message order by number", row => (row.Text(0), row.TextOrNull(1), row.Text(2))));

    [Theory, BothDatabases]
    public async Task A_link_leads_to_the_draft_for_whoever_knows_its_address(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        (await Ask(house, draft)).IsDone.ShouldBeTrue();
        var code = house.House.Codes.ForReturn(draft.Id, 1);
        code.Length.ShouldBe(16);
        var mail = (await Mails(house)).ShouldHaveSingleItem();
        (mail.Kind, mail.Address).ShouldBe(("return-link", Ann));
        mail.Plain.ShouldContain("/return/" + code);
        mail.Plain.ShouldContain("Monday 30 March 2026");
        (await Open(house, code))!.Id.ShouldBe(draft.Id);
        (await Continue(house, code, "bob@mail.example")).Refusal!.Why.ShouldStartWith("This is not the address");
        (await Continue(house, code.ToLowerInvariant(), " ANN@mail.example ")).Value!.Id.ShouldBe(draft.Id);
        (await Continue(house, code, Ann)).Value!.Id.ShouldBe(draft.Id);
        (await house.Draft(draft.Id)).ShouldBe(draft);
    }

    [Theory, BothDatabases]
    public async Task Asking_again_makes_a_new_link_and_ends_the_old(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        await Ask(house, draft);
        await Ask(house, draft, "ann.lee@mail.example");
        (await Open(house, house.House.Codes.ForReturn(draft.Id, 1))).ShouldBeNull();
        (await Continue(house, house.House.Codes.ForReturn(draft.Id, 2), Ann)).IsDone.ShouldBeFalse();
        (await Continue(house, house.House.Codes.ForReturn(draft.Id, 2), "ann.lee@mail.example")).IsDone.ShouldBeTrue();
        (await Mails(house)).Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_link_is_sent_ten_times_at_most(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        for (var i = 0; i < ComeBack.MostLinks; i++) (await Ask(house, draft)).IsDone.ShouldBeTrue();
        (await Ask(house, draft)).Refusal!.Why.ShouldContain("Use the newest one");
        (await Open(house, house.House.Codes.ForReturn(draft.Id, ComeBack.MostLinks))).ShouldNotBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_link_at_which_addresses_are_guessed_opens_nothing_any_more(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        await Ask(house, draft);
        var code = house.House.Codes.ForReturn(draft.Id, 1);
        for (var i = 0; i < ComeBack.MostTries; i++) (await Continue(house, code, $"guess{i}@mail.example")).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        (await Continue(house, code, Ann)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await Ask(house, draft)).IsDone.ShouldBeTrue();
        (await Continue(house, house.House.Codes.ForReturn(draft.Id, 2), Ann)).IsDone.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_link_ends_with_its_draft_and_its_address_goes(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        await Ask(house, draft);
        house.Clock.Now += Draft.Life;
        (await Open(house, house.House.Codes.ForReturn(draft.Id, 1))).ShouldBeNull();
        (await Ask(house, draft)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        await house.Database.Commit(unit => new SettleDraft(house.House.Services, house.Clock).Handle(unit, draft.Id, house.Clock.Now));
        (await house.Count("draft_return")).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task After_sending_the_link_still_leads_to_what_was_sent(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var draft = await house.BeginWhole();
        await Ask(house, draft);
        var reference = (await house.Submit(draft)).Value!.Reference;
        var opened = (await Continue(house, house.House.Codes.ForReturn(draft.Id, 1), Ann)).Value!;
        (opened.How, opened.Reference).ShouldBe(("submitted", reference));
        (await Ask(house, draft)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task Neither_the_code_nor_the_address_stands_in_the_log_or_beside_the_draft()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var draft = await house.BeginWhole();
        await Ask(house, draft);
        var code = house.House.Codes.ForReturn(draft.Id, 1);
        var log = await house.Database.Read(s => s.Query($"select stream, data from event", row => row.Text(0) + row.Text(1)));
        foreach (var secret in new[] { code, Ann, draft.Id }) log.ShouldAllBe(line => !line.Contains(secret));
        (await house.Database.Read(s => s.First($"select link from draft_return", row => row.Text(0))))!.ShouldNotContain(code);
    }

    [Fact]
    public async Task Codes_of_cases_followers_and_drafts_are_different_even_for_one_name()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var codes = house.House.Codes;
        new[] { codes.For("X", 1), codes.ForFollower("X"), codes.ForReturn("X", 1), codes.ForReturn("X", 2) }.Distinct().Count().ShouldBe(4);
    }
}
