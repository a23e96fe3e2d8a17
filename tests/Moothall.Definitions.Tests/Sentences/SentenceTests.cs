using FsCheck;
using FsCheck.Fluent;

namespace Moothall.Definitions.Tests.Sentences;

public class SentenceTests
{
    [Theory]
    [InlineData("size is large", "size large", true)]
    [InlineData("size is large", "", false)]
    [InlineData("size is not large", "", true)]
    [InlineData("size is not large", "size skipped", true)]
    [InlineData("not size is large and deep", "size small, deep yes", true)]
    [InlineData("deep or size is huge and size is small", "deep yes", true)]
    [InlineData("(deep or size is huge) and size is small", "deep yes", false)]
    [InlineData("size is one of small, large or huge", "size huge", true)]
    [InlineData("size is one of [small, large]", "size huge", false)]
    [InlineData("size is one of small, large or deep", "size huge, deep yes", true)]
    [InlineData("size is one of small, large or age of born > 17", "size huge, born 2000-01-01", true)]
    [InlineData("street is one of High Street or count needs is 1", "needs braille", true)]
    [InlineData("size is one of small or not deep", "size huge", true)]
    [InlineData("size is not one of small, large", "", true)]
    [InlineData("children is one of 1, 2 or 3", "children 3", true)]
    [InlineData("children is one of 1, 2 or children is 9", "children 9", true)]
    [InlineData("street is High Street and deep", "street high street, deep yes", true)]
    [InlineData("street is St. Mary's Row", "street St. Mary's Row", true)]
    [InlineData("street is \"Bath and West\"", "street Bath and West", true)]
    [InlineData("street is one of High Street, Low Road or Mill Lane", "street Mill Lane", true)]
    [InlineData("where.road is motorway", "where motorway", true)]
    [InlineData("where.road is answered", "where unknown", false)]
    [InlineData("where is answered", "where unknown", true)]
    [InlineData("priority is urgent", "size huge", true)]
    [InlineData("priority is not urgent", "", true)]
    [InlineData("fee >= £30 and fee < £1,000.50", "fee £30", true)]
    [InlineData("fee * 2 is £60", "fee £30", true)]
    [InlineData("children + adults > 4", "children 3", false)]
    [InlineData("children + adults > 4", "children 3, adults 2", true)]
    [InlineData("children - adults is 1", "children 3, adults 2", true)]
    [InlineData("children / 0 is 1", "children 3", false)]
    [InlineData("children / 0 is not 1", "children 3", true)]
    [InlineData("children * 70000000000000000000000000000 > 1", "children 9000000000", false)]
    [InlineData("children > -5", "children -3", true)]
    [InlineData("born is 2008-11-22", "born 2008-11-22", true)]
    [InlineData("age of born >= 18", "born 2008-11-22", true)]
    [InlineData("age of born >= 18", "born 2008-11-23", false)]
    [InlineData("event > today + 30 days", "event 2026-12-22", false)]
    [InlineData("event > today + 30 days", "event 2026-12-23", true)]
    [InlineData("days from today to event > 28", "event 2026-12-21", true)]
    [InlineData("event - born > 365", "event 2026-12-21, born 2026-01-01", false)]
    [InlineData("moving >= 2027-01", "moving 2027-02", true)]
    [InlineData("start < 9:30", "start 09:15", true)]
    [InlineData("needs has braille", "needs large-print and braille", true)]
    [InlineData("count needs > 1", "needs large-print and braille", true)]
    [InlineData("count of photos is 2", "photos a and b", true)]
    [InlineData("count photos < 2", "photos skipped", false)]
    [InlineData("you is not answered", "", true)]
    [InlineData("deep is no", "", false)]
    [InlineData("deep is not yes", "", true)]
    [InlineData("not (deep)", "", true)]
    [InlineData("(children + 1) * 2 >= 8", "children 3", true)]
    public void A_sentence_holds_or_does_not(string sentence, string answers, bool holds) =>
        SentenceForm.Holds(sentence, answers).ShouldBe(holds);

