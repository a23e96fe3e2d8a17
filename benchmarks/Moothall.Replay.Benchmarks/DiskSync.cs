using System.Diagnostics;

namespace Moothall.Benchmarks.Replaying;

/// <summary>What one wait for the disk costs on this machine now; every figure of a run that commits is to be read beside it.</summary>
internal static class DiskSync
{
    public static TimeSpan Measure(string folder)
    {
        const int times = 300;
        var file = Path.Combine(folder, "sync");
        using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            var block = new byte[4096];
            var since = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                stream.Write(block);
                stream.Flush(flushToDisk: true);
            }
            var each = Stopwatch.GetElapsedTime(since) / times;
            stream.Close();
            File.Delete(file);
            return each;
        }
    }
}
