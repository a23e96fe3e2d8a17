using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>A case on one screen, and its files. Each reading is recorded before anything is shown.</summary>
static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/cases/{reference}", Case).ForStaff(Right.ReadCases);
        desk.MapPost("/cases/{reference}/undo", Undo).ForStaff(Right.WorkCases);
        desk.MapGet("/cases/{reference}/person", (string reference, HttpContext context, House house) => Others(reference, context, house, ofPlace: false)).ForStaff(Right.ReadCases);
        desk.MapGet("/cases/{reference}/place", (string reference, HttpContext context, House house) => Others(reference, context, house, ofPlace: true)).ForStaff(Right.ReadCases);
        desk.MapGet("/files/{id}", File).ForStaff(Right.ReadCases);
    }

    static async Task<IResult> Case(string reference, string? done, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var opened = await OpenCase.Open(house, reference, desk.Caller, AuditKinds.CaseRead, context.RequestAborted);
        if (opened.Value is not { } file) return desk.Refused(opened.Refusal!);
        // Only the newest entry of the person themselves is told as done, whatever the address says.
        var last = file.History[^1];
        var told = done is not null && last.ByMember == desk.Caller.Id ? HistoryLine.Of(last, file, desk, toThem: true) : null;
        if (desk.Call is { } call && call.About != file.Case.Reference) (call with { About = file.Case.Reference }).Keep(context);
        var chased = context.Request.Query["contact"] == "chasing" ? desk.Say("This contact is counted as chasing this case.") : null;
        return await Screen(desk, file, told, chased, 200, context.RequestAborted);
    }

    static async Task<IResult> Screen(DeskVisit desk, CaseFile file, HistoryLine? told, string? notice, int status, CancellationToken cancel)
    {
        var place = PlaceOfCase.Of(file, desk.Council.Places);
        var mayRead = Rights.May(desk.Caller, Right.ReadCases, file.Case.Authority, file.Case.Team, file.Case.Service);
        var (undo, sent, related, away, messages, ahead, around, glass) = await desk.House.Database.Read(async session => (
            await UndoCase.Find(session, file.Case, desk.Caller.Id, desk.Now),
            await ContractorList.Undoable(session, file.History[^1], file.Case.Reference, desk.Caller.Id, desk.Now),
            await RelatedCases.Read(session, file.Case, file.AnswersDefinition, file.Answers, desk.Caller),
            await Absences.From(session, desk.Today),
            await MessageQueries.About(session, file.Case.Reference),
            await Consequences.Of(session, desk.House, file, desk.Caller.Id, desk.Now),
            place is null ? [] : await CasePlaces.Around(session, file.Case.Service, place.Latitude, place.Longitude, PlaceMap.Metres, file.Case.Reference, desk.Caller),
            mayRead ? null : await BreakGlass.Find(session, file.Case.Reference, desk.Caller.Id, desk.Now)), cancel);
        return new PageResult(new CaseScreen { Desk = desk, File = file, Done = told, Notice = notice, Undo = undo, Sent = sent, Related = related, Services = desk.House.Services, Away = away, Messages = messages, Ahead = ahead, Place = place, Around = around, Glass = glass }, status);
    }

    static async Task<IResult> Others(string reference, HttpContext context, House house, bool ofPlace)
    {
        var desk = DeskVisit.Of(context);
        var opened = await OpenCase.Open(house, reference, desk.Caller, AuditKinds.CaseRead, context.RequestAborted);
        if (opened.Value is not { } file) return desk.Refused(opened.Refusal!);
        var related = await house.Database.Read(session => RelatedCases.Read(session, file.Case, file.AnswersDefinition, file.Answers, desk.Caller, RelatedCases.MostCounted), context.RequestAborted);
        var list = ofPlace ? related.OfPlace : related.OfPerson;
        // That these are one person's or one place's says more than the list of a queue does.
        await ReadLog.RecordSearch(house.Database, desk.Now, desk.Caller, list.Shown.Select(c => c.ForReading));
        return new PageResult(new RelatedPage { Desk = desk, File = file, List = list, OfPlace = ofPlace, Services = house.Services });
    }

    static async Task<IResult> Undo(string reference, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (CaseReference.Tidy(reference) is not { } tidy) return desk.NotFound();
        var version = int.TryParse(form[CaseAct.VersionField], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var sent) ? sent : 0;
        var undone = await desk.IsOurs() ? await house.Database.Commit(unit => UndoCase.Undo(unit, house.Services, desk.Council, tidy, version, desk.Caller, desk.Now), context.RequestAborted)
            : Refusal.Invalid("This page was open for a long time, so nothing was taken back. Press Undo again while it is there.");
        if (undone.IsDone) return new SeeOtherResult($"/desk/cases/{tidy}?done=undo");
        if (undone.Refusal!.Kind != RefusalKind.Invalid) return desk.Refused(undone.Refusal);
        var opened = await OpenCase.Open(house, tidy, desk.Caller, AuditKinds.CaseRead, context.RequestAborted);
        return opened.Value is { } file ? await Screen(desk, file, null, undone.Refusal.In(desk.Phrases), 409, context.RequestAborted) : desk.Refused(opened.Refusal!);
    }

    static async Task<IResult> File(string id, string? @case, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        if (await OpenCase.OpenFile(house, @case ?? "", id, desk.Caller, context.RequestAborted) is not { } file) return desk.NotFound();
        if (file.Scan == ScanFiles.Infected) return desk.Problem(410, new Message("There was a virus in this file"), new Message("Its content was taken away before anybody opened it. If you need it, ask the person to have their device looked at and to send it again."));
        if (!ScanFiles.MayBeOpened(house, file)) return desk.Problem(409, new Message("This file is not looked at for viruses yet"), new Message("That is done within a minute, or as soon as the scanner answers again. Nobody opens it before. Try again then."));
        if (await FileStore.Open(house.Database, id, context.RequestAborted) is not { } content) return desk.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        // What people send is shown as a picture or saved, never run: no script, no forms, no address of ours (style only for the browser's own picture page).
        headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = $"{(file.Kind is "jpeg" or "png" ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
        return Results.Stream(content, TypeOf(file.Kind));
    }

    static string TypeOf(string kind) => FileKinds.All.TryGetValue(kind, out var known) ? known.MediaType : "application/octet-stream";
}
