using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Web.Door;

namespace Moothall.Web.Design;

/// <summary>
/// The style sheets, the script and the icon, carried inside the assembly. A file's name holds a hash of its content, so a
/// browser may keep it for ever; each stands there plain, gzipped and in brotli, compressed once at build.
/// </summary>
public static class Assets
{
    static readonly Assembly Here = typeof(Assets).Assembly;
    static readonly FrozenDictionary<string, string> Names = ReadManifest();
    static readonly FrozenDictionary<string, Asset> Files = Names.Values.ToFrozenDictionary(n => n, n => new Asset(n), StringComparer.Ordinal);

    /// <summary>The address of an asset by its plain name: `open.css`, `desk.css`, `preview.css`, `open.js`, `desk.js`, `preview.js`, `favicon.svg`.</summary>
    public static string Url(string name) => "/assets/" + Names[name];

    /// <summary>Serves the assets under /assets.</summary>
    public static IEndpointConventionBuilder MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{name}", ["GET", "HEAD"], (string name, HttpContext context) => Serve(name, context)).ExcludeFromDescription().Open();

    static Task Serve(string name, HttpContext context)
    {
        var response = context.Response;
        if (!Files.TryGetValue(name, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        var (encoding, bytes) = asset.For(context.Request.Headers.AcceptEncoding.ToString());
        response.ContentType = asset.Type;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    static FrozenDictionary<string, string> ReadManifest() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Read("manifest.json"))!.ToFrozenDictionary(StringComparer.Ordinal);

    static byte[] Read(string name)
    {
        using var stream = Here.GetManifestResourceStream("assets/" + name)
            ?? throw new InvalidOperationException($"assets/{name} is not in the assembly. Build src/Moothall.Web again: its build makes it.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    sealed class Asset(string name)
    {
        readonly byte[] plain = Read(name);
        readonly byte[] gzip = Read(name + ".gz");
        readonly byte[] brotli = Read(name + ".br");

        public string Type { get; } = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"What is the media type of an asset ending in {other}? Say so in Assets."),
        };

        public (string? Encoding, byte[] Bytes) For(string accepted) =>
            Accepts(accepted, "br") ? ("br", brotli) : Accepts(accepted, "gzip") ? ("gzip", gzip) : (null, plain);
    }

    /// <summary>Whether an Accept-Encoding header takes a coding (RFC 9110 12.5.3; `;q=0` refuses it).</summary>
    internal static bool Accepts(string header, string coding)
    {
        foreach (var part in header.AsSpan().Split(','))
        {
            var entry = header.AsSpan(part).Trim();
            var semicolon = entry.IndexOf(';');
            var name = semicolon < 0 ? entry : entry[..semicolon].TrimEnd();
            if (!name.Equals(coding, StringComparison.OrdinalIgnoreCase)) continue;
            if (semicolon < 0) return true;
            var weight = entry[(semicolon + 1)..].Trim();
            return !weight.StartsWith("q=") || !double.TryParse(weight[2..], NumberStyles.Float, CultureInfo.InvariantCulture, out var q) || q > 0;
        }
        return false;
    }
}
