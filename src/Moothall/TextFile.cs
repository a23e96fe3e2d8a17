using Moothall.Definitions;

namespace Moothall;

/// <summary>Reads the text of a designer's or council's file. One that cannot be read, is no text or is far too long is a finding like any other.</summary>
static class TextFile
{
    /// <summary>The text, or why there is none. No more is read than may be.</summary>
    /// <param name="shownAs">What findings call the file.</param>
    public static (string? Text, Finding? Why) Read(string path, string shownAs, int mostBytes = FileText.MostBytes)
    {
        var top = new SourcePlace(shownAs, 1, 1);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > mostBytes) return (null, new(top, Severity.Error, new Message("this file is too long; the most is {most} characters", ("most", mostBytes / 4))));
            var bytes = new byte[stream.Length];
            return FileText.Read(shownAs, bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new(top, Severity.Error, new Message("this file cannot be read: {trouble}", ("trouble", e.Message))));
        }
    }
}
