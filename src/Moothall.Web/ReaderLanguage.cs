using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Design;

namespace Moothall.Web;

/// <summary>
/// The language a page is read in, of those the council offers: `?lang=` (kept in a cookie from then on), what was chosen before, then what the browser
/// prefers, then the council's first.
/// </summary>
static class ReaderLanguage
{
    /// <summary>The cookie that remembers a choice for a year.</summary>
    public const string Cookie = "moothall-language";
    static readonly TimeSpan Remembered = TimeSpan.FromDays(365);
    static readonly IReadOnlyList<LanguageLink> None = [];

    /// <summary>The language of a request whose authority is not known yet.</summary>
    public static Phrases Of(HttpContext context) => Of(context, context.RequestServices.GetRequiredService<House>().Council.ForHost(context.Request.Host.Host));

    /// <summary>A message in the language of whoever asks.</summary>
    public static string Say(this HttpContext context, string english, params ReadOnlySpan<(string Name, object? Value)> values) => Of(context).Say(english, values);

    /// <summary>A message of the modules in the language of whoever asks.</summary>
    public static string Say(this HttpContext context, Message message) => message.In(Of(context));

    public static Phrases Of(HttpContext context, Authority authority)
    {
        if (authority.Languages.Count == 1) return Phrases.In(authority.Languages[0]);
        if (context.Request.Query["lang"] is [{ } asked] && Offered(authority, asked) is { } chosen)
        {
            if (context.Request.Cookies[Cookie] != chosen) context.Response.Cookies.Append(Cookie, chosen, Cookies.Lax(context, "/", NodaTime.Duration.FromTimeSpan(Remembered)));
            return Phrases.In(chosen);
        }
        if (context.Request.Cookies[Cookie] is { } before && Offered(authority, before) is { } kept) return Phrases.In(kept);
        return Phrases.In(Preferred(context, authority) ?? authority.Languages[0]);
    }

    /// <summary>
    /// The language of what is said to a program: `?lang=`, then `Accept-Language`, of those the council offers; English for a program that asks for none, whatever
    /// the council's first language is. What a browser remembers does not count.
    /// </summary>
    public static Phrases OfProgram(HttpContext context)
    {
        var authority = context.RequestServices.GetRequiredService<House>().Council.ForHost(context.Request.Host.Host);
        if (context.Request.Query["lang"] is [{ } asked] && Offered(authority, asked) is { } chosen) return Phrases.In(chosen);
        return Phrases.In(Preferred(context, authority) ?? "en");
    }

    static string? Preferred(HttpContext context, Authority authority) => context.Request.Headers.AcceptLanguage.Count == 0 ? null
        : context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Offered(authority, Primary(l.Value))).FirstOrDefault(l => l is not null);

    /// <summary>Links to the same page in the other languages that the council offers. What came of a form at the desk often has no address of its own, so it has none.</summary>
    public static IReadOnlyList<LanguageLink> Others(HttpContext context, Authority authority, Phrases reading)
    {
        if (authority.Languages.Count == 1 || (!HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal))) return None;
        if (!context.Request.QueryString.HasValue)
        {
            var here = context.Request.Path.ToUriComponent();
            return [.. authority.Languages.Where(l => l != reading.Language).Select(l => new LanguageLink(l, Phrases.In(l).Name, $"{here}?lang={l}"))];
        }
        var query = context.Request.Query.Where(q => q.Key is not ("lang" or "code"));
        return [.. authority.Languages.Where(l => l != reading.Language).Select(l => new LanguageLink(l, Phrases.In(l).Name,
            context.Request.Path + QueryString.Create(query.Append(KeyValuePair.Create("lang", new StringValues(l))))))];
    }

    static string? Offered(Authority authority, string language) => authority.Languages.FirstOrDefault(l => l == language);

    static string Primary(StringSegment language) => language.Value?.Split('-')[0].ToLowerInvariant() ?? "";
}
