namespace Moothall.Definitions.Tests;

/// <summary>The pages of a journey: several questions together, and words on the way.</summary>
public sealed class StopsTests
{
    const string Ask = """
        ask:
          welcome:
            page: Welcome
            text: Have your papers at hand.
          rules:
            page: The rules
            text: You must live here.
          a:
            question: Is it A?
            type: yes-no
          warning:
            page: If it is A
            text: A is rare.
            when: a
          both:
            page: Two things
            ask: [b, c]
          b:
            question: Is it B?
            type: yes-no
          c:
            question: Is it C?
            type: yes-no
            when: a
          last-words:
            page: Nearly done
            text: One more.
          d:
            question: Is it D?
            type: yes-no
            when: b
          e:
            question: Is it E?
            type: yes-no
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask);
    static readonly Answers A = Answers.None.Yes("a");

    static Question Q(string name) => Service.FindQuestion(name)!;
    static AskPage P(string name) => Service.Pages.Single(p => p.Name == name);
    static string To(string question, Answers answers) => Stops.PathTo(Service, Q(question), Service.Walk(answers), answers, LongForm.Today);
    static string? Back(string question, Answers answers) => Stops.Back(Service, Q(question), Service.Walk(answers), LongForm.Today);
    static (string, string?)? Around(string page, Answers answers) => Stops.Around(Service, P(page), Service.Walk(answers), answers, LongForm.Today);
    static string[]? On(string page, Answers answers) => Stops.AskedOn(Service, P(page), Service.Walk(answers), LongForm.Today)?.Select(q => q.Name).ToArray();

    [Fact]
    public void Words_before_a_question_come_first_on_the_way_to_it()
    {
        To("a", Answers.None).ShouldBe("pages/welcome");
        Around("welcome", Answers.None).ShouldBe(("pages/rules", null));
        Around("rules", Answers.None).ShouldBe(("questions/a", "pages/welcome"));
        Back("a", Answers.None).ShouldBe("pages/rules");
    }

    [Fact]
    public void Words_that_are_only_for_some_are_shown_to_them_alone()
    {
        To("b", A).ShouldBe("pages/warning");
        Around("warning", A).ShouldBe(("pages/both", "questions/a"));
        To("b", Answers.None.Yes("a", false)).ShouldBe("pages/both");
        Around("warning", Answers.None.Yes("a", false)).ShouldBeNull();
    }

    [Fact]
    public void Nobody_reads_ahead() => Around("last-words", A).ShouldBeNull();

    [Fact]
    public void A_page_asks_what_the_answers_before_it_lead_to_and_not_its_own()
    {
        On("both", Answers.None).ShouldBeNull();
        On("both", A).ShouldBe(["b", "c"]);
        On("both", A.Yes("b").Yes("c")).ShouldBe(["b", "c"]);
        On("both", Answers.None.Yes("a", false)).ShouldBe(["b"]);
    }

    [Fact]
    public void Back_from_a_page_of_several_leads_before_all_of_them()
    {
        Back("b", A).ShouldBe("pages/warning");
        Back("c", A.Yes("b")).ShouldBe("pages/warning");
        Back("b", Answers.None.Yes("a", false)).ShouldBe("questions/a");
        Back("e", Answers.None.Yes("a", false).Yes("b", false)).ShouldBe("pages/last-words");
    }

    [Fact]
    public void Words_before_a_question_that_is_not_asked_stand_before_the_next_that_is()
    {
        To("e", Answers.None.Yes("a", false).Yes("b", false)).ShouldBe("pages/last-words");
        Around("last-words", Answers.None.Yes("a", false).Yes("b", false)).ShouldBe(("questions/e", "pages/both"));
        Around("last-words", Answers.None.Yes("a", false).Yes("b").Yes("d")).ShouldBe(("questions/d", "pages/both"));
    }

    [Fact]
    public void Without_headings_the_way_back_is_the_question_before() =>
        Stops.Back(Pothole.Asking(Pothole.Where, Pothole.Size, Pothole.Photo), Pothole.Photo, Journey.Walk(Pothole.Asking(Pothole.Where, Pothole.Size, Pothole.Photo), Pothole.Large, LongForm.Today), LongForm.Today)
            .ShouldBe("questions/size");

    const string ExitOnPage = """
        ask:
          a:
            question: Is it A?
            type: yes-no
          both:
            page: Two things
            ask: [b, c]
          b:
            question: Is it B?
            type: yes-no
          c:
            question: Is it C?
            type: yes-no
            when: a
          d:
            question: Is it D?
            type: yes-no
        exit:
          later:
            when: c
            title: Not for C
            text: Ask elsewhere.
          sooner:
            when: b
            title: Not for B
            text: Ask elsewhere.
        """;

    [Fact]
    public void A_page_is_answered_as_a_whole_before_it_leads_to_an_end()
    {
        var service = LongForm.Read(ExitOnPage);

        service.Walk(A.Yes("b")).ShouldSatisfyAllConditions(w => w.Exit.ShouldBeNull(), w => w.Next!.Name.ShouldBe("c"));
        service.Walk(A.Yes("b").Yes("c", false)).Exit!.Name.ShouldBe("sooner");
        service.Walk(A.Yes("b").Yes("c")).Exit!.Name.ShouldBe("later", "the first in the file");
        service.Walk(Answers.None.Yes("a", false).Yes("b")).Exit!.Name.ShouldBe("sooner", "the other question of the page is not asked");

        var context = new ReadingContext { Today = LongForm.Today };
        IReadOnlyList<string> Faults(string json) => [.. AnswersReader.ReadAll(service, System.Text.Json.JsonDocument.Parse(json).RootElement, context, LongForm.Today).Faults.Select(f => f.Message)];
        Faults("""{"a": true, "b": true}""").ShouldBe(["Select yes if it is C", "Select yes if it is D"], "nobody has left the page yet");
        Faults("""{"a": true, "b": true, "c": false}""").ShouldBeEmpty("the journey has ended");
    }

    [Fact]
    public void Whoever_fills_in_a_page_is_asked_all_of_it_whatever_end_it_leads_to()
    {
        var definition = LongForm.Read(ExitOnPage.Replace("when: b\n", "when: b is answered\n", StringComparison.Ordinal).Replace("when: c\n", "when: b and c\n", StringComparison.Ordinal));
        var findings = Checker.Check(definition, new Surroundings { Today = LongForm.Today });
        findings.ShouldContain(f => f.Message.Contains("`d` can never be asked", StringComparison.Ordinal));
        findings.ShouldNotContain(f => f.Message.Contains("`c` can never be asked", StringComparison.Ordinal));
    }
}
