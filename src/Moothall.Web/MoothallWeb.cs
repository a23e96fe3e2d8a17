using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Api;
using Moothall.Web.Capacity;
using Moothall.Web.Design;
using Moothall.Web.Desk;
using Moothall.Web.Door;
using Moothall.Web.MyAccount;
using Moothall.Web.Open;
using Moothall.Web.Preview;
using Moothall.Web.Resident;

namespace Moothall.Web;

/// <summary>How the pages and the API are served: what differs between a demo on loopback and a council in public.</summary>
/// <param name="ChooseANameSignIn">Staff sign in by choosing a name: the demo only.</param>
/// <param name="RateLimits">Off for loopback in the demo.</param>
/// <param name="Proxies">Programs in front that may say for whom they ask and whether over HTTPS; one on this machine always may.</param>
public sealed record WebSettings(bool ChooseANameSignIn, bool RateLimits, IReadOnlyList<IPAddress>? Proxies = null)
{
    /// <summary>When sessions at the desk end.</summary>
    public SessionLimits Sessions { get; init; } = SessionLimits.Usual;
    /// <summary>When sessions of residents end.</summary>
    public SessionLimits AccountSessions { get; init; } = Identity.AccountSessions.Usual;
    /// <summary>Where the demo shows the mails that were sent; null where mails are real.</summary>
    public string? StandInMail { get; init; }
    /// <summary>The service that is shown as it lies in its folder (`moothall preview`); null where a council serves.</summary>
    public Journeys.ServicePreview? Preview { get; init; }
    /// <summary>The council's own keys, under which the store keeps those that seal cookies and forms.</summary>
    public KeyRing KeyRing { get; init; } = KeyRing.None;
    /// <summary>How many requests are served at once.</summary>
    public GateSettings Gate { get; init; } = new();
    /// <summary>How many requests of one program with a token are answered a minute, where no other number is set.</summary>
    public const int UsualPerProgram = 12_000;
    /// <summary>How many requests of one program with a token are answered a minute, over all nodes.</summary>
    public int RequestsPerProgram { get; init; } = UsualPerProgram;
    /// <summary>Whether the thread that hears a request also answers it: then what takes long is handed to a worker.</summary>
    public bool AnswersWhereHeard { get; init; }
}

/// <summary>Everything over HTTP: the resident's pages, the desk, the open pages and the API.</summary>
public static class MoothallWeb
{
    /// <summary>How much of a request the server reads where nothing else is said, in bytes.</summary>
    public const long MostBytes = Forms.MostBytes;

