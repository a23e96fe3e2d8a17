using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Moothall.Journeys;

/// <summary>
/// What a file is, by its bytes. Archives are looked at by their list of names only and never unpacked, so a zip bomb costs nothing; one named
/// photo.jpg is simply not a JPEG.
/// </summary>
public static class FileKinds
{
    /// <summary>Kinds taken, with the media type and the usual ending.</summary>
    public static readonly IReadOnlyDictionary<string, (string MediaType, string Ending)> All = new Dictionary<string, (string, string)>
    {
        ["jpeg"] = ("image/jpeg", ".jpg"),
        ["png"] = ("image/png", ".png"),
        ["pdf"] = ("application/pdf", ".pdf"),
        ["docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        ["xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        ["doc"] = ("application/msword", ".doc"),
        ["xls"] = ("application/vnd.ms-excel", ".xls"),
        ["odt"] = (OpenText, ".odt"),
        ["ods"] = (OpenSpreadsheet, ".ods"),
        ["csv"] = ("text/csv; charset=utf-8", ".csv"),
        ["txt"] = ("text/plain; charset=utf-8", ".txt"),
    };

    /// <summary>The most bytes that an archive may say it has when it is unpacked.</summary>
    const long MostUnpacked = 512L * 1024 * 1024;

    const string OpenText = "application/vnd.oasis.opendocument.text", OpenSpreadsheet = "application/vnd.oasis.opendocument.spreadsheet";

    static ReadOnlySpan<byte> CompoundSignature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The kind, or null when it is none that is taken.</summary>
    public static string? Detect(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        if (bytes.Length >= 4 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) return "jpeg";
        if (bytes.StartsWith(PngSignature)) return "png";
        // A file that is two things at once is neither: what one program takes for a document, another would take for a program.
        if (bytes.StartsWith("%PDF-"u8)) return EndOfArchive(bytes) < 0 ? "pdf" : null;
        if (bytes.StartsWith("PK\u0003\u0004"u8)) return EndOfArchive(bytes) == bytes.Length ? Archive(content) : null;
        if (bytes.StartsWith(CompoundSignature)) return Compound(bytes);
        return IsText(bytes) ? "txt" : null;
    }

    // ISO/IEC 23008-12: a file of boxes whose brand says HEIF. Its hidden data can stand in any box, so it cannot be taken out as simply as from a JPEG.
    internal static bool IsHeic(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8) && HeifBrands.Contains(Encoding.ASCII.GetString(bytes[8..12]));

    static readonly string[] HeifBrands = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];

    // MS-CFB: Word and Excel up to 2003 are files of streams, whose directory has their names in UTF-16. What brings macros with it is not taken.
    static string? Compound(ReadOnlySpan<byte> bytes)
    {
        bool Has(ReadOnlySpan<byte> all, string stream) => all.IndexOf(Encoding.Unicode.GetBytes(stream)) >= 0;
        if (Has(bytes, "_VBA_PROJECT")) return null;
        return Has(bytes, "WordDocument") ? "doc" : Has(bytes, "Workbook") ? "xls" : null;
    }

