using Microsoft.AspNetCore.Http;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;

namespace Moothall.Web.MyAccount;

/// <summary>Who does something, and for whom.</summary>
/// <param name="Session">The session of whoever is signed in; null where nobody is.</param>
/// <param name="Agreement">The agreement under which they act for somebody else at the moment; null while they act for themselves.</param>
public sealed record Doer(AccountSession? Session, ActingAgreement? Agreement)
{
    public static readonly Doer Nobody = new(null, null);

    /// <summary>The agreement, where it is for a service.</summary>
    public ActingAgreement? For(string service) => Agreement is { } agreement && agreement.Covers(service) ? agreement : null;
}

/// <summary>
/// Which resident is signed in, by the cookie of their session: one keyed read for a browser that has the cookie, nothing for any other. The code in the cookie is made when somebody signs in and
/// never taken from the browser, so that nobody can be given a session that another knows (CWE-384).
/// </summary>
public sealed class AccountCallers(House house, WebSettings settings)
{
    /// <summary>The cookie of a session: a random code, whose hash is the key of a row.</summary>
    public const string Cookie = "moothall-account";
    /// <summary>The cookie of a browser that asked for a link: the link signs in there without another question.</summary>
    const string BrowserCookie = "moothall-sign-in";
    static readonly object Key = new(), DoerKey = new(), OverKey = new();

    /// <summary>Whether this browser holds a session, good or not: enough for the words of the frame.</summary>
    public static bool HasCookie(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Cookies.ContainsKey(Cookie);
    }

    /// <summary>The session of whoever asks; null when nobody is signed in. Opening a page makes it longer.</summary>
    public async ValueTask<AccountSession?> Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(Key, out var known)) return known as AccountSession;
        AccountSession? found = null;
        if (await Look(context) is { } session) found = await AccountSessions.Touch(house.Database, session, house.Now);
        context.Items[Key] = found;
        return found;
    }

    /// <summary>The same as it is: looking makes it no longer.</summary>
    internal async ValueTask<AccountSession?> Look(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } code || await house.Database.Read(reading => AccountSessions.Find(reading, code), context.RequestAborted) is not { } session) return null;
        if (session.IsOpen(settings.AccountSessions, house.Now)) return session;
        context.Items[OverKey] = session;
        return null;
    }

    /// <summary>The session that the browser still holds and that is over, once <see cref="Of"/> has looked; null where there is none.</summary>
    internal static AccountSession? OverIn(HttpContext context) => context.Items[OverKey] as AccountSession;

    /// <summary>Who asks, and for whom they do it at the moment.</summary>
    public async ValueTask<Doer> DoerOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(DoerKey, out var known)) return (Doer)known!;
        var session = await Of(context);
        var agreement = session?.Acting is { } acting ? await house.Database.Read(reading => ActingAgreements.Find(reading, acting), context.RequestAborted) : null;
        var doer = session is null ? Doer.Nobody : new Doer(session, agreement is not null && agreement.Actor == session.Account && agreement.IsActive(house.Now) ? agreement : null);
        context.Items[DoerKey] = doer;
        return doer;
    }

    /// <summary>Begins a session in the caller's unit; the one that the browser had ends. Give the code to <see cref="Remember"/> after the commit.</summary>
    /// <param name="method">One of <see cref="SignInMethods"/>.</param>
    public static Task<string> SignIn(Unit unit, HttpContext context, string account, SignInLevel level, string method, Visit visit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(visit);
        return AccountSessions.Begin(unit, account, level, method, visit.Device(), visit.Language, context.Request.Cookies[Cookie], now);
    }

    /// <summary>Has the browser remember a session until it is closed.</summary>
    public static void Remember(HttpContext context, string code)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(Cookie, code, Cookies.Lax(context, "/"));
        context.Response.Cookies.Delete(BrowserCookie, Cookies.Lax(context, "/account"));
    }

    /// <summary>Ends the session of a request, and has the browser forget it.</summary>
    public async Task SignOut(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await Of(context) is { } session)
        {
            await house.Database.Commit(unit => AccountSessions.End(unit, session, house.Now), context.RequestAborted);
            // They are kept with the account, so that whoever uses this browser next need not see them.
            foreach (var draft in await house.Database.Read(reading => Journeys.Drafts.OfAccount(reading, session.Account, house.Now), context.RequestAborted))
                if (context.Request.Cookies[Resident.OpenDrafts.CookieName(draft)] == draft.Id) context.Response.Cookies.Delete(Resident.OpenDrafts.CookieName(draft), Cookies.Lax(context, "/"));
        }
        Forget(context);
    }

    /// <summary>Has the browser forget the session, and what else it holds of its person.</summary>
    public static void Forget(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, "/"));
        Resident.TrackEndpoints.Forget(context);
        foreach (var cookie in context.Request.Cookies.Keys.Where(c => c.StartsWith(Resident.OpenDrafts.ActingPrefix, StringComparison.Ordinal))) context.Response.Cookies.Delete(cookie, Cookies.Lax(context, "/"));
    }

    /// <summary>The random code of this browser, if it asked for a link.</summary>
    internal static string? BrowserOf(HttpContext context) => context.Request.Cookies[BrowserCookie];

    /// <summary>A random code for this browser, which it holds from then on.</summary>
    internal static string NewBrowser(HttpContext context)
    {
        var code = AccountSessions.NewBrowser();
        context.Response.Cookies.Append(BrowserCookie, code, Cookies.Lax(context, "/account"));
        return code;
    }
}
