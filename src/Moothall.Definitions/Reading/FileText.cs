using System.Text;
using System.Text.Unicode;

namespace Moothall.Definitions;

/// <summary>The text of a file's bytes. Every file here is UTF-8, with or without its mark; of any other the finding says where it stops being so.</summary>
public static class FileText
{
    /// <summary>The most bytes that a service file or a council's YAML file may have: as many characters as are read, each of the longest kind.</summary>
    public const int MostBytes = 4 * YamlSource.MostCharacters;

    /// <summary>The text, or why there is none.</summary>
    public static (string? Text, Finding? Why) Read(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (IsUtf16(bytes)) return (null, new(new(file, 1, 1), Severity.Error, new Message("this file is saved as UTF-16; open it in your editor and save it as UTF-8")));
        if (Utf8.IsValid(bytes)) return (Encoding.UTF8.GetString(bytes), null);
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        var before = Encoding.UTF8.GetString(bytes[..at]);
        var place = new SourcePlace(file, before.AsSpan().Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        return (null, new(place, Severity.Error, new Message("from here on this is not text in UTF-8, as every file here is; if it is text, open it in your editor and save it as UTF-8")));
    }

    /// <summary>Whether it has the mark of UTF-16, or begins with a letter of 16 bits.</summary>
    static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..];
}
