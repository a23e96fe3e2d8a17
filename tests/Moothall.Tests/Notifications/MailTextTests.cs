using Moothall.Definitions;
using Moothall.Notifications;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Notifications;

public class MailTextTests
{
    static MailText Write(string template, params (string, string?)[] fields) =>
        MailText.Write(MailTemplate.Read("x.en.md", template).Template.ShouldNotBeNull(), fields.ToDictionary(f => f.Item1, f => f.Item2), "en");

    [Fact]
    public void A_paragraph_whose_field_has_no_value_is_left_out()
    {
        var text = Write("subject: ((title))\n\nHello ((name)),\n\nWe finish by **((close-by))**.\n\nThe end.", ("title", "Report a pothole"), ("name", "Ann"), ("close-by", null));
        text.Subject.ShouldBe("Report a pothole");
        text.Plain.ShouldBe("Hello Ann,\n\nThe end.\n");
        text.Html.ShouldNotContain("finish by");
    }

    [Fact]
    public void What_people_wrote_becomes_neither_markup_nor_a_header()
    {
        var evil = "<script>alert(1)</script> **bold** [x](https://evil.example) ((reference)) &amp;";
        var text = Write("subject: About ((title))\n\n> ((question))\n\nSee ((link))", ("title", "A\r\nBcc: eve@evil.example"), ("question", evil + "\nsecond line"), ("link", "https://council.example/track?a=1&b=\"2\""), ("reference", "POT-1"));
        text.Subject.ShouldBe("About A Bcc: eve@evil.example");
        text.Html.ShouldNotContain("<script>");
        text.Html.ShouldNotContain("<strong>");
        text.Html.ShouldNotContain("href=\"https://evil");
        text.Html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; **bold** [x](https://evil.example) ((reference)) &amp;amp;<br>");
        text.Html.ShouldContain("<a href=\"https://council.example/track?a=1&amp;b=%222%22\">");
        text.Plain.ShouldContain("> " + evil + "\n> second line\n");
    }

    [Theory]
    [InlineData("Ann Lee")]
    [InlineData("Anna-Maria O'Brien Jr.")]
    [InlineData("Siân Ŵyn")]
    public void A_name_is_said_as_it_was_written(string name) => Write("subject: Hello\n\nHello ((name)),", ("name", name)).Plain.ShouldBe($"Hello {name},\n");

    [Theory]
    [InlineData("Win at https://evil.example")]
    [InlineData("www.evil.example")]
    [InlineData("evil.example")]
    [InlineData("eve@evil.example")]
    public void A_name_that_would_be_made_a_link_is_not_said(string name) => Write("subject: Hello\n\nHello ((name)),\n\nGood day.", ("name", name)).Plain.ShouldBe("Good day.\n");

    [Fact]
    public void A_link_may_stand_behind_words()
    {
        var text = Write("subject: Hello\n\nRead [how far it is](((link))) now.", ("link", "https://council.example/t"));
        text.Plain.ShouldBe("Read how far it is: https://council.example/t now.\n");
        text.Html.ShouldContain("<a href=\"https://council.example/t\">how far it is</a>");
    }

    [Fact]
    public void Marks_that_turn_writing_round_are_taken_out() => Write("subject: Hello\n\n((note)) end", ("note", "a\u202Eb\u0007c\u2028d")).Plain.ShouldBe("ab c d end\n");

    [Fact]
    public void Every_message_of_the_program_is_good_and_is_there_in_both_languages()
    {
        var names = Templates.ShippedNames.Select(n => n[..^3]).Distinct().ToList();
        names.Count.ShouldBeGreaterThan(6);
        foreach (var name in names)
        {
            var english = MailTemplate.FieldsIn(Templates.ShippedSource(name + ".en").ShouldNotBeNull()).Distinct().Order();
            MailTemplate.FieldsIn(Templates.ShippedSource(name + ".cy").ShouldNotBeNull($"{name} is not there in Welsh")).Distinct().Order().ShouldBe(english, name);
        }
        CheckTemplates.OfCouncil(Templates.ShippedNames.Select(n => ($"templates/{n}.md", Templates.ShippedSource(n)!)), Templates.OtherFields).ShouldBeEmpty();
        MailMoment.All.ShouldAllBe(moment => names.Contains(moment));
    }
}
