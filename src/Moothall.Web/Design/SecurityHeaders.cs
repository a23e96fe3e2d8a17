using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Design;

/// <summary>
/// The headers that keep a page to what we wrote: no script but our own files, no frame around it, no address leaked to
/// other sites. Set before anything else runs, so that faults and refusals carry them too.
/// </summary>
public static class SecurityHeaders
{
    static readonly object NonceKey = new();
    static readonly string[] Secret = ["/track", "/return", "/agree", "/following", "/account/link", "/desk/invitation"];

    /// <summary>Sets the headers on every response.</summary>
    /// <param name="asks">Whether the script of every page may ask this site something: in a preview, whether the service was saved.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool asks = false) => app.Use((context, next) =>
    {
        Set(context, asks);
        return next(context);
    });

    /// <summary>The nonce of this response, for the one style element that holds the council's colours.</summary>
    public static string Nonce(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (string)context.Items[NonceKey]!;
    }

    static void Set(HttpContext context, bool asks)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var nonce = Convert.ToBase64String(random);
        context.Items[NonceKey] = nonce;

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self' 'nonce-" + nonce
            + "'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
            // The desk's script asks how long the session lasts.
            + (asks || context.Request.Path.StartsWithSegments("/desk", StringComparison.OrdinalIgnoreCase) ? "; connect-src 'self'" : "");
        headers.XContentTypeOptions = "nosniff";
        // The address of a page behind a secret link must not travel, not even within the site.
        headers["Referrer-Policy"] = IsSecret(context.Request.Path) ? "no-referrer" : "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps && !IsLoopback(context)) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }

    static bool IsSecret(PathString path)
    {
        foreach (var secret in Secret)
            if (path.StartsWithSegments(secret, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // RFC 6797 8.1: a promise made for localhost would break every other program there.
    static bool IsLoopback(HttpContext context) =>
        context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        || context.Request.Host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
