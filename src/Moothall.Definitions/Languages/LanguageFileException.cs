namespace Moothall.Definitions;

/// <summary>A file of a language cannot be read, or says something that is no message.</summary>
/// <param name="what">What is wrong, as a message.</param>
/// <param name="place">Where; null where only whoever reads the file knows.</param>
public sealed class LanguageFileException(Message what, SourcePlace? place = null, Exception? inner = null) : FormatException(place is { } known ? $"{known}: {what}" : what?.ToString(), inner)
{
    /// <summary>What is wrong.</summary>
    public Message What => what;

    /// <summary>Where it stands, where that is known.</summary>
    public SourcePlace? Place => place;
}
