using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Resident;

/// <summary>A link whose code is a secret: opened, the code becomes a cookie by redirect and leaves the address.</summary>
/// <param name="Cookie">The cookie that holds the code until the browser is closed.</param>
/// <param name="Path">Where the cookie is sent, and where the link leads.</param>
sealed record SecretLink(string Cookie, string Path)
{
    const int LongestCode = 40;

    /// <summary>Takes the code out of the address.</summary>
    public SeeOtherResult Open(string code, HttpContext context)
    {
        Remember(code, context);
        return new SeeOtherResult(Path);
    }

    /// <summary>Has this browser hold a code.</summary>
    public void Remember(string code, HttpContext context) =>
        context.Response.Cookies.Append(Cookie, new string([.. code.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(LongestCode)]), Cookies.Lax(context, Path));

    /// <summary>The code that this browser holds, or null.</summary>
    public string? CodeOf(HttpContext context) => context.Request.Cookies[Cookie] is { Length: > 0 and <= LongestCode } code ? code : null;

    /// <summary>Has this browser forget the code.</summary>
    public void Forget(HttpContext context) => context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, Path));
}
