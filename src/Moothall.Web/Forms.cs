using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Api;

namespace Moothall.Web;

/// <summary>Reads posted forms within bounds, and stores the files that come with them.</summary>
static class Forms
{
    /// <summary>Largest form whose files are of the usual size, in bytes; what the server reads of any request where nothing else is said.</summary>
    public const long MostBytes = 32L * 1024 * 1024;

    /// <summary>Files larger than usual are taken one at a time: each lies in memory while it is looked at.</summary>
    static readonly SemaphoreSlim LargeFiles = new(1);

    /// <summary>Most values of a form: those of the largest that the language permits, and what pages send beside them.</summary>
    const int MostValues = FormSize.MostFields + 500;

    /// <summary>Longest value, in bytes: the longest text that a question may take, in any writing.</summary>
    const int LongestValue = 512 * 1024;

    static readonly FormOptions Limits = LimitsOf(MostBytes);

    static FormOptions LimitsOf(long bytes) => new()
    {
        MultipartBodyLengthLimit = bytes, BufferBodyLengthLimit = bytes, ValueCountLimit = MostValues, ValueLengthLimit = LongestValue, KeyLengthLimit = 300,
        MultipartBoundaryLengthLimit = 200,
    };

    /// <summary>How much the files of one form may be together, in megabytes, where one may be so large.</summary>
    static int Together(int largest) => Math.Max(30, largest + 10);

    /// <summary>How much of a form is read whose files may be so large, in bytes; 2MB of it are for what is no file.</summary>
    static long MostBytesOf(int largest) => Question.Bytes(Together(largest) + 2);

    /// <summary>Whether a form can only be one with files that are larger than usual.</summary>
    public static bool IsLarge(HttpContext context) => context.Request.ContentLength > MostBytes;

    /// <summary>The form, or what is wrong with it in words.</summary>
    /// <param name="largest">The largest file that its questions take, in megabytes.</param>
    public static async Task<(IFormCollection? Form, int Status, string? Wrong)> Read(HttpContext context, int largest = Question.UsualFile)
    {
        if (!context.Request.HasFormContentType) return (null, 415, ReaderLanguage.Of(context).Say("Send the answers with the page's own form."));
        (IFormCollection?, int, string?) TooLarge() => (null, 413, ReaderLanguage.Of(context).Say("What you sent is too large. Files must be smaller than {each}MB each, and {together}MB together.", ("each", largest), ("together", Together(largest))));
        try
        {
            var most = MostBytesOf(largest);
            if (context.Request.ContentLength > most)
            {
                await LetPass(context);
                return TooLarge();
            }
            if (!IsLarge(context)) return (await context.Request.ReadFormAsync(Limits), 200, null);
            ReadAtMost(context, most);
            return (await context.Request.ReadFormAsync(LimitsOf(most)), 200, null);
        }
        catch (BadHttpRequestException trouble) when (trouble.StatusCode == 413)
        {
            return TooLarge();
        }
        catch (InvalidDataException trouble) when (trouble.Message.Contains("value count limit", StringComparison.OrdinalIgnoreCase))
        {
            return (null, 413, ReaderLanguage.Of(context).Say("What you sent has more fields than any of our forms. Go back to the page and send it again."));
        }
        catch (InvalidDataException)
        {
            return TooLarge();
        }
        catch (Exception trouble) when (trouble is BadHttpRequestException or IOException)
        {
            return (null, 400, ReaderLanguage.Of(context).Say("What you sent did not arrive whole. Go back and try again."));
        }
    }

    /// <summary>Has the server read more of this request than of others, or less.</summary>
    public static void ReadAtMost(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = bytes;
    }

    /// <summary>
    /// Reads what is too large and keeps none of it. A browser that is still sending when it is answered shows that the connection was lost, and not the page that says why. What is beyond all
    /// patience is not read either.
    /// </summary>
    public static async Task LetPass(HttpContext context)
    {
        const long patience = 512L * 1024 * 1024;
        if (context.Request.ContentLength > patience) return;
        ReadAtMost(context, patience);
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var some = await reader.ReadAsync(context.RequestAborted);
                reader.AdvanceTo(some.Buffer.End);
                if (some.IsCompleted) return;
            }
        }
        catch (Exception gone) when (gone is BadHttpRequestException or IOException or OperationCanceledException)
        {
            // They left before it was all sent: nobody waits for the answer.
        }
    }

    /// <summary>Looks at a file that came with a request, and stores it when it is good.</summary>
    /// <param name="most">The largest that is taken, in megabytes.</param>
    /// <returns>Its id and what it is; or why it is not taken.</returns>
    public static async Task<Result<(string Id, CheckedFile File)>> StoreFile(House house, IFormFile file, int most, string? owner, CancellationToken cancel)
    {
        if (file.Length > Question.Bytes(most)) return UploadFile.TooLarge(most);
        // The rest of the body came in on the thread that hears; looking through files takes long.
        await Capacity.WhereHeard.ByWorker();
        var isLarge = file.Length > Question.Bytes(Question.UsualFile);
        if (isLarge) await LargeFiles.WaitAsync(cancel);
        try
        {
            var bytes = new byte[file.Length];
            await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancel);
            var check = UploadFile.Check(file.FileName, bytes, most);
            if (check.Value is { } tidy) check = await ScanFiles.AsItComes(house, tidy, cancel);
            return check.Value is { } good ? (await house.Database.Commit(unit => UploadFile.Store(unit, good, owner), cancel), good) : check.Refusal!;
        }
        finally
        {
            if (isLarge) LargeFiles.Release();
        }
    }

    /// <summary>
    /// Stores the files sent for file questions and puts their ids into the fields, after those that were there before and were not taken out. Faults of
    /// files are said for their question.
    /// </summary>
    /// <param name="owner">Who holds the files until they are used.</param>
    /// <param name="phrases">The language in which faults are said.</param>
    public static async Task<IReadOnlyList<Fault>> StoreFiles(House house, IFormCollection form, PostedFields fields, IEnumerable<Question> questions, string? owner, CancellationToken cancel, Phrases? phrases = null)
    {
        var faults = new List<Fault>();
        foreach (var question in questions.Where(q => q.Type.Name == "file"))
        {
            var removed = fields.Values(question.Name + "-remove");
            var ids = fields.Values(question.Name).Where(id => id.Length > 0 && !removed.Contains(id)).ToList();
            foreach (var file in form.Files.Where(f => f.Name == question.Name && (f.Length > 0 || f.FileName.Length > 0)))
            {
                var stored = await StoreFile(house, file, question.MostMegabytes, owner, cancel);
                if (stored.Refusal is { } refusal) faults.Add(new Fault(question.Name, question.Name, refusal.In(phrases ?? Phrases.English)));
                else ids.Add(stored.Value.Id);
            }
            fields.Replace(question.Name, ids);
        }
        return faults;
    }

    /// <summary>The files that the fields of file questions name, looked up once.</summary>
    public static Task<FilesNamed> FilesOf(House house, PostedFields fields, IEnumerable<Question> questions, string? owner) =>
        FilesNamed.Load(house, [.. questions.Where(q => q.Type.Name == "file").SelectMany(q => fields.Values(q.Name)).Where(id => id.Length == 26).Distinct().Take(FormSize.MostFiles)], owner);
}
