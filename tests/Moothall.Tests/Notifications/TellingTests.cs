using Moothall.Cases;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Tests.Cases;
using Moothall.Tests.Journeys;
using Moothall.Tests.Records;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Notifications;

public class TellingTests
{
    [Theory, BothDatabases]
    public async Task A_person_is_told_what_happens_without_ringing(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Follow();
        at = await house.Act(at, "order-repair");
        await house.Follow();
        at = await house.Act(at, "ask-customer", null, ("question", "Which lane?"));
        await house.Follow();
        at = await house.Act(at, "repaired");
        await house.Follow();
        at = await house.Act(at, "reopen", "It broke again");
        await house.Follow();
        await house.Send();

        var mails = house.Server.Taken;
        mails.Select(m => m.To).Distinct().ShouldBe(["ann@mail.example"]);
        mails.Select(m => m.Subject).Order().ShouldBe(new[]
        {
            $"We have it: Report a pothole, {at.Reference}", $"Where it is now: Report a pothole, {at.Reference}", $"We need to ask you something: Report a pothole, {at.Reference}",
            $"We have finished: Report a pothole, {at.Reference}", $"We have opened this again: Report a pothole, {at.Reference}",
        }.Order());
        var received = mails.Single(m => m.Subject.StartsWith("We have it", StringComparison.Ordinal));
        received.Plain.ShouldContain("Hello Ann Lee,");
        received.Plain.ShouldContain("We aim to finish by");
        received.Plain.ShouldContain($"/track?reference={at.Reference}&code={house.House.House.Codes.For(at.Reference, 1)}");
        received.Plain.ShouldContain("/track/messages?reference=");
        mails.Single(m => m.Subject.StartsWith("We need to ask", StringComparison.Ordinal)).Plain.ShouldContain("> Which lane?");
        mails.Single(m => m.Subject.StartsWith("We have finished", StringComparison.Ordinal)).Plain.ShouldContain("Repaired");
        mails.Single(m => m.Subject.StartsWith("Where it is now", StringComparison.Ordinal)).Plain.ShouldContain("The repair is ordered.");
        (await house.Messages(at)).ShouldAllBe(m => m.State == "sent");
        (await house.Database.Read(s => s.Number($"select count(*) from event where type = 'message.sent'"))).ShouldBe(5);
        await house.Follow();
        await house.Send();
        house.Server.Taken.Count.ShouldBe(5);
    }

