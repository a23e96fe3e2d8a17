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
        // Which question it is for is not known yet; what that one takes is seen when an answer names it.
        var largest = house.Services.LargestFile;
        var most = Question.Bytes(largest) + 64 * 1024;
        if (context.Request.ContentLength > most)
        {
            await Forms.LetPass(context);
            return Problems.TooLarge(UploadFile.TooLarge(largest).Message);
        }
        if (largest > Question.UsualFile) Forms.ReadAtMost(context, most + 64 * 1024);
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = most, BufferBodyLengthLimit = most });
        }
        catch (InvalidDataException trouble)
        {
            return trouble.Message.Contains("limit", StringComparison.OrdinalIgnoreCase) ? Problems.TooLarge(UploadFile.TooLarge(largest).Message)
                : Problems.BadRequest(new Message("The form is not well-formed multipart/form-data."));
        }
        catch (IOException)
        {
            return Problems.BadRequest(new Message("The form did not arrive whole. Send it again."));
        }
        if (form.Files is not [var file]) return Problems.NotAccepted(new Message("Send exactly one file."));
        if (file.Length > Question.Bytes(largest)) return Problems.TooLarge(UploadFile.TooLarge(largest).Message);
        var stored = await Forms.StoreFile(house, file, largest, owner: null, context.RequestAborted);
        return stored.Refusal is { } refusal ? Problems.Of(refusal, signedIn: true)
            : Results.Json(new StoredFileBody(stored.Value.Id, stored.Value.File.Name, stored.Value.File.Kind, stored.Value.File.Bytes.Length), ApiJson.Options, statusCode: 201);
    }
}
