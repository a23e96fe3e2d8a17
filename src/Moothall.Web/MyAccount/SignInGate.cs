using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>
/// Stands before the questions of a service that says `sign-in`: whoever is not signed in, or not surely enough, signs in first and comes back to the page they wanted. A draft that was begun stays in the
/// browser, and an answer that is posted after the session ended is kept; only sending needs the session, and with it every page that shows what was answered.
/// </summary>
static class SignInGate
{
    const string NeedName = "need", Medium = "medium", TwoFactor = "two-factor";

    /// <summary>How sure a service wants to be.</summary>
    public static SignInLevel LevelOf(ServiceDefinition definition) => definition.SignIn switch { SignInNeed.TwoFactor => SignInLevel.TwoFactor, SignInNeed.Medium => SignInLevel.Medium, _ => SignInLevel.None };

    /// <summary>How sure somebody is to be who signs in, as the address says; none where they were not sent to sign in by a service.</summary>
    public static SignInLevel NeedIn(HttpContext context) => context.Request.Query[NeedName].ToString() switch { TwoFactor => SignInLevel.TwoFactor, Medium => SignInLevel.Medium, _ => SignInLevel.None };

    /// <summary>The same at the end of an address.</summary>
    public static string Query(SignInLevel need) => need switch { SignInLevel.TwoFactor => $"&{NeedName}={TwoFactor}", SignInLevel.Medium => $"&{NeedName}={Medium}", _ => "" };

    /// <summary>Marks the pages of a journey, before which it stands.</summary>
    internal sealed record Mark
    {
        public static readonly Mark One = new();
    }

    /// <summary>Puts it before the pages that have its mark. A service that asks nobody who they are costs it one look at what is published.</summary>
    public static IApplicationBuilder UseSignInGate(this IApplicationBuilder app)
    {
        var house = app.ApplicationServices.GetRequiredService<House>();
        // In a preview nobody has an account.
        if (app.ApplicationServices.GetRequiredService<WebSettings>().Preview is not null) return app;
        return app.Use((context, next) => context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null || context.GetRouteValue("service") is not string service
            || house.Services.Find(service)?.Definition is not { SignIn: not SignInNeed.None } definition || IsOpen(context, service) ? next(context) : Pass(context, definition, next));
    }

    static async Task Pass(HttpContext context, ServiceDefinition definition, RequestDelegate next)
    {
        var need = LevelOf(definition);
        if (await context.RequestServices.GetRequiredService<AccountCallers>().Of(context) is { } session && session.Level >= need)
        {
            await next(context);
            return;
        }
        var wanted = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path.Value! : $"/services/{definition.Name}/check";
        await new SeeOtherResult($"/account/sign-in?return={Uri.EscapeDataString(wanted)}{Query(need)}").ExecuteAsync(context);
    }

    // Help, the page after sending, and an answer to a question of a form that was begun.
    static bool IsOpen(HttpContext context, string service)
    {
        var page = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2);
        return page is "help" or "done" || (!HttpMethods.IsGet(context.Request.Method) && page is not "check" && OpenDrafts.IdIn(context.Request.Cookies[OpenDrafts.CookieName(service)]) is not null);
    }
}
