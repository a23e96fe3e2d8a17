using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Moothall.Testing;

/// <summary>ClamAV's daemon itself, with a list of one virus that is none: a line of text. A test that needs it is skipped where Debian's clamav-daemon is not installed.</summary>
public sealed class Clamd : IAsyncDisposable
{
    /// <summary>What it takes for a virus.</summary>
    public const string Virus = "MOOTHALL-TEST-VIRUS-0001";
    const string Program = "/usr/sbin/clamd";

    readonly string folder = Directory.CreateTempSubdirectory("clamd-").FullName;
    Process? process;

    /// <summary>Where it listens by a socket of this machine.</summary>
    public string Socket => $"unix:{folder}/clamd.ctl";
    /// <summary>Where it listens over TCP.</summary>
    public string Tcp { get; }

    Clamd(int port) => Tcp = string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{port}");

    /// <summary>One that is not started yet.</summary>
    public static async Task<Clamd> Make()
    {
        Assert.SkipUnless(File.Exists(Program), "clamav-daemon is not installed");
        var clamd = new Clamd(FreePorts.First());
        Directory.CreateDirectory(Path.Combine(clamd.folder, "list"));
        await File.WriteAllTextAsync(Path.Combine(clamd.folder, "list", "test.ndb"), $"Moothall.Test:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Virus))}\n");
        await File.WriteAllTextAsync(Path.Combine(clamd.folder, "clamd.conf"), $"""
            DatabaseDirectory {clamd.folder}/list
            LocalSocket {clamd.folder}/clamd.ctl
            TCPSocket {clamd.Tcp[(clamd.Tcp.LastIndexOf(':') + 1)..]}
            TCPAddr 127.0.0.1
            User {Environment.UserName}
            Foreground yes
            StreamMaxLength 1M

            """);
        return clamd;
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task Start()
    {
        process = System.Diagnostics.Process.Start(new ProcessStartInfo(Program, ["--config-file=" + Path.Combine(folder, "clamd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var socket = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket["unix:".Length..]));
                return;
            }
            catch (SocketException) when (tries < 600 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Stops it and leaves its folder.</summary>
    public async Task Stop()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        File.Delete(Socket["unix:".Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(folder, recursive: true);
    }
}
