using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>What the program writes to its console while people use it: facts for whoever runs it, and nothing of anybody.</summary>
public sealed class LogTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("plain")]
    public async Task Nothing_of_a_person_is_in_the_log_also_when_things_go_wrong(string format)
    {
        program.Environment["MOOTHALL_LOG_FORMAT"] = format;
        var cancel = TestContext.Current.CancellationToken;
        using var server = await program.Serve("--demo");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server.Address };
        using var made = await http.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new
        {
            channel = "web", answers = new { where = new { text = "Outside Featherstonehaugh's, Mill Lane, Grove" }, size = "small", you = new { name = "Zebedee Quill", email = "nobody@zebedee.example" } },
        }, cancel);
        var body = await made.Content.ReadFromJsonAsync<JsonElement>(cancel);
        var (reference, code) = (body.GetProperty("reference").GetString()!, body.GetProperty("trackingCode").GetString()!);
        using var wrong = await http.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { size = "Quill" } }, cancel);
        foreach (var address in (string[])[$"/track?reference={reference}&code={code}", "/return/secretquill", "/following/secretquill", "/desk/invitation/secretquill", "/desk?q=Quill", "/services?q=Quill"])
            using (await http.GetAsync(address, cancel)) { }
        // With its tables gone, what needs them fails.
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(program.Folder, "data", "moothall.db")}"))
        {
            await other.OpenAsync(cancel);
            await using var drop = other.CreateCommand();
            drop.CommandText = "drop table council_case; drop table staff_session; drop table draft_return;";
            await drop.ExecuteNonQueryAsync(cancel);
        }
        foreach (var address in (string[])[$"/track?reference={reference}&code={code}", "/return/secretquill", "/following/secretquill", "/desk/invitation/secretquill"])
            using (await http.GetAsync(address, cancel)) { }
        using (await http.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Featherstonehaugh's, Mill Lane, Grove" }, size = "small", you = new { name = "Zebedee Quill" } } }, cancel)) { }
        await server.Says("failed.");

        var lines = server.Lines;
        foreach (var line in lines)
            foreach (var telling in (string[])["Zebedee", "zebedee", "Quill", "quill", "Featherstonehaugh", code])
                line.ShouldNotContain(telling);
        if (format == "json") lines.Where(l => l.StartsWith('{')).ShouldNotBeEmpty();
        foreach (var line in lines.Where(l => l.StartsWith('{'))) JsonDocument.Parse(line).RootElement.GetProperty("Category").GetString().ShouldNotBeNullOrEmpty();
    }
}
