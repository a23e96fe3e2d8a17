using System.Text.Json;

namespace Moothall.Definitions.Tests;

public sealed class JourneyWithSentencesTests
{
    static readonly ServiceDefinition Service = Pothole.WithSentences();

    static readonly Answers Small = Pothole.Large.With("size", new ChoiceAnswer("small"));

    static Walk Walk(Answers answers) => Journey.Walk(Service, answers, Asked.Today);

    static (Answers Answers, string[] Faults) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (answers, faults) = AnswersReader.ReadAll(Service, document.RootElement, Asked.Context, Asked.Today);
        return (answers, [.. faults.Select(f => $"{f.Question}: {f.Message}")]);
    }

    [Fact]
    public void A_question_is_asked_when_its_sentence_holds()
    {
        Walk(Pothole.Large).Next!.Name.ShouldBe("deep");
        Walk(Small).Next!.Name.ShouldBe("photo");
    }

    [Fact]
    public void An_answer_no_longer_asked_decides_nothing_and_is_not_kept()
    {
        var changed = Small.With("deep", new YesNoAnswer(true)).With("photo", SkippedAnswer.Value).With("you", SkippedAnswer.Value);
        var walk = Walk(changed);
        walk.IsComplete.ShouldBeTrue();
        var kept = walk.OnPath;
        kept.Settled("deep").ShouldBeFalse();
        Journey.Decide(Service, kept, Asked.Today)["priority"].ShouldBe("routine");
    }

    [Fact]
    public void An_exit_is_taken_as_soon_as_all_it_names_is_settled()
    {
        Walk(Pothole.Large).Exit.ShouldBeNull();
        var walk = Walk(Pothole.Large.With("deep", new YesNoAnswer(false)).With("photo", SkippedAnswer.Value));
        walk.Exit!.Name.ShouldBe("too-shallow");
        walk.IsComplete.ShouldBeFalse();
        walk.Path[^1].Name.ShouldBe("deep");
    }

    [Fact]
    public void A_decision_may_use_one_before_it()
    {
        var decided = Journey.Decide(Service, Pothole.Large.With("deep", new YesNoAnswer(true)), Asked.Today);
        decided["priority"].ShouldBe("urgent");
        decided["team"].ShouldBe("night");
    }

    [Fact]
    public void All_answers_are_read_at_once()
    {
        var (answers, faults) = Read("""{"where":"High Street","size":"large","deep":true,"you":{"name":"Sam","email":"sam@example.org"}}""");
        faults.ShouldBeEmpty();
        Journey.Walk(Service, answers, Asked.Today).IsComplete.ShouldBeTrue();
        answers["photo"].ShouldBe(SkippedAnswer.Value);
    }

    [Fact]
    public void Each_missing_wrong_and_unknown_answer_is_a_fault() =>
        Read("""{"sise":"large","size":"large","you":{"name":"Sam","phone":"1"}}""").Faults.ShouldBe(
        [
            "sise: There is no question called `sise`; did you mean `size`?",
            "where: Enter an address or describe the place for “Where is the pothole?”",
            "deep: Select yes if it is deeper than a golf ball",
            "you: Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
        ]);

    [Fact]
    public void What_depends_on_a_wrong_answer_is_not_called_missing() =>
        Read("""{"where":"High Street","size":"huge"}""").Faults.ShouldBe(
            ["size: Select an answer to “How big is it?” from those listed; “huge” is not one of them"]);

    [Fact]
    public void An_answer_to_a_question_not_asked_is_dropped()
    {
        var (answers, faults) = Read("""{"where":"High Street","size":"small","deep":"perhaps"}""");
        faults.ShouldBeEmpty();
        answers.Settled("deep").ShouldBeFalse();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("\"where\"")]
    public void Answers_that_are_no_object_are_refused(string json) =>
        Read(json).Faults.ShouldBe(["answers: The answers must be an object with one member for each question"]);

    [Fact]
    public void The_desks_form_reads_as_the_API_does()
    {
        var (answers, faults) = AnswersReader.ReadAllForm(Service, new Form(("where", "High Street"), ("size", "large"), ("deep", "yes"), ("you-name", "Sam"), ("you-email", "sam@example.org")), Asked.Context, Asked.Today);
        faults.ShouldBeEmpty();
        var (same, _) = Read("""{"where":"High Street","size":"large","deep":true,"photo":null,"you":{"name":"Sam","email":"sam@example.org"}}""");
        AnswersJson.Write(Service, answers).ShouldBe(AnswersJson.Write(Service, same));
        AnswersReader.ReadAllForm(Service, new Form(("size", "large")), Asked.Context, Asked.Today).Faults.Select(f => f.Field).ShouldBe(["where", "deep"]);
    }

    [Fact]
    public void The_stored_form_is_in_the_definitions_order_and_forgets_other_questions()
    {
        var answers = Answers.None.With("you", SkippedAnswer.Value).With("gone", new TextAnswer("x")).With("deep", new YesNoAnswer(true)).With("size", new ChoiceAnswer("large"));
        var json = AnswersJson.Write(Service, answers);
        json.ShouldBe("""{"size":"large","deep":true,"you":null}""");
        AnswersJson.Write(Service, AnswersJson.Read(Service, json)).ShouldBe(json);
        AnswersJson.Read(Service, """{"gone":"x","size":"large"}""").Questions.ShouldBe(["size"]);
    }

    [Fact]
    public void The_schema_requires_what_is_always_asked()
    {
        var schema = AnswersSchema.Of(Service, "en");
        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        schema["required"]!.ToJsonString().ShouldBe("""["where","size"]""");
        schema["properties"]!["size"]!.ToJsonString().ShouldBe("""{"title":"How big is it?","type":"string","enum":["small","large"]}""");
        schema["properties"]!["deep"]!["type"]!.GetValue<string>().ShouldBe("boolean");
    }

    [Fact]
    public void The_questions_of_an_action_are_read_and_stored_alike()
    {
        Question[] questions = [Asked.Of("long-text", "What did you find?", "finding"), Asked.Of("file", "Photo of the repair", "after", optional: true)];
        using var document = JsonDocument.Parse("""{"finding":"A hole.\r\nDeep.","afer":"A1"}""");
        var (answers, faults) = AnswersReader.ReadAll(questions, document.RootElement, Asked.Context);
        faults.Single().Message.ShouldBe("There is no question called `afer`; did you mean `after`?");
        AnswersJson.Write(questions, answers).ShouldBe("""{"finding":"A hole.\nDeep.","after":null}""");
    }
}
