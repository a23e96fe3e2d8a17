using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Design;

/// <summary>
/// A page as the answer to a request: drawn whole into memory, then sent at once with its length, gzipped for those who
/// take it. Pages are kept by nobody unless they say so, because most of them show something of a person.
/// </summary>
public sealed class PageResult(Part page, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    /// <summary>How long anybody may keep the page; null, as for everything personal, means not at all.</summary>
    public TimeSpan? KeepFor { get; init; }

    /// <inheritdoc />
    public int? StatusCode => status;

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        using var html = new HtmlWriter();
        page.Write(html);

        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = KeepFor is { } time ? $"public, max-age={(int)time.TotalSeconds}" : "no-store";
        response.Headers.Vary = "Accept-Encoding";
        if (!Assets.Accepts(httpContext.Request.Headers.AcceptEncoding.ToString(), "gzip"))
        {
            await Send(httpContext, html.Written);
            return;
        }
        using var compressed = new MemoryStream(html.Written.Length / 2);
        // Tokens in forms are masked anew each time, so a guess repeated on the page cannot be read off the length (BREACH).
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(html.Written.Span);
        response.Headers.ContentEncoding = "gzip";
        await Send(httpContext, compressed.GetBuffer().AsMemory(0, (int)compressed.Length));
    }

    static ValueTask Send(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? ValueTask.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
