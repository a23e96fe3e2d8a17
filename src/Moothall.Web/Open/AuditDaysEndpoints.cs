using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Design;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Open;

/// <summary>The roots of the audit log, day by day, for anybody to keep: nobody can then write the log anew unseen. It says nothing of what is in it.</summary>
static class AuditDaysEndpoints
{
    sealed record DayBody(string Day, long Entries, long Total, string Root);
    sealed record DaysBody(IReadOnlyList<DayBody> Days, string? Next);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/open/audit", Show);
        pages.MapGet("/open/audit.json", Json);
    }

    static async Task<IResult> Show(string? before, HttpContext context, House house)
    {
        if (!IsDay(before, out var day)) return Pages.NotFound(context, house);
        var days = await house.Database.Read(session => AuditDays.Before(session, day), context.RequestAborted);
        return new PageResult(new AuditDaysPage { Look = new Visit(context, house).Look, Days = days, Next = Next("/open/audit", days) });
    }

    static async Task<IResult> Json(string? before, HttpContext context, House house)
    {
        if (!IsDay(before, out var day)) return Results.NotFound();
        var days = await house.Database.Read(session => AuditDays.Before(session, day), context.RequestAborted);
        return Results.Json(new DaysBody([.. days.Select(d => new DayBody(LocalDatePattern.Iso.Format(d.Day), d.Entries, d.Total, Convert.ToHexStringLower(d.Root)))], Next("/open/audit.json", days)), JsonSerializerOptions.Web);
    }

    static bool IsDay(string? text, out LocalDate? day)
    {
        day = text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: > 1900 and < 9000 } value } ? value : null;
        return text is null || day is not null;
    }

    static string? Next(string path, IReadOnlyList<AuditDay> days) => days.Count == AuditDays.PageSize ? $"{path}?before={LocalDatePattern.Iso.Format(days[^1].Day)}" : null;
}
