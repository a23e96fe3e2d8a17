using FsCheck;
using FsCheck.Fluent;
using Moothall.Contact;
using Moothall.Store;
using Moothall.Tests.Council;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Contact;

public class GiveFeedbackTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 12, 0);
    static readonly GiveFeedback Good = new("report-a-pothole", "wessex", "web", 4, "Quick and clear", "end");

    static GiveFeedback.Decision Decide(GiveFeedback command) => GiveFeedback.Decide(command, ExampleCouncil.Files);

    [Theory, BothDatabases]
    public async Task Feedback_is_a_row_with_words_and_an_event_without(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var result = await store.Database.Commit(unit => GiveFeedback.Keep(unit, Good with { Words = "  Ask for Siân\r\nshe\0 was kind 🕳️ \ud800" }, ExampleCouncil.Files, Noon));
        result.Faults.ShouldBeEmpty();
        (await store.Database.Read(s => s.First($"select at, service, authority, channel, score, words, at_point from feedback where id = {result.Id}",
            r => (r.Instant(0), r.Text(1), r.Text(2), r.Text(3), r.Int(4), r.Text(5), r.Text(6))))).ShouldBe((Noon, "report-a-pothole", "wessex", "web", 4, "Ask for Siân\nshe was kind 🕳️", "end"));
        var stream = $"feedback/{result.Id}";
        var data = await store.Database.Read(s => s.First($"select data from event where stream = {stream}", r => r.Text(0)));
        data.ShouldNotBeNull().ShouldNotContain("kind");
    }

    [Theory, BothDatabases]
    public async Task Words_are_not_needed(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var result = await store.Database.Commit(unit => GiveFeedback.Keep(unit, Good with { Words = " \u0007 " }, ExampleCouncil.Files, Noon));
        (await store.Database.Read(s => s.First($"select words from feedback where id = {result.Id}", r => r.TextOrNull(0)))).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(6)]
    public void A_score_is_one_of_five(int? score) => Decide(Good with { Score = score }).Faults.Single().Message.ShouldBe("Select how satisfied or dissatisfied you were");

    [Fact]
    public void Words_may_be_1200_characters_and_no_more()
    {
        Decide(Good with { Words = string.Concat(Enumerable.Repeat("😀", 1200)) }).Event.ShouldNotBeNull();
        Decide(Good with { Words = new string('a', 1201) }).Faults.Single().Message.ShouldBe("What you tell us must be 1,200 characters or fewer");
    }

    [Fact]
    public void Codes_that_are_none_are_refused()
    {
        Decide(Good with { Service = "report-a-pothle" }).Faults.Single().Question.ShouldBe("service");
        Decide(Good with { Authority = "northumbria" }).Faults.Single().Question.ShouldBe("authority");
        Decide(Good with { Channel = "telephone" }).Faults.Single().Question.ShouldBe("channel");
        Decide(Good with { At = "somewhere" }).Faults.Single().Question.ShouldBe("at");
    }

    [Fact]
    public void Whatever_is_typed_is_kept_clean_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), words =>
        {
            var kept = Decide(Good with { Words = words }).Words;
            return kept is null || kept.All(c => c == '\n' || !char.IsControl(c)) && kept == kept.Trim() && System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(kept)) == kept;
        }).QuickCheckThrowOnFailure();
}
