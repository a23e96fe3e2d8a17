using Moothall.Cases;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Desk;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Desk;

public class WordsTests
{
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 10, 0);

    [Theory]
    [InlineData("2026-03-02T17:00", "Late since Mon 2 March", "late")]
    [InlineData("2025-12-30T17:00", "Late since Tue 30 Dec 2025", "late")]
    [InlineData("2026-03-03T09:00", "Late since 9am today", "late")]
    [InlineData("2026-03-03T17:00", "Today by 5pm", "soon")]
    [InlineData("2026-03-04T12:00", "Tomorrow by midday", null)]
    [InlineData("2026-03-06T17:00", "Fri 6 March", null)]
    public void A_deadline_is_said_in_words(string due, string words, string? matters) =>
        DeskWords.Deadline(Phrases.English, NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(due).Value.InZoneLeniently(London).ToInstant(), Now, London)
            .ShouldBe(new DueWords(words, matters));

    [Fact]
    public void A_reference_is_spelled_as_it_is_said_on_the_phone() =>
        DeskWords.Spelled(Phrases.English, "POT-7F3K-92QX").ShouldBe("Papa Oscar Tango, seven Foxtrot three Kilo, nine two Quebec X-ray");

    [Theory]
    [InlineData("size is large", "“Size” is “Bigger than a dinner plate”")]
    [InlineData("size is large and deep", "“Size” is “Bigger than a dinner plate” and “Deeper than a golf ball” is yes")]
    [InlineData("not deep", "“Deeper than a golf ball” is no")]
    [InlineData("deep is no", "“Deeper than a golf ball” is no")]
    [InlineData("where.road is motorway", "the kind of road of “Where it is” is a motorway")]
    public void When_to_ask_is_said_in_the_words_of_the_questions(string sentence, string words)
    {
        var council = CouncilReader.Read(Path.Combine(RunningCouncil.Repository, "council")).Council!;
        var file = Path.Combine(RunningCouncil.Repository, "services", "report-a-pothole", "service.yaml");
        var definition = ServiceReader.Read("report-a-pothole/service.yaml", File.ReadAllText(file), council.Places).Definition!;
        var parsed = Sentence.Parse(sentence, definition.Place, new SentenceScope(definition.Ask, [], council.Places), []);
        parsed!.InWords(Phrases.English).ShouldBe(words);
    }
}
