using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>The desk of staff. Nothing of it but signing in is there for somebody who is not signed in.</summary>
static class DeskEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/desk").ExcludeFromDescription();
        SignInEndpoints.Map(door);
        InvitationEndpoints.Map(door);
        var desk = app.MapGroup("/desk").ExcludeFromDescription().AddEndpointFilter(OnlySignedIn);
        QueueEndpoints.Map(desk);
        CaseEndpoints.Map(desk);
        ActionEndpoints.Map(desk);
        NewCaseEndpoints.Map(desk);
        YouEndpoints.Map(desk);
        StaffEndpoints.Map(desk);
        TeamEndpoints.Map(desk);
        ReadingEndpoints.Map(desk);
        MessageEndpoints.Map(desk);
        RunningEndpoints.Map(desk);
        Records.RecordsEndpoints.Map(desk.MapGroup("/records"));
        AuditLog.AuditEndpoints.Map(desk);
        QueueCsv.Map(desk);
        BulkEndpoints.Map(desk);
        PeopleEndpoints.Map(desk);
        CallEndpoints.Map(desk);
        AssistEndpoints.Map(desk);
        desk.MapGet("/{**rest}", (HttpContext context) => DeskVisit.Of(context).NotFound());
    }

    static async ValueTask<object?> OnlySignedIn(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var (isIn, over) = await DeskVisit.Enter(context);
        if (isIn) return await next(invocation);
        // A script that asks by itself is told so; nobody has sent anything that should be kept.
        if (context.Request.Headers.ContainsKey(DeskVisit.ByItself)) return Results.Unauthorized();
        var isGet = HttpMethods.IsGet(context.Request.Method);
        var here = context.Request.Path + (isGet ? context.Request.QueryString : QueryString.Empty);
        // What was typed before the session ended waits until the same person has signed in again.
        if (!isGet && over is not null && await context.RequestServices.GetRequiredService<LateForms>().Keep(context, over) is { } kept) here = kept;
        return new SeeOtherResult(here == "/desk" ? "/desk/sign-in" : "/desk/sign-in?return=" + Uri.EscapeDataString(here));
    }
}
