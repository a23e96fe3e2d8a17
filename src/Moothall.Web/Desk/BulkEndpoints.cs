using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>One thing for many cases: choose, see what will happen to each, confirm, see how it went, take it back within the minute.</summary>
static class BulkEndpoints
{
    public const string KeyField = "_key", PickField = "pick", CaseField = "case";
    const string Route = "desk/bulk", SendRoute = "desk/send";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/bulk", Choose).ForStaff(NotForYou, Right.WorkCases);
        desk.MapPost("/bulk/preview", Preview).ForStaff(NotForYou, Right.WorkCases);
        desk.MapPost("/bulk", Begin).ForStaff(NotForYou, Right.WorkCases);
        desk.MapPost("/bulk/send", Send).ForStaff(NotForYou, Right.WorkCases);
        desk.MapGet("/bulk/{id}", Show).ForStaff(NotForYou, Right.WorkCases);
        desk.MapPost("/bulk/{id}/undo", Undo).ForStaff(NotForYou, Right.WorkCases);
    }

    static readonly Message NotForYou = new Message("You can read cases but not work them. Ask the team that has the cases.");

    static async Task<IResult> Choose(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var query = context.Request.Query;
        var cases = await house.Database.Read(session => BulkAsk.Cases(session, query, desk), context.RequestAborted);
        if (cases.Count == 0) return desk.Problem(422, "No case was chosen", "Tick the cases in the queue, then press the button under it.");
        return await Form(desk, cases, BulkAsk.From(query), [], 200);
    }

    static async Task<IResult> Form(DeskVisit desk, IReadOnlyList<CouncilCase> cases, BulkAsk ask, IReadOnlyList<Fault> faults, int status) =>
        new PageResult(new BulkPage { Desk = desk, Cases = cases, Ask = ask, Faults = faults, Services = desk.House.Services, Away = await desk.Away() }, status);

    static async Task<(IFormCollection? Form, IResult? No)> Read(DeskVisit desk, HttpContext context)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return (null, desk.Problem(status, "This did not arrive", wrong!));
        return await desk.IsOurs() ? (form, null) : (null, desk.Problem(400, "Nothing was done", "This page was open for a long time, or your browser does not keep our cookies. Go back, load the page again and press the button again."));
    }

    static async Task<IResult> Preview(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, no) = await Read(desk, context);
        return form is null ? no! : await Ahead(desk, BulkAsk.From(form), [.. form[CaseField].OfType<string>()], null, 200, context.RequestAborted);
    }

    static async Task<IResult> Ahead(DeskVisit desk, BulkAsk ask, IReadOnlyList<string> references, string? notice, int status, CancellationToken cancel)
    {
        var cases = await desk.House.Database.Read(session => BulkAsk.Named(session, references, desk.Caller), cancel);
        if (cases.Count == 0) return desk.Problem(422, "No case was chosen", "Tick the cases in the queue, then press the button under it.");
        var named = cases.Select(c => c.Reference).ToList();
        if (ask.What == "send")
        {
            if (desk.Council.Contractors.FirstOrDefault(c => c.Id == ask.Contractor) is not { } contractor)
                return await Form(desk, cases, ask, [new Fault("contractor", "contractor", desk.Say("Choose a contractor"))], 422);
            var letter = await ContractorList.Preview(desk.House, contractor, named, ask.Personal, desk.Caller, cancel);
            return new PageResult(new ContractorPage { Desk = desk, Letter = letter, Ask = ask, Notice = notice, Key = Guid.NewGuid().ToString("n") }, status);
        }
        if (ask.Order(desk.Council).Value is not { } order) return await Form(desk, cases, ask, ask.Order(desk.Council).Refusal!.FaultsIn(desk.Phrases), 422);
        var forecast = await desk.House.Database.Read(session => BulkActs.Preview(session, desk.House, order, named, desk.Caller), cancel);
        return new PageResult(new BulkPreviewPage { Desk = desk, Forecast = forecast, Ask = ask, Order = order, Services = desk.House.Services, Away = await desk.Away(), Key = Guid.NewGuid().ToString("n") }, status);
    }

    static async Task<IResult> Begin(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, no) = await Read(desk, context);
        if (form is null) return no!;
        if (BulkAsk.From(form).Order(desk.Council).Value is not { } order) return desk.Problem(422, "Nothing was done", "Go back and choose what to do.");
        var once = new SentOnce(desk.Caller.Id, Route, KeyOf(form));
        var begun = await house.Database.Commit(unit => once.Do(unit, id => Task.FromResult<string?>(id), () => BulkActs.Begin(unit, house, order, Picks(form), desk.Caller), id => id), context.RequestAborted);
        return begun.Value is { } made ? new SeeOtherResult("/desk/bulk/" + made) : desk.Refused(begun.Refusal!);
    }

    static async Task<IResult> Send(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, no) = await Read(desk, context);
        if (form is null) return no!;
        var ask = BulkAsk.From(form);
        if (desk.Council.Contractors.FirstOrDefault(c => c.Id == ask.Contractor) is not { } contractor) return desk.Problem(422, "Nothing was sent", "Go back and choose a contractor.");
        var picks = Picks(form);
        var once = new SentOnce(desk.Caller.Id, SendRoute, KeyOf(form));
        var sent = await house.Database.Commit(unit => once.Do(unit, id => Task.FromResult<string?>(id), () => ContractorList.Send(unit, house, contractor, picks, ask.Personal, desk.Caller), id => id), context.RequestAborted);
        if (sent.Value is { } made) return new SeeOtherResult("/desk/bulk/" + made);
        return sent.Refusal!.Kind == RefusalKind.Changed ? await Ahead(desk, ask with { What = "send" }, [.. picks.Select(p => p.Reference)], sent.Refusal.In(desk.Phrases), 409, context.RequestAborted) : desk.Refused(sent.Refusal);
    }

    static string KeyOf(IFormCollection form) => form[KeyField].ToString() is { Length: 32 } key && key.All(char.IsAsciiHexDigitLower) ? key : "";

    // REFERENCE:VERSION, as the preview saw them.
    static List<BulkPick> Picks(IFormCollection form) =>
        [.. form[PickField].OfType<string>().Select(p => p.Split(':')).Where(p => p.Length == 2 && CaseReference.Tidy(p[0]) is not null && int.TryParse(p[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(p => new BulkPick(CaseReference.Tidy(p[0])!, int.Parse(p[1], CultureInfo.InvariantCulture))).DistinctBy(p => p.Reference).Take(Bulk.Most)];

    static async Task<IResult> Show(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (bulk, since) = await house.Database.Read(async session => await BulkActs.Find(session, id, desk.Caller.Id) is { } found ? (found, await BulkActs.ChangedSince(session, found)) : (null, null), context.RequestAborted);
        return bulk is null ? desk.NotFound() : new PageResult(new BulkResultPage { Desk = desk, Bulk = bulk, Since = since!, Undone = context.Request.Query["undone"] == "yes" });
    }

    static async Task<IResult> Undo(string id, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, no) = await Read(desk, context);
        if (form is null) return no!;
        if (await house.Database.Read(session => BulkActs.Find(session, id, desk.Caller.Id), context.RequestAborted) is not { } bulk) return desk.NotFound();
        if (bulk.Order.Action == "send")
        {
            var taken = await house.Database.Commit(unit => ContractorList.TakeBack(unit, house, bulk, desk.Caller), context.RequestAborted);
            return taken.IsDone ? new SeeOtherResult($"/desk/bulk/{id}?undone=yes") : desk.Refused(taken.Refusal!);
        }
        foreach (var some in bulk.Lines.Where(l => l.State == "done").Select(l => l.Reference).Chunk(Bulk.Chunk))
            await house.Database.Commit(unit => BulkActs.Undo(unit, house, bulk, some, desk.Caller), context.RequestAborted);
        return new SeeOtherResult($"/desk/bulk/{id}?undone=yes");
    }
}
