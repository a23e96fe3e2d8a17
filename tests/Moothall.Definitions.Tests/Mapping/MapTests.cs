namespace Moothall.Definitions.Tests.Mapping;

/// <summary>The maps of a journey and of a case: what stands where, and that no line crosses another or runs through a box.</summary>
public sealed class MapTests
{
    const string Nobody = "examples:\n  nobody:\n    channel: web\n    answers: {}\n";

    static string Told(IEnumerable<MapItem> items) => string.Join(' ', items.Select(item => item switch
    {
        MapSection section => $"[{section.Section.Name}]",
        MapQuestion { Inside.Count: > 0 } group => $"{group.Question.Name}({Told(group.Inside)})",
        MapQuestion question => question.Question.Name,
        MapPage page => $"{page.Page.Name}<{Told(page.Inside)}>",
        MapBranch branch => $"if {branch.When.Text} {{{Told(branch.Inside)}}}",
        MapExit exit => $"!{exit.Exit.Name}",
        MapAlert alert => $"?{alert.Alert.Name}",
        _ => throw new InvalidOperationException(),
    }));

    static JourneyLayout Layout(ServiceDefinition definition, string examples = Nobody) => JourneyLayout.Of(definition, Mapped.Coverage(definition, examples), Phrases.English);

    [Fact]
    public void Questions_under_one_when_are_one_loop_and_an_end_stands_after_the_last_question_it_looks_at() =>
        Told(JourneyMap.Of(Mapped.Service)).ShouldBe("size if size is large {deep wet} age !too-old");

    [Fact]
    public void Sections_pages_and_rows_stand_where_the_file_has_them() => Told(JourneyMap.Of(LongForm.Read("""
        ask:
          you:
            section: About you
          welcome:
            page: Welcome
            text: Have your papers at hand.
          a:
            question: Is it A?
            type: yes-no
          both:
            page: Two things
            ask: [b, c]
            when: a
          b:
            question: Is it B?
            type: yes-no
          c:
            question: Is it C?
            type: yes-no
          money:
            section: What it costs
            when: a
          costs:
            group: What will you spend it on?
            one: cost
            ask: [amount, why]
          amount:
            question: How much is it?
            type: money
          why:
            question: Why so much?
            type: text
            when: amount > £100
          d:
            question: Is it D?
            type: yes-no
            when: b
        alert:
          danger:
            when: b
            title: Keep away
            text: Ring us.
            ring: 999
        """))).ShouldBe("[you] welcome<> a if a {both<b c> ?danger} [money] if a {costs(amount if amount > £100 {why}) if b {d}}");

    [Fact]
    public void Every_stop_is_lower_than_the_one_before_and_loops_lie_to_the_right()
    {
        var layout = Layout(Mapped.Service);
        layout.Stops.Zip(layout.Stops.Skip(1)).ShouldAllBe(pair => pair.Second.Y > pair.First.Y);
        layout.Stops.Single(s => s.About == "deep").X.ShouldBeGreaterThan(layout.Stops.Single(s => s.About == "size").X);
        layout.Stops.Single(s => s.About == "age").X.ShouldBe(layout.Stops.Single(s => s.About == "size").X);
        layout.Height.ShouldBeGreaterThan(layout.Stops[^1].Y);
    }

    [Fact]
    public void What_no_example_takes_and_what_nobody_can_take_are_told_apart()
    {
        var small = Layout(Mapped.Service, "examples:\n  small:\n    channel: web\n    answers:\n      size: small\n      age: 3\n");
        (small.Stops.Single(s => s.About == "size").State, small.Stops.Single(s => s.About == "deep").State).ShouldBe((MapState.Tested, MapState.Untested));
        small.Stops.Single(s => s.About == "deep").Note.ShouldBe("No example comes here");
        // The way past the loop is taken, the way into it is not.
        small.Tracks.Where(t => t.Bend == MapBend.None && t.FromX == small.Stops[0].X).MaxBy(t => t.ToY - t.FromY)!.State.ShouldBe(MapState.Tested);
        small.Tracks.Where(t => t.Bend != MapBend.None).ShouldAllBe(t => t.State == MapState.Untested);

        var dead = LongForm.Read(Mapped.Ask.Replace("when: size is large\n  wet:", "when: size is large and size is small\n  wet:", StringComparison.Ordinal));
        Layout(dead).Stops.Single(s => s.About == "deep").Note.ShouldBe("Nobody can come here");
    }