    [Theory, BothDatabases]
    public async Task What_was_taken_back_within_the_minute_is_not_told(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Follow();
        at = await house.Act(at, "ask-customer", null, ("question", "Which lane?"));
        at = (await house.Database.Commit(unit => UndoCase.Undo(unit, house.House.House.Services, house.House.House.Council, at.Reference, at.Version, MailHouse.Amara, house.House.House.Now))).Value.ShouldNotBeNull();
        at = await house.Act(at, "ask-customer", null, ("question", "Which side?"));
        await house.Follow();
        await house.Send();
        house.Server.Taken.Count.ShouldBe(2);
        house.Server.Taken.Single(m => m.Subject.StartsWith("We need to ask", StringComparison.Ordinal)).Plain.ShouldContain("Which side?");
        (await house.Messages(at)).Where(m => m.Kind == "question").Select(m => m.Trouble).ShouldBe([Trouble.Overtaken, null], ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task Somebody_who_follows_a_report_is_told_where_it_is_and_not_whose_it_is(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Database.Commit(async unit =>
        {
            await unit.Execute($"insert into case_follower (id, reference, email, language, since, link) values ('f1', {at.Reference}, 'ben@mail.example', 'en', {house.Clock.Now}, 'x')");
            await MessageChoice.Choose(unit, at.Reference, new MessageChoice(null, true), house.Clock.Now);
        });
        await house.Follow();
        at = await house.Act(at, "order-repair");
        await house.Follow();
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        mail.To.ShouldBe("ben@mail.example");
        mail.Plain.ShouldContain("The repair is ordered.");
        mail.Plain.ShouldNotContain(at.Reference);
        mail.Plain.ShouldNotContain("Ann");
        (await house.Messages(at)).ShouldAllBe(m => m.Trouble == Trouble.AskedForNone);
    }

    [Theory, BothDatabases]
    public async Task What_was_undone_or_is_no_longer_so_is_not_told(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Follow();
        at = await house.Act(at, "order-repair");
        at = await house.Act(at, "repaired");
        at = await house.Act(at, "reopen", "A slip");
        await house.Follow();
        await house.Send();
        house.Server.Taken.Select(m => m.Subject[..10]).ShouldContain("We have it");
        var told = await house.Messages(at);
        told.Single(m => m.Kind == "closed").Trouble.ShouldBe(Trouble.Overtaken);
        // Nobody was told of the close, so nobody is told of the opening.
        told.Single(m => m.Kind == "reopened").Trouble.ShouldBe(Trouble.Overtaken);
    }

    [Theory, BothDatabases]
    public async Task History_that_is_brought_in_tells_nobody(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var definition = ExampleServices.Definition("report-a-pothole");
        await house.Database.Commit(unit => CaseReceiving.Receive(unit, Situations.Command(definition, """
            {"where": "High Street, Wallingford", "size": "small", "you": {"name": "Ann Lee", "email": "ann@mail.example"}}
            """) with { Imported = true }));
        await house.Follow();
        (await house.House.Count("effect")).ShouldBe(0);
        (await house.House.Count("message")).ShouldBe(0);
        (await house.Database.Read(s => s.Number($"select count(*) from timer where kind = 'late-warning'"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task Why_nobody_was_told_is_kept_in_words(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var silent = await house.Receive("""{"name": "Ann Lee", "phone": "01632 960001"}""");
        var erased = await house.Receive();
        var stopped = await house.Receive();
        await house.Database.Commit(unit => unit.Execute($"delete from case_answers where reference = {erased.Reference}"));
        await house.Database.Commit(unit => MessageChoice.Choose(unit, stopped.Reference, new MessageChoice(null, true), house.Clock.Now));
        await house.Follow();
        await house.Send();
        house.Server.Taken.ShouldBeEmpty();
        (await house.Messages(silent)).ShouldHaveSingleItem().Trouble.ShouldBe(Trouble.NoAddress);
        (await house.Messages(erased)).ShouldHaveSingleItem().Trouble.ShouldBe(Trouble.Erased);
        (await house.Messages(stopped)).ShouldHaveSingleItem().Trouble.ShouldBe(Trouble.AskedForNone);
        (await house.Database.Read(s => Effects.Of(s, "case/" + silent.Reference))).ShouldContain(e => e.Recipient == "applicant" && e.State == EffectState.NotSent && e.Why == "no address");
        (await house.Database.Read(s => Effects.Of(s, "case/" + erased.Reference))).ShouldContain(e => e.Why == "erased");
        (await house.Database.Read(s => Effects.Of(s, "case/" + stopped.Reference))).ShouldContain(e => e.Why == "they asked for none");
    }

    [Theory, BothDatabases]
    public async Task A_person_is_written_to_in_the_language_they_chose(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Database.Commit(unit => MessageChoice.Choose(unit, at.Reference, new MessageChoice("cy", false), house.Clock.Now));
        await house.Follow();
        await house.Send();
        var mail = house.Server.Taken.ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("Mae gennym ni:");
        mail.Plain.ShouldContain("Helo Ann Lee,");
        mail.Html.ShouldContain("<html lang=\"cy\">");
        mail.Header("Content-Language").ShouldBe("cy");
    }

    [Theory, BothDatabases]
    public async Task Somebody_who_stops_messages_is_not_sent_those_that_wait(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive();
        await house.Follow();
        await house.Database.Commit(unit => MessageChoice.Choose(unit, at.Reference, new MessageChoice(null, true), house.Clock.Now));
        await house.Send();
        house.Server.Taken.ShouldBeEmpty();
        (await house.Messages(at)).ShouldHaveSingleItem().Trouble.ShouldBe(Trouble.AskedForNone);
    }

    [Theory, BothDatabases]
    public async Task Messages_go_with_the_case_when_it_is_erased(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var at = await house.Receive("""{"name": "Ann Lee", "email": "nobody@mail.example"}""");
        await house.Follow();
        await house.Send();
        (await house.House.Count("dead_address")).ShouldBe(1);
        await house.Database.Commit(unit => EraseMessages.Erase(unit, at.Reference));
        (await house.House.Count("message")).ShouldBe(0);
        (await house.House.Count("dead_address")).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task A_person_hears_that_it_may_be_late_before_the_promised_day(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var late = new LateWarnings(house.House.House);
        var at = await house.Receive();
        await house.Follow();
        await house.Send();
        var due = await Due(house, at);
        due.ShouldNotBeNull().ShouldBe(house.House.House.Now + UndoCase.Window + Duration.FromMinutes(1));

        // There is nothing to compare it with, so it is told at the last look.
        var told = await TurnLate(house, at, late);
        told.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(at.CloseBy!.Value - Duration.FromDays(1) - Duration.FromHours(12));
        house.House.House.Council.FindAuthority(at.Authority)!.QuietHours.Has(told.Value).ShouldBeFalse();
        await house.Database.Commit(unit => late.Handle(unit, at.Reference, told.Value));
        await house.Send();
        house.Server.Taken.Count(m => m.Subject.StartsWith("This may take longer", StringComparison.Ordinal)).ShouldBe(1);
        house.Server.Taken[^1].Plain.ShouldContain("We may not manage that, and we are sorry.");
    }

    /// <summary>The looks at a case, one after another; the time at which a message was written, or null when the last look wrote none.</summary>
    static async Task<Instant?> TurnLate(MailHouse house, CouncilCase at, LateWarnings late)
    {
        for (var looks = 0; looks < 60 && await Due(house, at) is { } due; looks++)
        {
            house.Clock.Now = due;
            await house.Database.Commit(async unit =>
            {
                await unit.CancelTimer("late-warning", at.Reference);
                await late.Handle(unit, at.Reference, due);
            });
            if ((await house.Messages(at)).Any(m => m.Kind == "late")) return due;
        }
        return null;
    }

    /// <summary>Potholes that were repaired after so many days each.</summary>
    static async Task Repaired(MailHouse house, params double[] days)
    {
        foreach (var (i, after) in days.Index())
        {
            var one = await KeepTests.Pothole(house.House, null);
            var closed = one.Received + Duration.FromDays(after);
            await house.Database.Commit(unit => unit.Execute($"update council_case set status = 'closed', outcome = 'repaired', closed = {closed}, due = {closed} where reference = {one.Reference}"));
        }
    }

    [Theory, BothDatabases]
    public async Task Who_will_probably_be_late_is_told_as_soon_as_that_can_be_seen_and_once(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await Repaired(house, [.. Enumerable.Repeat(20.0, 13), .. Enumerable.Repeat(3.0, 12)]);
        await house.Ready();
        var late = new LateWarnings(house.House.House);
        var at = await house.Receive();
        await house.Follow();
        var told = (await TurnLate(house, at, late)).ShouldNotBeNull();
        told.ShouldBeLessThan(at.Received + Duration.FromDays(1));
        await house.Database.Commit(unit => late.Handle(unit, at.Reference, told));
        (await house.Messages(at)).Count(m => m.Kind == "late").ShouldBe(1);
        // Its clock stands still and goes on, so that the day moves: it is not told again.
        at = await house.Act(at, "ask-customer", null, ("question", "Which lane?"));
        house.Clock.Now += Duration.FromDays(2);
        at = (await house.Database.Commit(unit => CaseActions.Answer(unit, house.House.House.Services, house.House.House.Council, at.Reference, "The left one", house.House.House.Now))).Value!;
        await house.Follow();
        await TurnLate(house, at, late);
        (await house.Messages(at)).Count(m => m.Kind == "late").ShouldBe(1);
        (await Tracked(house, at)).WillBeLate.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Who_will_be_in_time_hears_nothing_of_being_late(Dialect dialect)
    {
        await using var house = await MailHouse.Open(dialect);
        await Repaired(house, [.. Enumerable.Repeat(3.0, 15), .. Enumerable.Repeat(13.6, 10)]);
        await house.Ready();
        var at = await house.Receive();
        (at.CloseBy!.Value - at.Received).ShouldBe(Duration.FromDays(14));
        await house.Follow();
        (await TurnLate(house, at, new LateWarnings(house.House.House))).ShouldBeNull();
        (await Tracked(house, at)).WillBeLate.ShouldBeFalse();
        (await Due(house, at)).ShouldBeNull();
    }

    static async Task<CaseProgress> Tracked(MailHouse house, CouncilCase @case) => (await house.Database.Read(s =>
        CaseQueries.Track(s, house.House.House.Services, house.House.House.Codes, @case.Reference, house.House.House.Codes.For(@case.Reference, @case.LinkNumber), "en", house.House.House.Now))).ShouldNotBeNull();

    [Theory, BothDatabases]
    public async Task A_case_that_waits_or_is_closed_is_not_called_late(Dialect dialect)
    {
        await using var house = await (await MailHouse.Open(dialect)).Ready();
        var late = new LateWarnings(house.House.House);
        var at = await house.Receive();
        await house.Follow();
        var first = (await Due(house, at)).ShouldNotBeNull();
        house.Clock.Now += Duration.FromHours(1);
        at = await house.Act(at, "ask-customer", null, ("question", "Which lane?"));
        await house.Follow();
        (await Due(house, at)).ShouldBeNull();

        house.Clock.Now += Duration.FromDays(2);
        at = (await house.Database.Commit(unit => CaseActions.Answer(unit, house.House.House.Services, house.House.House.Council, at.Reference, "The left one", house.House.House.Now))).Value!;
        await house.Follow();
        (await Due(house, at)).ShouldNotBeNull().ShouldBeGreaterThan(first);

        house.Clock.Now = at.CloseBy!.Value - Duration.FromHours(2);
        var open = at;
        at = await house.Act(at, "order-repair");
        at = await house.Act(at, "repaired");
        await house.Database.Commit(unit => late.Handle(unit, at.Reference, house.Clock.Now));
        (await house.Messages(open)).ShouldNotContain(m => m.Kind == "late");
        await house.Follow();
        (await Due(house, at)).ShouldBeNull();
    }

    static Task<Instant?> Due(MailHouse house, CouncilCase @case) =>
        house.Database.Read(s => s.First($"select due from timer where kind = 'late-warning' and key = {@case.Reference}", row => row.InstantOrNull(0)));
}
