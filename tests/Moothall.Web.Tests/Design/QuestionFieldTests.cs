using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Moothall.Definitions;
using Moothall.Web.Questions;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Design;

public sealed class QuestionFieldTests
{
    static readonly SourcePlace Place = new("service.yaml", 1, 1);

    static Question Ask(string type, bool optional = false) => new()
    {
        Name = "q",
        Text = new(new Dictionary<string, string> { ["en"] = "What is it?", ["cy"] = "Beth ydyw?" }),
        Type = new NamedType(type),
        Optional = optional,
        Options = [new("one", new Prose("One"), null, Place), new("two", new Prose("Two"), new Prose("The second"), Place)],
        Accept = ["jpeg", "pdf"],
        Place = Place,
    };

    static IDocument Draw(QuestionField field) => new HtmlParser().ParseDocument(field.ToHtml());

    public static TheoryData<string, string> Fields => new()
    {
        { "text", "q" }, { "long-text", "q" }, { "number", "q" }, { "money", "q" }, { "email", "q" }, { "phone", "q" }, { "web", "q" }, { "postcode", "q" }, { "reference", "q" },
        { "date", "q-day q-month q-year" }, { "month", "q-month q-year" }, { "time", "q-hour q-minute" }, { "yes-no", "q q" }, { "choice", "q q" }, { "choices", "q q" }, { "declaration", "q" },
        { "file", "q" }, { "address", "q-line1 q-line2 q-town q-postcode" }, { "location", "q q-latitude q-longitude" }, { "person", "q-name q-email q-phone" }, { "organisation", "q-name q-number" },
    };

    [Theory, MemberData(nameof(Fields))]
    public void A_type_draws_its_fields_each_with_a_label_under_one_heading(string type, string fields)
    {
        var page = Draw(new QuestionField { Question = Ask(type), AsPageHeading = true });
        var drawn = page.QuerySelectorAll("input, textarea").ToList();
        drawn.Select(f => f.GetAttribute("name")).ShouldBe(fields.Split(' '));
        page.QuerySelectorAll("h1").ShouldHaveSingleItem().TextContent.ShouldBe("What is it?");
        foreach (var field in drawn) page.QuerySelectorAll($"label[for='{field.Id}']").ShouldHaveSingleItem();
        page.QuerySelectorAll("[id]").Select(e => e.Id).ShouldBeUnique();
    }

    [Theory, MemberData(nameof(Fields))]
    public void A_fault_stands_beside_its_field_and_the_summary_links_to_it(string type, string fields)
    {
        var question = Ask(type);
        foreach (var field in fields.Split(' ').Append("q").Distinct())
        {
            Fault[] faults = [new("q", field, "Mend <this>"), new("other", "other", "Not mine")];
            var page = Draw(new QuestionField { Question = question, Faults = faults });
            page.QuerySelectorAll(".govuk-error-message").ShouldHaveSingleItem().TextContent.ShouldBe("Error: Mend <this>");
            var summary = new HtmlParser().ParseDocument(new FaultSummary { Faults = faults[..1], Questions = [question] }.ToHtml());
            var link = summary.QuerySelector(".govuk-error-summary a")!;
            link.TextContent.ShouldBe("Mend <this>");
            page.QuerySelector(link.GetAttribute("href")!)!.LocalName.ShouldBeOneOf("input", "textarea");
        }
    }

    [Theory, MemberData(nameof(Fields))]
    public void What_was_typed_is_kept_as_it_was(string type, string fields)
    {
        var choice = type is "yes-no" or "choice" or "choices" or "declaration";
        var typed = type switch { "yes-no" or "declaration" => "yes", "choice" or "choices" => "two", _ => "\"<b>&" };
        var page = Draw(new QuestionField { Question = Ask(type), Values = fields.Split(' ').Distinct().ToDictionary(f => f, _ => (IReadOnlyList<string>)[typed]) });
        if (type == "file") return;
        foreach (var field in page.QuerySelectorAll("input, textarea"))
        {
            if (choice) field.HasAttribute("checked").ShouldBe(field.GetAttribute("value") == typed);
            else (field.LocalName == "textarea" ? field.TextContent : field.GetAttribute("value")).ShouldBe(typed);
        }
    }

    [Fact]
    public void An_optional_question_says_so_in_the_readers_language()
    {
        Draw(new QuestionField { Question = Ask("text", optional: true) }).QuerySelector("label")!.TextContent.ShouldBe("What is it? (optional)");
        Draw(new QuestionField { Question = Ask("text", optional: true), Language = "cy" }).QuerySelector("label")!.TextContent.ShouldBe("Beth ydyw? (dewisol)");
    }

    [Fact]
    public void Files_already_sent_are_kept_and_can_be_removed()
    {
        var page = Draw(new QuestionField { Question = Ask("file"), AsPageHeading = true, FilesShown = [new("F1", "<hole>.jpeg", "jpeg", 2_000_000), new("F2", "b.pdf", "pdf", 900)] });
        page.QuerySelectorAll("input[type=hidden][name=q]").Select(i => i.GetAttribute("value")).ShouldBe(["F1", "F2"]);
        page.QuerySelectorAll("input[type=checkbox][name=q-remove]").Select(i => i.GetAttribute("value")).ShouldBe(["F1", "F2"]);
        page.QuerySelector(".files__name")!.TextContent.ShouldBe("<hole>.jpeg");
        page.QuerySelector("input[type=file]")!.GetAttribute("accept").ShouldBe(".jpg,.jpeg,image/jpeg,.pdf,application/pdf");
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
    }

