using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Moothall.Adapters.Outgoing;
using Moothall.Definitions;
using Moothall.Identity;

namespace Moothall.Adapters.OpenIdConnect;

/// <summary>
/// Asks a provider within bounds: public addresses, so long, so many bytes, no redirects, no cookies, JSON only. What a slow, broken or lying provider does is a value with a reason.
/// </summary>
sealed class ProviderHttp(HttpClient client, Func<TimeSpan> patience)
{
    /// <summary>The largest answer that is read, in bytes.</summary>
    public const int MostBytes = 256 * 1024;
    /// <summary>How long an answer may take, all of it, where nothing else is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The client for all providers: their addresses stand in council data, and in what they say of themselves.</summary>
    public static HttpClient NewClient(string version, OutgoingSettings outgoing)
    {
        var client = OutgoingHttp.Client(outgoing with { MostBytes = MostBytes, Patience = Longest });
        // GOV.UK One Login refuses whoever does not say what they are.
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Moothall", version));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return client;
    }

    /// <summary>Gets an object.</summary>
    /// <param name="bearer">The access token that opens it.</param>
    public Task<Provided<JsonElement>> Get(Uri address, string? bearer, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return Ask(request, cancel);
    }

    /// <summary>Posts a form and gets an object.</summary>
    public Task<Provided<JsonElement>> Post(Uri address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancel) =>
        Ask(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, cancel);

    async Task<Provided<JsonElement>> Ask(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            var (host, time) = (request.RequestUri!.Host, patience());
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(time);
            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
                var bytes = await answer.Content.ReadAsByteArrayAsync(limit.Token);
                if (answer.IsSuccessStatusCode) return Read(bytes, host);
                var code = ErrorIn(bytes);
                return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? new ProviderNo(ProviderTrouble.NotProved, "refused", new Message("{host} refused what it was asked ({code}).", ("host", host), ("code", code ?? ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture))))
                    : new ProviderNo(ProviderTrouble.Unavailable, "status", new Message("{host} answered with the status {code}.", ("host", host), ("code", ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture))));
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return new ProviderNo(ProviderTrouble.Unavailable, "slow", new Message("{host} did not answer within {seconds, plural, one {# second} other {# seconds}}.", ("host", host), ("seconds", (int)Math.Ceiling(time.TotalSeconds))));
            }
            catch (OutgoingRefusedException refused)
            {
                return new ProviderNo(ProviderTrouble.Unavailable, "not-taken", refused.Why);
            }
            catch (HttpRequestException trouble)
            {
                return new ProviderNo(ProviderTrouble.Unavailable, "down", new Message("{host} cannot be reached: {why}", ("host", host), ("why", trouble.Message)));
            }
        }
    }

    static Provided<JsonElement> Read(byte[] bytes, string host)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strictly);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The same no as for JSON that is no object.
        }
        return new ProviderNo(ProviderTrouble.Unavailable, "not-json", new Message("{host} answered with something that is not JSON.", ("host", host)));
    }

    // A code such as invalid_client helps whoever sets it up; anything longer may repeat what was sent.
    static string? ErrorIn(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strictly);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                && error.GetString() is { Length: > 0 and <= 60 } code && code.All(c => char.IsAsciiLetterLower(c) || c == '_') ? code : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
