using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Web;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.StandIns;

/// <summary>What the stand-in mail server took, newest first, for whoever tries the demo: nothing of it left the machine.</summary>
public static partial class MailPages
{
    /// <summary>Where the list is.</summary>
    public const string Address = "/stand-ins/mail";

    public static void Map(IEndpointRouteBuilder app, MailServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        app.MapGet(Address, (HttpContext context, House house) => List(new Visit(context, house), server, house.Now)).ExcludeFromDescription();
        app.MapGet(Address + "/{number:int}", (int number, HttpContext context, House house) => One(new Visit(context, house), server, number)).ExcludeFromDescription();
    }

    static PageResult List(Visit visit, MailServer server, Instant now)
    {
        var html = new StringBuilder("<h1 class=\"govuk-heading-l\">Mails that were sent</h1><p class=\"govuk-body\">This is a demonstration: no mail leaves this machine. A mail to nobody@ is refused, one to later@ is put off, and one to gone@ comes back.</p>");
        if (visit.Authority.QuietHours is var quiet && quiet.Has(now))
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"govuk-body\">It is night: mails about cases wait until {When(visit, quiet.After(now))}. Only what somebody waits for, such as a link to go on with a form, is sent now.</p>");
        var taken = server.Taken.Reverse().ToList();
        if (taken.Count == 0) html.Append("<p class=\"govuk-body\">No mail was sent yet. A mail about a case is sent a minute after it happened, so that it can be undone.</p>");
        else html.Append("<ul class=\"govuk-list govuk-list--spaced\">");
        foreach (var mail in taken)
            html.Append(CultureInfo.InvariantCulture, $"<li><a class=\"govuk-link\" href=\"{Address}/{mail.Number}\">{WebUtility.HtmlEncode(mail.Subject)}</a><br>to {WebUtility.HtmlEncode(mail.To)}, {When(visit, mail.At)}</li>");
        if (taken.Count > 0) html.Append("</ul>");
        return Page(visit, "Mails that were sent", "/desk/messages", html.ToString());
    }

    static IResult One(Visit visit, MailServer server, int number)
    {
        if (server.Taken.FirstOrDefault(m => m.Number == number) is not { } mail)
            return Page(visit, "Mail not found", Address, "<h1 class=\"govuk-heading-l\">This mail is not here any more</h1><p class=\"govuk-body\">The stand-in keeps the newest 500, until it is stopped.</p>", 404);
        var html = new StringBuilder($"<h1 class=\"govuk-heading-l\">{WebUtility.HtmlEncode(mail.Subject)}</h1><p class=\"govuk-body\">From {WebUtility.HtmlEncode(mail.Header("From"))}<br>To {WebUtility.HtmlEncode(mail.To)}<br>{When(visit, mail.At)}</p>");
        foreach (var paragraph in mail.Plain.Trim().Split("\n\n"))
            html.Append("<p class=\"govuk-body\">").Append(Link().Replace(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal), "<a class=\"govuk-link\" href=\"$0\">$0</a>")).Append("</p>");
        return Page(visit, mail.Subject, Address, html.ToString());
    }

    static string When(Visit visit, Instant at) => WebUtility.HtmlEncode(Words.At(at, visit.Authority.Calendar.Zone));

    static PageResult Page(Visit visit, string title, string back, string html, int status = 200) =>
        new(new Page { Look = visit.Look, Title = title, BackHref = back, ChildContent = content => content.AddMarkupContent(0, html) }, status);

    [GeneratedRegex(@"https?://[^\s<]+")]
    private static partial Regex Link();
}
