using Microsoft.AspNetCore.Http;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Web;

/// <summary>Who asks for a page of the desk: a member of staff with their session; or nobody, with the session that is over where the browser still has one.</summary>
public readonly record struct DeskCaller(Caller Caller, StaffSession? Session);

/// <summary>
/// Who is asking, decided once a request: a program by its bearer token (API), a member of staff by the desk's cookie (pages). A wrong token is
/// nobody, never somebody else; the API does not look at cookies and the pages do not look at tokens.
/// </summary>
public sealed class Callers(House house, WebSettings settings)
{
    /// <summary>The desk's cookie: the random code of a session, which is a row.</summary>
    public const string Cookie = "moothall-desk";

    static readonly object Key = new();

    readonly Tokens tokens = new();

    /// <summary>The program that a request's token names, or nobody; found out once a request.</summary>
    public async ValueTask<Caller> OfToken(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(Key, out var known)) return (Caller)known!;
        var header = context.Request.Headers.Authorization.ToString();
        var caller = !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? Caller.Nobody
            : Tokens.CallerOf(house.Council, await tokens.FindHolder(house.Database, header["Bearer ".Length..].Trim(), house.Now), house.Now);
        context.Items[Key] = caller;
        return caller;
    }

    /// <summary>Whose program it is that was let in at the door (<see cref="Door.Doorkeeper"/>).</summary>
    public static Caller Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (Caller)context.Items[Key]!;
    }

    /// <summary>The member of staff whose session a request's cookie names, or nobody.</summary>
    public async ValueTask<DeskCaller> OfDesk(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } code) return new(Caller.Nobody, null);
        var session = await house.Database.Read(reading => Sessions.Find(reading, code), context.RequestAborted);
        if (session is null) return new(Caller.Nobody, null);
        var caller = StaffSessions.CallerFor(house.Council, session, house.Now);
        return new(session.IsOpen(settings.Sessions.For(caller.Roles), house.Now) ? caller : Caller.Nobody, session);
    }

    /// <summary>Begins a session of a member of staff in the caller's unit; the one that the browser had ends. Give the code to <see cref="Remember"/> after the commit.</summary>
    /// <param name="how">How they showed who they are, for the audit log.</param>
    public static async Task<string> SignIn(Unit unit, HttpContext context, string member, Instant now, Definitions.Message? how = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await Sessions.Find(unit, context.Request.Cookies[Cookie]) is { } before) await Sessions.End(unit, before, now);
        return await Sessions.Begin(unit, member, now, how);
    }

    /// <summary>Has the browser remember a session.</summary>
    public static void Remember(HttpContext context, string code)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(Cookie, code, Cookies.Lax(context, "/desk"));
    }

    /// <summary>Ends the session of a request, and has the browser forget it.</summary>
    public async Task SignOut(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var code = context.Request.Cookies[Cookie];
        await house.Database.Commit(async unit =>
        {
            if (await Sessions.Find(unit, code) is { } session) await Sessions.End(unit, session, house.Now);
        }, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, "/desk"));
    }
}
