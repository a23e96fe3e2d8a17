using Moothall.Council;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>
/// What the last checks of a folder of services read and proved, so that after a change only the services that changed are read and proved anew. Another council or another day
/// is another check: it holds nothing of those.
/// </summary>
public sealed class CheckMemory
{
    sealed record Kept(string Stamp, ServiceFile File)
    {
        public IReadOnlyList<Finding>? Proof { get; set; }
    }

    readonly Dictionary<string, Kept> files = new(StringComparer.Ordinal);
    (CouncilFiles? Council, LocalDate Today) around;

    (string Stamp, CouncilReading Reading)? council;

    /// <summary>The files of a council, read anew when one of them was written since.</summary>
    public CouncilReading CouncilIn(string folder)
    {
        var stamp = string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => $"{f.FullName}:{f.Length}:{f.LastWriteTimeUtc.Ticks}"));
        if (council?.Stamp != stamp) council = (stamp, CouncilReader.Read(folder));
        return council.Value.Reading;
    }

    internal void BeginIn(CouncilFiles? of, LocalDate today)
    {
        if (!ReferenceEquals(around.Council, of) || around.Today != today) files.Clear();
        around = (of, today);
    }

    /// <summary>A service as it was read, while what it is made of has the same stamp.</summary>
    internal ServiceFile Of(string path, string stamp, Func<ServiceFile> read)
    {
        if (files.TryGetValue(path, out var kept) && kept.Stamp == stamp) return kept.File;
        var file = read();
        files[path] = new Kept(stamp, file);
        return file;
    }

    /// <summary>What was proved of a service by itself.</summary>
    internal IReadOnlyList<Finding> ProofOf(ServiceFile file, Func<IReadOnlyList<Finding>> prove) => files[file.Path].Proof ??= prove();
}
