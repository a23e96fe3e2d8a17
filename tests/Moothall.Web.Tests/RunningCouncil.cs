using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Moothall.Host;
using Moothall.Identity;
using Moothall.Store;
using NodaTime;
using Npgsql;

namespace Moothall.Web.Tests;

/// <summary>
/// A whole node serving the example council on a database of its own: real HTTP on a free port of loopback, a clock that tests set, no sign-in but tokens.
/// Disposing it stops the node and takes the data away. Starting one costs a good part of a second: share one where tests do not disturb each other (<see cref="Councils"/>).
/// </summary>
public sealed class RunningCouncil : IAsyncDisposable
{
    readonly string? ownDatabase;
    readonly Dictionary<string, string> tokens = [];
    readonly SemaphoreSlim one = new(1);

    RunningCouncil(Dialect dialect, Serving serving, TestClock clock, string data, string? ownDatabase)
    {
        (Dialect, Serving, Clock, Data) = (dialect, serving, clock, data);
        this.ownDatabase = ownDatabase;
        Address = new Uri(serving.Addresses[0]);
    }

    public Dialect Dialect { get; }
    public Serving Serving { get; }
    public House House => Serving.House;
    /// <summary>The time that the node goes by; the store's leases go by the database's own.</summary>
    public TestClock Clock { get; }
    public Uri Address { get; }
    /// <summary>The folder of the SQLite file.</summary>
    public string Data { get; }
    public string DatabaseFile => Path.Combine(Data, "moothall.db");
    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();
    /// <summary>The day in the council's zone.</summary>
    public LocalDate Today => House.Council.Authorities[0].Calendar.DayOf(Clock.GetCurrentInstant());

    /// <summary>Starts a node of its own.</summary>
    /// <param name="data">A folder for the data; null makes one in the temporary folder.</param>
    /// <param name="change">Other settings than those of the demo.</param>
    /// <param name="pace">How often its background work looks.</param>
    /// <param name="prepare">What is done to the empty store before the node opens it: restoring a backup.</param>
    public static async Task<RunningCouncil> Start(Dialect dialect, string? data = null, Func<Settings, Settings>? change = null, Pace? pace = null, Func<Settings, Task>? prepare = null)
    {
        string? name = null;
        var settings = PreparedStore.Example with { Data = data ?? Directory.CreateTempSubdirectory("moothall-web-").FullName };
        if (dialect == Dialect.Postgres)
        {
            name = "w" + Guid.NewGuid().ToString("n");
            settings = settings with { Database = Connection(name) };
        }
        settings = change?.Invoke(settings) ?? settings;
        var isPrepared = data is null && prepare is null && PreparedStore.Fits(settings);
        if (name is not null) await InCluster($"create database {name} {(isPrepared ? await PreparedStore.AsTemplate() : "")}");
        else if (isPrepared) await PreparedStore.CopyTo(settings.Data);
        if (prepare is not null) await prepare(settings);
        var clock = new TestClock();
        if (isPrepared) pace = (pace ?? new Pace(null, null)) with { SecondLook = null };
        return new RunningCouncil(dialect, await Serving.Start(settings, clock, pace), clock, settings.Data, name);
    }

    /// <summary>A program or browser of its own: its cookies are kept, redirects are shown and not followed.</summary>
    /// <param name="member">Sends the token of this member of staff or partner with each request.</param>
    /// <param name="host">The front door that is knocked at; it chooses the look.</param>
    public async Task<HttpClient> Client(string? member = null, string host = "wessex.localhost")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = host;
        if (member is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOf(member));
        return client;
    }

    /// <summary>A token of a member of staff or a partner, made once.</summary>
    public async Task<string> TokenOf(string member)
    {
        await one.WaitAsync();
        try
        {
            if (tokens.TryGetValue(member, out var made)) return made;
            return tokens[member] = await House.Database.Commit(unit => Tokens.Create(unit, member, Clock.GetCurrentInstant()));
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Waits until the figures know all that has happened so far.</summary>
    public Task WaitForFigures() => Serving.Readers.WaitUntilCaughtUp();

    public async ValueTask DisposeAsync()
    {
        await Serving.DisposeAsync();
        one.Dispose();
        if (ownDatabase is not null) await InCluster($"drop database {ownDatabase} with (force)");
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }

    internal static string Connection(string database) => new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = database, MaxPoolSize = 16 }.ToString();

    internal static async Task InCluster(string sql)
    {
        await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
        await using var command = cluster.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    static string FindRepository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <summary>A clock that stands still until a test sets it. It begins on a working Wednesday morning.</summary>
public sealed class TestClock : IClock
{
    /// <summary>Wednesday 18 November 2026, half past ten.</summary>
    public static readonly Instant Begin = Instant.FromUtc(2026, 11, 18, 10, 30);

    long ticks = Begin.ToUnixTimeTicks();

    public Instant GetCurrentInstant() => Instant.FromUnixTimeTicks(Interlocked.Read(ref ticks));

    public void Set(Instant now) => Interlocked.Exchange(ref ticks, now.ToUnixTimeTicks());

    public void Advance(Duration by) => Interlocked.Add(ref ticks, by.BclCompatibleTicks);
}
