using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Moothall.Web;

/// <summary>Answers HEAD as GET (RFC 9110, 9.3.2): the same status and headers, and the server sends no body. Before routing, which knows only GET.</summary>
static class HeadAsGet
{
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
