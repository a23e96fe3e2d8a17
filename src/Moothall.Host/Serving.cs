using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Web;
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
    readonly CancellationTokenSource stopping = new();
    readonly List<Task> running = [];

    Serving(WebApplication app, Database database, ReaderHost readers, House house)
    {
        this.app = app;
        this.database = database;
        this.readers = readers;
        House = house;
    }

    public House House { get; }
    /// <summary>The readers of the log, to wait for or to ask for alerts.</summary>
    public ReaderHost Readers => readers;
    /// <summary>The addresses it listens on, with the ports that were given.</summary>
    public IReadOnlyList<string> Addresses => [.. app.Urls];

    /// <summary>Starts a node; refuses with words where a file, the store or the address stands in the way.</summary>
    public static async Task<Serving> Start(Settings settings, IClock? clock = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        clock ??= SystemClock.Instance;
        // Settings are read once, at the start. The builder would otherwise watch all that is below the present folder for changed settings: there lies the database.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = settings.Environment, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 32L * 1024 * 1024;
        });
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var council = settings.ReadCouncil();
        var database = await settings.OpenStore();
        try
        {
            if (settings.PublishesOnSave)
            {
                var files = ServiceFolder.Check([settings.Services], council, Settings.Today(council));
                await PublishCommand.Publish(database, files, "development", Console.Error.WriteLine, cancel);
            }
            var house = await House.Open(database, council, clock);
            builder.Services.AddMoothallWeb(house, new WebSettings(ChooseANameSignIn: settings.IsDemo, RateLimits: !settings.IsDemo), Settings.SchemaAssemblies);
            builder.Services.AddSingleton(provider => new ReaderHost(database, House.Projections(), house.Owners(), [], house.Timers(), provider.GetRequiredService<ILogger<ReaderHost>>()));
            var app = builder.Build();
            app.MapMoothall();
            var readers = app.Services.GetRequiredService<ReaderHost>();
            var serving = new Serving(app, database, readers, house);
            await readers.Start();
            try
            {
                await app.StartAsync(cancel);
            }
            catch (IOException trouble)
            {
                await serving.DisposeAsync();
                throw new CommandRefused($"Moothall cannot listen on {settings.Urls}: {trouble.Message}");
            }
            serving.running.Add(serving.Follow(settings));
            return serving;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task UntilStopped(CancellationToken cancel) => app.WaitForShutdownAsync(cancel);

    // What other nodes published is taken up within a second; saved files are published where the environment does that.
    async Task Follow(Settings settings)
    {
        using var folders = settings.PublishesOnSave ? new FolderWatch([settings.Services, settings.Council]) : null;
        var saved = folders?.Next(stopping.Token);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (saved is { IsCompleted: true })
                {
                    if (await saved) await TakeUp(settings);
                    saved = folders!.Next(stopping.Token);
                }
                await House.Services.Refresh();
            }
            catch (Exception trouble) when (trouble is StoreUnavailableException or StoreBusyException or IOException)
            {
                app.Logger.LogError("Changes could not be taken up just now: {Why}", trouble.Message);
            }
            await Task.WhenAny(saved ?? Task.Delay(Timeout.Infinite, stopping.Token), Task.Delay(1000, stopping.Token));
        }
    }

    async Task TakeUp(Settings settings)
    {
        var reading = CouncilReader.Read(settings.Council);
        foreach (var finding in reading.Findings) app.Logger.LogWarning("{Finding}", finding);
        if (reading.Council is { } council && reading.Findings.All(f => f.Severity != Severity.Error)) House.CurrentCouncil.Replace(council);
        var files = ServiceFolder.Check([settings.Services], House.Council, Settings.Today(House.Council));
        await PublishCommand.Publish(database, files, "development", line => app.Logger.LogInformation("{Line}", line), stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await Task.WhenAll(running);
        await readers.DisposeAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
        stopping.Dispose();
    }
}
