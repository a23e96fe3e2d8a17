using System.Diagnostics;
using Moothall.Testing;

namespace Moothall.Benchmarks.Replaying;

/// <summary>The built program as a second process, on a store of its own: publishes, makes a token, serves, replays. Disposing it stops the server it started and nothing else.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    readonly string host;
    readonly string[] store;
    readonly string[] files;
    Process? serving;

    /// <param name="host">Moothall.Host.dll, or the published executable.</param>
    /// <param name="store">`--data FOLDER` or `--database CONNECTION`.</param>
    public ServerProcess(string host, string[] store, string services, string council) =>
        (this.host, this.store, files) = (host, store, ["--services", services, "--council", council]);

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePorts.First()}");

    /// <summary>Processor time that the server used until now.</summary>
    public TimeSpan Cpu
    {
        get
        {
            serving!.Refresh();
            return serving.TotalProcessorTime;
        }
    }

    public long MemoryBytes
    {
        get
        {
            serving!.Refresh();
            return serving.WorkingSet64;
        }
    }

    /// <summary>Publishes the services and starts to serve; the token of the importer that `council/` names.</summary>
    public async Task<string> Start()
    {
        await Publish();
        var token = (await Run(["token", "create", "--as", "history-import", .. files[2..]])).Trim();
        serving = Process.Start(Command(["serve", "--urls", Address.ToString().TrimEnd('/'), .. files], keepOutput: false))!;
        using var client = new HttpClient { BaseAddress = Address };
        for (var tries = 0; ; tries++)
        {
            if (serving.HasExited || tries > 600) throw new InvalidOperationException("The server did not come up.");
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode) return token;
            }
            catch (HttpRequestException) { /* not listening yet */ }
            await Task.Delay(50);
        }
    }

    /// <summary>Makes the store where there is none, and publishes the services.</summary>
    public Task<string> Publish() => Run(["publish", .. files]);

    /// <summary>`moothall replay`, beside the serving node; what it prints.</summary>
    public Task<string> Replay() => Run(["replay"]);

    async Task<string> Run(string[] arguments)
    {
        using var process = Process.Start(Command(arguments, keepOutput: true))!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"“{string.Join(' ', arguments)}” ended with {process.ExitCode}: {said}");
    }

    ProcessStartInfo Command(string[] arguments, bool keepOutput)
    {
        var isLibrary = host.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : host) { RedirectStandardOutput = keepOutput };
        if (isLibrary) start.ArgumentList.Add(host);
        // The load comes from one program, and is not to be held back.
        start.Environment["MOOTHALL_REQUESTS_PER_PROGRAM"] = "10000000";
        foreach (var argument in (string[])[.. arguments, .. store]) start.ArgumentList.Add(argument);
        return start;
    }

    public async ValueTask DisposeAsync()
    {
        if (serving is null) return;
        if (!serving.HasExited) serving.Kill();
        await serving.WaitForExitAsync();
        serving.Dispose();
    }
}
