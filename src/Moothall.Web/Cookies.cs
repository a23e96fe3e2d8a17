using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Council;
using NodaTime;

namespace Moothall.Web;

/// <summary>How cookies are set: never readable by script, only for this site, and over TLS only where the council is served so.</summary>
static class Cookies
{
    public static CookieOptions Lax(HttpContext context, string path, Duration? life = null) => new()
    {
        Path = path, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = life?.ToTimeSpan(),
    };
}

/// <summary>
/// Where the council is served over TLS, every cookie that is set and read has a name that begins with `__Host-` (RFC 6265bis, 4.1.3.2): browsers take such a one only over TLS, from this very host, for the
/// whole of it. So neither a neighbour under the same domain nor somebody on the way can plant one. It stands in one place, so that no page can forget it: the rest of the
/// program goes on with the plain names, which are also those on loopback without TLS.
/// </summary>
static class HostCookies
{
    public const string Prefix = "__Host-";

    public static IApplicationBuilder UseHostCookies(this IApplicationBuilder app)
    {
        var house = app.ApplicationServices.GetRequiredService<House>();
        return app.Use((context, next) =>
        {
            if (AreFor(context, house.Council))
            {
                context.Features.Set<IResponseCookiesFeature>(new Setting(context.Response.Cookies));
                context.Features.Set<IRequestCookiesFeature>(new Sent(context.Request.Cookies));
            }
            return next(context);
        });
    }

    // A server in front may end TLS and not say so; the council's public address does.
    static bool AreFor(HttpContext context, CouncilFiles council)
    {
        if (context.Request.IsHttps) return true;
        const string scheme = "https://";
        var (asked, address) = (context.Request.Host.Host, council.ForHost(context.Request.Host.Host).PublicAddress);
        if (!address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var host = address.AsSpan(scheme.Length);
        var end = host.IndexOfAny(':', '/');
        return (end < 0 ? host : host[..end]).Equals(asked, StringComparison.OrdinalIgnoreCase);
    }

    sealed class Setting(IResponseCookies inner) : IResponseCookiesFeature, IResponseCookies
    {
        public IResponseCookies Cookies => this;

        public void Append(string key, string value) => Append(key, value, new CookieOptions());

        public void Append(string key, string value, CookieOptions options) => inner.Append(Prefix + key, value, AsHost(options));

        public void Delete(string key) => Delete(key, new CookieOptions());

        public void Delete(string key, CookieOptions options) => inner.Delete(Prefix + key, AsHost(options));

        static CookieOptions AsHost(CookieOptions options) => new(options) { Path = "/", Domain = null, Secure = true, HttpOnly = true };
    }

    /// <summary>What a browser sent, without the beginning of the names; a cookie without it is nobody's.</summary>
    sealed class Sent(IRequestCookieCollection inner) : IRequestCookiesFeature, IRequestCookieCollection
    {
        IRequestCookieCollection? replaced;

        public IRequestCookieCollection Cookies
        {
            get => replaced ?? this;
            set => replaced = value;
        }

        public string? this[string key] => inner[Prefix + key];
        public ICollection<string> Keys => [.. this.Select(cookie => cookie.Key)];
        public int Count => Keys.Count;
        public bool ContainsKey(string key) => inner.ContainsKey(Prefix + key);
        public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => inner.TryGetValue(Prefix + key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            foreach (var (name, value) in inner)
                if (name.StartsWith(Prefix, StringComparison.Ordinal)) yield return new(name[Prefix.Length..], value);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