    /// <summary>Adds what the pages and the API need to the services of the host.</summary>
    public static IServiceCollection AddMoothallWeb(this IServiceCollection services, House house, WebSettings settings, IReadOnlyList<System.Reflection.Assembly> schemaAssemblies)
    {
        services.AddSingleton(house).AddSingleton(settings).AddSingleton<Callers>().AddSingleton<AccountCallers>().AddSingleton<PasskeyCeremony>().AddSingleton<SignIn.AskedProvider>().AddSingleton<LateForms>().AddSingleton(new SchemaRunner(house.Database, schemaAssemblies)).AddSingleton(new Gates(settings.Gate, house));
        services.AddDataProtection().SetApplicationName("moothall");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new StoredKeys(house.Database, settings.KeyRing)));
        if (settings.RateLimits) services.AddSingleton<RequestCounts>();
        services.AddSingleton(services);
        return services;
    }

    /// <summary>Maps every address.</summary>
    public static WebApplication MapMoothall(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSpanOfRequest();
        if (app.Services.GetRequiredService<WebSettings>().AnswersWhereHeard) app.UseWorkerForLong();
        app.UseGate();
        app.UseForwardedHeaders(Forwarded(app.Services.GetRequiredService<WebSettings>()));
        app.UseHostCookies();
        app.UseHeadAsGet();
        app.UseRouting();
        app.UseSecurityHeaders(app.Services.GetRequiredService<WebSettings>().Preview is not null);
        app.UseStatusCodePages(at => InWords(at.HttpContext).ExecuteAsync(at.HttpContext));
        app.UseMiddleware<Troubles>();
        if (app.Services.GetRequiredService<WebSettings>().RateLimits) app.UseMiddleware<RequestLimits>();
        app.UseDoorkeeper();
        app.UseSignInGate();
        app.MapAssets();
        Health.Map(app);
        MapApi.Map(app);
        OAuth.TokenEndpoint.Map(app);
        Scim.ScimEndpoints.Map(app);
        JourneyEndpoints.Map(app);
        NearEndpoints.Map(app);
        ReturnEndpoints.Map(app);
        AgreeEndpoints.Map(app);
        TrackEndpoints.Map(app);
        OwnCaseEndpoints.Map(app);
        AgainEndpoints.Map(app);
        StopMessagesEndpoints.Map(app);
        FeedbackEndpoints.Map(app);
        AccountEndpoints.Map(app);
        FrontDoor.Map(app);
        OpenPages.Map(app);
        DeskEndpoints.Map(app);
        SignIn.ProviderEndpoints.Map(app);
        PreviewEndpoints.Map(app, app.Services.GetRequiredService<WebSettings>());
        return app;
    }

    static ForwardedHeadersOptions Forwarded(WebSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in settings.Proxies ?? []) options.KnownProxies.Add(proxy);
        return options;
    }

    // What routing refuses by itself (no such address, wrong method, wrong content type) comes without a body.
    static IResult InWords(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var (heading, words) = status switch
        {
            404 => (new Message("Not found"), new Message("There is nothing here by that name, or it is not yours to see.")),
            405 => (new Message("Not possible here"), new Message("This address does not take {method}. It takes {allowed}.", ("method", context.Request.Method), ("allowed", context.Response.Headers.Allow.ToString()))),
            415 => (new Message("Not understood"), new Message("Send the body with the Content-Type that this address takes: application/json, or multipart/form-data for a file.")),
            _ => (new Message("We could not read what you sent"), new Message("Go back and try again.")),
        };
        if (ProgramAnswers.Of(context, status, heading, words) is { } answer) return answer;
        var house = context.RequestServices.GetRequiredService<House>();
        return status == 404 ? Pages.NotFound(context, house) : Pages.Problem(context, house, status, heading, words);
    }
}

/// <summary>
/// Turns what goes wrong into a page or a problem in words: a store that cannot answer is 503 with the reason, a fault of ours is 500 and never a stack trace.
/// </summary>
public sealed class Troubles(RequestDelegate next, House house, ILogger<Troubles> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // No text of ours holds U+0000, and PostgreSQL refuses to look for one.
        if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception trouble) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested && trouble is OperationCanceledException or IOException) return;
            var (status, heading, words) = trouble switch
            {
                StoreUnavailableException => (503, new Message("We cannot save anything just now"), new Message("Nothing was lost and nothing was half done. Wait a minute and try again. What you typed is still in your browser: go back to it.")),
                StoreBusyException or StoreConflictException => (503, new Message("We are very busy just now"), new Message("Nothing was lost. Wait a minute, go back and try again.")),
                BadHttpRequestException bad => (bad.StatusCode, new Message("We could not read what you sent"), new Message("Go back and try again.")),
                _ => (500, new Message("Something went wrong on our side"), new Message("We have been told. Nothing you sent was half done. Wait a minute and try again.")),
            };
            // The address itself may hold a reference or a secret code.
            if (status is 500 or 503) log.LogError(trouble, "{Method} {Route} failed.", context.Request.Method, SpanOfRequest.Route(context) ?? "an address that is nobody's");
            if (status == 503) context.Response.Headers.RetryAfter = "30";
            var answer = ProgramAnswers.Of(context, status, heading, trouble is StoreUnavailableException unavailable ? unavailable.Words.AsMessage() : words)
                ?? (context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) ? DeskTrouble.Page(context, house, status, heading, words) : Pages.Problem(context, house, status, heading, words));
            await answer.ExecuteAsync(context);
        }
    }
}
