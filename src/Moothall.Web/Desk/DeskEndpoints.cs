using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>The desk of staff. Nothing of it but signing in is there for somebody who is not signed in.</summary>
static class DeskEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ProviderSignIn.Leaving.Map(app);
        var desk = app.MapGroup("/desk").ExcludeFromDescription();
        SignInEndpoints.Map(desk);
        ProviderSignIn.Map(desk);
        InvitationEndpoints.Map(desk);
        QueueEndpoints.Map(desk);
        CaseEndpoints.Map(desk);
        ActionEndpoints.Map(desk);
        NewCaseEndpoints.Map(desk);
        YouEndpoints.Map(desk);
        StaffEndpoints.Map(desk);
        GiveEndpoints.Map(desk);
        TokenEndpoints.Map(desk);
        TeamEndpoints.Map(desk);
        ReadingEndpoints.Map(desk);
        SensitiveEndpoints.Map(desk);
        MessageEndpoints.Map(desk);
        RunningEndpoints.Map(desk);
        Records.RecordsEndpoints.Map(desk.MapGroup("/records"));
        AuditLog.AuditEndpoints.Map(desk);
        QueueCsv.Map(desk);
        BulkEndpoints.Map(desk);
        PeopleEndpoints.Map(desk);
        CallEndpoints.Map(desk);
        AssistEndpoints.Map(desk);
        desk.MapGet("/{**rest}", (HttpContext context) => DeskVisit.Of(context).NotFound()).ForStaff();
    }
}
