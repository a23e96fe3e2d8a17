using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Checking;

public class ReadingAgeTests
{
    [Theory]
    [InlineData("cat", 1)]
    [InlineData("golf", 1)]
    [InlineData("deeper", 2)]
    [InlineData("wanted", 2)]
    [InlineData("address", 2)]
    [InlineData("information", 4)]
    [InlineData("registration", 4)]
    [InlineData("table", 2)]
    [InlineData("2026", 1)]
    public void Syllables_are_counted_as_they_are_spoken(string word, int syllables) => ReadingAge.Syllables(word).ShouldBe(syllables);

    [Fact]
    public void The_age_is_the_published_grade_and_five() =>
        ReadingAge.Of("The resident reported a missing dustbin. The council collected it on Monday.").ShouldBe(
            (int)Math.Round(0.39 * 12 / 2 + 11.8 * 22 / 12 - 15.59 + 5, MidpointRounding.AwayFromZero));

    [Fact]
    public void Hard_words_make_a_text_older() =>
        ReadingAge.Of("Please provide documentary verification of your residential accommodation circumstances.")!.Value.ShouldBeGreaterThan(14);

    [Fact]
    public void A_few_words_are_not_judged() => ReadingAge.Of("Which organisation employs you?").ShouldBeNull();

    [Theory]
    [InlineData("sise", "size")]
    [InlineData("whree", "where")]
    [InlineData("otpional", "optional")]
    [InlineData("colour", null)]
    public void The_nearest_name_is_suggested_when_most_letters_are_right(string word, string? near) =>
        DidYouMean.Among(word, ["size", "where", "optional", "deep"]).ShouldBe(near);
}
