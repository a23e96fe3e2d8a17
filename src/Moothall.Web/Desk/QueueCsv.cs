using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Door;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk;

/// <summary>The queue as a CSV file, by the same filters as on the screen, sent as it is read. Where a case is about is personal, so each reading is recorded.</summary>
static class QueueCsv
{
    static readonly Message NotForYou = new Message("You do not read cases. Ask an administrator if you need to.");

    public static void Map(RouteGroupBuilder desk) => desk.MapGet("/queue.csv", Download).ForStaff(NotForYou, Right.ReadCases);

    static async Task<IResult> Download(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var filter = QueueFilter.From(context.Request.Query).For(desk.Caller) with { Limit = 1 };
        var tried = await house.Database.Read(session => CaseList.Read(session, filter, desk.Caller, desk.Now, desk.Zone), context.RequestAborted);
        if (tried.Refusal is { } refusal) return desk.Problem(400, "We do not understand this filter", refusal.Message);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
            await writer.WriteLineAsync(string.Join(',', new[]
            {
                desk.Say("reference"), desk.Say("service"), desk.Say("council"), desk.Say("team"), desk.Say("stage"), desk.Say("with"), desk.Say("where"), desk.Say("due"), desk.Say("received"), desk.Say("channel"),
                desk.Say("closed"), desk.Say("outcome"),
            }.Select(Field)));
            await foreach (var page in QueueExport.Pages(house, filter, desk.Caller, desk.Zone, context.RequestAborted))
            {
                foreach (var (c, where) in page)
                    await writer.WriteLineAsync(string.Join(',', new[]
                    {
                        c.Reference, c.Service, c.Authority, c.Team, c.Stage, c.Assigned is { } who ? DeskWords.Member(desk, who) : "", where ?? "", At(c.Due), At(c.Received), c.Channel, At(c.Closed), c.Outcome ?? "",
                    }.Select(Field)));
                await writer.FlushAsync(context.RequestAborted);
            }
        }, "text/csv; charset=utf-8", $"cases-{LocalDatePattern.Iso.Format(desk.Today)}.csv");
    }

    static string At(Instant? at) => at is { } time ? InstantPattern.General.Format(time) : "";

    // RFC 4180; what a spreadsheet would run as a formula is made text (CWE-1236).
    internal static string Field(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r') value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : value;
    }
}
