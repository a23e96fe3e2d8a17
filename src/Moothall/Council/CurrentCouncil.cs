namespace Moothall.Council;

/// <summary>
/// The council as it is now: the files of the folder with what the desk changed laid over them. Replaced as a whole when either changes.
/// </summary>
public sealed class CurrentCouncil(CouncilFiles files)
{
    readonly Lock one = new();
    CouncilFiles folder = files;
    Func<CouncilFiles, CouncilFiles> changes = unchanged => unchanged;
    IReadOnlySet<string> sensitive = files.Sensitive;
    volatile CouncilFiles files = files;

    /// <summary>Take it once for a request and stay with it.</summary>
    public CouncilFiles Files => files;

    /// <summary>What the folder alone says.</summary>
    public CouncilFiles Folder
    {
        get
        {
            lock (one) return folder;
        }
    }

    /// <summary>The folder was read again.</summary>
    public void Replace(CouncilFiles changed)
    {
        lock (one)
        {
            folder = changed;
            files = changes(folder) with { Sensitive = sensitive };
        }
    }

    /// <summary>The desk changed something that lies over the folder.</summary>
    public void LayOver(Func<CouncilFiles, CouncilFiles> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (one)
        {
            changes = changed;
            files = changes(folder) with { Sensitive = sensitive };
        }
    }

    /// <summary>Services were published: these are sensitive.</summary>
    public void Hide(IReadOnlySet<string> services)
    {
        lock (one)
        {
            if (sensitive.SetEquals(services)) return;
            sensitive = services;
            files = files with { Sensitive = sensitive };
        }
    }
}
