using System.Net;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.MyAccount.SignedIn;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.MyAccount;

/// <summary>Somebody acts for somebody else, by an agreement that both made and either ends.</summary>
public sealed class ActingTests(Councils councils)
{
    sealed record Two(Browser Actor, string ActorAddress, Browser Subject, string SubjectAddress) : IDisposable
    {
        public void Dispose()
        {
            Actor.Dispose();
            Subject.Dispose();
        }
    }

    static async Task<string> Ask(RunningCouncil council, Browser asker, string email, params (string, string)[] beside)
    {
        var said = new Dictionary<string, IReadOnlyList<string>>(With(("who", "me"), ("email", email), ("name", "Carol Carer"), ("why", "carer"), ("months", "6"), ("for", "all")));
        foreach (var (field, value) in beside) said[field] = [value];
        var asked = await asker.Send(await asker.Open("/account/acting/new"), said);
        asked.Words.ShouldContain("Nothing happens until they accept");
        return Mails.LinkIn(await council.MailTo(email), "/account/invitation/");
    }

    static async Task<Two> Agree(RunningCouncil council, params (string, string)[] beside)
    {
        var (carer, person) = (NewAddress(), NewAddress());
        var (actor, subject) = (await SignedIn.Browser(council, carer), await SignedIn.Browser(council, person));
        var page = await subject.Open(await Ask(council, actor, person, beside));
        page.Heading.ShouldBe("Carol Carer asks to act for you");
        page.Words.ShouldContain(carer);
        (await subject.Send(page, With(("name", "Percy Person"), ("answer", "accept")))).Words.ShouldContain("You have accepted");
        return new Two(actor, carer, subject, person);
    }

    static async Task<Sight> BeginFor(Two two) => await two.Actor.Send(await two.Actor.Open("/account/acting"), form: "form[action$='/begin']");

