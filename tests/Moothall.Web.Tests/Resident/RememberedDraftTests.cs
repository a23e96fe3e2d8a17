using Moothall.Store;
using Shouldly;
using Xunit;
using static Moothall.Web.Tests.Resident.Walking;

namespace Moothall.Web.Tests.Resident;

/// <summary>An answer is decided over the draft as the node remembers it; what another node wrote since is neither lost nor overlooked.</summary>
public sealed class RememberedDraftTests
{
    const string Address = "/services/report-a-street-light";

    static async Task<Sight> ToDanger(Browser browser)
    {
        var page = await browser.Send(await browser.Open($"{Address}/questions/where"), With(("where", "Corner of Station Road and Mereland Road, Didcot")));
        page = await browser.Send(page, With(("problem", "damaged")));
        page.Address.ShouldBe($"{Address}/questions/danger");
        return page;
    }

    static Task<(string Answers, int Revision)> Row(RunningCouncil council) => council.House.Database.Read(s => s.First($"select answers, revision from draft", row => (row.Text(0), row.Int(1))));

    [Theory, BothDatabases]
    public async Task An_answer_goes_over_what_is_remembered_without_reading_it(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        // Whoever read the row now would find no answers in it, and would lead back to the first question.
        await council.House.Database.Commit(unit => unit.Execute($"update draft set answers = '{{}}'"));
        (await browser.Send(page, With(("danger", "no")))).Address.ShouldBe($"{Address}/questions/column");
        var (answers, revision) = await Row(council);
        answers.ShouldContain("damaged");
        answers.ShouldContain("\"danger\"");
        revision.ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task What_another_node_saved_meanwhile_is_kept(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        var (before, _) = await Row(council);
        var changed = before.Replace("Mereland Road", "Lydalls Road", StringComparison.Ordinal);
        await council.House.Database.Commit(unit => unit.Execute($"update draft set answers = {changed}, revision = revision + 1"));
        await browser.Send(page, With(("danger", "no")));
        var (answers, revision) = await Row(council);
        (answers.Contains("Lydalls Road", StringComparison.Ordinal), answers.Contains("Mereland Road", StringComparison.Ordinal), answers.Contains("\"danger\"", StringComparison.Ordinal), revision).ShouldBe((true, false, true, 4));
    }

    [Theory, BothDatabases]
    public async Task A_page_that_is_shown_again_is_of_the_draft_as_it_is(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        (await browser.Send(page)).Errors.ShouldHaveSingleItem();
        // Nothing is answered any more, so there is no such page to be shown again.
        await council.House.Database.Commit(unit => unit.Execute($"update draft set answers = '{{}}', revision = revision + 1"));
        (await browser.Send(page)).Address.ShouldBe($"{Address}/questions/where");
    }

    [Theory, BothDatabases]
    public async Task What_was_sent_or_let_go_by_another_node_takes_no_answer(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        await council.House.Database.Commit(unit => unit.Execute($"update draft set ended = touched, how = 'submitted', reference = 'LIT-0000-0000', answers = '{{}}', revision = revision + 1"));
        await browser.Send(page, With(("danger", "no")));
        (await Row(council)).ShouldBe(("{}", 3));

        await council.House.Database.Commit(unit => unit.Execute($"delete from draft"));
        (await browser.Send(page, With(("danger", "no")))).Address.ShouldBe($"{Address}/questions/where");
        (await council.House.Database.Read(s => s.Number($"select count(*) from draft"))).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task The_page_that_an_answer_leads_to_is_shown_of_that_answer_once(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        var next = LedTo(await browser.Post(page, With(("danger", "no"))));
        // Whoever read the row now would find no answers in it, and would lead back to the first question.
        await council.House.Database.Commit(unit => unit.Execute($"update draft set answers = '{{}}', revision = revision + 1"));
        using (var shown = await browser.Client.GetAsync(next)) shown.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await browser.Open(next)).Address.ShouldBe($"{Address}/questions/where");
    }

    [Theory, BothDatabases]
    public async Task Later_the_page_is_of_the_draft_as_it_is(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await ToDanger(browser);
        var next = LedTo(await browser.Post(page, With(("danger", "no"))));
        await council.House.Database.Commit(unit => unit.Execute($"update draft set answers = '{{}}', revision = revision + 1"));
        council.Clock.Advance(NodaTime.Duration.FromSeconds(11));
        (await browser.Open(next)).Address.ShouldBe($"{Address}/questions/where");
    }

    [Theory, BothDatabases]
    public async Task The_page_that_the_sending_leads_to_is_the_same_when_it_is_read_again(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var browser = new Browser(await council.Client());
        var page = await browser.Send(await ToDanger(browser), With(("danger", "yes")));
        if (page.Address.Contains("/alerts/", StringComparison.Ordinal)) page = await browser.Open($"{Address}/questions/column");
        page = await browser.Send(page, With(("column", "17")));
        page = await browser.Send(page, With(("you-name", "Chidi Eze"), ("you-email", "chidi.eze@mail.example")));
        page.Address.ShouldBe($"{Address}/check");
        var done = LedTo(await browser.Post(page));
        done.ShouldBe($"{Address}/done");
        var first = await browser.Open(done);
        first.Document.QuerySelector("h1")!.TextContent.ShouldNotBeEmpty();
        var again = await browser.Open(done);
        Words(again).ShouldBe(Words(first));
        Words(first).ShouldContain(await council.House.Database.Read(s => s.First($"select reference from draft", row => row.Text(0))) ?? "none");
    }

    static string Words(Sight page) => page.Document.QuerySelector("main")!.InnerHtml;

    static string LedTo(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
            return answer.Headers.Location!.ToString();
        }
    }
}
