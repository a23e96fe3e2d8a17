using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Desk;
using NodaTime;

namespace Moothall.Web.SignIn;

/// <summary>A provider vouches for somebody, in answer to what this browser asked.</summary>
/// <param name="State">What makes the answer count once: take it in the unit that begins the session.</param>
/// <param name="Back">The page that they wanted.</param>
/// <param name="AddsTo">The account that is to get the provider as a way to sign in; null where somebody signs in.</param>
public sealed record AnsweredProvider(SignInProvider Provider, ProvidedPerson Person, string State, Instant Until, string Back, string? AddsTo);

/// <summary>
/// A sign-in by a provider on its way: what was asked stands sealed in a cookie for ten minutes, and nothing is stored before the provider answered well. The later of two in one browser counts.
/// </summary>
public sealed class AskedProvider(House house, IDataProtectionProvider protection, ILoggerFactory logs)
{
    const string Cookie = "moothall-provider";
    const int LongestBack = 500;
    static readonly Duration Lasts = Duration.FromMinutes(10);

    readonly IDataProtector seal = protection.CreateProtector("moothall.sign-in.v1"), sealOfTokens = protection.CreateProtector("moothall.id-token.v1");
    readonly ILogger log = logs.CreateLogger<AskedProvider>();

    sealed record Kept(string Provider, SignInAsked Asked, string Back, long Until, string? AddsTo = null);

    /// <summary>Where the browser is sent, which remembers what was asked.</summary>
    /// <param name="path">Where our pages of this sign-in lie: `/desk/sign-in`.</param>
    /// <param name="back">The page that they wanted.</param>
    /// <param name="addsTo">The account that is to get the provider as a way to sign in; null where somebody signs in.</param>
    public async Task<Provided<Uri>> Begin(HttpContext context, SignInProvider provider, string path, string back, SignInLevel level, string? addsTo = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(provider);
        var asked = new SignInAsked($"{PasskeySite.Of(context, house.Council).Address}{path}/{provider.Id}/back", NewCode(), NewCode(), NewCode(), level, ReaderLanguage.Of(context).Language);
        var to = await Adapter(provider).Begin(asked, context.RequestAborted);
        if (to.No is not null) return Noted(provider, to.No);
        var kept = new Kept(provider.Id, asked, back.Length <= LongestBack ? back : "", (house.Now + Lasts).ToUnixTimeSeconds(), addsTo);
        context.Response.Cookies.Append(Cookie, seal.Protect(JsonSerializer.Serialize(kept)), Cookies.Lax(context, path, Lasts));
        return to;
    }

    /// <summary>Who came back, once what was asked is over.</summary>
    public async Task<Provided<AnsweredProvider>> Finish(HttpContext context, SignInProvider provider, string path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(provider);
        var kept = Recall(context, provider.Id);
        context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, path));
        if (kept is null) return Noted(provider, new ProviderNo(ProviderTrouble.NotAsked, "no-question", new Message("An answer came that was not asked for in this browser, or too late.")));
        var query = context.Request.Query;
        string? One(string name) => query[name] is [{ Length: > 0 and <= 8192 } value] ? value : null;
        var found = await Adapter(provider).Finish(kept.Asked, new SignInAnswer(One("code"), One("state"), One("iss"), One("error")), context.RequestAborted);
        if (found.Value is not { } person) return Noted(provider, found.No!);
        return new AnsweredProvider(provider, person, kept.Asked.State, Instant.FromUnixTimeSeconds(kept.Until), kept.Back, kept.AddsTo);
    }

    /// <summary>The account that was to get a provider as a way to sign in, by what this browser asked; null where it asked to sign in, or nothing.</summary>
    public string? AddsToIn(HttpContext context, SignInProvider provider)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(provider);
        return Recall(context, provider.Id)?.AddsTo;
    }

    /// <summary>An ID token to be kept until somebody signs out.</summary>
    public string Seal(string idToken) => sealOfTokens.Protect(idToken);

    /// <summary>An ID token that was kept; null where it cannot be opened any more.</summary>
    public string? Open(string? kept)
    {
        try
        {
            return kept is null ? null : sealOfTokens.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The adapter of a provider.</summary>
    public ISignInProvider Adapter(SignInProvider provider) => (house.Providers ?? throw new InvalidOperationException("The host put no providers in place.")).Of(provider);

    /// <summary>Writes to the log of the machine why a provider, or what came in its name, was not taken. Nothing personal.</summary>
    internal ProviderNo Noted(SignInProvider provider, ProviderNo no)
    {
        if (no.Trouble == ProviderTrouble.Unavailable) log.LogWarning("The provider {Provider} could not sign anybody in ({Reason}): {Why}", provider.Id, no.Reason, no.Why.In(Phrases.English));
        else if (no.Trouble != ProviderTrouble.Cancelled) log.LogWarning("An answer in the name of the provider {Provider} was refused ({Reason}): {Why}", provider.Id, no.Reason, no.Why.In(Phrases.English));
        return no;
    }

    Kept? Recall(HttpContext context, string provider)
    {
        try
        {
            return context.Request.Cookies[Cookie] is { Length: > 0 and <= 8192 } cookie && JsonSerializer.Deserialize<Kept>(seal.Unprotect(cookie)) is { } kept
                && kept.Provider == provider && Instant.FromUnixTimeSeconds(kept.Until) > house.Now ? kept : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or JsonException)
        {
            return null;
        }
    }

    static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
