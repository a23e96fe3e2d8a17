using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.OneMeaning;
using Moothall.Web.Tests.Resident;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.BadInput;

/// <summary>A form with very much in it: what the pages take the desk and the API take too, and what is beyond every form is refused in words.</summary>
public sealed class LargeFormTests(Councils councils)
{
    const int Options = 700, Rows = 50, Columns = 14;

    static readonly string Text = $$"""
        service: apply-for-much
        prefix: MUC
        title: Apply for much
        summary: Ask us for a great deal.
        kind: apply
        ask:
          wants:
            question: What do you want?
            type: choices
            options:
        {{string.Join('\n', Enumerable.Range(1, Options).Select(i => $"      o{i}: Thing {i}"))}}
          things:
            group: What about each?
            one: thing
            ask: [proof, {{string.Join(", ", Enumerable.Range(1, Columns).Select(i => $"c{i}"))}}]
            at-most: {{Rows}}
          proof:
            question: Prove it
            type: file
            accept: [pdf]
            most-files: 2
        {{string.Join('\n', Enumerable.Range(1, Columns).Select(i => $"  c{i}:\n    question: What is {i}?\n    type: text"))}}

        """ + WrittenForms.Rest;

    static JsonObject Answers() => new()
    {
        ["wants"] = new JsonArray([.. Enumerable.Range(1, Options).Select(i => JsonValue.Create($"o{i}"))]),
        ["things"] = new JsonArray([.. Enumerable.Range(1, Rows).Select(row => new JsonObject([KeyValuePair.Create<string, JsonNode?>("proof", new JsonArray($"p{row}.pdf", $"q{row}.pdf")),
            .. Enumerable.Range(1, Columns).Select(i => KeyValuePair.Create<string, JsonNode?>($"c{i}", $"{row} and {i}"))]))]),
    };

    [Fact]
    public async Task What_the_pages_take_the_desk_and_the_api_take_too()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        var definition = await council.Publish(Text);
        using var desk = await AdvisorForm.SignIn(council);
        // As if the button for one more had been pressed forty-eight times.
        var shown = await desk.Send(await desk.Open($"/desk/new/{definition.Name}"), new Dictionary<string, IReadOnlyList<string>> { ["things-rows"] = [$"{Rows - 1}"], ["_add"] = ["things"] }, form: "form.new");
        var done = await new AdvisorForm(desk, definition, shown).Send(Answers(), []);
        done.Errors.ShouldBeEmpty();
        var taken = await Made.Look(council, done.Document.QuerySelector(".reference")!.TextContent.Trim(), "phone");

        using var program = await council.Client();
        var answers = Answers();
        foreach (var row in answers["things"]!.AsArray())
            row!["proof"] = new JsonArray(await program.SendFile(FormFill.SmallFile(row["proof"]![0]!.GetValue<string>())), await program.SendFile(FormFill.SmallFile(row["proof"]![1]!.GetValue<string>())));
        var made = await program.PostJson($"/api/v1/services/{definition.Name}/cases", new JsonObject { ["answers"] = answers }).Json(HttpStatusCode.Created);
        (await Made.Look(council, made.Text("reference"), "api")).ShouldBe(taken);

        using var browser = new Browser(await council.Client());
        var page = await browser.Open($"/services/{definition.Name}/start");
        page = await browser.Send(page, Example.Fields(definition.Ask[0], Answers()["wants"]));
        page.Address.ShouldBe($"/services/{definition.Name}/questions/things/1/proof");
    }

    [Fact]
    public async Task More_than_any_form_has_is_refused_in_words_and_so_is_more_than_a_program_may_send()
    {
        var council = await councils.Forms(Dialect.Sqlite);
        using var anyone = await council.Client();
        using var many = await anyone.PostAsync("/services/report-a-pothole/questions/where", new StringContent(string.Join('&', Enumerable.Range(0, FormSize.MostFields + 501).Select(i => $"f{i}=1")), Encoding.UTF8, "application/x-www-form-urlencoded"));
        many.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Sight.Of(many, "")).Errors.ShouldBe(["What you sent has more fields than any of our forms. Go back to the page and send it again."]);
        var problem = await CleanAnswer.Problem(await anyone.PostText(Calls.Pothole, "{\"answers\":{\"where\":\"" + new string('x', 8 * 1024 * 1024) + "\"}}"), HttpStatusCode.RequestEntityTooLarge);
        problem.GetProperty("detail").GetString().ShouldBe("The body must be smaller than 8MB. Send files to /api/v1/files first.");
    }
}
