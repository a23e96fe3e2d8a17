using System.Globalization;
using Microsoft.AspNetCore.Http;
using Moothall.Definitions;
using Moothall.Journeys;

namespace Moothall.Web.Resident;

/// <summary>A form that was begun in this browser and not sent.</summary>
/// <param name="Until">The last day on which it is kept.</param>
public sealed record BegunForm(string Service, string Title, NodaTime.LocalDate Until)
{
    public string Href => $"/services/{Service}/go-on";
}

/// <summary>The forms begun in this browser, by its cookies. Looking writes nothing.</summary>
static class OpenDrafts
{
    /// <summary>The beginning of the names of drafts' cookies; a service's name follows.</summary>
    public const string CookiePrefix = "draft-";
    const int Most = 10;

    /// <summary>The same of drafts that are filled in for somebody else.</summary>
    public const string ActingPrefix = "acting-";

    public static string CookieName(string service) => CookiePrefix + service;

    /// <summary>The cookie of a draft: what is done for somebody else does not get mixed up with one's own.</summary>
    public static string CookieName(Draft draft) => (draft.Acting is null ? CookiePrefix : ActingPrefix) + draft.Service;

    /// <summary>A draft's id as a cookie holds it, or null.</summary>
    public static string? IdIn(string? cookie) => cookie is { Length: 32 } && cookie.All(char.IsAsciiHexDigitLower) ? cookie : null;

    // The draft and its revision after the last answer, by whichever node it was saved.
    const string SavedCookie = "moothall-saved";

    /// <summary>Tells the browser what was just saved, so that the page after it need not be read (<see cref="RecentDrafts.PageAfter"/>); what somebody does who is signed in is read always.</summary>
    public static void TellSaved(HttpContext context, Draft draft)
    {
        if (draft is { Account: null, Acting: null })
            context.Response.Cookies.Append(SavedCookie, string.Create(CultureInfo.InvariantCulture, $"{draft.Id}-{draft.Revision}"), Cookies.Lax(context, "/services", RecentDrafts.Soon));
    }

    /// <summary>The revision of this draft after the last answer that the browser was told of; null where it does not say, or says it of another draft.</summary>
    public static int? LastSaved(HttpContext context, string draft) =>
        context.Request.Cookies[SavedCookie] is { Length: > 33 } said && said.StartsWith(draft, StringComparison.Ordinal) && int.TryParse(said.AsSpan(33), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    /// <summary>The forms to go on with, the newest first; of one service where it is named.</summary>
    public static async Task<IReadOnlyList<BegunForm>> Of(HttpContext context, Visit visit, string? service = null)
    {
        var house = visit.House;
        var ids = context.Request.Cookies.Where(c => service is null ? c.Key.StartsWith(CookiePrefix, StringComparison.Ordinal) : c.Key == CookieName(service))
            .Select(c => IdIn(c.Value)).OfType<string>().Distinct().Take(Most).ToList();
        if (ids.Count == 0) return [];
        var drafts = await house.Database.Read(session => Drafts.Open(session, ids, house.Now), context.RequestAborted);
        return [.. from begun in drafts
                   let published = house.Services.Find(begun.Service)
                   where published is not null && context.Request.Cookies[CookieName(begun.Service)] == begun.Id
                   select new BegunForm(begun.Service, published.Definition.Title.In(visit.Language), ComeBack.KeptUntil(begun).InZone(visit.Authority.Calendar.Zone).Date)];
    }
}
