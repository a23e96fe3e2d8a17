using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moothall.Identity;

namespace Moothall.Web.Desk;

/// <summary>A form that came after its session had ended, opened again for the person whose it is.</summary>
public sealed record LateForm(string Path, IReadOnlyList<KeyValuePair<string, string>> Fields, bool HadFiles);

/// <summary>Keeps what somebody sent after their session had ended, sealed, until they have signed in again (WCAG 2.2, 2.2.5).</summary>
public sealed class LateForms(House house, IDataProtectionProvider protection, ILogger<LateForms> log)
{
    const int MostCharacters = 512 * 1024;

    readonly IDataProtector seal = protection.CreateProtector("moothall.late-form.v1");

    /// <summary>Keeps the form of a request; the code with which it is shown again, or null where there is nothing to keep.</summary>
    /// <param name="holder">Whose session had ended, and who alone sees it again.</param>
    /// <param name="localPath">Which pages somebody goes to after signing in.</param>
    public async Task<string?> Keep(HttpContext context, string holder, Func<string, string> localPath)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(localPath);
        var path = context.Request.Path + context.Request.QueryString;
        if (localPath(path) != path) return null;
        var (form, _, _) = await Forms.Read(context);
        if (form is null) return null;
        var fields = form.Where(f => f.Key != FormField).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        if (fields.Count == 0 || fields.Sum(f => f.Key.Length + f.Value.Length) > MostCharacters) return null;
        var kept = new KeptForm(path, seal.Protect(JsonSerializer.SerializeToUtf8Bytes(fields)), form.Files.Any(f => f.Length > 0), house.Now);
        return await house.Database.Commit(unit => KeptForms.Keep(unit, holder, kept), context.RequestAborted);
    }

    /// <summary>The form of a code, for the person whose it is.</summary>
    public async Task<LateForm?> Open(string code, string holder, CancellationToken cancel)
    {
        var kept = await house.Database.Read(session => KeptForms.Find(session, code, holder, house.Now), cancel);
        try
        {
            return kept is null ? null : new LateForm(kept.Path, JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(seal.Unprotect(kept.Sealed))!, kept.HadFiles);
        }
        catch (CryptographicException trouble)
        {
            log.LogWarning("A kept form can no longer be opened: {Reason}", trouble.Message);
            return null;
        }
    }

    /// <summary>The field of the antiforgery token, which is not kept.</summary>
    public const string FormField = "__RequestVerificationToken";
}
