using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>The desk of staff. Nothing of it but signing in is there for somebody who is not signed in.</summary>
static class DeskEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        SignInEndpoints.Map(app.MapGroup("/desk").ExcludeFromDescription());
        var desk = app.MapGroup("/desk").ExcludeFromDescription().AddEndpointFilter(OnlySignedIn);
        QueueEndpoints.Map(desk);
        CaseEndpoints.Map(desk);
        ActionEndpoints.Map(desk);
        NewCaseEndpoints.Map(desk);
        Records.RecordsEndpoints.Map(desk.MapGroup("/records"));
        desk.MapGet("/{**rest}", (HttpContext context) => DeskVisit.Of(context).NotFound());
    }

    static async ValueTask<object?> OnlySignedIn(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (DeskVisit.Enter(context)) return await next(invocation);
        var here = context.Request.Path + (HttpMethods.IsGet(context.Request.Method) ? context.Request.QueryString : QueryString.Empty);
        return new SeeOtherResult(here == "/desk" ? "/desk/sign-in" : "/desk/sign-in?return=" + Uri.EscapeDataString(here));
    }
}
