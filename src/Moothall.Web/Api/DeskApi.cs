using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>The body of an action, for the description of the API. The actions that every case has take `to`, `team`, `service` or `question` among the answers; `record-payment` takes `charge`, `amount`, `how` and `receipt`, `add-charge` takes `charge` and `amount`, with why in the note, `pass-on` takes `partner`, `send-link` an `email` where the address was wrong. An action that stands for the word of whoever must agree needs a note.</summary>
public sealed record NewAction(JsonElement? Answers, string? Note, int? HandlingSeconds, string? At);

/// <summary>`/api/v1/desk/cases`: the desk for programs of staff and partners.</summary>
static class DeskApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var desk = api.MapGroup("/desk/cases");
        desk.MapGet("", List).ForPrograms(Right.ReadCases).WithSummary("Cases of the queue, by what is due first").Produces<DeskPage>().Produces<Problem>(401, "application/problem+json");
        desk.MapGet("/{reference}", One).ForPrograms(Right.ReadCases).WithSummary("All of a case").Produces<DeskCaseFile>().Produces<Problem>(404, "application/problem+json");
        desk.MapPost("/{reference}/actions/{action}", Act).ForPrograms(Right.WorkCases, Right.ImportHistory).WithSummary("Takes an action on a case").Accepts<NewAction>("application/json").Produces<DeskCase>()
            .Produces<Problem>(409, "application/problem+json").Produces<Problem>(422, "application/problem+json").Produces<Problem>(428, "application/problem+json");
    }

    static async Task<IResult> List(HttpContext context, House house, string? authority, string? team, string? service, string? status, string? stage, string? due, string? assigned,
        string? q, string? sort, string? after, string? limit)
    {
        var caller = Callers.Of(context);
        var size = 50;
        if (limit is not null && !int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size)) return Problems.BadRequest(new Message("“limit” must be a whole number."));
        var filter = new CaseFilter
        {
            Authority = authority, Team = team, Service = service, Status = status, Stage = stage, Due = due, Assigned = assigned == "me" ? caller.Id : assigned, Q = q, Sort = sort ?? "due",
            After = after, Limit = size,
        };
        var page = await house.Database.Read(session => CaseList.Read(session, filter, caller, house.Now, house.Council.Authorities[0].Calendar.Zone), context.RequestAborted);
        if (page.Value is { } found && !string.IsNullOrWhiteSpace(q)) await ReadLog.RecordSearch(house.Database, house.Now, caller, found.Cases.Select(c => c.ForReading));
        return page.Value is { } good ? Results.Json(new DeskPage([.. good.Cases.Select(CaseBodies.Desk)], good.Next), ApiJson.WithNulls)
            : page.Refusal!.Kind == RefusalKind.Invalid ? Problems.BadRequest(page.Refusal.Message) : Problems.Of(page.Refusal, caller.IsSignedIn);
    }

    static async Task<IResult> One(string reference, HttpContext context, House house)
    {
        var caller = Callers.Of(context);
        var opened = await OpenCase.Open(house, reference, caller, AuditKinds.CaseReadByProgram, context.RequestAborted);
        if (opened.Value is not { } file) return Problems.Of(opened.Refusal!, caller.IsSignedIn);
        context.Response.Headers.ETag = Tag(file.Case.Version);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(CaseBodies.Desk(file), ApiJson.WithNulls);
    }

    static async Task<IResult> Act(string reference, string action, HttpContext context, House house)
    {
        var caller = Callers.Of(context);
        if (CaseReference.Tidy(reference) is not { } tidy) return Problems.NotFound;
        var match = context.Request.Headers.IfMatch.ToString().Trim();
        if (match.Length == 0) return Problems.Of(428, new Message("Say what you saw"), new Message("Send If-Match with the version of the case that you saw, so that nobody's work is overwritten."));
        if (!int.TryParse(match.TrimStart('W', '/').Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return Problems.BadRequest(new Message("“If-Match” must be a version of the case, like \"3\"."));
        var (body, raw, problem) = await ApiJson.Read(context.Request);
        if (body is null) return problem!;
        using var document = body;
        var reader = new BodyReader(body.RootElement);
        var answers = reader.Element("answers") ?? EmptyObject;
        if (answers.ValueKind != JsonValueKind.Object) reader.Wrong("answers", new Message("“answers” must be an object"));
        var note = reader.Text("note");
        var handling = reader.Number("handlingSeconds", 0, 86_400);
        var at = reader.Time("at");
        reader.RefuseUnknown();
        if (reader.Faults.Count > 0) return Problems.NotAccepted(reader.Faults);
        var plain = new BodyReader(answers);
        var values = ActOnCase.Always.Contains(action) ? Texts(plain) : [];
        if (plain.Faults.Count > 0) return Problems.NotAccepted(plain.Faults);

        var files = await FilesNamed.Load(house, answers, owner: null);
        var command = new ActOnCase
        {
            Reference = tidy, Action = action, SeenVersion = seen, Note = note, HandlingSeconds = handling, At = at, By = caller, File = files.Find, Language = ReaderLanguage.OfProgram(context).Language,
            Answers = (questions, reading) => AnswersReader.ReadAll(questions, answers, reading),
            Values = values,
        };
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > SentOnce.LongestKey) return Problems.BadRequest(SentOnce.KeyTooLong);
        var (hash, route) = (Convert.ToHexStringLower(SHA256.HashData([.. raw, .. System.Text.Encoding.UTF8.GetBytes(match)])), $"act/{tidy}/{action}");
        var council = house.Council;
        var once = new SentOnce(caller.Id, route, key, hash);
        var acted = await house.Database.Commit(unit => once.Do(unit, before => CaseQueries.Find(unit, before), () => CaseActions.Act(unit, house.Services, council, command, house.Now), _ => tidy), context.RequestAborted);
        if (acted.Value is not { } done) return Problems.Of(acted.Refusal!, caller.IsSignedIn);
        context.Response.Headers.ETag = Tag(done.Version);
        return Results.Json(CaseBodies.Desk(done), ApiJson.WithNulls);
    }

    static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement.Clone();

    static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // The plain values of the actions that every case has; each is named here, so what else is sent is passed over.
    static Dictionary<string, string> Texts(BodyReader answers) => new[] { "to", "team", "service", "question", "charge", "amount", "how", "receipt", "partner" }
        .Select(name => (Name: name, Value: answers.Element(name) is { ValueKind: JsonValueKind.Number } amount ? amount.GetRawText() : answers.Text(name))).Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!, StringComparer.Ordinal);
}
