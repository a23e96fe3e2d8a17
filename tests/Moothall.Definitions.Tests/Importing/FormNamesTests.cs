using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>Names made from the words that people read.</summary>
public sealed class FormNamesTests
{
    [Theory]
    [InlineData("What is your charity number?", "charity-number")]
    [InlineData("Beth yw enw'r mudiad?", "beth-yw-enwr-mudiad")]
    [InlineData("Faint o gŵn sydd gennych?", "faint-o-gwn-sydd")]
    [InlineData("2025 budget", "n-2025-budget")]
    [InlineData("???", "question")]
    [InlineData("Has (or had) you an age", "age-1")]
    public void A_name_has_the_words_that_tell(string words, string name)
    {
        var made = new FormNames().For(words, "question");
        Names.IsName(made).ShouldBeTrue(made);
        made.ShouldBe(name);
    }

    [Fact]
    public void No_two_are_alike()
    {
        var names = new FormNames();
        string[] all = [names.For("Amount", "q", "Secured match funding"), names.For("Amount", "q", "Revenue costs"), names.For("Amount", "q"), names.For("Amount", "page", ending: "page"),
            names.For("How much of the match funding will you use for this", "q"), names.For("How much of the match funding will you use for that cost", "q")];
        all.Distinct().Count().ShouldBe(all.Length);
        all[..4].ShouldBe(["amount", "revenue-amount", "amount-2", "amount-page"]);
    }
}
