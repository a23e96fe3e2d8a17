using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Moothall.Council;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Door;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Door;

/// <summary>Every route says who may use it, the reviewed text says the same, and the server does what it says.</summary>
public sealed class RightsMatrixTests(Councils councils)
{
    static readonly string Reviewed = Path.Combine(RunningCouncil.Repository, "tests", "Moothall.Web.Tests", "Door", "rights-matrix.txt");

    [Fact]
    public async Task The_reviewed_matrix_is_that_of_the_program()
    {
        var made = Matrix.Text((await councils.Sqlite).Serving.Rules);
        if (Environment.GetEnvironmentVariable("MOOTHALL_WRITE_RIGHTS") == "1") await File.WriteAllTextAsync(Reviewed, made, TestContext.Current.CancellationToken);
        (File.Exists(Reviewed) ? (await File.ReadAllTextAsync(Reviewed, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") : "").ShouldBe(made, "Who may do what changed. Look at it, then write it anew with MOOTHALL_WRITE_RIGHTS=1.");
    }

    [Fact]
    public void A_program_with_a_route_that_declares_no_rule_does_not_serve()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/open", () => "").Open();
        app.WhyNotServe().ShouldBeNull();
        app.MapPost("/forgotten/{id}", () => "");
        app.WhyNotServe()!.ToString().ShouldBe("The route POST /forgotten/{id} does not say who may use it, so nothing is served. Add a rule to it where it is mapped: Open, WithSecret, ForResident, ForStaff or ForPrograms.");
    }

    /// <summary>Whose thing is asked for: of the team that everybody here is in, of another team of their council, of another council.</summary>
    enum Whose { Team, Council, Other }

    // Nothing is asked that would end what other questions need.
    static readonly string[] Ends = ["/desk/sign-out", "/desk/signed-out", "/desk/signed-out/there", "/desk/you/sign-out-everywhere"];

    [Fact]
    public async Task The_server_does_what_the_matrix_says_for_every_route_and_every_role()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        var folder = council.House.CurrentCouncil.Folder;
        var people = Enum.GetValues<Role>().Select(r => new Member("as-" + RoleNames.Of(r), "As " + RoleNames.Of(r), new HashSet<Role> { r }, new HashSet<string> { "wessex" }, new HashSet<string> { "wessex-waste" }, false)).ToList();
        council.House.CurrentCouncil.Replace(folder with { Members = folder.Members.Concat(people.Select(p => KeyValuePair.Create(p.Id, p))).ToDictionary(StringComparer.Ordinal) });
        using var resident = await council.Client();
        var cases = new Dictionary<Whose, string>
        {
            [Whose.Team] = (await Bin(resident, "wessex")).Text("reference"), [Whose.Council] = (await resident.Make()).Text("reference"), [Whose.Other] = (await Bin(resident, "mercia")).Text("reference"),
        };
        var wrong = new List<string>();
        var asked = 0;
        foreach (var role in Matrix.Columns)
        {
            using var client = await council.Client(role is { } known ? "as-" + RoleNames.Of(known) : null);
            // To change people takes a token that was made for it.
            if (role == Role.Directory) client.DefaultRequestHeaders.Authorization = new("Bearer", (await council.House.Database.Commit(unit => Tokens.Make(unit, new NewToken("as-directory", council.Clock.GetCurrentInstant()) { Scopes = Scopes.Directory }))).Token);
            if (role is not null) await SignIn(council, client, "as-" + RoleNames.Of(role.Value));
            foreach (var route in council.Serving.Rules.Where(r => !Ends.Contains(r.Address)))
                foreach (var whose in route.Address.Contains("{reference}", StringComparison.Ordinal) ? Enum.GetValues<Whose>() : [Whose.Team])
                {
                    using var request = await Request(client, route, cases[whose], role);
                    using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                    asked++;
                    var cell = Matrix.Cell(route.Rule!, role);
                    if (!Fits(cell, route, whose, answer)) wrong.Add($"{route.Method} {route.Address} as {(role is { } r ? RoleNames.Of(r) : "nobody")}, {whose}: {(int)answer.StatusCode} {answer.Headers.Location} where the matrix says {cell}");
                }
        }
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        asked.ShouldBeGreaterThan(9 * 100);
    }

    static bool Fits(string cell, RuledRoute route, Whose whose, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var signIn = answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.StartsWith("/desk/sign-in", StringComparison.Ordinal);
        var isProgram = route.Rule!.Who == LetIn.Programs;
        var letIn = status is < 500 and not (401 or 403) && !signIn;
        return cell switch
        {
            "sign-in" => signIn,
            "401" or "403" => status.ToString(System.Globalization.CultureInfo.InvariantCulture) == cell,
            // No code that opens anything was sent.
            "code" => status is 303 or (>= 400 and < 500) || letIn && route.Address is "/return" or "/following" or "/agree" or "/track/messages" or "/account/link",
            "account" => answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.StartsWith("/account/sign-in", StringComparison.Ordinal),
            "team" when route.Address.Contains("{reference}", StringComparison.Ordinal) => whose switch
            {
                Whose.Team => letIn && status != 404,
                // What they may read and not work is refused when something is done to it, and hidden when it is asked for.
                Whose.Council => route.Method == "GET" || isProgram ? status == 404 : status is >= 400 and < 500,
                _ => status == 404,
            },
            "council" when route.Address.Contains("{reference}", StringComparison.Ordinal) => whose == Whose.Other ? status == 404 : letIn && status != 404,
            _ => letIn,
        };
    }

    static async Task<HttpRequestMessage> Request(HttpClient client, RuledRoute route, string reference, Role? role)
    {
        var path = route.Address.Replace("{reference}", reference, StringComparison.Ordinal).Replace("{service}", "report-a-pothole", StringComparison.Ordinal).Replace("{action}", "note", StringComparison.Ordinal)
            .Replace("{question}", "where", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{**rest}", "nowhere", StringComparison.Ordinal);
        path = System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]+\}", "unknown");
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        request.Headers.Host = client.DefaultRequestHeaders.Host;
        if (path.StartsWith("/api", StringComparison.Ordinal))
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            // Who brings in history says when it happened.
            var body = role == Role.Importer && path.Contains("/actions/", StringComparison.Ordinal) ? """{"answers": {}, "note": "Seen", "at": "2026-11-18T10:30:00Z"}""" : """{"answers": {}, "note": "Seen"}""";
            request.Content = route.Method != "POST" ? null : path.EndsWith("/bounces", StringComparison.Ordinal) ? new StringContent("Out of office: I am away.", System.Text.Encoding.UTF8, "message/rfc822") : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }
        else if (route.Method == "POST")
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", await Token(client)), KeyValuePair.Create("_version", "1")]);
        return request;
    }

    // Any page of ours has a form; so has the way to sign in.
    static async Task<string> Token(HttpClient client)
    {
        using var page = await client.GetAsync("/desk/sign-in");
        return (await Desk.DeskBrowser.Parse(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }

    static async Task SignIn(RunningCouncil council, HttpClient client, string member)
    {
        using var answer = await client.PostAsync("/desk/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", await Token(client)), KeyValuePair.Create("member", member)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, member);
        answer.Headers.Location!.OriginalString.ShouldBe("/desk");
        council.House.Council.Members.ContainsKey(member).ShouldBeTrue();
    }

    static async Task<JsonNode> Bin(HttpClient resident, string authority) => await resident.Make(new JsonObject
    {
        ["answers"] = new JsonObject { ["home"] = authority == "wessex" ? new JsonObject { ["line1"] = "7 St Mary's Street", ["town"] = "Wallingford", ["postcode"] = "OX10 0EN" } : new JsonObject { ["line1"] = "22 Bath Street", ["town"] = "Abingdon", ["postcode"] = "OX14 3QH" }, ["bin"] = "rubbish", ["due"] = "2026-11-16", ["fetched"] = true, ["tag"] = "no-tag" },
        ["channel"] = "web", ["authority"] = authority,
    }, "/api/v1/services/report-a-missed-bin/cases");
}
