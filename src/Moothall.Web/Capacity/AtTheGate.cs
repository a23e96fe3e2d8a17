using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Moothall.Web.Capacity;

/// <summary>The gates of a node: one for pages and small forms, one for what brings a large body.</summary>
public sealed class Gates(GateSettings settings, House house) : IDisposable
{
    readonly Lazy<BusyAnswer> answer = new(() => new BusyAnswer(house.Council));

    public Gate Requests { get; } = new(settings);
    public Gate LargeBodies { get; } = new(settings.ForLargeBodies);
    internal BusyAnswer Answer => answer.Value;

    public void Dispose()
    {
        Requests.Dispose();
        LargeBodies.Dispose();
    }
}

/// <summary>
/// Stands in front of everything but checks of the node and assets: above its capacity a node answers 503 with Retry-After, early, and keeps those going who are in the middle of
/// something.
/// </summary>
public sealed class AtTheGate(RequestDelegate next, Gates gates)
{
    /// <summary>A body above this many bytes is a file, and no form.</summary>
    const long LargeBody = 64 * 1024;
    // Cookies that somebody has who began something: a form, a call at the desk, looking after their own case.
    static readonly SearchValues<string> Begun = SearchValues.Create([Resident.OpenDrafts.CookiePrefix, Resident.OpenDrafts.ActingPrefix, MyAccount.AccountCallers.Cookie + "=", Callers.Cookie + "=", "moothall-track=", "moothall-return=", "moothall-follow="], StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)) return next(context);
        var gate = IsLarge(request) ? gates.LargeBodies : gates.Requests;
        return gate.TryEnter() ? Serve(context, gate) : Wait(context, gate);
    }

    async Task Serve(HttpContext context, Gate gate)
    {
        try
        {
            await next(context);
        }
        finally
        {
            gate.Leave();
        }
    }

    Task Wait(HttpContext context, Gate gate)
    {
        var pass = gate.Enter(IsInProgress(context.Request), context.RequestAborted);
        return pass is { IsCompletedSuccessfully: true, Result: Pass.Refused } ? gates.Answer.Write(context) : Wait(context, gate, pass);
    }

    async Task Wait(HttpContext context, Gate gate, Task<Pass> pass)
    {
        switch (await pass)
        {
            case Pass.Inside when context.RequestAborted.IsCancellationRequested:
                gate.Leave();
                break;
            case Pass.Inside:
                await Serve(context, gate);
                break;
            case Pass.Refused:
                await gates.Answer.Write(context);
                break;
        }
    }

    // Programs often send JSON without saying how long it is; it is bounded by the API.
    internal static bool IsLarge(HttpRequest request) => request.ContentLength is { } length ? length > LargeBody
        : request.Headers.TransferEncoding.Count > 0 && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true;

    /// <summary>Whether somebody is in the middle of something: a form was filled in, or was begun, or they are signed in or look at their own case.</summary>
    static bool IsInProgress(HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method) && !ProgramAnswers.AreFor(request.Path)) return true;
        foreach (var cookies in request.Headers.Cookie)
            if (cookies.AsSpan().IndexOfAny(Begun) >= 0) return true;
        return false;
    }
}

/// <summary>Puts the gate in front of what follows.</summary>
static class Capacity
{
    public static IApplicationBuilder UseGate(this IApplicationBuilder app)
    {
        // Made before anybody is refused: then there is no time for it.
        _ = app.ApplicationServices.GetRequiredService<Gates>().Answer;
        return app.UseMiddleware<AtTheGate>();
    }
}
