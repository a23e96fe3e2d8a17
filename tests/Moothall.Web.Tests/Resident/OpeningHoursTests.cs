using Moothall.Council;
using Moothall.Web.Resident;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

public sealed class OpeningHoursTests
{
    static readonly Authority Wessex = CouncilReader.Read(Path.Combine(RunningCouncil.Repository, "council")).Council!.FindAuthority("wessex")!;

    static OpeningHours At(int month, int day, int hour, int minute = 0) => OpeningHours.Of(Wessex, Wessex.Calendar.Zone.AtStrictly(new LocalDateTime(2026, month, day, hour, minute)).ToInstant());

    [Fact]
    public void On_a_working_morning_it_says_until_when() => At(11, 18, 10).ShouldBe(new OpeningHours(true, "Open now, until 5:30pm", "Ar agor nawr, tan 5:30pm"));

    [Fact]
    public void Before_opening_it_says_when_today() => At(11, 18, 7).English.ShouldBe("Opens today at 8:30am");

    [Fact]
    public void At_the_closing_time_itself_it_is_closed() => At(11, 18, 17, 30).English.ShouldBe("Closed now. Opens tomorrow at 8:30am");

    [Fact]
    public void After_a_short_saturday_it_opens_on_monday() => At(11, 21, 13).English.ShouldBe("Closed now. Opens on Monday at 8:30am");

    [Fact]
    public void A_bank_holiday_is_closed_all_day() => At(12, 25, 10).English.ShouldBe("Closed now. Opens tomorrow at 9am");

    [Fact]
    public void Days_with_the_same_hours_stand_together() =>
        OpeningHours.Week(Wessex.Contact).ShouldBe(["Monday to Wednesday: 8:30am to 5:30pm", "Thursday: 8:30am to 7pm", "Friday: 8:30am to 5pm", "Saturday: 9am to midday", "Sunday: closed"]);
}
