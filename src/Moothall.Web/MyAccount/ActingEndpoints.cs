using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>Acting for somebody else: asking, answering an invitation, doing things for them, and ending it.</summary>
static class ActingEndpoints
{
    static readonly SecretLink Link = new("moothall-invitation", "/account/invitation");

    public static void Map(RouteGroupBuilder account)
    {
        // The code becomes a cookie before anybody is asked to sign in.
        account.MapGet("/invitation/{code}", Link.Open).WithSecret();
        account.MapGet("/acting", All).ForResident();
        account.MapGet("/acting/new", AskForm).ForResident();
        account.MapPost("/acting", Ask).ForResident();
        account.MapPost("/acting/stop", Stop).ForResident();
        account.MapGet("/acting/{id}", One).ForResident();
        account.MapPost("/acting/{id}/begin", Begin).ForResident();
        account.MapPost("/acting/{id}/end", End).ForResident();
        account.MapGet("/acting/{id}/cases/{reference}", OpenCase).ForResident();
        account.MapGet("/invitation", Invitation).ForResident();
        account.MapPost("/invitation", Answer).ForResident();
    }

    static async Task<IResult> All(string? done, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var agreements = await house.Database.Read(session => ActingAgreements.Of(session, visit.Id, visit.Now), context.RequestAborted);
        return new PageResult(new ActingPage { Visit = visit, Agreements = agreements, Done = done });
    }

    static PageResult AskForm(HttpContext context, House house) => AskPage(AccountVisit.Of(context), new AskToAct(true, "", "", "", [], 6), [], 200);

