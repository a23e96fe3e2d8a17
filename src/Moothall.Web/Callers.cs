using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Web;

/// <summary>
/// Who is asking, decided once a request: a program by its bearer token (API), a member of staff by the desk's sealed cookie (pages). A wrong token is
/// nobody, never somebody else; the API does not look at cookies and the pages do not look at tokens.
/// </summary>
public sealed class Callers(House house, IDataProtectionProvider protection)
{
    /// <summary>The desk's cookie.</summary>
    public const string Cookie = "moothall-desk";
    /// <summary>How long a member of staff stays signed in.</summary>
    public static readonly Duration Signed = Duration.FromHours(10);

    readonly ITimeLimitedDataProtector seal = protection.CreateProtector("moothall.desk.v1").ToTimeLimitedDataProtector();
    readonly Tokens tokens = new();

    /// <summary>The program that a request's token names, or nobody.</summary>
    public async ValueTask<Caller> OfToken(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return Caller.Nobody;
        return Tokens.CallerFor(house.Council, await tokens.FindMember(house.Database, header["Bearer ".Length..].Trim(), house.Now));
    }

    /// <summary>The member of staff whose cookie a request carries, or nobody.</summary>
    public Caller OfDesk(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } sealedId) return Caller.Nobody;
        try
        {
            return StaffSessions.CallerFor(house.Council, seal.Unprotect(sealedId));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return Caller.Nobody;
        }
    }

    /// <summary>Signs a member of staff in at the desk.</summary>
    public void SignIn(HttpContext context, string member)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(Cookie, seal.Protect(member, Signed.ToTimeSpan()), Cookies.Strict(context, "/desk"));
    }

    public static void SignOut(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Delete(Cookie, Cookies.Strict(context, "/desk"));
    }
}

/// <summary>How cookies are set: never readable by script, only over TLS outside loopback, only for this site.</summary>
static class Cookies
{
    public static CookieOptions Lax(HttpContext context, string path, Duration? life = null) => new()
    {
        Path = path, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = life?.ToTimeSpan(),
    };

    public static CookieOptions Strict(HttpContext context, string path) => new() { Path = path, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps };
}
