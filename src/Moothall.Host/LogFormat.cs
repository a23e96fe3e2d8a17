using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging;

namespace Moothall.Host;

/// <summary>How the log is written to the console: a line to read, or a JSON object a line for a program that gathers them.</summary>
static class LogFormat
{
    public static ILoggingBuilder AddJsonOrPlain(this ILoggingBuilder logging, bool json) => json
        ? logging.AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            o.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        })
        : logging.AddSimpleConsole(o => o.SingleLine = true);
}
