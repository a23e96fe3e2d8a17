namespace Moothall.Council;

/// <summary>The council's files as they are now; replaced as a whole when the folder changes.</summary>
public sealed class CurrentCouncil(CouncilFiles files)
{
    volatile CouncilFiles files = files;

    /// <summary>Take it once for a request and stay with it.</summary>
    public CouncilFiles Files => files;

    public void Replace(CouncilFiles changed) => files = changed;
}
