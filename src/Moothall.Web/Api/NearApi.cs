using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>An open case near a place: since when it is known, how far away it is, what is happening with it.</summary>
public sealed record NearLine(string Received, int Metres, string Now);

/// <summary>What is open near a place, within so many metres. `Metres` is 0 where the service does not look.</summary>
public sealed record NearAnswer(string Service, int Metres, IReadOnlyList<NearLine> Cases);

/// <summary>`GET /api/v1/services/{service}/near`: what is reported already, before somebody reports it again. Nothing personal, and nothing that opens a case.</summary>
static class NearApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/services/{service}/near", Near).Open().WithSummary("Open cases of a service near a place, the nearest first")
        .Produces<NearAnswer>().Produces<Problem>(404, "application/problem+json").Produces<Problem>(422, "application/problem+json");

    static async Task<IResult> Near(string service, string? latitude, string? longitude, string? lang, HttpContext context, House house)
    {
        if (house.Services.Find(service) is not { } published) return Problems.NotFound;
        if (published.Definition.Near is not { } near) return Results.Json(new NearAnswer(service, 0, []), ApiJson.Options);
        var fields = new Dictionary<string, string?> { ["latitude"] = latitude, ["longitude"] = longitude };
        var question = near.Question;
        var reading = question.Type.Read(question, new Typed(question, fields), new ReadingContext { Today = house.Council.Authorities[0].Calendar.DayOf(house.Now), Language = ReaderLanguage.OfProgram(context).Language });
        if (reading.Answer is not LocationAnswer { Latitude: not null } place)
            return Problems.NotAccepted(reading.Faults is [var first, ..] && (latitude ?? longitude) is not null ? first.Why : new Message("Send “latitude” and “longitude” in degrees, like latitude=51.6077&longitude=-1.2411."));
        var found = await house.Database.Read(session => CasePlaces.Near(session, house.Services, service, place with { Parts = ImmutableSortedDictionary<string, string>.Empty }, null, near.Metres, lang ?? "en"),
            context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new NearAnswer(service, near.Metres, [.. found.Select(n => new NearLine(CaseBodies.Time(n.Received), n.Metres ?? 0, n.Now))]), ApiJson.Options);
    }

    /// <summary>Degrees of an address as the fields of a location question.</summary>
    sealed class Typed(Question question, IReadOnlyDictionary<string, string?> degrees) : IFormFields
    {
        public IReadOnlyList<string> Values(string field) =>
            field.StartsWith(question.Name + "-", StringComparison.Ordinal) && degrees.GetValueOrDefault(field[(question.Name.Length + 1)..]) is { } value ? [value] : [];
    }
}
