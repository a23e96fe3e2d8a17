using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Contact;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Web.Api;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.Resident;

namespace Moothall.Web.Desk;

/// <summary>
/// A caller is waiting: the whole journey on one page, typed by an advisor in the order of the talk. It reads the same questions by the same rules as the
/// web and makes the same case.
/// </summary>
static class NewCaseEndpoints
{
    const string Route = "desk/new";
    public const string ChannelField = "_channel", AuthorityField = "_authority", KeyField = "_key", OfferedField = "_offered", UpdateField = "_update", OnlineField = "_online", FromField = "_from";
    /// <summary>How somebody may have reached an advisor, the usual first.</summary>
    public static readonly IReadOnlyList<string> Channels = ["phone", "in-person", "email", "post", "social", "chat"];

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/new", List).ForStaff(NotForYou, Right.SubmitForOthers);
        desk.MapGet("/new/{service}", Show).ForStaff(NotForYou, Right.SubmitForOthers);
        desk.MapPost("/new/{service}", Submit).ForStaff(NotForYou, Right.SubmitForOthers);
        desk.MapGet("/new/{service}/done", Done).ForStaff(NotForYou, Right.SubmitForOthers);
    }

    static readonly Message NotForYou = new Message("Advisors take down what callers ask for. Ask an administrator if you need to.");

    static IReadOnlyList<Authority> AuthoritiesFor(DeskVisit desk, string service) =>
        [.. desk.Council.Authorities.Where(a => Rights.AuthoritiesFor(desk.Caller, Right.SubmitForOthers).Contains(a.Id) && desk.Council.FindOffer(service, a.Id) is not null)];

    static IResult List(HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        return new PageResult(new NewListPage { Desk = desk, Services = ServicesFor(desk) });
    }

    /// <summary>The services that an advisor may send for somebody.</summary>
    public static IReadOnlyList<ServiceDefinition> ServicesFor(DeskVisit desk) => [.. desk.House.Services.All.Select(p => p.Definition).Where(d => AuthoritiesFor(desk, d.Name).Count > 0)];

    static (PublishedService? Published, IReadOnlyList<Authority> Authorities, IResult? No) Find(DeskVisit desk, string service)
    {
        var authorities = AuthoritiesFor(desk, service);
        return desk.House.Services.Find(service) is { } published && authorities.Count > 0 ? (published, authorities, null) : (null, [], desk.NotFound());
    }

    static async Task<IResult> Show(string service, string? from, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (published, authorities, no) = Find(desk, service);
        if (no is not null) return no;
        var front = house.Council.ForHost(context.Request.Host.Host);
        var definition = published!.Definition;
        var earlier = await Earlier(desk, definition, from, record: true, context.RequestAborted);
        var filledIn = earlier?.Answers ?? Answers.None;
        return new PageResult(new NewCasePage
        {
            From = earlier?.Reference, FilledIn = [.. filledIn.Questions], Notice = from is not null && filledIn.Count == 0 ? desk.Say("There is nothing that could be filled in from there.") : null,
            Typed = definition.Ask.Where(q => filledIn[q.Name] is not null).SelectMany(q => q.Type.ToFields(q, filledIn[q.Name]!)).ToDictionary(f => f.Key, f => f.Value),
            Desk = desk, Definition = definition, Authorities = authorities, Opened = Handling.Stamp(desk.Now), Key = Guid.NewGuid().ToString("n"),
            Authority = (authorities.FirstOrDefault(a => a.Id == front.Id) ?? authorities[0]).Id, Channel = Channels[0],
        });
    }

    /// <summary>
    /// What a caller told us in a case that the advisor may read, to be read out and asked again (`prefill`). The reading is recorded before it is shown. Answers of another service count
    /// too, by name and type: the caller was asked.
    /// </summary>
    static async Task<(string Reference, Answers Answers)?> Earlier(DeskVisit desk, ServiceDefinition definition, string? from, bool record, CancellationToken cancel)
    {
        var house = desk.House;
        if (!definition.FillsInFromCases || CaseReference.Tidy(from ?? "") is not { } reference) return null;
        if (await house.Database.Read(session => CaseQueries.Find(session, reference), cancel) is not { IsErased: false } found || !Rights.May(desk.Caller, Right.ReadCases, found.Authority, found.Team, found.Service)) return null;
        if (record) await ReadLog.Record(house.Database, desk.Now, desk.Caller, found.ForReading, AuditKinds.FilledIn);
        if (await house.Database.Read(session => EarlierCase.Of(session, house.Services, reference), cancel) is not { } earlier) return null;
        return (reference, Prefill.FromCase(definition, earlier.AskedBy, earlier.Answers, new ReadingContext { Today = desk.Today, Language = desk.Look.Language, LookUps = house.Council.Places }));
    }

    static async Task<IResult> Submit(string service, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        var (published, authorities, no) = Find(desk, service);
        if (no is not null) return no;
        var (form, status, wrong) = await Forms.Read(context, published!.Definition.LargestFile);
        if (form is null) return desk.Problem(status, "This did not arrive", wrong!);
        var definition = published!.Definition;
        var fields = new PostedFields(form);
        var ours = await desk.IsOurs();
        var typed = FormQuestions.Typed(definition.Ask, fields);
        var inForm = FormQuestions.Shown(definition.Ask, typed);
        IReadOnlyList<Fault> fileFaults = ours ? await Forms.StoreFiles(house, form, fields, inForm, owner: null, context.RequestAborted, desk.Phrases) : [];
        var files = await Forms.FilesOf(house, fields, inForm, owner: null);
        var channel = form[ChannelField].ToString() is { Length: > 0 } said ? said : Channels[0];
        var authority = form[AuthorityField].ToString() is { Length: > 0 } named ? authorities.FirstOrDefault(a => a.Id == named) : authorities[0];
        var key = form[KeyField].ToString() is { Length: 32 } sent && sent.All(char.IsAsciiHexDigitLower) ? sent : Guid.NewGuid().ToString("n");

        PageResult Again(int code, IReadOnlyList<Fault> faults, string? notice = null, Exit? exit = null, IReadOnlyList<string>? shown = null, IReadOnlyList<Alert>? raised = null) => new(new NewCasePage
        {
            Shown = shown,
            Desk = desk, Definition = definition, Authorities = authorities, Opened = Handling.Carried(form, desk.Now), Key = key, Authority = (authority ?? authorities[0]).Id, Channel = channel,
            From = CaseReference.Tidy(form[FromField].ToString()), Offered = form[OfferedField] == "yes", Faults = faults, Notice = notice, Exit = exit, Raised = raised ?? [],
            Typed = typed,
            Files = inForm.Where(q => q.Type.Name == "file").ToDictionary(q => q.Name, q => (IReadOnlyList<KnownFile>)[.. fields.Values(q.Name).Select(files.Find).OfType<KnownFile>()]),
        }, code);

        if (!ours) return Again(400, [], desk.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing was sent. What you typed is still here: send it again."));
        var faults = new List<Fault>(fileFaults);
        if (!Channels.Contains(channel)) faults.Add(new Fault(ChannelField, ChannelField, desk.Say("Choose how they reached you")));
        if (authority is null) faults.Add(new Fault(AuthorityField, AuthorityField, desk.Say("Choose a council")));
        var asked = authority ?? authorities[0];
        var reading = new ReadingContext { Today = asked.Calendar.DayOf(desk.Now), Language = desk.Look.Language, File = files.Find, LookUps = house.Council.Places };
        var (answers, answerFaults) = AnswersReader.ReadAllForm(definition, fields, reading, reading.Today);
        IReadOnlyList<string> shown = [.. Journey.Asked(definition, answers, reading.Today).Select(q => q.Name)];
        // What cannot be read yet is left for "Send" to say.
        if (form[UpdateField] == "yes" || form.ContainsKey(FormQuestions.AddField)) return Again(200, fileFaults, shown: shown, raised: [.. Journey.Walk(definition, answers, reading.Today).Alerts.Select(a => a.Alert)]);
        if (form[OnlineField] == "yes") return await Online(desk, house, form, channel, context);
        faults.AddRange(answerFaults.Where(f => fileFaults.All(known => known.Question != f.Question)));
        // The key of the page: pressed twice, or sent again from an old tab, it is the one case. Its files are the case's then, and not found a second time.
        var once = new SentOnce(desk.Caller.Id, Route, key);
        if (faults.Count > 0)
            return await house.Database.Read(session => once.Before(session, reference => CaseQueries.Find(session, reference)), context.RequestAborted) is { Value: { } before } ? IsDown(before) : Again(422, faults, shown: shown);

        var walk = Journey.Walk(definition, answers, reading.Today);
        if (walk.Exit is { } exit) return Again(200, [], exit: exit, shown: shown, raised: [.. walk.Alerts.Select(a => a.Alert)]);
        if (walk.IsComplete && Whose.Find(definition, walk.OnPath, house.Council, asked).Value is { } whose
            && !Rights.May(desk.Caller, Right.SubmitForOthers, whose.Authority.Id, whose.Offer.Team, service))
            return Again(422, [], desk.Say("That place is looked after by {council}, which you do not take calls for. Nothing was sent. Give the caller its number: {phone}.", ("council", whose.Authority.Name), ("phone", whose.Offer.Phone ?? whose.Authority.Contact.Phone)));

        var filledIn = (await Earlier(desk, definition, form[FromField].ToString(), record: false, context.RequestAborted))?.Answers ?? Answers.None;
        var submit = new SubmitAnswers
        {
            Prefilled = filledIn.Questions.Count(q => filledIn[q]!.Equals(answers[q])),
            Published = published, Answers = answers, Asked = asked, Channel = channel, Received = desk.Now, By = Actor.Advisor, ByMember = desk.Caller.Id,
            HandlingSeconds = Handling.Seconds(form, desk.Now), DigitalOffered = form[OfferedField] == "yes",
        };
        var made = await house.Database.Commit(unit => once.Do(unit, before => CaseQueries.Find(unit, before), async () =>
        {
            var result = await submit.Submit(unit, house.Council);
            return result.Value is { } @case && !Rights.May(desk.Caller, Right.SubmitForOthers, @case.Authority, @case.Team, @case.Service) ? Refusal.NotFound : result;
        }, @case => @case.Reference), context.RequestAborted);
        if (made.Refusal is { Kind: RefusalKind.NotFound }) return desk.Refused(made.Refusal);
        if (made.Value is not { } done) return made.Refusal!.Faults.Count > 0 ? Again(422, made.Refusal.FaultsIn(desk.Phrases)) : Again(422, [], made.Refusal.In(desk.Phrases));
        // The seconds of the form are the case's; the call keeps what is over for itself.
        if (desk.Call is { } call) (call with { Counted = call.Counted + submit.HandlingSeconds, About = done.Reference }).Keep(context);
        return IsDown(done);
    }

    static SeeOtherResult IsDown(CouncilCase done) => new($"/desk/new/{done.Service}/done?case={done.Reference}");

    // The caller will do it on the website: no case, but a contact that the digital way took.
    static async Task<IResult> Online(DeskVisit desk, House house, IFormCollection form, string channel, HttpContext context)
    {
        var seconds = desk.Call?.Seconds(desk.Now) ?? Handling.Seconds(form, desk.Now);
        var recorded = await house.Database.Commit(unit => RecordContact.Record(unit, new RecordContact(channel, "new", null, seconds, true, true), desk.Caller, CaseQueries.ServiceOf, desk.Now), context.RequestAborted);
        if (recorded.Id is null) return desk.Problem(422, "This could not be noted", new Message("{why}.", ("why", recorded.Faults[0].In(desk.Phrases).Message)));
        Call.End(context);
        return new SeeOtherResult("/desk?wrapped=yes");
    }

    // The tracking code is told to whoever took the case down, and to nobody else of the staff.
    static async Task<IResult> Done(string service, string? @case, HttpContext context, House house)
    {
        var desk = DeskVisit.Of(context);
        if (CaseReference.Tidy(@case ?? "") is not { } reference) return desk.NotFound();
        var (found, by) = await house.Database.Read(async session => (await CaseQueries.Find(session, reference), await CaseQueries.TakenBy(session, reference)), context.RequestAborted);
        if (found is null || by != desk.Caller.Id || found.Service != service || !Rights.May(desk.Caller, Right.SubmitForOthers, found.Authority, found.Team, found.Service)) return desk.NotFound();
        var definition = (await house.Services.Version(found.Service, found.DefinitionVersion)).Definition;
        var (payments, alerts) = await house.Database.Read(session => CaseQueries.Received(session, found, definition), context.RequestAborted);
        return new PageResult(new NewDonePage
        {
            Desk = desk, Case = found, Definition = definition, Due = payments, Alerts = alerts, Offer = house.Council.FindOffer(found.Service, found.Authority),
            Authority = house.Council.FindAuthority(found.Authority) ?? house.Council.Authorities[0], TrackingCode = house.Codes.For(found.Reference, found.LinkNumber),
        });
    }
}
