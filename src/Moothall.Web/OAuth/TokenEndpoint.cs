using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Web.Api;
using Moothall.Web.Door;
using NodaTime;

namespace Moothall.Web.OAuth;

/// <summary>
/// `POST /oauth/token`: a program proves who it is with its key (private_key_jwt, RFC 7523) and fetches a token for ten minutes (client credentials, RFC 6749, 4.4). So nothing that could be stolen
/// lies anywhere for a year.
/// </summary>
static class TokenEndpoint
{
    public const string Address = "/oauth/token";
    const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>How long a fetched token lasts.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Address, Fetch).ExcludeFromDescription().Open();
        app.MapGet("/.well-known/oauth-authorization-server", Metadata).ExcludeFromDescription().Open();
    }

    // RFC 8414: what a program must know of us.
    static IResult Metadata(HttpContext context, House house)
    {
        context.Response.Headers.CacheControl = "no-store";
        var issuer = house.Council.ForHost(context.Request.Host.Host).PublicAddress;
        return Results.Text(new JsonObject
        {
            ["issuer"] = issuer, ["token_endpoint"] = issuer + Address, ["grant_types_supported"] = new JsonArray("client_credentials"), ["response_types_supported"] = new JsonArray(),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
            ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray([.. ClientAssertion.Algorithms.Select(a => (JsonNode)a!)]), ["scopes_supported"] = new JsonArray([.. Scopes.All.Select(s => (JsonNode)s.Name!)]),
        }.ToJsonString(ApiJson.Options), "application/json", System.Text.Encoding.UTF8);
    }

    // Errors are those of RFC 6749, 5.2, whose descriptions are for whoever writes the program and stay in English, as the standard asks of them.
    static IResult No(string error, string description, int status = 400) =>
        Results.Text(new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString(ApiJson.Options), "application/json", System.Text.Encoding.UTF8, status);

    static async Task<IResult> Fetch(HttpContext context, House house)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType || context.Request.ContentLength > 64 * 1024) return No("invalid_request", "Send the request as application/x-www-form-urlencoded.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Any(f => f.Value.Count > 1)) return No("invalid_request", "Send each parameter once.");
        if (form["grant_type"] != "client_credentials") return No(form["grant_type"].Count == 0 ? "invalid_request" : "unsupported_grant_type", "grant_type must be client_credentials.");
        if (form["client_assertion_type"] != Assertion) return No("invalid_client", $"Prove who you are with private_key_jwt: client_assertion_type must be {Assertion}.", 401);
        var jwt = form["client_assertion"].ToString();
        var audiences = house.Council.Authorities.SelectMany(a => (string[])[a.PublicAddress, a.PublicAddress + Address]).ToHashSet(StringComparer.Ordinal);
        var client = ClientAssertion.ClaimedBy(jwt) ?? "";
        var keys = client.Length is > 0 and <= 100 ? await house.Database.Read(session => ClientKeys.Of(session, client), context.RequestAborted) : [];
        var member = house.Council.Members.GetValueOrDefault(client);
        var good = ClientAssertion.Decide(jwt, keys, audiences, house.Now);
        // One answer, whatever was wrong: who guesses learns nothing, not even which programs there are.
        if (good is null || member is not { IsPartner: true } || form["client_id"].ToString() is { Length: > 0 } said && said != client) return Unknown;
        var fits = Scopes.All.Where(s => Scopes.Fits(house.Council, member, s)).Select(s => s.Name).ToList();
        var wanted = form["scope"].Count == 0 ? fits : [.. Scopes.Words(form["scope"].ToString()).Distinct()];
        if (wanted.Count == 0 || wanted.Except(fits).Any()) return No("invalid_scope", $"This program may ask for: {string.Join(' ', fits)}.");
        var scopes = string.Join(' ', wanted.Order(StringComparer.Ordinal));
        var made = await house.Database.Commit(async unit => await good.Take(unit) ? await Tokens.Make(unit, new NewToken(member.Id, house.Now) { Scopes = scopes, Lasts = Life, IsFetched = true, By = AuditBy.Member(member.Id) }) : null, context.RequestAborted);
        return made is null ? Unknown : Results.Text(new JsonObject
        {
            ["access_token"] = made.Token, ["token_type"] = "Bearer", ["expires_in"] = (long)Life.TotalSeconds, ["scope"] = scopes,
        }.ToJsonString(ApiJson.Options), "application/json", System.Text.Encoding.UTF8);
    }

    static IResult Unknown => No("invalid_client", "The client assertion does not prove a program that we know. It must be signed with a registered key, name us in aud, name the program in iss and sub, end within ten minutes, and be used once.", 401);
}
