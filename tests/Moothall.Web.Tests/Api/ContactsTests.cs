using System.Net;
using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class ContactsTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task An_advisor_records_what_a_contact_was(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var advisor = await council.Client("grace-adeyemi-clarke");
        var reference = (await advisor.Make()).Text("reference");
        foreach (var reason in new[] { "new", "chasing", "correcting", "complaining", "question" })
        {
            var body = new JsonObject { ["channel"] = "phone", ["reason"] = reason, ["about"] = reference.ToLowerInvariant(), ["handlingSeconds"] = 90 };
            var id = (await advisor.PostJson("/api/v1/contacts", body).Json(HttpStatusCode.Created)).Text("contact");
            (await council.House.Database.Read(s => s.First($"select about, service, handling_seconds from contact where id = {id}", row => (row.TextOrNull(0), row.TextOrNull(1), row.Int(2)))))
                .ShouldBe((reference, "report-a-pothole", 90));
        }
        await advisor.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "email", ["reason"] = "question" }).Json(HttpStatusCode.Created);
    }

    [Theory, BothDatabases]
    public async Task A_contact_that_cannot_be_counted_is_refused_for_each_fault(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var advisor = await council.Client("grace-adeyemi-clarke");
        var problem = await CleanAnswer.Problem(await advisor.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "pigeon", ["reason"] = "boredom", ["about"] = "POT-0000-0000" }),
            HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("question").GetString()).ShouldBe(["channel", "reason", "about"]);
        await CleanAnswer.Problem(await advisor.PostJson("/api/v1/contacts", new JsonObject()), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await advisor.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "phone", ["reason"] = "new", ["handlingSeconds"] = 100_000 }), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await advisor.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "phone", ["reason"] = "new", ["about"] = "x\u0000y" }), HttpStatusCode.UnprocessableEntity);
        // A case of the other council does not exist for an advisor of one.
        using var ofMercia = await council.Client("mei-lin-chan");
        var reference = (await advisor.Make()).Text("reference");
        await CleanAnswer.Problem(await ofMercia.PostJson("/api/v1/contacts", new JsonObject { ["channel"] = "phone", ["reason"] = "chasing", ["about"] = reference }), HttpStatusCode.UnprocessableEntity);
    }
}
