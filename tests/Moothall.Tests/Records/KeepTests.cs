using Moothall.Cases;
using Moothall.Contact;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Performance;
using Moothall.Records;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Records;

public class KeepTests
{
    static readonly Caller Administrator = Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed");
    static readonly Caller Amara = Tokens.CallerFor(ExampleCouncil.Files, "amara-okafor");
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    const string Named = """{"where": "High Street, Wallingford", "size": "small", "photo": ["PHOTO"], "you": {"name": "Ann Lee", "email": "ann@mail.example"}}""";

    /// <summary>A pothole with a name and a photo, closed at a time (null: still open).</summary>
    internal static async Task<CouncilCase> Pothole(OpenHouse house, Instant? closed, string person = "Ann Lee", string authority = "wessex")
    {
        var photo = FileStore.NewId();
        await house.Database.Commit(unit => FileStore.Add(unit, photo, null, "photo.jpg", "jpeg", new byte[] { 1, 2, 3, 4 }));
        var answers = Named.Replace("PHOTO", photo, StringComparison.Ordinal).Replace("Ann Lee", person, StringComparison.Ordinal).Replace("ann@", person.Split(' ')[0].ToLowerInvariant() + "@", StringComparison.Ordinal);
        var command = Command(ExampleServices.Definition("report-a-pothole"), answers) with
        {
            Received = (closed ?? Monday) - Duration.FromDays(3), Authority = ExampleCouncil.Files.FindAuthority(authority)!, Offer = ExampleCouncil.Files.FindOffer("report-a-pothole", authority)!,
        };
        var received = (await house.Database.Commit(unit => CaseReceiving.Receive(unit, command))).Value.ShouldNotBeNull();
        if (closed is not { } at) return received;
        var before = house.Clock.Now;
        house.Clock.Now = at;
        var withdrawn = await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council,
            new ActOnCase { Reference = received.Reference, Action = "withdraw", SeenVersion = 1, By = Amara, Note = "Ann Lee rang", Answers = (_, _) => (Definitions.Answers.None, []) }, house.House.Now));
        house.Clock.Now = before;
        await ReadLog.Record(house.Database, at, Amara, received.ForReading, AuditKinds.CaseRead);
        return withdrawn.Value.ShouldNotBeNull(withdrawn.Refusal?.Why);
    }

    /// <summary>What the timers do that are due now.</summary>
    internal static async Task Night(OpenHouse house)
    {
        for (var turns = 0; turns < 1_000; turns++)
        {
            var soon = house.House.Now + Duration.FromMinutes(1);
            var due = await house.Database.Read(s => s.Query($"select kind, key, due from timer where kind in ({(string[])[KeepNightly.Timer, CarryOutLists.Timer]}) and due <= {soon} order by due",
                row => (Kind: row.Text(0), Key: row.Text(1), Due: row.Instant(2))));
            if (due.Count == 0) return;
            foreach (var (kind, key, at) in due)
                await house.Database.Commit(async unit =>
                {
                    ITimerHandler handler = kind == KeepNightly.Timer ? new KeepNightly(house.House) : new CarryOutLists(house.House);
                    await handler.Handle(unit, key, at);
                    await unit.Execute($"delete from timer where kind = {kind} and key = {key} and due = {at}");
                });
        }
        throw new TimeoutException("The night does not end.");
    }

    static async Task<string> Figures(OpenHouse house)
    {
        await using var readers = new ReaderHost(house.Database, House.Projections(), house.House.Owners(), [], []);
        await readers.Start();
        await readers.WaitUntilCaughtUp();
        var figures = await house.Database.Read(session => new PerformanceQueries(_ => new Dictionary<string, decimal>(), () => []).Read(session, null, null,
            new ReportingPeriod(new LocalDate(2015, 1, 1), new LocalDate(2026, 12, 31))));
        var wards = await house.Database.Read(session => Circumstances.Read(session, "report-a-pothole", "wessex", "language", new ReportingPeriod(new LocalDate(2015, 1, 1), new LocalDate(2026, 12, 31))));
        return System.Text.Json.JsonSerializer.Serialize(figures.Services) + System.Text.Json.JsonSerializer.Serialize(wards.Select(w => $"{w.Value} {w.Cases}"));
    }

    static Task<RecordList?> List(OpenHouse house, string state = "standing") => house.Database.Read(async s => (await RecordLists.In(s, state)).LastOrDefault());

    static Task<List<ListLine>> LinesOf(OpenHouse house, RecordList list) => house.Database.Read(s => RecordLists.Lines(s, list.Id, ["wessex", "mercia"]));

    static Task<Result<Hold>> Hold(OpenHouse house, string kind, string about) =>
        house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, kind, about, "Claim 12", new LocalDate(2040, 1, 1), house.House.Now));

    [Theory, BothDatabases]
    public async Task Years_later_exactly_the_cases_whose_time_is_over_go_and_the_figures_stay(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var random = new Random(20260302);
        var closings = new Dictionary<string, Instant?>();
        for (var i = 0; i < 24; i++)
        {
            Instant? closed = i % 6 == 5 ? null : Monday + Duration.FromHours(random.Next(0, 7 * 365 * 24));
            closings[(await Pothole(house, closed, authority: i % 2 == 0 ? "wessex" : "mercia")).Reference] = closed;
        }
        var held = (await Pothole(house, Monday)).Reference;
        (await Hold(house, "case", held)).IsDone.ShouldBeTrue();
        var person = (await Pothole(house, Monday, "Zoe Quill")).Reference;
        (await Hold(house, "person", "zoe@mail.example")).IsDone.ShouldBeTrue();
        var before = await Figures(house);

        house.Clock.Now = Monday + Duration.FromDays(9 * 365);
        var today = house.House.Now.InZone(London).Date;
        var due = closings.Where(c => c.Value is { } at && at.InZone(London).Date.PlusYears(6) <= today).Select(c => c.Key).ToHashSet();
        due.Count.ShouldBeInRange(3, 17);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await LinesOf(house, list)).Select(l => l.Reference).ShouldBe(due, ignoreOrder: true);
        list.Due.ShouldBe(house.House.Now + Duration.FromDays(7));
        (await house.Count("case_erased")).ShouldBe(0);
        await Night(house);
        (await List(house))!.Id.ShouldBe(list.Id, "what stands on a list is not listed again");

        house.Clock.Now = list.Due;
        await Night(house);
        var certificate = (await house.Database.Read(s => RecordLists.Find(s, list.Id))).ShouldNotBeNull();
        (certificate.State, certificate.Done).ShouldBe(("done", house.House.Now));
        var gone = new List<ListLine>();
        (await house.Database.Read(s => RecordLists.Gone(s, list.Id, gone.Add))).ShouldBe(due.Count);
        gone.ShouldAllBe(l => l.What == "answers 1, history 2, files 1, circumstances 1, search words 6, readings 1" || l.What!.StartsWith("answers 1, history 2, files 1", StringComparison.Ordinal));
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(gone.Select(l => l.Certified))))).ShouldBe(certificate.Hash);
        (await house.Database.Read(s => s.Query($"select reference from case_erased", row => row.Text(0)))).ShouldBe(due, ignoreOrder: true);
        foreach (var table in (string[])["case_answers", "case_circumstance", "file"]) (await house.Count(table)).ShouldBe(26 - due.Count, table);
        (await house.Count("council_case")).ShouldBe(26);
        (await house.Database.Read(s => s.Number($"select count(*) from case_search_word where number = (select number from council_case where reference = {held})"))).ShouldBeGreaterThan(0);
        (await CaseQueriesOf(house, person)).IsErased.ShouldBeFalse();

        (await Figures(house)).ShouldBe(before);
        foreach (var projection in House.Projections()) await Replay.Run(house.Database, projection, null, TestContext.Current.CancellationToken);
        (await Figures(house)).ShouldBe(before);
        (await house.Log($"case/{due.First()}")).ShouldBe(["case.received", "case.closed", "case.erased"]);
        (await house.Database.Read(s => Register.Newest(s))).First(a => a.What == "carried-out").ShouldSatisfyAllConditions(a => a.About.ShouldBe(list.Id), a => a.Cases.ShouldBe(due.Count), a => a.ByMember.ShouldBeNull());
    }

    static async Task<CouncilCase> CaseQueriesOf(OpenHouse house, string reference) => (await house.Database.Read(s => CaseQueries.Find(s, reference))).ShouldNotBeNull();

    [Theory, BothDatabases]
    public async Task A_hold_placed_while_the_list_stands_keeps_the_record_until_it_ends(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var reference = (await Pothole(house, Monday)).Reference;
        house.Clock.Now = Monday + Duration.FromDays(7 * 365);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        var hold = (await Hold(house, "service", "report-a-pothole")).Value.ShouldNotBeNull();
        house.Clock.Now = list.Due;
        await Night(house);
        (await LinesOf(house, list)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.State.ShouldBe("kept"), l => l.What.ShouldBe("held"));
        (await CaseQueriesOf(house, reference)).IsErased.ShouldBeFalse();
        (await List(house)).ShouldBeNull();

        (await house.Database.Commit(unit => Holds.End(unit, Administrator, hold.Id, house.House.Now))).IsDone.ShouldBeTrue();
        (await house.Database.Commit(unit => Holds.End(unit, Administrator, hold.Id, house.House.Now))).IsDone.ShouldBeFalse();
        house.Clock.Now += Duration.FromDays(1);
        await Night(house);
        house.Clock.Now += Duration.FromDays(7);
        await Night(house);
        (await CaseQueriesOf(house, reference)).IsErased.ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task Of_an_erased_case_only_codes_are_left_and_everybody_is_told_in_words(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var @case = await Pothole(house, Monday);
        var code = house.House.Codes.For(@case.Reference, @case.LinkNumber);
        house.Clock.Now = Monday + Duration.FromDays(7 * 365);
        await Night(house);
        house.Clock.Now += Duration.FromDays(7);
        await Night(house);

        var left = await CaseQueriesOf(house, @case.Reference);
        (left.Status, left.Assigned, left.Question, left.Outcome).ShouldBe(("erased", null, null, "withdrawn"));
        foreach (var table in (string[])["case_answers", "case_history", "case_circumstance", "case_search_word", "message", "file", "file_chunk", "draft"]) (await house.Count(table)).ShouldBe(0, table);
        var tracked = (await house.Database.Read(s => CaseQueries.Track(s, house.House.Services, house.House.Codes, @case.Reference, code, "en", house.House.Now))).ShouldNotBeNull();
        tracked.Erased.ShouldNotBeNull().Rule.ShouldBe("6 years after closed, public task");
        tracked.History.ShouldBeEmpty();
        (await house.Database.Read(s => CaseQueries.Track(s, house.House.Services, house.House.Codes, @case.Reference, new string('0', 16), "en", house.House.Now))).ShouldBeNull();

        var opened = await OpenCase.Open(house.House, @case.Reference, Amara, AuditKinds.CaseRead, default);
        opened.Refusal!.Kind.ShouldBe(RefusalKind.Gone);
        opened.Refusal.Why.ShouldContain("6 years after closed");
        var reopened = await house.Database.Commit(unit => CaseActions.Act(unit, house.House.Services, house.House.Council,
            new ActOnCase { Reference = @case.Reference, Action = "reopen", SeenVersion = left.Version, By = Amara, Note = "again", Answers = (_, _) => (Definitions.Answers.None, []) }, house.House.Now));
        reopened.Refusal!.Kind.ShouldBe(RefusalKind.Gone);
        (await house.Database.Read(s => CaseList.Read(s, new CaseFilter { Status = "closed" }, Amara, house.House.Now, London))).Value!.Cases.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task The_law_of_today_holds_for_old_cases_also_between_list_and_deed(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var reference = (await Pothole(house, Monday)).Reference;
        house.Clock.Now = Monday + Duration.FromDays(60);
        await Night(house);
        (await List(house)).ShouldBeNull();
        await Publish(house, "1 month after received");
        house.Clock.Now += Duration.FromDays(1);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await LinesOf(house, list)).ShouldHaveSingleItem().Rule.ShouldBe("1 month after received, public task");
        await Publish(house, "3 years after closed");
        house.Clock.Now = list.Due;
        await Night(house);
        (await LinesOf(house, list)).ShouldHaveSingleItem().What.ShouldBe("kept longer now");
        (await CaseQueriesOf(house, reference)).IsErased.ShouldBeFalse();
    }

    static async Task Publish(OpenHouse house, string keep)
    {
        var source = ExampleServices.Source("report-a-pothole").Replace("6 years after closed", keep, StringComparison.Ordinal);
        await house.Database.Commit(unit => Moothall.Journeys.PublishService.Publish(unit, ExampleServices.FromText(source), source, house.House.Now, "a test"));
        await house.House.Services.Refresh();
    }

    [Theory, BothDatabases]
    public async Task A_long_list_is_made_in_portions_and_has_every_case_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var command = Command(ExampleServices.Definition("report-a-pothole"), Small);
        for (var i = 0; i < 430; i++) await house.Database.Commit(unit => CaseReceiving.Receive(unit, command));
        // All closed in one moment, as a bulk action or an import does.
        await house.Database.Commit(unit => unit.Execute($"update council_case set status = 'closed', closed = {Monday}, due = {Monday}, outcome = 'withdrawn'"));
        house.Clock.Now = Monday + Duration.FromDays(7 * 365);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await house.Database.Read(s => s.Number($"select count(*) from record_line where list = {list.Id}"))).ShouldBe(430);
        house.Clock.Now = list.Due;
        await Night(house);
        (await house.Count("case_erased")).ShouldBe(430);
        (await house.Count("case_answers")).ShouldBe(0);
    }

    static Task<bool> Mail(OpenHouse house, string key, string to, string kind = "return-link", string? service = null, params string[] cases) => house.Database.Commit(unit =>
        QueueMail.Queue(unit, house.House, new OutgoingMail { Key = key, Kind = kind, Authority = "wessex", To = to, Service = service, Cases = cases, Subject = "Hello", Body = "Go on here." }));

    static Task Sent(OpenHouse house) => house.Database.Commit(unit => unit.Execute($"update message set state = 'sent', changed = {house.House.Now}"));

    static Task<List<ListLine>> AllLinesOf(OpenHouse house, RecordList list) => house.Database.Read(s => RecordLists.Lines(s, list.Id, ["wessex", "mercia", ""]));

    [Theory, BothDatabases]
    public async Task Messages_about_no_case_and_tokens_stand_on_the_list_first_and_go_with_its_certificate(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (first, token) = ("", "");
        await house.Database.Commit(async unit =>
        {
            token = await Tokens.Create(unit, "amara-okafor", Monday, Duration.FromDays(1));
            await Tokens.Create(unit, "amara-okafor", Monday);
            await new Tokens().Revoke(unit, await Tokens.Create(unit, "grace-adeyemi-clarke", Monday), Monday + Duration.FromDays(2));
        });
        await Mail(house, "a", "ann@mail.example");
        await Mail(house, "b", "bob@mail.example", "staff-invitation");
        await Mail(house, "c", "carol@mail.example");
        await Sent(house);
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'stuck', trouble = 'refused-address' where key = 'c'"));

        // Only the invitation is over after three days; the rest after a month.
        house.Clock.Now = Monday + Duration.FromDays(3);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        var lines = await AllLinesOf(house, list);
        (lines.ShouldHaveSingleItem().Reference, lines[0].Rule, lines[0].What, lines[0].State).ShouldBe(("message/2", "48 hours after they were sent", "staff-invitation", "listed"));
        (await house.Count("message")).ShouldBe(3, "nothing goes before the list has stood");
        house.Clock.Now = Monday + Duration.FromDays(33);
        await Night(house);
        var second = (await List(house)).ShouldNotBeNull();
        lines = await AllLinesOf(house, second);
        lines.Select(l => (l.Reference[..6], l.Service, l.Authority, l.Rule, l.What)).ShouldBe(
            [("messag", "", "wessex", "30 days after they were sent", "return-link"), ("token/", "", "", "30 days after they ended", "amara-okafor"), ("token/", "", "", "30 days after they ended", "grace-adeyemi-clarke")], ignoreOrder: true);
        lines.ShouldAllBe(l => l.Since == new LocalDate(2026, 3, l.What == "amara-okafor" ? 3 : l.What == "grace-adeyemi-clarke" ? 4 : 2));
        first = lines.Single(l => l.What == "amara-okafor").Reference;
        token.ShouldNotContain(first["token/".Length..]);
        (await house.Count("token"), await house.Count("message")).ShouldBe((3, 2));

        // A hold on one of them, by its reference, keeps it when the list is carried out.
        (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "case", first, "Claim 12", new LocalDate(2030, 1, 1), house.House.Now))).Value.ShouldNotBeNull();
        (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "case", "message/999", "Claim 12", new LocalDate(2030, 1, 1), house.House.Now))).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("There is no record with this reference. Check it");
        house.Clock.Now = second.Due;
        await Night(house);
        lines = await AllLinesOf(house, second);
        lines.Select(l => (l.State, l.What)).ShouldBe([("gone", "messages 1"), ("gone", "tokens 1"), ("kept", "held")], ignoreOrder: true);
        (await house.Count("token"), await house.Count("message")).ShouldBe((2, 1), "the one that is held, the one without an end; the message that never arrived waits for somebody");
        var certificate = (await house.Database.Read(s => RecordLists.Find(s, second.Id))).ShouldNotBeNull();
        var gone = lines.Where(l => l.State == "gone").OrderBy(l => l.Reference, StringComparer.Ordinal).Select(l => l.Certified);
        certificate.Hash.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(gone)))));
        string.Concat(gone).ShouldNotContain("grace");
        (await house.Log("records/" + await house.Database.Read(s => s.First($"select id from record_act where list = {second.Id}", row => row.Text(0))))).ShouldBe(["records.acted"]);
        await Night(house);
        (await List(house)).ShouldBeNull("what is held is passed over");
    }

    [Theory, BothDatabases]
    public async Task Holds_on_people_services_and_cases_keep_what_is_theirs_off_the_list_and_on_it(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var pothole = await Pothole(house, null);
        await house.Database.Commit(unit => Tokens.Create(unit, "amara-okafor", Monday, Duration.FromDays(1)));
        await Mail(house, "a", "ANN@mail.example");
        await Mail(house, "b", "bob@mail.example", service: "report-a-pothole");
        await Mail(house, "c", "firm@mail.example", "contractor-list", null, pothole.Reference);
        await Mail(house, "d", "dan@mail.example");
        await Sent(house);
        async Task<Hold> Place(string kind, string about) => (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, kind, about, "Claim 12", new LocalDate(2030, 1, 1), house.House.Now))).Value.ShouldNotBeNull();
        house.Clock.Now = Monday + Duration.FromDays(33);
        List<Hold> holds = [await Place("person", "ann@MAIL.example"), await Place("service", "report-a-pothole"), await Place("case", pothole.Reference), await Place("person", "Amara Okafor")];
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await AllLinesOf(house, list)).Select(l => l.Reference).ShouldBe(["message/4"]);
        foreach (var hold in holds) await house.Database.Commit(unit => Holds.End(unit, Administrator, hold.Id, house.House.Now));
        house.Clock.Now += Duration.FromDays(1);
        await Night(house);
        var later = (await house.Database.Read(s => RecordLists.In(s, "standing"))).Single(l => l.Id != list.Id);
        (await AllLinesOf(house, later)).Count.ShouldBe(4);
        // Held while the list stands.
        foreach (var (kind, about) in new[] { ("person", "ann@mail.example"), ("service", "report-a-pothole"), ("case", pothole.Reference), ("person", "Amara Okafor") }) await Place(kind, about);
        house.Clock.Now = later.Due;
        await Night(house);
        (await AllLinesOf(house, later)).ShouldAllBe(l => l.State == "kept" && l.What == "held");
        (await house.Database.Read(s => s.Query($"select key from message order by number", row => row.Text(0)))).ShouldBe(["a", "b", "c"]);
        (await house.Count("token")).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_long_list_of_messages_is_made_in_portions_and_what_is_sent_again_stays(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await house.Database.Commit(async unit =>
        {
            for (var i = 0; i < 430; i++)
                await QueueMail.Queue(unit, house.House, new OutgoingMail { Key = FormattableString.Invariant($"k{i}"), Kind = "return-link", Authority = "wessex", To = "ann@mail.example", Subject = "Hello", Body = "Go on here." });
            for (var i = 0; i < 230; i++) await Tokens.Create(unit, "amara-okafor", Monday, Duration.FromDays(1));
        });
        await Sent(house);
        house.Clock.Now = Monday + Duration.FromDays(33);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await house.Database.Read(s => s.Number($"select count(*) from record_line where list = {list.Id}"))).ShouldBe(660);
        house.Clock.Now = list.Due;
        await house.Database.Commit(unit => unit.Execute($"update message set changed = {house.House.Now} where key = 'k7'"));
        await Night(house);
        (await house.Count("message"), await house.Count("token")).ShouldBe((1, 0));
        (await house.Database.Read(s => s.Query($"select what from record_line where list = {list.Id} and state = 'kept'", row => row.Text(0)))).ShouldBe(["kept longer now"]);
    }

    [Theory, BothDatabases]
    public async Task Files_that_nothing_used_stand_on_the_list_first_and_go_with_its_certificate(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await Pothole(house, null);
        string[] files = ["aaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccccccc", "dddddddddddddddddddddddddd"];
        await house.Database.Commit(async unit =>
        {
            foreach (var id in files) await FileStore.Add(unit, id, null, "Ann Lee at home.jpg", "jpeg", new byte[] { 1, 2, 3 });
            await unit.Execute($"update file set created = {Monday} where owner is null");
            await unit.Execute($"update file set created = {Monday + Duration.FromHours(30)} where id = {files[3]}");
        });
        house.Clock.Now = Monday + Duration.FromHours(40);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        list.Due.ShouldBe(house.House.Now + Duration.FromDays(7));
        var lines = await AllLinesOf(house, list);
        lines.Select(l => (l.Reference, l.Service, l.Authority, l.Rule, l.What, l.State, l.Since)).ShouldBe(files[..3].Select(id =>
            ("file/" + id, "", "", "1 day after they came", (string?)"jpeg", "listed", new LocalDate(2026, 3, 2))), ignoreOrder: true);
        var count = (await house.Database.Read(s => RecordLists.Counts(s, list.Id))).ShouldHaveSingleItem();
        (count.Lines, count.From, RecordMessages.OfNoCase(count.First)!.ToString(), RecordMessages.Rule(count.Rule).ToString()).ShouldBe((3, new LocalDate(2026, 3, 2), "Files that nothing used", "1 day after they came"));
        (await house.Count("file")).ShouldBe(5, "nothing goes before the list has stood");
        (await house.Database.Commit(unit => FileStore.GiveTo(unit, [files[0]], "case/POT-1"))).ShouldBeFalse("after a day nothing can use it, whether it is there or not");
        await Night(house);
        (await house.Database.Read(s => RecordLists.In(s, "standing"))).ShouldHaveSingleItem("what stands on a list is not listed again");

        (await Hold(house, "case", "file/" + files[1])).IsDone.ShouldBeTrue();
        (await Hold(house, "case", "file/none")).Refusal!.Faults.ShouldHaveSingleItem().Message.ShouldBe("There is no record with this reference. Check it");
        await house.Database.Commit(unit => FileStore.Delete(unit, [files[2]]));
        house.Clock.Now = list.Due;
        await Night(house);
        lines = await AllLinesOf(house, list);
        lines.OrderBy(l => l.Reference, StringComparer.Ordinal).Select(l => (l.State, l.What)).ShouldBe([("gone", "files 1"), ("kept", "held"), ("kept", "gone already")]);
        (await house.Database.Read(s => s.Query($"select id from file where owner is null order by id", row => row.Text(0)))).ShouldBe([files[1], files[3]]);
        (await house.Database.Read(s => s.Number($"select count(*) from file_chunk where file = {files[0]}"))).ShouldBe(0);
        var certificate = (await house.Database.Read(s => RecordLists.Find(s, list.Id))).ShouldNotBeNull();
        var gone = lines.Single(l => l.State == "gone").Certified;
        (certificate.State, certificate.Hash).ShouldBe(("done", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(gone)))));
        gone.ShouldNotContain("Ann");

        // The one that is held stays off the next list, on which the one that was too young stands now.
        var next = (await List(house)).ShouldNotBeNull();
        (await AllLinesOf(house, next)).Select(l => l.Reference).ShouldBe(["file/" + files[3]]);
    }

    [Theory, BothDatabases]
    public async Task A_long_list_of_files_is_made_in_portions_and_the_hours_tidying_leaves_them_alone(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await house.Database.Commit(async unit =>
        {
            for (var i = 0; i < 430; i++) await FileStore.Add(unit, FileStore.NewId(), null, "n.png", "png", new byte[] { 1 });
            await unit.Execute($"update file set created = {Monday}");
        });
        house.Clock.Now = Monday + Duration.FromDays(2);
        await house.Database.Commit(unit => new TidyStore(house.Clock).Handle(unit, "", house.House.Now));
        (await house.Count("file")).ShouldBe(430);
        await Night(house);
        var list = (await List(house)).ShouldNotBeNull();
        (await house.Database.Read(s => s.Number($"select count(*) from record_line where list = {list.Id}"))).ShouldBe(430);
        house.Clock.Now = list.Due;
        await Night(house);
        (await house.Count("file"), await house.Count("file_chunk")).ShouldBe((0, 0));
    }

    [Theory, BothDatabases]
    public async Task Words_of_feedback_that_ran_out_go_with_a_certificate(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await house.Database.Commit(unit => GiveFeedback.Keep(unit, new GiveFeedback("report-a-pothole", "wessex", "web", 5, "Thank you, says Ann Lee", "end"), house.House.Council, Monday));
        house.Clock.Now = Monday + Duration.FromDays(33);
        await Night(house);
        (await house.Database.Read(s => s.Number($"select count(*) from feedback where words is not null"))).ShouldBe(1);
        house.Clock.Now = Monday + Duration.FromDays(7 * 365);
        await Night(house);
        (await house.Database.Read(s => s.First($"select score, words from feedback", row => (row.Int(0), row.TextOrNull(1))))).ShouldBe((5, null));
        var certificate = (await house.Database.Read(s => RecordLists.Certificates(s))).ShouldHaveSingleItem();
        (await house.Database.Read(s => RecordLists.Lines(s, certificate.Id, [""]))).ShouldHaveSingleItem().What.ShouldBe("words 1");
    }

    [Fact]
    public void Two_in_the_night_comes_every_day_also_when_the_clocks_change()
    {
        var at = Instant.FromUtc(2026, 3, 27, 12, 0);
        for (var i = 0; i < 400; i++)
        {
            var next = KeepNightly.NextNight(at, London);
            (next - at).ShouldBeInRange(Duration.FromHours(i == 0 ? 1 : 22), Duration.FromHours(26));
            at = next;
        }
    }
}
