using System.Net;
using Moothall.Exchange;
using Moothall.Running;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public sealed class RunningTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task An_administrator_sees_how_the_council_runs_and_nobody_else_does(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        (await worker.Open("/desk/running", HttpStatusCode.Forbidden)).Body!.TextContent.ShouldContain("Administrators look after the running of Moothall.");
        (await worker.Open("/desk")).QuerySelector("a[href='/desk/running']").ShouldBeNull();

        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        (await administrator.Open("/desk/staff")).QuerySelector("a[href='/desk/running']").ShouldNotBeNull();
        var page = (await administrator.Open("/desk/running")).Body!.TextContent;
        page.ShouldContain(council.Serving.Node.Self.Name);
        page.ShouldContain("Alive");
        foreach (var reader in council.Serving.Readers.Followed) page.ShouldContain(reader);
        page.ShouldContain(dialect == Dialect.Sqlite ? "SQLite" : "PostgreSQL");
        page.ShouldContain("Mail server");
        // Other tests ask the same council meanwhile: this request is one of those inside.
        page.ShouldMatch("It serves [1-9][0-9]* of at most [1-9][0-9]* requests");
        (page.Contains("are free on the disk with the data.", StringComparison.Ordinal)).ShouldBe(dialect == Dialect.Sqlite);
    }

    [Theory, BothDatabases]
    public async Task What_was_put_aside_has_its_reason_and_is_tried_again_by_a_button(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        var now = council.Clock.GetCurrentInstant();
        var reference = await council.Pothole();
        await council.House.Database.Commit(async unit =>
        {
            var stream = "case/" + reference;
            await unit.Execute($"""
                insert into effect (reader, stream, version, recipient, kind, state, attempts, next_try, why, changed) values ('tell-applicant', {stream}, 1, 'somebody', 'email', 'parked', 8, {(Instant?)null}, {"The pigeon was ill."}, {now})
                """);
        });
        (await new Inbox(council.House).Take(new Arrival("""{"specversion":"1.0","id":"7","source":"urn:gritters","type":"gritter.seen.v1","data":{}}"""u8.ToArray(), CloudEvent.MediaType, null))).ShouldBeNull();
        if (dialect == Dialect.Sqlite) await File.WriteAllTextAsync(Path.Combine(council.Data, "last-backup"), "2026-11-18T08:15:00.000000Z\n");
        // The council's own watch looks as well, and ends alerts of what it does not find: so the node is truly there and not heard of.
        var heard = await council.House.Database.Now() - Duration.FromMinutes(1);
        await council.House.Database.Commit(unit => unit.Execute($"insert into node (name, run, version, schema, files, started, seen) values ('hall-9', 'x', '1', 's', 'f', {heard}, {heard})"));
        await council.House.Database.Commit(unit => Alerts.Begin(unit, council.House, new RunningFault(AlertKind.NodeLost, "hall-9", null)));

        using var administrator = await DeskBrowser.SignIn(council, "fatima-al-sayed");
        var page = await administrator.Open("/desk/running");
        page.Body!.TextContent.ShouldContain("The pigeon was ill.");
        page.Body.TextContent.ShouldContain("Nothing here takes events of the type gritter.seen.v1.");
        page.Body.TextContent.ShouldContain("The node hall-9 is no longer heard of, since ");

        if (dialect == Dialect.Sqlite) page.Body.TextContent.ShouldContain("The last whole backup was made today at 8:15am.");

        using var again = await administrator.Send(page, "/desk/running/effect");
        again.Headers.Location!.OriginalString.ShouldBe("/desk/running?again=yes");
        (await administrator.Open("/desk/running?again=yes")).Body!.TextContent.ShouldNotContain("The pigeon was ill.");
        using var twice = await administrator.Send(page, "/desk/running/effect");
        twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var arrival = await administrator.Send(page, "/desk/running/arrival");
        arrival.Headers.Location!.OriginalString.ShouldBe("/desk/running?again=no");

        using var worker = await DeskBrowser.SignIn(council, "amara-okafor");
        using var not = await worker.Post("/desk/running/effect", [new("effect", "1")]);
        not.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_node_that_dies_is_an_alert_until_it_is_back()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var database = council.House.Database;
        var now = await database.Now();
        await database.Commit(unit => unit.Execute($"insert into node (name, run, version, schema, files, started, seen) values ('hall-9', 'x', '1', 's', 'f', {now}, {now - Duration.FromMinutes(1)})"));
        await council.Serving.Watch.Round();
        await council.Serving.Watch.Round();
        (await database.Read(Alerts.Now)).Where(a => a.Kind == AlertKind.NodeLost).Select(a => a.What).ShouldBe(["hall-9"]);
        await database.Commit(unit => unit.Execute($"delete from node where name = 'hall-9'"));
        await council.Serving.Watch.Round();
        (await database.Read(Alerts.Now)).Where(a => a.Kind == AlertKind.NodeLost).ShouldBeEmpty();
        (await database.Read(s => s.Query($"select type from event where stream = 'alert/node-lost/hall-9' order by version", row => row.Text(0)))).ShouldBe(["alert.raised", "alert.ended"]);
    }
}
