using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using NodaTime;

namespace Moothall.Web.MyAccount;

/// <summary>One request of a resident who is signed in to a page of their account.</summary>
public sealed class AccountVisit
{
    static readonly object Key = new();
    readonly Visit visit;
    string? token;

    AccountVisit(Visit visit, AccountSession session) => (this.visit, Session) = (visit, session);

    public AccountSession Session { get; }
    /// <summary>The account's id: everything is looked up by it, so that another's is not found.</summary>
    public string Id => Session.Account;
    /// <summary>What the rows of passkeys call them.</summary>
    public string Holder => Accounts.HolderOf(Id);
    public Visit Visit => visit;
    public House House => visit.House;
    public Look Look => visit.Look;
    public Phrases Phrases => Look.Phrases;
    public DateTimeZone Zone => visit.Authority.Calendar.Zone;
    public Instant Now => House.Now;
    /// <summary>The antiforgery token for every form of the page.</summary>
    public string Token => token ??= visit.Token();

    /// <summary>"Friday 6 March 2026 at 10:30am".</summary>
    public string At(Instant at) => Look.At(at, Zone);

    /// <summary>"Friday 6 March 2026".</summary>
    public string Day(Instant at) => Look.Day(at.InZone(Zone).Date);

    /// <summary>Lets somebody in who is signed in; null for anybody else.</summary>
    internal static async ValueTask<AccountVisit?> Enter(HttpContext context)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<AccountCallers>().Of(context) is not { } session) return null;
        var visit = new AccountVisit(new Visit(context, services.GetRequiredService<House>()), session);
        visit.visit.DoneBy(await services.GetRequiredService<AccountCallers>().DoerOf(context), null);
        context.Items[Key] = visit;
        return visit;
    }

    /// <summary>The visit of a request that was let in.</summary>
    public static AccountVisit Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (AccountVisit)context.Items[Key]!;
    }

    /// <summary>The posted form, or the answer where it is none of ours.</summary>
    internal async Task<(IFormCollection? Form, IResult? No)> Posted(HttpContext context)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return (null, Pages.Problem(context, House, status, "This did not arrive", wrong!));
        return await visit.IsOurs() ? (form, null) : (null, Pages.Problem(context, House, 400, "Nothing was changed", "This page was open for a long time, or your browser does not keep our cookies. Go back, load the page again and try once more."));
    }
}
