using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Web.Resident;

/// <summary>
/// Answers that are filled in on the pages of a journey before the person has given any (`prefill`): from the link that they followed, and from what they sent before. They stand in cookies
/// of the service's own pages until the browser is closed or the journey sent, and are read anew for each page; nothing of them is stored, or counts, until the person sends a page.
/// </summary>
/// <param name="Earlier">The case that they sent before; null where none is opened.</param>
sealed record FilledIn(Answers FromLink, Answers FromCase, string? Earlier)
{
    /// <summary>What the account remembers, by question, and the case that each was told in; "" for the account's own address.</summary>
    public Answers FromAccount { get; init; } = Answers.None;
    IReadOnlyDictionary<string, string> ToldIn { get; init; } = new Dictionary<string, string>();

    // A service's name follows: what fills in one form is nothing to another, whatever path the cookie has.
    const string LinkCookie = "moothall-link-", EarlierCookie = "moothall-earlier-";
    const int LongestQuery = 1000;

    public static readonly FilledIn Nothing = new(Answers.None, Answers.None, null);

    /// <summary>What is filled in for a question, and where it is from; null where nothing is.</summary>
    public (Answer Answer, string Source)? For(Question question)
    {
        foreach (var source in question.Prefill)
            if ((source switch { PrefillSource.Link => FromLink, PrefillSource.Account => FromAccount, _ => FromCase })[question.Name] is { } answer) return (answer, source);
        return null;
    }

    /// <summary>Where it is from, in words that stand with the question; null where nothing is filled in.</summary>
    public string? Words(Question question, Phrases phrases) => For(question) switch
    {
        null => null,
        (_, PrefillSource.Link) => phrases.Say("We filled this in from the link you followed. Check that it is right."),
        (_, PrefillSource.Account) => ToldIn[question.Type.Name] is { Length: > 0 } reference ? phrases.Say("This is what you told us in {reference}, when you were signed in. Change it if it is not right any more.", ("reference", reference))
            : phrases.Say("This is the email address of your account. Change it if you want us to write to another one."),
        _ => phrases.Say("This is what you told us in {reference}. Change it if it is not right any more.", ("reference", Earlier)),
    };

    /// <summary>What is filled in for some questions, by question.</summary>
    public Answers For(IEnumerable<Question> questions)
    {
        var answers = Answers.None;
        foreach (var question in questions)
            if (For(question) is var (answer, _)) answers = answers.With(question.Name, answer);
        return answers;
    }

    /// <summary>What this browser's cookies and the person's account fill in; read only for a service that has it.</summary>
    public static async Task<FilledIn> Of(HttpContext context, Visit visit, ServiceDefinition definition, MyAccount.Doer doer)
    {
        var filled = IsKept(context, definition.Name) ? await OfCookies(context, visit, definition) : Nothing;
        // What somebody told us of themselves is not for what they do for somebody else.
        if (doer.Session is not { Account: var account } || doer.For(definition.Name) is not null || !definition.FillsInFromAccount) return filled;
        var (details, email) = await visit.House.Database.Read(async session => (await AccountDetails.Of(session, account), await Accounts.EmailOf(session, account)), context.RequestAborted);
        var (remembered, toldIn) = (details.ToDictionary(d => d.Kind, d => d.Json, StringComparer.Ordinal), details.ToDictionary(d => d.Kind, d => d.Reference, StringComparer.Ordinal));
        if (email is not null && remembered.TryAdd("email", JsonSerializer.Serialize(email.Address))) toldIn["email"] = "";
        return filled with { FromAccount = Prefill.FromAccount(definition, remembered, Reading(visit)), ToldIn = toldIn };
    }

    static async Task<FilledIn> OfCookies(HttpContext context, Visit visit, ServiceDefinition definition)
    {
        var link = context.Request.Cookies[LinkCookie + definition.Name];
        var reading = Reading(visit);
        var (earlier, fromCase) = (await Opened(context, visit.House, definition.Name), Answers.None);
        if (earlier is not null) fromCase = Prefill.FromCase(definition, earlier.AskedBy, earlier.Answers, reading);
        return new FilledIn(link is null ? Answers.None : Prefill.FromLink(definition, Fields(QueryHelpers.ParseQuery(link)), reading), fromCase, earlier?.Reference);
    }

    static ReadingContext Reading(Visit visit) => new() { Today = visit.Authority.Calendar.DayOf(visit.House.Now), Language = visit.Language, LookUps = visit.Council.Places };

    static PostedFields Fields(Dictionary<string, StringValues> query) => new(new FormCollection(query));

    /// <summary>The earlier case that this browser may ask for again.</summary>
    public static async Task<EarlierCase?> Opened(HttpContext context, House house, string service) =>
        context.Request.Cookies[EarlierCookie + service]?.Split('.') is [var reference, var code]
            ? await house.Database.Read(session => EarlierCase.Open(session, house, service, reference, code), context.RequestAborted) : null;

    /// <summary>What of an address fills in questions of the service, as a query to carry on; "" where nothing does.</summary>
    public static string Carried(HttpContext context, Visit visit, ServiceDefinition definition)
    {
        if (context.Request.Query.Count == 0 || context.Request.QueryString.Value!.Length > LongestQuery) return "";
        var query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value, StringComparer.Ordinal);
        var known = Prefill.FromLink(definition, Fields(query), Reading(visit));
        return QueryString.Create(definition.Ask.Where(q => known[q.Name] is not null).SelectMany(q => q.Type.Fields(q)).Where(query.ContainsKey)
            .SelectMany(field => query[field].Select(value => KeyValuePair.Create(field, value)))).Value ?? "";
    }

    /// <summary>Has the browser keep what a link fills in, so that it leaves the address.</summary>
    public static void Keep(HttpContext context, ServiceDefinition definition, string carried)
    {
        if (carried.Length > 0) context.Response.Cookies.Append(LinkCookie + definition.Name, carried, Cookies.Lax(context, PathOf(definition.Name)));
    }

    /// <summary>Has the browser keep that an earlier case may be asked for again.</summary>
    public static void Keep(HttpContext context, string service, string reference, string code) =>
        context.Response.Cookies.Append(EarlierCookie + service, $"{reference}.{TrackingCodes.Tidied(code)}", Cookies.Lax(context, PathOf(service)));

    /// <summary>Whether this browser keeps anything that fills in pages of the service.</summary>
    public static bool IsKept(HttpContext context, string service) => context.Request.Cookies.ContainsKey(LinkCookie + service) || context.Request.Cookies.ContainsKey(EarlierCookie + service);

    /// <summary>Has the browser forget all of it: the journey was sent, or the person does not want it.</summary>
    public static void Forget(HttpContext context, string service)
    {
        foreach (var cookie in new[] { LinkCookie + service, EarlierCookie + service })
            context.Response.Cookies.Delete(cookie, Cookies.Lax(context, PathOf(service)));
    }

    static string PathOf(string service) => "/services/" + service;
}
