using System.IO.Compression;
using Moothall.Cases;
using Moothall.Contact;
using Moothall.Identity;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Records;
using Moothall.Store;
using Moothall.Tests.Council;
using Moothall.Tests.Journeys;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Records;

/// <summary>Whoever adds a table finds here whether it is backed up and whether it goes with a person.</summary>
public sealed class EveryTableTests : IDisposable
{
    static readonly Caller Administrator = Tokens.CallerFor(ExampleCouncil.Files, "fatima-al-sayed");

    readonly string folder = Directory.CreateTempSubdirectory("moothall-tables-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<(BackupManifest Manifest, Dictionary<string, string> Rows)> All(OpenHouse house)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        var manifest = await Backup.Write(house.Database, file);
        var rows = new Dictionary<string, string>();
        using var archive = ZipFile.OpenRead(file);
        foreach (var table in manifest.Tables)
        {
            using var reader = new StreamReader(archive.GetEntry($"tables/{table.Name}.jsonl")!.Open());
            rows[table.Name] = await reader.ReadToEndAsync();
        }
        return (manifest, rows);
    }

    static Task<List<string>> Tables(OpenHouse house) => house.Database.Read(s => s.Query(s.Dialect == Dialect.Sqlite
        ? (FormattableString)$"select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'"
        : $"select table_name::text from information_schema.tables where table_schema = current_schema()", row => row.Text(0)));

