using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Api;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;
using NodaTime;

namespace Moothall.Web.Desk;

/// <summary>A person's own draft on the advisor's page: where it is sent, the revision that was shown, and why they need help.</summary>
public sealed record Assisted(string Action, int Revision, string? Why);

/// <summary>
/// Finishes a person's own draft with them: they read out a code, the advisor sees the same answers on the one-page form and sends them. That the draft was
/// read is recorded. The address holds the draft sealed, never its id or the code.
/// </summary>
static class AssistEndpoints
{
    public const string WhyField = "_why", RevisionField = "_revision";
    const int MostWrong = 10;
    static readonly Duration WrongWithin = Duration.FromMinutes(10);
    static readonly ConcurrentDictionary<string, (Instant Since, int Times)> Wrong = new(StringComparer.Ordinal);

    static readonly Message NotForYou = new Message("Advisors finish journeys with people. Ask an administrator if you need to.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapPost("/assist", Find).ForStaff(NotForYou, Right.SubmitForOthers);
        desk.MapGet("/assist/{draft}", Show).ForStaff(NotForYou, Right.SubmitForOthers);
        desk.MapPost("/assist/{draft}", Send).ForStaff(NotForYou, Right.SubmitForOthers);
    }

    /// <summary>Why somebody is helped, to choose from.</summary>
    public static IReadOnlyList<SelectItem> Why(DeskVisit desk) => [new SelectItem { Value = "", Text = desk.Say("Choose a reason") }, .. FinishWithHelp.Reasons.Select(r => new SelectItem { Value = r, Text = r switch
    {
        "no-device" => desk.Say("They have no device that works"),
        "no-internet" => desk.Say("They have no internet or a poor one"),
        "skills" => desk.Say("They do not know how"),
        "confidence" => desk.Say("They want to be sure that it is right"),
        "language" => desk.Say("The language is hard for them"),
        "disability" => desk.Say("A disability or illness"),
        "hard-to-understand" => desk.Say("Our questions are hard to understand"),
        _ => desk.Say("Another reason"),
    } })];

    static IDataProtector Seal(IDataProtectionProvider protection, DeskVisit desk) => protection.CreateProtector("moothall.assist.v1", desk.Caller.Id);

    static PageResult NewList(DeskVisit desk, string wrong, int status) => new(new NewListPage { Desk = desk, Services = NewCaseEndpoints.ServicesFor(desk), Wrong = wrong }, status);

    static async Task<IResult> Find(HttpContext context, House house, IDataProtectionProvider protection)
    {
        var desk = DeskVisit.Of(context);
        var (form, status, wrong) = await Forms.Read(context);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        if (!await desk.IsOurs()) return NewList(desk, desk.Say("This page was open for a long time. Enter the code again"), 400);
        var tried = Wrong.TryGetValue(desk.Caller.Id, out var before) && desk.Now < before.Since + WrongWithin ? before : (Since: desk.Now, Times: 0);
        if (tried.Times >= MostWrong) return NewList(desk, desk.Say("Too many codes were wrong. Wait ten minutes, or take the answers down for the caller"), 429);
        var draft = await house.Database.Read(session => HelpCodes.Find(session, form["code"].ToString(), desk.Now), context.RequestAborted);
        if (draft is null || !Rights.May(desk.Caller, Right.SubmitForOthers, draft.Authority, null, draft.Service))
        {
            Wrong[desk.Caller.Id] = (tried.Since, tried.Times + 1);
            return NewList(desk, desk.Say("There is no open journey with this code. Ask for the code again: it works for half an hour"), 422);
        }
        Call.Begin(context, desk.Now);
        return new SeeOtherResult("/desk/assist/" + Seal(protection, desk).Protect(draft.Id));
    }

    /// <summary>An open draft that the advisor was let in to, with its definition and the reading recorded.</summary>
    static async Task<(Draft? Draft, PublishedService? Published, IResult? No)> Open(string draft, DeskVisit desk, House house, IDataProtectionProvider protection, CancellationToken cancel)
    {
        string id;
        try { id = Seal(protection, desk).Unprotect(draft); }
        catch (System.Security.Cryptography.CryptographicException) { return (null, null, desk.NotFound()); }
        if (await house.Database.Read(session => Drafts.Find(session, id), cancel) is not { IsOpen: true } found || found.Touched + Draft.Life < desk.Now)
            return (null, null, desk.Problem(404, desk.Say("This journey is not open any more"), desk.Say("The person has sent it, or it has ended. Ask them what their screen says.")));
        await house.Database.Commit(unit => ReadLog.Record(unit, desk.Now, desk.Caller, new ReadCase(Draft.Stream(found.Id), found.Authority, null), AuditKinds.DraftRead), cancel);
        return (found, await house.Services.Version(found.Service, found.Version), null);
    }

    static async Task<IResult> Show(string draft, HttpContext context, House house, IDataProtectionProvider protection)
    {
        var desk = DeskVisit.Of(context);
        var (found, published, no) = await Open(draft, desk, house, protection, context.RequestAborted);
        return no ?? await Page(desk, house, draft, found!, published!.Definition, null, [], null, 200, Handling.Stamp(desk.Now));
    }

