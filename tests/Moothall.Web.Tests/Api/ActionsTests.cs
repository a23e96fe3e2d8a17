using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class ActionsTests(Councils councils)
{
    const string Worker = "amara-okafor";

    async Task<(RunningCouncil Council, HttpClient Anyone, HttpClient Worker, JsonNode Made, string Reference)> Begin(Dialect dialect)
    {
        var council = await councils.On(dialect);
        var (anyone, worker) = (await council.Client(), await council.Client(Worker));
        var made = await anyone.Make();
        return (council, anyone, worker, made, made.Text("reference"));
    }

    static JsonObject Answers(params (string Name, JsonNode? Value)[] answers) => new() { ["answers"] = new JsonObject(answers.Select(a => KeyValuePair.Create(a.Name, a.Value))) };

    static async Task<string> Why(Task<HttpResponseMessage> call, HttpStatusCode status = HttpStatusCode.UnprocessableEntity)
    {
        using var response = await call;
        return (await CleanAnswer.Problem(response, status)).GetProperty("detail").GetString()!;
    }

    [Theory, BothDatabases]
    public async Task An_action_of_the_definition_leads_on_and_another_closes(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        var repair = await worker.Act(reference, "order-repair", new JsonObject { ["note"] = "Fill it.", ["handlingSeconds"] = 120 }).Json();
        (repair.Text("stage"), repair["version"]!.GetValue<int>()).ShouldBe(("repair", 2));
        var closed = await worker.Act(reference, "repaired").Json();
        (closed.Text("status"), closed.Text("outcome")).ShouldBe(("closed", "repaired"));
        (await Why(worker.Act(reference, "repaired"))).ShouldContain("closed");
        var history = (await worker.GetAsync($"/api/v1/desk/cases/{reference}").Json())["history"]!.AsArray();
        history.Select(h => h!.Text("kind")).ShouldBe(["received", "advanced", "closed"]);
        (history[1]!.Text("note"), history[1]!["handlingSeconds"]!.GetValue<int>(), history[1]!.Text("by")).ShouldBe(("Fill it.", 120, Worker));
    }

    [Theory, BothDatabases]
    public async Task Nobody_overwrites_what_they_did_not_see(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        await CleanAnswer.Problem(await worker.PostJson($"/api/v1/desk/cases/{reference}/actions/inspect", new JsonObject()), (HttpStatusCode)428);
        await CleanAnswer.Problem(await worker.PostJson($"/api/v1/desk/cases/{reference}/actions/inspect", new JsonObject(), ("If-Match", "*")), HttpStatusCode.BadRequest);
        await worker.Act(reference, "order-repair", version: 1).Json();
        (await Why(worker.Act(reference, "note", new JsonObject { ["note"] = "Late" }, version: 1), HttpStatusCode.Conflict)).ShouldContain("changed");
        await CleanAnswer.Problem(await worker.Act(reference, "note", new JsonObject { ["note"] = "Early" }, version: 9), HttpStatusCode.Conflict);
    }

    [Theory, BothDatabases]
    public async Task Of_eight_at_once_on_the_same_version_one_is_taken(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => worker.Act(reference, "note", new JsonObject { ["note"] = $"Note {i}" }, version: 1)));
        taken.Count(r => r.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        taken.Count(r => r.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
    }

    [Theory, BothDatabases]
    public async Task A_refused_action_says_why_and_changes_nothing(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        (await Why(worker.Act(reference, "repaired", version: 1))).ShouldContain("Read the report");
        var missing = await CleanAnswer.Problem(await worker.Act(reference, "not-ours", version: 1), HttpStatusCode.UnprocessableEntity);
        missing.GetProperty("errors")[0].GetProperty("question").GetString().ShouldBe("finding");
        await CleanAnswer.Problem(await worker.Act(reference, "dance", version: 1), HttpStatusCode.NotFound);
        await CleanAnswer.Problem(await worker.Act(reference, "inspect", new JsonObject { ["handlingSeconds"] = -1 }, version: 1), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await worker.Act(reference, "inspect", new JsonObject { ["colour"] = "red" }, version: 1), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await worker.Act(reference, "inspect", Answers(("dragon", 1)), version: 1), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await worker.Act(reference, "note", new JsonObject { ["note"] = new string('x', 4001) }, version: 1), HttpStatusCode.UnprocessableEntity);
        (await worker.GetAsync($"/api/v1/desk/cases/{reference}").Json())["case"]!["version"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task The_same_key_does_an_action_once(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        var key = Guid.NewGuid().ToString();
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => worker.Act(reference, "inspect", new JsonObject { ["note"] = "Once" }, 1, key).Json()));
        both.ShouldAllBe(b => b["version"]!.GetValue<int>() == 2);
        (await worker.Act(reference, "inspect", new JsonObject { ["note"] = "Once" }, 1, key).Json()).Text("stage").ShouldBe("inspection");
        (await Why(worker.Act(reference, "inspect", new JsonObject { ["note"] = "Twice" }, 1, key))).ShouldContain("Idempotency-Key");
    }

    [Theory, BothDatabases]
    public async Task Every_case_can_be_assigned_and_noted(Dialect dialect)
    {
        var (_, _, worker, _, reference) = await Begin(dialect);
        (await worker.Act(reference, "assign", Answers(("to", Worker))).Json()).Text("assigned").ShouldBe(Worker);
        (await Why(worker.Act(reference, "assign", Answers(("to", "mohammed-rahman"))))).ShouldContain("team");
        (await Why(worker.Act(reference, "assign", Answers(("to", "nobody-here"))))).ShouldContain("team");
        (await worker.Act(reference, "assign").Json())["assigned"].ShouldBeNull();
        (await Why(worker.Act(reference, "note"))).ShouldBe("Enter a note");
        (await worker.Act(reference, "note", new JsonObject { ["note"] = "Near the church" }).Json())["version"]!.GetValue<int>().ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task Asking_the_customer_stops_the_clock(Dialect dialect)
    {
        var (_, anyone, worker, made, reference) = await Begin(dialect);
        await Why(worker.Act(reference, "ask-customer"));
        var waits = await worker.Act(reference, "ask-customer", Answers(("question", "Which side of the road?"))).Json();
        waits["waiting"]!.GetValue<bool>().ShouldBeTrue();
        waits["due"].ShouldBeNull();
        (await anyone.GetAsync(made["links"]!.Text("self")).Json())["history"]!.AsArray()[^1]!.Text("what").ShouldBe("We asked you a question.");
        (await worker.Act(reference, "inspect").Json())["waiting"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory, BothDatabases]
    public async Task A_case_moves_to_another_team_or_service(Dialect dialect)
    {
        var (council, anyone, worker, made, reference) = await Begin(dialect);
        (await Why(worker.Act(reference, "move", Answers(("team", "streets"))))).ShouldContain("already");
        (await Why(worker.Act(reference, "move", Answers(("team", "mercia-waste"))))).ShouldContain("Choose a team");
        (await Why(worker.Act(reference, "move", Answers(("service", "report-a-dragon"))))).ShouldContain("Choose a service");
        var moved = await worker.Act(reference, "move", Answers(("service", "report-a-street-light"))).Json();
        (moved.Text("service"), moved.Text("stage")).ShouldBe(("report-a-street-light", "triage"));
        (await anyone.GetAsync(made["links"]!.Text("self")).Json()).Text("service").ShouldBe("report-a-street-light");
        (await worker.GetAsync($"/api/v1/desk/cases/{reference}").Json())["answers"]!["where"]!.Text("text").ShouldContain("Wallingford");
        var elsewhere = await worker.Act(reference, "move", Answers(("team", "wessex-waste"))).Json();
        elsewhere.Text("team").ShouldBe("wessex-waste");
        // It is another team's now.
        await CleanAnswer.Problem(await worker.Act(reference, "note", new JsonObject { ["note"] = "Mine?" }), HttpStatusCode.NotFound);
        using var waste = await council.Client("mohammed-rahman");
        await waste.Act(reference, "note", new JsonObject { ["note"] = "Ours" }).Json();
    }

    [Theory, BothDatabases]
    public async Task A_case_is_withdrawn_and_opened_again(Dialect dialect)
    {
        var (_, anyone, worker, made, reference) = await Begin(dialect);
        (await Why(worker.Act(reference, "reopen", new JsonObject { ["note"] = "Why not" }))).ShouldContain("open already");
        (await worker.Act(reference, "withdraw").Json()).Text("outcome").ShouldBe("withdrawn");
        (await Why(worker.Act(reference, "withdraw"))).ShouldContain("closed already");
        foreach (var action in new[] { "assign", "ask-customer", "move" }) (await Why(worker.Act(reference, action, Answers(("question", "?"))))).ShouldContain("closed");
        (await Why(worker.Act(reference, "reopen"))).ShouldBe("Enter why you reopen the case");
        var open = await worker.Act(reference, "reopen", new JsonObject { ["note"] = "They rang back" }).Json();
        (open.Text("status"), open.Text("stage"), open["closed"]).ShouldBe(("open", "triage", null));
        (await anyone.GetAsync(made["links"]!.Text("self")).Json())["history"]!.AsArray().Select(h => h!.Text("what")).ShouldBe(["We got it.", "We closed it: You withdrew it.", "We opened it again."]);
    }

    [Theory, BothDatabases]
    public async Task An_importer_works_history_and_nobody_else_gives_a_time(Dialect dialect)
    {
        var (council, _, worker, _, _) = await Begin(dialect);
        using var importer = await council.Client("history-import");
        var body = Calls.GoodPothole();
        body["receivedAt"] = "2026-01-06T12:00:00Z";
        var reference = (await importer.Make(body)).Text("reference");
        var at = new JsonObject { ["at"] = "2026-01-09T12:00:00Z" };
        await CleanAnswer.Problem(await worker.Act(reference, "order-repair", (JsonObject)at.DeepClone(), 1), HttpStatusCode.Forbidden);
        await CleanAnswer.Problem(await importer.Act(reference, "order-repair", [], 1), HttpStatusCode.Forbidden);
        await CleanAnswer.Problem(await importer.Act(reference, "order-repair", new JsonObject { ["at"] = "2025-01-01T00:00:00Z" }, 1), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await importer.Act(reference, "order-repair", new JsonObject { ["at"] = "2027-01-01T00:00:00Z" }, 1), HttpStatusCode.UnprocessableEntity);
        await importer.Act(reference, "order-repair", (JsonObject)at.DeepClone(), 1).Json();
        (await importer.Act(reference, "repaired", (JsonObject)at.DeepClone(), 2).Json()).Text("closed").ShouldBe("2026-01-09T12:00:00Z");
        var stream = "case/" + reference;
        (await council.House.Database.Read(s => s.Query($"select imported from event where stream = {stream}", row => row.Bool(0)))).ShouldBe([true, true, true]);
    }
}
