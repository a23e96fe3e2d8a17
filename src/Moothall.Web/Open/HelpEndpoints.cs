using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Web.Design;
using Moothall.Web.Resident;

namespace Moothall.Web.Open;

/// <summary>The pages that a council writes itself (contact, accessibility, privacy, cookies, source), with its own name and numbers put in.</summary>
static class HelpEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/help/{page}", Show);

    static IResult Show(string page, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        return visit.Council.Pages.TryGetValue(page, out var markdown) ? new PageResult(new HelpPage { Look = visit.Look, Markdown = Filled(markdown, visit) }) : Pages.NotFound(context, house);
    }

    /// <summary>
    /// A page of Markdown with the authority's own in place of {council}, {phone}, {email}, {address}, {hours}, {today} (whether somebody is there now) and
    /// {keeping} (how long each of its services keeps what it was told).
    /// </summary>
    static string Filled(string markdown, Visit visit)
    {
        var authority = visit.Authority;
        var contact = authority.Contact;
        return markdown.ReplaceLineEndings("\n")
            .Replace("{council}", authority.Name, StringComparison.Ordinal)
            .Replace("{phone}", $"[{contact.Phone}](tel:{contact.Phone.Replace(" ", "", StringComparison.Ordinal)})", StringComparison.Ordinal)
            .Replace("{email}", $"[{contact.Email}](mailto:{contact.Email})", StringComparison.Ordinal)
            .Replace("{address}", string.Join("\\\n", contact.Address), StringComparison.Ordinal)
            .Replace("{today}", Today(visit), StringComparison.Ordinal)
            .Replace("{keeping}", markdown.Contains("{keeping}", StringComparison.Ordinal) ? Keeping(visit) : "", StringComparison.Ordinal)
            .Replace("{hours}", string.Join("\n", OpeningHours.Week(contact).Select(line => "- " + line)), StringComparison.Ordinal);
    }

    static string Today(Visit visit)
    {
        var hours = OpeningHours.Of(visit.Authority, visit.House.Now);
        return visit.Look.Say(hours.English, hours.Welsh);
    }

    static string Keeping(Visit visit) => string.Join("\n", visit.House.Services.All.Select(p => p.Definition).Where(d => visit.Council.FindOffer(d.Name, visit.Authority.Id) is not null)
        .OrderBy(d => d.Title.In(visit.Language), StringComparer.Ordinal).Select(d => $"| {d.Title.In(visit.Language).Replace("|", "\\|", StringComparison.Ordinal)} | {d.Keep.For.ToWords()} |"));
}
