using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.OneMeaning;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

/// <summary>A question may take files up to 50MB (`most-size`): by the pages, at the desk and by the API, and no other question of any form takes them with it.</summary>
public sealed class LargeFilesTests(Councils councils)
{
    const int Megabyte = 1024 * 1024;
    const string Address = "/services/send-large-plans";

    const string Text = """
        service: send-large-plans
        prefix: LPN
        title: Send large plans
        summary: Send us the plans of a building.
        kind: apply
        ask:
          plans:
            question: Send us the plans
            type: file
            accept: [pdf, txt]
            most-size: 50MB
          sketch:
            question: Send us a sketch
            type: file
            accept: [pdf, txt]

        """ + WrittenForms.Rest;

    static Picked File(string name, int bytes)
    {
        var text = new byte[bytes];
        text.AsSpan().Fill((byte)'a');
        return new Picked(name, text);
    }

    static Dictionary<string, IReadOnlyList<Picked>> Pick(string question, params Picked[] files) => new() { [question] = files };

    [Fact]
    public async Task The_pages_take_them_for_the_question_that_asks_for_them()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        await council.Publish(Text);
        using var browser = new Browser(await council.Client());
        var plans = await browser.Open($"{Address}/start");
        plans.Words.ShouldContain("The file must be smaller than 50MB.");
        var larger = await browser.Send(plans, null, Pick("plans", File("larger.txt", 50 * Megabyte + 1)));
        larger.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        larger.Errors.Single().ShouldContain("The selected file must be smaller than 50MB");
        var both = await browser.Send(plans, null, Pick("plans", File("one.txt", 40 * Megabyte), File("two.txt", 30 * Megabyte)));
        both.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        both.Errors.Single().ShouldContain("What you sent is too large. Files must be smaller than 50MB each, and 60MB together.");

        var sketch = await browser.Send(plans, null, Pick("plans", File("plans.txt", 50 * Megabyte)));
        sketch.Address.ShouldBe($"{Address}/questions/sketch");
        var tooLarge = await browser.Send(sketch, null, Pick("sketch", File("sketch.txt", 11 * Megabyte)));
        tooLarge.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        tooLarge.Errors.Single().ShouldContain("The selected file must be smaller than 10MB");
        var check = await browser.Send(sketch, null, Pick("sketch", File("sketch.txt", Megabyte)));
        check.Address.ShouldBe($"{Address}/check");
        check.Words.ShouldContain("plans.txt");
    }

    [Theory, BothDatabases]
    public async Task The_api_takes_them_and_refuses_an_answer_that_names_one_where_only_small_ones_are_taken(Dialect dialect)
    {
        var council = await councils.Forms(dialect);
        await council.Publish(Text);
        using var program = await council.Client();
        var (large, small) = (await program.SendFile(File("plans.txt", 12 * Megabyte)), await program.SendFile(File("sketch.txt", 10 * Megabyte)));
        var stored = await council.House.Database.Read(session => session.Number($"select sum(length(data)) from file_chunk where file = {large}"));
        stored.ShouldBe(12 * Megabyte);
        JsonObject Body(string sketch) => new() { ["answers"] = new JsonObject { ["plans"] = new JsonArray(large), ["sketch"] = new JsonArray(sketch) } };
        var problem = await CleanAnswer.Problem(await program.PostJson($"/api/v1{Address}/cases", Body(large)), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("message").GetString().ShouldBe("The selected file must be smaller than 10MB");
        var again = await CleanAnswer.Problem(await program.PostAsync("/api/v1/files", Calls.Form(File("larger.txt", 50 * Megabyte + 1))), HttpStatusCode.RequestEntityTooLarge);
        again.GetProperty("detail").GetString().ShouldBe("The selected file must be smaller than 50MB");
        (await program.PostJson($"/api/v1{Address}/cases", Body(small)).Json(HttpStatusCode.Created)).Text("reference").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_desk_takes_them_in_its_form()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        var definition = await council.Publish(Text);
        using var desk = await AdvisorForm.SignIn(council);
        var shown = await desk.Open($"/desk/new/{definition.Name}");
        var sent = await desk.Send(shown, null, new Dictionary<string, IReadOnlyList<Picked>> { ["plans"] = [File("plans.txt", 33 * Megabyte)], ["sketch"] = [File("sketch.txt", Megabyte)] }, form: "form.new");
        sent.Errors.ShouldBeEmpty();
        sent.Document.QuerySelector(".reference").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_without_such_a_question_takes_no_more_than_before()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        await council.Publish(Text);
        await council.Publish(Text.Replace("send-large-plans", "send-small-plans", StringComparison.Ordinal).Replace("LPN", "SPN", StringComparison.Ordinal).Replace("    most-size: 50MB\n", "", StringComparison.Ordinal));
        using var browser = new Browser(await council.Client());
        var refused = await browser.Send(await browser.Open("/services/send-small-plans/start"), null, Pick("plans", File("plans.txt", 33 * Megabyte)));
        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        refused.Errors.Single().ShouldContain("Files must be smaller than 10MB each, and 30MB together.");
    }
}
