using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Contact;
using Moothall.Identity;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>The body of a contact.</summary>
public sealed record NewContact(string Channel, string Reason, string? About, int? HandlingSeconds);

/// <summary>A contact that was recorded.</summary>
public sealed record RecordedContact(string Contact);

/// <summary>`POST /api/v1/contacts`: what a contact was, so that failure demand is counted.</summary>
static class ContactsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/contacts", Record).ForPrograms(Right.RecordContacts).WithSummary("Records what a contact was").Accepts<NewContact>("application/json")
        .Produces<RecordedContact>(201).Produces<Problem>(422, "application/problem+json");

    static async Task<IResult> Record(HttpContext context, House house)
    {
        var caller = Callers.Of(context);
        var (body, _, problem) = await ApiJson.Read(context.Request);
        if (body is null) return problem!;
        using var document = body;
        var reader = new BodyReader(body.RootElement);
        var command = new RecordContact(reader.Text("channel") ?? "", reader.Text("reason") ?? "", reader.Text("about"), reader.Number("handlingSeconds", 0, 86_400),
            reader.YesNo("digitalOffered"), reader.YesNo("digitalTaken"));
        reader.RefuseUnknown();
        if (reader.Faults.Count > 0) return Problems.NotAccepted(reader.Faults);
        var recorded = await house.Database.Commit(unit => RecordContact.Record(unit, command, caller, CaseQueries.ServiceOf, house.Now), context.RequestAborted);
        return recorded.Id is { } id ? Results.Json(new RecordedContact(id), ApiJson.Options, statusCode: 201)
            : Problems.NotAccepted(recorded.Faults);
    }
}
