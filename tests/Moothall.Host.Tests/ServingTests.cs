using System.Net.Http.Json;
using System.Text.Json;
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
    public async Task Broken_files_of_the_council_leave_the_old_ones_in_force()
    {
        using var server = await program.Serve("--demo");
        using var http = new HttpClient { BaseAddress = server.Address };
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "council", "teams.yaml"), "teams: nonsense\n", TestContext.Current.CancellationToken);
        await server.Says("teams.yaml:1:");
        (await Service(http)).GetProperty("authorities").GetArrayLength().ShouldBe(2);
    }
}