    [Fact]
    public void Answers_are_shown_in_order_with_a_link_that_can_be_heard_alone()
    {
        var rows = new HtmlParser().ParseDocument(new AnswerRows { Questions = [Ask("text")], Answers = Answers.None.With("q", new TextAnswer("<hello>")), ChangeHref = q => "/change/" + q.Name }.ToHtml());
        rows.QuerySelector("dt")!.TextContent.ShouldBe("What is it?");
        rows.QuerySelector("dd")!.TextContent.ShouldBe("<hello>");
        var link = rows.QuerySelector("a")!;
        (link.GetAttribute("href"), link.TextContent).ShouldBe(("/change/q", "Change What is it?"));
    }

    [Fact]
    public void A_question_passed_over_reads_not_provided() =>
        new HtmlParser().ParseDocument(new AnswerRows { Questions = [Ask("text")], Answers = Answers.None.With("q", SkippedAnswer.Value) }.ToHtml()).QuerySelector("dd")!.TextContent.ShouldBe("Not provided");

    /// <summary>A type that has only a name and fields: what is drawn depends on nothing else.</summary>
    sealed class NamedType(string name) : QuestionType
    {
        public override string Name => name;
        public override ValueKind Kind => ValueKind.Text;
        public override IReadOnlyList<string> Fields(Question question) => [.. QuestionFieldTests.Fields.Single(f => f.Data.Item1 == name).Data.Item2.Split(' ').Distinct()];
        public override Reading Read(Question question, IFormFields typed, ReadingContext context) => throw new NotSupportedException();
        public override Reading ReadJson(Question question, JsonElement value, ReadingContext context) => throw new NotSupportedException();
        public override JsonNode? ToJson(Question question, Answer answer) => throw new NotSupportedException();
        public override Answer FromStored(Question question, JsonElement value) => throw new NotSupportedException();
        public override IReadOnlyDictionary<string, IReadOnlyList<string>> ToFields(Question question, Answer answer) => throw new NotSupportedException();
        public override IReadOnlyList<string> Show(Question question, Answer answer, string language) => [((TextAnswer)answer).Text];
        public override JsonObject Schema(Question question, string language) => throw new NotSupportedException();
    }

    [Fact]
    public void Of_many_answers_one_is_picked_from_a_list()
    {
        var question = Ask("choice") with { Options = [.. Enumerable.Range(1, 41).Select(i => new Option($"a{i}", new Prose($"Area {i}"), null, Place))] };
        var page = Draw(new QuestionField { Question = question, Values = new Dictionary<string, IReadOnlyList<string>> { ["q"] = ["a7"] } });
        page.QuerySelectorAll("input").ShouldBeEmpty();
        page.QuerySelectorAll("select#q option").Length.ShouldBe(42);
        page.QuerySelector("option[selected]")!.TextContent.ShouldBe("Area 7");
        page.QuerySelector("label[for='q']")!.TextContent.ShouldContain("What is it?");
        Draw(new QuestionField { Question = question, Language = "cy" }).QuerySelectorAll("option[lang=en]").Length.ShouldBe(41, "what is not translated says which language it is in");

        // A list to pick from has no room for what is said about an answer.
        var told = Draw(new QuestionField { Question = question with { Options = [.. question.Options, new("other", new Prose("Other"), new Prose("Outside our area"), Place)] } });
        told.QuerySelectorAll("input[type=radio]").Length.ShouldBe(42);
        told.QuerySelector(".govuk-radios__hint")!.TextContent.ShouldContain("Outside our area");
    }

    [Fact]
    public void Words_are_counted_and_what_stands_alone_unticks_the_others_and_a_title_is_not_said_twice()
    {
        var text = Draw(new QuestionField { Question = Ask("long-text") with { MaxWords = 250 } });
        text.QuerySelector(".govuk-character-count")!.GetAttribute("data-maxwords").ShouldBe("250");
        text.QuerySelector("#q-info")!.TextContent.ShouldBe("You can enter up to 250 words");
        var several = Draw(new QuestionField { Question = Ask("choices") with { Options = [new("one", new Prose("One"), null, Place), new("none", new Prose("None"), null, Place) { Alone = true }] } });
        several.QuerySelectorAll("input").Select(i => i.GetAttribute("data-behaviour")).ShouldBe([null, "exclusive"]);
        Draw(new QuestionField { Question = Ask("yes-no"), SaidAbove = true }).QuerySelector("legend")!.ClassList.ShouldContain("govuk-visually-hidden");
        Draw(new QuestionField { Question = Ask("file"), SaidAbove = true, FilesShown = [new("F1", "a.pdf", "pdf", 900)] }).QuerySelector("legend")!.ClassList.ShouldContain("govuk-visually-hidden");
    }
}
