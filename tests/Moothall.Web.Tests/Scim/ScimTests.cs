using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Moothall.Web.Tests.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Scim;

/// <summary>The council's directory brings joiners, movers and leavers, as SCIM clients do it.</summary>
public sealed class ScimTests
{
    const string Users = "/scim/v2/Users", Groups = "/scim/v2/Groups", UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

    static async Task<HttpClient> Directory(RunningCouncil council, string? scopes = "scim", string member = "staff-directory")
    {
        var client = await council.Client();
        var made = await council.House.Database.Commit(unit => Tokens.Make(unit, new NewToken(member, council.Clock.GetCurrentInstant()) { Scopes = scopes }));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Token);
        return client;
    }

    static async Task<(JsonNode Body, HttpResponseHeaders Headers)> Send(HttpClient client, HttpMethod method, string address, JsonNode? body, HttpStatusCode status, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Host = client.DefaultRequestHeaders.Host;
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/scim+json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        if (text.Length > 0) answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/scim+json");
        var read = text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
        if ((int)status >= 400)
        {
            read["schemas"]![0]!.GetValue<string>().ShouldBe("urn:ietf:params:scim:api:messages:2.0:Error");
            read.Text("status").ShouldBe(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
            read.Text("detail").ShouldNotBeEmpty();
        }
        return (read, answer.Headers);
    }

    static async Task<JsonNode> Get(HttpClient client, string address) => (await Send(client, HttpMethod.Get, address, null, HttpStatusCode.OK)).Body;

    static JsonObject Joiner(string userName = "nia.pugh@wessex.example") => new()
    {
        ["schemas"] = new JsonArray(UserSchema), ["externalId"] = "e-17", ["userName"] = userName, ["name"] = new JsonObject { ["givenName"] = "Nia", ["familyName"] = "Pugh" }, ["displayName"] = "Nia Pugh", ["active"] = true,
        ["emails"] = new JsonArray(new JsonObject { ["value"] = userName, ["type"] = "work", ["primary"] = true }), ["roles"] = new JsonArray(new JsonObject { ["value"] = "worker" }), ["title"] = "Inspector",
    };

    static JsonObject Patch(params (string Op, string? Path, JsonNode? Value)[] operations) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray([.. operations.Select(o =>
        {
            var operation = new JsonObject { ["op"] = o.Op };
            if (o.Path is not null) operation["path"] = o.Path;
            if (o.Value is not null) operation["value"] = o.Value;
            return (JsonNode)operation;
        })]),
    };

    static async Task<HttpStatusCode> Cases(RunningCouncil council, string token)
    {
        using var program = await council.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await program.GetAsync("/api/v1/desk/cases?limit=1");
        return answer.StatusCode;
    }

    [Theory, BothDatabases]
    public async Task Somebody_joins_moves_and_leaves(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var directory = await Directory(council);
        (await Get(directory, Users + "?filter=" + Uri.EscapeDataString("userName eq \"NIA.PUGH@wessex.example\"")))["totalResults"]!.GetValue<int>().ShouldBe(0);

        var (made, headers) = await Send(directory, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Created);
        var id = made.Text("id");
        (id, made.Text("userName"), made.Text("displayName"), made.Text("externalId"), made["active"]!.GetValue<bool>()).ShouldBe(("nia-pugh", "nia.pugh@wessex.example", "Nia Pugh", "e-17", true));
        headers.Location!.ToString().ShouldBe($"{council.House.Council.Authorities[0].PublicAddress}{Users}/{id}");
        headers.ETag!.ToString().ShouldBe(made["meta"]!.Text("version"));
        (await Send(directory, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Conflict)).Body.Text("scimType").ShouldBe("uniqueness");
        foreach (var filter in (string[])["userName eq \"NIA.PUGH@wessex.example\"", "externalId eq \"e-17\"", "id eq \"nia-pugh\"", "emails.value eq \"nia.pugh@wessex.example\"", "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"nia.pugh@wessex.example\""])
            (await Get(directory, Users + "?filter=" + Uri.EscapeDataString(filter)))["Resources"]![0]!.Text("id").ShouldBe(id, filter);

        // Into a team, by the group, as directories do it; and the desk knows at once.
        await Send(directory, HttpMethod.Patch, $"{Groups}/wessex-highways", Patch(("Add", "members", new JsonArray(new JsonObject { ["value"] = id }))), HttpStatusCode.OK);
        council.House.Council.Members[id].Teams.ShouldContain("wessex-highways");
        (await Get(directory, $"{Users}/{id}"))["groups"]!.AsArray().Select(g => g!.Text("value")).ShouldBe(["wessex-highways"]);
        var token = await council.House.Database.Commit(unit => Tokens.Create(unit, id, council.Clock.GetCurrentInstant()));
        (await Cases(council, token)).ShouldBe(HttpStatusCode.OK);
        using var desk = await DeskBrowser.SignIn(council, id);

        // They move: a name, an address, a role, each as one directory or another writes it.
        var (moved, _) = await Send(directory, HttpMethod.Patch, $"{Users}/{id}", Patch(("Replace", "name.familyName", "Pugh-Evans"), ("Replace", "emails[type eq \"work\"].value", "nia.evans@wessex.example"),
            ("add", null, new JsonObject { ["roles"] = new JsonArray(new JsonObject { ["value"] = "advisor" }), ["nickName"] = "N" })), HttpStatusCode.OK);
        (moved.Text("displayName"), moved["emails"]![0]!.Text("value")).ShouldBe(("Nia Pugh-Evans", "nia.evans@wessex.example"));
        moved["roles"]!.AsArray().Select(r => r!.Text("value")).ShouldBe(["advisor", "worker"]);
        council.House.Council.Members[id].Name.ShouldBe("Nia Pugh-Evans");

        // They leave: session and token are over with the answer.
        await Send(directory, HttpMethod.Patch, $"{Users}/{id}", Patch(("Replace", "active", "False")), HttpStatusCode.OK);
        (await Cases(council, token)).ShouldBe(HttpStatusCode.Unauthorized);
        using (var page = await desk.Get("/desk")) page.Headers.Location!.OriginalString.ShouldStartWith("/desk/sign-in");
        await Send(directory, HttpMethod.Patch, $"{Users}/{id}", Patch(("replace", "active", true)), HttpStatusCode.OK);
        (await Cases(council, token)).ShouldBe(HttpStatusCode.Unauthorized, "whoever comes back gets new ones");
        await Send(directory, HttpMethod.Delete, $"{Users}/{id}", null, HttpStatusCode.NoContent);
        await Send(directory, HttpMethod.Get, $"{Users}/{id}", null, HttpStatusCode.NotFound);
        council.House.Council.Away.ContainsKey(id).ShouldBeTrue("what they did keeps their name");
        // The same person comes back as themselves.
        (await Send(directory, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Created)).Body.Text("id").ShouldBe(id);
        (await council.House.Database.Read(s => People.History(s, id))).Count.ShouldBeGreaterThan(5);
    }

    [Theory, BothDatabases]
    public async Task Two_who_change_one_do_not_overwrite_each_other(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var directory = await Directory(council);
        var (made, headers) = await Send(directory, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Created);
        var (address, seen) = ($"{Users}/{made.Text("id")}", headers.ETag!.ToString());
        (await Send(directory, HttpMethod.Get, address, null, HttpStatusCode.NotModified, ("If-None-Match", seen))).Headers.ETag!.ToString().ShouldBe(seen);
        var whole = Joiner();
        whole["displayName"] = "Nia Pugh-Evans";
        var (after, _) = await Send(directory, HttpMethod.Put, address, whole, HttpStatusCode.OK, ("If-Match", seen));
        after.Text("displayName").ShouldBe("Nia Pugh-Evans");
        await Send(directory, HttpMethod.Put, address, Joiner(), HttpStatusCode.PreconditionFailed, ("If-Match", seen));
        await Send(directory, HttpMethod.Delete, address, null, HttpStatusCode.PreconditionFailed, ("If-Match", seen));
        (await Get(directory, address)).Text("displayName").ShouldBe("Nia Pugh-Evans");

        var team = await Get(directory, $"{Groups}/wessex-highways");
        var tag = team["meta"]!.Text("version");
        await Send(directory, HttpMethod.Patch, $"{Groups}/wessex-highways", Patch(("add", "members", new JsonArray(new JsonObject { ["value"] = made.Text("id") }))), HttpStatusCode.OK, ("If-Match", tag));
        await Send(directory, HttpMethod.Patch, $"{Groups}/wessex-highways", Patch(("remove", $"members[value eq \"{made.Text("id")}\"]", null)), HttpStatusCode.PreconditionFailed, ("If-Match", tag));
        var (without, _) = await Send(directory, HttpMethod.Patch, $"{Groups}/wessex-highways", Patch(("remove", $"members[value eq \"{made.Text("id")}\"]", null)), HttpStatusCode.OK);
        without["members"]!.AsArray().Select(m => m!.Text("value")).ShouldBe(team["members"]!.AsArray().Select(m => m!.Text("value")));
    }

    [Theory, BothDatabases]
    public async Task Groups_are_teams_and_a_team_with_cases_stays(Dialect dialect)
    {
        await using var council = await RunningCouncil.Start(dialect);
        using var directory = await Directory(council);
        var id = (await Send(directory, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Created)).Body.Text("id");
        var (made, _) = await Send(directory, HttpMethod.Post, Groups, new JsonObject { ["displayName"] = "Trees and parks", ["externalId"] = "g-1", ["members"] = new JsonArray(new JsonObject { ["value"] = id }) }, HttpStatusCode.Created);
        (made.Text("id"), made["members"]![0]!.Text("display")).ShouldBe(("trees-and-parks", "Nia Pugh"));
        council.House.Council.Teams["trees-and-parks"].Name.ShouldBe("Trees and parks");
        (await Send(directory, HttpMethod.Post, Groups, new JsonObject { ["displayName"] = "trees and parks" }, HttpStatusCode.Conflict)).Body.Text("scimType").ShouldBe("uniqueness");
        (await Get(directory, Groups + "?filter=" + Uri.EscapeDataString("displayName eq \"Trees and parks\"") + "&excludedAttributes=members"))["Resources"]![0]!.AsObject().ContainsKey("members").ShouldBeFalse();
        (await Get(directory, Groups + "?filter=" + Uri.EscapeDataString($"members.value eq \"{id}\"")))["totalResults"]!.GetValue<int>().ShouldBe(1);
        (await Send(directory, HttpMethod.Put, $"{Groups}/trees-and-parks", new JsonObject { ["displayName"] = "Trees", ["members"] = new JsonArray() }, HttpStatusCode.OK)).Body["members"]!.AsArray().ShouldBeEmpty();
        council.House.Council.Members[id].Teams.ShouldBeEmpty();
        await Send(directory, HttpMethod.Delete, $"{Groups}/trees-and-parks", null, HttpStatusCode.Forbidden);
        (await Send(directory, HttpMethod.Patch, $"{Groups}/trees-and-parks", Patch(("add", "members", new JsonArray(new JsonObject { ["value"] = "nobody" }))), HttpStatusCode.BadRequest)).Body.Text("scimType").ShouldBe("invalidValue");
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var directory = await Directory(council);
        var first = await Get(directory, Users + "?startIndex=1&count=2&attributes=userName");
        (first["startIndex"]!.GetValue<int>(), first["itemsPerPage"]!.GetValue<int>()).ShouldBe((1, 2));
        first["Resources"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["schemas", "id", "userName", "meta"], ignoreOrder: true);
        var total = first["totalResults"]!.GetValue<int>();
        total.ShouldBe(council.House.Council.Members.Values.Count(m => !m.IsPartner && m.Authorities.Count > 0));
        var ids = new List<string>();
        for (var start = 1; start <= total; start += 7) ids.AddRange((await Get(directory, $"{Users}?startIndex={start}&count=7"))["Resources"]!.AsArray().Select(u => u!.Text("id")));
        ids.Count.ShouldBe(total);
        ids.Distinct().Count().ShouldBe(total);
        (await Get(directory, Users + "?count=0"))["Resources"]!.AsArray().ShouldBeEmpty();
        (await Get(directory, Users + "?startIndex=-4&count=9999"))["startIndex"]!.GetValue<int>().ShouldBe(1);
        (await Send(directory, HttpMethod.Get, Users + "?filter=" + Uri.EscapeDataString("userName co \"a\""), null, HttpStatusCode.BadRequest)).Body.Text("scimType").ShouldBe("invalidFilter");
    }

    [Fact]
    public async Task Only_a_token_of_a_directory_with_the_scope_gets_in()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var nobody = await council.Client();
        (await Send(nobody, HttpMethod.Get, Users, null, HttpStatusCode.Unauthorized)).Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        using var wrong = await council.Client();
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "mh_" + new string('A', 43));
        await Send(wrong, HttpMethod.Get, Users, null, HttpStatusCode.Unauthorized);
        foreach (var (member, scopes) in ((string, string?)[])[("staff-directory", null), ("staff-directory", "cases.read"), ("history-import", "scim"), ("fatima-al-sayed", "scim"), ("fatima-al-sayed", null)])
        {
            using var without = await Directory(council, scopes, member);
            await Send(without, HttpMethod.Get, Users, null, HttpStatusCode.Forbidden);
            await Send(without, HttpMethod.Post, Users, Joiner(), HttpStatusCode.Forbidden);
        }
        // And its token opens nothing else.
        var made = await council.House.Database.Commit(unit => Tokens.Make(unit, new NewToken("staff-directory", council.Clock.GetCurrentInstant()) { Scopes = "scim" }));
        (await Cases(council, made.Token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_directory_sees_and_changes_its_own_councils_people_and_makes_no_administrator()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var directory = await Directory(council);
        var admin = Joiner();
        admin["roles"] = new JsonArray("administrator");
        (await Send(directory, HttpMethod.Post, Users, admin, HttpStatusCode.BadRequest)).Body.Text("scimType").ShouldBe("invalidValue");
        admin["roles"] = new JsonArray("emperor");
        await Send(directory, HttpMethod.Post, Users, admin, HttpStatusCode.BadRequest);
        council.House.Council.Members.ContainsKey("nia-pugh").ShouldBeFalse();

        var onlyMercia = Tokens.CallerFor(council.House.Council, "staff-directory") with { Authorities = ImmutableHashSet.Create("mercia"), Only = ImmutableHashSet.Create(Right.KeepPeople) };
        var seen = await council.House.Database.Read(s => DirectoryPeople.All(s, council.House.Council, onlyMercia));
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(u => council.House.Council.Members[u.Id].Authorities.Contains("mercia"));
        (await council.House.Database.Read(s => DirectoryPeople.Find(s, council.House.Council, onlyMercia, "sian-prydderch"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"replace","path":"id","value":"x"}]}""", "mutability")]
    [InlineData("""{"Operations":[{"op":"replace","path":"groups","value":[]}]}""", "mutability")]
    [InlineData("""{"Operations":[{"op":"move","path":"userName","value":"x"}]}""", "invalidSyntax")]
    [InlineData("""{"Operations":[]}""", "invalidSyntax")]
    [InlineData("""{"Operations":7}""", "invalidSyntax")]
    [InlineData("""{}""", "invalidSyntax")]
    [InlineData("""{"Operations":[{"op":"remove"}]}""", "noTarget")]
    [InlineData("""{"Operations":[{"op":"replace","path":"emails[type eq","value":"x"}]}""", "invalidPath")]
    [InlineData("""{"Operations":[{"op":"replace","path":"roles[value eq \"nothing\"]","value":{"value":"worker"}}]}""", "noTarget")]
    [InlineData("""{"Operations":[{"op":"replace","path":"userName"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"remove","path":"userName"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"replace","path":"active","value":"perhaps"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"replace","path":"userName","value":""}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"replace","value":"x"}]}""", "invalidValue")]
    [InlineData("""{"Operations":[{"op":"replace","path":"emails","value":[{"value":"no address"}]}]}""", "invalidValue")]
    public async Task What_cannot_be_done_changes_nothing_and_says_why(string body, string type)
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var directory = await Directory(council);
        var before = await Get(directory, Users + "/amara-okafor");
        (await Send(directory, HttpMethod.Patch, Users + "/amara-okafor", JsonNode.Parse(body), HttpStatusCode.BadRequest)).Body.Text("scimType").ShouldBe(type);
        (await Get(directory, Users + "/amara-okafor")).ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Fact]
    public async Task What_the_server_can_do_is_said_before_anybody_begins()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        using var directory = await Directory(council);
        var config = await Get(directory, "/scim/v2/ServiceProviderConfig");
        (config["patch"]!["supported"]!.GetValue<bool>(), config["bulk"]!["supported"]!.GetValue<bool>(), config["etag"]!["supported"]!.GetValue<bool>()).ShouldBe((true, false, true));
        (await Get(directory, "/scim/v2/ResourceTypes"))["Resources"]!.AsArray().Select(r => r!.Text("endpoint")).ShouldBe(["/Users", "/Groups"]);
        var schemas = (await Get(directory, "/scim/v2/Schemas"))["Resources"]!.AsArray();
        var known = schemas.Single(s => s!.Text("id") == UserSchema)!["attributes"]!.AsArray().Select(a => a!.Text("name")).ToList();
        // Everything that a user shows is in the schema.
        (await Get(directory, Users + "/amara-okafor")).AsObject().Select(m => m.Key).Except(["schemas", "id", "meta", "externalId"]).ShouldBeSubsetOf(known);
        await Get(directory, $"/scim/v2/Schemas/{UserSchema}");
        await Send(directory, HttpMethod.Get, "/scim/v2/Bulk", null, HttpStatusCode.NotFound);
        using var text = await directory.PostAsync(Users, new StringContent("userName=x", Encoding.UTF8, "application/x-www-form-urlencoded"));
        text.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var broken = await directory.PostAsync(Users, new StringContent("{", Encoding.UTF8, "application/scim+json"));
        (await broken.Content.ReadAsStringAsync()).ShouldContain("invalidSyntax");
    }
}
