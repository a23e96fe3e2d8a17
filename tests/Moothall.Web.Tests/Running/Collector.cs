using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Moothall.Web.Tests.Running;

/// <summary>A span as a collector reads it.</summary>
sealed record TakenSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Links);

/// <summary>A collector that takes OTLP over HTTP on a free port of loopback, and reads of it what tests look at.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<byte[]> traces = new(), metrics = new();

    Collector(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());
    /// <summary>All that came, as text in which any word of a request would be found.</summary>
    public string Everything => string.Concat(traces.Concat(metrics).Select(Encoding.UTF8.GetString));
    public string Metrics => string.Concat(metrics.Select(Encoding.UTF8.GetString));
    public IReadOnlyList<TakenSpan> Spans => [.. traces.SelectMany(Read)];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            (context.Request.Path == "/v1/traces" ? collector.traces : collector.metrics).Enqueue(body.ToArray());
        });
        await app.StartAsync();
        return collector;
    }

    // https://github.com/open-telemetry/opentelemetry-proto: ExportTraceServiceRequest, ResourceSpans, ScopeSpans, Span.
    static IEnumerable<TakenSpan> Read(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select new TakenSpan(Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5),
            Fields(span, 9).Select(a => (Key: Text(a, 1), Value: Fields(a, 2).Select(v => Text(v, 1)).FirstOrDefault() ?? "")).DistinctBy(a => a.Key).ToDictionary(a => a.Key, a => a.Value),
            [.. Fields(span, 13).Select(link => Hex(link, 1))]);

    static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The values with a length of one field of a message of Protocol Buffers.</summary>
    static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0: Varint(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if ((int)(tag >> 3) == field) found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                default: throw new InvalidDataException("It is no message of Protocol Buffers.");
            }
        }
        return found;
    }

    static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
