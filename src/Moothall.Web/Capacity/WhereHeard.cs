using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Capacity;

/// <summary>
/// Where the thread that hears a request also answers it (docs/adr/0039), no other connection of that thread is heard meanwhile. So only the pages of journeys are answered there, which read a
/// few rows; whatever may take long (the desk, figures, the API, files) is handed to a worker first.
/// </summary>
static class WhereHeard
{
    public static IApplicationBuilder UseWorkerForLong(this IApplicationBuilder app) => app.Use((context, next) => IsShort(context.Request) ? next(context) : OnWorker(context, next));

    /// <summary>Goes on with a worker.</summary>
    public static ConfiguredTaskAwaitable ByWorker() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    static async Task OnWorker(HttpContext context, RequestDelegate next)
    {
        await ByWorker();
        await next(context);
    }

    static bool IsShort(HttpRequest request) => request.Path.StartsWithSegments("/services", StringComparison.Ordinal) && !AtTheGate.IsLarge(request);
}
