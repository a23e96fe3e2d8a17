using Microsoft.Extensions.Logging;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// Files that people send are looked at by a scanner for viruses, where the council has one: when they come, and again later where it did not answer. What it has not looked at, nobody opens;
/// what it finds bad is refused, or loses its content.
/// </summary>
public static class ScanFiles
{
    /// <summary>What the store says of a file that was looked at.</summary>
    public const string Clean = "clean", Infected = "infected";

    /// <summary>A file as it comes: refused when it is bad; as it is, to be looked at later, when the scanner does not answer.</summary>
    public static async Task<Result<CheckedFile>> AsItComes(House house, CheckedFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(file);
        if (house.Scanner is not { } scanner) return file;
        return await scanner.Look(file.Bytes, cancel) switch
        {
            Scan.Clean => file with { Scan = Clean },
            Scan.Infected => Refusal.Invalid("The selected file contains a virus. Choose another file, or have somebody look at your device first"),
            _ => file,
        };
    }

    /// <summary>Whether a member of staff may open a file: it was found clean, or the council has no scanner.</summary>
    public static bool MayBeOpened(House house, StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(house);
        ArgumentNullException.ThrowIfNull(file);
        return file.Scan == Clean || (file.Scan is null && house.Scanner is null);
    }

    /// <summary>Looks at files that nobody has looked at, from one id on. What cannot be looked at just now is left for the next time.</summary>
    /// <returns>The id to go on behind, or "" where there is none left; and how many were found bad.</returns>
    public static async Task<(string After, int Bad)> LookAtSome(House house, string after, int most, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(house);
        if (house.Scanner is not { } scanner) return ("", 0);
        var (files, bad) = (await house.Database.Read(session => FileStore.Unscanned(session, after, most), cancel), 0);
        foreach (var file in files)
        {
            if (await FileStore.Open(house.Database, file.Id, cancel) is not { } content) continue;
            var bytes = new byte[file.Bytes];
            await using (content) await content.ReadExactlyAsync(bytes, cancel);
            var found = await scanner.Look(bytes, cancel);
            if (found == Scan.Unknown) continue;
            await house.Database.Commit(unit => FileStore.SetScan(unit, file.Id, found == Scan.Clean ? Clean : Infected, keepContent: found == Scan.Clean), cancel);
            if (found == Scan.Infected) bad++;
        }
        return (files.Count < most ? "" : files[^1].Id, bad);
    }
}

/// <summary>Every quarter of a minute one node looks at the files that the scanner could not look at when they came.</summary>
public sealed class ScanWork(House house, string node, ILogger<ScanWork> log) : IAsyncDisposable
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    static readonly Duration Lease = Duration.FromMinutes(5);
    const int AtOnce = 20;
    readonly CancellationTokenSource stopping = new();
    Task work = Task.CompletedTask;

    /// <summary>Begins, where the council has a scanner.</summary>
    public void Start()
    {
        if (house.Scanner is not null) work = Task.Run(Run);
    }

    /// <summary>Looks at all that waits, unless another node does.</summary>
    public async Task Round(CancellationToken cancel = default)
    {
        var leases = new Leases(house.Database);
        if (await leases.TryTake("scan-files", node, Lease, cancel) is not { } mine) return;
        for (var after = ""; ;)
        {
            (after, var bad) = await ScanFiles.LookAtSome(house, after, AtOnce, cancel);
            if (bad > 0) log.LogWarning("{Count} files that had been taken before the scanner looked at them hold viruses; their content was taken away.", bad);
            if (after.Length == 0 || await leases.Renew(mine, Lease, cancel) is null) break;
        }
        await leases.Release(mine);
    }

    async Task Run()
    {
        using var clock = new PeriodicTimer(Every);
        try
        {
            do
            {
                try
                {
                    await Round(stopping.Token);
                }
                catch (StoreException trouble)
                {
                    log.LogWarning("Files that wait for the scanner could not be looked at just now and will be: {Why}", trouble.Message);
                }
            }
            while (await clock.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Stopped while files were looked at.");
        }
    }

    bool disposed;

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
    }
}
