using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;

namespace Moothall.Web.Tests.SignIn;

/// <summary>
/// The certified `oidc-provider` in a process of its own, and before it a go-between at its address that hands everything on as it is, until a test has it lie, dawdle or be silent. The test
/// made the provider's keys, so that a lie can be signed well where that is the point.
/// </summary>
sealed class RealProvider : IAsyncDisposable
{
    readonly WebApplication door;
    readonly HttpClient inside = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    readonly CancellationTokenSource over = new();
    Process? process;
    int port;

    RealProvider(WebApplication door) => this.door = door;

    public string Address { get; private set; } = "";
    /// <summary>What it calls itself: its address, with a slash at the end where a test has it so.</summary>
    public string Issuer { get; private init; } = "";
    /// <summary>The key that it signs with now.</summary>
    public SigningCredentials Key { get; private set; } = NewKey("first");
    /// <summary>Paths that were asked for, with the User-Agent.</summary>
    public List<(string Path, string Agent)> Asked { get; } = [];
    /// <summary>Whether it does not answer: connections break.</summary>
    public bool IsDown { get; set; }
    /// <summary>Whether it takes requests and never answers.</summary>
    public bool IsSlow { get; set; }
    /// <summary>The path that answers with more than anybody should read.</summary>
    public string? HugeAt { get; set; }
    /// <summary>Changes what it says of itself.</summary>
    public Action<JsonObject>? Discovery { get; set; }
    /// <summary>Changes an ID token.</summary>
    public Func<string, string>? IdToken { get; set; }
    /// <summary>Changes what it tells more about somebody.</summary>
    public Action<JsonObject>? UserInfo { get; set; }
    /// <summary>The answer in place of its own, by path.</summary>
    public Dictionary<string, (int Status, string Body)> Instead { get; } = [];

    /// <summary>A new key as a provider has it.</summary>
    public static SigningCredentials NewKey(string name, int bits = 2048) => new(new RsaSecurityKey(RSA.Create(bits)) { KeyId = name }, SecurityAlgorithms.RsaSha256);

