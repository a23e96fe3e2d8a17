using System.Net;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

/// <summary>The desk's list for programs. Each test finds its own cases by a word of the place that no other test uses.</summary>
public sealed class DeskCasesTests(Councils councils)
{
    const string List = "/api/v1/desk/cases";

    /// <summary>A street that only one test knows.</summary>
    static string NewWord() => "zy" + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())[..12];

    static JsonObject At(string word, string town = "Wallingford", string size = "small")
    {
        var body = Calls.GoodPothole();
        body["answers"] = new JsonObject { ["where"] = new JsonObject { ["text"] = $"{word} Street, {town}" }, ["size"] = size };
        if (size == "large") body["answers"]!["deep"] = true;
        return body;
    }

    static async Task<List<string>> References(HttpClient client, string query) => [.. (await client.GetAsync($"{List}?{query}").Json())["cases"]!.AsArray().Select(c => c!.Text("reference"))];

    [Theory, BothDatabases]
    public async Task Each_filter_narrows_the_list(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var word = NewWord();
        var wessex = (await client.Make(At(word))).Text("reference");
        var mercia = (await client.Make(At(word, "Abingdon"))).Text("reference");
        var closed = (await client.Make(At(word))).Text("reference");
        await worker.Act(closed, "withdraw").Json();
        await worker.Act(wessex, "assign", new JsonObject { ["answers"] = new JsonObject { ["to"] = "amara-okafor" } }).Json();

        (await References(worker, $"q={word}")).ShouldBe([wessex, mercia, closed], ignoreOrder: true);
        (await References(worker, $"q={word}&authority=mercia")).ShouldBe([mercia]);
        (await References(worker, $"q={word}&authority=narnia")).ShouldBeEmpty();
        (await References(worker, $"q={word}&status=closed")).ShouldBe([closed]);
        (await References(worker, $"q={word}&status=open&team=streets&stage=triage&service=report-a-pothole")).ShouldBe([wessex, mercia], ignoreOrder: true);
        (await References(worker, $"q={word}&service=report-graffiti")).ShouldBeEmpty();
        (await References(worker, $"q={word}&team=wessex-waste")).ShouldBeEmpty();
        (await References(worker, $"q={word}&assigned=amara-okafor")).ShouldBe([wessex]);
        (await References(worker, $"q={word}&assigned=me")).ShouldBe([wessex]);
        (await References(worker, $"q={word}&status=open&assigned=none")).ShouldBe([mercia]);
        (await References(worker, $"q={wessex}")).ShouldBe([wessex]);
        (await References(worker, $"q={wessex.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}")).ShouldBe([wessex]);
        (await References(worker, $"q={word[..8]}")).Count.ShouldBe(3);
        // All three were due within the first working day: nothing is late yet, and tomorrow lies within the week.
        (await References(worker, $"q={word}&due=late")).ShouldBeEmpty();
        (await References(worker, $"q={word}&due=today")).ShouldBeEmpty();
        (await References(worker, $"q={word}&due=week")).ShouldBe([wessex, mercia], ignoreOrder: true);
    }

    [Theory, BothDatabases]
    public async Task Pages_follow_one_another_without_a_gap_in_every_order(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var word = NewWord();
        var made = new List<string>();
        for (var i = 0; i < 7; i++) made.Add((await client.Make(At(word, size: i % 2 == 0 ? "small" : "large"))).Text("reference"));
        foreach (var (sort, expected) in new[] { ("due", null), ("oldest", made), ("newest", Enumerable.Reverse(made).ToList()) })
        {
            var (seen, after, pages) = (new List<string>(), "", 0);
            do
            {
                var page = await worker.GetAsync($"{List}?q={word}&sort={sort}&limit=3{after}").Json();
                page["cases"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(3);
                seen.AddRange(page["cases"]!.AsArray().Select(c => c!.Text("reference")));
                after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : "";
                pages++;
            }
            while (after.Length > 0);
            pages.ShouldBe(3);
            if (expected is null) seen.ShouldBe(made, ignoreOrder: true);
            else seen.ShouldBe(expected);
        }
        (await References(worker, $"q={word}&limit=200")).Count.ShouldBe(7);
    }

    [Theory, BothDatabases]
    public async Task A_filter_that_cannot_be_understood_says_why(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var worker = await council.Client("amara-okafor");
        foreach (var wrong in new[] { "limit=0", "limit=201", "limit=many", "limit=-1", "sort=colour", "status=lost", "due=never", "after=x", "after=-", "after=9999999999999999999-1" })
            await CleanAnswer.Problem(await worker.GetAsync($"{List}?{wrong}"), HttpStatusCode.BadRequest);
        foreach (var odd in new[] { "q=%00", "team=%00", "q=%25_%27--", "assigned=%F0%9F%92%A9", "stage=" + new string('x', 3000), "q=" + new string('y', 3000), "service=%ED%A0%80" })
            await CleanAnswer.Body(await worker.GetAsync($"{List}?{odd}"));
    }

    [Theory, BothDatabases]
    public async Task Staff_see_the_cases_of_their_own_authorities_only(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var ofMercia = await council.Client("priya-venkataraman");
        using var ofWessex = await council.Client("mohammed-rahman");
        var word = NewWord();
        var wessex = (await client.Make(At(word))).Text("reference");
        var mercia = (await client.Make(At(word, "Abingdon"))).Text("reference");
        (await References(ofMercia, $"q={word}")).ShouldBe([mercia]);
        (await References(ofWessex, $"q={word}")).ShouldBe([wessex]);
        (await References(ofMercia, $"q={word}&authority=wessex")).ShouldBeEmpty();
        await CleanAnswer.Problem(await ofMercia.GetAsync($"{List}/{wessex}"), HttpStatusCode.NotFound);
        await ofMercia.GetAsync($"{List}/{mercia}").Json();
    }

    [Theory, BothDatabases]
    public async Task A_name_that_could_be_a_reference_is_looked_for_as_a_name(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        // Ten letters and more, of which the last happens to be the check of those before it.
        var name = CaseReference.New("QUIXAB").Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        CaseReference.Tidy(name).ShouldNotBeNull();
        var reference = (await client.Make(At(name))).Text("reference");
        (await References(worker, $"q={name}")).ShouldBe([reference]);
        (await References(worker, $"q={name}&sort=newest")).ShouldBe([reference]);
        (await References(worker, $"q={reference}")).ShouldBe([reference]);
        (await References(worker, $"q={CaseReference.New("POT")}")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task All_of_a_case_is_on_one_page_and_that_it_was_read_is_recorded(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        using var worker = await council.Client("amara-okafor");
        var body = Calls.GoodPothole();
        body["answers"]!["photo"] = await client.SendFile(Example.All.First(e => e.Service == "report-a-pothole").File("pothole.jpg"));
        var reference = (await client.Make(body)).Text("reference");
        using var response = await worker.GetAsync($"{List}/{reference}");
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var file = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        file["case"]!.Text("reference").ShouldBe(reference);
        file["case"]!["decided"]!.Text("priority").ShouldBe("routine");
        file["answers"]!["you"]!.Text("name").ShouldBe("Siobhán O'Connell");
        file["files"]!.AsArray().Single()!.Text("type").ShouldBe("jpeg");
        file["history"]!.AsArray().Single()!.Text("kind").ShouldBe("received");
        file["actions"]!.AsArray().Select(a => a!.Text("action")).ShouldBe(["inspect", "order-repair", "not-ours", "duplicate"]);
        file["actions"]![2]!["ask"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe(["finding"]);
        (await council.House.Database.Read(s => s.Number($"select count(*) from audit_entry where about = {reference} and who = {"amara-okafor"}"))).ShouldBe(1);
        await CleanAnswer.Problem(await worker.GetAsync($"{List}/POT-0000-0000"), HttpStatusCode.NotFound);
        await CleanAnswer.Problem(await worker.GetAsync($"{List}/nonsense"), HttpStatusCode.NotFound);
    }
}
