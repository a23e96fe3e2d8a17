using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>The body of a case to be made, for the description of the API; it is read by hand so that each fault can be named.</summary>
public sealed record NewCase(JsonElement Answers, string? Channel, string? Authority, string? Language, string? ReceivedAt, int? HandlingSeconds, bool? DigitalOffered, bool? DigitalTaken);

/// <summary>`POST /api/v1/services/{service}/cases`: asks for something on behalf of a person; anyone may by `web` or `api`, others by a token.</summary>
static class SubmitApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/services/{service}/cases", Submit).Open().WithSummary("Makes a case")
        .WithDescription("Send Idempotency-Key to be able to send again safely: the same key and body give the same case.").Accepts<NewCase>("application/json").Produces<CreatedCase>(201)
        .Produces<Problem>(404, "application/problem+json").Produces<Problem>(422, "application/problem+json");

    static async Task<IResult> Submit(string service, HttpContext context, House house, Callers callers)
    {
        if (house.Services.Find(service) is not { } published) return Problems.NotFound;
        var (body, raw, problem) = await ApiJson.Read(context.Request, ApiJson.MostOfAnswers);
        if (body is null) return problem!;
        using var document = body;
        var caller = await callers.OfToken(context);
        var (council, now) = (house.Council, house.Now);

        var reader = new BodyReader(body.RootElement);
        var answers = reader.Element("answers");
        var channel = reader.OneOf("channel", Channels.All) ?? "api";
        var authorityId = reader.Text("authority");
        var given = reader.Text("language", 10);
        var language = given ?? "en";
        if (!language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || language.Length < 2) reader.Wrong("language", new Message("“language” must be the code of a language, like en or cy"));
        var receivedAt = reader.Time("receivedAt");
        var handling = reader.Number("handlingSeconds", 0, 86_400);
        var (offered, taken) = (reader.YesNo("digitalOffered"), reader.YesNo("digitalTaken"));
        if (taken && !offered) reader.Wrong("digitalTaken", new Message("“digitalTaken” can only be true where “digitalOffered” is"));
        reader.RefuseUnknown();
        if (answers is null) reader.Wrong("answers", new Message("“answers” must be an object with an answer to each question"));
        var asked = authorityId is null ? council.ForHost(context.Request.Host.Host) : council.FindAuthority(authorityId);
        if (asked is null) reader.Wrong("authority", new Message("There is no authority “{authority}”. Known: {known}", ("authority", authorityId), ("known", string.Join(", ", council.Authorities.Select(a => a.Id)))));
        if (receivedAt > now) reader.Wrong("receivedAt", new Message("“receivedAt” is in the future. Leave it out for a case that is received now"));
        // What is wrong is said in the language of the case, or where the body names none in that of the request.
        var said = given is null ? ReaderLanguage.OfProgram(context) : Phrases.In(given);
        if (reader.Faults.Count > 0) return Problems.NotAccepted(reader.Faults, said);

        // Anyone may send by web or api; what came by another channel is said by an advisor, and what is history by an importer.
        var right = receivedAt is not null ? Right.ImportHistory : channel is "web" or "api" ? (Right?)null : Right.SubmitForOthers;
        if (right is { } needed && !Rights.HasRole(caller, needed)) return Problems.Of(Refusal.NotAllowed, caller.IsSignedIn, said);
        // A program cannot show that the person is there; an advisor and an importer answer for it themselves.
        if (right is null && published.Definition.SignIn != SignInNeed.None) return Problems.Of(caller.IsSignedIn ? 403 : 401, new Message("Not by a program"),
            new Message("People sign in on our pages before they use this service, so a program cannot send it. Send them to {address}, or have an advisor send it for them.", ("address", $"{(asked ?? council.Authorities[0]).PublicAddress}/services/{published.Definition.Name}")), null, said);

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > SentOnce.LongestKey) return Problems.BadRequest(SentOnce.KeyTooLong);
        var once = new SentOnce(caller.IsSignedIn ? caller.Id : "anyone", $"submit/{service}", key, Convert.ToHexStringLower(SHA256.HashData(raw)));

        var received = receivedAt ?? now;
        var definition = published.Definition;
        var files = await FilesNamed.Load(house, answers!.Value, owner: null);
        var reading = new ReadingContext { Today = asked!.Calendar.DayOf(received), Language = said.Language, File = files.Find, LookUps = council.Places };
        var (read, faults) = AnswersReader.ReadAll(definition, answers.Value, reading, reading.Today);
        // Sent again, the files are the case's already: what was made is given, and only what is new is told its faults.
        var before = faults.Count == 0 ? null : await house.Database.Read(session => once.Before(session, reference => CaseQueries.Find(session, reference)), context.RequestAborted);
        if (faults.Count > 0 && before is null) return Problems.NotAccepted(faults, said);

        var submit = new SubmitAnswers
        {
            Published = published, Answers = read, Asked = asked, Channel = channel, Received = received, Language = language, HandlingSeconds = handling,
            DigitalOffered = offered, DigitalTaken = taken,
            Imported = receivedAt is not null, By = receivedAt is not null ? Actor.Import : caller.IsSignedIn ? Actor.Advisor : Actor.Resident, ByMember = caller.IsSignedIn ? caller.Id : null,
        };
        var made = before ?? await house.Database.Commit(unit => once.Do(unit, reference => CaseQueries.Find(unit, reference), async () =>
        {
            var result = await submit.Submit(unit, council);
            // Out of the caller's scope, it is as if the service did not exist for them.
            return result.Value is { } @case && right is { } scoped && !Rights.May(caller, scoped, @case.Authority, @case.Team, @case.Service) ? Refusal.NotFound : result;
        }, @case => @case.Reference), context.RequestAborted);
        if (made.Value is not { } done) return Problems.Of(made.Refusal!, caller.IsSignedIn, said);
        var phone = council.FindOffer(done.Service, done.Authority)?.Phone ?? council.FindAuthority(done.Authority)?.Contact.Phone ?? "";
        var (payments, alerts) = await house.Database.Read(session => CaseQueries.Received(session, done, definition), context.RequestAborted);
        var created = CaseBodies.Created(done, house.Codes.For(done.Reference, done.LinkNumber),
            [.. alerts.Select(a => new CreatedAlert(a.Name, a.Title.In(language), a.Text.In(language).Trim(), a.Ring ?? phone))], payments);
        context.Response.Headers.Location = $"/api/v1/cases/{done.Reference}";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(created, ApiJson.WithNulls, statusCode: 201);
    }
}

