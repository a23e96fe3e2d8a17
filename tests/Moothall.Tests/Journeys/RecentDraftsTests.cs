using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class RecentDraftsTests
{
    static readonly LocalDate Today = new(2026, 11, 30);
    static readonly Instant Now = Instant.FromUtc(2026, 11, 30, 10, 0);

    static async Task<SavedDraft> Begun(OpenHouse house) => (await house.Save(null, "where", "\"High Street, Wallingford\"")).Value!;

    // A row whose text says something else shows whether it was read.
    static Draft Unread(Draft draft) => draft with { AnswersJson = "{}" };

    [Fact]
    public async Task What_was_just_saved_is_not_read_or_walked_again()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        recent.Remember(saved, Today, Now);
        var row = Unread(saved.Draft) with { Account = "kept since" };
        var found = recent.Of(row, saved.Definition, Today);
        found.Answers.ShouldBeSameAs(saved.Answers);
        found.Walk.ShouldBeSameAs(saved.Walk);
        found.Draft.ShouldBe(row);
    }

    [Fact]
    public async Task What_is_read_once_is_what_would_be_read_again()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        var first = recent.Of(saved.Draft, saved.Definition, Today);
        first.Answers.ShouldBe(saved.Answers);
        first.Walk.Next!.Name.ShouldBe("size");
        recent.Of(Unread(saved.Draft), saved.Definition, Today).Answers.ShouldBeSameAs(first.Answers);
    }

    [Fact]
    public async Task A_draft_that_moved_on_elsewhere_another_day_and_another_version_are_read_anew()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        recent.Remember(saved, Today, Now);
        recent.Of(Unread(saved.Draft) with { Revision = 2 }, saved.Definition, Today).Answers.Count.ShouldBe(0);
        recent.Remember(saved, Today, Now);
        recent.Of(Unread(saved.Draft), saved.Definition, Today.PlusDays(1)).Answers.Count.ShouldBe(0);
        recent.Remember(saved, Today, Now);
        recent.Of(Unread(saved.Draft), saved.Definition with { Charges = [] }, Today).Answers.Count.ShouldBe(0);
        recent.Remember(saved, Today, Now);
        recent.Of(Unread(saved.Draft) with { Id = Draft.NewId() }, saved.Definition, Today).Answers.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_sent_is_given_to_its_page_once_and_nothing_of_its_answers_is_left()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        recent.Remember(saved, Today, Now);
        var sent = new SentDraft(saved.Draft with { AnswersJson = "{}", Revision = 2, Ended = Now, How = "submitted", Reference = "POT-7F3K-92QX" }, null!, saved.Answers);
        recent.Remember(sent, saved.Definition, Today, Now);
        recent.Last(saved.Draft.Id, Today).ShouldBeNull();
        recent.PageAfter(saved.Draft.Id, 1, Today, Now).ShouldBeNull("the browser heard of an earlier one only");
        recent.PageAfter(saved.Draft.Id, 2, Today, Now)!.Value.Sent.ShouldBe(sent);
        recent.PageAfter(saved.Draft.Id, 2, Today, Now).ShouldBeNull();
        recent.Of(sent.Draft, saved.Definition, Today).Answers.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_page_after_an_answer_is_given_once_soon_after_and_on_its_day()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        SavedDraft? After(string draft, LocalDate today, Instant now, int? revision = null) => recent.PageAfter(draft, revision ?? saved.Draft.Revision, today, now)?.Saved;
        After(saved.Draft.Id, Today, Now).ShouldBeNull();
        recent.Of(saved.Draft, saved.Definition, Today);
        After(saved.Draft.Id, Today, Now).ShouldBeNull("it was read, not saved here");
        recent.Remember(saved, Today, Now);
        After(Draft.NewId(), Today, Now).ShouldBeNull();
        After(saved.Draft.Id, Today.PlusDays(1), Now).ShouldBeNull();
        After(saved.Draft.Id, Today, Now + Duration.FromSeconds(11)).ShouldBeNull();
        After(saved.Draft.Id, Today, Now - Duration.FromSeconds(1)).ShouldBeNull();
        After(saved.Draft.Id, Today, Now, saved.Draft.Revision + 1).ShouldBeNull("the next answer went to another node");
        After(saved.Draft.Id, Today, Now + Duration.FromSeconds(9)).ShouldBe(saved);
        After(saved.Draft.Id, Today, Now).ShouldBeNull();
        recent.Last(saved.Draft.Id, Today).ShouldBe(saved);
    }

    [Fact]
    public async Task Those_that_came_later_take_the_places_of_others_and_each_is_found_as_it_is()
    {
        await using var house = await OpenHouse.Open(Dialect.Sqlite);
        var (recent, saved) = (new RecentDrafts(), await Begun(house));
        var many = Enumerable.Range(0, 2_000).Select(_ => saved with { Draft = saved.Draft with { Id = Draft.NewId() }, Answers = Answers.Of(saved.Answers.Questions.Select(q => (q, saved.Answers[q]!))) }).ToList();
        foreach (var one in many) recent.Remember(one, Today, Now);
        var kept = many.AsEnumerable().Reverse().Count(one => ReferenceEquals(recent.Of(one.Draft, one.Definition, Today).Answers, one.Answers));
        kept.ShouldBeInRange(200, 256);
        foreach (var one in many) recent.Of(one.Draft, one.Definition, Today).Answers.ShouldBe(one.Answers);
    }
}
