using FsCheck;
using FsCheck.Fluent;
using Moothall.Council;
using Moothall.Performance;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;
using static Moothall.Tests.Performance.Happenings;

namespace Moothall.Tests.Performance;

/// <summary>The projection and the questions asked of it, on both databases.</summary>
public class DayFiguresTests
{
    static readonly PerformanceQueries Queries = new(_ => new Dictionary<string, decimal> { ["web"] = 0.09m, ["phone"] = 2.59m }, () => []);
    static readonly ReportingPeriod March = new(new LocalDate(2026, 3, 1), new LocalDate(2026, 3, 31));

    static async Task Make(Database database)
    {
        foreach (var statement in new DayFigures().Schema(database.Dialect, TableNames.Live).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await database.Commit(unit => unit.Execute(System.Runtime.CompilerServices.FormattableStringFactory.Create(statement)));
    }

    static Task Apply(Database database, IReadOnlyList<LogEvent> events) => database.Commit(unit => new DayFigures().Apply(unit, TableNames.Live, events));

    static Task<PerformanceReport> Read(Database database, ReportingPeriod period) => database.Read(s => Queries.Read(s, null, null, period));

    static Task<List<FactsRow>> Facts(Database database, ReportingPeriod period) => database.Read(async s =>
    {
        var rows = new List<FactsRow>();
        await foreach (var row in Queries.Facts(s, period))
            rows.Add(row);
        return rows;
    });

    [Fact]
    public void For_any_story_the_tally_is_what_a_recount_finds() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Story.Any.ToArbitrary(), story =>
    {
        var tally = new Tally();
        foreach (var entry in story.Log())
            tally.Add(entry);
        var recount = new Recount(story);
        foreach (var ((line, day), counts) in tally.Days)
            foreach (var count in Counts.All)
                counts[count].ShouldBe(recount[line, day, count], $"{count} of {line} on {day}");
        tally.Days.Values.Sum(c => c[Count.Received]).ShouldBe(story.Count(h => h.What is CaseReceived));
        tally.Contacts.Values.Sum(c => c.Contacts).ShouldBe(story.Count(h => h.What is ContactRecorded));
    }));

    [Theory]
    [BothDatabases]
    public async Task For_any_story_in_any_portions_the_tables_hold_what_a_recount_finds(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Make(store.Database);
        var samples = (from story in Story.Any
                       from portion in Gen.Choose(1, 30)
                       from first in Gen.Choose(0, 250)
                       from length in Gen.Choose(0, 120)
                       select (story, portion, Period: new ReportingPeriod(new LocalDate(2026, 3, 20).PlusDays(first), new LocalDate(2026, 3, 20).PlusDays(first + length)))).Sample(12, 12);
        foreach (var (story, portion, period) in samples)
        {
            foreach (var table in new DayFigures().Tables)
                await store.Database.Commit(unit => unit.Execute($"delete from {new SqlName(table)}"));
            foreach (var batch in story.Log().Chunk(portion))
                await Apply(store.Database, batch);

            var recount = new Recount(story);
            foreach (var row in await Facts(store.Database, new ReportingPeriod(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31))))
                foreach (var count in Counts.All)
                    row.Counts[count].ShouldBe(recount[row.Line, row.Day, count], $"{count} of {row.Line} on {row.Day} in portions of {portion}");

            var report = await Read(store.Database, period);
            foreach (var figures in report.Services)
            {
                long InPeriod(Count count) => (from channel in Channels.All
                                               from day in recount.Days.Where(d => d >= period.From && d <= period.To)
                                               select recount[new Line(figures.Service, figures.Authority, channel), day, count]).Sum();
                figures.Cases.Open.ShouldBe(recount.Open(figures.Service, figures.Authority, period.To));
                figures.Cases.Received.ShouldBe(InPeriod(Count.Received));
                figures.Cases.Closed.ShouldBe(InPeriod(Count.Closed));
                figures.Started.ShouldBe(InPeriod(Count.Started));
                figures.Satisfaction.Responses.ShouldBe(InPeriod(Count.VerySatisfied) + InPeriod(Count.Satisfied) + InPeriod(Count.Neither)
                    + InPeriod(Count.Dissatisfied) + InPeriod(Count.VeryDissatisfied));
            }
            foreach (var bucket in Enum.GetValues<Bucket>())
            {
                var trend = await store.Database.Read(s => Queries.Trend(s, null, null, period, bucket));
                trend.Sum(p => p.All[Count.Received]).ShouldBe(report.Services.Sum(s => s.Cases.Received));
                trend[0].From.ShouldBe(period.From);
                trend[^1].To.ShouldBe(period.To);
            }
        }
    }

    [Theory]
    [BothDatabases]
    public async Task A_replay_gives_the_same_rows(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var story = Story.Any.Sample(40, 3).SelectMany(s => s).ToList();
        await using (var host = new ReaderHost(store.Database, [new DayFigures()], [], [], []))
        {
            await host.Start();
            var number = 0;
            foreach (var part in story.Chunk(7))
                await store.Database.Commit(async unit => await unit.Append($"story/{number++}", 0, [.. part.Select(h => h.ToLog())]));
            await host.WaitUntilCaughtUp();
        }
        var before = await Everything(store.Database);
        await Moothall.Store.Replay.Run(store.Database, new DayFigures());
        (await Everything(store.Database)).ShouldBe(before);
        before.Count.ShouldBeGreaterThan(1);
    }

    static Task<List<string>> Everything(Database database) => database.Read(async session =>
    {
        var rows = new List<string>();
        var period = new ReportingPeriod(new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31));
        await foreach (var row in Queries.Facts(session, period))
            rows.Add(PerformanceCsv.Facts(row));
        rows.Add(System.Text.Encoding.UTF8.GetString(PerformanceJson.Write(await Queries.Read(session, null, null, period))));
        foreach (var table in new DayFigures().Tables)
            rows.Add($"{table} {await session.Number($"select count(*) from {new SqlName(table)}")}");
        return rows;
    });

    [Theory]
    [BothDatabases]
    public async Task Questions_about_use_time_contacts_and_stops_are_answered_from_sums(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Make(store.Database);
        var events = new List<LogEvent>();
        for (var i = 0; i < 6; i++)
        {
            events.Add(Entry(Ended("submitted", Noon, seconds: 240), Noon));
            events.Add(Entry(Ended("abandoned", Noon, lastQuestion: "photo"), Noon));
            events.Add(Entry(Received(), Noon));
            events.Add(Entry(new ContactRecorded("phone", "chasing", "report-a-pothole", "wessex", null, 60, false, false), Noon));
        }
        events.Add(Entry(Received(service: "fly-tipping"), Noon));
        events.Add(Entry(new ContactRecorded("phone", "complaining", "report-a-pothole", "wessex", null, 60, false, false), Noon));
        await Apply(store.Database, events);

        await store.Database.Read(async session =>
        {
            var today = new LocalDate(2026, 3, 10);
            (await Queries.MostUsed(session, null, today, 8)).ShouldBe(["report-a-pothole", "fly-tipping"]);
            (await Queries.MostUsed(session, "mercia", today, 8)).ShouldBeEmpty();
            (await Queries.MostUsed(session, null, today.PlusMonths(3), 8)).ShouldBeEmpty();
            (await Queries.MedianMinutes(session, "report-a-pothole", today)).ShouldBe(4);
            (await Queries.MedianMinutes(session, "fly-tipping", today)).ShouldBeNull();
            (await Queries.Contacts(session, "report-a-pothole", null, March)).ShouldBe([new ContactFigures("chasing", null), new ContactFigures("complaining", null)]);
            (await Queries.Stops(session, "report-a-pothole", "wessex", March)).ShouldBe([new StopFigures("photo", 6)]);
            return true;
        });
    }

    [Theory]
    [BothDatabases]
    public async Task Cost_is_measured_where_a_card_is_in_force_and_default_elsewhere(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Make(store.Database);
        await Apply(store.Database, [Entry(Received(), Noon), Entry(Closed(seconds: 3600), Noon), Entry(Closed(seconds: 3600), At(2026, 3, 20, 12)),
            Entry(Received(authority: "mercia"), Noon)]);
        RateCard Card(LocalDate from, decimal worker) =>
            new("wessex", from, new Dictionary<string, decimal> { ["worker"] = worker }, new Dictionary<string, decimal> { ["web"] = 0.5m }, "test");
        var queries = new PerformanceQueries(_ => new Dictionary<string, decimal> { ["web"] = 0.09m },
            () => [Card(new LocalDate(2026, 2, 1), 10m), Card(new LocalDate(2026, 3, 15), 20m)]);

        var march = (await store.Database.Read(s => queries.Read(s, "report-a-pothole", null, March))).Services.ToDictionary(s => s.Authority, s => s.Cost);
        (march["wessex"].Basis, march["wessex"].Total).ShouldBe(("measured", 30.5m));
        (march["mercia"].Basis, march["mercia"].Total).ShouldBe(("default", 0.09m));

        var longer = new ReportingPeriod(new LocalDate(2026, 1, 31), new LocalDate(2026, 3, 31));
        (await store.Database.Read(s => queries.Read(s, null, "wessex", longer))).Services.Single().Cost.Basis.ShouldBe("default");
    }

    [Theory]
    [BothDatabases]
    public async Task A_service_on_offer_that_nobody_used_yet_is_shown_with_noughts(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        await Make(store.Database);
        var report = await store.Database.Read(s => Queries.Read(s, "missed-bin", null, March, [("missed-bin", "wessex"), ("fly-tipping", "wessex")]));
        report.Services.Single().Service.ShouldBe("missed-bin");
        report.Services.Single().Cases.ShouldBe(new CaseFigures(0, 0, 0, 0));
    }

    [Theory]
    [BothDatabases]
    public async Task Circumstances_are_counted_once_by_the_day_and_small_numbers_are_hidden(Dialect dialect)
    {
        await using var store = await TestStore.Create(dialect);
        var owner = new Circumstances((_, references) => Task.FromResult<IReadOnlyDictionary<string, Circumstance>>(
            references.Where(r => r != "POT-ERASED").ToDictionary(r => r, r => new Circumstance("E05000001", r == "POT-CY" ? "cy" : "en", null, null))));
        await store.Database.Commit(async unit =>
        {
            for (var i = 0; i < 4; i++)
                await owner.Handle(unit, Entry(Received(), Noon, "case/POT-EN"));
            // As many together, and with them all that has nothing to count.
            await owner.Handle(unit, [.. Enumerable.Range(0, 5).Select(_ => Entry(Received(), Noon, "case/POT-EN")), Entry(Received(), Noon, "case/POT-CY"), Entry(Received(), Noon, "case/POT-ERASED"), Entry(Closed(), Noon, "case/POT-EN")]);
        });
        await store.Database.Read(async session =>
        {
            (await Circumstances.Read(session, "report-a-pothole", "wessex", "ward", March)).ShouldBe([("E05000001", 10L)]);
            (await Circumstances.Read(session, "report-a-pothole", "wessex", "language", March)).ShouldBe([("en", null), ("cy", null)]);
            return true;
        });
    }
}
