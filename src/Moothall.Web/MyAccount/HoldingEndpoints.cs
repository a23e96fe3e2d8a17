using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>A form that was begun and not sent.</summary>
/// <param name="Key">What pages call it: its id is a secret.</param>
/// <param name="Until">The last day on which it is kept.</param>
public sealed record BegunDraft(string Key, string Service, string Title, NodaTime.LocalDate Until, bool IsForOther);

/// <summary>Cases and drafts of an account: opening them, and bringing in what was made without one.</summary>
static class HoldingEndpoints
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/cases/add", AskToAdd).ForResident();
        account.MapPost("/cases/add", Add).ForResident();
        account.MapGet("/cases/{reference}", Open).ForResident();
        account.MapGet("/cases/{reference}/record", Record).ForResident();
        account.MapPost("/cases/{reference}/remove", Remove).ForResident();
        account.MapPost("/drafts/{key}/go-on", GoOn).ForResident();
        account.MapPost("/drafts/{key}/keep", Keep).ForResident();
    }

    /// <summary>A draft as pages show it; null where its service is not offered any more.</summary>
    public static BegunDraft? Begun(AccountVisit visit, Draft draft) => visit.House.Services.Find(draft.Service) is { } published
        ? new BegunDraft(draft.Key, draft.Service, published.Definition.Title.In(visit.Look.Language), ComeBack.KeptUntil(draft).InZone(visit.Zone).Date, draft.Acting is not null) : null;

    static PageResult AskToAdd(HttpContext context, House house) => AddPage(AccountVisit.Of(context), "", "", [], 200);

    static PageResult AddPage(AccountVisit visit, string reference, string code, IReadOnlyList<Fault> faults, int status) =>
        new(new AddCasePage { Visit = visit, Reference = reference, Code = code, Faults = faults }, status);

    static async Task<IResult> Add(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var (reference, code) = (form["reference"].ToString(), form["code"].ToString());
        var added = await house.Database.Commit(async unit =>
        {
            if (await CaseQueries.Track(unit, house.Services, house.Codes, reference, code, visit.Look.Language, visit.Now) is not { Erased: null } found) return false;
            await AccountCases.Add(unit, new AccountCase(visit.Id, found.Case.Reference, visit.Now, AccountCases.Added, null));
            return true;
        }, context.RequestAborted);
        return added ? new SeeOtherResult("/account?done=added") : AddPage(visit, reference, "", [new Fault("reference", "reference", context.Say("Check the reference and the code. We have no case with both of these"))], 422);
    }

    static async Task<(AccountCase Theirs, CouncilCase Case)?> Find(AccountVisit visit, string reference, CancellationToken cancel) => CaseReference.Tidy(reference) is { } tidy
        ? await visit.House.Database.Read(async session => await AccountCases.Find(session, visit.Id, tidy) is { } theirs && await CaseQueries.Find(session, tidy) is { IsErased: false } found
            ? ((AccountCase, CouncilCase)?)(theirs, found) : null, cancel) : null;

    // What somebody may do with a case stands on its own pages, which its code opens; long after it was closed, its record is there.
    static async Task<IResult> Open(string reference, string? then, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        if (await Find(visit, reference, context.RequestAborted) is not var (_, found)) return Pages.NotFound(context, house);
        return TrackEndpoints.OpenOwn(context, house, found, then == "messages" ? "/messages" : "") ?? (IResult)new SeeOtherResult($"/account/cases/{found.Reference}/record");
    }

    static async Task<IResult> Record(string reference, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        if (await house.Database.Read(session => CaseRecord.OfAccount(session, house.Services, visit.Id, reference, visit.Look.Language, visit.Now), context.RequestAborted) is not { } record) return Pages.NotFound(context, house);
        return new PageResult(new RecordPage { Look = visit.Look, Record = record, Authority = visit.Visit.Council.FindAuthority(record.Progress.Case.Authority) ?? visit.Visit.Authority, Now = visit.Now, BackHref = "/account" });
    }

    static async Task<IResult> Remove(string reference, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var removed = CaseReference.Tidy(reference) is { } tidy && await house.Database.Commit(unit => AccountCases.Remove(unit, visit.Id, tidy), context.RequestAborted);
        return removed ? new SeeOtherResult("/account?done=taken-out") : Pages.NotFound(context, house);
    }

    static async Task<IResult> GoOn(string key, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var draft = (await house.Database.Read(session => Drafts.OfAccount(session, visit.Id, visit.Now), context.RequestAborted)).FirstOrDefault(d => d.Key == key);
        if (draft is null) return Pages.NotFound(context, house);
        if (draft.Acting != visit.Session.Acting)
        {
            // What was begun for somebody goes on for them, and one's own for oneself.
            var began = await house.Database.Commit(async unit =>
            {
                if (draft.Acting is { } acting) return (await ActingAgreements.Begin(unit, visit.Session, acting, visit.Now)).IsDone;
                await ActingAgreements.Stop(unit, visit.Session);
                return true;
            }, context.RequestAborted);
            if (!began) return Pages.Problem(context, house, 422, "You can no longer go on with this", "You began it for somebody else, and what you agreed with them has ended. We delete it by itself.");
        }
        JourneyEndpoints.Remember(context, draft);
        return new SeeOtherResult($"/services/{draft.Service}/go-on");
    }

    // Only a draft that this browser holds: its cookie is the proof.
    static async Task<IResult> Keep(string key, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var id = context.Request.Cookies.Where(c => c.Key.StartsWith(OpenDrafts.CookiePrefix, StringComparison.Ordinal)).Select(c => OpenDrafts.IdIn(c.Value)).OfType<string>().FirstOrDefault(known => Draft.Stream(known).EndsWith("/" + key, StringComparison.Ordinal));
        return id is not null && await house.Database.Commit(unit => Drafts.KeepWith(unit, id, visit.Id), context.RequestAborted) ? new SeeOtherResult("/account?done=kept") : Pages.NotFound(context, house);
    }
}
