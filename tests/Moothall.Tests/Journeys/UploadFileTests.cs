using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moothall.Journeys;
using Moothall.Store;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Tests.Journeys;

public class UploadFileTests
{
    static byte[] Segment(byte marker, params byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    static readonly byte[] Exif =
        Segment(0xE1, [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, .. "51.5991N 1.1252W"u8]);

    static readonly byte[] Scan = [.. Segment(0xDA, 1, 2, 3), 0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD0, 0x33];

    // Two scans as in a progressive photograph, a table whose bytes look like an end, and another picture behind the end.
    static readonly byte[] Jpeg = [0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8]), .. Exif, .. Segment(0xFE, [.. "by Ann Lee"u8]), .. Scan, .. Segment(0xC4, 0xFF, 0xD9), .. Scan, 0xFF, 0xD9,
        0xFF, 0xD8, .. Exif, 0xFF, 0xD9];

    [Fact]
    public void A_photograph_loses_its_place_and_author_and_what_hides_behind_it_and_stays_upright()
    {
        var kept = UploadFile.Check("photo.jpg", Jpeg).Value.ShouldNotBeNull();
        var text = Encoding.Latin1.GetString(kept.Bytes.Span);
        text.ShouldNotContain("51.5991");
        text.ShouldNotContain("Ann Lee");
        text.ShouldContain("JFIF");
        Convert.ToHexString(kept.Bytes.Span).ShouldContain("01120003000000010006", customMessage: "the orientation stays");
        Convert.ToHexString(kept.Bytes.Span).ShouldEndWith(Convert.ToHexString([.. Scan, .. Segment(0xC4, 0xFF, 0xD9), .. Scan, 0xFF, 0xD9]));
        UploadFile.Check("photo.jpg", kept.Bytes).Value!.Bytes.ToArray().ShouldBe(kept.Bytes.ToArray(), "tidying twice is as tidying once");
    }

    [Fact]
    public void A_photograph_that_breaks_off_is_damaged()
    {
        for (var length = 4; length < Jpeg.Length - Exif.Length - 6; length++)
            UploadFile.Check("photo.jpg", Jpeg.AsMemory(0, length)).Refusal.ShouldNotBeNull(length.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Why.ShouldBe("The selected file is damaged. Save it again or choose another file");
    }

    [Fact]
    public void Whatever_bytes_come_are_taken_or_refused_with_words() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Elements<byte[]>([0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [.. "PK\u0003\u0004"u8], []).ToArbitrary(), (bytes, head) =>
        {
            var check = UploadFile.Check("x", (byte[])[.. head, .. bytes ?? []]);
            return check.IsDone || check.Refusal!.Why.Length > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_zip_bomb_named_photo_is_no_photograph_and_is_never_unpacked()
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("bomb", CompressionLevel.Optimal).Open())
            for (var i = 0; i < 64; i++) entry.Write(new byte[1024 * 1024]);
        UploadFile.Check("photo.jpg", packed.ToArray()).Refusal!.Why.ShouldBe("The selected file must be a JPEG, PNG, PDF, Word, Excel, OpenDocument, CSV or text file");
    }

    static byte[] Zip(params (string Name, string Text)[] entries)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries)
                using (var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open()) entry.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    static byte[] Old(params string[] streams) => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512], .. streams.SelectMany(Encoding.Unicode.GetBytes)];

    [Fact]
    public void Documents_of_offices_old_and_open_are_told_by_their_bytes()
    {
        UploadFile.Check("a.odt", Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>"))).Value!.Kind.ShouldBe("odt");
        UploadFile.Check("a.zip", Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>"))).Value!.Name.ShouldBe("a.ods");
        UploadFile.Check("a.odt", Zip(("mimetype", "application/vnd.oasis.opendocument.text-web"), ("content.xml", "<x/>"))).Refusal.ShouldNotBeNull();
        UploadFile.Check("letter.doc", Old("Root Entry", "WordDocument")).Value!.Kind.ShouldBe("doc");
        UploadFile.Check("table.xls", Old("Root Entry", "Workbook")).Value!.Kind.ShouldBe("xls");
        UploadFile.Check("setup.msi", Old("Root Entry", "Property")).Refusal.ShouldNotBeNull();
        UploadFile.Check("letter.doc", Old("WordDocument", "_VBA_PROJECT")).Refusal.ShouldNotBeNull("it brings macros with it");
    }

    [Fact]
    public void What_a_camera_or_program_hides_in_other_places_goes_too()
    {
        byte[] small = [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 1, 1, 0xAA, 0xBB, 0xCC];
        byte[] photo = [0xFF, 0xD8, .. Segment(0xE0, small), .. Segment(0xE0, [.. "JFXX\0small"u8]), .. Segment(0xE2, [.. "MPF\0second"u8]), .. Segment(0xE2, [.. "ICC_PROFILE\0colours"u8]), .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<GPS>"u8]),
            .. Segment(0xED, [.. "Photoshop 3.0\0city"u8]), .. Segment(0xEE, [.. "Adobe\0d"u8]), .. Segment(0xEE, [.. "Ducky"u8]), .. Scan, 0xFF, 0xD9];
        var kept = Encoding.Latin1.GetString(UploadFile.Check("a.jpg", photo).Value!.Bytes.Span);
        foreach (var gone in new[] { "JFXX", "MPF", "GPS", "city", "Ducky", "\u00AA\u00BB\u00CC" }) kept.ShouldNotContain(gone);
        foreach (var stays in new[] { "JFIF", "ICC_PROFILE\0colours", "Adobe\0d" }) kept.ShouldContain(stays);
        UploadFile.Check("a.jpg", Encoding.Latin1.GetBytes(kept)).Value!.Bytes.ToArray().ShouldBe(Encoding.Latin1.GetBytes(kept));

        static byte[] Chunk(string type, string data) => [0, 0, 0, (byte)data.Length, .. Encoding.ASCII.GetBytes(type + data), 0, 0, 0, 0];
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", "size"), .. Chunk("tEXt", "author"), .. Chunk("eXIf", "place"), .. Chunk("prVt", "secret"), .. Chunk("gAMA", "g"), .. Chunk("IDAT", "pixels"), .. Chunk("iTXt", "words"), .. Chunk("IEND", ""), .. "<script>"u8];
        var png = Encoding.Latin1.GetString(UploadFile.Check("a.png", picture).Value!.Bytes.Span);
        foreach (var gone in new[] { "author", "place", "secret", "words", "script" }) png.ShouldNotContain(gone);
        foreach (var stays in new[] { "IHDRsize", "gAMAg", "IDATpixels" }) png.ShouldContain(stays);
    }

    [Fact]
    public void A_file_that_is_two_things_at_once_or_brings_macros_or_would_fill_a_disk_is_not_taken()
    {
        var word = Zip(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"));
        UploadFile.Check("a.docx", word).Value!.Kind.ShouldBe("docx");
        UploadFile.Check("a.docx", (byte[])[.. word, .. "<script>"u8]).Refusal.ShouldNotBeNull("something follows the archive");
        UploadFile.Check("a.pdf", (byte[])[.. "%PDF-1.7\n%%EOF\n"u8, .. word]).Refusal.ShouldNotBeNull("it is an archive too");
        UploadFile.Check("a.pdf", "%PDF-1.7\n%%EOF\n"u8.ToArray()).Value!.Kind.ShouldBe("pdf");
        UploadFile.Check("a.docx", Zip(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x"))).Refusal.ShouldNotBeNull("macros");
        UploadFile.Check("a.odt", Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("Basic/Standard/Module1.xml", "x"))).Refusal.ShouldNotBeNull("macros");
        foreach (var page in new[] { "<html>", " \n<svg>", "\uFEFF<script>", "\uFEFF \uFEFF<p>" }) UploadFile.Check("a.txt", Encoding.UTF8.GetBytes(page)).Refusal.ShouldNotBeNull(page);

        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var entry = zip.CreateEntry("[Content_Types].xml").Open()) entry.Write("<x/>"u8);
            using var bomb = zip.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            for (var i = 0; i < 520; i++) bomb.Write(new byte[1024 * 1024]);
        }
        packed.Length.ShouldBeLessThan(10 * 1024 * 1024);
        UploadFile.Check("a.docx", packed.ToArray()).Refusal.ShouldNotBeNull("half a gigabyte");
    }

    [Fact]
    public void A_table_in_plain_text_is_one_by_its_name()
    {
        UploadFile.Check("costs.CSV", "what,amount\nchairs,120\n"u8.ToArray()).Value!.Kind.ShouldBe("csv");
        UploadFile.Check("costs.txt", "what,amount\nchairs,120\n"u8.ToArray()).Value!.Kind.ShouldBe("txt");
        UploadFile.Check("photo.csv", Jpeg).Value!.Kind.ShouldBe("jpeg");
    }

    [Theory]
    [InlineData("Naïve café, £5 – “yes”\r\n\ttabbed", true)]
    [InlineData("\uFEFFwith a mark first", true)]
    [InlineData("a\u0000b", false)]
    [InlineData("a\u001Bb", false)]
    [InlineData("a\u007Fb", false)]
    [InlineData("a\u0080b", false)]
    [InlineData("a\u009Fb", false)]
    [InlineData("a\u00A0b\u00C2\u0442", true)]
    [InlineData("end\u00C2", true)]
    public void Text_is_what_has_no_control_characters(string text, bool taken) => (UploadFile.Check("a.txt", Encoding.UTF8.GetBytes(text)).Refusal is null).ShouldBe(taken);

    [Fact]
    public void Bytes_that_are_no_utf_8_are_no_text()
    {
        foreach (var bytes in new byte[][] { [0x61, 0xC2], [0xE9, 0x61], [0xFE, 0xFF, 0, 0x61] }) UploadFile.Check("a.txt", bytes).Refusal.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd.jpg")]
    [InlineData("C:\\Users\\ann\\hole.exe", "hole.jpg")]
    [InlineData("a\"b<c>\u202E.png", "abc.jpg")]
    [InlineData("...", "file.jpg")]
    [InlineData("", "file.jpg")]
    public void A_name_is_made_fit_for_people_and_disks(string name, string tidy) => FileKinds.TidyName(name, "jpeg").ShouldBe(tidy);

    [Fact]
    public void An_empty_or_too_large_file_is_refused()
    {
        UploadFile.Check("a.txt", Array.Empty<byte>()).Refusal!.Why.ShouldBe("The selected file is empty");
        UploadFile.Check("a.txt", new byte[10 * 1024 * 1024 + 1]).Refusal!.Why.ShouldBe("The selected file must be smaller than 10MB");
        UploadFile.Check("a.txt", new byte[50 * 1024 * 1024 + 1], most: 50).Refusal!.Why.ShouldBe("The selected file must be smaller than 50MB");
    }
}
