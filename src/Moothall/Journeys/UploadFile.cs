using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Journeys;

/// <summary>
/// Takes a file that somebody sends. What it is is read from its bytes, never from its name; photographs lose their hidden data (place, camera) before
/// they are stored. A file that no answer uses within a day can be used no more, and goes by a list (<see cref="UnusedFiles"/>).
/// </summary>
public static class UploadFile
{
    /// <summary>What is said of a file that is larger than is taken.</summary>
    public static Refusal TooLarge(int megabytes) => Refusal.Invalid("The selected file must be smaller than {megabytes}MB", ("megabytes", megabytes));
    /// <summary>Who holds the files of a draft until it is sent.</summary>
    public static string OwnerOf(string draftId) => Draft.Stream(draftId);

    /// <summary>Checks a file and tidies it for storing. Pure.</summary>
    /// <param name="most">The largest that is taken, in megabytes.</param>
    public static Result<CheckedFile> Check(string name, ReadOnlyMemory<byte> bytes, int most = Question.UsualFile)
    {
        if (bytes.Length == 0) return Refusal.Invalid("The selected file is empty");
        if (bytes.Length > Question.Bytes(most)) return TooLarge(most);
        if (FileKinds.IsHeic(bytes.Span))
            return Refusal.Invalid("The selected photo is in the HEIC format, which we cannot take. Save it as a JPEG and choose that. On an iPhone, a screenshot of the photo works too");
        if (FileKinds.Detect(bytes) is not { } kind)
            return Refusal.Invalid("The selected file must be a JPEG, PNG, PDF, Word, Excel, OpenDocument, CSV or text file");
        // A table in plain text is text by its bytes; only its name tells that its commas mean something.
        if (kind == "txt" && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) kind = "csv";
        var tidied = FileKinds.WithoutHiddenData(kind, bytes);
        return tidied is { } good ? new CheckedFile(FileKinds.TidyName(name, kind), kind, good)
            : Refusal.Invalid("The selected file is damaged. Save it again or choose another file");
    }

    /// <summary>Stores a checked file and returns its id.</summary>
    /// <param name="owner">Who holds it: a draft, or null until something uses it.</param>
    public static async Task<string> Store(Unit unit, CheckedFile file, string? owner)
    {
        ArgumentNullException.ThrowIfNull(file);
        var id = FileStore.NewId();
        await FileStore.Add(unit, id, owner, file.Name, file.Kind, file.Bytes, file.Scan);
        return id;
    }
}

/// <summary>A file that was found good.</summary>
/// <param name="Scan">What a scanner for viruses said of it; null where none looked.</param>
public sealed record CheckedFile(string Name, string Kind, ReadOnlyMemory<byte> Bytes, string? Scan = null);
