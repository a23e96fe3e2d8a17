using Moothall.Performance;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Performance.Happenings;

namespace Moothall.Tests.Performance;

/// <summary>By which day, authority and service the things that happen count.</summary>
public class TallyTests
{
    static readonly Line Web = new("report-a-pothole", "wessex", "web");

    static Tally Tally(params LogEvent[] entries)
    {
        var tally = new Tally();
        foreach (var entry in entries)
            tally.Add(entry);
        return tally;
    }

    static long Sum(Tally tally, Count count, Line? line = null, LocalDate? day = null) =>
        tally.Days.Where(d => (line is null || d.Key.Line == line) && (day is null || d.Key.Day == day)).Sum(d => d.Value[count]);

    [Fact]
    public void A_report_on_a_summer_evening_just_before_midnight_UTC_counts_on_the_next_day_in_London()
    {
        var tally = Tally(Entry(Received(), At(2026, 7, 31, 23, 30)));
        Sum(tally, Count.Received, day: new LocalDate(2026, 8, 1)).ShouldBe(1);
    }

    [Fact]
    public void A_report_on_a_winter_evening_just_before_midnight_counts_on_that_day()
    {
        var tally = Tally(Entry(Received(), At(2026, 1, 31, 23, 30)));
        Sum(tally, Count.Received, day: new LocalDate(2026, 1, 31)).ShouldBe(1);
    }

    [Theory]
    [InlineData(2026, 3, 28, 23, 59, 28)]
    [InlineData(2026, 3, 29, 0, 30, 29)]
    [InlineData(2026, 3, 29, 22, 59, 29)]
    [InlineData(2026, 3, 29, 23, 0, 30)]
    public void The_day_the_clocks_go_forward_has_23_hours(int year, int month, int day, int hour, int minute, int expected) =>
        LondonDay.Of(At(year, month, day, hour, minute)).ShouldBe(new LocalDate(2026, 3, expected));

    [Fact]
    public void A_journey_that_is_sent_tomorrow_is_completed_on_the_day_it_began()
    {
        var began = At(2026, 3, 2, 12);
        var tally = Tally(Entry(Started(), began), Entry(Ended("submitted", began), Noon), Entry(Received(), Noon));
        Sum(tally, Count.CompletedSubmitted, day: new LocalDate(2026, 3, 2)).ShouldBe(1);
        Sum(tally, Count.Received, day: new LocalDate(2026, 3, 3)).ShouldBe(1);
        tally.Days.Values.Sum(d => d.Completed).ShouldBe(1);
        tally.Days[(Web, new LocalDate(2026, 3, 3))].Completed.ShouldBe(0);
    }

    [Fact]
    public void A_case_that_came_without_a_journey_is_completed_on_the_day_it_came() =>
        Tally(Entry(Received("phone", by: Actor.Advisor), Noon)).Days[(Web with { Channel = "phone" }, new LocalDate(2026, 3, 3))].Completed.ShouldBe(1);

    [Fact]
    public void A_case_sent_on_the_web_by_the_api_is_completed_but_is_no_journey()
    {
        var day = Tally(Entry(Received(by: Actor.Program), Noon)).Days[(Web, new LocalDate(2026, 3, 3))];
        day.Completed.ShouldBe(1);
        day[Count.CompletedSubmitted].ShouldBe(0);
    }

    [Fact]
    public void A_start_moves_to_the_authority_whose_place_it_turns_out_to_be()
    {
        var tally = Tally(Entry(Started("wessex"), Noon), Entry(Ended("submitted", Noon, "mercia", "wessex"), Noon));
        Sum(tally, Count.Started, Web).ShouldBe(0);
        Sum(tally, Count.Started, Web with { Authority = "mercia" }).ShouldBe(1);
    }

    [Fact]
    public void Being_told_that_it_is_not_for_you_is_a_completion_and_no_case()
    {
        var tally = Tally(Entry(Ended("exit", Noon), Noon));
        Sum(tally, Count.CompletedExit).ShouldBe(1);
        Sum(tally, Count.Received).ShouldBe(0);
        tally.Stops.ShouldBeEmpty();
    }

    [Fact]
    public void An_abandoned_draft_says_where_the_person_stopped_on_the_day_it_began()
    {
        var tally = Tally(Entry(Ended("abandoned", Noon, lastQuestion: "photo"), At(2026, 3, 31, 12)));
        tally.Stops[("report-a-pothole", "wessex", new LocalDate(2026, 3, 3), "photo")].ShouldBe(1);
        Sum(tally, Count.Abandoned, day: new LocalDate(2026, 3, 3)).ShouldBe(1);
    }

