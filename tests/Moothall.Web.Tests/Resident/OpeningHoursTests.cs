using Moothall.Council;
using Moothall.Definitions;
using Moothall.Web.Resident;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class OpeningHoursTests
{
    static readonly Authority Wessex = CouncilReader.Read(Path.Combine(RunningCouncil.Repository, "council")).Council!.FindAuthority("wessex")!;

    static OpeningHours At(int month, int day, int hour, int minute = 0, string language = "en") => OpeningHours.Of(Wessex, Wessex.Calendar.Zone.AtStrictly(new LocalDateTime(2026, month, day, hour, minute)).ToInstant(), Phrases.In(language));

    [Fact]
    public void On_a_working_morning_it_says_until_when() => At(11, 18, 10).ShouldBe(new OpeningHours(true, "Open now, until 5:30pm"));

    [Fact]
    public void Welsh_has_its_own_hours() => At(11, 18, 10, language: "cy").ShouldBe(new OpeningHours(true, "Ar agor nawr, tan 5:30yh"));

    [Fact]
    public void Before_opening_it_says_when_today() => At(11, 18, 7).Words.ShouldBe("Opens today at 8:30am");

    [Fact]
    public void At_the_closing_time_itself_it_is_closed() => At(11, 18, 17, 30).Words.ShouldBe("Closed now. Opens tomorrow at 8:30am");

    [Fact]
    public void After_a_short_saturday_it_opens_on_monday() => At(11, 21, 13).Words.ShouldBe("Closed now. Opens on Monday at 8:30am");

    [Fact]
    public void A_bank_holiday_is_closed_all_day() => At(12, 25, 10).Words.ShouldBe("Closed now. Opens tomorrow at 9am");

    [Fact]
    public void Days_with_the_same_hours_stand_together() =>
        OpeningHours.Week(Wessex.Contact, Phrases.English).ShouldBe(["Monday to Wednesday: 8:30am to 5:30pm", "Thursday: 8:30am to 7pm", "Friday: 8:30am to 5pm", "Saturday: 9am to midday", "Sunday: closed"]);
}
