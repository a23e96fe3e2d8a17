using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moothall.StandIns;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Attack;

/// <summary>A real PostgreSQL over TLS: one that proves who it is is spoken to, and any other is told nothing.</summary>
public sealed class DatabaseTlsTests
{
    static async Task Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(RunningCouncil.Repository, "bin", "lib", "postgres.sh"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        // The server goes on and holds what it was given to write to, so only the end of the command is waited for.
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!process.HasExited) await Task.Delay(50, patience.Token);
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
    }

    [Fact]
    public async Task The_store_is_spoken_to_only_where_it_proves_who_it_is()
    {
        Assert.SkipWhen(TestPostgres.Cluster is null, "MOOTHALL_TEST_POSTGRES is not set");
        using var certificates = new MailCertificates(SystemClock.Instance);
        using var others = new MailCertificates(SystemClock.Instance);
        using var own = certificates.For("localhost");
        var folder = Directory.CreateTempSubdirectory("pg-tls-").FullName;
        var (certificate, key, authority, stranger, cluster) = (Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"), Path.Combine(folder, "ca.pem"), Path.Combine(folder, "other.pem"), Path.Combine(folder, "cluster"));
        await File.WriteAllTextAsync(certificate, own.ExportCertificatePem());
        using (var secret = own.GetECDsaPrivateKey() as AsymmetricAlgorithm ?? own.GetRSAPrivateKey()) await File.WriteAllTextAsync(key, secret!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(authority, certificates.Authority.ExportCertificatePem());
        await File.WriteAllTextAsync(stranger, others.Authority.ExportCertificatePem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        if (Environment.UserName == "root")
            using (var owner = Process.Start("chown", ["postgres", key, certificate])) await owner.WaitForExitAsync();
        var port = FreePorts.First();
        try
        {
            await Run("start", cluster, port.ToString(System.Globalization.CultureInfo.InvariantCulture), "ssl=on", "ssl_cert_file=" + certificate, "ssl_key_file=" + key);
            async Task<string?> Trouble(string host, string more)
            {
                await using var database = Database.Postgres($"Host={host};Port={port};Username=moothall;Password=s3cret-word;Database=moothall;Pooling=false;{more}");
                try
                {
                    await database.Read(session => session.Number($"select 1"));
                    return null;
                }
                catch (StoreUnavailableException trouble)
                {
                    trouble.ToString().ShouldNotContain("s3cret-word");
                    return trouble.Message;
                }
            }
            (await Trouble("localhost", $"SSL Mode=VerifyFull;Root Certificate={authority}")).ShouldBeNull();
            (await Trouble("127.0.0.1", $"SSL Mode=VerifyFull;Root Certificate={authority}")).ShouldNotBeNull("the certificate has another name").ShouldStartWith("The database did not prove that it is the one that was named");
            (await Trouble("localhost", $"SSL Mode=VerifyFull;Root Certificate={stranger}")).ShouldNotBeNull("it is from another authority").ShouldStartWith("The database did not prove that it is the one that was named");
            (await Trouble("localhost", "SSL Mode=VerifyFull")).ShouldNotBeNull("this machine does not trust the authority").ShouldStartWith("The database did not prove that it is the one that was named");

            // A whole node, over the same.
            await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: s => s with { Database = $"Host=localhost;Port={port};Username=moothall;Database=moothall;SSL Mode=VerifyFull;Root Certificate={authority}" });
            using var client = await council.Client();
            (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await council.House.Database.Read(s => s.Number($"select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'moothall' and not ssl"))).ShouldBe(0);
            (await council.House.Database.Read(s => s.Number($"select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'moothall' and ssl"))).ShouldBeGreaterThan(0);
        }
        finally
        {
            await Run("stop", cluster);
            Directory.Delete(folder, recursive: true);
        }
    }
}