    [Fact]
    public void A_reopened_case_takes_its_closing_back_on_the_day_of_the_closing()
    {
        var closed = At(2026, 3, 4, 10);
        var tally = Tally(Entry(Received(), Noon), Entry(Closed(), closed), Entry(Reopened(closed), At(2026, 3, 6, 10)));
        Sum(tally, Count.Closed, day: new LocalDate(2026, 3, 4)).ShouldBe(0);
        Sum(tally, Count.ClosedInTime).ShouldBe(0);
        Sum(tally, Count.Reopened, day: new LocalDate(2026, 3, 6)).ShouldBe(1);
        Sum(tally, Count.OpenChange).ShouldBe(1);
    }

    [Fact]
    public void A_case_that_is_closed_twice_counts_once_by_its_last_closing()
    {
        var (first, last) = (At(2026, 3, 4, 10), At(2026, 3, 9, 10));
        var tally = Tally(Entry(Received(), Noon), Entry(Closed(), first), Entry(Reopened(first), At(2026, 3, 6, 10)), Entry(Closed(inTime: false), last));
        Sum(tally, Count.Closed).ShouldBe(1);
        Sum(tally, Count.Closed, day: new LocalDate(2026, 3, 9)).ShouldBe(1);
        Sum(tally, Count.ClosedInTime).ShouldBe(0);
        Sum(tally, Count.OpenChange).ShouldBe(0);
    }

    [Fact]
    public void What_was_open_on_a_day_is_not_changed_by_a_reopening_later()
    {
        var closed = At(2026, 3, 4, 10);
        var tally = Tally(Entry(Received(), Noon), Entry(Closed(), closed), Entry(Reopened(closed), At(2026, 3, 6, 10)));
        tally.Days.Where(d => d.Key.Day <= new LocalDate(2026, 3, 5)).Sum(d => d.Value[Count.OpenChange]).ShouldBe(0);
    }

    [Fact]
    public void A_moved_case_is_open_where_it_went_and_received_where_it_came()
    {
        var tally = Tally(Entry(Received(), Noon), Entry(Moved("fly-tipping"), Noon));
        Sum(tally, Count.OpenChange, Web).ShouldBe(0);
        Sum(tally, Count.OpenChange, Web with { Service = "fly-tipping" }).ShouldBe(1);
        Sum(tally, Count.Received, Web).ShouldBe(1);
        Sum(tally, Count.MovedOut, Web).ShouldBe(1);
        Sum(tally, Count.HandOffs, Web).ShouldBe(1);
    }

    [Fact]
    public void A_case_moved_between_teams_of_one_service_is_a_hand_off_only()
    {
        var tally = Tally(Entry(Moved("report-a-pothole"), Noon));
        Sum(tally, Count.MovedOut).ShouldBe(0);
        Sum(tally, Count.OpenChange).ShouldBe(0);
        Sum(tally, Count.HandOffs).ShouldBe(1);
    }

    [Fact]
    public void Seconds_of_staff_are_kept_by_what_they_acted_as()
    {
        var tally = Tally(Entry(Received("phone", by: Actor.Advisor, seconds: 120), Noon), Entry(Closed(channel: "phone", seconds: 60), Noon),
            Entry(new ContactRecorded("phone", "chasing", "report-a-pothole", "wessex", "POT-7F3K-92QX", 30, false, false), Noon));
        Sum(tally, Count.HandlingSeconds).ShouldBe(180);
        Sum(tally, Count.AdvisorSeconds).ShouldBe(120);
        Sum(tally, Count.WorkerSeconds).ShouldBe(60);
        Sum(tally, Count.ContactSeconds).ShouldBe(30);
    }

    [Fact]
    public void A_contact_about_no_service_is_counted_by_its_reason()
    {
        var tally = Tally(Entry(new ContactRecorded("phone", "question", null, null, null, 45, true, false), Noon, "contact/1"));
        tally.Contacts[(new Line("", "", "phone"), new LocalDate(2026, 3, 3), "question")].ShouldBe(new ContactCounts(1, 45, 1, 0));
    }

    [Fact]
    public void Acts_are_counted_by_person_rule_and_robot()
    {
        var tally = Tally(Entry(Received(), Noon), Entry(Received(by: Actor.Program), Noon),
            Entry(new CaseAdvanced("report-a-pothole", "wessex", "web", "chase", "triage", "triage", "streets", "highways", true, null, Actor.Rule, 0, true), Noon));
        (Sum(tally, Count.ActsByPerson), Sum(tally, Count.ActsByRobot), Sum(tally, Count.ActsByRule)).ShouldBe((1, 1, 1));
        (Sum(tally, Count.HandOffs), Sum(tally, Count.Returned)).ShouldBe((1, 1));
    }

    [Fact]
    public void An_event_that_no_figure_counts_is_passed_over() =>
        Tally(Entry(new ServicePublished("report-a-pothole", 1, "ab"), Noon)).Days.ShouldBeEmpty();

    [Fact]
    public void An_event_of_a_schema_it_does_not_know_stops_the_projection() =>
        Should.Throw<InvalidDataException>(() => Tally(Entry(Received(), Noon) with { Schema = 99 }));
}
