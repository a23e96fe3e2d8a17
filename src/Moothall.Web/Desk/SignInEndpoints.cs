using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>Signing in at the desk and out again. In the demo somebody chooses a name; anywhere else that way does not exist.</summary>
static class SignInEndpoints
{
    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/sign-in", Show);
        desk.MapPost("/sign-in", SignIn);
        desk.MapPost("/sign-out", SignOut);
    }

    static IResult Show(HttpContext context, House house, WebSettings settings) =>
        Page(context, house, settings, LocalPath(context.Request.Query["return"].ToString()), null, 200);

    static PageResult Page(HttpContext context, House house, WebSettings settings, string back, string? wrong, int status)
    {
        var visit = new Visit(context, house);
        return new PageResult(new SignInPage
        {
            Look = visit.Look, Council = visit.Council, ByName = settings.ChooseANameSignIn, Return = back, Wrong = wrong, Token = visit.Token(), Contact = visit.Authority.Contact,
        }, status);
    }

    static async Task<IResult> SignIn(HttpContext context, House house, WebSettings settings, Callers callers)
    {
        if (!settings.ChooseANameSignIn) return Pages.NotFound(context, house);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        var back = LocalPath(form["return"].ToString());
        if (!await new Visit(context, house).IsOurs())
            return Page(context, house, settings, back, "This page was open for a long time, or your browser does not keep our cookies. Choose your name again.", 400);
        var member = form["member"].ToString();
        if (StaffSessions.ToChooseFrom(house.Council).All(m => m.Id != member)) return Page(context, house, settings, back, "Choose a name from the list.", 422);
        callers.SignIn(context, member);
        return new SeeOtherResult(back);
    }

    static async Task<IResult> SignOut(HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (!await new Visit(context, house).IsOurs()) return Pages.Problem(context, house, 400, "You are still signed in", "This page was open for a long time. Go back, load the page again and sign out.");
        Callers.SignOut(context);
        return new SeeOtherResult("/desk/sign-in");
    }

    /// <summary>The page of the desk that somebody wanted, or the queue: never an address of another site (CWE-601).</summary>
    internal static string LocalPath(string wanted) =>
        (wanted.StartsWith("/desk/", StringComparison.Ordinal) || wanted.StartsWith("/desk?", StringComparison.Ordinal)) && wanted.Length <= 500 && !wanted.StartsWith("/desk/sign-", StringComparison.Ordinal)
            && wanted.All(c => c is > ' ' and < '\u007f' and not '\\') ? wanted : "/desk";
}
