using Moothall.Running;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Running;

/// <summary>When something is worth an alert, and that each is said once.</summary>
public sealed class AlertTests
{
    static readonly Instant Now = OpenHouse.Monday;
    static readonly AlertRules Rules = new() { Relays = new HashSet<string> { "event-relay" } };

    static Observation Seen(ReaderStanding? reader = null, Node? node = null, AdapterState? adapter = null, DiskSpace? disk = null) =>
        new(Now, "hall-1", reader is null ? [] : [reader], node is null ? [] : [node], adapter is null ? [] : [adapter], disk);

    static Node Named(string name, bool alive) => new(name, "run", "1.0.0", "schema", "files", Now, Now, alive);

    static IReadOnlyList<(string, string)> Faults(Observation seen) => [.. Rules.Look(seen).Select(f => (f.Kind, f.What))];

    [Fact]
    public void A_council_that_runs_well_has_no_fault() =>
        Faults(Seen(new ReaderStanding("day-figures", "hall-1", null, 3, Now - Duration.FromSeconds(2)), Named("hall-1", true), new AdapterState("mail", null, Now, null), new DiskSpace(50L << 30, 100L << 30))).ShouldBeEmpty();

    [Fact]
    public void A_reader_that_stopped_is_a_fault_and_one_that_waits_for_the_queue_is_not()
    {
        Faults(Seen(new ReaderStanding("day-figures", null, "day-figures cannot handle 'x'", 3, Now))).ShouldBe([(AlertKind.ReaderStopped, "day-figures")]);
        Faults(Seen(new ReaderStanding("event-relay", null, "event-relay waits: RabbitMQ does not answer", 3, Now))).ShouldBeEmpty();
    }

    [Fact]
    public void A_reader_is_behind_by_the_age_of_what_waits_and_history_has_none()
    {
        Faults(Seen(new ReaderStanding("event-relay", null, null, 3, Now - Duration.FromMinutes(6)))).ShouldBe([(AlertKind.ReaderBehind, "event-relay")]);
        Faults(Seen(new ReaderStanding("event-relay", null, null, 1000, Now - Duration.FromMinutes(4)))).ShouldBeEmpty();
        Faults(Seen(new ReaderStanding("event-relay", null, null, 1000, null))).ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_is_not_heard_of_is_a_fault() => Faults(Seen(node: Named("hall-2", false))).ShouldBe([(AlertKind.NodeLost, "hall-2")]);

    [Fact]
    public void An_adapter_is_given_five_minutes()
    {
        Faults(Seen(adapter: new AdapterState("mail", "It cannot be reached.", Now, Now - Duration.FromMinutes(4)))).ShouldBeEmpty();
        Faults(Seen(adapter: new AdapterState("mail", "It cannot be reached.", Now, Now - Duration.FromMinutes(5)))).ShouldBe([(AlertKind.AdapterFailing, "mail")]);
    }

    [Theory]
    [InlineData(900L << 20, 100L << 30, true)]
    [InlineData(2L << 30, 100L << 30, false)]
    [InlineData(900L << 20, 10L << 30, false)]
    [InlineData(400L << 20, 10L << 30, true)]
    public void A_disk_is_nearly_full_below_a_gigabyte_or_a_twentieth(long free, long total, bool full) => Faults(Seen(disk: new DiskSpace(free, total))).Any(f => f == (AlertKind.DiskNearlyFull, "hall-1")).ShouldBe(full);

    [Theory, BothDatabases]
    public async Task An_alert_begins_once_and_ends_once_and_administrators_are_written_to_once(Dialect dialect)
    {
        await using var house = await OpenHouse.Open(dialect);
        house.House.CurrentCouncil.Replace(house.House.Council with
        {
            Members = house.House.Council.Members.ToDictionary(m => m.Key, m => m.Key == "fatima-al-sayed" ? m.Value with { Email = "fatima@council.example" } : m.Value),
        });
        var fault = new RunningFault(AlertKind.NodeLost, "hall-2", null);
        var began = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Database.Commit(unit => Alerts.Begin(unit, house.House, fault))));
        began.Count(b => b).ShouldBe(1);
        var alert = (await house.Database.Read(Alerts.Now)).ShouldHaveSingleItem();
        alert.ShouldBe(new RunningAlert(AlertKind.NodeLost, "hall-2", house.House.Now, null));
        AlertRules.Decide([fault], [alert]).Begin.ShouldBeEmpty();
        AlertRules.Decide([fault], [alert]).End.ShouldBeEmpty();

        var over = AlertRules.Decide([], [alert]).End.ShouldHaveSingleItem();
        var ended = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Database.Commit(unit => Alerts.End(unit, over, house.House.Now))));
        ended.Count(e => e).ShouldBe(1);
        (await house.Database.Read(Alerts.Now)).ShouldBeEmpty();
        (await house.Database.Commit(unit => Alerts.Begin(unit, house.House, fault))).ShouldBeTrue();
        (await house.Log("alert/node-lost/hall-2")).ShouldBe(["alert.raised", "alert.ended", "alert.raised"]);
        var mails = await house.Database.Read(s => s.Query($"select address, subject from message where kind = 'alert'", row => (row.Text(0), row.Text(1))));
        mails.ShouldBe([("fatima@council.example", "Moothall needs you: The node hall-2 is no longer heard of"), ("fatima@council.example", "Moothall needs you: The node hall-2 is no longer heard of")]);
    }

    [Fact]
    public async Task However_many_ask_adapters_are_checked_once_in_a_while_each_with_an_end()
    {
        var clock = new TestClock(Now);
        var asked = 0;
        using var checks = new AdapterChecks([
            new Adapter("mail", _ => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? (Message?)"It cannot be reached." : null)),
            new Adapter("queue", _ => new TaskCompletionSource<Message?>().Task),
            new Adapter("database", _ => throw new StoreUnavailableException("The database does not answer.")),
        ], clock, TimeSpan.FromMilliseconds(1));
        var first = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => checks.Look(AdapterChecks.ForPeople))))[0];
        asked.ShouldBe(1);
        first.Select(a => (a.Name, a.Since)).ShouldBe([("mail", Now), ("queue", Now), ("database", Now)]);
        first[1].Trouble.ShouldNotBeNull().ToString().ShouldContain("did not answer within");
        first[2].Trouble.ShouldNotBeNull().ToString().ShouldBe("The database does not answer.");

        clock.Now += Duration.FromSeconds(30);
        (await checks.Look(AdapterChecks.ForWatching)).ShouldBe(first);
        asked.ShouldBe(1);
        var second = await checks.Look(AdapterChecks.ForPeople);
        second[0].ShouldBe(new AdapterState("mail", null, clock.Now, null));
        second[1].Since.ShouldBe(Now);
    }
}
