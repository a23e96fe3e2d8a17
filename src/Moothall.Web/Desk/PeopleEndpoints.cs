using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk;

/// <summary>Who is away and who stands in, and handing somebody's work over: by a team leader for their teams, by everybody for themselves.</summary>
static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/people", List).ForStaff();
        desk.MapGet("/people/{member}", Show).ForStaff();
        desk.MapPost("/people/{member}/away", Mark).ForStaff();
        desk.MapPost("/people/{member}/back", Remove).ForStaff();
    }

    /// <summary>The people that somebody may mark as away, themselves among them.</summary>
    static IReadOnlyList<Member> Mine(DeskVisit desk) => [.. desk.Council.Members.Values.Where(m => Absences.MayMark(desk.Council, m.Id, desk.Caller)).OrderBy(m => m.Name, StringComparer.CurrentCulture)];

    static async Task<IResult> List(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var people = Mine(desk);
        if (people.Count == 1) return new SeeOtherResult("/desk/people/" + people[0].Id);
        var (away, open) = await house.Database.Read(async session =>
        {
            var counts = new Dictionary<string, long>();
            foreach (var one in people) counts[one.Id] = await Absences.OpenCases(session, one.Id, PeoplePage.MostCounted);
            return (await Absences.From(session, desk.Today), counts);
        }, context.RequestAborted);
        return new PageResult(new PeoplePage { Desk = desk, People = people, Away = away, Open = open });
    }

    static async Task<IResult> Show(string member, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        return await Page(desk, member, null, [], 200, context.RequestAborted);
    }

    static async Task<IResult> Page(DeskVisit desk, string member, IFormCollection? typed, IReadOnlyList<Fault> faults, int status, CancellationToken cancel)
    {
        if (!Absences.MayMark(desk.Council, member, desk.Caller)) return desk.NotFound();
        var (away, open) = await desk.House.Database.Read(async session => (
            (await Absences.From(session, desk.Today)).Where(a => a.Member == member).ToList(), await Absences.OpenByService(session, member)), cancel);
        return new PageResult(new PersonPage
        {
            Desk = desk, Person = desk.Council.Members[member], Away = away, Open = open, Faults = faults, Services = desk.House.Services,
            From = typed?["from"].ToString() ?? desk.Today.ToString("d M uuuu", System.Globalization.CultureInfo.InvariantCulture), Until = typed?["until"].ToString() ?? "", StandIn = typed?["stand-in"].ToString() ?? "",
        }, status);
    }

    static async Task<IResult> Mark(string member, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return await Page(desk, member, form, [new Fault("from", "from", desk.Say("This page was open for a long time. Nothing was saved. Check what you typed and save it again"))], 400, context.RequestAborted);
        var faults = new List<Fault>();
        var from = Day("from", desk.Say("Enter the first day of the absence, like 6 3 2026"));
        var until = Day("until", desk.Say("Enter the last day of the absence, like 20 3 2026"));
        if (faults.Count > 0) return await Page(desk, member, form, faults, 422, context.RequestAborted);
        var absence = new Absence(member, from, until, form["stand-in"].ToString() is { Length: > 0 } other ? other : null);
        var marked = await house.Database.Commit(unit => Absences.Mark(unit, desk.Council, absence, desk.Caller, desk.Today, desk.Now), context.RequestAborted);
        if (marked.IsDone) return new SeeOtherResult("/desk/people/" + member);
        return marked.Refusal!.Kind == RefusalKind.Invalid ? await Page(desk, member, form, marked.Refusal.FaultsIn(desk.Phrases), 422, context.RequestAborted) : desk.Refused(marked.Refusal);

        LocalDate Day(string field, string message)
        {
            if (DayOf(form[field].ToString()) is { } day) return day;
            faults.Add(new Fault(field, field, message));
            return default;
        }
    }

    // 2026-03-06 as browsers send it, or a day as people write it in numbers.
    static LocalDate? DayOf(string typed)
    {
        if (LocalDatePattern.Iso.Parse(typed.Trim()) is { Success: true } iso) return iso.Value.Year is >= 2000 and < 2100 ? iso.Value : null;
        var numbers = typed.Split([' ', '/', '.', '-'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 3 && LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu").Parse(string.Join('/', numbers)) is { Success: true } parsed && parsed.Value.Year is >= 2000 and < 2100 ? parsed.Value : null;
    }

    static async Task<IResult> Remove(string member, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs() || DayOf(form["from"].ToString()) is not { } from) return desk.Problem(400, "Nothing was changed", "Go back, load the page again and press the button again.");
        var removed = await house.Database.Commit(unit => Absences.Remove(unit, desk.Council, member, from, desk.Caller), context.RequestAborted);
        return removed.IsDone ? new SeeOtherResult("/desk/people/" + member) : desk.Refused(removed.Refusal!);
    }
}
