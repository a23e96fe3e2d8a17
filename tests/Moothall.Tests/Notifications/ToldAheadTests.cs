using Moothall.Cases;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Tests.Cases;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Notifications;

/// <summary>What is said beside a button before it is pressed is what then happens: each test presses it and reads the messages.</summary>
public class ToldAheadTests
{
    static Task<Consequence?> Ahead(MailHouse house, CouncilCase at, string action) => house.Database.Read(async session =>
    {
        var file = (await CaseQueries.Whole(session, house.House.House.Services, at.Reference)).ShouldNotBeNull();
        return (await Consequences.Of(session, house.House.House, file, "amara-okafor", house.House.House.Now)).Of(action);
    });

    static Task<List<(string Kind, string Subject, string? Trouble)>> Messages(MailHouse house, CouncilCase at, int version) => house.Database.Read(s => s.Query(
        $"select kind, subject, trouble from message where about = {at.Reference} and version = {version} order by number", row => (row.Text(0), row.Text(1), row.TextOrNull(2))));

    static async Task<CouncilCase> Check(MailHouse house, CouncilCase at, string action, string? note = null, params (string, string)[] values)
    {
        var ahead = (await Ahead(house, at, action)).ShouldNotBeNull(action);
        var after = await house.Act(at, action, note, values);
        await house.Follow();
        var messages = await Messages(house, at, after.Version);
        var told = messages.SingleOrDefault(m => m.Kind != "follow-news");
        (ahead.Tells.Subject, ahead.Tells.WhyNot ?? "").ShouldBe((string.IsNullOrEmpty(told.Subject) ? null : told.Subject, told.Trouble ?? ""), action);
        ahead.Tells.Followers.ShouldBe(messages.Count(m => m is { Kind: "follow-news", Trouble: null }), action);
        (ahead.After.Stage, ahead.After.Outcome, ahead.After.Team, ahead.After.StageDue, ahead.After.CloseBy).ShouldBe((after.Stage, after.Outcome, after.Team, after.StageDue, after.CloseBy), action);
        return after;
    }

    static async Task<CouncilCase> All(MailHouse house, CouncilCase at)
    {
        at = await Check(house, at, "note", "Rang them.");
        at = await Check(house, at, "assign", null, ("to", "amara-okafor"));
        at = await Check(house, at, "order-repair");
        at = await Check(house, at, "ask-customer", null, ("question", "Which lane?"));
        at = await Check(house, at, "repaired");
        return await Check(house, at, "reopen", "It broke again.");
    }

    [Theory, BothDatabases]
    public async Task Somebody_with_an_address_and_who_follows_it_are_told_as_was_said(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive("""{"name": "Sam Okonkwo-Lee", "email": "sam@mail.example"}""");
        await house.Database.Commit(async unit =>
        {
            await unit.Execute($"insert into case_follower (id, reference, email, language, since, link) values ('f1', {at.Reference}, 'ben@mail.example', 'en', {house.Clock.Now}, 'x')");
            await unit.Execute($"insert into case_follower (id, reference, email, language, since, link) values ('f2', {at.Reference}, 'gone@mail.example', 'en', {house.Clock.Now}, 'y')");
            await unit.Execute($"insert into dead_address (address, since, why) values ('gone@mail.example', {house.Clock.Now}, 'No such user')");
        });
        await house.Follow();
        var closing = (await Ahead(house, at, "withdraw")).ShouldNotBeNull().Tells;
        (closing.FirstName, closing.Subject, closing.WhyNot, closing.Followers).ShouldBe(("Sam", $"We have finished: Report a pothole, {at.Reference}", null, 1));
        at = await All(house, at);
        await Check(house, at, "move", null, ("team", house.House.House.Council.Teams.Values.First(t => t.Id != at.Team && t.Authorities.Contains(at.Authority)).Id));
    }

    [Theory, BothDatabases]
    public async Task Who_gave_no_address_is_not_told_and_it_says_so(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive("""{"name": "Ann Lee", "phone": "01632 960001"}""");
        (await Ahead(house, at, "withdraw")).ShouldNotBeNull().Tells.WhyNot.ShouldBe(Trouble.NoAddress);
        await All(house, at);
    }

    [Fact]
    public async Task Who_chose_no_messages_is_not_told_and_it_says_so()
    {
        await using var house = await (await MailHouse.Open(Dialect.Sqlite)).Ready();
        var at = await house.Receive();
        await house.Database.Commit(unit => MessageChoice.Choose(unit, at.Reference, new MessageChoice(null, true), house.Clock.Now));
        (await Ahead(house, at, "withdraw")).ShouldNotBeNull().Tells.WhyNot.ShouldBe(Trouble.AskedForNone);
        await All(house, at);
    }

    [Theory, BothDatabases]
    public async Task Whose_mails_come_back_is_not_told_and_it_says_so(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Database.Commit(unit => unit.Execute($"insert into dead_address (address, since, why) values ('ann@mail.example', {house.Clock.Now}, 'No such user')"));
        (await Ahead(house, at, "withdraw")).ShouldNotBeNull().Tells.WhyNot.ShouldBe(Trouble.DeadAddress);
        await All(house, at);
    }

    [Fact]
    public async Task Who_reads_Welsh_is_written_to_in_Welsh_and_the_subject_is_that()
    {
        await using var house = await (await MailHouse.Open(Dialect.Sqlite)).Ready();
        var at = await house.Receive();
        await house.Database.Commit(unit => MessageChoice.Choose(unit, at.Reference, new MessageChoice("cy", false), house.Clock.Now));
        (await Ahead(house, at, "withdraw")).ShouldNotBeNull().Tells.Subject.ShouldNotBeNull().ShouldNotContain("We have finished");
        await All(house, at);
    }

    [Fact]
    public async Task What_goes_on_without_a_message_says_that_none_is_sent()
    {
        await using var house = await (await MailHouse.Open(Dialect.Sqlite)).Ready();
        var at = await house.Receive();
        (await Ahead(house, at, "inspect")).ShouldNotBeNull().Tells.ShouldBe(ToldAhead.Nobody with { FirstName = "Ann" });
        (await Check(house, at, "inspect")).Team.ShouldBe("wessex-highways");
    }

    [Fact]
    public async Task An_action_that_cannot_be_taken_now_says_nothing()
    {
        await using var house = await (await MailHouse.Open(Dialect.Sqlite)).Ready();
        var at = await house.Receive();
        (await Ahead(house, at, "repaired")).ShouldBeNull();
        (await Ahead(house, at, "reopen")).ShouldBeNull();
        (await Ahead(house, at, "no-such-action")).ShouldBeNull();
    }

    [Theory]
    [InlineData("Sam", "Sam")]
    [InlineData("Siân Llewellyn-Featherstonehaugh", "Siân")]
    [InlineData("Mr Chidi Eze", "Chidi")]
    [InlineData("Dr. Ngozi Adeyemi", "Ngozi")]
    [InlineData("Mrs Lee", null)]
    [InlineData("  ", null)]
    public void Only_a_first_name_is_shown(string name, string? shown) => new WhoAsked(name, null).FirstName.ShouldBe(shown);
}
