namespace Moothall.Store.Log;

/// <summary>
/// The version at which a reader of the whole log has left each stream, so that the next one is known to be the next without asking the database. May
/// forget: what it does not know is looked up. Keeps a number for each stream's name; two names with one number only cost a look.
/// </summary>
internal sealed class PassedStreams(int most = 4_000_000)
{
    private readonly Dictionary<ulong, int> versions = [];

    /// <summary>Whether this version is the first of its stream or follows the one passed last; it counts as passed then.</summary>
    public bool IsNext(string stream, int version)
    {
        var key = KeyOf(stream);
        if (version != 1 && (!versions.TryGetValue(key, out var last) || last != version - 1)) return false;
        Keep(key, version);
        return true;
    }

    /// <summary>Says that a version was passed.</summary>
    public void Note(string stream, int version) => Keep(KeyOf(stream), version);

    private void Keep(ulong key, int version)
    {
        if (versions.Count >= most) versions.Clear();
        versions[key] = version;
    }

    // FNV-1a.
    private static ulong KeyOf(string stream)
    {
        var key = 14695981039346656037UL;
        foreach (var c in stream) key = (key ^ c) * 1099511628211UL;
        return key;
    }
}
