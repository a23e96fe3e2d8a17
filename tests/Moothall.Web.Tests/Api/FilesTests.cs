using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Api;

public sealed class FilesTests(Councils councils)
{
    [Theory, BothDatabases]
    public async Task A_photo_is_stored_by_what_its_bytes_are_and_its_name_is_kept(Dialect dialect)
    {
        using var client = await (await councils.On(dialect)).Client();
        var photo = File.ReadAllBytes(Path.Combine(RunningCouncil.Repository, "services/report-a-pothole/examples/pothole.jpg"));
        using var response = await client.PostAsync("/api/v1/files", Calls.Form(new Picked("My hole.jpeg", photo)));
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var stored = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        stored.AsObject().Select(m => m.Key).ShouldBe(["file", "name", "type", "bytes"]);
        stored.Text("name").ShouldBe("My hole.jpg");
        stored.Text("type").ShouldBe("jpeg");
        stored["bytes"]!.GetValue<long>().ShouldBeInRange(1, photo.Length);
    }

    [Theory, BothDatabases]
    public async Task A_file_that_waited_longer_than_a_day_is_used_by_nothing_more(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var photo = File.ReadAllBytes(Path.Combine(RunningCouncil.Repository, "services/report-a-pothole/examples/pothole.jpg"));
        var (young, old) = (await client.SendFile(new Picked("hole.jpg", photo)), await client.SendFile(new Picked("hole.jpg", photo)));
        var now = await council.House.Database.Now();
        await council.House.Database.Commit(async unit =>
        {
            await unit.Execute($"update file set created = {now - NodaTime.Duration.FromHours(23)} where id = {young}");
            await unit.Execute($"update file set created = {now - NodaTime.Duration.FromHours(25)} where id = {old}");
        });
        JsonObject With(string id)
        {
            var body = Calls.GoodPothole();
            body["answers"]!["photo"] = new JsonArray(id);
            return body;
        }
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, With(old)), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("question").GetString().ShouldBe("photo");
        (await client.Make(With(young))).Text("reference").ShouldNotBeEmpty();
        (await council.House.Database.Read(s => FileStore.Find(s, old))).ShouldNotBeNull("it goes by a list").Owner.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task Where_a_photo_was_taken_is_not_stored(Dialect dialect)
    {
        var council = await councils.On(dialect);
        using var client = await council.Client();
        var photo = File.ReadAllBytes(Path.Combine(RunningCouncil.Repository, "services/report-a-pothole/examples/pothole.jpg"));
        byte[] secret = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\0GPS 51.5991 -1.1252"u8];
        byte[] withPlace = [.. photo[..2], 0xFF, 0xE1, 0, (byte)(secret.Length + 2), .. secret, .. photo[2..]];
        var id = await client.SendFile(new Picked("hole.jpg", withPlace));
        var chunks = await council.House.Database.Read(session => session.Query($"select data from file_chunk where file = {id} order by number", row => row.Bytes(0)));
        Encoding.Latin1.GetString([.. chunks.SelectMany(c => c)]).ShouldNotContain("GPS 51.5991");
    }

    [Fact]
    public async Task A_file_of_a_kind_that_nobody_takes_is_refused_in_words()
    {
        using var client = await (await councils.Sqlite).Client();
        foreach (var file in new[]
        {
            new Picked("photo.jpg", [0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0]), new Picked("page.png", [.. "<html><script>alert(1)</script></html>"u8]),
            new Picked("photo.jpg", ZipBomb()), new Picked("letter.docx", ZipBomb()), new Picked("picture.svg", [.. "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8]),
        })
        {
            var problem = await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Calls.Form(file)), HttpStatusCode.UnprocessableEntity);
            problem.GetProperty("detail").GetString().ShouldBe("The selected file must be a JPEG, PNG, PDF, Word, Excel, OpenDocument, CSV or text file");
        }
        var empty = await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Calls.Form(new Picked("photo.jpg", []))), HttpStatusCode.UnprocessableEntity);
        empty.GetProperty("detail").GetString().ShouldBe("The selected file is empty");
        var damaged = await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Calls.Form(new Picked("photo.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 1]))), HttpStatusCode.UnprocessableEntity);
        damaged.GetProperty("detail").GetString()!.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_file_over_ten_megabytes_is_too_large_and_one_of_ten_is_not()
    {
        using var client = await (await councils.Sqlite).Client();
        var large = new byte[10 * 1024 * 1024 + 1];
        large.AsSpan().Fill((byte)'a');
        var problem = await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Calls.Form(new Picked("notes.txt", [.. large, .. large]))), HttpStatusCode.RequestEntityTooLarge);
        problem.GetProperty("detail").GetString()!.ShouldContain("10MB");
        await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Calls.Form(new Picked("notes.txt", large))), HttpStatusCode.RequestEntityTooLarge);
        await client.SendFile(new Picked("notes.txt", large[..^1]));
    }

    [Fact]
    public async Task What_is_not_one_file_in_a_form_is_refused_with_its_reason()
    {
        using var client = await (await councils.Sqlite).Client();
        await CleanAnswer.Problem(await client.PostText("/api/v1/files", "{}"), HttpStatusCode.UnsupportedMediaType);
        await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", new MultipartFormDataContent { { new StringContent("x"), "file" } }), HttpStatusCode.UnprocessableEntity);
        await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", new FormUrlEncodedContent([new("file", "x")])), HttpStatusCode.UnsupportedMediaType);
        await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Multipart("--nowhere\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc")), HttpStatusCode.BadRequest);
        await CleanAnswer.Problem(await client.PostAsync("/api/v1/files", Multipart("what is this")), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_file_belongs_to_the_case_that_used_it_and_to_no_other()
    {
        using var client = await (await councils.Sqlite).Client();
        var id = await client.SendFile(Example.All.First(e => e.Service == "report-a-pothole").File("pothole.jpg"));
        var body = Calls.GoodPothole();
        body["answers"]!["photo"] = id;
        await client.Make((JsonObject)body.DeepClone());
        var problem = await CleanAnswer.Problem(await client.PostJson(Calls.Pothole, body), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("question").GetString().ShouldBe("photo");
    }

    static StringContent Multipart(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=nowhere");
        return content;
    }

    /// <summary>A hundred kilobytes that become a hundred megabytes.</summary>
    public static byte[] ZipBomb()
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("photo.jpg", CompressionLevel.Fastest).Open())
            for (var i = 0; i < 100; i++) entry.Write(new byte[1024 * 1024]);
        return bytes.ToArray();
    }
}
