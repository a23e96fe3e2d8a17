using Moothall.Definitions;

namespace Moothall.Journeys;

/// <summary>What a scanner says of a file.</summary>
public enum Scan
{
    /// <summary>It did not look: it is down, or busy, or will not take this one. The file waits and is looked at later.</summary>
    Unknown,
    Clean,
    Infected,
}

/// <summary>The program that looks for viruses in what people send, which is somebody else's (ClamAV). It may be down for hours: residents go on, and nobody opens what it has not looked at.</summary>
public interface IFileScanner
{
    /// <summary>Looks at a file, within a limit of time. It never throws for what the scanner or a network does.</summary>
    Task<Scan> Look(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Whether it is set up, can be reached and knows what is new: a sentence with the mend when it is not, else null.</summary>
    Task<Message?> Check(CancellationToken cancel);
}
