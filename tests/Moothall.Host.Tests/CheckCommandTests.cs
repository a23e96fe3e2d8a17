using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

public sealed class CheckCommandTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task What_is_shipped_has_no_error_and_exits_0()
    {
        var ended = await program.Run("check");
        ended.Code.ShouldBe(0, ended.Said + ended.Complained);
        ended.Said.ShouldNotContain("error:");
    }

    [Fact]
    public async Task An_error_is_a_line_with_its_place_and_the_mend_and_exits_1()
    {
        var file = program.ServiceFile("report-a-pothole");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("when: size is large", "when: sise is large", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var ended = await program.Run("check");
        ended.Code.ShouldBe(1);
        var error = ended.Said.Split('\n').First(l => l.Contains(": error: ", StringComparison.Ordinal) && l.Contains("`sise`", StringComparison.Ordinal));
        error.ShouldMatch(@"^services/report-a-pothole/service\.yaml:[0-9]+:[0-9]+: error: .*did you mean `size`");
        (await program.Run("check", "services/report-a-missed-bin")).Code.ShouldBe(0);
        (await program.Run("check", file)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_cannot_be_read_is_still_one_that_may_be_offered()
    {
        var file = program.ServiceFile("report-a-pothole");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\nkind: report\n", "\nkind: rapport\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var ended = await program.Run("check");
        ended.Code.ShouldBe(1);
        ended.Said.ShouldContain("services/report-a-pothole/service.yaml:");
        ended.Said.ShouldNotContain("no service is called");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        (await program.Run("check")).Said.ShouldContain("no service is called `report-a-pothole`");
    }

    [Fact]
    public async Task The_councils_own_files_are_checked_too()
    {
        await File.AppendAllTextAsync(Path.Combine(program.Folder, "council", "teams.yaml"), "  lamps:\n    nam: Lamps\n", TestContext.Current.CancellationToken);
        var ended = await program.Run("check", "council");
        ended.Code.ShouldBe(1);
        ended.Said.ShouldMatch(@"council/teams\.yaml:[0-9]+:[0-9]+: error: ");
        (await program.Run("check")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_place_without_services_is_refused_by_name()
    {
        var ended = await program.Run("check", "nowhere");
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldContain("There is no file or folder “nowhere”.");
        Directory.CreateDirectory(Path.Combine(program.Folder, "empty"));
        (await program.Run("check", "empty")).Complained.ShouldContain("There is no service.yaml in “empty”.");
    }
}