    /// <summary>A long form: many questions, a third of them in loops of three, within each other every other time.</summary>
    static ServiceDefinition Long(int questions) => LongForm.Read("ask:\n  a0:\n    question: Is it so?\n    type: yes-no\n" + string.Concat(Enumerable.Range(1, questions - 1).Select(i =>
        $"  a{i}:\n    question: Is it {i} of those many things that we have to ask you about here, before we can say anything?\n    type: yes-no\n{(i % 9 is >= 3 and <= 5 ? $"    when: a{i / 9 * 9}{(i % 9 == 4 ? $" and a{i - 1}" : "")}\n" : "")}")));

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(400)]
    public void However_long_a_form_is_no_line_crosses_another_and_all_words_are_within_the_drawing(int questions)
    {
        var layout = Layout(Long(questions));
        layout.Stops.Count(s => s.Mark == MapMark.Question).ShouldBe(questions);
        // Lanes are apart, and on one lane no two pieces share a stretch but at their ends.
        foreach (var lane in layout.Tracks.Where(t => t.Bend == MapBend.None).GroupBy(t => t.FromX))
            lane.OrderBy(t => t.FromY).Zip(lane.OrderBy(t => t.FromY).Skip(1)).ShouldAllBe(pair => pair.Second.FromY >= pair.First.ToY);
        foreach (var stop in layout.Stops)
            stop.Words.ShouldAllBe(w => stop.X + 18 + MapText.Width(w, JourneyLayout.Size) <= JourneyLayout.Width);
        layout.Height.ShouldBeGreaterThan(layout.Stops[^1].Y);
    }

    [Fact]
    public void Stages_stand_in_the_order_in_which_cases_come_to_them_and_lead_on_at_the_right_and_back_at_the_left()
    {
        var service = Mapped.WithWork(Mapped.ThreeStages);
        var layout = WorkLayout.Of(service, Mapped.Coverage(service, Nobody), Phrases.English);
        layout.Boxes.Select(b => (b.Part.Name, b.IsStart, b.State)).ShouldBe([("look", true, MapState.Untested), ("visit", false, MapState.Untested), ("repair", false, MapState.Untested), ("lost", false, MapState.Never)]);
        layout.Boxes.Zip(layout.Boxes.Skip(1)).ShouldAllBe(pair => pair.Second.Y > pair.First.Y + pair.First.Height);
        layout.Lines.Select(l => (l.From, l.Action, l.To, l.LaneX > l.FromX)).ShouldBe([("look", "visit", "visit", true), ("look", "repair", "repair", true), ("visit", "order", "repair", true), ("repair", "again", "visit", false)], ignoreOrder: true);
        var (left, right) = (layout.Boxes[0].X, layout.Boxes[0].X + layout.Boxes[0].Width);
        layout.Lines.ShouldAllBe(l => l.LaneX < left || l.LaneX > right);
        layout.Lines.ShouldAllBe(l => l.LaneX > 0 && l.LaneX < layout.Width);
    }

    [Fact]
    public void Lines_that_pass_each_other_have_lanes_of_their_own()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 200; round++)
        {
            var spans = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(0, 12)).Select(from => (From: from, To: from + random.Next(0, 12))).ToList();
            var lanes = WorkLayout.Lanes(spans);
            for (var i = 0; i < spans.Count; i++)
                for (var j = i + 1; j < spans.Count; j++)
                    if (lanes[i] == lanes[j]) (spans[i].To < spans[j].From || spans[j].To < spans[i].From).ShouldBeTrue($"{spans[i]} and {spans[j]} share lane {lanes[i]}.");
        }
    }

    [Fact]
    public void Words_are_broken_at_their_spaces_and_long_ones_are_cut()
    {
        MapText.Wrap("Is it deeper than a golf ball?", 120, 16).ShouldBe(["Is it deeper", "than a golf", "ball?"]);
        MapText.Wrap(new string('x', 40), 100, 16, most: 2).Count.ShouldBe(2);
        MapText.Wrap("one two three four five six", 50, 16, most: 2)[^1].ShouldEndWith("…");
    }
}
