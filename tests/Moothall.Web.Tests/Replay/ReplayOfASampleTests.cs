using Moothall.Benchmarks.Replaying;
using Moothall.Host;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Npgsql;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests;

/// <summary>The way of the benchmark with real requests, on some rows made here: sent and worked through the API, and every published figure reckoned again from the rows.</summary>
public sealed class ReplayOfASampleTests
{
    static readonly string Root = FindRoot();
    static readonly (string Services, string Council) Files = (Path.Combine(Root, "services"), Path.Combine(Root, "council"));
    [Fact]
    public Task On_SQLite_the_figures_equal_the_rows_before_and_after_a_replay() => TheFiguresEqualTheRows(postgres: null);

    [Fact]
    public async Task On_PostgreSQL_the_figures_equal_the_rows_before_and_after_a_replay()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        var name = "t" + Guid.NewGuid().ToString("n");
        await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
        await using (var create = cluster.CreateCommand($"create database {name}")) await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        try
        {
            await TheFiguresEqualTheRows(new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name, MaxPoolSize = 12 }.ToString());
        }
        finally
        {
            await using var drop = cluster.CreateCommand($"drop database {name} with (force)");
            await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    // Friday before a bank holiday, after closing; the working week of Easter; over the change to summer time; before opening.
    [InlineData("2025-05-02T16:30:00Z", 1, "2025-05-07T08:00:00Z")]
    [InlineData("2025-04-17T10:15:00Z", 1, "2025-04-22T10:15:00Z")]
    [InlineData("2025-03-28T14:00:00Z", 1, "2025-03-31T13:00:00Z")]
    [InlineData("2025-01-01T03:00:00Z", 4, "2025-01-08T09:00:00Z")]
    public void Working_days_by_hand_are_those_of_the_law(string received, int days, string due) =>
        Times.Text(WorkingDays.Read(Files.Council).Add(Utc(received), days)).ShouldBe(due);

    [Fact]
    public void A_wait_of_the_person_moves_a_deadline_by_its_working_time() =>
        Times.Text(WorkingDays.Read(Files.Council).Extend(Utc("2025-06-05T15:00:00Z"), Utc("2025-06-02T15:00:00Z"), Utc("2025-06-03T09:30:00Z"))).ShouldBe("2025-06-06T09:30:00Z");

    [Fact]
    public void A_row_of_an_unknown_type_is_refused() => Should.Throw<InvalidDataException>(() => Mapping.Service("Tree Emergency"));

    static async Task TheFiguresEqualTheRows(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("moothall-replay-").FullName;
        try
        {
            await using var serving = await Serving.Start(new Settings
            {
                Urls = "http://127.0.0.1:0", Data = folder, Database = postgres, Services = Files.Services, Council = Files.Council, Environment = "Development",
            }, cancel: TestContext.Current.CancellationToken);
            var database = serving.House.Database;
            var token = await database.Commit(unit => Tokens.Create(unit, "history-import", serving.House.Now, Duration.FromDays(1)), TestContext.Current.CancellationToken);
            using var server = new HttpClient { BaseAddress = new Uri(serving.Addresses[0]) };

            var history = History.Of(SampleOfRows.Make(300), 2025);
            history.Cases.ShouldContain(c => c.Closed == null, "some have to stay open");
            history.Cases.Select(c => c.Service).Distinct().Count().ShouldBe(8);
            var sending = new Sending(server, token, 16);
            await sending.Run(history.Cases, TestContext.Current.CancellationToken);
            await serving.Readers.WaitUntilCaughtUp();

            var expected = Expected.Of(history, Files.Services, Files.Council);
            await AllEqual(new Comparing(server, expected, history.Times));
            foreach (var projection in House.Projections()) await Store.Replay.Run(database, projection, cancel: TestContext.Current.CancellationToken);
            await serving.Readers.WaitUntilCaughtUp();
            await AllEqual(new Comparing(server, expected, history.Times));

            var oneLess = Expected.Of(history with { Cases = [.. history.Cases.Skip(1)] }, Files.Services, Files.Council);
            (await new Comparing(server, oneLess, history.Times).Run()).ShouldNotBeEmpty("a case too many must be seen");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task AllEqual(Comparing comparing)
    {
        (await comparing.Run()).ShouldBeEmpty();
        comparing.Figures.ShouldBeGreaterThan(1000);
    }

    static DateTime Utc(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Moothall.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
