using System.IO.Compression;
using Moothall.Cases;
using Moothall.Contact;
using Moothall.Identity;
using Moothall.Notifications;
using Moothall.Records;
using Moothall.Store;
using Moothall.Tests.Council;
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

    [Theory, BothDatabases]
    public async Task After_erasing_the_person_stands_nowhere_and_the_reference_only_beside_codes(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        var reference = (await KeepTests.Pothole(house, OpenHouse.Monday, "Zoe Quill")).Reference;
        await house.Database.Commit(async unit =>
        {
            await QueueMail.Queue(unit, house.House, new OutgoingMail { Key = $"case/{reference}/1", Kind = "received", Authority = "wessex", To = "zoe@mail.example", About = reference, Subject = "Thank you", Body = "Dear Zoe Quill" });
            await RecordContact.Record(unit, new RecordContact("phone", "chasing", reference, 60), Tokens.CallerFor(ExampleCouncil.Files, "grace-adeyemi-clarke"), CaseQueries.ServiceOf, house.House.Now);
        });
        string[] about = ["Zoe", "Quill", "zoe@mail.example"];
        var before = (await All(house)).Rows;
        before.Where(t => about.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).ShouldBe(["case_answers", "case_word", "message"], ignoreOrder: true);

        (await house.Database.Commit(unit => PersonRecords.Erase(unit, house.House, Administrator, [reference], "objection", "IR-2026-014", house.House.Now))).IsDone.ShouldBeTrue();
        var after = (await All(house)).Rows;
        after.Where(t => about.Any(word => t.Value.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).ShouldBeEmpty();
        after.Where(t => t.Value.Contains(reference, StringComparison.Ordinal)).Select(t => t.Key).ShouldBe(["case_erased", "contact", "council_case", "event", "record_line"], ignoreOrder: true);
        after["file"].ShouldBeEmpty();
        after["file_chunk"].ShouldBeEmpty();
    }
}