/// <summary>The files that a body names, looked up once before its answers are read.</summary>
sealed class FilesNamed(IReadOnlyDictionary<string, KnownFile> files)
{
    public KnownFile? Find(string id) => files.GetValueOrDefault(id);

    /// <summary>Looks up every text in a body that could be a file's id; files of somebody else, and those that waited longer than a day, are not found.</summary>
    /// <param name="owner">Whose files may be named beside those that nobody owns yet.</param>
    public static Task<FilesNamed> Load(House house, JsonElement answers, string? owner) => Load(house, [.. Texts(answers).Where(IsId).Distinct().Take(FormSize.MostFiles)], owner);

    public static async Task<FilesNamed> Load(House house, IReadOnlyCollection<string> ids, string? owner)
    {
        ids = [.. ids.Where(IsId)];
        if (ids.Count == 0) return new FilesNamed(new Dictionary<string, KnownFile>());
        var (found, now) = await house.Database.Read(async session =>
        {
            var found = await FileStore.Find(session, ids);
            // Only what nobody owns grows too old.
            return (found, found.Any(f => f.Owner is null) ? await session.Now() : default);
        });
        return new FilesNamed(found.Where(f => f.Owner is null ? f.Created > now - FileStore.UnusedLife : f.Owner == owner).ToDictionary(f => f.Id, f => new KnownFile(f.Id, f.Name, f.Kind, f.Bytes)));
    }

    static bool IsId(string text) => text.Length == 26 && text.All(char.IsAsciiLetterOrDigit);

    static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Texts(m.Value)),
        _ => [],
    };

    // A lone surrogate in an escape makes GetString throw; such text is no id.
    static IEnumerable<string> TextOf(JsonElement value)
    {
        try { return [value.GetString()!]; }
        catch (InvalidOperationException) { return []; }
    }
}
