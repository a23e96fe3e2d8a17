using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Door;

namespace Moothall.Web.SignIn;

/// <summary>
/// What a provider itself calls: the keys by which it knows us, and where it says that somebody signed out (OpenID Connect Back-Channel Logout). No cookie counts here; what is told is signed.
/// </summary>
static class ProviderEndpoints
{
    /// <summary>A signed token of a few claims is small; nothing larger is read.</summary>
    const int MostBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/sign-in").ExcludeFromDescription();
        doors.MapGet("/{provider}/keys.json", Keys).Open();
        doors.MapPost("/{provider}/signed-out", SignedOut).Open();
    }

    static SignInProvider? Find(House house, string provider) => house.Council.SignIn.FirstOrDefault(p => p.Id == provider);

    static IResult Keys(string provider, HttpContext context, House house, AskedProvider asked)
    {
        if (Find(house, provider) is not { } found) return Pages.NotFound(context, house);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Text(asked.Adapter(found).PublicKeys, "application/jwk-set+json");
    }

    static async Task<IResult> SignedOut(string provider, HttpContext context, House house, AskedProvider asked)
    {
        if (Find(house, provider) is not { } found) return Pages.NotFound(context, house);
        context.Response.Headers.CacheControl = "no-store";
        Forms.ReadAtMost(context, MostBytes);
        if (!context.Request.HasFormContentType || context.Request.ContentLength is > MostBytes) return No("invalid_request", 400);
        var (form, _, _) = await Forms.Read(context);
        if (form?["logout_token"] is not [{ Length: > 0 } token]) return No("invalid_request", 400);
        var told = await asked.Adapter(found).ReadSignOut(token, context.RequestAborted);
        if (told.Value is not { } signOut)
        {
            // A provider that cannot be asked for its keys is to tell us again.
            return asked.Noted(found, told.No!).Trouble == ProviderTrouble.Unavailable ? No("temporarily_unavailable", 503) : No("invalid_request", 400);
        }
        var ended = await house.Database.Commit(unit => ProviderSessions.End(unit, found.For, signOut, house.Now), context.RequestAborted);
        if (ended.Refusal is not null)
        {
            asked.Noted(found, new ProviderNo(ProviderTrouble.NotProved, "replayed", new Message("A sign-out was told a second time.")));
            return No("invalid_request", 400);
        }
        return Results.Ok();
    }

    static IResult No(string code, int status) => Results.Json(new Dictionary<string, string> { ["error"] = code }, statusCode: status);
}
