using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>A case on one screen, and its files. Each reading is recorded before anything is shown.</summary>
static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/cases/{reference}", Case);
        desk.MapGet("/files/{id}", File);
    }

    static async Task<IResult> Case(string reference, string? done, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var opened = await OpenCase.Open(house, reference, desk.Caller, "case", context.RequestAborted);
        if (opened.Value is not { } file) return desk.Refused(opened.Refusal!);
        // Only the newest entry of the person themselves is told as done, whatever the address says.
        var last = file.History[^1];
        var told = done is not null && last.ByMember == desk.Caller.Id ? HistoryLine.Of(last, file, desk.Council, "You") : null;
        var messages = await house.Database.Read(session => MessageQueries.About(session, file.Case.Reference), context.RequestAborted);
        return new PageResult(new CaseScreen { Desk = desk, File = file, Messages = messages, Done = told });
    }

    static async Task<IResult> File(string id, string? @case, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        if (!Rights.HasRole(desk.Caller, Right.ReadCases)) return desk.Refused(Refusal.NotAllowed);
        if (await OpenCase.OpenFile(house, @case ?? "", id, desk.Caller, context.RequestAborted) is not { } file || await FileStore.Open(house.Database, id, context.RequestAborted) is not { } content)
            return desk.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        // What people send is shown as a picture or saved, never run: no script, no forms, no address of ours (style only for the browser's own picture page).
        headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = $"{(file.Kind is "jpeg" or "png" ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
        return Results.Stream(content, TypeOf(file.Kind));
    }

    static string TypeOf(string kind) => kind switch
    {
        "jpeg" => "image/jpeg",
        "png" => "image/png",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
