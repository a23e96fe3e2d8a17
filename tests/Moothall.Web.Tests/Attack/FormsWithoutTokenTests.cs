using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Moothall.Store;
using Moothall.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>
/// Every form of every page, found by following every link of residents and staff, is sent as another site would have a browser send it: with the browser's cookies and without the page's token. So is every
/// address that takes a form. Nothing is changed by any of it, in no row of any table.
/// </summary>
public sealed class FormsWithoutTokenTests
{
    const string Field = "__RequestVerificationToken";
    const int MostOfOneKind = 3, MostPages = 700;

    /// <summary>Rows that change because somebody looks, or time passes, and not because somebody asks for it.</summary>
    static readonly HashSet<string> Restless = ["lease", "node", "reader", "timer", "case_reading", "staff_session", "audit_entry", "audit_batch", "audit_day"];

    sealed record Found(string Action, string Method, List<KeyValuePair<string, string>> Fields, bool HasToken, bool HasFiles, string Page);

    static HttpClient Client(RunningCouncil council, CookieContainer cookies)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false }) { BaseAddress = council.Address };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        return client;
    }

    /// <summary>Follows the links of a page within the site, a few of each kind; every form that was seen.</summary>
    static async Task<List<Found>> Walk(RunningCouncil council, HttpClient client, IEnumerable<string> from)
    {
        var (waiting, seen, kinds, forms) = (new Queue<string>(from), new HashSet<string>(), new Dictionary<string, int>(), new List<Found>());
        while (waiting.TryDequeue(out var address) && seen.Count < MostPages)
        {
            if (!seen.Add(address)) continue;
            using var answer = await client.GetAsync(address);
            if (answer.Headers.Location?.OriginalString is { } onward && onward.StartsWith('/')) waiting.Enqueue(onward);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
            foreach (var form in page.Forms) forms.Add(Read(form, address));
            foreach (var href in page.Links.Select(l => l.GetAttribute("href")!).Where(h => h.StartsWith('/') && !h.StartsWith("//", StringComparison.Ordinal)))
            {
                var to = href.Split('#')[0];
                if (to.Contains("lang=", StringComparison.Ordinal)) continue;
                var kind = KindOf(council, to);
                if (seen.Contains(to) || waiting.Contains(to) || kinds.GetValueOrDefault(kind) >= MostOfOneKind) continue;
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue(to);
            }
        }
        return forms;
    }

    // What stands between slashes and has a digit or a capital (a reference may have no digit), or belongs to a service, is one of many.
    static string KindOf(RunningCouncil council, string address) =>
        string.Join('/', address.Split('?')[0].Split('/').Select(step => step.Any(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) || council.House.Services.Find(step) is not null || council.House.Council.Members.ContainsKey(step) || council.House.Council.Teams.ContainsKey(step) ? "*" : step));

    static Found Read(IHtmlFormElement form, string page)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var control in form.QuerySelectorAll("input, textarea, select, button"))
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name || name == Field) continue;
            var value = control switch
            {
                IHtmlInputElement { Type: "file" } => null,
                IHtmlInputElement { Type: "radio" or "checkbox" } box => fields.Any(f => f.Key == name) && box.Type == "radio" ? null : box.Value,
                IHtmlInputElement { Type: "email" } => "other@mail.example",
                IHtmlInputElement input => input.Value.Length > 0 ? input.Value : "1",
                IHtmlTextAreaElement => "Words",
                IHtmlSelectElement { Options: { Length: > 0 } options } => options[options.Length - 1].Value,
                _ => control.GetAttribute("value"),
            };
            if (value is not null) fields.Add(new(name, value));
        }
        var action = form.GetAttribute("action") is { Length: > 0 } to ? to : page;
        return new(action, form.Method, fields, form.QuerySelector($"input[name={Field}]") is not null, form.Enctype == "multipart/form-data", page);
    }

    /// <summary>Every row of the store but the restless ones.</summary>
    static async Task<Dictionary<string, string>> Rows(RunningCouncil council)
    {
        await using var connection = new SqliteConnection($"Data Source={council.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        async Task<List<string>> All(string sql)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables, read from the database itself.
            command.CommandText = sql;
#pragma warning restore CA2100
            var rows = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                rows.Add(string.Join('|', values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : v)));
            }
            return rows;
        }
        var tables = new Dictionary<string, string>();
        foreach (var table in await All("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name"))
            if (!Restless.Contains(table)) tables[table] = string.Join('\n', (await All($"select * from \"{table}\"")).Order(StringComparer.Ordinal));
        return tables;
    }

    static void Unchanged(Dictionary<string, string> before, Dictionary<string, string> after, string by)
    {
        foreach (var (table, rows) in after) rows.ShouldBe(before[table], $"{by} changed {table}");
    }

    static HttpContent Body(IEnumerable<KeyValuePair<string, string>> fields, bool multipart)
    {
        if (!multipart) return new FormUrlEncodedContent(fields);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        return content;
    }

    [Fact]
    public async Task No_form_and_no_address_that_takes_one_does_anything_without_the_token_of_its_page()
    {
        await using var council = await RunningCouncil.Start(Dialect.Sqlite);
        council.House.MailIsSet = true;
        var reference = await Desk.Beginnings.Pothole(council);
        using (var anyone = await council.Client())
        using (var worker = await council.Client("amara-okafor"))
            await worker.Act(reference, "ask-customer", new System.Text.Json.Nodes.JsonObject { ["answers"] = new System.Text.Json.Nodes.JsonObject { ["question"] = "Which side?" } }).Json();
        var code = council.House.Codes.For(reference, 1);

        var people = new List<(string Who, HttpClient Client, List<Found> Forms)>();
        // A resident who has begun some forms and opened a case of theirs.
        var own = Client(council, new CookieContainer());
        using (var browser = new Browser(Client(council, new CookieContainer()))) await browser.Open("/");
        var resident = new Browser(own);
        await Resident.Walking.BeginPothole(resident);
        await resident.Open($"/track?reference={reference}&code={code}");
        people.Add(("a resident", own, await Walk(council, own, ["/", "/services", "/track/" + reference, $"/track/{reference}/add", $"/track/{reference}/withdraw", $"/track/{reference}/messages", "/services/report-a-pothole/save", "/services/report-a-pothole/near", "/services/report-a-pothole/check",
            "/services/report-a-pothole/help", "/feedback/report-a-pothole", "/track", "/return", "/agree", "/following", "/desk/sign-in"])));
        foreach (var member in new[] { "amara-okafor", "tomasz-zielinski", "grace-adeyemi-clarke", "fatima-al-sayed" })
        {
            var client = Client(council, new CookieContainer());
            var signing = new Browser(client);
            await signing.Send(await signing.Open("/desk/sign-in"), form: $"form:has(input[value={member}])");
            people.Add((member, client, await Walk(council, client, ["/desk", "/desk/running", "/desk/messages", "/desk/you", "/desk/records", "/desk/staff", "/desk/new", "/desk/bulk?all=yes", $"/desk/cases/{reference}", "/desk/people/" + member, "/desk/staff/new", "/desk/teams/new", "/desk?q=wallingford"])));
        }

        // Each form that changes something carries a token, and those of the kinds that we know were found.
        var all = people.SelectMany(p => p.Forms).ToList();
        var posts = all.Where(f => f.Method.Equals("post", StringComparison.OrdinalIgnoreCase)).ToList();
        posts.Where(f => !f.HasToken).Select(f => $"{f.Page} {f.Action}").ShouldBeEmpty();
        all.Where(f => f.Action.Contains("://", StringComparison.Ordinal) || f.Action.StartsWith("//", StringComparison.Ordinal)).ShouldBeEmpty();
        var actions = posts.Select(f => KindOf(council, f.Action)).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var known in new[] { "/desk/sign-in", "/desk/sign-out", "/desk/bulk/preview", "/track/*/add", "/track/*/withdraw", "/feedback/*", "/desk/cases/*/actions/note", "/desk/staff/new" }) actions.ShouldContain(known, string.Join('\n', actions));

        await council.WaitForFigures();
        var before = await Rows(council);
        foreach (var (who, client, forms) in people)
        {
            foreach (var form in forms.Where(f => f.Method.Equals("post", StringComparison.OrdinalIgnoreCase)).DistinctBy(f => f.Action + " " + string.Join(' ', f.Fields.Select(x => x.Key))))
                foreach (var token in new[] { null, "", new string('0', 32) })
                {
                    var fields = token is null ? form.Fields : [.. form.Fields, new(Field, token)];
                    using var answer = await client.PostAsync(form.Action, Body(fields, form.HasFiles));
                    await Refused(answer, $"{who}: {form.Action} of {form.Page}");
                }
            // The same for every address, whether a page leads there or not.
            foreach (var route in council.Serving.Routes.Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && r.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal) is false))
            {
                var address = Fill("/" + route.RoutePattern.RawText!.TrimStart('/'), reference);
                using var answer = await client.PostAsync(address, new FormUrlEncodedContent([.. Everything]));
                await Refused(answer, $"{who}: {address}");
            }
            Unchanged(before, await Rows(council), who);
        }
        foreach (var (_, client, _) in people) client.Dispose();
    }

    /// <summary>Values for fields that many forms have.</summary>
    static IEnumerable<KeyValuePair<string, string>> Everything =>
        new Dictionary<string, string> { ["member"] = "amara-okafor", ["email"] = "other@mail.example", ["answer"] = "x", ["note"] = "x", ["_note"] = "x", ["_version"] = "2", ["version"] = "1", ["satisfaction"] = "5", ["revision"] = "1", ["case"] = "1", ["code"] = "1", ["name"] = "x", ["id"] = "1", ["reference"] = "1", ["confirm"] = "yes", ["agree"] = "yes" };

    static string Fill(string template, string reference) => template.Replace("{service}", "report-a-pothole", StringComparison.Ordinal).Replace("{reference}", reference, StringComparison.Ordinal).Replace("{member}", "amara-okafor", StringComparison.Ordinal)
        .Replace("{id}", "amara-okafor", StringComparison.Ordinal).Replace("{action}", "note", StringComparison.Ordinal).Replace("{question}", "where", StringComparison.Ordinal).Replace("{team}", "streets", StringComparison.Ordinal).Replace("{**path}", "x", StringComparison.Ordinal)
        is var filled ? System.Text.RegularExpressions.Regex.Replace(filled, @"\{[^}]*\}", "1") : "";

    static async Task Refused(HttpResponseMessage answer, string what)
    {
        ((int)answer.StatusCode).ShouldBeLessThan(500, what);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            set.Where(c => !c.StartsWith("moothall-form=", StringComparison.Ordinal) && !c.StartsWith("moothall-passkey=", StringComparison.Ordinal)).ShouldBeEmpty(what);
        await answer.Content.ReadAsByteArrayAsync();
    }
}
