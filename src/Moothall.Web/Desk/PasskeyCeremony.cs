using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>A browser's good answer to a challenge. Take the challenge in the unit that writes what came of it: it counts once.</summary>
public sealed record AnsweredChallenge(Passkey Passkey, string Challenge, Instant Until);

/// <summary>
/// Making passkeys and signing in with them (WebAuthn), by ASP.NET Core Identity's handler. What the browser is asked stands sealed in a cookie for ten
/// minutes; nothing is stored before an answer was found good. Devices must verify the person (fingerprint, face or PIN).
/// </summary>
public sealed class PasskeyCeremony(House house, IDataProtectionProvider protection, IServiceProvider services, ILoggerFactory logs)
{
    const string Cookie = "moothall-passkey", SignIn = "sign-in";
    const int MostCharacters = 32 * 1024;
    static readonly Duration Lasts = Duration.FromMinutes(10);

    readonly IDataProtector seal = protection.CreateProtector("moothall.passkey.v1");
    readonly ILogger log = logs.CreateLogger<PasskeyCeremony>();

    sealed record Asked(string Purpose, string State, long Until);

    /// <summary>What the browser needs to make a passkey for a member of staff, as JSON for the page.</summary>
    public Task<string> AskForNew(HttpContext context, PasskeySite site, Member member, string purpose)
    {
        ArgumentNullException.ThrowIfNull(member);
        return AskForNew(context, site, member.Id, member.Id, member.Name, purpose);
    }

    /// <summary>What the browser needs to make a passkey for somebody, as JSON for the page.</summary>
    /// <param name="holder">Whose it is in the rows of passkeys: a member of staff, or the holder of an account.</param>
    /// <param name="name">What the person's device shows with it.</param>
    /// <param name="purpose">What it is for; an answer counts for the same purpose only.</param>
    public async Task<string> AskForNew(HttpContext context, PasskeySite site, string holder, string name, string displayName, string purpose)
    {
        using var users = Users();
        var asked = await Handler(users, site).MakeCreationOptionsAsync(new PasskeyUserEntity { Id = Passkeys.HandleOf(holder), Name = name, DisplayName = displayName }, context);
        Remember(context, purpose, asked.AttestationState ?? "");
        return asked.CreationOptionsJson;
    }

    /// <summary>What the browser needs to sign somebody in with any passkey that they have for this site.</summary>
    public async Task<string> AskToSignIn(HttpContext context, PasskeySite site, string purpose = SignIn)
    {
        using var users = Users();
        var asked = await Handler(users, site).MakeRequestOptionsAsync(null, context);
        Remember(context, purpose, asked.AssertionState ?? "");
        return asked.RequestOptionsJson;
    }

    /// <summary>The new passkey in a browser's answer, or why it is none.</summary>
    public async Task<Result<AnsweredChallenge>> ReadNew(HttpContext context, PasskeySite site, string holder, string purpose, string credential)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (Recall(context, purpose) is not { } asked || credential is not { Length: > 0 and <= MostCharacters }) return TooLate;
        using var users = Users();
        var read = await Handler(users, site).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = asked.State });
        if (!read.Succeeded || read.UserEntity.Id != Passkeys.HandleOf(holder))
        {
            log.LogInformation("A passkey was not accepted: {Reason}", read.Failure?.Message);
            return Refusal.Invalid("Your device’s answer could not be used. Try again. If it goes wrong again, use another browser or device.");
        }
        var key = read.Passkey;
        return new AnsweredChallenge(new Passkey(Base64Url.EncodeToString(key.CredentialId), holder, site.Host, DeviceOf(context), key.PublicKey, key.SignCount, key.Transports ?? [],
            key.IsBackupEligible, key.IsBackedUp, house.Now, null), asked.State, Instant.FromUnixTimeSeconds(asked.Until));
    }

    /// <summary>The passkey that signed a browser's answer, or why nobody is signed in.</summary>
    public async Task<Result<AnsweredChallenge>> ReadSignIn(HttpContext context, PasskeySite site, string credential, string purpose = SignIn)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (Recall(context, purpose) is not { } asked || credential is not { Length: > 0 and <= MostCharacters }) return TooLate;
        using var users = Users();
        var read = await Handler(users, site).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = asked.State });
        var used = read.Succeeded ? read.Passkey : null;
        var key = used is null ? null : await house.Database.Read(session => Passkeys.Find(session, Base64Url.EncodeToString(used.CredentialId)), context.RequestAborted);
        if (used is null || key is null || key.Site != site.Host)
        {
            log.LogInformation("A sign-in was not accepted: {Reason}", read.Failure?.Message);
            return Refusal.Invalid("We do not know this passkey, or it was removed. Choose another one, or ask your administrator for a new invitation.");
        }
        return new AnsweredChallenge(key with { SignCount = used.SignCount, BackedUp = used.IsBackedUp }, asked.State, Instant.FromUnixTimeSeconds(asked.Until));
    }

    /// <summary>Said where an answer comes to a challenge that is over, or a second time.</summary>
    public static readonly Refusal TooLate = Refusal.Invalid("This page was open for a long time, was used already, or your browser does not keep our cookies. Try again.");

    void Remember(HttpContext context, string purpose, string state)
    {
        var options = Cookies.Lax(context, context.Request.Path.StartsWithSegments("/account", StringComparison.Ordinal) ? "/account" : "/desk");
        options.SameSite = SameSiteMode.Strict;
        options.MaxAge = Lasts.ToTimeSpan();
        var asked = new Asked(purpose, state, (house.Now + Lasts).ToUnixTimeSeconds());
        context.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(seal.Protect(JsonSerializer.SerializeToUtf8Bytes(asked))), options);
    }

    Asked? Recall(HttpContext context, string purpose)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 and < 8192 } text) return null;
        try
        {
            var asked = JsonSerializer.Deserialize<Asked>(seal.Unprotect(Base64Url.DecodeFromChars(text)));
            return asked is not null && asked.Purpose == purpose && asked.Until > house.Now.ToUnixTimeSeconds() ? asked : null;
        }
        catch (Exception trouble) when (trouble is CryptographicException or FormatException or JsonException)
        {
            log.LogInformation("A passkey cookie could not be read: {Reason}", trouble.Message);
            return null;
        }
    }

    UserManager<PasskeyHolder> Users() => new(new PasskeyStore(house.Database), Options.Create(new IdentityOptions()), new PasswordHasher<PasskeyHolder>(), [], [], new UpperInvariantLookupNormalizer(),
        new IdentityErrorDescriber(), services, logs.CreateLogger<UserManager<PasskeyHolder>>());

    static PasskeyHandler<PasskeyHolder> Handler(UserManager<PasskeyHolder> users, PasskeySite site) => new(users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = site.Host, UserVerificationRequirement = "required", ResidentKeyRequirement = "required",
        ValidateOrigin = answer => ValueTask.FromResult(!answer.CrossOrigin && site.Allows(answer.Origin)),
    }));

    // Enough to tell one's own devices apart in a list.
    static string DeviceOf(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        bool Says(string word) => agent.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Says("iPhone") ? "iPhone" : Says("iPad") ? "iPad" : Says("Android") ? Phrases.Mark("Android phone or tablet") : Says("Windows") ? Phrases.Mark("Windows computer") : Says("Macintosh") ? "Mac"
            : Says("CrOS") ? "Chromebook" : Says("Linux") ? Phrases.Mark("Linux computer") : Phrases.Mark("Another device");
    }
}
