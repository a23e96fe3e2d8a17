using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Api;
using Moothall.Web.Desk;
using Moothall.Web.MyAccount;
using Moothall.Web.Resident;
using Moothall.Web.Scim;

namespace Moothall.Web.Door;

/// <summary>
/// The one place where a request is held against the rule of its route, wherever it comes from: who asks is found out here, once, and nothing behind the
/// door is reached by somebody whom the rule does not let in. A route without a rule lets nobody in.
/// </summary>
static class Doorkeeper
{
    public static IApplicationBuilder UseDoorkeeper(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // What routing refuses by itself (no such address, a wrong method) has no route.
        if (context.GetEndpoint() is RouteEndpoint route && await WhyNot(context, route.Metadata.GetMetadata<RouteRule>()) is { } no) await no.ExecuteAsync(context);
        else await next(context);
    });

    static async Task<IResult?> WhyNot(HttpContext context, RouteRule? rule) => rule?.Who switch
    {
        LetIn.Everybody or LetIn.WithSecret => null,
        LetIn.Residents => await AccountEndpoints.LetIn(context),
        LetIn.Staff => await Staff(context, rule),
        LetIn.Programs => await Programs(context, rule),
        _ => Pages.NotFound(context, context.RequestServices.GetRequiredService<House>()),
    };

    static async Task<IResult?> Staff(HttpContext context, RouteRule rule)
    {
        var (isIn, over) = await DeskVisit.Enter(context);
        if (!isIn) return await SignInFirst(context, over);
        var desk = DeskVisit.Of(context);
        return Has(desk.Caller, rule) ? null : rule.WhyNot is { } why ? desk.NotAllowed(why) : desk.Refused(Refusal.NotAllowed);
    }

    static async Task<IResult> SignInFirst(HttpContext context, StaffSession? over)
    {
        // A script that asks by itself is told so; nobody has sent anything that should be kept.
        if (context.Request.Headers.ContainsKey(DeskVisit.ByItself)) return Results.Unauthorized();
        var isGet = HttpMethods.IsGet(context.Request.Method);
        var here = context.Request.Path + (isGet ? context.Request.QueryString : QueryString.Empty);
        // What was typed before the session ended waits until the same person has signed in again.
        if (!isGet && over is not null && await context.RequestServices.GetRequiredService<LateForms>().Keep(context, over.Member, Desk.SignInEndpoints.LocalPath) is { } kept) here = "/desk/kept/" + kept;
        return new SeeOtherResult(here == "/desk" ? "/desk/sign-in" : "/desk/sign-in?return=" + Uri.EscapeDataString(here));
    }

    static async Task<IResult?> Programs(HttpContext context, RouteRule rule)
    {
        var caller = await context.RequestServices.GetRequiredService<Callers>().OfToken(context);
        if (caller.IsSignedIn && Has(caller, rule)) return null;
        return context.Request.Path.StartsWithSegments(ScimEndpoints.Address, StringComparison.OrdinalIgnoreCase) ? ScimEndpoints.NotLetIn(context, caller) : Problems.Of(Refusal.NotAllowed, caller.IsSignedIn);
    }

    static bool Has(Caller caller, RouteRule rule)
    {
        if (rule.AnyOf.Count == 0) return true;
        foreach (var right in rule.AnyOf)
            if (Rights.HasRole(caller, right)) return true;
        return false;
    }
}
