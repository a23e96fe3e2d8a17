using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Moothall.Definitions.Tests;

public sealed class TypePropertiesTests
{
    static readonly Question[] All = [.. QuestionTypes.Names.Select(type => Asked.Of(type))];

    static readonly Gen<string> Texts = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");

    static Gen<JsonNode?> Json(int depth) => depth == 0
        ? Gen.OneOf(
            Texts.Select(s => (JsonNode?)JsonValue.Create(s)),
            ArbMap.Default.GeneratorFor<decimal>().Select(d => (JsonNode?)JsonValue.Create(d)),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(d => (JsonNode?)JsonValue.Create(d.Get)),
            ArbMap.Default.GeneratorFor<bool>().Select(b => (JsonNode?)JsonValue.Create(b)),
            Gen.Constant((JsonNode?)null))
        : Gen.OneOf(
            Json(0),
            Gen.ListOf(Json(depth - 1)).Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])),
            Gen.Zip(Gen.Elements("name", "email", "phone", "line1", "postcode", "text", "latitude", "longitude", "number", "nme", ""), Json(depth - 1)).ListOf()
                .Select(members => (JsonNode?)new JsonObject(members.DistinctBy(m => m.Item1).Select(m => KeyValuePair.Create(m.Item1, m.Item2?.DeepClone())))));

    [Fact]
    public void Any_JSON_gives_an_answer_or_faults() => Prop.ForAll(Json(2).ToArbitrary(), json =>
    {
        foreach (var question in All)
        {
            var reading = Asked.Json(question, json?.ToJsonString() ?? "null");
            reading.IsGood.ShouldBe(reading.Faults.Count == 0);
            reading.Faults.ShouldAllBe(f => f.Question == "q" && f.Message.Length > 0);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Money_never_loses_a_penny() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, 40_000)).Select(p => (long)p.Item1 * p.Item2).ToArbitrary(), pence =>
    {
        var question = Asked.Of("money");
        var answer = new MoneyAnswer(pence);
        Asked.Stored(question, answer).ShouldBe(answer);
        Asked.Refilled(question, answer).Answer.ShouldBe(answer);
        Asked.Typed(question, question.Type.Show(question, answer, "en")[0]).Answer.ShouldBe(answer);
        Asked.Json(question, question.Type.ToJson(question, answer)!.ToJsonString()).Answer.ShouldBe(answer);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_date_shown_or_refilled_reads_as_itself() => Prop.ForAll(Gen.Choose(-300_000, 1_000_000).ToArbitrary(), days =>
    {
        var date = new LocalDate(2000, 1, 1).PlusDays(days);
        if (date.Year < 1000)
            return;
        Same(Asked.Of("date"), new DateAnswer(date));
        Same(Asked.Of("month"), new MonthAnswer(date.ToYearMonth()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_time_shown_or_refilled_reads_as_itself() => Prop.ForAll(Gen.Choose(0, 1439).ToArbitrary(), minutes =>
        Same(Asked.Of("time"), new TimeAnswer(LocalTime.Midnight.PlusMinutes(minutes)))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_shown_or_refilled_reads_as_itself() => Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).Zip(Gen.Choose(0, 6)).ToArbitrary(), n =>
        Same(Asked.Of("number"), new NumberAnswer(n.Item1 / (decimal)Math.Pow(10, n.Item2)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Tidying_twice_is_tidying_once() => Prop.ForAll(Gen.OneOf(Texts, Gen.ListOf(Gen.Choose(0, 0xFFFF)).Select(c => string.Concat(c.Select(x => (char)x)))).ToArbitrary(), text =>
    {
        Tidy.Line(Tidy.Line(text)).ShouldBe(Tidy.Line(text));
        Tidy.Lines(Tidy.Lines(text)).ShouldBe(Tidy.Lines(text));
        Tidy.Line(text).ShouldAllBe(c => !char.IsControl(c));
        Tidy.Line(text).EnumerateRunes().Count().ShouldBe(Tidy.Length(Tidy.Line(text)));
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Tidy.Lines(text))).ShouldBe(Tidy.Lines(text));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_text_is_good_reads_the_same_from_its_stored_form_and_its_fields() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        foreach (var question in All)
            if (Asked.Json(question, JsonSerializer.Serialize(text)).Answer is { } answer)
            {
                Asked.Stored(question, answer).ShouldBe(answer);
                Asked.Refilled(question, answer).Answer.ShouldBe(answer);
            }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_type_describes_itself()
    {
        foreach (var question in All)
        {
            var schema = question.Type.Schema(question with { Hint = new Prose("A hint") }, "en");
            schema["title"]!.GetValue<string>().ShouldBe("What is it?");
            schema["description"]!.GetValue<string>().ShouldBe("A hint");
            (schema["type"] ?? schema["anyOf"]).ShouldNotBeNull();
            question.Type.Fields(question).ShouldNotBeEmpty();
        }
        QuestionTypes.Names.Count.ShouldBe(21);
    }

    static void Same(Question question, Answer answer)
    {
        Asked.Stored(question, answer).ShouldBe(answer);
        Asked.Refilled(question, answer).Answer.ShouldBe(answer);
        Asked.Json(question, JsonSerializer.Serialize(question.Type.Show(question, answer, "en")[0])).Answer.ShouldBe(answer);
        Asked.Json(question, question.Type.ToJson(question, answer)!.ToJsonString()).Answer.ShouldBe(answer);
    }
}
