using Moothall.Council;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Council;

public class DeskFilesTests
{
    [Fact]
    public void The_example_councils_have_replies_and_contractors()
    {
        ExampleCouncil.Files.Replies.ShouldContain(r => r.Id == "on-its-way" && r.Text.English.Contains("((close-by))", StringComparison.Ordinal));
        var surfacing = ExampleCouncil.Files.Contractors.Single(c => c.Id == "thameside-surfacing");
        surfacing.Takes("report-a-pothole", "streets").ShouldBeTrue();
        surfacing.Takes("report-a-pothole", "wessex-highways").ShouldBeFalse();
        surfacing.Takes("report-graffiti", "streets").ShouldBeFalse();
    }

    [Theory]
    [InlineData("replies.yaml", "replies:\n  late:\n    title: It is late\n    text: We aim for ((close-bye)).\n", "((close-bye))")]
    [InlineData("replies.yaml", "replies:\n  late: We are late\n", "needs a title and a text")]
    [InlineData("contractors.yaml", "contractors:\n  firm:\n    name: Firm\n    email: nowhere\n", "is not an e-mail address")]
    [InlineData("contractors.yaml", "contractors:\n  firm:\n    name: Firm\n    email: a@b.example\n    teams: [strets]\n", "no team is called `strets`")]
    public void What_is_wrong_in_them_is_told_with_its_line(string file, string text, string says)
    {
        var files = ExampleCouncil.Small();
        files[file] = text;
        var findings = ExampleCouncil.Read(files).Findings;
        findings.ShouldContain(f => f.Message.Contains(says, StringComparison.Ordinal) && f.Place.File.EndsWith(file, StringComparison.Ordinal), string.Join('\n', findings));
    }
}