    // ODF 1.3, part 2, 3.3: the first entry is called mimetype and is stored as it is, so that it stands at a fixed place.
    static string? OpenDocument(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 100 || !bytes[30..].StartsWith("mimetype"u8)) return null;
        var type = Encoding.ASCII.GetString(bytes.Slice(38, 60));
        return type.StartsWith(OpenText + "PK", StringComparison.Ordinal) ? "odt" : type.StartsWith(OpenSpreadsheet + "PK", StringComparison.Ordinal) ? "ods" : null;
    }

    // APPNOTE 4.3.16: where the record ends that ends an archive, with its comment; -1 where the last bytes hold none.
    static int EndOfArchive(ReadOnlySpan<byte> bytes)
    {
        const int record = 22;
        var tail = Math.Max(0, bytes.Length - record - ushort.MaxValue);
        var at = bytes[tail..].LastIndexOf("PK\u0005\u0006"u8);
        return at < 0 || tail + at + record > bytes.Length ? -1 : tail + at + record + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(tail + at + 20)..]);
    }

    // The list of names is read and nothing is unpacked. What brings macros, or says that it would fill a disk, is not taken.
    static string? Archive(ReadOnlyMemory<byte> content)
    {
        try
        {
            // Not copied: it may be large.
            var bytes = MemoryMarshal.TryGetArray(content, out var whole) ? whole : content.ToArray();
            using var archive = new ZipArchive(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > 5_000 || archive.Entries.Sum(e => (double)e.Length) > MostUnpacked) return null;
            var names = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase))) return null;
            if (OpenDocument(content.Span) is { } open) return open;
            if (!names.Contains("[Content_Types].xml")) return null;
            return names.Contains("word/document.xml") ? "docx" : names.Contains("xl/workbook.xml") ? "xlsx" : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // UTF-8 without control characters (Unicode's category Cc: below 20, 7F, and 80 to 9F, which are C2 80 to C2 9F) but for those that part words and lines; and nothing that a browser may take for a page.
    static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes) || bytes.IndexOfAny(ControlBytes) >= 0) return false;
        for (var at = 0; bytes[at..].IndexOf((byte)0xC2) is >= 0 and var next; at += next + 1)
            if (bytes[at + next + 1] <= 0x9F) return false;
        var start = bytes;
        while (true)
        {
            start = start.TrimStart(" \t\r\n"u8);
            if (!start.StartsWith("\uFEFF"u8)) return !start.StartsWith("<"u8);
            start = start[3..];
        }
    }

    static readonly SearchValues<byte> ControlBytes = SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Where(b => b is not ('\n' or '\r' or '\t')).Select(b => (byte)b)]);

    // What was written, where it stands: a copy of a large photograph costs as much again.
    static ReadOnlyMemory<byte> Written(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);

    /// <summary>
    /// A photograph without the segments that say where, when and with what it was taken; other kinds as they are. Null when the file is damaged.
    /// </summary>
    public static ReadOnlyMemory<byte>? WithoutHiddenData(string kind, ReadOnlyMemory<byte> bytes) => kind switch
    {
        "jpeg" => Jpeg(bytes),
        "png" => Png(bytes),
        _ => bytes,
    };

    // JPEG (ITU T.81): segments FF xx length data up to SOS. Of the APP segments and comments only these stay: JFIF without its small picture, the colour profile (ICC.1, B.4) and Adobe's colours (APP14).
    // All others go: Exif and XMP (APP1), further pictures (APP2 MPF), IPTC (APP13).
    // What follows the end of the image goes too: cameras put further pictures there, with an Exif of their own.
    static ReadOnlyMemory<byte>? Jpeg(ReadOnlyMemory<byte> memory)
    {
        var bytes = memory.Span;
        var kept = new MemoryStream(bytes.Length);
        var orientation = 0;
        var at = 2;
        while (at + 2 <= bytes.Length)
        {
            if (bytes[at] != 0xFF) return null;
            var marker = bytes[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker == 0xD9)
            {
                // A sideways photograph must stay upright when its Exif goes: an Exif with nothing but the orientation takes its place.
                var result = new MemoryStream(bytes.Length);
                result.Write(bytes[..2]);
                if (orientation is > 1 and <= 8) result.Write(OrientationOnly(orientation));
                kept.WriteTo(result);
                result.Write(bytes.Slice(at, 2));
                return Written(result);
            }
            if (at + 4 > bytes.Length) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return null;
            var segment = bytes.Slice(at, 2 + length);
            if (marker == 0xE1) orientation = Math.Max(orientation, Orientation(segment[4..]));
            if (marker is not ((>= 0xE0 and <= 0xEF) or 0xFE) || IsHarmless(marker, segment)) kept.Write(segment);
            else if (marker == 0xE0 && segment[4..].StartsWith("JFIF\0"u8)) kept.Write([.. segment[..2], 0, 16, .. segment.Slice(4, 12), 0, 0]);
            at += 2 + length;
            if (marker != 0xDA) continue;
            var scan = at;
            at = EndOfScan(bytes, at);
            kept.Write(bytes[scan..at]);
        }
        return null;
    }

    static bool IsHarmless(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        0xE0 => segment.Length <= 18 && segment[4..].StartsWith("JFIF\0"u8),
        0xE2 => segment[4..].StartsWith("ICC_PROFILE\0"u8),
        0xEE => segment[4..].StartsWith("Adobe"u8),
        _ => false,
    };

    // In a scan FF stands before 00 and the restart markers D0 to D7 only; any other pair ends it.
    static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= bytes.Length) return bytes.Length;
            at += next;
            if (bytes[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return at;
            at += 2;
        }
        return bytes.Length;
    }

    // Exif 2.3, 4.6.4: tag 0x0112 in IFD0 of the TIFF that follows "Exif\0\0".
    static int Orientation(ReadOnlySpan<byte> data)
    {
        if (data.Length < 20 || !data.StartsWith("Exif\0\0"u8)) return 0;
        var tiff = data[6..];
        var little = tiff[0] == (byte)'I';
        int U16(ReadOnlySpan<byte> b) => little ? BinaryPrimitives.ReadUInt16LittleEndian(b) : BinaryPrimitives.ReadUInt16BigEndian(b);
        var first = (int)Math.Min(little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]), int.MaxValue);
        if (first < 8 || first > tiff.Length - 2) return 0;
        var entries = U16(tiff[first..]);
        for (var i = 0; i < entries && first + 2 + (i + 1) * 12 <= tiff.Length; i++)
        {
            var entry = tiff.Slice(first + 2 + i * 12, 12);
            if (U16(entry) == 0x0112) return U16(entry[8..]);
        }
        return 0;
    }

    static byte[] OrientationOnly(int orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    // PNG (ISO 15948): chunks of length, type, data, CRC. These make the picture; text, time, Exif and whatever else somebody put there goes, and so does what follows the end.
    static readonly HashSet<string> PngChunks = new(StringComparer.Ordinal) { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "sPLT", "hIST", "acTL", "fcTL", "fdAT", "cICP" };

    static ReadOnlyMemory<byte>? Png(ReadOnlyMemory<byte> memory)
    {
        var bytes = memory.Span;
        var kept = new MemoryStream(bytes.Length);
        kept.Write(bytes[..8]);
        var at = 8;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > int.MaxValue || at + 12L + length > bytes.Length) return null;
            var chunk = bytes.Slice(at, 12 + (int)length);
            var type = chunk.Slice(4, 4);
            if (PngChunks.Contains(Encoding.ASCII.GetString(type))) kept.Write(chunk);
            if (type.SequenceEqual("IEND"u8)) return Written(kept);
            at += 12 + (int)length;
        }
        return null;
    }

    /// <summary>A name for people: without folders, control characters or more than 100 characters, ending as its kind does.</summary>
    public static string TidyName(string name, string kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var stem = new string([.. Path.GetFileNameWithoutExtension(last).Normalize().Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))]).Trim(' ', '.');
        if (stem.Length == 0) stem = "file";
        return (stem.Length > 90 ? stem[..90] : stem) + All[kind].Ending;
    }
}
