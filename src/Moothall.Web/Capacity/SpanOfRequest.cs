using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Store;

namespace Moothall.Web.Capacity;

/// <summary>
/// Names the span of a request by the template of its address, never by the address itself, which may hold a reference or a code. ASP.NET Core's own span carries no attributes
/// (https://opentelemetry.io/docs/specs/semconv/http/http-spans/ says which there should be). Costs a look at a field while nobody traces.
/// </summary>
static class SpanOfRequest
{
    static readonly string[] SayTooMuch = ["url.path", "url.query", "url.full", "user_agent.original", "client.address", "network.peer.address"];

    public static IApplicationBuilder UseSpanOfRequest(this IApplicationBuilder app) =>
        app.Use((context, next) => Signals.Source.HasListeners() && Activity.Current is { } span ? Named(context, next, span) : next(context));

    static async Task Named(HttpContext context, RequestDelegate next, Activity span)
    {
        try
        {
            await next(context);
        }
        finally
        {
            var method = context.Request.Method;
            var route = Route(context);
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag("http.request.method", method);
            if (route is not null) span.SetTag("http.route", route);
            span.SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= 500) span.SetStatus(ActivityStatusCode.Error);
            foreach (var tag in SayTooMuch) span.SetTag(tag, null);
        }
    }

    /// <summary>The template of the address that answers a request: `/track/{reference}`; null where none does.</summary>
    public static string? Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
