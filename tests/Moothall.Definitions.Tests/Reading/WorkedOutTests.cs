namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>Values that are worked out from the answers.</summary>
public sealed class WorkedOutTests
{
    const string Ask = """
        ask:
          costs:
            group: What do you need?
            one: cost
            ask: [amount]
            optional: yes
          amount:
            question: How much is it?
            type: money
            at-most: £100
          own:
            question: How much do you pay yourselves?
            type: money
          people:
            question: How many people come?
            type: number
            at-least: 1
          born:
            question: When were you born?
            type: date
        """;
    const string Decide = """
        decide:
          total:
            label: Whole cost
            is: sum of amount
            shown: yes
          rest:
            is: total - own
          half:
            label: Half a head
            is: people / 2
          grown-up:
            is: born + 6575 days
          route:
            board: rest > £500
            officer: otherwise
        exit:
          too-dear:
            when: total > £1,500
            title: That is too much
            text: Ask for less.
        """;

    static readonly ServiceDefinition Service = LongForm.Read(Ask, after: Decide);

    static Answers Given(params IReadOnlyList<int> pounds) => Answers.None
        .With("costs", pounds.Count == 0 ? SkippedAnswer.Value : new GroupAnswer([.. pounds.Select(p => Answers.None.With("amount", new MoneyAnswer(p * 100)))]))
        .With("own", new MoneyAnswer(1050)).With("people", new NumberAnswer(3)).With("born", new DateAnswer(new NodaTime.LocalDate(2000, 1, 31)));

    static string? In(string name, Answers answers, string language = "en") => Service.Worked.Single(w => w.Name == name).In(Service, answers, LongForm.Today, language);

    [Fact]
    public void A_value_is_worked_out_and_said_as_people_write_it()
    {
        Service.Worked.Select(w => $"{w.Name} {w.Label.English} {w.IsShown}").ShouldBe(["total Whole cost True", "rest Rest False", "half Half a head False", "grown-up Grown up False"]);
        Service.Decide.Select(d => d.Name).ShouldBe(["route"]);
        In("total", Given(100, 99)).ShouldBe("£199");
        In("rest", Given(100, 99)).ShouldBe("£188.50");
        In("half", Given(1)).ShouldBe("1.5");
        In("grown-up", Given(1)).ShouldBe("31 January 2018");
        In("total", Given()).ShouldBeNull("nothing was added, so nothing is known");
    }

    [Fact]
    public void Sentences_name_it_and_look_at_what_it_looks_at()
    {
        var route = Service.Decide[0].Rows[0].When!;
        route.Names.ShouldBe(["costs", "own"]);
        route.InWords(Phrases.English).ShouldBe("“Rest” is more than £500");
        Journey.Decide(Service, Given([.. Enumerable.Repeat(100, 6)]), LongForm.Today)["route"].ShouldBe("board");
        Journey.Decide(Service, Given(100), LongForm.Today)["route"].ShouldBe("officer");
        Service.Walk(Given([.. Enumerable.Repeat(100, 16)])).Exit!.Name.ShouldBe("too-dear");
        Service.Walk(Given([.. Enumerable.Repeat(100, 15)])).Exit.ShouldBeNull();
    }

    [Theory]
    [InlineData("    when: total > £1,500", "    when: total > £2,001", true)]
    [InlineData("    when: total > £1,500", "    when: total > £1,999", false)]
    public void The_checker_looks_through_it(string was, string became, bool never) =>
        Checker.Check(LongForm.Read(Ask, after: Decide.Replace(was, became, StringComparison.Ordinal)), new Surroundings { Today = LongForm.Today })
            .Any(f => f.Message.StartsWith("the exit `too-dear` can never be taken", StringComparison.Ordinal)).ShouldBe(never);

    [Theory]
    [InlineData("    is: sum of amount", "    is: sum of amonut", "no question called `amonut`; did you mean `amount`?")]
    [InlineData("    is: sum of amount", "    is: £5", "`£5` is always the same; work something out from the answers, like `sum of amount`")]
    [InlineData("    is: sum of amount", "    is: people > 3", "`>` was not expected here")]
    [InlineData("    is: sum of amount", "    is: costs", "`costs` is a group, and here a number, an amount of money or a date is needed, such as `sum of amount`")]
    [InlineData("    is: total - own", "    is: half - own", "no question called `half`")]
    [InlineData("    board: rest > £500", "    board: rest is urgent", "`urgent`")]
    [InlineData("    board: rest > £500", "    board: rest is answered", "`rest` is not a question, so it cannot be answered")]
    public void A_slip_is_named(string was, string became, string finding) =>
        LongForm.Findings(Ask, after: Decide.Replace(was, became, StringComparison.Ordinal)).ShouldContain(f => f.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void What_the_person_sees_is_prose_for_them_and_the_rest_is_for_staff()
    {
        ServiceProse.OfResidents(Service).Select(p => p.English).ShouldContain("Whole cost");
        ServiceProse.OfResidents(Service).Select(p => p.English).ShouldNotContain("Half a head");
        ServiceProse.OfStaff(Service).Select(p => p.English).ShouldContain("Half a head");
    }
}
