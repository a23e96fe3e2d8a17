using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>HTML of forms as the Markdown of definitions.</summary>
public sealed class PlainWordsTests
{
    [Theory]
    [InlineData("Just words", "Just words")]
    [InlineData("<p class=\"govuk-body\">One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three.")]
    [InlineData("<p>We ask:</p><ul><li>one</li>\n<li><p>two</p></li></ul><p>That is all.</p>", "We ask:\n\n- one\n- two\n\nThat is all.")]
    [InlineData("<ol><li>first</li><li>second</li></ol>", "1. first\n2. second")]
    [InlineData("<h2>Costs</h2><b>Read this</b> first", "## Costs\n\n**Read this** first")]
    [InlineData("See <a class='x' href=\"https://www.gov.uk/a b\" target=_blank>the guide </a>.", "See [the guide](https://www.gov.uk/a%20b).")]
    [InlineData("<b>never closed", "**never closed**")]
    [InlineData("<ul><li>one<li'two</li></ul>", "- one\n- two")]
    [InlineData("5 < 6 and 2*3", "5 < 6 and 2\\*3")]
    [InlineData("<p># not a heading</p>", "\\# not a heading")]
    [InlineData("<div class=\"govuk-inset-text\">Mind this</div>After", "> Mind this\n\nAfter")]
    [InlineData("<script>alert(1)</script>Safe", "Safe")]
    [InlineData("a\u200B\u0007b\u00A0c", "ab c")]
    public void Markup_is_words_and_marks(string html, string markdown) => PlainWords.Of(html).Markdown.ShouldBe(markdown);

    [Fact]
    public void What_is_folded_away_stays_so()
    {
        var words = PlainWords.Of("<p>Before</p><details><summary>Why?</summary><p>Because.</p></details><p>After</p>");
        words.Markdown.ShouldBe("Before\n\nAfter");
        words.Folded.ShouldBe([("Why?", "Because.")]);
    }

    [Theory]
    [InlineData("<p>Include:</p><ul><li>a</li><li>b</li></ul>", "Include: a; b")]
    [InlineData("  One <b>two</b>\n three ", "One two three")]
    [InlineData("<label>  </label>", null)]
    public void A_hint_is_one_line(string html, string? line) => PlainWords.Line(html).ShouldBe(line);
}
