using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Moothall.Store;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>What a service designer sees: a saved file is in force within seconds, a broken one is told and changes nothing.</summary>
public sealed class ServingTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    static async Task<JsonElement> Service(HttpClient http) => await http.GetFromJsonAsync<JsonElement>("/api/v1/services/report-a-pothole", TestContext.Current.CancellationToken);

    static async Task<int> Version(HttpClient http) => (await Service(http)).GetProperty("version").GetInt32();

    [Theory]
    [InlineData("--environment", "Development")]
    [InlineData("--demo")]
    public async Task A_saved_service_is_in_force_within_seconds_and_a_broken_one_is_told(params string[] how)
    {
        using var server = await program.Serve(how);
        using var http = new HttpClient { BaseAddress = server.Address };
        (await Version(http)).ShouldBe(1);
        var file = program.ServiceFile("report-a-pothole");
        var source = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(file, source.Replace("How big is it?", "How big is the hole?", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await server.Eventually(async () => await Version(http) == 2, "version 2");
        (await Service(http)).GetRawText().ShouldContain("How big is the hole?");

        await File.WriteAllTextAsync(file, source.Replace("type: choice", "type: choise", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await server.Says("choise");
        (await Version(http)).ShouldBe(2);

        await File.WriteAllTextAsync(file, source, TestContext.Current.CancellationToken);
        await server.Eventually(async () => await Version(http) == 3, "version 3");
    }

    [Fact]
    public async Task In_production_a_service_is_published_by_command_and_taken_up_by_the_running_council()
    {
        using var server = await program.Serve();
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/api/v1/services/report-a-pothole", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await program.Run("publish", "report-a-pothole")).Code.ShouldBe(0);
        await server.Eventually(async () => (await http.GetAsync("/api/v1/services/report-a-pothole", TestContext.Current.CancellationToken)).IsSuccessStatusCode, "published");
        (await Version(http)).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_published_while_a_node_of_another_version_serves()
    {
        using (var server = await program.Serve()) (await server.Stop()).ShouldBe(0);
        await using (var database = Database.Sqlite(Path.Combine(program.Folder, "data", "moothall.db")))
            (await Nodes.Enter(database, new Node("old-1", "run", "0.0.9", "older", "files", default, default, true))).ShouldBeTrue();
        var ended = await program.Run("publish", "report-a-pothole");
        (ended.Code, ended.Complained.Trim()).ShouldBe((1, "Nothing is published while nodes of another version serve, because they may not understand it: “old-1” (version 0.0.9). Publish when all nodes have the version of this program."));
        await using (var database = Database.Sqlite(Path.Combine(program.Folder, "data", "moothall.db")))
            await database.Commit(unit => unit.Execute($"delete from node"));
        (await program.Run("publish", "report-a-pothole")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_request_that_has_begun_is_served_to_its_end_when_the_program_is_told_to_stop()
    {
        using var server = await program.Serve("--demo");
        using var caller = new TcpClient();
        await caller.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var line = caller.GetStream();
        var body = """{"channel":"web","answers":{"where":{"text":"High Street, Wallingford"},"size":"small","you":{"name":"Ann Ash","email":"ann@mail.example"}}}""";
        async Task Say(string text) => await line.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        await Say($"POST /api/v1/services/report-a-pothole/cases HTTP/1.1\r\nHost: wessex.localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length + 3000}\r\n\r\n{body}");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var stopped = server.Stop();
        // Somebody whose line is slow: longer than the two seconds after which the library for command lines would end the program.
        for (var i = 0; i < 6; i++)
        {
            await Say(new string(' ', 500));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        using var answer = new StreamReader(line);
        (await answer.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("HTTP/1.1 201 Created");
        (await stopped).ShouldBe(0);
    }

    [Fact]
    public async Task Broken_files_of_the_council_leave_the_old_ones_in_force()
    {
        using var server = await program.Serve("--demo");
        using var http = new HttpClient { BaseAddress = server.Address };
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "council", "teams.yaml"), "teams: nonsense\n", TestContext.Current.CancellationToken);
        await server.Says("teams.yaml:1:");
        (await Service(http)).GetProperty("authorities").GetArrayLength().ShouldBe(2);
    }
}
