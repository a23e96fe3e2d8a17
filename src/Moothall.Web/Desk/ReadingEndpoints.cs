using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Desk;

/// <summary>Who read a case, and which cases somebody read: for administrators of the council and leaders of the team. It shows references, never what is in them.</summary>
static class ReadingEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/cases/{reference}/readings", OfCase).ForStaff(NotForYou, Right.SeeReadings);
        desk.MapGet("/staff/{id}/readings", OfPerson).ForStaff(NotForYou, Right.SeeReadings);
    }

    static readonly Message NotForYou = new Message("Administrators and team leaders see who read a case. Ask one of yours.");

    static async Task<IResult> OfCase(string reference, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        if (CaseReference.Tidy(reference) is not { } tidy) return desk.NotFound();
        var (found, readings) = await house.Database.Read(async session => (await CaseQueries.Find(session, tidy), await ReadLog.Of(session, tidy)), context.RequestAborted);
        if (found is null || !Rights.May(desk.Caller, Right.SeeReadings, found.Authority, found.Team, found.Service)) return desk.NotFound();
        return new PageResult(new ReadingsPage { Desk = desk, Reference = tidy, Readings = readings, MayOpenCase = Rights.May(desk.Caller, Right.ReadCases, found.Authority, found.Team, found.Service) });
    }

    static async Task<IResult> OfPerson(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (entry, readings, cases) = await house.Database.Read(async session =>
        {
            var person = await People.Find(session, desk.Council, id);
            var read = person is null ? [] : await ReadLog.By(session, id);
            return (person, read, await CaseQueries.FindAll(session, read.Select(r => r.Reference)));
        }, context.RequestAborted);
        if (entry is null || !MaySee(desk.Caller, entry.Member)) return desk.NotFound();
        var theirs = readings.Where(r => cases.TryGetValue(r.Reference, out var found) && Rights.May(desk.Caller, Right.SeeReadings, found.Authority, found.Team, found.Service)).ToList();
        return new PageResult(new ReadingsPage { Desk = desk, Person = entry.Member, Readings = theirs });
    }

    // An administrator of a council of theirs, or a leader of a team that they are in.
    static bool MaySee(Caller caller, Council.Member member) => ManageStaff.MaySee(caller, member)
        || member.Authorities.Any(authority => member.Teams.Any(team => Rights.May(caller, Right.SeeReadings, authority, team, null)));
}
