using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moothall.Definitions;

namespace Moothall.Web.Api;

/// <summary>One fault of a body, in the words the web page shows.</summary>
public sealed record ProblemFault(string Question, string Message);

/// <summary>What went wrong, as RFC 9457 `application/problem+json`. Errors stand where several things can be mended at once.</summary>
public sealed record Problem(string Type, string Title, int Status, string Detail, IReadOnlyList<ProblemFault>? Errors = null);

/// <summary>Turns refusals into problems. Each is said when it is written, in the language of the request.</summary>
static class Problems
{
    /// <param name="phrases">The language that the body asked for; without it that of the request (<see cref="ReaderLanguage.OfProgram"/>).</param>
    public static IResult Of(int status, Message title, Message detail, IReadOnlyList<Fault>? faults = null, Phrases? phrases = null) => new ProblemResult(status, title, detail, faults ?? [], phrases);

    /// <param name="phrases">As above.</param>
    public static IResult Of(Refusal refusal, bool signedIn, Phrases? phrases = null) => refusal.Kind switch
    {
        RefusalKind.NotFound => Of(404, NotFoundTitle, NotFoundDetail, null, phrases),
        RefusalKind.NotAllowed when !signedIn => NobodySignedIn,
        RefusalKind.NotAllowed => Of(403, new Message("Not allowed"), refusal.Message, null, phrases),
        RefusalKind.Gone => Of(410, new Message("Deleted"), refusal.Message, null, phrases),
        RefusalKind.Changed => Of(409, new Message("Changed meanwhile"), refusal.Message, null, phrases),
        _ => Of(422, NotAcceptedTitle, refusal.Message, refusal.Faults, phrases),
    };

    static readonly Message NotFoundTitle = new Message("Not found"), NotFoundDetail = new Message("There is nothing here by that name, or it is not yours to see."), NotAcceptedTitle = new Message("Not accepted");

    public static IResult NotFound { get; } = Of(404, NotFoundTitle, NotFoundDetail);
    public static IResult NobodySignedIn { get; } = Of(401, new Message("Nobody is signed in"), new Message("Send a token in the header “Authorization: Bearer TOKEN”. An administrator makes one with “moothall token create”."));
    public static IResult BadRequest(Message why) => Of(400, new Message("Not understood"), why);
    public static IResult TooLarge(Message why) => Of(413, new Message("Too large"), why);
    public static IResult NotAccepted(Message why) => Of(422, NotAcceptedTitle, why);

    /// <summary>What is wrong with a body, the first fault as the reason.</summary>
    public static IResult NotAccepted(IReadOnlyList<Fault> faults, Phrases? phrases = null) => Of(422, NotAcceptedTitle, faults[0].Why, faults, phrases);

    sealed class ProblemResult(int status, Message title, Message detail, IReadOnlyList<Fault> faults, Phrases? phrases) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var said = phrases ?? ReaderLanguage.OfProgram(httpContext);
            httpContext.Response.Headers.ContentLanguage = said.Language;
            var problem = new Problem("about:blank", title.In(said), status, detail.In(said), faults.Count > 0 ? [.. faults.Select(f => f.In(said)).Select(f => new ProblemFault(f.Question, f.Message))] : null);
            return Results.Json(problem, ApiJson.Options, "application/problem+json", status).ExecuteAsync(httpContext);
        }
    }
}

