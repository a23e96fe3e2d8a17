using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.MyAccount;

/// <summary>Messages about the cases of an account, and whether there are to be more.</summary>
public sealed record CaseMessages(HeldCase Held, IReadOnlyList<MessageAbout> Messages, bool NoMail);

/// <summary>What the council holds of somebody and where it came from, what it wrote to them, and who of the staff looked at it.</summary>
static class DataEndpoints
{
    /// <summary>Most cases whose messages are shown: those that were brought last.</summary>
    const int MostWithMessages = 20;

    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/data", Data).ForResident();
        account.MapPost("/data/{kind}/forget", Forget).ForResident();
        account.MapGet("/messages", Messages).ForResident();
        account.MapPost("/messages/{reference}/stop", StopMessages).ForResident();
        account.MapPost("/following/{id}/stop", StopFollowing).ForResident();
        account.MapGet("/readings", Readings).ForResident();
    }

    static async Task<IResult> Data(string? done, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (copy, cases, following) = await house.Database.Read(async session =>
        {
            var all = await AccountCopies.Of(session, visit.Id, visit.Now);
            return (all!, await HeldCases.Of(session, house, all!.Cases, visit.Look.Language), all!.Email is { } email ? await Followers.OfEmail(session, email.Address) : []);
        }, context.RequestAborted);
        return new PageResult(new DataPage { Visit = visit, Copy = copy, Cases = cases, Following = following, Forgotten = done == "forgotten" });
    }

    static async Task<IResult> Forget(string kind, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        return await house.Database.Commit(unit => AccountDetails.Forget(unit, visit.Id, kind), context.RequestAborted) ? new SeeOtherResult("/account/data?done=forgotten") : Pages.NotFound(context, house);
    }

    static async Task<IResult> Messages(string? done, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (cases, following) = await house.Database.Read(async session =>
        {
            var held = await HeldCases.Of(session, house, [.. (await AccountCases.Of(session, visit.Id)).Take(MostWithMessages)], visit.Look.Language);
            var about = new List<CaseMessages>();
            foreach (var one in held) about.Add(new CaseMessages(one, [.. (await MessagesAbout.Of(session, one.Case.Reference)).Where(m => m.Kind is not ("following" or "follow-news"))], (await MessageChoice.Of(session, one.Case.Reference)).NoMail));
            var email = await Accounts.EmailOf(session, visit.Id);
            return (about, email is null ? [] : await Followers.OfEmail(session, email.Address));
        }, context.RequestAborted);
        return new PageResult(new MessagesPage { Visit = visit, Cases = cases, Following = [.. following.Select(f => (f, f.Reference))], Done = done });
    }

    static async Task<IResult> StopMessages(string reference, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var stopped = CaseReference.Tidy(reference) is { } tidy && await house.Database.Commit(async unit =>
        {
            if (await AccountCases.Find(unit, visit.Id, tidy) is null) return false;
            await MessageChoice.Choose(unit, tidy, (await MessageChoice.Of(unit, tidy)) with { NoMail = true }, visit.Now);
            return true;
        }, context.RequestAborted);
        return stopped ? new SeeOtherResult("/account/messages?done=stopped") : Pages.NotFound(context, house);
    }

    static async Task<IResult> StopFollowing(string id, HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (form, no) = await visit.Posted(context);
        if (form is null) return no!;
        var stopped = await house.Database.Commit(async unit =>
        {
            if (await Accounts.EmailOf(unit, visit.Id) is not { } email || (await Followers.OfEmail(unit, email.Address)).All(f => f.Id != id)) return false;
            await Followers.Stop(unit, id);
            return true;
        }, context.RequestAborted);
        return stopped ? new SeeOtherResult("/account/messages?done=unfollowed") : Pages.NotFound(context, house);
    }

    static async Task<IResult> Readings(HttpContext context, House house)
    {
        var visit = AccountVisit.Of(context);
        var (lookings, isCut) = await house.Database.Read(async session => await Lookings.Of(session, [.. (await AccountCases.Of(session, visit.Id)).Select(c => c.Reference)], visit.Zone), context.RequestAborted);
        return new PageResult(new ReadingsPage { Visit = visit, Lookings = lookings, IsCut = isCut });
    }
}
