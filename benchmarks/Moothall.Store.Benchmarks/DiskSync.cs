using System.Diagnostics;

namespace Moothall.Store.Benchmarks;

/// <summary>What one wait for the disk costs on this machine; every commit figure is to be read beside it.</summary>
internal static class DiskSync
{
    public static TimeSpan Measure(string folder)
    {
        const int times = 500;
        var file = Path.Combine(folder, "sync");
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        var block = new byte[4096];
        var since = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            stream.Write(block);
            stream.Flush(flushToDisk: true);
        }
        return Stopwatch.GetElapsedTime(since) / times;
    }
}
