using Moothall.Definitions.Tests.Reachability;
using Moothall.Definitions.Tests.ReadingFiles;
using Moothall.Definitions.Tests.Sentences;
using Moothall.Tests.Languages;
using NodaTime;

namespace Moothall.Definitions.Tests.Languages;

/// <summary>Slips that no other test makes, so that each finding there is has been made once.</summary>
public class FindingsThatAreRareTests
{
    static readonly Surroundings Council = new()
    {
        Today = new LocalDate(2026, 11, 22), LookUps = Roads.Value, Partners = new HashSet<string> { "national-highways" },
        Agreements = new Dictionary<string, SharingAgreement> { ["ISA-2024-003"] = new("ISA-2024-003", "national-highways", new HashSet<string> { "where", "size", "photo" }, new LocalDate(2030, 3, 31)) },
    };

    static void Finds(string text, string said)
    {
        var reading = ServiceReader.Read("service.yaml", text, Roads.Value);
        var findings = (reading.Definition is { } definition ? Checker.Check(definition, Council) : reading.Findings).Proved(text);
        findings.ShouldContain(f => f.Message.Contains(said, StringComparison.Ordinal), $"{said}\n{string.Join('\n', findings)}");
    }

    [Theory]
    [InlineData("    fields: [where, size, photo]", "    fields: []", "nothing is shared with `national-highways`")]
    [InlineData("How big is it?", "Notwithstanding considerable uncertainties regarding dimensional characteristics, approximately how substantial is the aforementioned deterioration?", "this question reads as if for age")]
    [InlineData("  on closed: [email]\n", "  on closed: [email]\n  to: size\n", "messages cannot go to `size`, because it asks for no e-mail address; name a question of type `person` or `email`, for example `to: you`")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    accept: [jpeg, bmp]\n    optional: yes\n  you", "no kind of file is called `bmp`; there are")]
    [InlineData("    type: yes-no\n", "    type: yes-no\n    near: 1 metre\n", "`near` has no meaning for a question of type `yes-no`")]
    [InlineData("    type: location ", "    near: 9000 metres\n    type: location ", "`near` is a distance from")]
    [InlineData("      question: What did you find?\n      type: long-text", "      question: What did you find?\n      near: 50 metres\n      type: location", "`near` is for questions that residents are asked, and `finding` is asked of staff")]
    [InlineData("  deep:\n    question: Is it deeper", "  today:\n    question: Is it deeper", "`today` already means something in sentences")]
    [InlineData("    finding:\n      question", "    size:\n      question", "`size` is already a question in `ask`")]
    [InlineData("      question: What did you find?\n", "      question: What did you find?\n      text: Look twice.\n", "`text` is for the pages of residents, and `finding` is asked of staff")]
    [InlineData("      question: What did you find?\n", "      question: What did you find?\n      prefill: [link]\n", "`prefill` is for questions that residents are asked, and `finding` is asked of staff; take it out")]
    [InlineData("      question: What did you find?\n      type: long-text", "      question: What did you find?\n      looks-like: a_b\n      type: text", "`looks-like` is an example of letters and figures")]
    [InlineData("  priority:\n    urgent", "  size:\n    urgent", "`size` is already the name of a question")]
    [InlineData("  you:\n    question: How can we tell you what happens?\n    type: person                 # name, email, phone; told once, reused with consent\n    optional: yes\n", "  you: Who are you?\n", "the question `you` needs `question:` and `type:`")]
    [InlineData("      large: Bigger than a dinner plate\n", "      large:\n", "the option `large` has no label")]
    [InlineData("decide:\n", "exit:\n  none: Go away\ndecide:\n", "the exit `none` needs")]
    [InlineData("decide:\n", "alert:\n  wires: Keep away\ndecide:\n", "the alert `wires` needs")]
    [InlineData("decide:\n", "charge:\n  fine: £12\ndecide:\n", "the charge `fine` needs")]
    [InlineData("    urgent: size is large and deep\n    routine: otherwise           # last; rows do not overlap\n", "    [urgent, routine]\n", "the decision `priority` needs its values")]
    [InlineData("    urgent: size is large and deep\n    routine: otherwise           # last; rows do not overlap\n", "", "the decision `priority` has no values")]
    [InlineData("6 years after closed", "6 hours after closed", "`6 hours` is not a time to keep records")]
    [InlineData("  cost: {web: 0.09", "  cost: {web: -1", "a cost is an amount of pounds from 0 up")]
    [InlineData("  national-highways:\n    agreement: ISA-2024-003\n    when: where.road is motorway\n    fields: [where, size, photo]\n", "  national-highways: [where]\n", "sharing with `national-highways` needs")]
    [InlineData("    repair:\n      actions:\n        repaired:\n          label: Repaired\n          close: repaired\n          ask: [after]\n", "    repair: Mend it\n", "the stage `repair` needs `actions:`")]
    [InlineData("      within: 1 working day\n", "      within: 1 working day\n      waiting-for: council\n", "a stage can wait only for the `resident`")]
    [InlineData("        repaired:\n          label: Repaired\n          close: repaired\n          ask: [after]\n", "        repaired: Mend it\n", "the action `repaired` needs `to:` or `close:`")]
    [InlineData("kind: report ", "kind: riport ", "no kind of service is called `riport`")]
    [InlineData("title: Report a pothole", "title: {en: Report a pothole, cy: Twll}", "`title` in several languages goes on lines of its own")]
    [InlineData("title: Report a pothole", "title: {a: b}", "`title` takes words, but a map in { } stands here")]
    [InlineData("title: Report a pothole", "title: \" \"", "`title` is empty; write the words")]
    [InlineData("prefix: POT ", "sign-in: passwort\nprefix: POT ", "`sign-in` is one of ")]
    [InlineData("prefix: POT ", "prefix: [POT] ", "`prefix` takes one text, but a list stands here")]
    [InlineData("keep:\n  for: 6 years after closed\n  because: public task\n  personal: [you, where, photo]\n", "keep: 6 years\n", "`keep` takes keys of its own on the lines below")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    accept: {a: b}\n    optional: yes\n  you", "`accept` takes a list, but a map in { } stands here")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    accept: [jpeg, [png]]\n    optional: yes\n  you", "each item of `accept` is one text, but a list stands here")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    accept: [jpeg, \"\"]\n    optional: yes\n  you", "an item of `accept` is empty")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    accept: [jpeg, jpeg]\n    optional: yes\n  you", "`jpeg` stands twice in `accept`")]
    [InlineData("    accept: [jpeg, png]\n    optional: yes\n  you", "    most-files: 90\n    optional: yes\n  you", "`most-files` must be a whole number, between 1 and 20")]
    [InlineData("title: Report a pothole", "title: \u0007Report a pothole", "there is a character here that cannot be seen (U+0007)")]
    [InlineData("decide:\n", "exit:\n  none:\n    when: deep and size is small\n    title: We cannot help\n    text: Ask the owner.\ndecide:\n", "the exit `none` can never be taken, because")]
    [InlineData("    when: where.road is motorway\n", "    when: deep and size is small\n", "`national-highways` can never be told anything, because")]
    [InlineData("decide:\n", "alert:\n  all:\n    when: size is small or size is large\n    title: Keep away\n    text: It is deep.\n    ring: 999\ndecide:\n", "everybody is told `all`; say it under `danger` of the start page")]
    [InlineData("work:\n", "charge:\n  fine:\n    label: Fine\n    amount:\n      £10: otherwise\n      £12: size is large\n    due: on received\n    income-code: F-1\nwork:\n", "`£10: otherwise` must be the last line of `fine`")]
    [InlineData("keep:\n", "renew:\n  after: [repaired]\n  every: 1 year\n  remind: 30 days before\n  begins: finding\nkeep:\n", "`finding` does not ask for a date")]
    [InlineData("keep:\n", "renew:\n  after: [repaired]\n  every: 1 year\n  remind: 30 days before\n  begins: finding\nkeep:\n", "the action `repaired` closes with `repaired` and does not ask `finding`")]
    [InlineData("    type: person                 # name, email, phone; told once, reused with consent\n    optional: yes\n\ndecide", "    type: text\n    optional: yes\n\ndecide", "nobody can be told, because no question asks for an e-mail address")]
    [InlineData("    urgent: size is large and deep\n    routine: otherwise           # last; rows do not overlap\n", "    label: How soon\n", "the decision `priority` has no values; write at least")]
    [InlineData("    type: yes-no\n", "    type: zzzzzzzzzz\n", "there are `address`")]
    [InlineData("  priority:\n    urgent: size is large and deep\n    routine: otherwise           # last; rows do not overlap\n", "  priority: {urgent: size is large, routine: otherwise}\n", "words with spaces may not stand inside { } or [ ]")]
    [InlineData("work:\n", "zzzzzzzzzz: 1\nwork:\n", "this file takes `service`")]
    [InlineData("      large: Bigger than a dinner plate\n", "      large: Bigger than a dinner plate\n      b: B\n      c: C\n      d: D\n      e: E\n      f: F\n      g: G\n      h: H\n  x:\n    question: Why?\n    type: text\n    when: size is zzzzzzzz\n", "and 1 more")]
    [InlineData("  photo:\n    question: Do you have a photo?", "  a:\n    question: A?\n    type: number\n    at-least: 0\n    at-most: 9\n  b:\n    question: B?\n    type: number\n    at-least: 0\n    at-most: 9\n  c:\n    question: C?\n    type: number\n    at-least: 0\n    at-most: 9\n    when: a + b > 3\n  photo:\n    question: Do you have a photo?", "that `c` can be asked")]
    [InlineData("          to: inspection\n", "          to: not-ours\n", "`not-ours` is an outcome, not a stage; write `close: not-ours`")]
    [InlineData("          close: not-ours\n", "          close: repair\n", "`repair` is a stage, not an outcome; write `to: repair`")]
    [InlineData("[where, size, photo]", "[where size, photo]", "`where size` is read as one name; put a comma between two: `where, size`")]
    [InlineData("title: Report a pothole\n", "title:\n  en: Report a pothole\n  summery: Tell us\n", "`summery` is no language; a language has two letters, like `cy`. If it is a key beside `title`, begin it in the same column")]
    [InlineData("      small: Smaller than a dinner plate\n", "      small:\n        en: Smaller than a dinner plate\n        large:\n          en: Bigger\n", "`large` stands one level too far right; take two spaces away before it, and before what belongs with it, so that it stands beside")]
    [InlineData("    type: yes-no\n", "    type: yes-no\n    depth:\n      question: How deep is it?\n      type: number\n", "so that it stands in the same column as")]
    [InlineData("    urgent: size is large and deep\n", "    lable:\n      en: How soon\n    urgent: size is large and deep\n", "no value has words alone, so `lable` is not one; did you mean `label`?")]
    [InlineData("decide:\n", "exit:\n  deep-or-not:\n    when: deep or not deep\n    title: We cannot help\n    text: Ask the owner.\ndecide:\n", "everybody who is asked takes the exit `deep-or-not`, whatever they answer")]
    [InlineData("  photo:\n    question: Do you have a photo?", "  more:\n    page: More\n    ask: [photo]\n    when: size is large\n  photo:\n    when: size is large\n    question: Do you have a photo?", "the heading's `when` asks `photo` already; leave its `when` out")]
    [InlineData("      large: Bigger than a dinner plate\n  deep:\n    question: Is it deeper than a golf ball?\n    type: yes-no\n    when: size is large\n", "      large: Bigger than a dinner plate\n      where: Somewhere\n  deep:\n    question: Is it deeper than a golf ball?\n    type: yes-no\n    when: size is large or where\n", "which is neither true nor false alone; did you mean `size is where`?")]
    [InlineData("  photo:\n", "  photo\n", "a colon is missing after `photo`; put a colon after it: `photo:`")]
    public void A_rare_slip_in_a_service_is_found(string was, string became, string said) => Finds(PotholeFile.With(was, became), said);

    [Theory]
    [InlineData("yes", "what always holds needs no sentence; take `when` out")]
    [InlineData("no", "`no` needs a question before it: `deep is no`")]
    [InlineData("needs has not braille", "`not` stands before the question; write `not needs has braille`")]
    [InlineData("needs has large print", "`needs` has no answer `large`; did you mean `large-print`?")]
    [InlineData("needs has Braille", "an option is named by its name and not by its words; write its name: `needs has braille`")]
    [InlineData("if size is large", "a sentence begins with what it is about; write it without `if`")]
    [InlineData("children > 3 years", "after a number only `days` may stand, and an age is in years already; take `years` out, or say it in days")]
    [InlineData("children > 30 pounds", "write the amount as £30")]
    [InlineData("otherwsie", "no question called `otherwsie`; did you mean `otherwise`? It stands alone as the last row of a decision")]
    [InlineData("deep AND deep", "write `and` in place of `AND`")]
    [InlineData("is large", "something is missing before `is`")]
    [InlineData("priority.x is y", "`priority` is decided; it has no parts")]
    [InlineData("colur is red", "did you mean `colour`? It is asked later, and a sentence can only look back")]
    [InlineData("you.x is y", "`you` has no part `x`; it has")]
    [InlineData("days from size to today > 3", "`size` is a choice; `days from` needs two dates")]
    [InlineData("size is", "something is missing after `is`")]
    [InlineData("today is answered", "`today` is not a question, so it cannot be answered")]
    [InlineData("photos is one of a", "`photos` is a question for files, so `is one of` cannot be said of it")]
    [InlineData("size si large", "`si` was not expected here; did you mean `is`?")]
    [InlineData("size large", "`large` was not expected here; after `size` comes `is`, `has` or a comparison")]
    [InlineData("priority", "`priority` is a decision, which is neither true nor false alone")]
    [InlineData("children > (deep and deep)", "`(deep and deep)` is true or false, so nothing can be compared with it")]
    [InlineData("(deep and deep) + 1 > 2", "`(deep and deep)` is true or false, so it cannot be worked out with `+`")]
    [InlineData("size + 1 > 2", "`size` is a choice, so it cannot be worked out with `+`")]
    [InlineData("deep deep", "`deep` was not expected here; join two parts with `and` or `or`")]
    public void A_rare_slip_in_a_sentence_is_found(string sentence, string said) => SentenceForm.Wrong(sentence).Message.ShouldContain(said);

    const string Form = """
        ask:
          big:
            question: Is it a big project?
            type: yes-no
          costs:
            group: What do you need to buy?
            one: cost
            ask: [what, amount]
          what:
            question: What is it for?
            type: text
          amount:
            question: How much is it?
            type: money
            at-most: £500
          guests:
            group: Who comes?
            one: guest
            ask: [called]
          called:
            question: What are they called?
            type: text
          why:
            question: Why do you ask us?
            type: text
            when: big
        decide:
          total:
            is: sum of amount
          route:
            board: big
            officer: otherwise
        """;

    [Theory]
    [InlineData("because: public task", "because: public task\n  personal: [what]", "`what` is asked in the group `costs`, which is kept as a whole; write `costs`")]
    [InlineData("keep:\n", "share:\n  police:\n    agreement: A-1\n    when: big\n    fields: [amount]\nkeep:\n", "`amount` is asked in the group `costs`, which is passed on as a whole; write `costs`")]
    [InlineData("    board: big\n    officer: otherwise", "    board: count of costs > 2", "`route` has no row for some answers")]
    [InlineData("    board: big\n    officer: otherwise", "    board: sum of amount > £100", "`sum of amount` £")]
    [InlineData("    when: big", "    when: sum of costs > £3", "`costs` is a group; name the question of its rows that is to be added up: `sum of amount`")]
    [InlineData("    when: big", "    when: sum of guests > 3", "`guests` is a group; name the question of its rows that is to be added up")]
    [InlineData("    when: big", "    when: sum of big > 3", "`big` is asked once, so there is nothing to add up; write `big` alone")]
    [InlineData("    when: big", "    when: sum of what > 3", "`what` is of type `text`; only numbers and amounts of money can be added up")]
    [InlineData("    when: big", "    when: costs", "write `costs is answered` or `count of costs > 1`")]
    [InlineData("    board: big", "    board: total.pence > 1", "`total` is worked out; it has no parts")]
    [InlineData("    when: big", "    when: big\n  last:\n    page: The last\n    ask: [why]", "the page `last` asks `why` next; put the questions of a page")]
    [InlineData("    when: big", "    when: big\n  last:\n    group: The last\n    one: answer\n    ask: [why]", "the group `last` asks `why` next; put the questions of a group")]
    [InlineData("    question: What is it for?\n    type: text", "    question: Where is it?\n    type: location\n    near: 50 metres", "and the group `costs` may have several; take `near` out")]
    [InlineData("    ask: [what, amount]", "    ask: [what, amount]\n    at-least: 21", "`at-least` is greater than `at-most`, which is 20 where it is not written")]
    [InlineData("    ask: [called]", "    ask: []", "`guests` asks nothing; name questions in its `ask`")]
    [InlineData("  big:\n", "  before:\n    page: Before you start\n    text: Have your papers at hand.\n    details:\n      why: We must know.\n  big:\n", "the detail `why` needs `title:` and `text:`")]
    [InlineData("    when: big", "    when: big\n  end:\n    page: The end\n    text: Thank you.", "no question follows the page `end`; a page that is only read")]
    [InlineData("    question: Why do you ask us?\n    type: text", "    question: Do you have a photo?\n    type: file\n    most-size: 5 pounds", "`most-size` is the size of the largest file, from 1MB to")]
    public void A_rare_slip_in_a_long_form_is_found(string was, string became, string said)
    {
        var text = LongForm.Text(Form);
        text.ShouldContain(was);
        Finds(text.Replace(was, became, StringComparison.Ordinal), said);
    }

    [Fact]
    public void What_cannot_be_proved_is_found_for_charges_and_dangers()
    {
        const string numbers = "  a:\n    question: A?\n    type: number\n    at-least: 0\n    at-most: 9\n  b:\n    question: B?\n    type: number\n    at-least: 0\n    at-most: 9\n  c:\n    question: C?\n    type: number\n    at-least: 0\n    at-most: 9\n    when: a + b > 3\n";
        var text = PotholeFile.With("  photo:\n    question: Do you have a photo?", numbers + "  photo:\n    question: Do you have a photo?").Replace("work:\n",
            "alert:\n  wires:\n    when: a + b > 5\n    title: Keep away\n    text: Bare wires can kill.\n    ring: 999\ncharge:\n  fine:\n    label: Fine\n    amount: £1 * c\n    when: a + b > 7\n    due: on received\n    income-code: F-1\nwork:\n", StringComparison.Ordinal);
        foreach (var said in (string[])["that the alert `wires` can be raised", "that `fine` is ever charged", "that `c` is answered by everybody who is charged `fine`"]) Finds(text, said);
    }

    [Fact]
    public void A_file_without_questions_and_one_that_tells_nobody_are_found()
    {
        Finds(PotholeFile.Text[..PotholeFile.Text.IndexOf("ask:\n", StringComparison.Ordinal)] + "ask: {}\n" + PotholeFile.Text[PotholeFile.Text.IndexOf("decide:\n", StringComparison.Ordinal)..], "`ask` has no questions");
        Finds(PotholeFile.With("    type: person                 # name, email, phone; told once, reused with consent", "    type: text").Replace("  on closed: [email]\n", "  on closed: [email]\n  to: size\n", StringComparison.Ordinal), "name a question of type `person` or `email`");
        MailTemplate.Read("received.en.md", $"subject: {new string('x', 200)}\n\nGood day.\n").Findings.Proved().ShouldContain(f => f.Message.StartsWith("the subject has 200 characters", StringComparison.Ordinal));
        var findings = new List<Finding>();
        Amount.Parse("(deep and deep)", SentenceForm.Place, SentenceForm.Scope, findings).ShouldBeNull();
        findings.Proved("(deep and deep)").ShouldHaveSingleItem().Message.ShouldStartWith("`(deep and deep)` is true or false");
    }

    [Fact]
    public void Rows_without_questions_and_answers_of_every_kind_are_shown()
    {
        var said = new SmallDefinition().Ask("a", "number").Ask("moving", "date").Ask("photos", "file", files: 3, optional: true).Ask("you", "person", optional: true).Ask("needs", "choices", options: ["large-print", "braille"], optional: true)
            .Decide("never", ("one", "1 > 2")).Decide("ever", ("one", "1 < 2"), ("two", "otherwise")).Decide("both", ("one", "1 < 2"), ("two", "2 < 3"))
            .Decide("shown", ("one", "photos is answered")).Decide("told", ("one", "you is answered"), ("two", "you is answered")).Decide("helped", ("one", "needs has braille"), ("two", "needs has braille"))
            .Decide("soon", ("one", "moving <= today")).Decide("odd", ("one", "a - a > 1"), ("two", "otherwise")).Messages();
        foreach (var words in (string[])["`never` has no row for some answers; add", "`ever` is always `one`", "of `both` overlap: both hold for some answers; rows", "`photos` not answered", "`you` answered", "`needs` with braille", "1 day after today", "it works with `a` in a way that"])
            said.ShouldContain(m => m.Contains(words, StringComparison.Ordinal), string.Join('\n', said));
    }

    [Fact]
    public void What_cannot_be_proved_is_found_for_exits_decisions_and_partners()
    {
        var said = new SmallDefinition().Ask("a", "number").Ask("b", "number").Ask("c", "number")
            .Exit("gone", "a + b > 7").Decide("rank", ("high", "a + c > 3"), ("low", "b + c > 4")).Share("police", "a + c > 9").Messages();
        foreach (var words in (string[])["that the exit `gone` can be taken", "that the rows of `rank` leave no gap", "that `high` and `low` of `rank` do not overlap", "that `police` is ever told anything"])
            said.ShouldContain(m => m.Contains(words, StringComparison.Ordinal), string.Join('\n', said));
    }

    [Fact]
    public void Examples_of_gaps_say_days_years_files_and_the_day_itself()
    {
        var said = new SmallDefinition().Ask("born", "date").Ask("moving", "date").Ask("photos", "file", files: 3)
            .Decide("young", ("yes", "age of born < 18")).Decide("late", ("before", "moving < today - 3"), ("after", "moving > today + 3")).Decide("many", ("one", "count photos > 2"))
            .Decide("season", ("then", "today > 2030-01-01")).Messages();
        foreach (var words in (string[])["years ago", "today", "file", "today being"])
            said.ShouldContain(m => m.Contains(words, StringComparison.Ordinal), string.Join('\n', said));
    }
}
