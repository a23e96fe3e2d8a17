using System.Diagnostics;
using Xunit;

namespace Moothall.Cluster.Tests;

/// <summary>A PostgreSQL with a standby of the test's own, looked after by Patroni and etcd (bin/lib/patroni.sh); its tests are shown as skipped where those are not installed.</summary>
sealed class Standby : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-ha-").FullName;

    /// <summary>What nodes are given: both databases, of which the primary is to be found.</summary>
    public string Connection { get; private set; } = "";

    public static async Task<Standby> Start()
    {
        foreach (var program in new[] { "/usr/bin/patroni", "/usr/bin/etcd" }) Assert.SkipUnless(File.Exists(program), $"{program} is not installed: apt-get install patroni etcd-server");
        var standby = new Standby();
        standby.Connection = (await standby.Script("start", FreePorts.First(6).ToString(System.Globalization.CultureInfo.InvariantCulture))).Trim();
        return standby;
    }

    /// <summary>Each member: its name, its role, the process of its PostgreSQL and that of its Patroni.</summary>
    public async Task<IReadOnlyList<(string Name, string Role, string Postgres, string Patroni)>> Members() =>
        [.. (await Script("list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(w => (w[0], w[1], w[2], w[3]))];

    /// <summary>The primary and what looks after it are gone, as when their machine loses its power.</summary>
    /// <returns>The name of the member that died.</returns>
    public async Task<string> KillPrimary()
    {
        var primary = (await Members()).Single(m => m.Role == "primary");
        using var kill = Process.Start("kill", ["-KILL", primary.Patroni, primary.Postgres]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
        return primary.Name;
    }

    /// <summary>The machine is there again: what was the primary comes back as the standby and gets all that it missed.</summary>
    public Task StartAgain() => Script("start");

    async Task<string> Script(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(TwoNodes.Repository, "bin", "lib", "patroni.sh"), [command, folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var running = Process.Start(start)!;
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await running.WaitForExitAsync();
        return running.ExitCode == 0 ? await said : throw new InvalidOperationException($"patroni.sh {command} ended with {running.ExitCode}: {await complained}");
    }

    public async ValueTask DisposeAsync() => await Script("stop");
}