    [Theory]
    [InlineData("sise is large", 1, "no question called `sise`; did you mean `size`?")]
    [InlineData("deep and colour is red", 10, "`colour` is asked later; a sentence can only look back")]
    [InlineData("size is larg", 9, "`size` has no answer `larg`; did you mean `large`?")]
    [InlineData("deep > 3", 1, "`deep` is a yes-no question, so it cannot be compared with 3; write `deep` or `not deep`")]
    [InlineData("deep is 3", 1, "`deep` is a yes-no question, so it cannot be compared with 3; write `deep is yes` or `deep is no`")]
    [InlineData("3 < deep", 5, "`deep` is a yes-no question, so it cannot be compared with 3")]
    [InlineData("fee > 30", 1, "`fee` is an amount of money, so it cannot be compared with 30; write the amount as £30")]
    [InlineData("size", 1, "`size` is a choice, which is neither true nor false alone; say what it must be; write `size is small`")]
    [InlineData("size is small or large", 18, "no question called `large`; did you mean `size is large`?")]
    [InlineData("where.rood is local", 1, "`where` has no part `rood`; did you mean `road`?")]
    [InlineData("where.road is motorwy", 15, "`where.road` has no value `motorwy`; did you mean `motorway`?")]
    [InlineData("priority is urgnt", 13, "`priority` has no value `urgnt`; did you mean `urgent`?")]
    [InlineData("needs is braille", 1, "`needs` is a choice of several, so it cannot be compared with braille; write `needs has large-print`")]
    [InlineData("size has small", 1, "`size` is a choice; only a choice of several can be said to have something; write `size is ...`")]
    [InlineData("children-adults > 1", 1, "no question called `children-adults`; a minus sign has a space on both sides: `children - adults`")]
    [InlineData("children -1 > 1", 10, "a minus sign has a space on both sides: `- 1`")]
    [InlineData("children * adults > 1", 1, "one side of `*` must be written out as a number")]
    [InlineData("born + born > today", 1, "a date + a date has no meaning: `born + born`")]
    [InlineData("sum children > 1", 5, "`children` is asked once, so there is nothing to add up; write `children` alone")]
    [InlineData("otherwise", 1, "`otherwise` stands alone as the last row of a decision")]
    [InlineData("", 1, "a sentence is missing here; write one like `size is large`")]
    [InlineData("deep and", 9, "the sentence stops too early; something is missing at its end")]
    [InlineData("(deep or size is large", 1, "this bracket is never closed; add `)`")]
    [InlineData("deep)", 5, "there is a `)` here without its `(`")]
    [InlineData("size = large", 6, "write `is` in place of `=`")]
    [InlineData("1 < children < 3", 14, "compare two things at a time, and join them with `and`: `1 < children and children < ...`")]
    [InlineData("you", 1, "`you` is of type `person`, which is neither true nor false alone; say what it must be; write `you is answered`, or name a part of it like `you.email`")]
    [InlineData("priority is answered", 1, "`priority` is decided, not asked; compare it with one of its values")]
    [InlineData("age of size > 3", 8, "`size` is a choice; `age of` needs a date")]
    [InlineData("fee > £ 30", 7, "the pound sign stands directly before the figure; write the amount as £30")]
    [InlineData("[deep]", 1, "the brackets of a sentence are `(` and `)`; write one of them in place of `[`")]
    [InlineData("children > three", 12, "a number is written in figures; write `3` in place of `three`")]
    [InlineData("count size > 3", 7, "`size` is a choice; only several choices, files and the rows of a group can be counted")]
    public void A_wrong_sentence_says_where_and_how_to_mend_it(string sentence, int column, string message)
    {
        var finding = SentenceForm.Wrong(sentence);
        finding.Message.ShouldBe(message);
        finding.Place.ShouldBe(SentenceForm.Place with { Column = SentenceForm.Place.Column + column - 1 });
        finding.Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void A_sentence_knows_the_names_it_looks_at()
    {
        var sentence = SentenceForm.Read("where.road is local and (deep or priority is urgent) and deep");
        sentence.Names.ShouldBe(["where", "deep", "priority"]);
        sentence.Text.ShouldBe("where.road is local and (deep or priority is urgent) and deep");
        sentence.Place.ShouldBe(SentenceForm.Place);
    }

    [Fact]
    public void Somebody_born_on_29_February_grows_older_on_1_March()
    {
        var facts = SentenceForm.Given("born 2008-02-29");
        SentenceForm.Read("age of born is 18").Holds(facts with { Today = new(2026, 2, 28) }).ShouldBeFalse();
        SentenceForm.Read("age of born is 18").Holds(facts with { Today = new(2026, 3, 1) }).ShouldBeTrue();
    }

    [Fact]
    public void A_sentence_too_deep_or_too_long_is_refused_in_words()
    {
        SentenceForm.Wrong(new string('(', 5000) + "deep").Message.ShouldContain("too long");
        SentenceForm.Wrong(new string('(', 100) + "deep" + new string(')', 100)).Message.ShouldContain("too many brackets");
        SentenceForm.Wrong(string.Concat(Enumerable.Repeat("not ", 100)) + "deep").Message.ShouldContain("too often");
        SentenceForm.Wrong(string.Join(" and ", Enumerable.Repeat("deep", 2000))).Message.ShouldContain("too long");
    }

    [Fact]
    [Trait(Moothall.Tests.Languages.FindingWords.Random, "yes")]
    public void Whatever_is_written_is_read_or_refused_with_a_place_inside_it_and_evaluates_without_failing()
    {
        string[] pieces = ["size", "deep", "children", "fee", "born", "needs", "where.road", "priority", "is", "not", "one", "of", "large", "and", "or", "(", ")",
            "<", ">=", "+", "-", "*", "/", "3", "£30", "2026-02-30", "2026-03-04", "today", "age", "days", "from", "to", "count", "has", "answered", ",", "[", "]",
            "yes", "\"", "'", "£", "-5", "99999999999999999999999999", "é", "\u0000", "=", "."];
        var sentences = Gen.Elements(pieces).ListOf().Select(words => string.Join(' ', words));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(sentences.ToArbitrary(), text =>
        {
            var findings = new List<Finding>();
            var sentence = Sentence.Parse(text, SentenceForm.Place, SentenceForm.Scope, findings);
            sentence?.Holds(SentenceForm.Given("size large, deep yes, children 3, fee £30, born 9999-12-31"));
            findings.Proved(text);
            return (sentence is null) == (findings.Count == 1)
                && findings.All(f => f.Place.Column >= SentenceForm.Place.Column && f.Place.Column <= SentenceForm.Place.Column + text.Length);
        }));
    }

    [Fact]
    public void Is_not_is_always_the_contrary_of_is()
    {
        string[] answers = ["", "size small, children 2", "size huge, children 3, fee £3, deep no", "size skipped, needs braille"];
        foreach (var sentence in (string[])["size {0} huge", "children {0} 3", "fee {0} £3", "deep {0} yes", "where.road {0} local", "children + 1 {0} 3", "size {0} one of small, large"])
            foreach (var given in answers)
                SentenceForm.Holds(string.Format(sentence, "is not"), given).ShouldBe(!SentenceForm.Holds(string.Format(sentence, "is"), given), $"{sentence} with {given}");
    }
}
