using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Web.Door;

namespace Moothall.Web.Api;

/// <summary>A file that was stored.</summary>
public sealed record StoredFileBody(string File, string Name, string Type, long Bytes);

/// <summary>`POST /api/v1/files`: a file that an answer will name; unused after a day it goes.</summary>
static class FilesApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/files", Store).Open().WithSummary("Stores one file (multipart); an answer names it by its id").Accepts<IFormFile>("multipart/form-data")
        .Produces<StoredFileBody>(201).Produces<Problem>(413, "application/problem+json").Produces<Problem>(422, "application/problem+json");

    static async Task<IResult> Store(HttpContext context, House house)
    {
        if (!context.Request.HasFormContentType) return Problems.Of(415, new Message("Not a form"), new Message("Send one file as multipart/form-data."));
        if (context.Request.ContentLength > UploadFile.MostBytes + 64 * 1024) return Problems.TooLarge(UploadFile.TooLarge);
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = UploadFile.MostBytes + 64 * 1024, BufferBodyLengthLimit = UploadFile.MostBytes + 64 * 1024 });
        }
        catch (InvalidDataException trouble)
        {
            return trouble.Message.Contains("limit", StringComparison.OrdinalIgnoreCase) ? Problems.TooLarge(UploadFile.TooLarge)
                : Problems.BadRequest(new Message("The form is not well-formed multipart/form-data."));
        }
        catch (IOException)
        {
            return Problems.BadRequest(new Message("The form did not arrive whole. Send it again."));
        }
        if (form.Files is not [var file]) return Problems.NotAccepted(new Message("Send exactly one file."));
        if (file.Length > UploadFile.MostBytes) return Problems.TooLarge(UploadFile.TooLarge);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes);
        var check = UploadFile.Check(file.FileName, bytes);
        if (check.Value is { } tidy) check = await ScanFiles.AsItComes(house, tidy, context.RequestAborted);
        if (check.Value is not { } good) return Problems.Of(check.Refusal!, signedIn: true);
        var id = await house.Database.Commit(unit => UploadFile.Store(unit, good, owner: null), context.RequestAborted);
        return Results.Json(new StoredFileBody(id, good.Name, good.Kind, good.Bytes.Length), ApiJson.Options, statusCode: 201);
    }
}
