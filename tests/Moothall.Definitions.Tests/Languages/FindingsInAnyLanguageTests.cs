using Moothall.Tests.Languages;

namespace Moothall.Definitions.Tests.Languages;

public class FindingsInAnyLanguageTests
{
    /// <summary>For a type of question without parts that cannot be compared: there is none now.</summary>
    static readonly string[] MadeElsewhere = ["write `{words} is answered`"];

    [Fact]
    public async Task Every_finding_about_a_service_can_be_said_in_any_language()
    {
        await FindingWords.Walk(typeof(ReadingFiles.SlipTests), typeof(ReadingFiles.ServiceReaderTests), typeof(ReadingFiles.YamlSourceTests), typeof(Checking.CheckerTests), typeof(Checking.ChargesTests), typeof(Checking.CoSignTests),
            typeof(Sentences.SentenceTests), typeof(Sentences.AmountTests), typeof(Messages.CheckTemplatesTests), typeof(Reachability.ReachabilityTests), typeof(FindingsThatAreRareTests),
            typeof(ReadingFiles.ReadFormTests), typeof(ReadingFiles.GroupTests), typeof(ReadingFiles.FragmentsTests), typeof(ReadingFiles.WorkedOutTests), typeof(ReadingFiles.SameAsTests), typeof(ReadingFiles.PrefillTests));
        FindingWords.NeverMade("src/Moothall.Definitions/Reading/", "src/Moothall.Definitions/Checking/", "src/Moothall.Definitions/Sentences/SentenceParser", "src/Moothall.Definitions/Messages/").Except(MadeElsewhere).ShouldBeEmpty();
    }

    [Fact]
    public void A_finding_that_is_put_together_in_English_is_found()
    {
        var place = new SourcePlace("service.yaml", 1, 1);
        Should.Throw<InvalidOperationException>(() => new[] { new Finding(place, Severity.Error, new Message("a lamp of kind " + "bright")) }.Proved("ask:"));
        Should.Throw<InvalidOperationException>(() => new[] { new Finding(place, Severity.Error, new Message("it has {names}", ("names", "one of many"))) }.Proved("ask:"));
        new[] { new Finding(place, Severity.Error, new Message("it has {names}", ("names", "one of many"))) }.Proved("to: one of many").Count.ShouldBe(1);
    }

    [Fact]
    public void A_finding_keeps_its_line_and_says_its_words_in_the_language()
    {
        var finding = new Finding(new("service.yaml", 58, 10), Severity.Error, new Message("no stage is called `{name}`", ("name", "traige")).With(DidYouMean.Ending("traige", ["triage", "repair"])));
        finding.ToString().ShouldBe("service.yaml:58:10: error: no stage is called `traige`; did you mean `triage`?");
        finding.In(Phrases.In("cy")).ShouldBe("service.yaml:58:10: error: nid oes cam o'r enw `traige`; ai `triage` oeddech chi'n ei feddwl?");
        (finding with { Severity = Severity.Warning }).In(Phrases.In("cy")).ShouldStartWith("service.yaml:58:10: warning: ");
    }
}