    public static SigningCredentials NewCurveKey(string name) => new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = name }, SecurityAlgorithms.EcdsaSha256);

    /// <summary>Opens its door; what is behind it starts with <see cref="Serve"/>, when the address of the council is known.</summary>
    public static async Task<RealProvider> Open(SigningCredentials? key = null, string slash = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        RealProvider? provider = null;
        app.Run(context => provider!.Answer(context));
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        provider = new RealProvider(app) { Address = address, Issuer = address + slash };
        if (key is not null) provider.Key = key;
        return provider;
    }

    JsonObject told = [];

    /// <summary>Starts what is behind the door.</summary>
    public async Task Serve(JsonArray clients, JsonObject people, bool userInfo = false, string[]? acr = null)
    {
        told = new JsonObject { ["issuer"] = Issuer, ["clients"] = clients, ["people"] = people, ["userInfo"] = userInfo, ["acr"] = new JsonArray([.. (acr ?? []).Select(a => (JsonNode)a)]) };
        await Start();
    }

    /// <summary>Starts it again with another key, as when it rotates.</summary>
    public async Task Rotate(SigningCredentials key)
    {
        Key = key;
        await Stop();
        await Start();
    }

    async Task Start()
    {
        told["keys"] = new JsonObject { ["keys"] = new JsonArray(Private(Key)) };
        var start = new ProcessStartInfo("node", Path.Combine(RunningCouncil.Repository, "tests", "Moothall.Web.Tests", "provider", "provider.mjs")) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await process.StandardInput.WriteLineAsync(told.ToJsonString());
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        line.ShouldNotBeNull("the provider did not start: run bin/test, which installs it");
        port = int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    async Task Stop()
    {
        if (process is null) return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        lock (Asked) Asked.Add((path, context.Request.Headers.UserAgent.ToString()));
        if (IsDown)
        {
            context.Abort();
            return;
        }
        if (IsSlow)
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, context.RequestAborted), Task.Delay(Timeout.Infinite, over.Token));
            return;
        }
        if (HugeAt == path)
        {
            await context.Response.WriteAsync("{\"a\":\"" + new string('a', 2 * 1024 * 1024) + "\"}");
            return;
        }
        if (Instead.TryGetValue(path, out var instead))
        {
            context.Response.StatusCode = instead.Status;
            await context.Response.WriteAsync(instead.Body);
            return;
        }
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"http://127.0.0.1:{port}{path}{context.Request.QueryString}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
            if (name is not ("Host" or "Connection") && !request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        request.Headers.Host = context.Request.Host.Value;
        using var answer = await inside.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Transfer-Encoding" or "Content-Length" or "Connection")) context.Response.Headers[name] = values.ToArray();
        await context.Response.Body.WriteAsync(Changed(path, bytes));
    }

    byte[] Changed(string path, byte[] bytes)
    {
        byte[] With(Action<JsonObject> change)
        {
            var json = JsonNode.Parse(bytes)!.AsObject();
            change(json);
            return Encoding.UTF8.GetBytes(json.ToJsonString());
        }
        return path switch
        {
            "/.well-known/openid-configuration" when Discovery is not null => With(Discovery),
            "/me" when UserInfo is not null => With(UserInfo),
            "/token" when IdToken is { } change => With(json =>
            {
                if (json["id_token"] is { } token) json["id_token"] = change(token.GetValue<string>());
            }),
            _ => bytes,
        };
    }

    /// <summary>The claims of a token, changed and signed again: well, unless another key is given.</summary>
    public string Forge(string token, Action<JsonObject> change, SigningCredentials? key = null, string? type = null)
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();
        change(claims);
        return Sign(claims, key, type);
    }

    /// <summary>A token with these claims.</summary>
    public string Sign(JsonObject claims, SigningCredentials? key = null, string? type = null)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return type is null ? handler.CreateToken(claims.ToJsonString(), key ?? Key) : handler.CreateToken(claims.ToJsonString(), key ?? Key, new Dictionary<string, object> { ["typ"] = type });
    }

    static JsonNode Private(SigningCredentials credentials)
    {
        var key = credentials.Key is RsaSecurityKey rsa ? JsonWebKeyConverter.ConvertFromRSASecurityKey(rsa) : JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)credentials.Key);
        var shown = new JsonObject { ["kty"] = key.Kty, ["kid"] = credentials.Key.KeyId, ["alg"] = credentials.Algorithm, ["use"] = "sig", ["d"] = key.D };
        foreach (var (name, value) in key.Kty == "RSA" ? new[] { ("n", key.N), ("e", key.E), ("p", key.P), ("q", key.Q), ("dp", key.DP), ("dq", key.DQ), ("qi", key.QI) } : [("crv", key.Crv), ("x", key.X), ("y", key.Y)]) shown[name] = value;
        return shown;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await Stop();
        await door.DisposeAsync();
        inside.Dispose();
        over.Dispose();
    }
}

/// <summary>A browser at the provider: signs in as somebody there and says where it was sent back to.</summary>
sealed class ProviderBrowser : IDisposable
{
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Signs in, or with null cancels, where it is not signed in already. The address that it was sent back to.</summary>
    public async Task<Uri> SignIn(Uri to, string? person, string provider)
    {
        for (var turns = 0; turns < 10; turns++)
        {
            using var answer = await client.GetAsync(to);
            var next = answer;
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var page = await answer.Content.ReadAsStringAsync();
                page.ShouldContain("Sign in at the provider", Case.Sensitive, to.ToString());
                next = await client.PostAsync(to, new FormUrlEncodedContent([new("person", person ?? ""), new("act", person is null ? "cancel" : "in")]));
            }
            ((int)next.StatusCode).ShouldBeInRange(301, 303, await next.Content.ReadAsStringAsync());
            to = new Uri(to, next.Headers.Location!);
            if (!to.AbsoluteUri.StartsWith(provider, StringComparison.Ordinal)) return to;
        }
        throw new ShouldAssertException("The provider leads in a circle.");
    }

    /// <summary>Signs out at the provider, saying yes to its question. The address that it was sent back to, or null.</summary>
    public async Task<Uri?> SignOut(Uri to)
    {
        using var asked = await client.GetAsync(to);
        var page = await asked.Content.ReadAsStringAsync();
        asked.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page);
        var form = document.QuerySelector("form")!;
        using var said = await client.PostAsync(new Uri(to, form.GetAttribute("action")), new FormUrlEncodedContent([.. form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")), new("logout", "yes")]));
        return said.Headers.Location is { } back ? new Uri(to, back) : null;
    }

    public void Dispose() => client.Dispose();
}
