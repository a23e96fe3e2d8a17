using FsCheck;
using FsCheck.Fluent;
using Moothall.Cases;
using Moothall.Tests.Journeys;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Cases;

public class CaseWordsTests
{
    [Theory]
    [InlineData("Siobhán O'Connell", "siobhan oconnell")]
    [InlineData("Mei-Lin CHAN", "meilin chan")]
    [InlineData("Tomasz Zieliński", "tomasz zielinski")]
    [InlineData("王小明 नमस्ते", "王小明 नमसत")]
    [InlineData("14 Ock Street, Abingdon", "14 ock street abingdon")]
    [InlineData("Ann.Lee@Mail.example", "ann.lee@mail.example")]
    [InlineData("cafe @ the corner", "cafe the corner")]
    [InlineData("ox14 3je", "ox143je")]
    [InlineData("12 High Street, OX143JE", "ox143je 12 high street")]
    [InlineData("07700 900461", "07700900461")]
    [InlineData("+44 7700 900 461", "07700900461")]
    [InlineData("(01632) 960-110", "01632960110")]
    [InlineData("a 1 -", "")]
    public void Text_is_split_into_words(string text, string words) => string.Join(' ', CaseWords.Split(text).Order()).ShouldBe(string.Join(' ', words.Split(' ').Order()));

    [Fact]
    public void Whatever_is_typed_gives_short_words_that_split_into_themselves() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var words = CaseWords.Split(text ?? "").ToList();
            return words.All(w => w.Length is > 1 and <= 60 && CaseWords.Split(w).SequenceEqual([w]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_email_address_that_is_too_long_is_cut_before_a_full_stop_at_its_end()
    {
        var words = CaseWords.Split("aaaaaaaaaa@" + new string('a', 48) + ".a");
        words.ShouldBe(["aaaaaaaaaa@" + new string('a', 48)]);
        CaseWords.Split("a@.").ShouldBeEmpty();
    }

    [Fact]
    public void A_long_description_of_a_place_does_not_hide_the_name()
    {
        var definition = ExampleServices.Definition("report-a-pothole");
        var place = string.Join(' ', Enumerable.Range(100, 60).Select(n => $"word{n}"));
        var words = CaseWords.Of(definition, definition.Answers($$"""{"where": "{{place}}", "size": "small", "you": {"name": "Kwame Asante", "email": "k@mail.example"} }"""));
        words.Count.ShouldBe(16);
        words.Take(3).ShouldBe(["kwame", "asante", "k@mail.example"]);
    }
}
