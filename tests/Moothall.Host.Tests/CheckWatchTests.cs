using Moothall.Definitions;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>`moothall check --watch`: every save is checked at once, and it is said what it changed.</summary>
public sealed class CheckWatchTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    static Finding Found(int line, string message, string file = "a.yaml") => new(new SourcePlace(file, line, 1), Severity.Error, message);

    [Fact]
    public async Task A_save_is_checked_again_and_it_says_what_it_changed()
    {
        using var watching = new Server(program.Start(["check", "--watch"]));
        await watching.Says("Nothing to mend.");
        var file = program.ServiceFile("report-a-pothole");
        var source = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(file, source.Replace("when: size is large", "when: sise is large", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await watching.Says("did you mean `size`");
        await watching.Says("Since the save before: ");

        await File.WriteAllTextAsync(file, source, TestContext.Current.CancellationToken);
        await watching.Eventually(() => Task.FromResult(watching.Lines.Any(l => l.Contains("0 new findings, ", StringComparison.Ordinal) && l.EndsWith("mended.", StringComparison.Ordinal))), "says what was mended");

        await File.WriteAllTextAsync(file, source + "# Nothing.\n", TestContext.Current.CancellationToken);
        await watching.Says("The save changes nothing in what is found.");
    }

    [Fact]
    public async Task A_saved_file_of_the_council_is_checked_too()
    {
        using var watching = new Server(program.Start(["check", "--watch"]));
        await watching.Says("Nothing to mend.");
        await File.AppendAllTextAsync(Path.Combine(program.Folder, "council", "teams.yaml"), "  lamps:\n    nam: Lamps\n", TestContext.Current.CancellationToken);
        await watching.Says("council/teams.yaml:");
    }

    [Fact]
    public void A_finding_that_only_moved_to_another_line_is_no_change()
    {
        CheckCommand.Changed([Found(3, "wrong")], [Found(4, "wrong")]).ToString().ShouldBe("The save changes nothing in what is found.");
        CheckCommand.Changed([Found(3, "wrong")], [Found(3, "worse"), Found(9, "bad")]).ToString().ShouldBe("Since the save before: 2 new findings, 1 mended.");
        CheckCommand.Changed([Found(3, "wrong")], [Found(3, "wrong"), Found(7, "wrong")]).ToString().ShouldBe("Since the save before: 1 new finding, 0 mended.");
        CheckCommand.Changed([Found(3, "wrong"), Found(5, "wrong"), Found(7, "wrong")], [Found(3, "wrong")]).ToString().ShouldBe("Since the save before: 0 new findings, 2 mended.");
        CheckCommand.Changed([Found(3, "wrong")], [Found(3, "wrong"), Found(3, "wrong", "b.yaml")]).ToString().ShouldBe("Since the save before: 1 new finding, 0 mended.");
    }
}
