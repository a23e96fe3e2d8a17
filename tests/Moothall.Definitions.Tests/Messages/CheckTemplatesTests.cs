using System.Runtime.CompilerServices;

namespace Moothall.Definitions.Tests.Messages;

public class CheckTemplatesTests
{
    static readonly ServiceDefinition Pothole = ServiceReader.Read("service.yaml", File.ReadAllText(Path.Combine(Folder(), "..", "Reading", "report-a-pothole.yaml"))).Definition!;

    static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    static IEnumerable<string> Findings(string file, string text) => CheckTemplates.OfService(Pothole, [("templates/" + file, text)]).Proved(text).Select(f => f.ToString());

    [Theory]
    [InlineData("received.en.md")]
    [InlineData("received.cy.md")]
    [InlineData("stage-repair.en.md")]
    [InlineData("closed-repaired.en.md")]
    public void A_good_template_has_no_findings(string file) => Findings(file, "subject: About ((title)), ((reference))\n\nFollow it: ((link))\n").ShouldBeEmpty();

    [Theory]
    [InlineData("received.en.md", "subject: Hello\n\nDear ((nam)),", "templates/received.en.md:3:6: error: there is no field `nam` in this message; did you mean `name`?")]
    [InlineData("received.en.md", "subject: Hello\n\nThe outcome is ((outcome)).", "templates/received.en.md:3:16: error: there is no field `outcome` in this message")]
    [InlineData("received.en.md", "subject: Hello ((name))\n\nGood day.", "templates/received.en.md:1:16: error: `name` may not stand in the subject")]
    [InlineData("received.en.md", "Hello\n\nGood day.", "templates/received.en.md:1:1: error: a message begins with its subject")]
    [InlineData("received.en.md", "subject: Hello\nGood day.", "templates/received.en.md:2:1: error: leave the second line empty")]
    [InlineData("received.en.md", "subject: Hello\n\n", "templates/received.en.md:3:1: error: the message is empty")]
    [InlineData("received.en.md", "subject: Hello\n\nDear (( name )),", "templates/received.en.md:3:6: error: `(( name ))` is not a field")]
    [InlineData("received.en.md", "subject: Hello\n\nDear {{name}},", "templates/received.en.md:3:6: error: `{{name}}` is not a field")]
    [InlineData("received.en.md", "subject: Hello\n\nThis is <b>bold</b>.", "templates/received.en.md:3:9: error: `<b>` looks like HTML")]
    [InlineData("received.en.md", "subject: Hello\n\n[go](((reference)))", "templates/received.en.md:3:6: error: a link cannot lead to `reference`")]
    [InlineData("recieved.en.md", "subject: Hello\n\nGood day.", "templates/recieved.en.md:1:1: error: no message is sent at `recieved`; did you mean `received`?")]
    [InlineData("stage-repare.en.md", "subject: Hello\n\nGood day.", "templates/stage-repare.en.md:1:1: error: this template is never sent: no stage is called `repare`; did you mean `repair`?")]
    [InlineData("closed-repared.en.md", "subject: Hello\n\nGood day.", "templates/closed-repared.en.md:1:1: error: this template is never sent: no outcome is called `repared`; did you mean `repaired`?")]
    [InlineData("Received.md", "subject: Hello\n\nGood day.", "templates/Received.md:1:1: error: a template is called by its moment and its language; name it like `received.en.md`")]
    [InlineData("late.en.md", "subject: Hello\n\nGood day.", "templates/late.en.md:1:1: warning: this template is never sent, because `tell` does not name its moment; add `on late: [email]` to the service, or take the file away")]
    public void What_is_wrong_is_said_with_its_place_and_its_mend(string file, string text, string finding) => Findings(file, text).ShouldContain(f => f.StartsWith(finding, StringComparison.Ordinal));
}
