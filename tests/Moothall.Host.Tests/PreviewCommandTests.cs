using System.Net;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>A service is shown while it is being written: on this machine, with nothing kept.</summary>
public sealed class PreviewCommandTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    async Task<(Server Server, Uri Address)> Preview(params string[] arguments)
    {
        var server = new Server(program.Start(["preview", .. arguments, "--urls", "http://127.0.0.1:0"]));
        await server.Says("/preview. It follows each save");
        return (server, new Uri(server.Lines.First(l => l.StartsWith("Open http", StringComparison.Ordinal)).Split(' ')[1].TrimEnd('.')));
    }

    [Fact]
    public async Task A_service_is_shown_follows_each_save_and_leaves_nothing_behind()
    {
        program.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(program.Folder, "tmp")).FullName;
        var (server, address) = await Preview("report-a-pothole");
        using (server)
        {
            using var http = new HttpClient { BaseAddress = address };
            (await http.GetStringAsync(address, TestContext.Current.CancellationToken)).ShouldContain("Map of “Report a pothole”");
            var file = program.ServiceFile("report-a-pothole");
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("How big is it?", "How big is the hole?", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await server.Eventually(async () => (await http.GetStringAsync("/preview/go/questions/size", TestContext.Current.CancellationToken)).Contains("How big is the hole?", StringComparison.Ordinal), "the page of the saved version");
            (await server.Stop()).ShouldBe(0);
        }
        Directory.EnumerateFileSystemEntries(Path.Combine(program.Folder, "tmp"), "moothall-preview-*").ShouldBeEmpty();
        Directory.Exists(Path.Combine(program.Folder, "data")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_may_be_named_by_its_folder()
    {
        var (server, address) = await Preview("services/make-a-complaint/");
        using (server)
        {
            using var http = new HttpClient();
            (await http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await server.Stop()).ShouldBe(0);
        }
    }

    [Fact]
    public async Task It_is_refused_for_other_machines_in_production_and_for_services_that_are_not_there()
    {
        var outside = await program.Run("preview", "report-a-pothole", "--urls", "http://0.0.0.0:8081");
        (outside.Code, outside.Complained.Trim()).ShouldBe((1, "A preview is served on this machine only, because it lets anybody sign in as staff; http://0.0.0.0:8081 is not an address of it. Use http://127.0.0.1:8081, or leave --urls out."));
        var misspelt = await program.Run("preview", "report-a-pothol");
        (misspelt.Code, misspelt.Complained.Trim()).ShouldBe((1, "There is no service “report-a-pothol” in services. Did you mean “report-a-pothole”?"));
        (await program.Run("preview")).Code.ShouldBe(2);
        program.Environment["MOOTHALL_ENVIRONMENT"] = "Production";
        var production = await program.Run("preview", "report-a-pothole");
        production.Code.ShouldBe(1);
        production.Complained.ShouldContain("this machine is set to serve in public (environment Production)");
    }
}
