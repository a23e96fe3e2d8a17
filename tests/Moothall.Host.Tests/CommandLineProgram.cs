using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Moothall.Testing;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>The program as people start it: a process of its own, in a folder of its own, with the example council and services beside it.</summary>
sealed class CommandLineProgram : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);

    public CommandLineProgram()
    {
        foreach (var name in new[] { "services", "council" }) Folders.Copy(Path.Combine(Repository(), name), Path.Combine(Folder, name));
    }

    /// <summary>The assembly of the program.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "Moothall.Host.dll");

    /// <summary>The program that is started, where it is another than what was built with the tests.</summary>
    public string Program { get; init; } = Assembly;

    /// <summary>What the program finds in its environment; none of the machine's own settings come there.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The folder that commands run in.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("moothall-host-").FullName;

    public string ServiceFile(string service) => Path.Combine(Folder, "services", service, "service.yaml");

    internal static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    /// <summary>Runs a command to its end.</summary>
    public async Task<Ended> Run(params string[] arguments)
    {
        using var running = Start(arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(patience.Token), running.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await running.WaitForExitAsync(patience.Token);
            return new Ended(running.ExitCode, await said, await complained);
        }
        catch (OperationCanceledException)
        {
            running.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// Runs a command to its end within the process of the tests, which costs a fraction of a process of its own. It takes the present folder, the environment and the output of the whole
    /// process meanwhile, so only tests of the collection <see cref="WholeProcess"/> may call it.
    /// </summary>
    public async Task<Ended> RunHere(params string[] arguments)
    {
        var (folder, said, complained) = (Directory.GetCurrentDirectory(), Console.Out, Console.Error);
        var before = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value, StringComparer.Ordinal);
        var cleared = before.Keys.Where(IsOfThisMachine).ToList();
        using var outHere = new StringWriter();
        using var errorHere = new StringWriter();
        try
        {
            foreach (var name in cleared) System.Environment.SetEnvironmentVariable(name, null);
            foreach (var (name, value) in Environment) System.Environment.SetEnvironmentVariable(name, value);
            Directory.SetCurrentDirectory(Folder);
            Console.SetOut(outHere);
            Console.SetError(errorHere);
            var code = await CommandLine.Run(Root.Value, arguments);
            return new Ended(code, outHere.ToString(), errorHere.ToString());
        }
        finally
        {
            Console.SetOut(said);
            Console.SetError(complained);
            Directory.SetCurrentDirectory(folder);
            foreach (var name in cleared.Concat(Environment.Keys)) System.Environment.SetEnvironmentVariable(name, before.GetValueOrDefault(name));
        }
    }

    static readonly Lazy<System.CommandLine.RootCommand> Root = new(CommandLine.Root);

    static bool IsOfThisMachine(string variable) => variable.StartsWith("MOOTHALL_", StringComparison.OrdinalIgnoreCase) || variable is "ASPNETCORE_URLS" or "ASPNETCORE_ENVIRONMENT";

    /// <summary>Starts a council that serves, on a port of its own.</summary>
    public async Task<Server> Serve(params string[] arguments)
    {
        var server = new Server(Start(["serve", "--urls", "http://127.0.0.1:0", .. arguments]));
        await server.Says("Moothall serves http");
        return server;
    }

    /// <summary>Starts a command, which whoever asked ends or waits for.</summary>
    public Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(System.Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfThisMachine).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>Tests that need the whole process for themselves: its present folder, its environment and its output.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

/// <summary>How a command ended and what it said.</summary>
sealed record Ended(int Code, string Said, string Complained);

/// <summary>A council that serves until the test ends.</summary>
sealed class Server : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

    public Server(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    public Uri Address => new(lines.First(l => l.StartsWith("Moothall serves ", StringComparison.Ordinal)).Split(' ')[2].TrimEnd('.'));

    /// <summary>Waits until it has written a line with these words.</summary>
    public Task Says(string words) => Eventually(() => Task.FromResult(lines.Any(l => l.Contains(words, StringComparison.Ordinal))), $"says “{words}”");

    /// <summary>Waits until something holds.</summary>
    public async Task Eventually(Func<Task<bool>> holds, string what)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Longest && !process.HasExited; await Task.Delay(50, TestContext.Current.CancellationToken))
            if (await holds()) return;
        throw new TimeoutException($"It never came to this: {what}. It wrote:\n{string.Join('\n', lines)}");
    }

    /// <summary>Tells it to stop, as systemd does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it as a broken machine would: in the middle of whatever it does.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }
}
