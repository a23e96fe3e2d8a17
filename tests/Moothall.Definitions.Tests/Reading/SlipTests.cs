using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.ReadingFiles;

/// <summary>What a designer reads after a slip in the example service: each slip, and the line printed for it.</summary>
public class SlipTests
{
    [Theory]
    [InlineData("    type: location ", "  type: location ",
        "12:3: error: `type` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands in the same column as `look-up`")]
    [InlineData("    question: Where is the pothole?\n    type: location ", "  question: Where is the pothole?\n  type: location ",
        "11:3: error: `question` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `where`")]
    [InlineData("      small: S", "    small: S",
        "18:5: error: `small` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `options`")]
    [InlineData("    options:\n      small: Smaller than a dinner plate\n      large: Bigger than a dinner plate", "    options:\n    small: Smaller than a dinner plate\n    large: Bigger than a dinner plate",
        "18:5: error: `small` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `options`")]
    [InlineData("    options:\n      small: Smaller than a dinner plate\n      large: Bigger than a dinner plate", "  options:\n    small: Smaller than a dinner plate\n    large: Bigger than a dinner plate",
        "17:3: error: `options` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `size`")]
    [InlineData("ask:\n  where:\n    question", "ask:\nwhere:\n    question",
        "10:1: error: `where` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `ask`")]
    [InlineData("    type: location ", "   type: location ",
        "12:4: error: this line has 3 spaces before it, which fits no line above; to stand beside `question` it needs 4 spaces")]
    [InlineData("    type: location ", "     type: location ",
        "12:6: error: `type` is indented too far; begin it in the same column as `question` on line 11")]
    [InlineData("decide:\n  priority:\n    urgent: size is large and deep\n    routine: otherwise", "decide:\n  priority:\n  urgent: size is large and deep\n  routine: otherwise",
        "36:3: error: `urgent` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `priority`")]
    [InlineData("    urgent: size is large and deep", "    urgent:\n    when: size is large and deep",
        "37:5: error: `when` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `urgent`")]
    [InlineData("      actions:\n        inspect:", "    actions:\n        inspect:",
        "62:5: error: `actions` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `triage`")]
    [InlineData("    triage:\n      within: 1 working day\n      actions:", "    triage:\n    within: 1 working day\n    actions:",
        "61:5: error: `within` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `triage`")]
    [InlineData("          label: Send an inspector\n          to: inspection", "          label: Send an inspector\n        to: inspection",
        "65:9: error: `to` stands one level too far left; put two more spaces before it, and before what belongs with it, so that it stands under `inspect`")]
    public void A_slip_of_indent_is_named_where_it_was_made(string was, string became, string finding) =>
        PotholeFile.FindingsWith(was, became).ShouldBe([$"service.yaml:{finding}"]);

