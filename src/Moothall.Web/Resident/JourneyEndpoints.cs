using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moothall.Cases;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Payments;
using Moothall.Web.Design;
using Moothall.Web.Door;
using Moothall.Web.MyAccount;

namespace Moothall.Web.Resident;

/// <summary>
/// The journey of a service, a question a page, without script. A GET writes nothing; each POST saves one good answer before it answers with the address
/// of the next page. Where somebody is follows from their answers alone.
/// </summary>
static class JourneyEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var service = app.MapGroup("/services/{service}").ExcludeFromDescription().Open().WithMetadata(MyAccount.SignInGate.Mark.One);
        service.MapGet("/start", Start);
        service.MapGet("/questions/{question}", Question);
        service.MapPost("/questions/{question}", SaveOne);
        PageEndpoints.Map(service);
        RowEndpoints.Map(service);
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
        /// <summary>The draft with its answers, for a command that is decided over it; null where there is none.</summary>
        public SavedDraft? AsSeen => Draft is null ? null : new SavedDraft(Draft, Definition, Answers, Walk);
        /// <summary>Answers that are shown to be confirmed or changed.</summary>
        public FilledIn FilledIn { get; init; } = FilledIn.Nothing;
        /// <summary>Whether the draft is as this node remembers it, not as it was just read: good for an answer that is written over that revision only, and for no page.</summary>
        public bool IsRemembered { get; init; }
        /// <summary>What was just sent, on the page that the sending leads to.</summary>
        public SentDraft? Sent { get; init; }
        /// <summary>Who does it, and for whom.</summary>
        public Doer Doer { get; init; } = Doer.Nobody;
        /// <summary>Where to go on: the next question, the designed end, the list of sections, or the answers to check.</summary>
        public string OnwardAddress => Draft is { How: FollowInstead.How } ? $"{Address}/followed" : Walk.Exit is { } exit ? $"{Address}/exits/{exit.Name}"
            : Definition.TaskList ? $"{Address}/tasks" : Walk.Next is { } next ? AddressOf(next) : $"{Address}/check";

        /// <summary>Where to go on from a question that was just answered: in a task list the rest of its section comes first.</summary>
        /// <param name="from">The page that the answer was changed from: <see cref="FromCheck"/>, <see cref="FromSection"/>, or neither.</param>
        public string OnwardFrom(Question answered, string? from) => !Definition.TaskList || Walk.Exit is not null || Draft is { How: FollowInstead.How } ? OnwardAddress
            : Walk.Sections.FirstOrDefault(s => s.Section.Name == answered.Section?.Name)?.Next is { } next ? AddressOf(next)
            : from == FromSection ? $"{Address}/sections/{answered.Section?.Name}" : from == FromCheck && Walk.IsComplete ? $"{Address}/check" : OnwardAddress;

        /// <summary>The first page on the way to a question.</summary>
        public string AddressOf(Question question) => Definition.Pages.Count == 0 && !question.IsGroup ? $"{Address}/questions/{question.Name}" : $"{Address}/{Stops.PathTo(Definition, question, Walk, Answers, Today(Visit))}";

        /// <summary>What a question's page says beside it: the earlier answer that it may be the same as, and where an answer is from that is filled in.</summary>
        /// <param name="before">The answers before the page.</param>
        /// <param name="faults">What is wrong with what was typed, which then stands there in place of what was filled in.</param>
        public Questions.BesideQuestion Beside(Question question, Answers before, IReadOnlyList<Fault> faults) => new(
            question.SameAs is { } same && before[same.Question] is { } earlier and not SkippedAnswer ? question.Type.Show(question, earlier, Visit.Language) : null,
            Answers[question.Name] is null && faults.Count == 0 ? FilledIn.Words(question, Visit.Look.Phrases) : null);

        /// <summary>Where "back" leads from a question.</summary>
        public string BackFrom(Question question, string? from) => from == FromCheck ? $"{Address}/check" : from == FromSection && question.Section is { } section ? $"{Address}/sections/{section.Name}" : Stops.Back(Definition, question, Walk, Today(Visit)) is { } back ? $"{Address}/{back}" : Definition.TaskList ? $"{Address}/tasks" : Address;
    }

    /// <summary>Where an answer is changed from: "Check your answers", or the answers of a section.</summary>
    internal const string FromCheck = "check", FromSection = "section";

    /// <summary>The same at the end of an address; nothing where the answer is given for the first time.</summary>
    internal static string FromQuery(string? from) => From(from) is { } known ? "?from=" + known : "";

    /// <summary>The page that an answer is changed from; null where it is given for the first time.</summary>
    internal static string? From(string? from) => from is FromCheck or FromSection ? from : null;

    /// <summary>The journey of this browser's cookie; null where there is no such service.</summary>
    /// <param name="orRemembered">Whether it may be as this node remembers it (<see cref="Standing.IsRemembered"/>), of somebody who is not signed in.</param>
    internal static async Task<Standing?> Stand(string service, HttpContext context, House house, bool orRemembered = false)
    {
        if (house.Services.Find(service) is not { } newest) return null;
        var visit = new Visit(context, house);
        var doer = AccountCallers.HasCookie(context) ? await context.RequestServices.GetRequiredService<AccountCallers>().DoerOf(context) : Doer.Nobody;
        visit.DoneBy(doer, service);
        var acting = doer.For(service);
        var cookie = context.Request.Cookies[(acting is null ? OpenDrafts.CookiePrefix : OpenDrafts.ActingPrefix) + service];
        var id = OpenDrafts.IdIn(cookie);
        if (id is not null && doer == Doer.Nobody)
        {
            var today = Today(visit);
            if (orRemembered && house.RecentDrafts.Last(id, today) is { Draft: { Account: null, Acting: null } last } known && last.Service == service)
                return new Standing(visit, await house.Services.Version(service, last.Version), last, known.Answers, known.Walk) { FilledIn = await FilledIn.Of(context, visit, known.Definition, doer), Doer = doer, IsRemembered = true };
            // The page that an answer, or the sending, leads to.
            if (HttpMethods.IsGet(context.Request.Method) && OpenDrafts.LastSaved(context, id) is { } revision && house.RecentDrafts.PageAfter(id, revision, today, house.Now) is ({ Draft: { Account: null, Acting: null } led } saved, var sent) && led.Service == service)
                return new Standing(visit, await house.Services.Version(service, led.Version), led, saved.Answers, saved.Walk) { FilledIn = await FilledIn.Of(context, visit, saved.Definition, doer), Doer = doer, Sent = sent };
        }
        var draft = id is not null ? await house.Database.Read(session => Drafts.Find(session, id, service), context.RequestAborted) : null;
        // A form that was begun for another person, or by another account in this browser, is not this one.
        if (draft is not null && (draft.Acting != acting?.Id || (doer.Session is { } signedIn && draft.Account is { } whose && whose != signedIn.Account))) draft = null;
        if (draft is null) return new Standing(visit, newest, null, Answers.None, Journey.Walk(newest.Definition, Answers.None, Today(visit))) { FilledIn = await FilledIn.Of(context, visit, newest.Definition, doer), Doer = doer };
        var published = await house.Services.Version(service, draft.Version);
        var seen = house.RecentDrafts.Of(draft, published.Definition, Today(visit));
        return new Standing(visit, published, draft, seen.Answers, seen.Walk) { FilledIn = await FilledIn.Of(context, visit, published.Definition, doer), Doer = doer };
    }

    /// <summary>The largest file that the form takes which is coming, in megabytes. The journey is only looked up for a form that holds larger ones than usual.</summary>
    internal static async ValueTask<int> LargestFile(string service, HttpContext context, House house) =>
        Forms.IsLarge(context) && await Stand(service, context, house) is { } at ? at.Definition.LargestFile : Definitions.Question.UsualFile;

    internal static NodaTime.LocalDate Today(Visit visit) => visit.Authority.Calendar.DayOf(visit.House.Now);

    /// <summary>Has this browser hold a draft: on the front page too, where it is shown what can be gone on with.</summary>
    internal static void Remember(HttpContext context, Draft draft) => context.Response.Cookies.Append(OpenDrafts.CookieName(draft), draft.Id, Cookies.Lax(context, "/", Draft.Life));

    static async Task<IResult> Start(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is not null) FilledIn.Keep(context, at.Definition, FilledIn.Carried(context, at.Visit, at.Definition));
        return at is null ? Pages.NotFound(context, house)
            : Results.LocalRedirect(at.Definition.TaskList ? $"{at.Address}/tasks" : (at with { Answers = Answers.None, Walk = Beginning(at) }).AddressOf(at.Definition.Ask[0]), permanent: false, preserveMethod: false);
    }

    /// <summary>The walk of somebody who has answered nothing yet.</summary>
    internal static Walk Beginning(Standing at) => Journey.Walk(at.Definition, Answers.None, Today(at.Visit));

    static async Task<IResult> Question(string service, string question, string? from, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null || at.Definition.FindQuestion(question) is not { } asked) return Pages.NotFound(context, house);
        if (asked.Page is not null) return SeeOther($"{at.Address}/{Stops.PathOf(asked)}{FromQuery(from)}");
        if (asked.IsGroup) return await RowEndpoints.List(at, [], asked, from, context);
        if (at.Draft is { How: "submitted" }) return at.Walk.MayVisit(question) ? Show(at, asked, Answers.None, from) : SeeOther($"{at.Address}/done");
        return at.Walk.MayVisit(question) ? await ShowWithFiles(at, asked, from) : SeeOther(at.OnwardAddress);
    }

    static async Task<IResult> ShowWithFiles(Standing at, Question asked, string? from)
    {
        if (at.Answers[asked.Name] is not FilesAnswer given) return Show(at, asked, at.Answers, from);
        var files = await FilesNamed(at, given.Files);
        return Show(at, asked, at.Answers, from, [.. given.Files.Select(files.Find).OfType<KnownFile>()]);
    }

    internal static Task<Api.FilesNamed> FilesNamed(Standing at, IReadOnlyCollection<string> ids) =>
        Api.FilesNamed.Load(at.Visit.House, ids, at.Draft is { } draft ? UploadFile.OwnerOf(draft.Id) : null);

    static PageResult Show(Standing at, Question asked, Answers answers, string? from, IReadOnlyList<KnownFile>? files = null)
    {
        var values = (answers[asked.Name] ?? at.FilledIn.For(asked)?.Answer) is { } given and not SkippedAnswer ? asked.Type.ToFields(asked, given) : Nothing;
        return new PageResult(Page(at, asked, values, [], from, files ?? [], notice: null));
    }

    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Nothing = new Dictionary<string, IReadOnlyList<string>>();

    static QuestionPage Page(Standing at, Question asked, IReadOnlyDictionary<string, IReadOnlyList<string>> values, IReadOnlyList<Fault> faults, string? from, IReadOnlyList<KnownFile> files,
        string? notice) => new()
        {
            Look = at.Visit.Look, Definition = at.Definition, Question = asked, Values = values, Faults = faults, Files = files, Notice = notice, Token = at.Visit.Token(),
            From = From(from), BackHref = at.BackFrom(asked, from), Beside = at.Beside(asked, at.Walk.OnPath, faults),
        };

    static async Task<IResult> SaveOne(string service, string question, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context, await LargestFile(service, context, house));
        var at = await Stand(service, context, house, orRemembered: form is not null);
        if (at is { IsRemembered: true })
        {
            if (await SaveOver(at, question, form!, context) is { } saved) return saved;
            at = await Stand(service, context, house);
        }
        if (at is null || at.Definition.FindQuestion(question) is not { } asked) return Pages.NotFound(context, house);
        if (asked.Page is not null) return SeeOther($"{at.Address}/{Stops.PathOf(asked)}");
        if (asked.IsGroup) return form is null ? SeeOther($"{at.Address}/{Stops.PathOf(asked)}") : await RowEndpoints.Continue(at, [], asked, form, context);
        if (form is null) return new PageResult(Page(at, asked, Nothing, [new Fault(asked.Name, asked.Name, wrong!)], null, [], null), status);
        var from = form["from"].ToString();

        if (Anew(at, question) is not { } now) return SeeOther($"{at.Address}/done");
        at = now;
        if (!at.Walk.MayVisit(question)) return SeeOther(at.OnwardAddress);
        return (await SaveAll(at, [asked], form, context, (now, typed, faults, files, notice) => Page(now, asked, typed, faults, from, files(asked), notice)))!;
    }

    // An answer over the draft as this node remembers it, which saves reading it; null where it does not end with the answer saved over that very revision.
    static async Task<IResult?> SaveOver(Standing at, string question, IFormCollection form, HttpContext context) =>
        at.Definition.FindQuestion(question) is { Page: null, IsGroup: false, Type.Name: not "file" } asked && at.Walk.MayVisit(question)
            ? await SaveAll(at, [asked], form, context, (_, _, _, _, _) => throw new InvalidOperationException("A page is drawn of a draft that was read.")) : null;

    /// <summary>
    /// A journey that goes on, or one that begins: nothing is left of the answers that were sent, so a first question is that of another journey. Null where the
    /// page is of the journey that was sent, and so out of date.
    /// </summary>
    internal static Standing? Anew(Standing at, string question) => at.Draft is not { How: "submitted" } ? at
        : at.Walk.MayVisit(question) ? at with { Draft = null, Answers = Answers.None } : null;

    /// <summary>What stands in the fields of some questions by the answers there are, and the files that were stored for each.</summary>
    internal static async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, Func<Question, IReadOnlyList<KnownFile>> Files)> Filled(Standing at, IReadOnlyList<Question> asked, Answers of)
    {
        var files = await FilesNamed(at, [.. asked.Files(of)]);
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var question in asked)
            if ((of[question.Name] ?? at.FilledIn.For(question)?.Answer) is { } given and not SkippedAnswer)
                foreach (var (field, value) in question.Type.ToFields(question, given)) values[field] = value;
        return (values, question => of[question.Name] is FilesAnswer named ? [.. named.Files.Select(files.Find).OfType<KnownFile>()] : []);
    }

    /// <summary>Draws a page again as the journey stands now, with what was typed, what is wrong, and the files that were stored for a question.</summary>
    internal delegate Part Again(Standing now, IReadOnlyDictionary<string, IReadOnlyList<string>> typed, IReadOnlyList<Fault> faults, Func<Question, IReadOnlyList<KnownFile>> files, string? notice);

    /// <summary>What is different about a page of a row: the command that keeps its answers, where to go on, and the page's own address, both as the journey stands after that.</summary>
    /// <param name="IsNew">The row is not there yet: nothing but an answer makes it.</param>
    /// <param name="Before">The answers before the page.</param>
    internal sealed record OfRow(bool IsNew, Answers Before, Func<IReadOnlyList<GivenAnswer>, SaveAnswer> Command, Func<Standing, string> Onward, Func<Standing, string> Here);

    static SaveAnswer Command(Standing at, IReadOnlyList<Question> asked, IReadOnlyList<GivenAnswer> given, OfRow? row) => row?.Command(given)
        ?? new SaveAnswer(at.Draft?.Id, at.Published, given[0].Question, given[0].Answer, Begin(at)) { Seen = at.AsSeen, Beside = given.Count > 1 ? given.Skip(1).ToList() : [], Proposed = at.FilledIn.For(asked) };

    /// <summary>Where an end that these answers reached, or a danger that they raise, is told at once; null where there is none. A row is no end: others may come after it.</summary>
    static string? ToldAtOnce(Standing before, Standing now, OfRow? row) =>
        now.Walk.Alerts.ExceptBy(before.Walk.Alerts.Select(known => known.Alert.Name), told => told.Alert.Name).ToList() is [var first, .. var others] ? $"{now.Address}/alerts/{first.Alert.Name}{And(first, others)}"
            : now.Walk.Exit is { } exit && exit.Name != before.Walk.Exit?.Name && row is null ? now.OnwardAddress : null;

    /// <summary>The dangers told on the page of the first that it would not tell by itself: raised by another answer of the same page, or by an earlier answer that was changed.</summary>
    static string And(RaisedAlert first, IEnumerable<RaisedAlert> others) =>
        QueryString.Create(others.Where(o => o.After.Name != first.After.Name).Select(o => KeyValuePair.Create<string, string?>("and", o.Alert.Name))).ToString();

    /// <summary>Reads the answers of one page and saves them together, all or none; then leads on.</summary>
    /// <param name="row">Of a page of a row; null where the answers are those of the questions themselves.</param>
    /// <returns>Where to go on, or the page again; null only over a remembered draft, where nothing was saved.</returns>
    internal static async Task<IResult?> SaveAll(Standing at, IReadOnlyList<Question> asked, IFormCollection form, HttpContext context, Again again, OfRow? row = null)
    {
        var house = at.Visit.House;
        var fields = new PostedFields(form);
        IReadOnlyList<string> names = asked is [var only] ? only.Type.Fields(only) : [.. asked.SelectMany(q => q.Type.Fields(q)).Distinct()];
        var isOurs = await at.Visit.IsOurs();
        if (at.IsRemembered && !isOurs) return null;
        if (!isOurs)
            return new PageResult(again(at, fields.Typed(names), [], _ => [],
                at.Visit.Look.Say("This page was open for a long time, or your browser does not keep our cookies. What you typed is still here. Check it and continue.")), 400);

        var owner = at.Draft is { } begun ? UploadFile.OwnerOf(begun.Id) : null;
        var fileFaults = await Forms.StoreFiles(house, form, fields, asked, owner, context.RequestAborted, at.Visit.Look.Phrases);
        var files = await Forms.FilesOf(house, fields, asked, owner);
        var reading = new ReadingContext { Today = Today(at.Visit), Language = at.Visit.Language, File = files.Find, LookUps = at.Visit.Council.Places };
        if (form["then"] == "more" && fileFaults.Count == 0) return at.IsRemembered ? null : await StayForFiles(at, asked, fields, files, reading, context, again, row, fields.Typed(names));
        var given = new List<GivenAnswer>(asked.Count);
        var faults = new List<Fault>(fileFaults);
        foreach (var question in asked)
        {
            var read = question.Type.Read(question, fields, reading);
            // The tick of a page that is out of date: there is nothing any more that it could be the same as.
            if (read.Answer is SameAnswer same && (row?.Before ?? at.Walk.OnPath)[same.Question] is null or SkippedAnswer) read = ((SameAsType)question.Type).ReadOwn(question, fields, reading);
            if (read.Answer is { } answer) given.Add(new GivenAnswer(question.Name, answer));
            foreach (var fault in read.Faults)
                if (!faults.Exists(known => known.Question == fault.Question && fileFaults.Contains(known))) faults.Add(fault);
        }
        if (at.IsRemembered && faults.Count > 0) return null;
        // Somebody who leaves for now is not told what is wrong with an answer that they have not finished, and has not passed a question over.
        var later = form["then"].ToString() == "save";
        if (later && (faults.Count > 0 || given.TrueForAll(g => g.Answer is SkippedAnswer))) return SeeOther($"{at.Address}/save");
        if (faults.Count > 0)
            return new PageResult(again(at, fields.Typed(names), faults, question => [.. fields.Values(question.Name).Select(files.Find).OfType<KnownFile>()], null), 422);

        var (now, otherwise) = await Save(at, Command(at, asked, given, row), context);
        if (now is null) return at.IsRemembered ? null : SeeOther(otherwise);
        if (later) return SeeOther($"{at.Address}/save");
        // Before anything else is asked.
        if (ToldAtOnce(at, now, row) is { } told) return SeeOther(told);
        if (now.Walk.Exit is null && at.Definition.Near is { } near && asked.Contains(near.Question) && await NearEndpoints.AnyOf(now, context.RequestAborted)) return SeeOther($"{at.Address}/near");
        return SeeOther(row?.Onward(now) ?? now.OnwardFrom(asked[^1], form["from"].ToString()));
    }

    /// <summary>The files of a page are kept as they are now, with more to come; what else was typed stays on the page. Taking the last one out takes the answer back.</summary>
    static async Task<IResult> StayForFiles(Standing at, IReadOnlyList<Question> asked, PostedFields fields, Api.FilesNamed files, ReadingContext reading, HttpContext context, Again again,
        OfRow? row, IReadOnlyDictionary<string, IReadOnlyList<string>> typed)
    {
        var (now, given, faults) = (at, new List<GivenAnswer>(), new List<Fault>());
        foreach (var question in asked.Where(q => q.Type.Name == "file"))
        {
            var taken = fields.Values(question.Name).Count == 0 ? default : question.Type.Read(question, fields, reading);
            faults.AddRange(taken.Faults ?? []);
            if (taken.Answer is not null || at.Draft is not null && row is not { IsNew: true }) given.Add(new GivenAnswer(question.Name, taken.Answer));
        }
        if (faults.Count == 0 && given.Count > 0)
        {
            var (after, otherwise) = await Save(at, Command(at, asked, given, row), context);
            if (after is null) return SeeOther(otherwise);
            if (ToldAtOnce(at, after, row) is { } told) return SeeOther(told);
            if (asked.Count == 1) return SeeOther((row?.Here(after) ?? context.Request.Path.ToString()) + FromQuery(context.Request.Form["from"]));
            now = after;
        }
        return new PageResult(again(now, typed, faults, question => [.. fields.Values(question.Name).Select(files.Find).OfType<KnownFile>()], null), faults.Count > 0 ? 422 : 200);
    }

    /// <summary>What a journey of this browser begins with.</summary>
    internal static NewJourney Begin(Standing at) => new(at.Visit.Authority.Id, "web", at.Visit.Language, at.Visit.Device()) { Account = at.Doer.Session?.Account, Acting = at.Doer.For(at.Definition.Name)?.Id };

    /// <summary>Carries out a command; how the journey stands then, or where to go because it could not be carried out.</summary>
    internal static async Task<(Standing? Now, string Otherwise)> Save(Standing at, SaveAnswer command, HttpContext context)
    {
        var house = at.Visit.House;
        var today = Today(at.Visit);
        var decided = AnswerSaving.DecideAhead(command, house.Now, today);
        var saved = await house.Database.Commit(unit => AnswerSaving.Save(unit, house.Services, decided, house.Now, today), context.RequestAborted);
        if (saved.Value is not { } done) return (null, saved.Refusal!.Kind == RefusalKind.Changed ? $"{at.Address}/done" : at.OnwardAddress);
        house.RecentDrafts.Remember(done, today, house.Now);
        OpenDrafts.TellSaved(context, done.Draft);
        if (done.Draft.Id != at.Draft?.Id)
            Remember(context, done.Draft);
        return (at with { Draft = done.Draft, Answers = done.Answers, Walk = done.Walk }, "");
    }

    static async Task<IResult> AtAlert(string service, string alert, string[]? and, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Draft is { How: "submitted" }) return SeeOther($"{at.Address}/done");
        if (at.Walk.Alerts.FirstOrDefault(raised => raised.Alert.Name == alert) is not { } asked) return SeeOther(at.OnwardAddress);
        return new PageResult(new AlertPage
        {
            Look = at.Visit.Look, Definition = at.Definition, CouncilPhone = PhoneOf(at), Onward = at.OnwardAddress, BackHref = $"{at.Address}/{Stops.PathOf(asked.After)}",
            Alerts = [asked.Alert, .. at.Walk.Alerts.Where(raised => raised != asked && (raised.After.Name == asked.After.Name || and?.Contains(raised.Alert.Name) == true)).Select(raised => raised.Alert)],
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
        var files = await FilesNamed(at, [.. at.Walk.Path.Files(at.Walk.OnPath)]);
        // The price is that of whose case it becomes, which the place may decide.
        var kept = at.Walk.OnPath;
        var fees = (at.Definition.Charges.Count == 0 ? null : Whose.Find(at.Definition, kept, at.Visit.Council, at.Visit.Authority).Value?.Offer.Fees) ?? new Dictionary<string, long>();
        return new PageResult(new CheckPage
        {
            Look = at.Visit.Look, Definition = at.Definition, Path = at.Walk.Path, Answers = at.Walk.OnPath, Worked = Questions.WorkedValue.Of(at.Definition, at.Walk.OnPath, Today(at.Visit), at.Visit.Language), BackHref = at.Definition.TaskList ? $"{at.Address}/tasks" : $"{at.Address}/{Stops.PathOf(at.Walk.Path[^1])}", Revision = at.Draft!.Revision, Token = at.Visit.Token(), File = files.Find,
            Notice = notice, Alerts = [.. at.Walk.Alerts.Select(raised => raised.Alert)], CouncilPhone = PhoneOf(at), Charges = Charges.Of(at.Definition, kept, fees, Today(at.Visit)),
            MustAgree = MustAgree(at, kept),
        }, status);
    }

    // With the address, because a slip in it is seen here or not at all.
    static string? MustAgree(Standing at, Answers kept)
    {
        if (at.Definition.CoSign is not { } coSign || !coSign.IsNeeded(at.Definition, kept, Journey.Decide(at.Definition, kept, Today(at.Visit)), Today(at.Visit))) return null;
        var (name, email) = coSign.Person(kept);
        return name is null || email is null ? email ?? name : $"{name} ({email})";
    }

    static async Task<IResult> Submit(string service, HttpContext context, House house)
    {
        var (form, status, wrong) = await Forms.Read(context);
        var at = await Stand(service, context, house, orRemembered: form is not null);
        // Sending reads the draft again in its unit, and refuses what is not as the person saw it.
        if (at is { IsRemembered: true } && !(at.Walk.IsComplete && await at.Visit.IsOurs())) at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (form is null) return Pages.Problem(context, house, status, "This did not arrive", wrong!);
        if (at.Draft is null) return SeeOther(at.OnwardAddress);
        if (at.Draft is { How: "submitted" }) return SeeOther($"{at.Address}/done");
        if (!at.Walk.IsComplete || at.Draft is { How: FollowInstead.How }) return SeeOther(at.OnwardAddress);
        if (!await at.Visit.IsOurs())
            return await CheckAnswers(at, at.Visit.Look.Say("This page was open for a long time, or your browser does not keep our cookies. Nothing has been sent yet. Check your answers and send them again."), 400);
        var revision = int.TryParse(form["revision"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var submitted = await house.Database.Commit(unit => SubmitDraft.Submit(unit, house.Services, at.Visit.Council, at.Draft.Id, revision, house.Now, account: at.Doer.Session?.Account), context.RequestAborted);
        if (submitted.Refusal is { } refusal)
        {
            at = (await Stand(service, context, house))!;
            return at.Draft is { IsOpen: true } && at.Walk.IsComplete ? await CheckAnswers(at, context.Say(refusal.Message), refusal.Kind == RefusalKind.Changed ? 409 : 422) : SeeOther(at.OnwardAddress);
        }
        if (submitted.Value?.Sent is { } sent)
        {
            house.RecentDrafts.Remember(sent, at.Definition, Today(at.Visit), house.Now);
            OpenDrafts.TellSaved(context, sent.Draft);
        }
        if (FilledIn.IsKept(context, service)) FilledIn.Forget(context, service);
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
            BackHref = $"{at.Address}/{Stops.PathOf(at.Walk.Path[^1])}",
        });
    }

    static async Task<IResult> Done(string service, HttpContext context, House house)
    {
        var at = await Stand(service, context, house);
        if (at is null) return Pages.NotFound(context, house);
        if (at.Draft is not { How: "submitted", Reference: { } reference }) return SeeOther(at.OnwardAddress);
        var found = at.Sent?.Case ?? await house.Database.Read(session => CaseQueries.Find(session, reference), context.RequestAborted);
        if (found is null) return Pages.NotFound(context, house);
        var authority = at.Visit.Council.FindAuthority(found.Authority) ?? at.Visit.Authority;
        // What is to be paid is not decided by the sending alone, so it is read.
        var (payments, alerts) = at is { Sent: { } sent, Definition.Charges.Count: 0 } ? (CasePayments.None, CaseQueries.Raised(at.Definition, sent.Answers, found.Received))
            : await house.Database.Read(session => CaseQueries.Received(session, found, at.Definition), context.RequestAborted);
        return new PageResult(new DonePage
        {
            Look = at.Visit.Look, Definition = at.Definition, Case = found, Authority = authority, TrackingCode = house.Codes.For(found.Reference, found.LinkNumber),
            CloseBy = found.CloseBy is { } by ? authority.Calendar.DayOf(by) : null, Offer = at.Visit.Council.FindOffer(service, found.Authority), Due = payments, Alerts = alerts,
            InAccount = at.Draft.Acting is { } agreement ? $"/account/acting/{agreement}" : at.Draft.Account is not null || at.Doer.Session is not null ? "/account" : null, IsForOther = at.Draft.Acting is not null,
        });
    }

    // 303: the browser follows with a GET, and going back never sends a form again.
    internal static IResult SeeOther(string address) => new SeeOtherResult(address);
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
