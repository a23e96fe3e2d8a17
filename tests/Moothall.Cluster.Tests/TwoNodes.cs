using System.Net;
using System.Runtime.CompilerServices;
using Moothall.Host;
using Moothall.StandIns;
using Moothall.Store;
using NodaTime;
using Npgsql;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>Two nodes of the example council on one PostgreSQL, in this process, with one mail server. No node is special.</summary>
sealed class TwoNodes : IAsyncDisposable
{
    public static readonly Pace Quick = new(new ReaderSettings { Lease = Duration.FromSeconds(2) }, new() { Poll = TimeSpan.FromMilliseconds(20) });

    readonly string? name;

    TwoNodes(string? name, string connection, MailServer mail) => (this.name, Connection, Mail) = (name, connection, mail);

    public string Connection { get; }
    public MailServer Mail { get; }
    public Serving First { get; private set; } = null!;
    public Serving Second { get; private set; } = null!;

    public static string Repository { get; } = Root();

    public static async Task<TwoNodes> Start(Func<Settings, Settings>? change = null)
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        var name = "c" + Guid.NewGuid().ToString("n");
        await InCluster($"create database {name}");
        return await Start(new TwoNodes(name, new NpgsqlConnectionStringBuilder(TestPostgres.Cluster) { Database = name, MaxPoolSize = 16 }.ToString(), new MailServer(SystemClock.Instance).Start()), change);
    }

    /// <summary>Two nodes on an empty database that somebody else looks after.</summary>
    public static Task<TwoNodes> StartOn(string connection) => Start(new TwoNodes(null, connection, new MailServer(SystemClock.Instance).Start()));

    static async Task<TwoNodes> Start(TwoNodes nodes, Func<Settings, Settings>? change = null)
    {
        // Both at once, on an empty database: neither may get into the other's way.
        var both = await Task.WhenAll(Serving.Start(nodes.Settings("first", change), pace: Quick), Serving.Start(nodes.Settings("second", change), pace: Quick));
        (nodes.First, nodes.Second) = (both[0], both[1]);
        return nodes;
    }

    public Settings Settings(string node, Func<Settings, Settings>? change = null)
    {
        var settings = new Settings
        {
            Urls = "http://127.0.0.1:0", Environment = "Demo", Database = Connection, Node = node, Services = Path.Combine(Repository, "services"), Council = Path.Combine(Repository, "council"),
            Smtp = new() { Host = "127.0.0.1", Port = Mail.Port, Tls = Adapters.Smtp.SmtpTls.None, From = "no-reply@council.example", Bounces = "bounces@council.example" },
        };
        return change?.Invoke(settings) ?? settings;
    }

    /// <summary>Somebody whose every request comes to the other node: cookies and forms of one must hold on both.</summary>
    public HttpClient Client(string? token = null)
    {
        Uri[] addresses = [new(First.Addresses[0]), new(Second.Addresses[0])];
        var client = new HttpClient(new InTurn(addresses)) { BaseAddress = addresses[0], Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>A browser at one of the nodes; with the same cookies at the other, it is the same browser.</summary>
    public HttpClient ClientOf(Serving node, CookieContainer cookies)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false }) { BaseAddress = new(node.Addresses[0]), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = "wessex.localhost";
        return client;
    }

    sealed class InTurn(IReadOnlyList<Uri> addresses) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, UseProxy = false })
    {
        int number;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Port = addresses[Interlocked.Increment(ref number) % addresses.Count].Port }.Uri;
            return base.SendAsync(request, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Mail.DisposeAsync();
        if (name is not null) await InCluster($"drop database {name} with (force)");
    }

    internal static async Task InCluster(string sql)
    {
        await using var cluster = NpgsqlDataSource.Create(TestPostgres.Cluster!);
        await using var command = cluster.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
