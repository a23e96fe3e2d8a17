using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Design;
using Moothall.Web.Resident;

namespace Moothall.Web.Open;

/// <summary>The pages that a council writes itself (contact, accessibility, privacy, cookies, source), with its own name and numbers put in.
/// `contact.cy.md` is the Welsh page beside `contact.md`.</summary>
static class HelpEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/help/{page}", Show);

    static IResult Show(string page, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        var pages = visit.Council.Pages;
        if (page.Contains('.', StringComparison.Ordinal) || !pages.TryGetValue(page, out var english)) return Pages.NotFound(context, house);
        var own = pages.GetValueOrDefault($"{page}.{visit.Language}");
        var phrases = own is null ? Phrases.English : visit.Look.Phrases;
        return new PageResult(new HelpPage { Look = visit.Look, Markdown = Filled(own ?? english, visit, phrases), WrittenIn = phrases.Language });
    }

    /// <summary>
    /// A page of Markdown with the authority's own in place of {council}, {phone}, {email}, {address}, {hours}, {today} (whether somebody is there now) and
    /// {keeping} (how long each of its services keeps what it was told).
    /// </summary>
    static string Filled(string markdown, Visit visit, Phrases phrases)
    {
        var authority = visit.Authority;
        var contact = authority.Contact;
        return markdown.ReplaceLineEndings("\n")
            .Replace("{council}", authority.Name, StringComparison.Ordinal)
            .Replace("{phone}", $"[{contact.Phone}](tel:{contact.Phone.Replace(" ", "", StringComparison.Ordinal)})", StringComparison.Ordinal)
            .Replace("{email}", $"[{contact.Email}](mailto:{contact.Email})", StringComparison.Ordinal)
            .Replace("{address}", string.Join("\\\n", contact.Address), StringComparison.Ordinal)
            .Replace("{today}", OpeningHours.Of(authority, visit.House.Now, phrases).Words, StringComparison.Ordinal)
            .Replace("{keeping}", markdown.Contains("{keeping}", StringComparison.Ordinal) ? Keeping(visit, phrases.Language) : "", StringComparison.Ordinal)
            .Replace("{hours}", string.Join("\n", OpeningHours.Week(contact, phrases).Select(line => "- " + line)), StringComparison.Ordinal);
    }

    static string Keeping(Visit visit, string language) => string.Join("\n", visit.House.Services.All.Select(p => p.Definition).Where(d => visit.Council.FindOffer(d.Name, visit.Authority.Id) is not null)
        .OrderBy(d => d.Title.In(language), StringComparer.Ordinal).Select(d => $"| {d.Title.In(language).Replace("|", "\\|", StringComparison.Ordinal)} | {Phrases.In(language).Length(d.Keep.For)} |"));
}
