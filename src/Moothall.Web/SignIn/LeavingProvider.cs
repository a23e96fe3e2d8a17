using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Desk;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.SignIn;

/// <summary>
/// Somebody signed out here, though not yet at the provider behind their session: a page offers to sign out there too, which matters on a shared computer. The browser remembers for ten minutes
/// which session that was.
/// </summary>
/// <param name="For">Whose providers these are.</param>
/// <param name="Path">Where that page lies: `/desk/signed-out`.</param>
/// <param name="Cookie">The cookie that remembers.</param>
/// <param name="Home">Where people go on who have no provider behind them.</param>
/// <param name="Heading">What the page is called.</param>
/// <param name="Page">The page, for what people call the provider's account.</param>
sealed record LeavingProvider(SignInFor For, string Path, string Cookie, string Home, Message Heading, Func<Look, Prose, Part> Page)
{
    static readonly Duration Remembered = Duration.FromMinutes(10);

    public void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Path).ExcludeFromDescription();
        pages.MapGet("", Show).Open();
        pages.MapGet("/there", LeaveThere).Open();
    }

    /// <summary>Where somebody who signed out goes on: where a provider is behind their session, to the page that offers to sign out there too.</summary>
    public async Task<string> AfterSignOut(HttpContext context, House house, string? code)
    {
        if ((await Behind(context, house, code)).Provider is null) return Home;
        context.Response.Cookies.Append(Cookie, code!, Cookies.Lax(context, Path, Remembered));
        return Path;
    }

    async Task<(SignInProvider? Provider, ProviderSession? Session)> Behind(HttpContext context, House house, string? code)
    {
        var behind = await house.Database.Read(session => ProviderSessions.Find(session, code), context.RequestAborted);
        return (behind is null ? null : house.Council.FindProvider(behind.Provider, For), behind);
    }

    async Task<IResult> Show(HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        var (provider, _) = await Behind(context, house, context.Request.Cookies[Cookie]);
        return provider is null ? new SeeOtherResult(Home) : new PageResult(Page(visit.Look, provider.Title));
    }

    async Task<IResult> LeaveThere(HttpContext context, House house, AskedProvider asked)
    {
        var (provider, behind) = await Behind(context, house, context.Request.Cookies[Cookie]);
        if (provider is null) return new SeeOtherResult(Home);
        var to = await asked.Adapter(provider).SignOutAddress(asked.Open(behind!.IdToken), PasskeySite.Of(context, house.Council).Address + Home, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie, Cookies.Lax(context, Path));
        return to is not null ? new SeeOtherResult(to.AbsoluteUri)
            : Pages.Problem(context, house, 503, Heading, new Message("The sign-in of {account} has no page for signing out, or cannot be reached just now. Close your browser to be sure that nobody else goes on with it.", ("account", provider.Title.In(ReaderLanguage.Of(context).Language))));
    }
}
