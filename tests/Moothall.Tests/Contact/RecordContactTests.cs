using Moothall.Contact;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Contact;

public class RecordContactTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 11, 22, 12, 0);
    static readonly RecordContact Chasing = new("phone", "chasing", "POT-7F3K-92QX", 95);

    static Caller Advisor(params string[] authorities) =>
        new("grace", "Grace", new HashSet<Role> { Role.Advisor }, authorities.ToHashSet(), new HashSet<string>(), false);

    static Task<(string Service, string Authority)?> Find(Session session, string reference) =>
        Task.FromResult<(string, string)?>(reference == "POT-7F3K-92QX" ? ("report-a-pothole", "wessex") : null);

    [Theory, BothDatabases]
    public async Task A_contact_about_a_case_is_counted_for_its_service_and_authority(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var result = await store.Database.Commit(unit => RecordContact.Record(unit, Chasing with { About = " pot-7f3k-92qx " }, Advisor("wessex", "mercia"), Find, Noon));
        result.Faults.ShouldBeEmpty();
        var row = await store.Database.Read(s => s.First($"select at, channel, reason, service, authority, about, handling_seconds, by_member from contact where id = {result.Id}",
            r => (r.Instant(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Text(5), r.Int(6), r.Text(7))));
        row.ShouldBe((Noon, "phone", "chasing", "report-a-pothole", "wessex", "POT-7F3K-92QX", 95, "grace"));
        var stream = $"contact/{result.Id}";
        (await store.Database.Read(s => s.First($"select type from event where stream = {stream}", r => r.Text(0)))).ShouldBe("contact.recorded");
    }

    [Theory, BothDatabases]
    public async Task A_refused_contact_leaves_nothing(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var result = await store.Database.Commit(unit => RecordContact.Record(unit, Chasing with { About = "POT-0000-0000" }, Advisor("wessex"), Find, Noon));
        result.Id.ShouldBeNull();
        result.Faults.Single().Message.ShouldBe("There is no case with this reference. Check it, or leave it empty");
        (await store.Database.Read(s => s.Number($"select (select count(*) from contact) + (select count(*) from event)"))).ShouldBe(0);
    }

    [Fact]
    public void A_case_of_another_authority_is_as_if_it_did_not_exist() =>
        RecordContact.Decide(Chasing, Advisor("mercia"), ("report-a-pothole", "wessex")).Faults
            .ShouldBe(RecordContact.Decide(Chasing, Advisor("mercia"), null).Faults);

    [Fact]
    public void Only_advisors_record_contacts()
    {
        foreach (var role in Enum.GetValues<Role>())
            (RecordContact.Decide(Chasing with { About = null }, Advisor("wessex") with { Roles = new HashSet<Role> { role } }, null).Event is not null).ShouldBe(role == Role.Advisor, role.ToString());
        RecordContact.Decide(Chasing with { About = null }, Caller.Nobody, null).Event.ShouldBeNull();
    }

    [Fact]
    public void Each_wrong_field_is_told_at_once_with_what_may_stand_there()
    {
        var faults = RecordContact.Decide(new("telephone", "because", null, -1), Advisor("wessex"), null).Faults;
        faults.Select(f => f.Question).ShouldBe(["channel", "reason", "handlingSeconds"]);
        faults[1].Message.ShouldBe("Choose why the person reached us: new, chasing, correcting, complaining, question");
        RecordContact.Decide(Chasing with { About = null, HandlingSeconds = int.MaxValue }, Advisor("wessex"), null).Faults.Count.ShouldBe(1);
    }

    [Fact]
    public void A_contact_about_no_case_is_the_advisors_authority_when_there_is_only_one()
    {
        var about = new RecordContact("phone", "question", "  ", null);
        RecordContact.Decide(about, Advisor("wessex"), null).Event!.Authority.ShouldBe("wessex");
        var shared = RecordContact.Decide(about, Advisor("wessex", "mercia"), null).Event!;
        (shared.Authority, shared.Service, shared.About, shared.HandlingSeconds).ShouldBe((null, null, null, 0));
    }

    [Fact]
    public void The_digital_way_is_taken_only_when_it_was_offered()
    {
        RecordContact.Decide(new("phone", "new", null, 0, false, true), Advisor("wessex"), null).Event!.DigitalTaken.ShouldBeFalse();
        RecordContact.Decide(new("phone", "new", null, 0, true, true), Advisor("wessex"), null).Event!.DigitalTaken.ShouldBeTrue();
    }
}
