using System.Diagnostics;
using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>docs/how-to/first-hour.md is done as it is written, as far as that needs no root: what an administrator copies from it works.</summary>
public sealed class FirstHourTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    static string[] Page(string name) => File.ReadAllLines(Path.Combine(CommandLineProgram.Repository(), "docs", "how-to", name));

    // The indented lines between two lines of the page, as they are copied.
    static IEnumerable<string> Copied(string page, string from, string to)
    {
        var lines = Page(page);
        var first = Array.FindIndex(lines, l => l.StartsWith(from, StringComparison.Ordinal));
        first.ShouldBeGreaterThanOrEqualTo(0, from);
        return lines.Skip(first + 1).TakeWhile(l => !l.StartsWith(to, StringComparison.Ordinal)).Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l[4..]);
    }

    // What only root may do is left out; the folders of the machine are folders of this test.
    string Here(string line) => line.Replace("/opt/moothall/moothall", $"dotnet '{CommandLineProgram.Assembly}'", StringComparison.Ordinal).Replace("/var/lib/moothall", program.Folder, StringComparison.Ordinal)
        .Replace("/etc/moothall", Path.Combine(program.Folder, "etc"), StringComparison.Ordinal).Replace("/usr/local/bin/moothall", Path.Combine(program.Folder, "moothall"), StringComparison.Ordinal)
        .Replace("runuser -u moothall -- ", "", StringComparison.Ordinal);

    static bool NeedsRoot(string line) => line.StartsWith("useradd", StringComparison.Ordinal) || line.StartsWith("chown", StringComparison.Ordinal) || line.StartsWith("install -d -o", StringComparison.Ordinal);

    [Fact]
    public async Task What_the_page_says_makes_a_council_that_serves()
    {
        var script = Copied("first-hour.md", "## 2.", "## 5.").Where(l => !NeedsRoot(l)).Select(Here).Select(l => l == "moothall publish" ? "./moothall publish" : l);
        var shell = new ProcessStartInfo("sh", ["-e"]) { WorkingDirectory = program.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in shell.Environment.Keys.Where(k => k.StartsWith("MOOTHALL_", StringComparison.OrdinalIgnoreCase)).ToList()) shell.Environment.Remove(name);
        using var running = Process.Start(shell)!;
        var (said, complained) = (running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await running.StandardInput.WriteAsync(string.Join('\n', script) + "\n");
        running.StandardInput.Close();
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        running.ExitCode.ShouldBe(0, await complained);
        (await complained).Trim().ShouldBe("Nothing to mend.");
        (await said).ShouldContain("Published version 1 of report-graffiti.");

        // As the unit starts it, with the same file, and telling systemd when it serves.
        foreach (var line in Copied("first-hour.md", "One file tells", "A short command").Where(l => l.StartsWith("MOOTHALL_", StringComparison.Ordinal)).Select(Here))
            program.Environment[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('\'');
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var waiting = Path.Combine(program.Folder, "notify");
        systemd.Bind(new UnixDomainSocketEndPoint(waiting));
        program.Environment["NOTIFY_SOCKET"] = waiting;
        using var server = await program.Serve();
        var word = new byte[64];
        var length = await systemd.ReceiveAsync(word, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        word.AsSpan(0, length).SequenceEqual("READY=1"u8).ShouldBeTrue();
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken)).ShouldContain("\"status\":\"ok\"");
        (await http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain("Little Wexham Town Council");
    }

    [Fact]
    public void The_files_of_the_page_fit_together()
    {
        var settings = Copied("first-hour.md", "One file tells", "A short command").Where(l => l.StartsWith("MOOTHALL_", StringComparison.Ordinal)).Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1].Trim('\''));
        var unit = Copied("first-hour.md", "## 5.", "## 6.").ToList();
        unit.ShouldContain("EnvironmentFile=/etc/moothall/environment");
        unit.ShouldContain($"ReadWritePaths={settings["MOOTHALL_DATA"]}");
        unit.ShouldContain("Type=notify");
        unit.ShouldContain($"curl {settings["MOOTHALL_URLS"]}/health/ready");

        var front = Copied("first-hour.md", "## 6.", "## 7.").Select(l => l.Trim()).ToList();
        front.ShouldContain($"proxy_pass {settings["MOOTHALL_URLS"]};");
        front.ShouldContain($"reverse_proxy {settings["MOOTHALL_URLS"][7..]}");
        foreach (var header in new[] { "Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme" }) front.ShouldContain($"proxy_set_header {header};");

        var backup = Copied("backup.md", "## Every night", "`/etc/systemd/system/moothall-backup.timer`").ToList();
        backup.ShouldContain("EnvironmentFile=/etc/moothall/environment");
        backup.Single(l => l.StartsWith("ReadWritePaths=", StringComparison.Ordinal)).Split('=')[1].Split(' ').ShouldBe([settings["MOOTHALL_DATA"], "/var/backups/moothall"]);
        backup.ShouldAllBe(l => !l.Contains("--data", StringComparison.Ordinal));
    }
}