    static PageResult AskPage(AccountVisit visit, AskToAct asked, IReadOnlyList<Fault> faults, int status) => new(new AskToActPage
    {
        Visit = visit, Asked = asked, Faults = faults, CanMail = visit.House.MailIsSet,
        Services = [.. visit.House.Services.All.Select(p => p.Definition).Where(d => visit.Visit.Council.FindOffer(d.Name, visit.Visit.Authority.Id) is not null).OrderBy(d => d.Title.In(visit.Look.Language), StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("en-GB"), ignoreCase: true))],
    }, status);

    static async Task<IResult> Ask(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        if (!house.MailIsSet) return new SeeOtherResult("/account/acting/new");
        var (email, faults) = AskedEmail.Read(form, visit.Look.Language, visit.Visit.Authority.Calendar.DayOf(visit.Now));
        var months = int.TryParse(form["months"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var said) ? said : 0;
        var asked = new AskToAct(form["who"] != "other", form["name"].ToString(), email ?? form[AskedEmail.Field].ToString(), form["why"].ToString(), form["for"] == "some" ? [.. form["services"].OfType<string>()] : [], months);
        if (form["for"] == "some" && asked.Services.Count == 0) faults = [.. faults, new Fault("services", "services", context.Say("Select at least one service"))];
        if (faults.Count > 0) return AskPage(visit, asked, faults, 422);
        if (!Capacity.RequestLimits.MayWriteTo(context, asked.Email)) return AskPage(visit, asked, [new Fault("email", "email", context.Say("We have just written to this address several times. Look there, or wait a minute"))], 422);
        var done = await house.Database.Commit(unit => ActingAgreements.Ask(unit, house, visit.Visit.Authority.Id, visit.Id, asked, visit.Look.Language), context.RequestAborted);
        return done.Refusal is { } refusal ? AskPage(visit, asked, refusal.FaultsIn(visit.Phrases), 422) : new SeeOtherResult("/account/acting?done=asked");
    }

    static async Task<IResult> One(string id, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (agreement, cases) = await house.Database.Read(async session => await ActingAgreements.Find(session, visit.Id, id) is { } found
            ? (found, await HeldCases.Of(session, house, await AccountCases.UnderAgreement(session, found.Id), visit.Look.Language)) : (null, (IReadOnlyList<HeldCase>)[]), context.RequestAborted);
        return agreement is null ? Pages.NotFound(context, house) : new PageResult(new AgreementPage { Visit = visit, Agreement = agreement, Cases = MaySee(visit, agreement) ? cases : [] });
    }

    // Whoever acted sees what they sent only as long as they may act; the person whose it is always does, in their own account.
    static bool MaySee(AccountVisit visit, ActingAgreement agreement) => agreement.Actor == visit.Id && agreement.IsActive(visit.Now);

    static async Task<IResult> OpenCase(string id, string reference, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var found = await house.Database.Read(async session => await ActingAgreements.Find(session, visit.Id, id) is { } agreement && MaySee(visit, agreement) && CaseReference.Tidy(reference) is { } tidy
            && (await AccountCases.UnderAgreement(session, id)).Any(c => c.Reference == tidy) ? await Moothall.Cases.CaseQueries.Find(session, tidy) : null, context.RequestAborted);
        return found is { IsErased: false } ? TrackEndpoints.OpenOwn(context, house, found, "") ?? Pages.NotFound(context, house) : Pages.NotFound(context, house);
    }

    static async Task<IResult> Begin(string id, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var begun = await house.Database.Commit(unit => ActingAgreements.Begin(unit, visit.Session, id, visit.Now), context.RequestAborted);
        return begun.Value is { } agreement ? new SeeOtherResult(agreement.Services is [var only] ? "/services/" + only : "/services") : Pages.NotFound(context, house);
    }

    static async Task<IResult> Stop(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        await house.Database.Commit(unit => ActingAgreements.Stop(unit, visit.Session), context.RequestAborted);
        return new SeeOtherResult("/account/acting?done=stopped");
    }

    static async Task<IResult> End(string id, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var ended = await house.Database.Commit(unit => ActingAgreements.End(unit, visit.Id, id, visit.Now), context.RequestAborted);
        if (ended.Refusal is not null) return Pages.NotFound(context, house);
        TrackEndpoints.Forget(context);
        return new SeeOtherResult("/account/acting?done=ended");
    }

    static Task<IResult> Invitation(HttpContext context, House house) => InvitationPage(context, house, "", [], 200);

    static async Task<IResult> InvitationPage(HttpContext context, House house, string name, IReadOnlyList<Fault> faults, int status)
    {
        var visit = AccountVisit.Of(context);
        var (found, isFor, asker) = await house.Database.Read(async session => await ActingAgreements.Invited(session, Link.CodeOf(context), visit.Now) is { } agreement
            ? (agreement, await ActingAgreements.IsFor(session, agreement, visit.Id), await Accounts.EmailOf(session, agreement.AskedBy)) : (null, false, null), context.RequestAborted);
        if (found is null) return Over(context, house);
        if (!isFor) return Pages.Problem(context, house, 403, "This invitation went to another address", "Sign out, and sign in with the email address that it came to. Then open the link in the mail again.");
        return new PageResult(new InvitationPage { Visit = visit, Agreement = found, AskerEmail = asker?.Address, Name = name, Faults = faults }, status);
    }

    static IResult Over(HttpContext context, House house) => Pages.Problem(context, house, 404, "This invitation is over", "It was answered, taken back, or is older than 14 days. Ask for another one if you need it.");

    static async Task<IResult> Answer(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var (code, name, accepts) = (Link.CodeOf(context), form["name"].ToString(), form["answer"] == "accept");
        var done = await house.Database.Commit(unit => accepts ? ActingAgreements.Accept(unit, code, visit.Id, name, visit.Now) : ActingAgreements.Refuse(unit, code, visit.Id, visit.Now), context.RequestAborted);
        if (done.Refusal is { Kind: RefusalKind.NotFound }) return Over(context, house);
        if (done.Refusal is { } refusal) return await InvitationPage(context, house, name, refusal.FaultsIn(visit.Phrases), 422);
        Link.Forget(context);
        return new SeeOtherResult(accepts ? "/account/acting?done=accepted" : "/account/acting?done=refused");
    }
}
