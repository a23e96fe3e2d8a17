using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Design;

/// <summary>
/// The headers that keep a page to what we wrote: no script but that which the page names under its nonce, no text that becomes a script or markup (Trusted Types), no frame around it, no window of
/// another site that holds on to it, no address leaked, nothing kept by anybody unless an answer says otherwise. Set before anything else runs, so that faults and refusals carry them too.
/// </summary>
public static class SecurityHeaders
{
    /// <summary>What of a browser no page of ours asks for. Passkeys are made and used on pages of the site itself.</summary>
    internal const string Permissions = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), "
        + "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()";
    static readonly object NonceKey = new();
    [ThreadStatic] static byte[]? random;
    [ThreadStatic] static int used;
    static readonly string[] Secret = ["/track", "/return", "/agree", "/following", "/account/link", "/account/invitation", "/desk/invitation"];

    /// <summary>Sets the headers on every response.</summary>
    /// <param name="asks">Whether the script of every page may ask this site something: in a preview, whether the service was saved.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool asks = false) => app.Use((context, next) =>
    {
        Set(context, asks);
        return next(context);
    });

    /// <summary>The nonce of this response, for its scripts and for the one style element that holds the council's colours.</summary>
    public static string Nonce(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (string)context.Items[NonceKey]!;
    }

    static void Set(HttpContext context, bool asks)
    {
        var nonce = NewNonce();
        context.Items[NonceKey] = nonce;

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce
            + "'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            // The script of the desk, and of a resident's page who is signed in, asks how long the session lasts.
            + (asks || context.Request.Path.StartsWithSegments("/desk", StringComparison.OrdinalIgnoreCase) || MyAccount.AccountCallers.HasCookie(context) ? "; connect-src 'self'" : "");
        headers.XContentTypeOptions = "nosniff";
        // For browsers that do not know frame-ancestors.
        headers.XFrameOptions = "DENY";
        // The address of a page behind a secret link must not travel, not even within the site.
        headers["Referrer-Policy"] = IsSecret(context.Request.Path) ? "no-referrer" : "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Origin-Agent-Cluster"] = "?1";
        // Most of what we say is for one person; what everybody may keep says so itself.
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps && !IsLoopback(context)) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }

    // 128 bits. The system's source of chance is asked for many at once: for one, most of the time goes into asking.
    static string NewNonce()
    {
        const int length = 16;
        if (random is null || used == random.Length)
        {
            RandomNumberGenerator.Fill(random ??= new byte[128 * length]);
            used = 0;
        }
        var nonce = Convert.ToBase64String(random, used, length);
        used += length;
        return nonce;
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
