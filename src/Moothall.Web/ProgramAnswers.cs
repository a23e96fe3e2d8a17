using Microsoft.AspNetCore.Http;
using Moothall.Definitions;
using Moothall.Web.Api;
using Moothall.Web.OAuth;
using Moothall.Web.Scim;

namespace Moothall.Web;

/// <summary>The addresses that programs call, and how a program is told there what went wrong before or instead of an answer.</summary>
static class ProgramAnswers
{
    /// <summary>Whether an address is called by programs and not by people with a browser.</summary>
    public static bool AreFor(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsScim(path) || path.StartsWithSegments(TokenEndpoint.Address, StringComparison.OrdinalIgnoreCase);

    /// <summary>What went wrong, as the address of a request says it: an error of SCIM, or a problem. Null where people are, who get a page.</summary>
    public static IResult? Of(HttpContext context, int status, Message title, Message detail)
    {
        var path = context.Request.Path;
        return IsScim(path) ? ScimAnswers.Error(context, status, detail) : AreFor(path) ? Problems.Of(status, title, detail) : null;
    }

    static bool IsScim(PathString path) => path.StartsWithSegments(ScimEndpoints.Address, StringComparison.OrdinalIgnoreCase);
}
