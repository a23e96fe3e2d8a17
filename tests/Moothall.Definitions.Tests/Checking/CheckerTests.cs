using Moothall.Definitions.Tests.ReadingFiles;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Definitions.Tests.Checking;

public class CheckerTests
{
    sealed class Roads : ILookUps
    {
        public string? Find(string table, Answer answer) => null;
        public IReadOnlyList<string>? ValuesOf(string table) => table == "roads" ? ["motorway", "a-road", "local"] : null;
    }

    static readonly Surroundings Council = new()
    {
        Today = new LocalDate(2026, 11, 22),
        LookUps = new Roads(),
        Partners = new HashSet<string> { "national-highways", "police" },
        Agreements = new Dictionary<string, SharingAgreement>
        {
            ["ISA-2024-003"] = new("ISA-2024-003", "national-highways", new HashSet<string> { "where", "size", "photo" }, new LocalDate(2030, 3, 31)),
            ["ISA-2020-001"] = new("ISA-2020-001", "police", new HashSet<string> { "where" }, new LocalDate(2025, 3, 31)),
        },
    };

    static ServiceDefinition Read(string text, string file = "service.yaml")
    {
        var reading = ServiceReader.Read(file, text, Council.LookUps);
        reading.Findings.ShouldBeEmpty();
        return reading.Definition!;
    }

    static string[] Check(string text, Surroundings? council = null) => [.. Checker.Check(Read(text), council ?? Council).Proved(text).Select(f => f.ToString())];

    [Fact]
    public void The_example_is_found_right() => Check(PotholeFile.Text).ShouldBeEmpty();

    [Theory]
    [InlineData("start: triage", "start: traige", "58:10: error: no stage is called `traige`; did you mean `triage`?")]
    [InlineData("          to: inspection", "          to: inspecton", "65:15: error: no stage is called `inspecton`; did you mean `inspection`?")]
    [InlineData("          close: duplicate", "          close: elsewhere", "72:18: error: no outcome is called `elsewhere`; there are `repaired`, `no-defect`, `not-ours` and `duplicate`")]
    [InlineData("ask: [original]", "ask: [orginal]", "73:17: error: no question under `work` is called `orginal`; did you mean `original`?")]
    [InlineData("          to: inspection", "          ask: [finding]", "63:9: error: the action `inspect` leads nowhere; add `to:` with a stage or `close:` with an outcome")]
    [InlineData("          to: inspection", "          to: inspection\n          close: not-ours", "63:9: error: the action `inspect` has both `to` and `close`; keep one of them")]
    [InlineData("on stage repair", "on stage repairs", "93:3: error: no stage is called `repairs`; did you mean `repair`?")]
    [InlineData("          close: repaired\n", "          to: repair\n", "84:5: error: a case in the stage `repair` can never be closed; add an action with `close:`, or one with `to:` a stage that leads to one")]
    [InlineData("          to: repair\n", "          to: inspection\n", "84:5: error: no action leads to the stage `repair`; add an action with `to: repair`, or take the stage out")]
    [InlineData("by: priority,", "by: prioriti,", "75:20: error: no decision or choice question is called `prioriti`; did you mean `priority`?")]
    [InlineData("by: priority,", "by: deep,", "75:20: error: `by` needs a decision or a question of type `choice`, but `deep` is of type `yes-no`; make a decision from it")]
    [InlineData(", routine: 3 working days}", "}", "75:7: error: there is no time for `priority` being `routine`; add `routine:` with a time")]
    [InlineData("urgent: 2 hours", "urgent: 2 hours, urgnt: 3 hours", "75:54: error: `priority` is never `urgnt`; did you mean `urgent`?")]
    [InlineData("personal: [you,", "personal: [yoo, you,", "105:14: error: no question is called `yoo`; did you mean `you`?")]
    [InlineData("personal: [you, where, photo]", "personal: [where, photo]", "105:3: error: `you` is of type `person`, which says who somebody is; add it to `personal`")]
    [InlineData("{road: roads}", "{road: roads, ward: wards}", "13:34: error: there is no table called `wards` to look up `where.ward` in; check the name, or add the table to the council's places")]
    [InlineData("fields: [where, size, photo]", "fields: [where, sise]", "100:21: error: no question is called `sise`; did you mean `size`?")]
    [InlineData("fields: [where, size, photo]", "fields: [where, deep]", "100:21: error: the agreement `ISA-2024-003` does not cover `deep`; take it out of `fields`, or agree it with `national-highways` first")]
    [InlineData("agreement: ISA-2024-003", "agreement: ISA-2024-030", "98:16: error: no agreement is called `ISA-2024-030`; did you mean `ISA-2024-003`?")]
    [InlineData("{closed-in-time: 90%}", "{closed-in-time: 120%}", "108:28: error: a target is between 0% and 100%, but `closed-in-time` is 120%")]
    [InlineData("    duplicate: Already reported\n", "    duplicate: Already reported\n    moved: Moved away\n", "46:5: warning: no action closes with `moved`; use it in a `close:` or take it out")]
    [InlineData("ask: [original]", "ask: [finding]", "55:5: warning: no action asks `original`; name it in the `ask:` of an action or take it out")]
    [InlineData("Do you have a photo?", "Is it deeper than a golf ball", "25:15: warning: `photo` has the same title as `deep`; make each page's title its own, so that people know where they are")]
    [InlineData("Do you have a photo?", "Do you have a photo of the hole that you took on the day you saw it or on a day soon after it or that a friend took?", "25:15: warning: a sentence here has 29 words; write two of at most 25 each")]
    public void A_fault_is_found_at_its_word(string was, string became, string finding) =>
        Check(PotholeFile.With(was, became)).ShouldContain($"service.yaml:{finding}");

