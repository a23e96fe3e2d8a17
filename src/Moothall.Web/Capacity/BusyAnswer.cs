using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Api;

namespace Moothall.Web.Capacity;

/// <summary>
/// The answer to somebody who is asked to come again: a page in every language of the council, or a problem of the API. Its bytes and headers are made once, because
/// a node that refuses has no time to spare.
/// </summary>
sealed class BusyAnswer
{
    const string Style = "body{font:1.1875rem/1.5 system-ui,sans-serif;color:#0b0c0c;margin:0 auto;max-width:38em;padding:1.5rem}h1,h2{line-height:1.2}";
    const int Soonest = 5, Spread = 10;
    // Not all at once again.
    static readonly StringValues[] Waits = [.. Enumerable.Range(Soonest, Spread).Select(seconds => new StringValues(seconds.ToString(CultureInfo.InvariantCulture)))];
    static readonly StringValues Html = "text/html; charset=utf-8", Json = "application/problem+json", NoStore = "no-store", NoSniff = "nosniff", Deny = "DENY",
        Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    static readonly Message Heading = new Message("We are very busy just now"), Words = new Message("Nothing was lost. Wait a minute, go back and try again."),
        Again = new Message("This node serves as many requests as it can. Nothing was kept of this one. Send it again after the seconds in Retry-After.");

    readonly byte[] page;
    readonly Dictionary<string, byte[]> problems;

    public BusyAnswer(CouncilFiles council)
    {
        var languages = council.Authorities.SelectMany(a => a.Languages).Distinct(StringComparer.Ordinal).Select(Phrases.In).ToList();
        problems = languages.Append(Phrases.English).DistinctBy(p => p.Language).ToDictionary(p => p.Language,
            p => JsonSerializer.SerializeToUtf8Bytes(new Problem("about:blank", Heading.In(p), StatusCodes.Status503ServiceUnavailable, Again.In(p)), ApiJson.Options), StringComparer.Ordinal);
        var main = string.Concat(languages.Select((phrases, at) =>
            $"<div lang=\"{phrases.Language}\"><h{(at == 0 ? 1 : 2)}>{Text(Heading, phrases)}</h{(at == 0 ? 1 : 2)}><p>{Text(Words, phrases)}</p></div>"));
        page = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html lang=\"{languages[0].Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(Heading, languages[0])}</title><style>{Style}</style></head><body><main>{main}</main></body></html>");
    }

    static string Text(Message message, Phrases phrases) => HtmlEncoder.Default.Encode(message.In(phrases));

    public Task Write(HttpContext context)
    {
        var (response, isApi) = (context.Response, ProgramAnswers.AreFor(context.Request.Path));
        var bytes = isApi ? problems[ReaderLanguage.OfProgram(context).Language] : page;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var headers = response.Headers;
        headers.RetryAfter = Waits[Random.Shared.Next(Spread)];
        headers.ContentType = isApi ? Json : Html;
        headers.CacheControl = NoStore;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers.ContentSecurityPolicy = Policy;
        headers.ContentLength = bytes.Length;
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;
        return response.Body.WriteAsync(bytes, 0, bytes.Length, context.RequestAborted);
    }
}
