using System.Net;
using Moothall.Cases;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

/// <summary>Links in mails that lead to a case, opened twice, by somebody they were forwarded to, too late, or guessed. Links to a form are in <see cref="ReturnTests"/>.</summary>
public sealed class LinksTests(Councils councils)
{
    const string Guess = "0000000000000000";

    static async Task<string> Follower(RunningCouncil council, string reference)
    {
        var house = council.House;
        var caseId = await house.Database.Read(s => s.First($"select id from case_place where reference = {reference}", row => row.Text(0)));
        var follower = await house.Database.Commit(unit => Followers.Follow(unit, house.Codes, caseId!, "report-a-pothole", $"f{Guid.NewGuid():n}@mail.example", "en", house.Now));
        return house.Codes.ForFollower(follower.Value!.Id);
    }

    static async Task Close(RunningCouncil council, string reference) => (await council.House.Database.Commit(unit => ResidentActs.Withdraw(unit, council.House.Services, council.House.Council, reference, null, council.House.Now))).Refusal.ShouldBeNull();

    [Fact]
    public async Task A_link_to_progress_opens_as_often_as_it_is_opened_and_shows_nothing_of_who_sent_it()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Pothole(new { text = "Mill Lane, Wallingford" });
        for (var turns = 0; turns < 2; turns++)
        {
            using var somebody = new Browser(await council.Client());
            var page = await somebody.Open($"/track?reference={reference}&code={code}");
            page.Address.ShouldBe($"/track/{reference}");
            foreach (var personal in new[] { "Siân", "sian@mail.example" }) page.Html.ShouldNotContain(personal);
        }
        using var guesser = new Browser(await council.Client());
        foreach (var (guessed, with) in new[] { (reference, Guess), ("POT-0000-0000", code), (reference, ""), (reference, "%3Cscript%3E") })
        {
            var page = await guesser.Open($"/track?reference={guessed}&code={with}");
            page.Status.ShouldBe(HttpStatusCode.NotFound);
            page.Errors.ShouldBe(["Check the reference and the code. We have no case with both of these"]);
        }
    }

    [Fact]
    public async Task A_link_to_follow_opens_twice_and_for_others_until_somebody_stops()
    {
        var council = await councils.Sqlite;
        var (reference, _) = await council.Pothole(new { text = "Mill Lane, Wallingford", latitude = 51.5431, longitude = -1.25 });
        var code = await Follower(council, reference);
        using var mine = new Browser(await council.Client());
        using var theirs = new Browser(await council.Client());
        foreach (var browser in new[] { mine, mine, theirs })
        {
            var page = await browser.Open("/following/" + code);
            page.Words.ShouldContain("We got it.");
            foreach (var personal in new[] { reference, "Siân", "@mail.example" }) page.Html.ShouldNotContain(personal);
        }
        // Somebody it was forwarded to can stop it, and no more.
        using var stopped = await theirs.Client.PostAsync("/following/" + code, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        stopped.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/following/" + code, "/following/" + Guess, "/following/%3Cscript%3E" })
        {
            var page = await mine.Open(path);
            (page.Status, page.Heading).ShouldBe((HttpStatusCode.NotFound, "This link does not work"));
        }
        foreach (var spent in new[] { code, Guess })
        {
            using var again = await theirs.Client.PostAsync("/following/" + spent, null);
            again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await CleanAnswer.Body(again)).ShouldContain("you have stopped following");
        }
    }

    [Fact]
    public async Task Messages_are_stopped_twice_without_harm_and_by_nobody_who_guesses()
    {
        var council = await councils.Sqlite;
        var (reference, code) = await council.Pothole(new { text = "Mill Lane, Wallingford" });
        using var program = await council.Client();
        async Task<HttpStatusCode> Stop(string with)
        {
            using var answer = await program.PostAsync($"/track/messages?reference={reference}&code={with}", null);
            return answer.StatusCode;
        }
        (await Stop(Guess)).ShouldBe(HttpStatusCode.NotFound);
        (await council.House.Database.Read(s => MessageChoice.Of(s, reference))).NoMail.ShouldBeFalse();
        // A program that looks through mail opens the link and stops nothing.
        using (var looked = await program.GetAsync($"/track/messages?reference={reference}&code={code}")) looked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await council.House.Database.Read(s => MessageChoice.Of(s, reference))).NoMail.ShouldBeFalse();
        (await Stop(code)).ShouldBe(HttpStatusCode.OK);
        (await Stop(code)).ShouldBe(HttpStatusCode.OK);
        (await council.House.Database.Read(s => MessageChoice.Of(s, reference))).NoMail.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Links_end_with_their_time_in_words(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var (old, oldCode) = await council.Pothole(new { text = "Mill Lane, Wallingford", latitude = 51.5431, longitude = -1.25 });
        var (erased, erasedCode) = await council.Pothole(new { text = "Broadway, Didcot" });
        var follow = await Follower(council, old);
        foreach (var reference in new[] { old, erased }) await Close(council, reference);
        (await council.House.Database.Commit(unit => EraseCase.Erase(unit, erased, "time", "keep", "list", Actor.Rule, council.House.Now))).Refusal.ShouldBeNull();
        council.Clock.Advance(Duration.FromDays(100));

        using var late = new Browser(await council.Client());
        var page = await late.Open($"/track?reference={old}&code={oldCode}");
        (page.Status, page.Errors.Single()).ShouldBe((HttpStatusCode.NotFound, "Check the reference and the code. We have no case with both of these"));
        (await late.Open("/following/" + follow)).Heading.ShouldBe("This link does not work");
        foreach (var path in new[] { "/track", "/track/messages" })
        {
            var gone = await late.Open($"{path}?reference={erased}&code={erasedCode}");
            (gone.Status, gone.Heading).ShouldBe((HttpStatusCode.Gone, "We no longer have this record"));
        }
        // Of a record that was deleted nothing is written any more.
        using var stopped = await late.Client.PostAsync($"/track/messages?reference={erased}&code={erasedCode}", null);
        stopped.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await council.House.Database.Read(s => MessageChoice.Of(s, erased))).NoMail.ShouldBeFalse();
    }
}