    [Theory, BothDatabases]
    public async Task Every_table_of_every_module_is_backed_up_or_left_out_for_a_reason(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        await using (var readers = new ReaderHost(house.Database, House.Projections(), house.House.Owners(), [], [])) await readers.Start();
        var (manifest, _) = await All(house);
        string[] meansNothingElsewhere = ["schema_change", "lease", "node", "replay", "replay_table"];
        var builtAgain = House.Projections().SelectMany(p => p.Tables);
        (await Tables(house)).Except(manifest.Tables.Select(t => t.Name)).ShouldBe(meansNothingElsewhere.Concat(builtAgain), ignoreOrder: true);
    }

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        await using var sqlite = await OpenHouse.Open(Dialect.Sqlite);
        await using var postgres = await OpenHouse.Open(Dialect.Postgres);
        static string[] Form(BackupManifest manifest) => [.. manifest.Tables.Select(t => $"{t.Name} ({string.Join(", ", t.Columns)})").Order(StringComparer.Ordinal)];
        Form((await All(sqlite)).Manifest).ShouldBe(Form((await All(postgres)).Manifest));
    }

    static readonly Caller Tomasz = Tokens.CallerFor(ExampleCouncil.Files, "tomasz-zielinski");

    /// <summary>Two people's journeys to a case, and all that a desk does with them: orders with a note, a list for a contractor, forms that came late, a follower, links by mail.</summary>
    static async Task<(string Zoe, string Max)> Lived(OpenHouse house)
    {
        async Task<string> Journey(string name, string at)
        {
            var draft = await house.Begin(("where", $"\"Outside {name}, High Street, Wallingford\""), ("size", "\"large\""), ("deep", "true"), ("photo", "null"), ("you", $$"""{"name": "{{name}}", "email": "{{at}}"}"""));
            await house.Database.Commit(async unit =>
            {
                (await ComeBack.Ask(unit, house.House, draft.Id, at, "en")).IsDone.ShouldBeTrue();
                await HelpCodes.Show(unit, house.House, draft.Id);
                await ReadLog.Record(unit, house.House.Now, Tokens.CallerFor(ExampleCouncil.Files, "grace-adeyemi-clarke"), new ReadCase(Draft.Stream(draft.Id), draft.Authority, null), AuditKinds.DraftRead);
            });
            return (await house.Submit(draft)).Value.ShouldNotBeNull().Reference;
        }
        var (zoe, max) = (await Journey("Zoraida Quillfeather", "zoe@mail.example"), await Journey("Max Frost", "max@mail.example"));
        var contractor = house.House.Council.Contractors.Single(c => c.Id == "thameside-surfacing");
        (await house.Database.Commit(async unit => await ContractorList.Send(unit, house.House, contractor, await Picks(unit, zoe, max), new HashSet<string> { "name", "email" }, Tomasz))).Value.ShouldNotBeNull();
        (await house.Database.Commit(async unit => await BulkActs.Begin(unit, house.House, new BulkOrder("note", new Dictionary<string, string>(), "Sesame rang about both"), await Picks(unit, zoe, max), Tomasz))).Value.ShouldNotBeNull();
        await house.Database.Commit(async unit =>
        {
            foreach (var reference in (string[])[zoe, max])
                await KeptForms.Keep(unit, Tomasz.Id, new KeptForm($"/desk/cases/{reference}/actions/note?from=queue", [1, 2, 3], false, house.House.Now));
            var id = await unit.First($"select id from case_place where reference = {zoe}", row => row.Text(0));
            (await Followers.Follow(unit, house.House.Codes, id!, "report-a-pothole", "follower@mail.example", "en", house.House.Now)).IsDone.ShouldBeTrue();
        });
        return (zoe, max);
    }

    static async Task<BulkPick[]> Picks(Unit unit, params string[] references)
    {
        var picks = new List<BulkPick>();
        foreach (var reference in references) picks.Add(new BulkPick(reference, (await CaseQueries.Find(unit, reference))!.Version));
        return [.. picks];
    }

    static Task Withdraw(OpenHouse house, string reference) => house.Database.Commit(async unit =>
        (await ResidentActs.Withdraw(unit, house.House.Services, house.House.Council, reference, null, house.House.Now)).IsDone.ShouldBeTrue());

    [Theory, BothDatabases]
    public async Task What_lives_for_a_minute_or_a_month_goes_with_the_person_too_and_leaves_the_others(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (zoe, max) = await Lived(house);
        await Withdraw(house, zoe);
        string[] hers = ["Zoraida", "Quillfeather", "zoe@mail.example", "follower@mail.example"];
        var before = (await All(house)).Rows;
        before.Where(t => hers.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key)
            .ShouldBe(["case_answers", "case_search_word", "draft_return", "message", "case_follower"], ignoreOrder: true, customMessage: "a test of erasing erases nothing that is not there");
        before["kept_form"].ShouldContain(zoe);
        before["bulk"].ShouldContain("Sesame");
        foreach (var table in (string[])["draft_help", "draft_return", "bulk_case", "message_case", "kept_form", "case_undo"]) (await house.Count(table)).ShouldBeGreaterThan(0, table);

        (await house.Database.Commit(unit => PersonRecords.Erase(unit, house.House, Administrator, [zoe], "objection", "IR-2026-014", house.House.Now))).Refusal.ShouldBeNull();
        var after = (await All(house)).Rows;
        after.Where(t => hers.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).ShouldBeEmpty();
        after.Where(t => t.Value.Contains(zoe, StringComparison.Ordinal)).Select(t => t.Key).ShouldBe(["case_erased", "council_case", "event", "record_line"], ignoreOrder: true);
        after["bulk"].ShouldNotContain("Sesame");
        after["case_history"].ShouldContain("Sesame", customMessage: "the note of the other case is that case's");
        (await house.Count("draft_help"), await house.Count("kept_form"), await house.Count("message_case")).ShouldBe((1, 1, 1));
        // The contractor's list still says the other case, whole.
        var list = await house.Database.Read(s => s.First($"select plain, html from message where kind = {"contractor-list"}", row => (Plain: row.Text(0), Html: row.Text(1))));
        foreach (var text in new[] { list.Plain, list.Html }) text.ShouldSatisfyAllConditions(t => t.ShouldContain(max), t => t.ShouldContain("Max Frost"), t => t.ShouldContain("max@mail.example"), t => t.ShouldContain("Questions?"));

        await Withdraw(house, max);
        (await house.Database.Commit(unit => PersonRecords.Erase(unit, house.House, Administrator, [max], "objection", "IR-2026-015", house.House.Now))).Refusal.ShouldBeNull();
        foreach (var table in (string[])["message", "message_case", "bulk_case", "case_undo", "kept_form", "draft_help", "draft_return", "draft", "case_follower"]) (await house.Count(table)).ShouldBe(0, table);
    }

    [Theory, BothDatabases]
    public async Task A_list_for_a_contractor_stays_while_a_case_of_it_is_held(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var (zoe, _) = await Lived(house);
        await house.Database.Commit(unit => unit.Execute($"update message set state = 'sent', changed = {house.House.Now}"));
        var held = (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "case", zoe, "Claim 12", new LocalDate(2030, 1, 1), house.House.Now))).Value.ShouldNotBeNull();
        var person = (await house.Database.Commit(unit => Holds.Place(unit, house.House, Administrator, "person", "MAX@mail.example", "Claim 13", new LocalDate(2030, 1, 1), house.House.Now))).Value.ShouldNotBeNull();
        house.Clock.Now += EraseMessages.KeptWithoutCase + Duration.FromHours(1);
        Task<List<string>> Kinds() => house.Database.Read(s => s.Query($"select kind from message where about is null order by number", row => row.Text(0)));
        await KeepTests.Night(house);
        house.Clock.Now += Duration.FromDays(8);
        await KeepTests.Night(house);
        (await Kinds()).ShouldBe(["return-link", "contractor-list"], "what the held person was sent, and the list with the held case");
        await house.Database.Commit(async unit => { await Holds.End(unit, Administrator, held.Id, house.House.Now); await Holds.End(unit, Administrator, person.Id, house.House.Now); });
        house.Clock.Now += Duration.FromDays(1);
        await KeepTests.Night(house);
        house.Clock.Now += Duration.FromDays(8);
        await KeepTests.Night(house);
        (await Kinds()).ShouldBeEmpty();
        (await house.Count("message_case")).ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task After_erasing_the_person_stands_nowhere_and_the_reference_only_beside_codes(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var reference = (await KeepTests.Pothole(house, OpenHouse.Monday, "Zoraida Quillfeather")).Reference;
        await house.Database.Commit(async unit =>
        {
            await QueueMail.Queue(unit, house.House, new OutgoingMail { Key = $"case/{reference}/1", Kind = "received", Authority = "wessex", To = "zoe@mail.example", About = reference, Subject = "Thank you", Body = "Dear Zoraida Quillfeather" });
            await RecordContact.Record(unit, new RecordContact("phone", "chasing", reference, 60), Tokens.CallerFor(ExampleCouncil.Files, "grace-adeyemi-clarke"), CaseQueries.ServiceOf, house.House.Now);
        });
        string[] about = ["Zoraida", "Quillfeather", "zoe@mail.example"];
        var before = (await All(house)).Rows;
        before.Where(t => about.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).ShouldBe(["case_answers", "case_search_word", "message"], ignoreOrder: true);

        (await house.Database.Commit(unit => PersonRecords.Erase(unit, house.House, Administrator, [reference], "objection", "IR-2026-014", house.House.Now))).IsDone.ShouldBeTrue();
        var after = (await All(house)).Rows;
        after.Where(t => about.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).ShouldBeEmpty();
        after.Where(t => t.Value.Contains(reference, StringComparison.Ordinal)).Select(t => t.Key).ShouldBe(["case_erased", "contact", "council_case", "event", "record_line"], ignoreOrder: true);
        after["file"].ShouldBeEmpty();
        after["file_chunk"].ShouldBeEmpty();
    }
}
