using System.CommandLine;
using System.Runtime.InteropServices;
using Moothall.Definitions;
using Moothall.Journeys;

namespace Moothall.Host;

/// <summary>
/// `moothall preview SERVICE`: a council of the demo that serves one service as it lies in its folder, on this machine only, with its map. Its store is a folder of its own that goes when the
/// command ends, and nothing leaves it: no mail server, no queue, no collector.
/// </summary>
static class PreviewCommand
{
    const string UsualAddress = "http://127.0.0.1:8081";

    public static Command Make()
    {
        var service = new Argument<string>("service") { Description = Phrases.Mark("The name of the service, or its folder.") }.NoOption();
        var urls = new Option<string?>("--urls") { Description = Phrases.Mark("The address to listen on, on this machine only. Default: http://127.0.0.1:8081") };
        var command = new Command("preview", Phrases.Mark("Shows a service while it is being written: every page, a map of its paths, and what its examples leave out. Nothing is kept or sent."))
        {
            service, urls, CommandLine.Services, CommandLine.Council,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var configured = Settings.From(parsed);
            if (IsProduction()) throw new CommandRefused(new Message("A preview lets anybody sign in as staff, and this machine is set to serve in public (environment Production). Preview services where they are written."));
            var address = parsed.GetValue(urls) ?? UsualAddress;
            if (address.Split(';').FirstOrDefault(u => !ServeCommand.IsLoopback(u)) is { } outside)
                throw new CommandRefused(new Message("A preview is served on this machine only, because it lets anybody sign in as staff; {address} is not an address of it. Use http://127.0.0.1:8081, or leave --urls out.", ("address", outside)));
            var preview = Find(parsed.GetRequiredValue(service), configured.Services);
            var data = Directory.CreateTempSubdirectory("moothall-preview-").FullName;
            try
            {
                await Serve(configured with
                {
                    Environment = "Demo", Urls = address, Services = preview.Folder, Data = data, Preview = preview, Database = null, Queue = null, Smtp = null, Telemetry = null, Proxies = [],
                    Node = NodeLife.AnyName(), Leave = NodaTime.Duration.Zero,
                }, cancel);
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
            return 0;
        });
        return command;
    }

    static async Task Serve(Settings settings, CancellationToken cancel)
    {
        // Closing the terminal is no Ctrl+C, but means the same: the address is free again and the folder gone.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var closed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            over.Cancel();
        });
        await using var serving = await Serving.Start(settings, cancel: over.Token);
        var pages = serving.Addresses.Select(a => a.TrimEnd('/') + "/preview").ToList();
        await Console.Error.WriteLineAsync(CommandLanguage.Say("Open {address}. It follows each save. Nothing is kept: stop it with Ctrl+C and it is gone.", ("address", Message.List(pages).In(CommandLanguage.Spoken))));
        await serving.UntilStopped(settings.Leave, over.Token);
    }

    static bool IsProduction()
    {
        string?[] named = [Settings.Configuration()?["environment"], Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"), Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")];
        return named.Any(n => string.Equals(n, "Production", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The service of that name in the folder of services, or the one whose folder is named.</summary>
    static ServicePreview Find(string service, string services)
    {
        if (Definitions.Names.IsName(service) && File.Exists(Path.Combine(services, service, "service.yaml"))) return new ServicePreview(services, service);
        var folder = Path.GetFullPath(service.EndsWith("service.yaml", StringComparison.Ordinal) ? Path.GetDirectoryName(service) is { Length: > 0 } parent ? parent : "." : service);
        if (File.Exists(Path.Combine(folder, "service.yaml"))) return new ServicePreview(Path.GetDirectoryName(folder)!, Path.GetFileName(folder));
        if (!Directory.Exists(services)) throw new CommandRefused(new Message("There is no folder “{services}” with services. Name it with --services.", ("services", services)));
        var names = Directory.EnumerateDirectories(services).Where(d => File.Exists(Path.Combine(d, "service.yaml"))).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);
        throw new CommandRefused(DidYouMean.Among(service, names) is { } near
            ? new Message("There is no service “{name}” in {services}. Did you mean “{near}”?", ("name", service), ("services", services), ("near", near))
            : new Message("There is no service “{name}” in {services}.", ("name", service), ("services", services)));
    }
}
