using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>
/// Takes an action on a case. Whoever saves second sees what the first changed, keeps what they typed, and decides again: nobody's work is overwritten
/// by accident.
/// </summary>
static class ActionEndpoints
{
    /// <summary>The fields of the actions that every case has.</summary>
    static readonly string[] PlainFields = ["to", "team", "service", "charge", "amount", "how", "receipt", "partner"];

    static readonly Message NotForYou = new Message("You can read cases but not work them. Ask the team that has the case.");

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/cases/{reference}/actions/{action}", Show).ForStaff(NotForYou, Right.WorkCases);
        desk.MapPost("/cases/{reference}/actions/{action}", Take).ForStaff(NotForYou, Right.WorkCases);
    }

    static async Task<IResult> Show(string reference, string action, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (file, act, no) = await Open(desk, reference, action, context.Request.Method, context.RequestAborted);
        return no ?? new PageResult(new ActionPage { Desk = desk, File = file!, Act = act!, Ahead = await Ahead(desk, file!), Opened = Handling.Stamp(desk.Now), Services = house.Services, Away = await desk.Away() });
    }

    /// <summary>The action of the service that the case was before a move; null where it had none such.</summary>
    static CaseAct? AsItWas(CaseFile file, DeskVisit desk, string action) => CaseActs.Find(file with { Definition = file.AnswersDefinition }, desk, action);

    static Task<Consequences> Ahead(DeskVisit desk, CaseFile file) => desk.House.Database.Read(session => Consequences.Of(session, desk.House, file, desk.Caller.Id, desk.Now));

    /// <summary>What was typed, and the words of a standard reply after it.</summary>
    static string WithReply(string note, string reply, CaseFile file, DeskVisit desk) => StandardReplies.For(desk.Council, file.Case.Service).FirstOrDefault(r => r.Id == reply) is not { } chosen ? note
        : string.Join("\n\n", new[] { note.Trim(), StandardReplies.Fill(chosen, file, desk.Council, desk.Caller) }.Where(t => t.Length > 0));

    static async Task<(CaseFile? File, CaseAct? Act, IResult? No)> Open(DeskVisit desk, string reference, string action, string method, CancellationToken cancel)
    {
        var opened = await OpenCase.Open(desk.House, reference, desk.Caller, AuditKinds.CaseRead, cancel);
        if (opened.Value is not { } file) return (null, null, desk.Refused(opened.Refusal!));
        // Whoever had begun something sees what changed meanwhile, with what they typed: also where a move took the case from them, or the action from the case.
        var begun = HttpMethods.IsPost(method) && file.Case.Version > 1;
        if (!begun && !Rights.May(desk.Caller, Right.WorkCases, file.Case.Authority, file.Case.Team, file.Case.Service)) return (null, null, desk.NotFound());
        var act = CaseActs.Find(file, desk, action) ?? (begun ? AsItWas(file, desk, action) : null);
        if (act is null) return (null, null, desk.NotFound());
        return (file, act, null);
    }

    static async Task<IResult> Take(string reference, string action, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        // A form with files larger than usual is read as far as any service takes them; what the question takes is looked at when the file is.
        var (form, status, wrong) = await Forms.Read(context, house.Services.LargestFile);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var (file, act, no) = await Open(desk, reference, action, context.Request.Method, context.RequestAborted);
        if (no is not null) return no;
        var fields = new PostedFields(form);
        var note = Tidy.Lines(form[CaseAct.NoteField].ToString());
        var seen = int.TryParse(form[CaseAct.VersionField], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        // Another service may have an action of the same name that asks other things: what was typed belongs to the one that was seen.
        if (ActionPage.OfAnotherService(file!, seen) && AsItWas(file!, desk, action) is { } was) act = was;
        var ours = await desk.IsOurs();
        IReadOnlyList<Fault> fileFaults = ours ? await Forms.StoreFiles(house, form, fields, act!.Questions, owner: null, context.RequestAborted, desk.Phrases) : [];
        var files = await Forms.FilesOf(house, fields, act!.Questions, owner: null);
        var away = await desk.Away();
        var uses = form[ReplyField.Button] == "yes";
        if (uses) fields.Replace(CaseAct.NoteField, [WithReply(note ?? "", form[ReplyField.Field].ToString(), file!, desk)]);

        async Task<ActionPage> Again(CaseFile now, IReadOnlyList<Fault> faults, string? notice = null, int? changedSince = null, bool anyway = false) => new()
        {
            Ahead = await Ahead(desk, now), Desk = desk, File = now, Act = ActionPage.OfAnotherService(now, seen) ? act! : CaseActs.Find(now, desk, action) ?? act!, Opened = Handling.Carried(form, desk.Now), Services = house.Services, Faults = faults, Notice = notice, ChangedSince = changedSince, Away = away, Anyway = anyway,
            Typed = fields.Typed(act!.Questions.SelectMany(q => q.Type.Fields(q).Append(q.Name)).Concat([CaseAct.NoteField, .. PlainFields]).Distinct()),
            Files = act.Questions.Where(q => q.Type.Name == "file").ToDictionary(q => q.Name, q => (IReadOnlyList<KnownFile>)[.. fields.Values(q.Name).Select(files.Find).OfType<KnownFile>()]),
        };

        if (!ours) return new PageResult(await Again(file!, [], desk.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing was saved. What you typed is still here: check it and save again.")), 400);
        if (uses) return new PageResult(await Again(file!, [], changedSince: seen == file!.Case.Version ? null : seen));
        if (action == "assign" && form["to"].ToString() is { Length: > 0 } to && form["_anyway"] != to && away.FirstOrDefault(a => a.Member == to && a.IsOn(desk.Today)) is { } absent)
            return new PageResult(await Again(file!, [new Fault("to", "to", desk.Say("{away}. Choose somebody else, or press the button again to assign it anyway", ("away", DeskWords.IsAway(absent, desk))))], anyway: true), 422);
        if (!Rights.May(desk.Caller, Right.WorkCases, file!.Case.Authority, file.Case.Team, file.Case.Service))
            return seen > 0 && seen < file.Case.Version ? new PageResult(await Again(file, [], changedSince: seen), 409) : desk.NotFound();
        if (fileFaults.Count > 0) return new PageResult(await Again(file!, fileFaults), 422);
        if (action == "move" && form["team"].ToString().Length > 0 && form["service"].ToString().Length > 0)
            return new PageResult(await Again(file!, [new Fault("team", "team", desk.Say("Choose a team or a service, not both"))]), 422);

        var command = new ActOnCase
        {
            Reference = file!.Case.Reference, Action = action, SeenVersion = seen, Note = string.IsNullOrWhiteSpace(note) ? null : note, By = desk.Caller, File = files.Find, Language = desk.Look.Language,
            HandlingSeconds = Handling.Seconds(form, desk.Now), Answers = (questions, reading) => AnswersReader.ReadAllForm(questions, fields, reading),
            Values = PlainFields.ToDictionary(name => name, name => form[name].ToString()),
        };
        var acted = await house.Database.Commit(unit => CaseActions.Act(unit, house.Services, desk.Council, command, desk.Now), context.RequestAborted);
        if (acted.Refusal is not { } refusal) return new SeeOtherResult($"/desk/cases/{file.Case.Reference}?done={Uri.EscapeDataString(action)}");
        if (refusal.Kind == RefusalKind.Changed)
        {
            var opened = await OpenCase.Open(house, reference, desk.Caller, AuditKinds.CaseRead, context.RequestAborted);
            return opened.Value is { } now ? new PageResult(await Again(now, [], changedSince: seen), 409) : desk.Refused(opened.Refusal!);
        }
        if (refusal.Kind != RefusalKind.Invalid) return desk.Refused(refusal);
        return new PageResult(await Again(file, [.. desk.Faults(refusal, act.FaultField).Select(f => f.Field == "note" ? f with { Field = CaseAct.NoteField, Question = CaseAct.NoteField } : f)]), 422);
    }
}
