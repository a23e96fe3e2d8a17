using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Api;

namespace Moothall.Web;

/// <summary>Reads posted forms within bounds, and stores the files that come with them.</summary>
static class Forms
{
    /// <summary>Largest form with files, in bytes.</summary>
    public const long MostBytes = 32L * 1024 * 1024;

    /// <summary>Most values of a form: those of the largest that the language permits, and what pages send beside them.</summary>
    const int MostValues = FormSize.MostFields + 500;

    /// <summary>Longest value, in bytes: the longest text that a question may take, in any writing.</summary>
    const int LongestValue = 512 * 1024;

    static readonly FormOptions Limits = new()
    {
        MultipartBodyLengthLimit = MostBytes, BufferBodyLengthLimit = MostBytes, ValueCountLimit = MostValues, ValueLengthLimit = LongestValue, KeyLengthLimit = 300,
        MultipartBoundaryLengthLimit = 200,
    };

    /// <summary>The form, or what is wrong with it in words.</summary>
    public static async Task<(IFormCollection? Form, int Status, string? Wrong)> Read(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return (null, 415, ReaderLanguage.Of(context).Say("Send the answers with the page's own form."));
        try
        {
            var form = await context.Request.ReadFormAsync(Limits);
            // The rest of the body came in on the thread that hears; looking through files takes long.
            if (form.Files.Count > 0) await Capacity.WhereHeard.ByWorker();
            return (form, 200, null);
        }
        catch (BadHttpRequestException trouble) when (trouble.StatusCode == 413)
        {
            return (null, 413, ReaderLanguage.Of(context).Say("What you sent is too large. Files must be smaller than 10MB each, and 30MB together."));
        }
        catch (InvalidDataException trouble) when (trouble.Message.Contains("value count limit", StringComparison.OrdinalIgnoreCase))
        {
            return (null, 413, ReaderLanguage.Of(context).Say("What you sent has more fields than any of our forms. Go back to the page and send it again."));
        }
        catch (InvalidDataException)
        {
            return (null, 413, ReaderLanguage.Of(context).Say("What you sent is too large. Files must be smaller than 10MB each, and 30MB together."));
        }
        catch (Exception trouble) when (trouble is BadHttpRequestException or IOException)
        {
            return (null, 400, ReaderLanguage.Of(context).Say("What you sent did not arrive whole. Go back and try again."));
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
                if (file.Length > UploadFile.MostBytes)
                {
                    faults.Add(new Fault(question.Name, question.Name, (phrases ?? Phrases.English).Say("The selected file must be smaller than 10MB")));
                    continue;
                }
                var bytes = new byte[file.Length];
                await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancel);
                var check = UploadFile.Check(file.FileName, bytes);
                if (check.Value is { } tidy) check = await ScanFiles.AsItComes(house, tidy, cancel);
                if (check.Value is not { } good)
                {
                    faults.Add(new Fault(question.Name, question.Name, check.Refusal!.In(phrases ?? Phrases.English)));
                    continue;
                }
                ids.Add(await house.Database.Commit(unit => UploadFile.Store(unit, good, owner), cancel));
            }
            fields.Replace(question.Name, ids);
        }
        return faults;
    }

    /// <summary>The files that the fields of file questions name, looked up once.</summary>
    public static Task<FilesNamed> FilesOf(House house, PostedFields fields, IEnumerable<Question> questions, string? owner) =>
        FilesNamed.Load(house, [.. questions.Where(q => q.Type.Name == "file").SelectMany(q => fields.Values(q.Name)).Where(id => id.Length == 26).Distinct().Take(FormSize.MostFiles)], owner);
}