/// <summary>How the API writes and reads JSON.</summary>
static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers where null is said and not left out.</summary>
    public static readonly JsonSerializerOptions WithNulls = new(Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };

    /// <summary>Largest JSON body in megabytes, and that of all answers to a service: a long form with every row filled in is that of a page too.</summary>
    public const int MostMegabytes = 1, MostOfAnswers = 8;

    static Message BodyTooLarge(int megabytes) => new Message("The body must be smaller than {megabytes}MB. Send files to /api/v1/files first.", ("megabytes", megabytes));

    /// <summary>Reads a JSON object from a request's body: the document and its raw bytes, or the problem.</summary>
    public static async Task<(JsonDocument? Body, byte[] Raw, IResult? Problem)> Read(HttpRequest request, int megabytes = MostMegabytes)
    {
        var most = megabytes * 1024 * 1024;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return (null, [], Problems.Of(415, new Message("Not JSON"), new Message("Send the body as JSON with “Content-Type: application/json”.")));
        if (request.ContentLength > most) return (null, [], Problems.TooLarge(BodyTooLarge(megabytes)));
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > most) return (null, [], Problems.TooLarge(BodyTooLarge(megabytes)));
        }
        var raw = buffer.ToArray();
        try
        {
            var body = JsonDocument.Parse(raw, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (body.RootElement.ValueKind == JsonValueKind.Object) return (body, raw, null);
            body.Dispose();
            return (null, raw, Problems.BadRequest(new Message("The body must be a JSON object.")));
        }
        catch (JsonException trouble)
        {
            return (null, raw, Problems.BadRequest(new Message("The body is not JSON: line {line}, position {position}.", ("line", Figures(trouble.LineNumber + 1)), ("position", Figures(trouble.BytePositionInLine + 1)))));
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json compares names to find doubles, and cannot read half a surrogate pair.
            return (null, raw, Problems.BadRequest(new Message("The body is not JSON that can be read: a name in it has half a character (an unpaired surrogate).")));
        }
    }

    static string Figures(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?";
}

/// <summary>Reads the members of a body kindly: each wrong one is a fault that names it, unknown ones too.</summary>
sealed class BodyReader(JsonElement body)
{
    readonly List<Fault> faults = [];
    readonly HashSet<string> known = new(StringComparer.Ordinal);

    public IReadOnlyList<Fault> Faults => faults;

    public void Wrong(string member, Message message) => faults.Add(new Fault(member, member, message));

    public JsonElement? Element(string name)
    {
        known.Add(name);
        return body.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
    }

    public string? Text(string name, int most = 4_000)
    {
        if (Element(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) { Wrong(name, new Message("“{member}” must be text", ("member", name))); return null; }
        string text;
        try { text = value.GetString()!; }
        catch (InvalidOperationException) { Wrong(name, new Message("“{member}” is not well-formed text", ("member", name))); return null; }
        if (text.Length > most) { Wrong(name, new Message("“{member}” must be {most, plural, one {# character} other {# characters}} or fewer", ("member", name), ("most", most))); return null; }
        return Tidy.Lines(text);
    }

    public string? OneOf(string name, IReadOnlyList<string> allowed)
    {
        var text = Text(name);
        if (text is null || allowed.Contains(text)) return text;
        Wrong(name, new Message("“{member}” must be one of {allowed}", ("member", name), ("allowed", string.Join(", ", allowed))));
        return null;
    }

    public int Number(string name, int least, int most)
    {
        if (Element(name) is not { } value) return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Wrong(name, new Message("“{member}” must be a whole number between {least} and {most}", ("member", name), ("least", least), ("most", most)));
        return 0;
    }

    public bool YesNo(string name)
    {
        if (Element(name) is not { } value) return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(name, new Message("“{member}” must be true or false", ("member", name)));
        return false;
    }

    public NodaTime.Instant? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        var parsed = NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (parsed.Success && parsed.Value.Year is > 1900 and < 2200) return parsed.Value.ToInstant();
        Wrong(name, new Message("“{member}” must be a time with its zone, like 2026-03-04T09:30:00Z", ("member", name)));
        return null;
    }

    /// <summary>Adds a fault for each member that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var member in body.EnumerateObject())
            if (NameOf(member) is var name && !known.Contains(name)) Wrong(name, new Message("There is no “{member}” here. Known: {known}", ("member", name), ("known", string.Join(", ", known.Order(StringComparer.Ordinal)))));
    }

    // Half a surrogate pair in an escape makes Name throw; such a name is none that is known.
    static string NameOf(JsonProperty member)
    {
        try { return Tidy.Line(member.Name); }
        catch (InvalidOperationException) { return "\ufffd"; }
    }
}
