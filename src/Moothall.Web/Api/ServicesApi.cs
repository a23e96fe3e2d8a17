using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>A service in the list.</summary>
public sealed record ServiceLine(string Service, string Title, string Kind, IReadOnlyList<string> Authorities, int Version);

/// <summary>A question as a program needs to know it.</summary>
/// <remarks>`SameAs` names the earlier question whose answer is taken where this one is left out. `Questions` are those of each row of a group. `Section` and `Page` name the part of the form and the page that it stands on; they are there only where the service has such.</remarks>
public sealed record ServiceQuestion(string Question, string Text, string? Hint, string Type, bool Optional, string? When, IReadOnlyList<ServiceOption>? Options, IReadOnlyList<string>? Accept,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ServiceQuestion>? Questions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Section, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Page,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SameAs);

/// <summary>An option of a choice.</summary>
public sealed record ServiceOption(string Option, string Label);

/// <summary>A service with its questions and the JSON Schema of its answers.</summary>
public sealed record ServiceFull(string Service, string Title, string Summary, string Kind, IReadOnlyList<string> Authorities, int Version, IReadOnlyList<ServiceQuestion> Questions,
    JsonObject AnswersSchema);

/// <summary>`GET /api/v1/services`: what people can ask for, and what each service asks.</summary>
static class ServicesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/services", List).Open().WithSummary("All services").Produces<IReadOnlyList<ServiceLine>>();
        api.MapGet("/services/{service}", One).Open().WithSummary("A service, its questions and the JSON Schema of its answers").Produces<ServiceFull>().Produces<Problem>(404, "application/problem+json");
    }

    static IResult List(House house) => Results.Json(house.Services.All.Select(p => Line(p, house)).ToList(), ApiJson.Options);

    static IResult One(string service, string? lang, House house)
    {
        if (house.Services.Find(service) is not { } published) return Problems.NotFound;
        var (d, language) = (published.Definition, lang ?? "en");
        var line = Line(published, house);
        return Results.Json(new ServiceFull(line.Service, d.Title.In(language), d.Summary.In(language), line.Kind, line.Authorities, line.Version,
            [.. d.Ask.Select(q => Of(q, language))],
            AnswersSchema.Of(d, language)), ApiJson.Options);
    }

    static ServiceQuestion Of(Question q, string language) => new(q.Name, q.Text.In(language), q.Hint?.In(language), q.Type.Name, q.Optional, q.When?.Text,
        q.Options.Count == 0 ? null : [.. q.Options.Select(o => new ServiceOption(o.Name, o.Label.In(language)))], q.Accept.Count == 0 ? null : q.Accept,
        q.IsGroup ? [.. q.Inside.Select(inside => Of(inside, language))] : null, q.Section?.Name, q.Page?.Name, q.SameAs?.Question);

    static ServiceLine Line(PublishedService p, House house) => new(p.Definition.Name, p.Definition.Title.English, p.Definition.Kind.ToString().ToLowerInvariant(),
        [.. house.Council.Offers.Where(o => o.Service == p.Definition.Name).Select(o => o.Authority)], p.Version);
}
