namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>Questions that several services share, put into the text of each.</summary>
public sealed class FragmentsTests
{
    const string Contact = """
        # What we ask of everybody.
        fragment: contact-details
        ask:
          you:
            question: How can we reach you?
            type: person

          prefers:
            question: Do you prefer email?
            type: yes-no
            when: a
        """;
    const string Ask = """
        ask:
          a:
            question: Is it A?
            type: yes-no
          contact:
            use: contact-details
          b:
            question: Is it B?
            type: yes-no
            when: prefers
        """;

    static Fragments Put(string ask, string fragment = Contact) => Fragments.PutInto("service.yaml", LongForm.Text(ask), name => name == "contact-details" ? new FragmentFile("contact-details.yaml", fragment) : null, () => ["contact-details"]);

    static string[] Findings(Fragments put) => [.. put.Findings.Concat(put.Findings.Count > 0 ? [] : ServiceReader.Read("service.yaml", put.Text).Findings.Select(put.Where)).Proved(put.Text, Contact).Select(f => f.ToString())];

    [Fact]
    public void The_questions_of_a_fragment_take_the_place_of_the_line_that_names_it()
    {
        var put = Put(Ask);
        put.Findings.ShouldBeEmpty();
        var service = ServiceReader.Read("service.yaml", put.Text).Definition!;
        service.Ask.Select(q => q.Name).ShouldBe(["a", "you", "prefers", "b"]);
        service.FindQuestion("prefers")!.When!.Text.ShouldBe("a");
    }

    [Fact]
    public void A_text_that_uses_none_is_left_as_it_is()
    {
        var text = LongForm.Text("ask:\n  a:\n    question: What can we use?\n    hint: \"What to use: the form\"\n    type: text");
        Fragments.PutInto("service.yaml", text, _ => null, () => []).Text.ShouldBeSameAs(text);
        Fragments.PutInto("service.yaml", PotholeFile.Text, _ => null, () => []).Text.ShouldBeSameAs(PotholeFile.Text);
    }

    [Fact]
    public void A_finding_points_at_the_file_and_line_in_which_its_words_stand()
    {
        Findings(Put(Ask, Contact.Replace("type: yes-no", "type: yesno", StringComparison.Ordinal))).ShouldBe(["contact-details.yaml:10:11: error: no type is called `yesno`; write `yes-no`"]);
        Findings(Put(Ask.Replace("when: prefers", "when: prefer", StringComparison.Ordinal))).ShouldBe(["service.yaml:16:11: error: no question called `prefer`; did you mean `prefers`?"]);
    }

    [Theory]
    [InlineData("fragment: contact-details", "fragment: contact", "contact-details.yaml:2:11: error: this file is called `contact-details`, and the fragment in it `contact`; give both one name")]
    [InlineData("fragment: contact-details\n", "", "contact-details.yaml:2:1: error: this file has no `fragment`; add it, for example `fragment: contact-details`")]
    [InlineData("  you:\n    question: How can we reach you?\n    type: person\n", "  more:\n    use: contact-details\n", "contact-details.yaml:4:3: error: a fragment uses no other; write the questions here, or use both in the service")]
    [InlineData("ask:\n", "decide:\n", "contact-details.yaml:3:1: error: no key called `decide` here; this file takes `fragment` and `ask`")]
    [InlineData("  you:\n    question:", "  you:\n   question:", "contact-details.yaml:6:5: error:")]
    public void A_slip_in_a_fragment_is_named_there(string was, string became, string finding)
    {
        Contact.ShouldContain(was);
        Findings(Put(Ask, Contact.Replace(was, became, StringComparison.Ordinal)))[0].ShouldStartWith(finding);
    }

    [Fact]
    public void A_fragment_that_is_not_there_is_named()
    {
        Findings(Put(Ask.Replace("use: contact-details", "use: contact-detail", StringComparison.Ordinal))).ShouldBe(["service.yaml:12:10: error: no fragment is called `contact-detail`; did you mean `contact-details`?"]);
        LongForm.Findings(Ask.Replace("    use: contact-details\n", "    use: contact-details\n    optional: yes\n", StringComparison.Ordinal)).ShouldContain(f => f.StartsWith("12:5: error: `use` stands alone below its name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comment_or_windows_line_ends_do_no_harm() =>
        ServiceReader.Read("service.yaml", Put(Ask.Replace("  contact:\n    use: contact-details", "  contact:  # shared\n    use: contact-details  # with all", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), Contact.Replace("\n", "\r\n", StringComparison.Ordinal)).Text)
            .Definition!.Ask.Count.ShouldBe(4);

    [Fact]
    public void With_its_fragments_a_service_is_no_longer_than_any_other()
    {
        var ask = "ask:\n" + string.Concat(Enumerable.Range(0, 3).Select(i => $"  u{i}:\n    use: contact-details\n"));
        Findings(Put(ask, $"fragment: contact-details\nask:\n  a:\n    question: A?\n    hint: {new string('a', 400_000)}\n    type: text\n")).ShouldHaveSingleItem().ShouldEndWith("with this fragment the service is too long; the most is 1,000,000 characters");
    }
}
