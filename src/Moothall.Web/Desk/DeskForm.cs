using Microsoft.AspNetCore.Http;

namespace Moothall.Web.Desk;

/// <summary>A posted form of the desk that has nothing typed to keep: a button.</summary>
static class DeskForm
{
    /// <summary>The form, or the page that says why it does not count.</summary>
    public static async Task<(IFormCollection? Form, IResult? No)> Read(HttpContext context)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return (null, desk.Problem(status, "This did not arrive", wrong!));
        return await desk.IsOurs() ? (form, null)
            : (null, desk.Problem(400, "Nothing was changed", "The page was open for a long time, or your browser does not keep our cookies. Go back, load the page again and press the button once more."));
    }

    /// <summary>The version that a form was made from.</summary>
    public static int Version(IFormCollection form) =>
        int.TryParse(form["version"].ToString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : -1;
}
