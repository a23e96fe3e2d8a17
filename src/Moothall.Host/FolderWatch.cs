using System.Threading.Channels;

namespace Moothall.Host;

/// <summary>Says when something below some folders was saved; many changes at once are one. Watches for events and, where a file system gives none, looks every two seconds.</summary>
sealed class FolderWatch : IDisposable
{
    readonly List<FileSystemWatcher> watchers = [];
    readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly IReadOnlyList<string> folders;
    string seen;

    public FolderWatch(IReadOnlyList<string> folders)
    {
        this.folders = [.. folders.Where(Directory.Exists).Select(Path.GetFullPath).Distinct()];
        seen = State();
        foreach (var folder in this.folders)
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
            watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);
            watchers.Add(watcher);
        }
    }

    /// <summary>Waits for the next change; false when cancelled.</summary>
    public async Task<bool> Next(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                turn.CancelAfter(TimeSpan.FromSeconds(2));
                try
                {
                    await changes.Reader.ReadAsync(turn.Token);
                    await Task.Delay(100, cancel);
                    changes.Reader.TryRead(out _);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { /* the two seconds are over: look */ }
                var now = State();
                if (now == seen) continue;
                seen = now;
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    string State() => string.Join('|', folders.Where(Directory.Exists).SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        .OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => $"{f.FullName}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"));

    public void Dispose() => watchers.ForEach(w => w.Dispose());
}