    static async Task<IResult> Page(DeskVisit desk, House house, string sealedDraft, Draft draft, ServiceDefinition definition, string? why, IReadOnlyList<Fault> faults, string? notice, int status, string opened,
        PostedFields? fields = null, IReadOnlyList<string>? shown = null)
    {
        var answers = AnswersJson.Read(definition, draft.AnswersJson);
        var authority = AuthorityOf(draft, desk.Council);
        var typed = fields is not null ? FormQuestions.Typed(definition.Ask, fields)
            : definition.Ask.Where(q => answers[q.Name] is not null and not SkippedAnswer).SelectMany(q => q.Type.ToFields(q, answers[q.Name]!)).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value);
        var inForm = FormQuestions.Shown(definition.Ask, typed);
        var ids = inForm.Where(q => q.Type.Name == "file").ToDictionary(q => q.Name, q => fields?.Values(q.Name) ?? typed.GetValueOrDefault(q.Name) ?? []);
        var files = await FilesNamed.Load(house, [.. ids.SelectMany(i => i.Value)], UploadFile.OwnerOf(draft.Id));
        return new PageResult(new NewCasePage
        {
            Desk = desk, Definition = definition, Authorities = [authority], Authority = authority.Id, Channel = "assisted", Opened = opened, Key = Guid.NewGuid().ToString("n"), Typed = typed, Faults = faults,
            Notice = notice, Files = ids.ToDictionary(i => i.Key, i => (IReadOnlyList<KnownFile>)[.. i.Value.Select(files.Find).OfType<KnownFile>()]),
            Shown = shown ?? [.. Journey.Asked(definition, answers, authority.Calendar.DayOf(desk.Now)).Select(q => q.Name)], Assist = new Assisted("/desk/assist/" + sealedDraft, draft.Revision, why),
        }, status);
    }

    static Authority AuthorityOf(Draft draft, CouncilFiles council) => council.FindAuthority(draft.Authority) ?? council.Authorities[0];

    static async Task<IResult> Send(string draft, HttpContext context, House house, IDataProtectionProvider protection)
    {
        var desk = DeskVisit.Of(context);
        var (found, published, no) = await Open(draft, desk, house, protection, context.RequestAborted);
        if (no is not null) return no;
        var (form, status, wrong) = await Forms.Read(context, published!.Definition.LargestFile);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (definition, fields, opened, why) = (published!.Definition, new PostedFields(form), Handling.Carried(form, desk.Now), form[WhyField].ToString());
        var owner = UploadFile.OwnerOf(found!.Id);
        var ours = await desk.IsOurs();
        var inForm = FormQuestions.Shown(definition.Ask, FormQuestions.Typed(definition.Ask, fields));
        IReadOnlyList<Fault> fileFaults = ours ? await Forms.StoreFiles(house, form, fields, inForm, owner, context.RequestAborted, desk.Phrases) : [];
        var files = await Forms.FilesOf(house, fields, inForm, owner);
        var today = AuthorityOf(found, desk.Council).Calendar.DayOf(desk.Now);
        var (answers, answerFaults) = AnswersReader.ReadAllForm(definition, fields, new ReadingContext { Today = today, Language = desk.Look.Language, File = files.Find, LookUps = house.Council.Places }, today);
        IReadOnlyList<string> shown = [.. Journey.Asked(definition, answers, today).Select(q => q.Name)];

        Task<IResult> Again(IReadOnlyList<Fault> faults, string? notice, int code) => Page(desk, house, draft, found, definition, why, faults, notice, code, opened, fields, shown);

        if (!ours) return await Again([], desk.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing was sent. What you typed is still here: send it again."), 400);
        if (form[NewCaseEndpoints.UpdateField] == "yes" || form.ContainsKey(FormQuestions.AddField)) return await Again(fileFaults, null, 200);
        var faults = fileFaults.Concat(answerFaults.Where(f => fileFaults.All(known => known.Question != f.Question))).ToList();
        if (!FinishWithHelp.Reasons.Contains(why)) faults.Insert(0, new Fault(WhyField, WhyField, desk.Say("Choose why they need help")));
        if (faults.Count > 0) return await Again(faults, null, 422);
        if (Journey.Walk(definition, answers, today).Exit is { } exit) return await Again([], desk.Say("Read out: {what}. These answers do not lead to a case, so nothing was sent.", ("what", desk.In(exit.Title))), 422);
        var revision = int.TryParse(form[RevisionField], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var finish = new FinishWithHelp(found.Id, revision, answers, why, desk.Caller, Handling.Seconds(form, desk.Now));
        var sent = await house.Database.Commit(unit => finish.Send(unit, house.Services, house.Council, desk.Now), context.RequestAborted);
        if (sent.Value is { } @case)
        {
            if (desk.Call is { } call) (call with { Counted = call.Counted + finish.HandlingSeconds, About = @case.Reference }).Keep(context);
            return new SeeOtherResult($"/desk/new/{@case.Service}/done?case={@case.Reference}");
        }
        // The person's own screen was quicker: what the advisor typed stays, and the answers that differ there are named.
        if (sent.Refusal!.Kind == RefusalKind.Changed && await house.Database.Read(session => Drafts.Find(session, found.Id), context.RequestAborted) is { IsOpen: true } now)
        {
            var theirs = AnswersJson.Read(definition, now.AnswersJson);
            var differ = string.Join(", ", definition.Ask.Where(q => (theirs[q.Name] is SameAnswer same ? theirs[same.Question] : theirs[q.Name]) is { } answer && !answer.Equals(answers[q.Name])).Select(q => $"“{desk.In(q.Text)}”"));
            var notice = differ.Length == 0 ? desk.Say("The person saved an answer on their own screen meanwhile. It is the same as yours. Send it again.")
                : desk.Say("The person changed answers on their own screen meanwhile. Ask them again about: {questions}. What you typed stands below; send it again when it is right.", ("questions", differ));
            return await Page(desk, house, draft, now, definition, why, [], notice, 409, opened, fields, shown);
        }
        return await Again(sent.Refusal.FaultsIn(desk.Phrases), sent.Refusal.Faults.Count > 0 ? null : sent.Refusal.In(desk.Phrases), 422);
    }
}
