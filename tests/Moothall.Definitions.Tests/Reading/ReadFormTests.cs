namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>The headings of `ask`: sections and pages, and what a designer reads after a slip.</summary>
public sealed class ReadFormTests
{
    const string Ask = """
        ask:
          you:
            section: About you
          before:
            page: Before you start
            text: Have your papers at hand.
            details:
              why:
                title: Why we ask
                text: We must know whom we pay.
          contact:
            page: Who should we write to?
            ask: [full-name, role]
          full-name:
            question: Full name
            type: text
          role:
            question: Role
            type: text
            optional: yes
          home:
            section: Your home
            when: full-name is answered
          rooms:
            question: How many rooms are there?
            type: number
          more:
            question: Is there a garden?
            type: yes-no
            when: rooms > 3 or rooms is 1
        """;

    [Fact]
    public void Headings_stand_beside_the_questions_that_belong_to_them()
    {
        var service = LongForm.Read(Ask);
        service.Ask.Select(q => q.Name).ShouldBe(["full-name", "role", "rooms", "more"]);
        service.Sections.Select(s => s.Title.English).ShouldBe(["About you", "Your home"]);
        service.Ask.Select(q => q.Section!.Name).ShouldBe(["you", "you", "home", "home"]);
        service.Ask.Select(q => q.Page?.Name).ShouldBe(["contact", "contact", null, null]);
        var read = service.Pages[0];
        (read.IsOnlyRead, read.At, read.Text!.English, read.Details[0].Title.English).ShouldBe((true, 0, "Have your papers at hand.", "Why we ask"));
        service.Pages[1].Ask.ShouldBe(["full-name", "role"]);
        service.TaskList.ShouldBeFalse();
    }

    [Fact]
    public void What_a_heading_says_it_says_of_all_that_belongs_to_it()
    {
        var service = LongForm.Read(Ask);
        service.FindQuestion("rooms")!.When!.Text.ShouldBe("full-name is answered");
        service.FindQuestion("more")!.When!.Text.ShouldBe("full-name is answered and (rooms > 3 or rooms is 1)");
        service.FindQuestion("more")!.When!.Names.ShouldBe(["full-name", "rooms"]);
        service.FindQuestion("full-name")!.When.ShouldBeNull();
        service.Sections[1].After.ShouldBe(["you"]);
    }

    [Fact]
    public void A_form_without_headings_is_what_it_was()
    {
        var service = PotholeFile.Text is var text ? ServiceReader.Read("service.yaml", text).Definition! : null!;
        (service.Sections.Count, service.Pages.Count, service.TaskList).ShouldBe((0, 0, false));
        service.Ask.ShouldAllBe(q => q.Section == null && q.Page == null);
    }

    [Theory]
    [InlineData("    ask: [full-name, role]", "    ask: [role, full-name]",
        "20:3: error: the page `contact` asks `role` next, but `full-name` stands here; put the questions of a page directly below it, in the order of its `ask`")]
    [InlineData("    ask: [full-name, role]", "    ask: [full-name, roll]",
        "19:22: error: no question is called `roll`; did you mean `role`?")]
    [InlineData("    ask: [full-name, role]", "    ask: [full-name, role, rooms]",
        "27:3: error: the page `contact` asks `rooms` next, but `home` stands here; put the questions of a page directly below it, in the order of its `ask`")]
    [InlineData("    type: text\n    optional: yes", "    type: text\n    when: full-name is Ann",
        "26:11: error: `role` looks at `full-name`, which stands on the same page; give `role` a page of its own after it")]
    [InlineData("    ask: [full-name, role]", "    ask: []",
        "19:5: error: `contact` asks nothing; name questions in its `ask`, or take `ask` out where the page is only read")]
    [InlineData("    text: Have your papers at hand.\n    details:", "    details:",
        "10:3: error: `before` has no `text`; add it, for example `text: You need your last accounts.`")]
    [InlineData("        title: Why we ask\n", "",
        "14:7: error: `why` has no `title`; add it, for example `title: Why we ask`")]
    [InlineData("    section: Your home", "    section: Your home\n    text: Tell us.",
        "29:5: error: no key called `text` here; `home` takes `section` and `when`")]
    [InlineData("  you:\n    section: About you\n", "",
        "25:3: error: what stands above `home` belongs to no section; write a section before it too, as the first of `ask`")]
    [InlineData("    when: full-name is answered", "    when: rooms > 2",
        "29:11: error: `rooms` is asked later; a sentence can only look back")]
    [InlineData("    question: Is there a garden?", "    page: Garden\n    question: Is there a garden?",
        "34:5: error: no key called `page` here; `more` takes")]
    public void A_slip_is_named_where_it_was_made(string was, string became, string finding)
    {
        Ask.ShouldContain(was);
        var findings = LongForm.Findings(Ask.Replace(was, became, StringComparison.Ordinal));
        findings.Count.ShouldBe(1, string.Join('\n', findings));
        findings[0].ShouldStartWith(finding);
    }