    [Theory]
    [InlineData("    type: yes-no", "    type:yes-no",
        "22:9: error: put a space after the colon: `type: yes-no`")]
    [InlineData("    type: yes-no", "    type yes-no",
        "22:5: error: this line has no `key:`; if it goes on with the text above, indent it further than the key of that text")]
    [InlineData("Where is the pothole?", "Where is it: road or path?",
        "11:15: error: this text has a colon followed by a space, which would begin another key; put the text in quotes: `question: \"Where is it: road or path?\"`")]
    [InlineData("Where is the pothole?", "Is it number #3?",
        "11:15: error: `#3?` is lost, because ` #` begins a comment; put the text in quotes, or for a comment put two spaces before the # and one after it")]
    [InlineData("Where is the pothole?", "Is it number 3? # ask twice",
        "11:15: error: `# ask twice` is lost, because ` #` begins a comment; put the text in quotes, or for a comment put two spaces before the # and one after it")]
    [InlineData("Where is the pothole?", "\"Where\" is it?",
        "11:15: error: the quotes end before the text does; put the whole text in quotes, and use the other kind of quotes inside it")]
    [InlineData("Where is the pothole?", "\"Where is it?",
        "11:15: error: the quotes that open here are never closed; end the text with `\"`")]
    [InlineData("Where is the pothole?", "@where is it?",
        "11:15: error: text cannot begin with `@`; put the text in quotes")]
    [InlineData("Where is the pothole?", "*where is it?",
        "11:15: error: `*` at the beginning means an alias, which is not used here; if it is text, put the text in quotes")]
    [InlineData("Where is the pothole?", "&where is it?",
        "11:15: error: `&` at the beginning means an anchor, which is not used here; if it is text, put the text in quotes")]
    [InlineData("Where is the pothole?", "!where is it?",
        "11:15: error: `!` at the beginning means a tag, which is not used here; in a sentence write `not`, and if it is text, put the text in quotes")]
    [InlineData("Where is the pothole?", "[Optional] where is it?",
        "11:15: error: text cannot begin with `[`; put the text in quotes")]
    [InlineData("Where is the pothole?", "[Where is it?]",
        "11:15: error: `question` takes words, but a list stands here; if it is text that begins with a bracket, put the text in quotes")]
    [InlineData("question: Where is the pothole?", "question: {en: Where is it?, cy: Ble}",
        "11:15: error: `question` in several languages goes on lines of its own: `en: ...` and below it `cy: ...`, without brackets")]
    [InlineData("question: Where is the pothole?", "question:\n      cy: Ble?",
        "12:7: error: `question` has no English words; add `en: ...`")]
    [InlineData("question: Where is the pothole?", "qestion: Where is the pothole?",
        "11:5: error: no key called `qestion` here; did you mean `question`?")]
    [InlineData("question: Where is the pothole?", "question: Where is the pothole?\n    Note: road",
        "12:5: error: no key called `Note` here; if this is part of a text with a comma or a colon, put the text in quotes")]
    [InlineData("type: yes-no", "type: yesno",
        "22:11: error: no type is called `yesno`; write `yes-no`")]
    [InlineData("type: yes-no", "type: slot",
        "22:11: error: the type `slot` is not available yet; take another for now")]
    [InlineData("prefix: POT ", "prefix: pot ",
        "3:9: error: `prefix` is two to six capital letters, but `pot` stands here; write `POT`")]
    [InlineData("prefix: POT ", "prefix: POT\nprefix: POT ",
        "4:1: error: `prefix` is already on line 3; a key may stand only once in its place, so rename or remove one")]
    [InlineData("prefix: POT ", "prefix:\tPOT ",
        "3:8: error: there is a tab here; use spaces instead, two for each level")]
    [InlineData("  photo:", "  Photo Of It:",
        "24:3: error: the name of a question is lower-case letters and figures with hyphens, up to 60, but `Photo Of It` stands here; write `photo-of-it`, or if it is part of a text with a colon, put the text in quotes")]
    [InlineData("      small: Smaller", "      small: {label: Smaller than, hint: x}\n      tiny: Smaller",
        "18:14: error: an option with a hint goes on lines of its own: `label: ...` and below it `hint: ...`, without brackets")]
    [InlineData("for: 6 years after closed", "for: 6 years",
        "103:8: error: `6 years` does not say when the time begins; write for example `6 years after closed` or `1 year after received`")]
    [InlineData("for: 6 years after closed", "for: 6 years `after closed",
        "103:8: error: `6 years `after closed` does not say when the time begins; write for example `6 years after closed` or `1 year after received`")]
    [InlineData("because: public task", "because: public tusk",
        "104:12: error: no lawful reason is called `public tusk`; did you mean `public task`?")]
    [InlineData("closed-in-time: 90%", "closed-in-time: 0.9",
        "108:28: error: a target is in per cent, such as `90%`, but `0.9` stands here")]
    [InlineData("phone: 2.59", "fone: 2.59",
        "109:37: error: no key called `fone` here; did you mean `phone`?")]
    [InlineData("on received: [email]", "on recieved: [email]",
        "92:3: error: nothing is told at `on recieved`; did you mean `on received`?")]
    [InlineData("on received: [email]", "at once: [email]",
        "92:3: error: nothing is told at `at once`; write `on received`, `on closed`, `on question`, `on late`, `on reopened`, `on moved`, or `on stage` with the name of a stage, for example `on stage repair`")]
    [InlineData("on received: [email]", "on received: email",
        "92:16: error: `on received` takes a list; write `on received: [email]`, or each item on a line of its own with `- `")]
    [InlineData("on received: [email]", "on received: [pigeon]",
        "92:17: error: nobody can be told by `pigeon`; there is `email`")]
    [InlineData("on received: [email]", "on received: [email, text]",
        "92:24: error: nobody can be told by `text` yet, because this program cannot send one; write `email`, or take it out")]
    [InlineData("on received: [email]", "on late: [letter]",
        "92:13: error: nobody can be told by `letter` yet, because this program cannot send one; write `email`, or take it out")]
    [InlineData("within: 1 working day", "within: soon",
        "61:15: error: `soon` is not a time that can be counted; write for example `2 hours`, `10 working days`, `2 clock hours`, `3 weeks` or `6 years`")]
    [InlineData("type: yes-no", "type: yes-no# sure",
        "22:11: error: a comment has two spaces before its `#` and one after it; write `type: yes-no  # sure`")]
    [InlineData("  deep:", "  - deep:",
        "20:3: error: a dash begins an item of a list, and here stand names and keys; take the dash away before `deep`")]
    [InlineData("    when: size is large", "    if: size is large",
        "23:5: error: no key called `if` here; write `when: size is large`")]
    [InlineData("type: yes-no", "type: yes-no optional: yes",
        "22:18: error: two keys stand on this line; put `optional: yes` on a line of its own, in the same column as `type`")]
    [InlineData("type: yes-no", "type = yes-no",
        "22:10: error: after a key stands a colon and a space; write `type: yes-no`")]
    [InlineData("    optional: yes\n  you:", "    required: yes\n  you:",
        "28:5: error: no key called `required` here; an answer is needed wherever `optional: yes` is not written, so write that, or nothing")]
    [InlineData("\nask:\n", "\nstart-page:\n  need:\n    -en: One\n     cy: Un\nask:\n",
        "11:5: error: put a space after the dash: `- en: One`")]
    [InlineData("          close: not-ours", "          close: Not our road",
        "68:18: error: `close` takes a name, and these are its words for people; write `not-ours`")]
    [InlineData("measure:", "slot: 3\nmeasure:",
        "107:1: error: `slot` is not available yet; take it out for now")]
    [InlineData("measure:", "---\nmeasure:",
        "107:1: error: a second document begins here; keep one service or list to a file, without `---` or `...` inside it")]
    [InlineData("measure:", "%measure:",
        "107:1: error: a line that begins with `%` is not used here; if it is text, put the text in quotes")]
    [InlineData("look-up: {road: roads}", "look-up: {road: roads",
        "13:14: error: the `{` that opens here is not closed rightly: it needs `}` and a comma between entries. Text with commas, colons or brackets goes on lines of its own, or if it begins with `{`, in quotes")]
    [InlineData("    type: location ", "    type: location\n    at-least: 3 ",
        "13:5: error: `at-least` has no meaning for a question of type `location`, only for `number`, `money`, `date` and `month`; take it out or change the type")]
    [InlineData("    type: long-text", "    type: date\n      at-least: today + 3 days\n      at-most: today",
        "50:7: error: `at-least` is greater than `at-most`, so that no answer would do; change one of them")]
    [InlineData("    type: long-text", "    type: money\n      at-least: £1,000.50\n      at-most: lots",
        "51:16: error: `at-most` of a question of type `money` is an amount, such as £30 or £2.50, but `lots` stands here")]
    public void A_slip_is_put_into_words_with_its_mend(string was, string became, string finding) =>
        PotholeFile.FindingsWith(was, became).ShouldBe([$"service.yaml:{finding}"]);

    [Theory]
    [InlineData("Where is the pothole?", "Is it number 3?  # ask twice")]
    [InlineData("Where is the pothole?", "\"Is it number #3: yes?\"")]
    [InlineData("question: Where is the pothole?", "question: >\n      Where is\n      the pothole?")]
    [InlineData("service:", "---\nservice:")]
    public void What_is_rightly_written_has_no_finding(string was, string became) => PotholeFile.FindingsWith(was, became).ShouldBeEmpty();
}
