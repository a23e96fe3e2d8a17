using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using Moothall.Web.Design;
using Moothall.Web.Door;

namespace Moothall.Web.Resident;

/// <summary>
/// What somebody does with what they sent, after their link or code opened it: add a photo or a note, withdraw, choose messages, print the record, and have
/// this browser forget it. Without the cookie of the code every one of these leads to where the code is entered.
/// </summary>
static class OwnCaseEndpoints
{
    const int LongestOnce = 26;

    public static void Map(IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/track/{reference}").ExcludeFromDescription().WithSecret();
        own.MapGet("/add", AskAddition);
        own.MapPost("/add", Add);
        own.MapGet("/withdraw", AskWithdrawal);
        own.MapPost("/withdraw", Withdraw);
        own.MapGet("/messages", Messages);
        own.MapPost("/messages", Choose);
        own.MapGet("/record", Record);
        own.MapGet("/looked-at", LookedAt);
        own.MapPost("/forget", Forget);
    }

    static async Task<IResult> LookedAt(string reference, HttpContext context, House house)
    {
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        var visit = new Visit(context, house);
        var authority = visit.Council.FindAuthority(found.Case.Authority) ?? visit.Authority;
        var (lookings, isCut) = await house.Database.Read(session => Identity.Lookings.Of(session, [found.Case.Reference], authority.Calendar.Zone), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return new PageResult(new LookedAtPage { Look = visit.Look, Reference = found.Case.Reference, Authority = authority, Council = visit.Council, Zone = authority.Calendar.Zone, Lookings = lookings, IsCut = isCut });
    }

    static SeeOtherResult ToProgress(CaseProgress found) => new($"/track/{found.Case.Reference}");

    static async Task<IResult> AskAddition(string reference, HttpContext context, House house)
    {
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        return found.Case.IsOpen ? AdditionPage(new Visit(context, house), found, FileStore.NewId(), new Dictionary<string, IReadOnlyList<string>>(), [], [], 200) : ToProgress(found);
    }

    static PageResult AdditionPage(Visit visit, CaseProgress found, string once, IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyList<KnownFile> files, IReadOnlyList<Fault> faults,
        int status) => new(new AddPage
        {
            Look = visit.Look, Reference = found.Case.Reference, Asks = found.Case.Question is not null, Values = values, Files = files, Faults = faults, Once = once, Token = visit.Token(),
        }, status);

    static async Task<IResult> Add(string reference, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        var visit = new Visit(context, house);
        var questions = ResidentActs.Additions;
        var fields = new PostedFields(form);
        var once = form["once"].ToString() is { Length: LongestOnce } sent ? sent : FileStore.NewId();
        var typed = questions.SelectMany(q => q.Type.Fields(q)).ToList();
        if (!await visit.IsOurs()) return AdditionPage(visit, found, once, fields.Typed(["note"]), [], [new Fault("note", "note", context.Say("This page was open for a long time. Send it again"))], 400);

        var faults = (await Forms.StoreFiles(house, form, fields, questions, owner: null, context.RequestAborted, visit.Look.Phrases)).ToList();
        var files = await Forms.FilesOf(house, fields, questions, owner: null);
        var reading = new ReadingContext { Today = visit.Authority.Calendar.DayOf(house.Now), Language = visit.Language, File = files.Find };
        var given = Answers.None;
        foreach (var question in questions)
        {
            var read = question.Type.Read(question, fields, reading);
            faults.AddRange(read.Faults.Where(f => faults.All(before => before.Question != f.Question)));
            if (read.Answer is { } answer) given = given.With(question.Name, answer);
        }
        if (faults.Count == 0)
        {
            var added = await house.Database.Commit(unit => ResidentActs.Add(unit, house.Services, house.Council, found.Case.Reference, given, once, house.Now), context.RequestAborted);
            if (added.Refusal is not { } refusal) return ToProgress(found);
            faults.AddRange(refusal.Faults.Count > 0 ? refusal.FaultsIn(visit.Look.Phrases) : [new Fault("note", "note", context.Say(refusal.Message))]);
        }
        return AdditionPage(visit, found, once, fields.Typed(typed), [.. fields.Values("files").Select(files.Find).OfType<KnownFile>()], faults, 422);
    }

    static async Task<IResult> AskWithdrawal(string reference, HttpContext context, House house)
    {
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        return found.Case.IsOpen ? WithdrawalPage(new Visit(context, house), found, "", [], 200) : ToProgress(found);
    }

    static PageResult WithdrawalPage(Visit visit, CaseProgress found, string reason, IReadOnlyList<Fault> faults, int status) => new(new WithdrawPage
    {
        Look = visit.Look, Reference = found.Case.Reference, ServiceTitle = found.Title, Reason = reason, Faults = faults, Token = visit.Token(),
    }, status);

    static async Task<IResult> Withdraw(string reference, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        if (!found.Case.IsOpen) return ToProgress(found);
        var visit = new Visit(context, house);
        var reason = form["reason"].ToString();
        if (!await visit.IsOurs()) return WithdrawalPage(visit, found, reason, [new Fault("reason", "reason", context.Say("This page was open for a long time. Nothing has been withdrawn yet"))], 400);
        var done = await house.Database.Commit(unit => ResidentActs.Withdraw(unit, house.Services, house.Council, found.Case.Reference, reason, house.Now), context.RequestAborted);
        return done.Refusal is { } refusal ? WithdrawalPage(visit, found, reason, [new Fault("reason", "reason", context.Say(refusal.Message))], 422) : ToProgress(found);
    }

    static async Task<IResult> Messages(string reference, string? saved, HttpContext context, House house)
    {
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        var visit = new Visit(context, house);
        var (choice, language) = await house.Database.Read(async session =>
            (await MessageChoice.Of(session, found.Case.Reference), (await CaseQueries.Circumstance(session, found.Case.Reference))?.Language), context.RequestAborted);
        return new PageResult(new MessagesPage
        {
            Look = visit.Look, Reference = found.Case.Reference, NoMail = choice.NoMail, Chosen = choice.Language ?? language ?? "en", Saved = saved is not null, Token = visit.Token(),
        });
    }

    static async Task<IResult> Choose(string reference, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (await TrackEndpoints.Opened(context, house, reference) is not { } found) return new SeeOtherResult("/track");
        var address = $"/track/{found.Case.Reference}/messages";
        if (!await new Visit(context, house).IsOurs()) return new SeeOtherResult(address);
        var choice = new MessageChoice(house.Council.ForHost(context.Request.Host.Host).Languages.FirstOrDefault(l => l == form["language"].ToString()) ?? ReaderLanguage.Of(context).Language, form["mail"].ToString() == "no");
        await house.Database.Commit(unit => MessageChoice.Choose(unit, found.Case.Reference, choice, house.Now), context.RequestAborted);
        return new SeeOtherResult(address + "?saved=yes");
    }

    static async Task<IResult> Record(string reference, HttpContext context, House house)
    {
        var visit = new Visit(context, house);
        if (TrackEndpoints.CodeFor(context, reference) is not { } code
            || await house.Database.Read(session => CaseRecord.Open(session, house.Services, house.Codes, reference, code, visit.Language, house.Now), context.RequestAborted) is not { } record)
            return new SeeOtherResult("/track");
        return new PageResult(new RecordPage
        {
            Look = visit.Look, Record = record, Authority = visit.Council.FindAuthority(record.Progress.Case.Authority) ?? visit.Authority, Now = house.Now,
        });
    }

    static async Task<IResult> Forget(string reference, HttpContext context, House house)
    {
        var (form, _, _) = await Forms.Read(context);
        if (form is not null && await new Visit(context, house).IsOurs())
        {
            if (await TrackEndpoints.Opened(context, house, reference) is { } found) FilledIn.Forget(context, found.Case.Service);
            TrackEndpoints.Forget(context);
        }
        return new SeeOtherResult("/track");
    }
}
