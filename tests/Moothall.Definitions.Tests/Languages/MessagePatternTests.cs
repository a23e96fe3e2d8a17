namespace Moothall.Definitions.Tests.Languages;

public sealed class MessagePatternTests
{
    static readonly PluralRules Welsh = PluralRules.Parse("zero: n = 0; one: n = 1; two: n = 2; few: n = 3; many: n = 6");
    static readonly PluralRules Polish = PluralRules.Parse("one: i = 1 and v = 0; few: v = 0 and i % 10 = 2..4 and i % 100 != 12..14; many: v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14");

    static string Format(string message, PluralRules rules, params (string, object?)[] values) => MessagePattern.Parse(message).Format(rules, values);

    [Theory]
    [InlineData(0, "dim cŵn")]
    [InlineData(1, "1 ci")]
    [InlineData(2, "2 gi")]
    [InlineData(3, "3 chi")]
    [InlineData(4, "4 ci yn wir")]
    [InlineData(6, "6 chi mawr")]
    [InlineData(1006, "1,006 ci yn wir")]
    public void Welsh_has_six_forms(int count, string words) =>
        Format("{n, plural, =0 {dim cŵn} one {# ci} two {# gi} few {# chi} many {# chi mawr} other {# ci yn wir}}", Welsh, ("n", count)).ShouldBe(words);

    [Theory]
    [InlineData("1", "one")]
    [InlineData("3", "few")]
    [InlineData("13", "many")]
    [InlineData("22", "few")]
    [InlineData("25", "many")]
    [InlineData("1.5", "other")]
    public void Rules_are_read_as_the_common_locale_data_write_them(string number, string form) =>
        Polish.Of(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(form);

    [Fact]
    public void Fields_select_and_plural_may_stand_within_each_other() =>
        Format("{who, select, you {You have {n, plural, one {# case} other {# cases}} in {place}} other {{who} has none}}", PluralRules.English, ("who", "you"), ("n", 2), ("place", "Didcot"))
            .ShouldBe("You have 2 cases in Didcot");

    [Theory]
    [InlineData("Don't", "Don't")]
    [InlineData("It''s", "It's")]
    [InlineData("a '{brace}' here", "a {brace} here")]
    public void An_apostrophe_is_itself_unless_it_quotes_a_brace(string message, string words) => Format(message, PluralRules.English).ShouldBe(words);

    [Theory]
    [InlineData("{", "needs a name")]
    [InlineData("{n", "needs a comma")]
    [InlineData("{n, plural, one {x}}", "“other”")]
    [InlineData("{n, number}", "plural or select")]
    [InlineData("a } b", "closing brace")]
    [InlineData("{n, plural, other {x}", "needs a name")]
    public void What_is_not_a_message_is_said_with_its_place(string message, string why) =>
        Should.Throw<FormatException>(() => MessagePattern.Parse(message)).Message.ShouldContain(why);

    [Fact]
    public void A_value_is_never_read_as_a_message() => Format("{name} wrote", PluralRules.English, ("name", "{n, plural, other {#}} 'x'")).ShouldBe("{n, plural, other {#}} 'x' wrote");

    [Fact]
    public void A_value_that_is_missing_shows_its_name() => Format("Until {day}", PluralRules.English).ShouldBe("Until {day}");
}
