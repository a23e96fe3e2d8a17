using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Moothall.Cases;

namespace Moothall.Web;

/// <summary>
/// Proves that a posted form came from a page of ours in the same browser. The browser holds a random secret in a cookie that no script reads; each form holds
/// a fresh number and its HMAC-SHA256, by the store's key, with that secret. Any node can check it, and nothing of it stands on two pages alike, so that it
/// cannot be read off the length of a compressed page (BREACH).
/// </summary>
static class FormTokens
{
    public const string Field = "__RequestVerificationToken";
    const string Cookie = "moothall-form";
    const int SecretLength = 32, OnceLength = 16;
    static readonly object Given = new();

    /// <summary>A token for the forms of this response; gives the browser its secret where it has none.</summary>
    public static string For(HttpContext context, TrackingCodes codes)
    {
        if (Secret(context) is not { } secret)
        {
            secret = RandomNumberGenerator.GetHexString(SecretLength, lowercase: true);
            context.Items[Given] = secret;
            context.Response.Cookies.Append(Cookie, secret, Cookies.Lax(context, "/"));
        }
        var once = RandomNumberGenerator.GetHexString(OnceLength, lowercase: true);
        return once + codes.ForForm(secret, once);
    }

    /// <summary>Whether the form of this request holds a token that fits the browser's secret.</summary>
    public static async Task<bool> Fits(HttpContext context, TrackingCodes codes)
    {
        if (!context.Request.HasFormContentType || context.Request.Cookies[Cookie] is not { Length: SecretLength } secret) return false;
        var form = context.Features.Get<IFormFeature>()?.Form ?? await context.Request.ReadFormAsync(context.RequestAborted);
        if (form[Field] is not [{ Length: > OnceLength } token]) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(codes.ForForm(secret, token[..OnceLength])), Encoding.UTF8.GetBytes(token[OnceLength..]));
    }

    // A cookie from elsewhere, or of an older version, is replaced.
    static string? Secret(HttpContext context) => context.Items[Given] as string
        ?? (context.Request.Cookies[Cookie] is { Length: SecretLength } held && held.All(char.IsAsciiHexDigitLower) ? held : null);
}