    [Fact]
    public void Hard_words_are_warned_of() =>
        Check(PotholeFile.With("Do you have a photo?", "Are you able to supply photographic documentation substantiating the aforementioned deterioration?"))
            .ShouldHaveSingleItem().ShouldStartWith("service.yaml:25:15: warning: this question reads as if for age ");

    [Fact]
    public void Sharing_needs_a_known_partner_of_a_living_agreement() =>
        Check(PotholeFile.With("  national-highways:\n    agreement: ISA-2024-003", "  polise:\n    agreement: ISA-2020-001")).ShouldBe([
            "service.yaml:97:3: error: no partner is called `polise`; did you mean `police`?",
            "service.yaml:98:16: error: the agreement `ISA-2020-001` is with `police`, not with `polise`; name the right one",
            "service.yaml:98:16: error: the agreement `ISA-2020-001` ended on 31 March 2025; renew it, or stop sharing",
            "service.yaml:100:21: error: the agreement `ISA-2020-001` does not cover `size`; take it out of `fields`, or agree it with `polise` first",
            "service.yaml:100:27: error: the agreement `ISA-2020-001` does not cover `photo`; take it out of `fields`, or agree it with `polise` first",
        ]);

    [Theory]
    [InlineData("text", 9, "error: with all rows filled in this form has 22,551 fields, and no more than 20,000 can be sent at once; most of them are in `stalls`, so ask less there")]
    [InlineData("file\n    most-files: 2", 1, "error: with all rows filled in this form has 5,000 files, and no more than 2,500 can be sent at once; most of them are in `stalls`, so take fewer there")]
    public void A_form_that_could_not_be_sent_at_once_is_refused(string type, int asks, string finding)
    {
        var names = Enumerable.Range(1, asks).Select(i => $"c{i}").ToList();
        Check(LongForm.Text($"""
            ask:
              stalls:
                group: Which stalls will there be?
                one: stall
                ask: [staff]
                at-most: 50
              staff:
                group: Who works there?
                one: worker
                ask: [{string.Join(", ", names)}]
                at-most: 50
            {string.Concat(names.Select(name => $"  {name}:\n    question: Say {name}?\n    type: {type}\n"))}
            """)).ShouldContain($"service.yaml:8:3: {finding}");
        Check(LongForm.Text($"""
            ask:
              stalls:
                group: Which stalls will there be?
                one: stall
                ask: [{string.Join(", ", names)}]
                at-most: 50
            {string.Concat(names.Select(name => $"  {name}:\n    question: Say {name}?\n    type: {type}\n"))}
            """)).ShouldNotContain(f => f.Contains("at once", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_that_could_say_nothing_is_refused()
    {
        string Of(string how) => LongForm.Text($"""
            ask:
              costs:
                group: What does it cost?
                one: cost
                ask: [what, amount]
              what:
                question: What for?
                type: text
                {how}
              amount:
                question: How much?
                type: money
                when: what is answered
            """);
        Check(Of("optional: yes")).ShouldContain("service.yaml:8:3: error: a row of `costs` could be left empty, and an empty row is none; let one of its questions be asked always and not be `optional`");
        Check(Of("max-length: 20")).ShouldNotContain(f => f.Contains("empty", StringComparison.Ordinal));
    }

    [Fact]
    public void Otherwise_must_be_the_last_row() =>
        Check(PotholeFile.With("    urgent: size is large and deep\n    routine: otherwise ", "    routine: otherwise\n    urgent: size is large and deep "))
            .ShouldContain("service.yaml:36:5: error: `routine: otherwise` must be the last line of `priority`, because it takes all that is left; move it down");

    [Fact]
    public void A_time_that_the_calendar_cannot_add_is_refused_in_its_words()
    {
        var calendar = WorkingCalendar.Usual(new HolidayList("test", new HashSet<LocalDate>(), 2026, 2026));
        var council = Council with { Calendar = calendar };
        Check(PotholeFile.Text, council).ShouldBeEmpty();
        var finding = Check(PotholeFile.With("close-within: 10 working days", "close-within: 100 working days"), council).ShouldHaveSingleItem();
        finding.ShouldStartWith("service.yaml:40:17: error: ");
        finding.ShouldContain("2026");
    }

    [Fact]
    public void A_prefix_of_another_service_is_refused() =>
        Check(PotholeFile.Text, Council with { Services = new Dictionary<string, string> { ["report-a-pothole"] = "POT", ["order-a-plant-pot"] = "POT" } })
            .ShouldBe(["service.yaml:3:9: error: the prefix `POT` is already that of `order-a-plant-pot`; choose another, so that references tell the services apart"]);

    [Fact]
    public void Two_files_of_one_name_or_prefix_are_found_together()
    {
        var other = Read(PotholeFile.With("service: report-a-pothole", "service: order-a-plant-pot"), "other.yaml");
        Checker.CheckTogether([Read(PotholeFile.Text), Read(PotholeFile.Text, "twin.yaml"), other]).Proved().Select(f => f.ToString()).ShouldBe([
            "twin.yaml:2:1: error: the service `report-a-pothole` is also in service.yaml; give one of them another name",
            "other.yaml:3:9: error: the prefix `POT` is already that of `report-a-pothole`; choose another, so that references tell the services apart",
        ]);
    }
}
