using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web;

/// <summary>
/// One request to a page: whose front door it came to (which chooses the look and nothing else), in which language, with the tokens that prove that its
/// form is ours.
/// </summary>
public sealed class Visit
{
    static readonly ConditionalWeakTable<Authority, Colours> ColoursOf = [];
    readonly HttpContext context;
    readonly Phrases phrases;
    Look? look;

    public Visit(HttpContext context, House house)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(house);
        this.context = context;
        House = house;
        Council = house.Council;
        Authority = Council.ForHost(context.Request.Host.Host);
        phrases = ReaderLanguage.Of(context, Authority);
    }

    public House House { get; }
    /// <summary>The council's files, the same for the whole request.</summary>
    public CouncilFiles Council { get; }
    /// <summary>The authority of the front door.</summary>
    public Authority Authority { get; }
    /// <summary>What a page needs; made when there is one to draw.</summary>
    public Look Look => look ??= new Look
    {
        Council = Authority.Name, Colours = ColoursOf.GetValue(Authority, static a => Colours.From(a.Colours)), Nonce = context.Request.Headers.ContainsKey(Desk.DeskVisit.ByItself) ? "" : context.Nonce(), Phrases = phrases,
        Languages = ReaderLanguage.Others(context, Authority, phrases), Account = AccountOf(context), Preview = context.RequestServices.GetRequiredService<WebSettings>().Preview is { } preview ? new PreviewLook(preview.Name, preview.Stamp(House.Services)) : null,
    };
    public string Language => phrases.Language;

    /// <summary>What a frame says of a session that ends at some time.</summary>
    internal SessionLook SessionUntil(Instant end, Instant now, bool canGrow, DateTimeZone zone) => new((int)(end - now).TotalSeconds, phrases.Time(end.InZone(zone).TimeOfDay), canGrow);

    /// <summary>Has every page of this request say when the session ends, and for whom it is done, or that it is not done for somebody else though other things are.</summary>
    internal void DoneBy(MyAccount.Doer doer, string? service)
    {
        if (doer.Session is { } session && Look.Account is { } mine)
        {
            var limits = context.RequestServices.GetRequiredService<WebSettings>().AccountSessions;
            look = Look with { Account = mine with { Session = SessionUntil(session.EndsAt(limits), House.Now, session.CanGrow(limits), Authority.Calendar.Zone) } };
        }
        if (doer.Agreement is not { SubjectName: { } name } agreement || Look.Account is not { } account) return;
        look = Look with { Account = account with { ActingFor = name, IsForThem = service is null || agreement.Covers(service) } };
    }

    static AccountLook? AccountOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<WebSettings>().Preview is null ? new AccountLook(MyAccount.AccountCallers.HasCookie(context)) : null;

    /// <summary>The hidden token for a form on the page; sets its cookie.</summary>
    public string Token() => FormTokens.For(context, House.Codes);

    /// <summary>Whether a posted form came from our own page.</summary>
    public Task<bool> IsOurs() => FormTokens.Fits(context, House.Codes);

    /// <summary>`phone`, `tablet` or `computer`, as the browser says; null when it says nothing that is known.</summary>
    public string? Device()
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length == 0) return null;
        if (agent.Contains("iPad", StringComparison.Ordinal) || (agent.Contains("Android", StringComparison.Ordinal) && !agent.Contains("Mobile", StringComparison.Ordinal))) return "tablet";
        if (agent.Contains("Mobi", StringComparison.Ordinal)) return "phone";
        return agent.Contains("Mozilla", StringComparison.Ordinal) ? "computer" : null;
    }
}

/// <summary>The fields of a posted form, as the question types read them. Values that are put in stand before what was sent.</summary>
public sealed class PostedFields(IFormCollection form) : IFormFields
{
    readonly Dictionary<string, IReadOnlyList<string>> replaced = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Values(string field) => replaced.TryGetValue(field, out var values) ? values : form.TryGetValue(field, out var sent) ? [.. sent.Select(v => v ?? "")] : [];

    public void Replace(string field, IReadOnlyList<string> values) => replaced[field] = values;

    /// <summary>What was typed into some fields, to show it again.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Typed(IEnumerable<string> fields) => fields.ToDictionary(f => f, Values, StringComparer.Ordinal);
}
