using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Records;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk.Records;

/// <summary>
/// A person asks for a copy of what the council holds about them, or to have it erased. The words looked for come by post, so that they stand in no address;
/// erasing takes a second look.
/// </summary>
static class PersonEndpoints
{
    public static void Map(RouteGroupBuilder person)
    {
        person.MapGet("", (HttpContext context) => new PageResult(new PersonPage { Desk = DeskVisit.Of(context) }, 200)).ForStaff(RecordsEndpoints.NotForYou, Right.LookAfterRecords);
        person.MapPost("", Find).ForStaff(RecordsEndpoints.NotForYou, Right.LookAfterRecords);
        person.MapPost("/copy", Copy).ForStaff(RecordsEndpoints.NotForYou, Right.LookAfterRecords);
        person.MapPost("/erase", Erase).ForStaff(RecordsEndpoints.NotForYou, Right.LookAfterRecords);
    }

    static async Task<(DeskVisit Desk, IFormCollection? Form, IResult? No)> Posted(HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return (desk, null, desk.Problem(status, "This did not arrive", wrong!));
        return await desk.IsOurs() ? (desk, form, null) : (desk, form, new PageResult(new PersonPage { Desk = desk, Query = form["q"].ToString(), Faults = [RecordsEndpoints.Stale(desk)] }, 400));
    }

    static async Task<IResult> Find(HttpContext context, House house)
    {
        var (desk, form, no) = await Posted(context);
        return no ?? await Show(context, house, desk, form!, [], 200);
    }

    static async Task<IResult> Show(HttpContext context, House house, DeskVisit desk, IFormCollection form, IReadOnlyList<Fault> faults, int status)
    {
        var query = Tidy.Line(form["q"].ToString()).Trim();
        var found = await PersonRecords.Search(house, query, desk.Caller, context.RequestAborted);
        if (found.Refusal is { } refusal)
            return refusal.Faults.Count > 0 ? new PageResult(new PersonPage { Desk = desk, Query = query, Faults = refusal.FaultsIn(desk.Phrases) }, 422) : desk.Refused(refusal);
        return new PageResult(new PersonPage { Desk = desk, Query = query, Found = found.Value, Chosen = Chosen(form), Faults = faults }, status);
    }

    static IReadOnlyList<string> Chosen(IFormCollection form) => [.. form["reference"].OfType<string>().Select(CaseReference.Tidy).OfType<string>().Distinct(StringComparer.Ordinal)];

    static async Task<IResult> Copy(HttpContext context, House house)
    {
        var (desk, form, no) = await Posted(context);
        if (no is not null) return no;
        var chosen = Chosen(form!);
        if (chosen.Count == 0) return await Show(context, house, desk, form!, [new Fault("reference", "reference", desk.Look.Say("Select the cases that are theirs"))], 422);
        var opened = await PersonRecords.Open(house, chosen, desk.Caller, AuditKinds.CopiedForPerson, context.RequestAborted);
        if (opened.Value is not { } records) return desk.Refused(opened.Refusal!);
        var (package, content) = await PersonPackage.Make(house, desk, records, context.RequestAborted);
        await PersonRecords.Given(house.Database, desk.Caller, package, records.Count, desk.Now);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(content, "application/zip", package + ".zip");
    }

    static async Task<IResult> Erase(HttpContext context, House house)
    {
        var (desk, form, no) = await Posted(context);
        if (no is not null) return no;
        var chosen = Chosen(form!);
        if (chosen.Count == 0) return await Show(context, house, desk, form!, [new Fault("reference", "reference", desk.Look.Say("Select the cases to delete"))], 422);
        var opened = await PersonRecords.Open(house, chosen, desk.Caller, AuditKinds.ReadToErase, context.RequestAborted);
        if (opened.Value is not { } records) return desk.Refused(opened.Refusal!);
        PersonErasePage Page(IReadOnlyList<Fault> faults) => new()
        {
            Desk = desk, Query = form!["q"].ToString(), Records = records, Ground = form["ground"].ToString(), Decision = form["decision"].ToString(), Faults = faults,
        };
        if (form!["asked"].Count == 0) return new PageResult(Page([]), 200);
        if (form["sure"] != "yes") return new PageResult(Page([new Fault("sure", "sure", desk.Look.Say("Confirm that you looked at each record and that it is theirs"))]), 422);
        var erased = await house.Database.Commit(unit => PersonRecords.Erase(unit, house, desk.Caller, chosen, form["ground"].ToString(), form["decision"].ToString(), desk.Now), context.RequestAborted);
        if (erased.Value is { } certificate) return new SeeOtherResult($"/desk/records/lists/{certificate.Id}");
        return erased.Refusal!.Faults.Count > 0 ? new PageResult(Page(erased.Refusal.FaultsIn(desk.Phrases)), 422) : desk.Refused(erased.Refusal);
    }
}
