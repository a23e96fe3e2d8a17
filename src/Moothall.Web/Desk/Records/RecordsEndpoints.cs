using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Records;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.Desk.Records;

/// <summary>Looking after records, for administrators: what is about to be erased, what is held, certificates, and the register of who did what.</summary>
static class RecordsEndpoints
{
    internal static readonly Message NotForYou = new Message("Administrators look after records. Ask one of them if a record must be kept or deleted.");

    public static void Map(RouteGroupBuilder records)
    {
        records.MapGet("", Overview).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapGet("/lists/{id}", List).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapGet("/lists/{id}/lines.txt", Lines).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapGet("/holds", Holds).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapPost("/holds", Hold).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapPost("/holds/{id}/end", EndHold).ForStaff(NotForYou, Right.LookAfterRecords);
        records.MapGet("/register", ShowRegister).ForStaff(NotForYou, Right.LookAfterRecords);
        PersonEndpoints.Map(records.MapGroup("/person"));
    }

    static async Task<IResult> Overview(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        return new PageResult(await house.Database.Read(async session =>
        {
            var standing = await RecordLists.In(session, "standing");
            var counts = new Dictionary<string, IReadOnlyList<LineCount>>();
            foreach (var list in standing) counts[list.Id] = await RecordLists.Counts(session, list.Id);
            return new RecordsPage { Desk = desk, Standing = standing, Counts = counts, Certificates = await RecordLists.Certificates(session, 20), Holds = await Moothall.Records.Holds.InForce(session) };
        }, context.RequestAborted), 200);
    }

    static async Task<IResult> List(string id, string? after, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var page = await house.Database.Read(async session => await RecordLists.Find(session, id) is not { } list ? null : new RecordListPage
        {
            Desk = desk, List = list, Counts = await RecordLists.Counts(session, id), Lines = await RecordLists.Lines(session, id, Scope(desk, list), after ?? ""),
        }, context.RequestAborted);
        return page is null ? desk.NotFound() : new PageResult(page, 200);
    }

    // What belongs to no authority is there for each of them.
    static IReadOnlyCollection<string> Scope(DeskVisit desk, RecordList list) => list.Kind == "expired" ? [""] : [.. Rights.AuthoritiesFor(desk.Caller, Right.LookAfterRecords), ""];

    // The very lines that the hash is over, so that anybody can work it out again.
    static async Task<IResult> Lines(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var text = await house.Database.Read(async session =>
        {
            if (await RecordLists.Find(session, id) is not { State: "done" }) return null;
            var lines = new System.Text.StringBuilder();
            await RecordLists.Gone(session, id, line => lines.Append(line.Certified));
            return lines.ToString();
        }, context.RequestAborted);
        if (text is null) return desk.NotFound();
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.txt\"";
        return Results.Text(text, "text/plain; charset=utf-8");
    }

    static async Task<IResult> Holds(HttpContext context, House house) => new PageResult(await HoldsPage(DeskVisit.Of(context), house, null, []), 200);

    static async Task<HoldsPage> HoldsPage(DeskVisit desk, House house, IFormCollection? typed, IReadOnlyList<Fault> faults) => new()
    {
        Desk = desk, InForce = await house.Database.Read(Moothall.Records.Holds.InForce), Services = [.. house.Services.All.Select(p => p.Definition)], Faults = faults,
        Typed = typed?.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal) ?? [],
    };

    static async Task<IResult> Hold(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return new PageResult(await HoldsPage(desk, house, form, [Stale(desk)]), 400);
        var kind = form["kind"].ToString();
        var about = kind is "case" or "service" or "person" ? form["about-" + kind].ToString() : "";
        var placed = await house.Database.Commit(unit => Moothall.Records.Holds.Place(unit, house, desk.Caller, kind, about, form["reason"].ToString(), Date(form), desk.Now), context.RequestAborted);
        if (placed.Refusal is not { } refusal) return new SeeOtherResult("/desk/records/holds");
        if (refusal.Faults.Count == 0) return desk.Refused(refusal);
        return new PageResult(await HoldsPage(desk, house, form, [.. refusal.FaultsIn(desk.Phrases).Select(f => f.Field switch
        {
            "about" => f with { Field = "about-" + kind, Question = "about-" + kind },
            "review" => f with { Field = "review-day" },
            _ => f,
        })]), 422);
    }

    static async Task<IResult> EndHold(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return new PageResult(await HoldsPage(desk, house, null, [Stale(desk)]), 400);
        var ended = await house.Database.Commit(unit => Moothall.Records.Holds.End(unit, desk.Caller, id, desk.Now), context.RequestAborted);
        return ended.Refusal is { } refusal ? desk.Refused(refusal) : new SeeOtherResult("/desk/records/holds");
    }

    static async Task<IResult> ShowRegister(HttpContext context, House house) =>
        new PageResult(new RegisterPage { Desk = DeskVisit.Of(context), Acts = await house.Database.Read(session => Register.Newest(session), context.RequestAborted) }, 200);

    internal static Fault Stale(DeskVisit desk) => new("", "content", desk.Look.Say("This page was open for a long time. Nothing was done. Check it and send it again"));

    static LocalDate? Date(IFormCollection form)
    {
        int? Part(string name) => int.TryParse(form["review-" + name].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return (Part("year"), Part("month"), Part("day")) is ({ } year and > 1999 and < 2200, { } month and > 0 and < 13, { } day and > 0) && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;
    }
}
