using Moothall.Cases;
using Shouldly;
using Xunit;
using static Moothall.Tests.Cases.Situations;

namespace Moothall.Tests.Cases;

public class CaseQueriesTests
{
    static CaseProgress Progress(CouncilCase @case, params HistoryEntry[] history) => CaseQueries.Progress(@case, Pothole().Definition, history, "en");

    static HistoryEntry Line(string kind, string? stage = null, string? outcome = null) => new(1, Monday, kind, "amara-okafor", null, stage, outcome, "A note for staff", null, 0);

    [Fact]
    public void Progress_is_told_in_the_residents_words()
    {
        var closed = Pothole().Do(March(2, 11), "order-repair").Do(March(4, 11), "repaired", """{"after": null}""").Case;
        var progress = Progress(closed, Line("received", "triage"), Line("assign"), Line("note"), Line("ask-customer"), Line("answered"), Line("moved"), Line("advanced", "repair"),
            Line("closed", "repair", "repaired"), Line("reopened"), Line("closed", outcome: "withdrawn"));
        progress.History.Select(h => h.What).ShouldBe(
        [
            "We got it.", "We asked you a question.", "You answered our question.", "We passed it to the team that can help.",
            "The repair is ordered. A crew is coming to fill the hole.", "We closed it: We repaired it.", "We opened it again.", "We closed it: You withdrew it.",
        ]);
        progress.Now.ShouldBe("We repaired it.");
        progress.OutcomeWords.ShouldBe("We repaired it");
    }

    [Fact]
    public void What_happens_now_is_the_stage_or_the_question_asked()
    {
        Progress(Pothole().Case).Now.ShouldBe("We have your report and are reading it.");
        Progress(Pothole().Case with { Question = "Which lane?" }).Now.ShouldBe("We are waiting for your answer.");
        Progress(Pothole().Case with { Stage = "a-stage-of-another-service" }).Now.ShouldBe("We are working on it.");
    }

    [Fact]
    public void No_name_note_or_team_is_in_what_the_resident_reads() =>
        string.Join('|', Progress(Pothole().Case, Line("received", "triage"), Line("note")).History).ShouldNotContain("staff");
}
