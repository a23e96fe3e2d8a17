using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>
/// The call that an advisor has on the line: begun with the first search, ended by saying why the person rang. It stands in a sealed cookie, so the
/// server keeps no clock. Counted are the seconds that a case made in this call has taken already.
/// </summary>
/// <param name="About">The case that was opened last.</param>
public sealed record Call(Instant Begun, int Counted, string? About)
{
    const string Cookie = "moothall-call";
    /// <summary>Longer than any call: what is older was forgotten, not talked.</summary>
    static readonly Duration Longest = Duration.FromHours(2);
    static readonly object Key = new();

    /// <summary>The seconds of this call that no case has taken.</summary>
    public int Seconds(Instant now) => (int)Math.Clamp((now - Begun).TotalSeconds - Counted, 0, Longest.TotalSeconds);

    /// <summary>The call of a request; null when there is none.</summary>
    public static Call? Of(HttpContext context, Instant now)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(Key, out var changed)) return (Call?)changed;
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text) return null;
        try
        {
            var parts = Seal(context).Unprotect(text).Split('|');
            var call = new Call(Instant.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2].Length > 0 ? parts[2] : null);
            return call.Begun > now || now - call.Begun > Longest ? null : call;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Begins a call where there is none.</summary>
    public static Call Begin(HttpContext context, Instant now)
    {
        var call = Of(context, now) ?? new Call(now, 0, null);
        call.Keep(context);
        return call;
    }

    /// <summary>Sends this call with the answer.</summary>
    public void Keep(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[Key] = this;
        context.Response.Cookies.Append(Cookie, Seal(context).Protect(string.Create(CultureInfo.InvariantCulture, $"{Begun.ToUnixTimeSeconds()}|{Counted}|{About}")), Cookies.Lax(context, "/desk"));
    }

    /// <summary>Ends the call.</summary>
    public static void End(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[Key] = null;
        context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, "/desk"));
    }

    static IDataProtector Seal(HttpContext context) => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("moothall.call.v1");
}
