namespace Moothall.Definitions.Tests.Sentences;

/// <summary>The examples of docs/reference/sentences.md are true.</summary>
public class SentencesPageTests
{
    [Fact]
    public void Every_example_of_the_reference_holds_as_it_says()
    {
        var rows = ReferencePage.Rows("sentences.md", "sentence", "answers", "holds");
        rows.Count.ShouldBeGreaterThan(25);
        foreach (var row in rows)
            SentenceForm.Holds(row[0], row[1] == "nothing" ? "" : row[1]).ShouldBe(row[2] == "yes", $"{row[0]} with {row[1]}");
    }

    [Fact]
    public void Every_mistake_of_the_reference_is_answered_as_it_says()
    {
        var rows = ReferencePage.Rows("sentences.md", "sentence", "the checker says");
        rows.Count.ShouldBeGreaterThan(8);
        foreach (var row in rows)
            SentenceForm.Wrong(row[0]).Message.ShouldBe(row[1], row[0]);
    }
}
