using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Moothall.Testing;

namespace Moothall.Torture;

/// <summary>Starting programs, and ending them without asking.</summary>
static class Processes
{
    /// <summary>Runs a command to its end; what it printed.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await said} {await complained}");
    }

    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    static readonly HashSet<int> given = [];

    /// <summary>The first of some ports in a row that nobody has and nobody was given yet.</summary>
    public static int FreePort(int inARow = 1)
    {
        while (true)
        {
            var first = FreePorts.First(inARow);
            lock (given)
            {
                var row = Enumerable.Range(first, inARow).ToList();
                if (row.Any(given.Contains)) continue;
                given.UnionWith(row);
                return first;
            }
        }
    }
}

/// <summary>One program that serves until it is killed, and can be started again. Its output goes into a file.</summary>
sealed class Served(string name, string log, ProcessStartInfo start) : IDisposable
{
    Process? process;

    public string Name => name;
    public bool Runs => process is { HasExited: false };
    public int Starts { get; private set; }

    /// <summary>What it was given for an option.</summary>
    public string Argument(string option) => start.ArgumentList[start.ArgumentList.IndexOf(option) + 1];

    public void Start()
    {
        if (Runs) return;
        process?.Dispose();
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        Starts++;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    void Note(string? line)
    {
        if (line is null) return;
        lock (log) File.AppendAllText(log, line + "\n");
    }

    public void Kill()
    {
        if (!Runs) return;
        Processes.Signal(process!.Id, "KILL");
        process.WaitForExit();
    }

    public void Pause()
    {
        if (Runs) Processes.Signal(process!.Id, "STOP");
    }

    /// <summary>Goes on where it was paused; one that was killed meanwhile is let be.</summary>
    public void GoOn()
    {
        if (Runs) Processes.Signal(process!.Id, "CONT");
    }

    public void Dispose()
    {
        Kill();
        process?.Dispose();
    }
}

/// <summary>One cable to each of the databases, cut or slow together.</summary>
sealed class Cables(int[] to) : IDisposable
{
    readonly List<Cable> all = [.. to.Select(port => new Cable(port))];

    public IEnumerable<int> Ports => all.Select(c => c.Port);

    public void Cut() => all.ForEach(c => c.Cut());
    public void Mend() => all.ForEach(c => c.Mend());
    public void Slow(TimeSpan by) => all.ForEach(c => c.Slow(by));
    public void Dispose() => all.ForEach(c => c.Dispose());
}

/// <summary>A cable that can be cut or made slow: what comes to its port goes on to another.</summary>
sealed class Cable : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly int to;
    readonly CancellationTokenSource over = new();
    CancellationTokenSource cut = new();
    volatile bool isCut;
    volatile int delay;

    public Cable(int to)
    {
        this.to = to;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        isCut = true;
        Interlocked.Exchange(ref cut, new CancellationTokenSource()).Cancel();
    }

    public void Mend() => (isCut, delay) = (false, 0);

    public void Slow(TimeSpan by) => delay = (int)by.TotalMilliseconds;

    async Task Accept()
    {
        while (!over.IsCancellationRequested)
        {
            TcpClient here;
            try
            {
                here = await listener.AcceptTcpClientAsync(over.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            if (isCut) here.Dispose();
            else _ = Carry(here);
        }
    }

    async Task Carry(TcpClient here)
    {
        using var there = new TcpClient();
        using (here)
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cut.Token))
            try
            {
                here.NoDelay = there.NoDelay = true;
                await there.ConnectAsync(IPAddress.Loopback, to, end.Token);
                await Task.WhenAny(Copy(here, there, end.Token), Copy(there, here, end.Token));
                await end.CancelAsync();
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException or IOException)
            {
                // The other end is away; both ends see it.
            }
    }

    async Task Copy(TcpClient from, TcpClient into, CancellationToken end)
    {
        try
        {
            var buffer = new byte[32_768];
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, end)) > 0)
            {
                if (delay > 0) await Task.Delay(delay, end);
                await into.GetStream().WriteAsync(buffer.AsMemory(0, read), end);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // Ended from one side.
        }
    }

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
    }
}