    [Theory, BothDatabases]
    public async Task What_is_done_for_somebody_says_so_on_each_page_and_is_theirs(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var two = await Agree(council);
        (await two.Subject.Open("/account/data")).Words.ShouldContain("Carol Carer acts for you");
        (await two.Actor.Open("/account/data")).Words.ShouldContain("You act for Percy Person");
        (await BeginFor(two)).Address.ShouldBe("/services");
        const string said = "You are doing this for Percy Person.";
        var page = await two.Actor.Open("/services/report-a-pothole");
        page.Html.ShouldContain(said);
        page = await two.Actor.BeginPothole($"Outside {Guid.NewGuid():n}, Market Place, Wantage");
        while (page.Document.QuerySelector("[name='you-name']") is null)
        {
            page.Html.ShouldContain(said);
            page = await two.Actor.Send(page);
        }
        page.Html.ShouldContain(said);
        page = await two.Actor.Send(page, With(("you-name", "Percy Person"), ("you-email", two.SubjectAddress)));
        page.Html.ShouldContain(said);
        var done = await two.Actor.Send(page);
        done.Heading.ShouldBe("We have it");
        done.Html.ShouldContain(said);
        done.Document.QuerySelector(".code").ShouldBeNull("the code is the other person's");
        var reference = done.Document.QuerySelector(".reference")!.TextContent.Trim();

        // It is the other person's: in their account, with who sent it; in the log stand codes only.
        var sent = "Carol Carer sent this for Percy Person, as their carer.";
        (await two.Subject.Open("/account")).Words.ShouldContain(reference);
        (await two.Subject.Open($"/account/cases/{reference}")).Words.ShouldContain(sent);
        (await two.Subject.Open($"/account/cases/{reference}/record")).Words.ShouldContain(sent);
        (await two.Actor.Open("/account")).Words.ShouldNotContain(reference);
        var log = await council.House.Database.Read(s => s.First($"select data from event where stream = {"case/" + reference} and version = 1", row => row.Text(0)));
        log.ShouldNotBeNull().ShouldContain("agent");
        log.ShouldNotContain("Carol");
        using var desk = await DeskBrowser.SignIn(council, "amara-okafor");
        (await desk.Open($"/desk/cases/{reference}")).DocumentElement.TextContent.ShouldContain(sent);

        // Whoever acted sees it as long as they may act, and not a moment longer.
        var agreement = (await two.Actor.Open("/account/acting")).Document.QuerySelector("a[href^='/account/acting/']:not([href$='/new'])")!.GetAttribute("href")!;
        (await two.Actor.Open(agreement)).Words.ShouldContain(reference);
        (await two.Actor.Open($"{agreement}/cases/{reference}")).Address.ShouldBe($"/track/{reference}");
        await two.Subject.Send(await two.Subject.Open(agreement), form: "form[action$='/end']");
        (await two.Actor.Open($"{agreement}/cases/{reference}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await two.Actor.Open(agreement)).Words.ShouldNotContain(reference);
        (await two.Actor.Open("/services/report-a-pothole")).Html.ShouldNotContain("You are doing this for");
        (await two.Actor.Open("/account/acting")).Document.QuerySelector("form[action$='/begin']").ShouldBeNull();
        // What was sent keeps who sent it.
        (await desk.Open($"/desk/cases/{reference}")).DocumentElement.TextContent.ShouldContain(sent);

        using var stranger = await SignedIn.Browser(council, NewAddress());
        foreach (var path in new[] { agreement, $"{agreement}/cases/{reference}" }) (await stranger.Open(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }

    [Theory, BothDatabases]
    public async Task What_was_begun_for_somebody_cannot_be_sent_after_it_was_ended(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var two = await Agree(council);
        await BeginFor(two);
        var page = await two.Actor.BeginPothole($"Outside {Guid.NewGuid():n}, Market Place, Wantage");
        while (page.Document.QuerySelector("[name='you-name']") is null) page = await two.Actor.Send(page);
        page = await two.Actor.Send(page, With(("you-name", "Percy Person")));
        var agreement = (await council.House.Database.Read(s => s.First($"select acting from draft where acting is not null and account = (select account from account_email where address = {two.ActorAddress})", row => row.Text(0)))).ShouldNotBeNull();
        await council.House.Database.Commit(unit => unit.Execute($"update acting set ended = {council.House.Now} where id = {agreement}"));
        (await two.Actor.Send(page)).Heading.ShouldNotBe("We have it");
        (await council.House.Database.Read(s => s.Number($"select count(*) from account_case where acting = {agreement}"))).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_for_the_services_that_were_agreed_on_and_for_the_time()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var two = await Agree(council, ("for", "some"), ("services", "report-a-pothole"), ("months", "1"));
        (await BeginFor(two)).Address.ShouldBe("/services/report-a-pothole");
        (await two.Actor.Open("/services/report-a-street-light")).Html.ShouldContain("You are doing this for yourself. What you agreed with Percy Person is not for this.");
        council.Clock.Advance(Duration.FromDays(32));
        using var later = await SignedIn.Browser(council, two.ActorAddress);
        (await later.Open("/account/acting")).Document.QuerySelector("form[action$='/begin']").ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task An_invitation_is_answered_by_the_one_it_came_to_once_and_a_no_is_a_no(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (asker, invited) = (NewAddress(), NewAddress());
        using var asking = await SignedIn.Browser(council, asker);
        var link = await Ask(council, asking, invited, ("who", "other"));
        using var nobody = new Browser(await council.Client());
        (await nobody.Open(link)).Address.ShouldStartWith("/account/sign-in");
        using var stranger = await SignedIn.Browser(council, NewAddress());
        (await stranger.Open(link)).Heading.ShouldBe("This invitation went to another address");
        (await asking.Open(link)).Heading.ShouldBe("This invitation went to another address");
        using var browser = await SignedIn.Browser(council, invited);
        var page = await browser.Open(link);
        page.Heading.ShouldBe("Carol Carer asks you to act for them");
        (await browser.Send(page, With(("answer", "accept")))).Errors.ShouldHaveSingleItem().ShouldStartWith("Enter your name");
        (await browser.Send(page, With(("answer", "refuse")))).Words.ShouldContain("You said no");
        (await browser.Open(link)).Heading.ShouldBe("This invitation is over");
        (await asking.Open("/account/acting")).Document.QuerySelector("form[action$='/begin']").ShouldBeNull();
    }
}
