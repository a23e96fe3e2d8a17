using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Design;

namespace Moothall.Web.Resident;

/// <summary>
/// The journey of a service, a question a page, without script. A GET writes nothing; each POST saves one good answer before it answers with the address
/// of the next page. Where somebody is follows from their answers alone.
/// </summary>
static class JourneyEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var service = app.MapGroup("/services/{service}").ExcludeFromDescription();
        service.MapGet("/start", Start);
        service.MapGet("/questions/{question}", Question);
        service.MapPost("/questions/{question}", Save);
        service.MapGet("/check", Check);
        service.MapPost("/check", Submit);
        service.MapGet("/exits/{exit}", AtExit);
        service.MapGet("/alerts/{alert}", AtAlert);
        service.MapGet("/done", Done);
        GetHelpEndpoints.Map(service);
    }

    /// <summary>A journey as a request finds it: the draft of the browser's cookie, or none yet.</summary>
    internal sealed record Standing(Visit Visit, PublishedService Published, Draft? Draft, Answers Answers, Walk Walk)
    {
        public ServiceDefinition Definition => Published.Definition;
        public string Address => "/services/" + Definition.Name;
        /// <summary>Where to go on: the next question, the designed end, or the answers to check.</summary>
        public string OnwardAddress => Draft is { How: FollowInstead.How } ? $"{Address}/followed" : Walk.Exit is { } exit ? $"{Address}/exits/{exit.Name}" : Walk.Next is { } next ? $"{Address}/questions/{next.Name}" : $"{Address}/check";
    }

    internal static async Task<Standing?> Stand(string service, HttpContext context, House house)
    {
        if (house.Services.Find(service) is not { } newest) return null;
        var visit = new Visit(context, house);
        if (OpenDrafts.IdIn(context.Request.Cookies[OpenDrafts.CookieName(service)]) is not { } id)
            return new Standing(visit, newest, null, Answers.None, Journey.Walk(newest.Definition, Answers.None, Today(visit)));
        var draft = await house.Database.Read(session => Drafts.Find(session, id, service), context.RequestAborted);
        var published = draft is null ? newest : await house.Services.Version(service, draft.Version);
        var answers = draft is null ? Answers.None : AnswersJson.Read(published.Definition, draft.AnswersJson);
        return new Standing(visit, published, draft, answers, Journey.Walk(published.Definition, answers, Today(visit)));
    }

    static NodaTime.LocalDate Today(Visit visit) => visit.Authority.Calendar.DayOf(visit.House.Now);

    /// <summary>Has this browser hold a draft: on the front page too, where it is shown what can be gone on with.</summary>
    internal static void Remember(HttpContext context, Draft draft) => context.Response.Cookies.Append(OpenDrafts.CookieName(draft.Service), draft.Id, Cookies.Lax(context, "/", Draft.Life));

    static async Task<IResult> Start(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        return at is null ? Pages.NotFound(context, house) : Results.LocalRedirect($"{at.Address}/questions/{at.Definition.Ask[0].Name}", permanent: false, preserveMethod: false);
    }

    static async Task<IResult> Question(string service, string question, string? from, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || at.Definition.FindQuestion(question) is not { } asked) return Pages.NotFound(context, house);
        var first = at.Definition.Ask[0] == asked;
        if (at.Draft is { How: "submitted" }) return first ? Show(at, asked, Answers.None, from) : SeeOther($"{at.Address}/done");
        return at.Walk.MayVisit(question) ? await ShowWithFiles(at, asked, from) : SeeOther(at.OnwardAddress);
    }

    static async Task<IResult> ShowWithFiles(Standing at, Question asked, string? from)
    {
        if (at.Answers[asked.Name] is not FilesAnswer given) return Show(at, asked, at.Answers, from);
        var files = await FilesNamed(at, given.Files);
        return Show(at, asked, at.Answers, from, [.. given.Files.Select(files.Find).OfType<KnownFile>()]);
    }

    static Task<Api.FilesNamed> FilesNamed(Standing at, IReadOnlyCollection<string> ids) =>
        Api.FilesNamed.Load(at.Visit.House, ids, at.Draft is { } draft ? UploadFile.OwnerOf(draft.Id) : null);

    static PageResult Show(Standing at, Question asked, Answers answers, string? from, IReadOnlyList<KnownFile>? files = null)
    {
        var values = answers[asked.Name] is { } given and not SkippedAnswer ? asked.Type.ToFields(asked, given) : Nothing;
        return new PageResult(Page(at, asked, values, [], from, files ?? [], notice: null));
    }

    static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Nothing = new Dictionary<string, IReadOnlyList<string>>();

    static QuestionPage Page(Standing at, Question asked, IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyList<Fault> faults, string? from, IReadOnlyList<KnownFile> files,
        string? notice) => new()
        {
            Look = at.Visit.Look, Definition = at.Definition, Question = asked, Values = values, Faults = faults, Files = files, Notice = notice, Token = at.Visit.Token(),
            From = from == "check" ? from : null,
            BackHref = from == "check" ? $"{at.Address}/check" : Journey.Before(at.Walk, asked.Name) is { } before ? $"{at.Address}/questions/{before.Name}" : at.Address,
        };

    static async Task<IResult> Save(string service, string question, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        var at = await Stand(service, context, house);
        if (at is null || at.Definition.FindQuestion(question) is not { } asked) return Pages.NotFound(context, house);
        if (form is null)
        {
            return new PageResult(Page(at, asked, Nothing, [new Fault(asked.Name, asked.Name, wrong!)], null, [], null), status);
        }
        var from = form["from"].ToString();
        var fields = new PostedFields(form);
        var typed = asked.Type.Fields(asked);

        // A first question after sending begins another journey; any other page of a journey that was sent is out of date.
        var sent = at.Draft is { How: "submitted" };
        if (sent && at.Definition.Ask[0] != asked) return SeeOther($"{at.Address}/done");
        if (sent) at = at with { Draft = null, Answers = Answers.None, Walk = Journey.Walk(at.Definition, Answers.None, Today(at.Visit)) };
        if (!at.Walk.MayVisit(question)) return SeeOther(at.OnwardAddress);
        if (!await at.Visit.IsOurs())
            return new PageResult(Page(at, asked, fields.Typed(typed), [], from, [],
                at.Visit.Look.Say("This page was open for a long time, or your browser does not keep our cookies. What you typed is still here. Check it and continue.")), 400);

        var owner = at.Draft is { } begun ? UploadFile.OwnerOf(begun.Id) : null;
        var fileFaults = await Forms.StoreFiles(house, form, fields, [asked], owner, context.RequestAborted, at.Visit.Look.Phrases);
        var files = await Forms.FilesOf(house, fields, [asked], owner);
        var reading = asked.Type.Read(asked, fields, new ReadingContext { Today = Today(at.Visit), Language = at.Visit.Language, File = files.Find, LookUps = at.Visit.Council.Places });
        var faults = fileFaults.Count > 0 ? fileFaults : reading.Faults;
        // Somebody who leaves for now is not told what is wrong with an answer that they have not finished, and has not passed a question over.
        var later = form["then"].ToString() == "save";
        if (later && (faults.Count > 0 || reading.Answer is SkippedAnswer)) return SeeOther($"{at.Address}/save");
        if (faults.Count > 0)
            return new PageResult(Page(at, asked, fields.Typed(typed), faults, from, [.. fields.Values(asked.Name).Select(files.Find).OfType<KnownFile>()], null), 422);

        var command = new SaveAnswer(at.Draft?.Id, at.Published, question, reading.Answer!, new NewJourney(at.Visit.Authority.Id, "web", at.Visit.Language, at.Visit.Device())) { Seen = at.Draft };
        var saved = await house.Database.Commit(unit => AnswerSaving.Save(unit, house.Services, command, house.Now, Today(at.Visit)), context.RequestAborted);
        if (saved.Value is not { } done) return saved.Refusal!.Kind == RefusalKind.Changed ? SeeOther($"{at.Address}/done") : SeeOther(at.OnwardAddress);
        if (done.Draft.Id != at.Draft?.Id)
            Remember(context, done.Draft);
        var onward = at with { Draft = done.Draft, Answers = done.Answers, Walk = done.Walk };
        if (later) return SeeOther($"{at.Address}/save");
        // A danger that this answer raises is told at once, before anything else is asked.
        if (onward.Walk.Alerts.FirstOrDefault(now => at.Walk.Alerts.All(before => before.Alert.Name != now.Alert.Name)) is { } raised) return SeeOther($"{at.Address}/alerts/{raised.Alert.Name}");
        if (onward.Walk.Exit is null && at.Definition.Near?.Question == asked && (await NearEndpoints.Of(onward, context.RequestAborted)).Count > 0) return SeeOther($"{at.Address}/near");
        return SeeOther(onward.OnwardAddress);
    }

    static async Task<IResult> AtAlert(string service, string alert, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Draft is { How: "submitted" }) return SeeOther($"{at.Address}/done");
        if (at.Walk.Alerts.FirstOrDefault(raised => raised.Alert.Name == alert) is not { } asked) return SeeOther(at.OnwardAddress);
        return new PageResult(new AlertPage
        {
            Look = at.Visit.Look, Definition = at.Definition, CouncilPhone = PhoneOf(at), Onward = at.OnwardAddress, BackHref = $"{at.Address}/questions/{asked.After.Name}",
            Alerts = [asked.Alert, .. at.Walk.Alerts.Where(raised => raised != asked && raised.After.Name == asked.After.Name).Select(raised => raised.Alert)],
        });
    }

    static string PhoneOf(Standing at) => at.Visit.Council.FindOffer(at.Definition.Name, at.Visit.Authority.Id)?.Phone ?? at.Visit.Authority.Contact.Phone;

    static async Task<IResult> Check(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Draft is { How: "submitted" }) return SeeOther($"{at.Address}/done");
        return at.Walk.IsComplete && at.Draft is { How: not FollowInstead.How } ? await CheckAnswers(at, null, 200) : SeeOther(at.OnwardAddress);
    }

    static async Task<IResult> CheckAnswers(Standing at, string? notice, int status)
    {
        var ids = at.Walk.Path.Select(q => at.Answers[q.Name]).OfType<FilesAnswer>().SelectMany(f => f.Files).ToList();
        var files = await FilesNamed(at, ids);
        // The price is that of whose case it becomes, which the place may decide.
        var kept = Journey.Keep(at.Definition, at.Walk, at.Answers);
        var fees = Whose.Find(at.Definition, kept, at.Visit.Council, at.Visit.Authority).Value?.Offer.Fees ?? new Dictionary<string, long>();
        return new PageResult(new CheckPage
        {
            Look = at.Visit.Look, Definition = at.Definition, Path = at.Walk.Path, Answers = at.Answers, Revision = at.Draft!.Revision, Token = at.Visit.Token(), File = files.Find,
            Notice = notice, Alerts = [.. at.Walk.Alerts.Select(raised => raised.Alert)], CouncilPhone = PhoneOf(at), Charges = Charges.Of(at.Definition, kept, fees, Today(at.Visit)),
        }, status);
    }

    static async Task<IResult> Submit(string service, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (at.Draft is null) return SeeOther(at.OnwardAddress);
        if (at.Draft is { How: "submitted" }) return SeeOther($"{at.Address}/done");
        if (!at.Walk.IsComplete || at.Draft is { How: FollowInstead.How }) return SeeOther(at.OnwardAddress);
        if (!await at.Visit.IsOurs())
            return await CheckAnswers(at, at.Visit.Look.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing has been sent yet. Check your answers and send them again."), 400);
        var revision = int.TryParse(form["revision"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var submitted = await house.Database.Commit(unit => SubmitDraft.Submit(unit, house.Services, at.Visit.Council, at.Draft.Id, revision, house.Now), context.RequestAborted);
        if (submitted.Refusal is { } refusal)
        {
            at = (await Stand(service, context, house))!;
            return at.Draft is { IsOpen: true } && at.Walk.IsComplete ? await CheckAnswers(at, context.Say(refusal.Message), refusal.Kind == RefusalKind.Changed ? 409 : 422) : SeeOther(at.OnwardAddress);
        }
        return SeeOther($"{at.Address}/done");
    }

    static async Task<IResult> AtExit(string service, string exit, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Walk.Exit is not { } reached || reached.Name != exit) return SeeOther(at.OnwardAddress);
        return new PageResult(new ExitPage
        {
            Look = at.Visit.Look, Definition = at.Definition, Exit = reached, Authority = at.Visit.Authority, Offer = at.Visit.Council.FindOffer(service, at.Visit.Authority.Id),
            BackHref = $"{at.Address}/questions/{at.Walk.Path[^1].Name}",
        });
    }

    static async Task<IResult> Done(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Draft is not { How: "submitted", Reference: { } reference }) return SeeOther(at.OnwardAddress);
        if (await house.Database.Read(session => CaseQueries.Find(session, reference), context.RequestAborted) is not { } found) return Pages.NotFound(context, house);
        var authority = at.Visit.Council.FindAuthority(found.Authority) ?? at.Visit.Authority;
        var (payments, alerts) = await house.Database.Read(session => CaseQueries.Received(session, found, at.Definition), context.RequestAborted);
        return new PageResult(new DonePage
        {
            Look = at.Visit.Look, Definition = at.Definition, Case = found, Authority = authority, TrackingCode = house.Codes.For(found.Reference, found.LinkNumber),
            CloseBy = found.CloseBy is { } by ? authority.Calendar.DayOf(by) : null, Offer = at.Visit.Council.FindOffer(service, found.Authority), Due = payments, Alerts = alerts,
        });
    }

    // 303: the browser follows with a GET, and going back never sends a form again.
    static IResult SeeOther(string address) => new SeeOtherResult(address);
}

/// <summary>303 See Other to an address of this site.</summary>
sealed class SeeOtherResult(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
