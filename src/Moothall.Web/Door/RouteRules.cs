using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;

namespace Moothall.Web.Door;

/// <summary>A route, one of its methods, and its rule.</summary>
public sealed record RuledRoute(string Method, string Address, RouteRule? Rule);

/// <summary>All routes of a node with their rules.</summary>
public static class RouteRules
{
    /// <summary>Every address and method that a node answers, by address.</summary>
    public static IReadOnlyList<RuledRoute> Of(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return [.. routes.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => Methods(e).Select(m => new RuledRoute(m, Address(e), e.Metadata.GetMetadata<RouteRule>())))
            .OrderBy(r => r.Address, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal)];
    }

    /// <summary>Why a node may not serve: a route says of nobody that they may ask for it, and so would be open to all by an oversight. Null when all is well.</summary>
    public static Message? WhyNotServe(this WebApplication app) => Of(app).FirstOrDefault(r => r.Rule is null) is { } bare
        ? new Message("The route {method} {address} does not say who may use it, so nothing is served. Add a rule to it where it is mapped: Open, WithSecret, ForResident, ForStaff or ForPrograms.", ("method", bare.Method), ("address", bare.Address))
        : null;

    static string Address(RouteEndpoint route) => "/" + (route.RoutePattern.RawText ?? "").Trim('/');

    static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["*"];
}
