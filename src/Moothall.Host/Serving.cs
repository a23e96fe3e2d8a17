using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moothall.Adapters.ClamAv;
using Moothall.Adapters.OpenIdConnect;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Notifications;
using Moothall.Running;
using Moothall.Store;
using Moothall.Web;
using Moothall.Web.Capacity;
using Moothall.Web.Door;
using NodaTime;

namespace Moothall.Host;

/// <summary>
/// A node that serves: the store opened and its schema current, services published where the environment does that on save, the readers of the log running,
/// and Kestrel listening. Disposing it stops everything in the reverse order.
/// </summary>
public sealed class Serving : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Database database;
    readonly ReaderHost readers;
    readonly RunningWatch watch;
    Telemetry? telemetry;
    OpenIdProviders? providers;
    readonly CancellationTokenSource stopping = new();
    readonly List<Task> running = [];

    Serving(WebApplication app, Database database, ReaderHost readers, House house, RunningWatch watch)
    {
        this.app = app;
        this.watch = watch;
        this.database = database;
        this.readers = readers;
        House = house;
    }

    public House House { get; }
    /// <summary>What brings messages to the mail server.</summary>
    public required Outbox Outbox { get; init; }
    /// <summary>The mail server that messages go to.</summary>
    public required MailDesk Mail { get; init; }
    /// <summary>The queue that carries events, where there is one.</summary>
    public required QueueDesk Queue { get; init; }
    /// <summary>This node among the council's nodes.</summary>
    public required NodeLife Node { get; init; }
    /// <summary>What bounds how many requests are served at once.</summary>
    public Gates Gates => app.Services.GetRequiredService<Gates>();
    /// <summary>What counts requests that are limited; null in the demo, which limits none.</summary>
    public RequestCounts? Counts => app.Services.GetService<RequestCounts>();
    /// <summary>What looks at files that wait for the scanner.</summary>
    public ScanWork Scanning => app.Services.GetRequiredService<ScanWork>();
    /// <summary>What looks whether an alert begins or ends.</summary>
    public RunningWatch Watch => watch;
    /// <summary>The readers of the log, to wait for or to ask for alerts.</summary>
    public ReaderHost Readers => readers;
    /// <summary>Every address that it answers, as routing knows it.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Routing.RouteEndpoint> Routes => [.. app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()];
    /// <summary>The addresses it listens on, with the ports that were given.</summary>
    public IReadOnlyList<string> Addresses => [.. app.Urls];
    /// <summary>Every route that it answers, with the rule that says who may use it.</summary>
    public IReadOnlyList<RuledRoute> Rules => RouteRules.Of(app);

    /// <summary>Starts a node; refuses with words where a file, the store or the address stands in the way.</summary>
    /// <param name="pace">How often readers and the outbox look, where not as a serving council does.</param>
    public static async Task<Serving> Start(Settings settings, IClock? clock = null, Pace? pace = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // On SQLite the database's clock is this machine's; a clock that was given is a test's or a benchmark's own.
        var own = clock is null && settings.Database is not null ? new SteadyClock(SystemClock.Instance) : null;
        clock ??= (IClock?)own ?? SystemClock.Instance;
        // Settings are read once, at the start. The builder would otherwise watch all that is below the present folder for changed settings: there lies the database.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = settings.Environment, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MoothallWeb.MostBytes;
        });
        // docs/adr/0039: the worker that was woken for a connection reads, answers and sends, instead of handing each of the three to another.
        if (settings.Database is null) builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Logging.ClearProviders().AddJsonOrPlain(settings.LogsJson).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var council = settings.ReadCouncil();
        var database = await settings.OpenStore();
        QueueDesk? queue = null;
        try
        {
            // What stands in the store word for word was checked when it was published: the first page does not wait for a second check.
            var publishesLater = settings.PublishesOnSave && await ServiceFolder.IsPublished([settings.Services], database);
            if (settings.PublishesOnSave && !publishesLater)
            {
                if (await Settings.WhyNotPublish(database) is { } why)
                {
                    await Console.Error.WriteLineAsync(why.In(CommandLanguage.Spoken));
                    publishesLater = true;
                }
                else
                {
                    var files = ServiceFolder.Check([settings.Services], council, Settings.Today(council));
                    await PublishCommand.Publish(database, files, "development", CommandLanguage.Spoken, Console.Error.WriteLine, cancel);
                }
            }
            var house = await House.Open(database, council, clock);
            var mail = MailDesk.Open(settings, house, clock);
            var providers = new OpenIdProviders(settings.SignInKeys, Settings.OwnVersion, settings.Outgoing, clock, settings.ProviderPatience);
            house.Providers = providers;
            house.MailIsSet = mail.Mailer is not null;
            if (settings.Scanner is { } scanner) house.Scanner = new ClamScanner(scanner, clock);
            builder.Services.AddMoothallWeb(house, new WebSettings(ChooseANameSignIn: settings.IsDemo, RateLimits: !settings.IsDemo, settings.Proxies) { Sessions = settings.Sessions, StandInMail = mail.StandInAddress, Gate = settings.Gate, RequestsPerProgram = settings.RequestsPerProgram, KeyRing = settings.KeyRing, Preview = settings.Preview, AnswersWhereHeard = settings.Database is null }, Settings.SchemaAssemblies);
            builder.Services.AddSingleton(provider => new Outbox(house, mail.Mailer, provider.GetRequiredService<ILogger<Outbox>>(), pace?.Outbox));
            builder.Services.AddSingleton(provider => new ReaderHost(database, House.Projections(), house.Owners(), house.Effects(), house.Timers(), provider.GetRequiredService<ILogger<ReaderHost>>(), pace?.Readers, queue!.Relays, settings.Node));
            builder.Services.AddSingleton(provider => new ScanWork(house, settings.Node, provider.GetRequiredService<ILogger<ScanWork>>()));
            builder.Services.AddSingleton(_ => new AdapterChecks(Adapters(house, mail, queue!), clock));
            builder.Services.AddSingleton(provider => OwnRunningOf(settings, provider.GetRequiredService<AdapterChecks>(), queue!));
            var app = builder.Build();
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            queue = await QueueDesk.Open(settings, house, logs, cancel);
            var schema = app.Services.GetRequiredService<SchemaRunner>();
            var node = await NodeLife.Enter(database, settings.AsNode(schema), own, logs.CreateLogger<NodeLife>(), cancel);
            await LookAgain(schema, node, cancel);
            await MakeKeys(app, database, settings.KeyRing, node, cancel);
            foreach (var missing in Safeguards.Missing(settings)) app.Logger.LogWarning("{Missing}", missing);
            app.MapMoothall();
            mail.Map(app.MapGroup("").Open());
            if (app.WhyNotServe() is { } bare) throw new CommandRefused(bare);
            var readers = app.Services.GetRequiredService<ReaderHost>();
            var watch = new RunningWatch(house, app.Services.GetRequiredService<OwnRunning>(), node.Self.Run, logs.CreateLogger<RunningWatch>());
            var serving = new Serving(app, database, readers, house, watch) { providers = providers, Mail = mail, Queue = queue, Node = node, Outbox = app.Services.GetRequiredService<Outbox>() };
            house.ClockTrouble = () => node.ClockTrouble;
            readers.WhyNothingIsDue = () => node.ClockTrouble?.ToString();
            readers.Knows = EventJson.Knows;
            readers.Run = serving.Outbox.NodeRun = node.Self.Run;
            house.NodeWarnings = () => [.. node.Warnings, .. new[] { schema.Waits?.AsMessage(), queue.Queue?.Trouble }.OfType<Message>()];
            await readers.Start();
            serving.Outbox.Start();
            serving.Scanning.Start();
            serving.telemetry = Telemetry.Open(settings, node.Self.Version, serving.Gates, watch);
            queue.Start();
            watch.Start();
            node.Start(now => readers.NodesAlive = now.Alive, schema.CheckMayServe);
            try
            {
                await app.StartAsync(cancel);
            }
            catch (Exception trouble) when (trouble is IOException or System.Net.Sockets.SocketException)
            {
                await serving.DisposeAsync();
                throw new CommandRefused(new Message("Moothall cannot listen on {urls}: {trouble}", ("urls", settings.Urls), ("trouble", trouble.Message)));
            }
            // Addresses may also come from the framework's own settings; the demo stays on this machine whatever they say.
            if (settings.IsDemo && serving.Addresses.FirstOrDefault(a => !ServeCommand.IsLoopback(a)) is { } outside)
            {
                await serving.DisposeAsync();
                throw new CommandRefused(new Message("--demo serves loopback addresses only, because it lets anybody sign in as staff; {address} is not one. Take it out of the settings, or leave --demo out.", ("address", outside)));
            }
            serving.running.Add(serving.FollowStore());
            serving.running.Add(serving.StopWhenLost());
            serving.running.Add(serving.FinishTables(schema));
            serving.running.Add(serving.LetGoOfStart());
            if (settings.PublishesOnSave) serving.running.Add(serving.FollowFolders(settings, publishesLater ? (pace ?? new Pace(null, null)).SecondLook : null));
            return serving;
        }
        catch
        {
            if (queue is not null) await queue.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop; then says so to the load balancer and goes on serving for a moment, so that no request comes upon a door that shuts.</summary>
    public async Task UntilStopped(Duration leave, CancellationToken cancel)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult()))
        await using (cancel.Register(() => told.TrySetResult()))
            await told.Task;
        House.IsStopping = true;
        if (!Node.Lost.IsCompleted) await Task.Delay(leave.ToTimeSpan(), CancellationToken.None);
    }

    // Something may have been taken away between the look at the tables and this node's entering, which would have held it up.
    static async Task LookAgain(SchemaRunner schema, NodeLife node, CancellationToken cancel)
    {
        try
        {
            await schema.Apply(cancel);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    // What takes something away waits for the last older node.
    async Task FinishTables(SchemaRunner schema)
    {
        if (schema.Waits is { } waits) app.Logger.LogInformation("{Waits}", waits);
        while (schema.Waits is not null && !stopping.IsCancellationRequested)
        {
            await Task.Delay(Nodes.Beat.ToTimeSpan(), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var script in await schema.Apply(stopping.Token)) app.Logger.LogInformation("The older nodes have stopped: {Script} was carried out.", script);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                app.Logger.LogWarning("What takes something away could not be carried out just now and will be: {Why}", trouble.Message);
            }
        }
    }

    static List<Adapter> Adapters(House house, MailDesk mail, QueueDesk queue)
    {
        List<Adapter> adapters = [new("database", async cancel =>
        {
            await house.Database.Read(session => session.Number($"select 1"), cancel);
            return null;
        })];
        if (mail.Mailer is { } mailer) adapters.Add(new("mail", async cancel => await mailer.Check(cancel)));
        if (house.Scanner is { } scanner) adapters.Add(new("scanner", scanner.Check));
        if (queue.Queue is { } events) adapters.Add(new("queue", async cancel =>
        {
            await events.Check(cancel);
            return events.Trouble;
        }));
        foreach (var provider in house.Council.SignIn)
            adapters.Add(new("sign-in " + provider.Id, async cancel => house.Council.SignIn.FirstOrDefault(p => p.Id == provider.Id) is { } now ? await house.Providers!.Of(now).Check(cancel) : null));
        return adapters;
    }

    static OwnRunning OwnRunningOf(Settings settings, AdapterChecks adapters, QueueDesk queue) =>
        new(settings.Node, adapters, settings.DiskOfData, settings.LastBackup, cancel => queue.Queue?.Depth(cancel) ?? Task.FromResult<Exchange.QueueDepth?>(null))
        {
            Unguarded = Safeguards.Missing(settings),
            Rules = new AlertRules { Relays = queue.Relays.Select(r => r.Name).ToHashSet(StringComparer.Ordinal) },
        };

    // Two nodes that serve an empty store at once would each make a key to seal with, and could not read each other's forms for a while.
    static async Task MakeKeys(WebApplication app, Database database, KeyRing ring, NodeLife node, CancellationToken cancel)
    {
        var leases = new Leases(database);
        Lease? mine;
        while ((mine = await leases.TryTake("protection-keys", node.Self.Run, Duration.FromSeconds(10), cancel)) is null) await Task.Delay(100, cancel);
        if (!await StoredKeys.Reseal(database, ring))
        {
            await leases.Release(mine);
            await node.DisposeAsync();
            throw new CommandRefused(new Message("A key in the store is sealed by a key that key-ring-key does not hold. Add the key that was set before behind the new one; without it nobody who is signed in stays so, and kept forms are lost."));
        }
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("moothall.first").Protect([1]);
        await leases.Release(mine);
    }

    async Task StopWhenLost()
    {
        await Task.WhenAny(Node.Lost, Task.Delay(Timeout.Infinite, stopping.Token));
        if (!stopping.IsCancellationRequested) app.Lifetime.StopApplication();
    }

    // What starting left behind has outlived several collections, so nobody would look at it again for hours: 14 MiB of files that were read.
    async Task LetGoOfStart()
    {
        await Task.Delay(TimeSpan.FromSeconds(5), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // What other nodes published, and whom they changed, is taken up within a second.
    async Task FollowStore()
    {
        while (!stopping.IsCancellationRequested)
        {
            await TakingUp(House.Services.Refresh);
            await TakingUp(House.People.Refresh);
            await Task.Delay(1000, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Saved files are published at once, where the environment does that; while nodes of another version serve, later.
    async Task FollowFolders(Settings settings, TimeSpan? secondLook)
    {
        using var folders = new FolderWatch([settings.Services, settings.Council, .. settings.Preview is { } preview ? new[] { preview.Fragments } : []]);
        if (secondLook is { } after)
        {
            await Task.Delay(after, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested) await TakeUpUntilPublished(settings);
        }
        while (await folders.Next(stopping.Token)) await TakeUpUntilPublished(settings);
    }

    async Task TakeUpUntilPublished(Settings settings)
    {
        for (string? said = null, why = null; !stopping.IsCancellationRequested; said = why)
        {
            why = null;
            await TakingUp(async () => why = (await TakeUp(settings))?.ToString());
            if (why is null) return;
            if (why != said) app.Logger.LogInformation("{Why}", why);
            await Task.Delay(Nodes.Beat.ToTimeSpan(), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whatever goes wrong, the council goes on serving what it has, and says so.
    async Task TakingUp(Func<Task> takeUp)
    {
        try
        {
            await takeUp();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            app.Logger.LogDebug("Stopped while changes were taken up.");
        }
        catch (Exception trouble)
        {
            app.Logger.LogError(trouble, "Changes could not be taken up just now; what was there before stays in force.");
        }
    }

    // Why nothing was published, where something would have been.
    async Task<Message?> TakeUp(Settings settings)
    {
        var reading = CouncilReader.Read(settings.Council);
        foreach (var finding in reading.Findings) app.Logger.LogWarning("{Finding}", finding);
        if (reading.Council is { } council && reading.Findings.All(f => f.Severity != Severity.Error)) 
        {
            House.CurrentCouncil.Replace(settings.AsShown(council));
            Node.FilesAre(NodeLife.HashOf(settings.Council));
        }
        if (await Settings.WhyNotPublish(database) is { } why && !await ServiceFolder.IsPublished([settings.Services], database)) return why;
        var files = ServiceFolder.Check([settings.Services], House.Council, Settings.Today(House.Council));
        await PublishCommand.Publish(database, files, "development", Phrases.English, line => app.Logger.LogInformation("{Line}", line), stopping.Token);
        await House.Services.Refresh();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await Task.WhenAll(running);
        await watch.DisposeAsync();
        await Outbox.DisposeAsync();
        await Scanning.DisposeAsync();
        await readers.DisposeAsync();
        await Queue.DisposeAsync();
        telemetry?.Dispose();
        await Node.DisposeAsync();
        await Mail.DisposeAsync();
        providers?.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
        stopping.Dispose();
    }
}
