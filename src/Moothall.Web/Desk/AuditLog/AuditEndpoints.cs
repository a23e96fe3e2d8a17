using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Design;
using Moothall.Web.Door;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Web.Desk.AuditLog;

/// <summary>The audit log for information officers: to search, and to save as a file. Both are noted before anything is shown.</summary>
static class AuditEndpoints
{
    static readonly Message NotForYou = new Message("Information officers see the audit log. Ask an administrator if you need to.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/audit", Show).ForStaff(NotForYou, Right.SeeAudit);
        desk.MapGet("/audit.csv", Save).ForStaff(NotForYou, Right.SeeAudit);
    }

    static async Task<IResult> Show(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var asked = AuditAsk.Read(context.Request.Query, desk);
        if (asked.Faults.Count > 0) return new PageResult(new AuditPage { Desk = desk, Ask = asked, Found = null }, 400);
        await Note(house, desk, AuditKinds.AuditRead, asked);
        var found = await house.Database.Read(session => AuditSearch.Read(session, desk.Council, Authorities(desk), asked.Filter, desk.Zone), context.RequestAborted);
        return new PageResult(new AuditPage { Desk = desk, Ask = asked, Found = found });
    }

    static async Task<IResult> Save(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var asked = AuditAsk.Read(context.Request.Query, desk);
        if (asked.Faults.Count > 0) return new PageResult(new AuditPage { Desk = desk, Ask = asked, Found = null }, 400);
        await Note(house, desk, AuditKinds.AuditExported, asked);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => AuditCsv.Write(stream, house, desk, Authorities(desk), asked.Filter, context.RequestAborted), "text/csv; charset=utf-8", $"audit-{LocalDatePattern.Iso.Format(desk.Today)}.csv");
    }

    static IReadOnlySet<string> Authorities(DeskVisit desk) => Rights.AuthoritiesFor(desk.Caller, Right.SeeAudit);

    static Task Note(House house, DeskVisit desk, AuditKind kind, AuditAsk asked) =>
        Audit.Note(house.Database, desk.Now, new AuditEntry(kind, AuditBy.Of(desk.Caller)) { Detail = asked.InWords });
}

/// <summary>What an officer typed into the form of the audit log, and what is wrong with it.</summary>
public sealed record AuditAsk(string Who, string Kind, string About, string From, string To, AuditFilter Filter, IReadOnlyList<Fault> Faults)
{
    const int Longest = 200;

    /// <summary>The fields of the form, read and checked.</summary>
    public static AuditAsk Read(IQueryCollection query, DeskVisit desk)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(desk);
        string Of(string name) => Tidy.Line(query[name].ToString()).Trim() is { Length: <= Longest } text ? text : "";
        var (who, kind, about, from, to) = (Of("who"), Of("kind"), Of("about"), Of("from"), Of("to"));
        var faults = new List<Fault>();
        LocalDate? Day(string text, string field)
        {
            if (text.Length == 0) return null;
            if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } && day.Year is >= 2000 and < 2200) return day;
            faults.Add(new Fault(field, field, desk.Say("Enter a day, like 2026-11-29")));
            return null;
        }
        var (first, last) = (Day(from, "from"), Day(to, "to"));
        if (first > last) faults.Add(new Fault("from", "from", desk.Say("The first day must not be after the last day")));
        var member = who.Length == 0 ? null : MemberOf(desk.Council, who);
        var reference = about.Length == 0 ? null : CaseReference.Tidy(about) ?? about;
        return new AuditAsk(who, kind, about, from, to, new AuditFilter(member, AuditKinds.Find(kind)?.Code, reference, first, last, query["after"].ToString() is { Length: > 0 and < 60 } after ? after : null), faults);
    }

    // By id, name or e-mail; somebody who is no longer known has only the id.
    static string MemberOf(CouncilFiles council, string typed) => council.Members.Values.Concat(council.Away.Values)
        .FirstOrDefault(m => string.Equals(m.Id, typed, StringComparison.OrdinalIgnoreCase) || string.Equals(m.Name, typed, StringComparison.OrdinalIgnoreCase) || string.Equals(m.Email, typed, StringComparison.OrdinalIgnoreCase))?.Id ?? typed;

    /// <summary>The search as the audit log notes it.</summary>
    public IReadOnlyList<Message> InWords =>
    [
        .. Filter.Who is { } who ? [new Message("Who: {who}.", ("who", who))] : Array.Empty<Message>(),
        .. AuditKinds.Find(Kind) is { } kind ? [new Message("What: {what}.", ("what", kind.Words))] : Array.Empty<Message>(),
        .. Filter.About is { } about ? [new Message("About: {about}.", ("about", about))] : Array.Empty<Message>(),
        .. Filter.From is { } from ? [new Message("From {day}.", ("day", from))] : Array.Empty<Message>(),
        .. Filter.To is { } to ? [new Message("Until {day}.", ("day", to))] : Array.Empty<Message>(),
    ];

    /// <summary>The same search at another address, or from another place on.</summary>
    public string At(string path, string? after = null)
    {
        var parts = new[] { ("who", Who), ("kind", Kind), ("about", About), ("from", From), ("to", To), ("after", after ?? "") }.Where(p => p.Item2.Length > 0).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}");
        return string.Join('&', parts) is { Length: > 0 } asked ? $"{path}?{asked}" : path;
    }
}
