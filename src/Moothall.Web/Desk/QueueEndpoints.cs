using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>The queue: what is due first comes first. A whole reference in the search box goes straight to its case.</summary>
static class QueueEndpoints
{
    static readonly Message NotForYou = new Message("You do not read cases. The published figures are open to you. Ask an administrator if you need more.");

    public static void Map(RouteGroupBuilder desk) => desk.MapGet("", Queue).ForStaff(NotForYou, Right.ReadCases, Right.Administer, Right.SeeAudit);

    static async Task<IResult> Queue(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        // Who looks after staff and records, or the audit log, and reads no cases begins with those.
        if (!Rights.HasRole(desk.Caller, Right.ReadCases)) return new SeeOtherResult(Rights.HasRole(desk.Caller, Right.Administer) ? "/desk/staff" : "/desk/audit");
        var filter = QueueFilter.From(context.Request.Query);
        if (filter.Q is { } typed && CaseReference.Tidy(typed) is { } reference
            && await house.Database.Read(session => CaseQueries.Find(session, reference), context.RequestAborted) is { } known
            && Rights.May(desk.Caller, Right.ReadCases, known.Authority, known.Team, known.Service))
        {
            if (desk.TakesCalls) (Call.Begin(context, desk.Now) with { About = reference }).Keep(context);
            return new SeeOtherResult($"/desk/cases/{reference}");
        }
        if (filter.IsSearch && desk.TakesCalls) Call.Begin(context, desk.Now);
        // What somebody sees first after signing in: their own work, then their teams'.
        var home = filter == new QueueFilter() && Rights.HasRole(desk.Caller, Right.WorkCases);
        var leads = home && Rights.HasRole(desk.Caller, Right.LeadTeam);
        var (page, counts, mine, meant, away, opened) = await house.Database.Read(async session => (
            await CaseList.Read(session, filter.For(desk.Caller), desk.Caller, desk.Now, desk.Zone),
            await QueueCounts.Read(session, Rights.ReadingOf(desk.Caller)),
            home ? await CaseList.Read(session, new QueueFilter { Assigned = "me" }.For(desk.Caller) with { Limit = QueuePage.MostOfMine }, desk.Caller, desk.Now, desk.Zone) : default,
            filter is { Q: { } words, After: null } ? await FindReference.Read(session, words, desk.Caller) : [],
            await Absences.On(session, desk.Caller.Id, desk.Today),
            leads ? await BreakGlass.ToKnow(session, desk.Caller, desk.Now - BreakGlass.Told) : []), context.RequestAborted);
        if (page.Refusal is { } refusal) return desk.Problem(400, "We do not understand this filter", refusal.Message);
        // What a search by a name or a place finds tells whose the cases are.
        if (filter.Q is not null) await ReadLog.RecordSearch(house.Database, desk.Now, desk.Caller, page.Value!.Cases.Select(c => c.ForReading));
        return new PageResult(new QueuePage
        {
            Desk = desk, Filter = filter, Cases = page.Value!, Counts = counts, Services = house.Services, Mine = mine.Value, Away = away, Opened = opened.Count, Wrapped = context.Request.Query["wrapped"] == "yes",
            Meant = [.. meant.Where(m => page.Value!.Cases.All(c => c.Reference != m.Reference))],
            Wanted = filter is { Q: { } wanted, After: null } && desk.TakesCalls ? [.. new ServiceSearch(NewCaseEndpoints.ServicesFor(desk)).Find(wanted).Take(5)] : [],
        });
    }
}
