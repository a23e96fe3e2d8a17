using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Moothall.Host;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Records;

/// <summary>A council that serves is backed up, restored into the other kind of database, and serves there: what people had is there, and no more.</summary>
public sealed class MovingHouseTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-moving-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<Dialect, Dialect> Ways()
    {
        var skip = TestPostgres.Skip;
        return
        [
            new TheoryDataRow<Dialect, Dialect>(Dialect.Sqlite, Dialect.Postgres) { Skip = skip },
            new TheoryDataRow<Dialect, Dialect>(Dialect.Postgres, Dialect.Sqlite) { Skip = skip },
        ];
    }

    /// <summary>What somebody who sent a report has in hand.</summary>
    sealed record Sent(string Reference, string Code, string File, byte[] Photo);

    static async Task<Sent> Report(RunningCouncil council, int number)
    {
        using var resident = await council.Client();
        // The smallest JPEG that counts as one: start, a comment, end.
        byte[] photo = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, .. Enumerable.Range(0, 65).Select(i => (byte)(i + number)), 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * number % 251)), 0xFF, 0xD9];
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "file", "hole.jpg" } };
        using var stored = await resident.PostAsync("/api/v1/files", form);
        stored.StatusCode.ShouldBe(HttpStatusCode.Created, await stored.Content.ReadAsStringAsync());
        var file = (await stored.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("file").GetString()!;
        using var made = await resident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            channel = "web",
            answers = new { where = new { text = "Market Place, Wallingford" }, size = "small", photo = new[] { file }, you = new { name = $"Ann Lee {number}", email = "ann@mail.example" } },
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        return new Sent(body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!, file, photo);
    }

    static Task Restored(Settings settings, string backup) => settings.Database is { } connection ? IntoPostgres(connection, backup)
        : Restore.IntoSqlite(backup, settings.DatabaseFile, Settings.SchemaAssemblies, (restored, _) => Figures(restored));

    static async Task IntoPostgres(string connection, string backup)
    {
        await using var database = Database.Postgres(connection);
        await Restore.Into(database, backup, Settings.SchemaAssemblies);
        await Figures(database);
    }

    static async Task Moved(RunningCouncil old, Settings settings)
    {
        await using var database = settings.Database is { } connection ? Database.Postgres(connection) : Database.Sqlite(settings.DatabaseFile);
        await Move.Run(old.House.Database, database, "a new place", Settings.SchemaAssemblies, Figures);
    }

    static async Task Figures(Database database)
    {
        foreach (var projection in House.Projections()) await Replay.Run(database, projection);
    }

    static async Task<byte[]> Bytes(RunningCouncil council, string file)
    {
        await using var stream = (await FileStore.Open(council.House.Database, file)).ShouldNotBeNull();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    static async Task<string> Text(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_council_under_load_moves_to_the_other_database_with_its_cases_figures_links_and_files(Dialect from, Dialect to)
    {
        await using var old = await RunningCouncil.Start(from);
        var sent = new ConcurrentDictionary<string, Sent>();
        using var stop = new CancellationTokenSource();
        var number = 0;
        var people = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var one = await Report(old, Interlocked.Increment(ref number));
                sent[one.Reference] = one;
            }
        })).ToList();
        while (sent.Count < 12) await Task.Delay(20, TestContext.Current.CancellationToken);
        var before = sent.Keys.ToHashSet();
        var during = Path.Combine(folder, "during.backup");
        var made = await Backup.Write(old.House.Database, during);
        await stop.CancelAsync();
        await Task.WhenAll(people);
        sent.Count.ShouldBeGreaterThan(before.Count, "people went on while it was made");

        // Of one moment: no case without its answers, its words and its event, and all that was answered before it began.
        long Rows(string table) => made.Tables.Single(t => t.Name == table).Rows;
        Rows("council_case").ShouldBeGreaterThanOrEqualTo(before.Count);
        Rows("case_answers").ShouldBe(Rows("council_case"));
        Rows("case_history").ShouldBe(Rows("council_case"));
        await using (var halfway = await RunningCouncil.Start(to, prepare: settings => Restored(settings, during)))
        {
            foreach (var reference in before) (await Text(await halfway.Client(), $"/api/v1/cases/{reference}?code={sent[reference].Code}")).ShouldContain(reference);
            await halfway.WaitForFigures();
        }

        var token = await old.TokenOf("amara-okafor");
        await old.WaitForFigures();
        using var oldWorker = await old.Client("amara-okafor");
        using var oldResident = await old.Client();
        var addresses = sent.Values.SelectMany(one => new[] { (Staff: false, Path: $"/api/v1/cases/{one.Reference}?code={one.Code}"), (Staff: true, Path: $"/api/v1/desk/cases/{one.Reference}") })
            .Append((false, "/api/v1/performance")).ToList();
        var (answers, files) = (new List<string>(), new List<byte[]>());
        foreach (var (staff, path) in addresses) answers.Add(await Text(staff ? oldWorker : oldResident, path));
        foreach (var one in sent.Values) files.Add(await Bytes(old, one.File));

        await using var @new = await RunningCouncil.Start(to, prepare: settings => Moved(old, settings));
        using var worker = await @new.Client();
        worker.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var resident = await @new.Client();
        foreach (var ((staff, path), answer) in addresses.Zip(answers)) (await Text(staff ? worker : resident, path)).ShouldBe(answer);
        foreach (var (one, bytes) in sent.Values.Zip(files)) (await Bytes(@new, one.File)).ShouldBe(bytes);

        // The old node still serves what can be read, and takes nothing that nobody would look for.
        using var late = await oldResident.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Market Place, Wallingford" }, size = "small" } });
        late.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await late.Content.ReadAsStringAsync()).ShouldContain("This council moved to");
        (await oldResident.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        // Life goes on: new cases come behind the old ones, and are counted.
        var next = await Report(@new, 9_999);
        await @new.WaitForFigures();
        (await Text(resident, $"/api/v1/cases/{next.Reference}?code={next.Code}")).ShouldContain(next.Reference);
    }
}