    [Fact]
    public void A_page_that_is_only_read_needs_a_question_after_it()
    {
        const string last = "\n  end:\n    page: The end\n    text: Thank you.";
        LongForm.Findings(Ask + last).ShouldBe(["37:3: error: no question follows the page `end` in its section; a page that is only read stands before the question it is about"]);
    }

    [Fact]
    public void A_section_asks_something() =>
        LongForm.Findings(Ask + "\n  end:\n    section: The end").ShouldBe(["37:3: error: the section `end` asks nothing; put questions below it, or take it out"]);

    [Fact]
    public void A_task_list_is_one_of_sections()
    {
        LongForm.Read(Ask, before: "task-list: yes").TaskList.ShouldBeTrue();
        LongForm.Findings("ask:\n  a:\n    question: Is it so?\n    type: yes-no", before: "task-list: yes")
            .ShouldBe(["6:1: error: a task list is a list of sections, and `ask` has none; add one, for example `about-you:` with `section: About you` below it, as the first of `ask`"]);
    }

    [Fact]
    public void The_words_of_headings_are_prose_of_the_service_and_are_judged()
    {
        var service = LongForm.Read(Ask.Replace("Have your papers at hand.",
            "Have at hand all of the many papers that somebody once gave to you or to one of the other people who live in your house with you since you came there.", StringComparison.Ordinal));
        ServiceProse.OfResidents(service).Select(p => p.English).ShouldContain("Why we ask");
        Checker.Check(service, new Surroundings { Today = LongForm.Today }).Proved(Ask).Select(f => f.Message).ShouldContain(m => m.StartsWith("a sentence here has ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_checker_proves_that_what_stands_under_a_heading_can_be_asked()
    {
        var service = LongForm.Read(Ask.Replace("    when: full-name is answered", "    when: full-name is not answered", StringComparison.Ordinal));
        Checker.Check(service, new Surroundings { Today = LongForm.Today }).Proved(Ask).Where(f => f.Severity == Severity.Error && f.Message.Contains("never be asked", StringComparison.Ordinal)).Select(f => f.Message)
            .ShouldBe(["`rooms` can never be asked, because no way through the questions before it gives answers for `full-name is not answered`",
                "`more` can never be asked, because `rooms`, which it looks at, can never be asked"], ignoreOrder: true);
    }

    [Fact]
    public void A_question_with_words_above_it_has_a_page_whose_title_it_is()
    {
        var service = LongForm.Read("""
            ask:
              risk:
                question: Is the asset at risk?
                text: |
                  It is at risk when it

                  - is for sale
                details:
                  help:
                    title: Help with this
                    text: Ask us.
                hint: Think of the next two years.
                type: yes-no
              why:
                question: Why is it at risk?
                text: Say it in your own words.
                type: text
                when: risk
            """);
        var page = service.Ask[0].Page.ShouldNotBeNull();
        (page.Name, page.Title.English, page.IsOfQuestion, page.Details[0].Title.English).ShouldBe(("risk", "Is the asset at risk?", true, "Help with this"));
        page.Text!.English.ShouldContain("- is for sale");
        service.Ask[1].Page!.At.ShouldBe(1);
        Checker.Check(service, new Surroundings { Today = LongForm.Today }).Select(f => f.Message).ShouldNotContain(m => m.Contains("same title", StringComparison.Ordinal), "it is one page, and its title is said once");
        service.Walk(Answers.None.Yes("risk", false)).IsComplete.ShouldBeTrue();
        Stops.PathTo(service, service.Ask[0], service.Walk(Answers.None), Answers.None, LongForm.Today).ShouldBe("pages/risk");
    }

    [Theory]
    [InlineData("""
        ask:
          contact:
            page: Who are you?
            ask: [full-name]
          full-name:
            question: Full name
            text: As on your passport.
            type: text
        """, "`text` stands above a question that has a page of its own, and `full-name` is on the page `contact`; write it there")]
    [InlineData("""
        ask:
          costs:
            group: What does it cost?
            one: cost
            ask: [what]
          what:
            question: What is it?
            text: Each thing alone.
            type: text
        """, "`text` stands above a question that has a page of its own, and `what` is asked in the rows of `costs`; write a `hint`, or a page that is only read before the group")]
    public void Words_above_a_question_stand_where_its_page_is(string ask, string told) => LongForm.Findings(ask).ShouldContain(f => f.Contains(told, StringComparison.Ordinal));

    [Fact]
    public void A_form_has_so_many_questions_as_anybody_answers() =>
        LongForm.Findings("ask:\n" + string.Concat(Enumerable.Range(0, 2_001).Select(i => $"  q{i}:\n    question: Is it {i}?\n    type: yes-no\n")))
            .ShouldBe(["6008:3: error: `ask` has more than 2,000 entries; take some out, or split it"]);
}
