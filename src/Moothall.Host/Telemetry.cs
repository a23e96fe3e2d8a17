using System.Diagnostics.Metrics;
using Moothall.Running;
using Moothall.Store;
using Moothall.Web.Capacity;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Moothall.Host;

/// <summary>
/// Traces and measures of this node, sent to a collector by OTLP over HTTP. Made only where an address is set: else nothing listens, and nothing is counted. What is over all nodes (how
/// far readers are behind, what waits) is measured by the node that looks after alerts.
/// </summary>
sealed class Telemetry : IDisposable
{
    readonly TracerProvider traces;
    readonly MeterProvider measures;
    readonly Meter meter = new(Signals.Name + ".node");

    Telemetry(Uri address, string node, string version, Gates gates, RunningWatch watch)
    {
        foreach (var (gate, name) in new[] { (gates.Requests, "request"), (gates.LargeBodies, "large-body") })
        {
            var kind = new KeyValuePair<string, object?>("gate", name);
            meter.CreateObservableGauge($"moothall.gate.{name}.inside", () => gate.Inside, "{request}", "Requests that are served at this moment.");
            meter.CreateObservableGauge($"moothall.gate.{name}.waiting", () => gate.Waiting, "{request}", "Requests that wait for a place.");
            meter.CreateObservableCounter($"moothall.gate.{name}.refused", () => new[]
            {
                new Measurement<long>(gate.Refused.InProgress, kind, new("who", "in-progress")), new Measurement<long>(gate.Refused.New, kind, new("who", "new")),
            }, "{request}", "Requests that were asked to come again.");
        }
        meter.CreateObservableGauge("moothall.reader.lag", () => watch.Latest is { } seen
            ? seen.Readers.Select(r => new Measurement<double>(r.Since is { } since ? Math.Max(0, (seen.Now - since).TotalSeconds) : 0, new KeyValuePair<string, object?>("reader", r.Name))) : [], "s", "How far readers of the log are behind.");
        meter.CreateObservableGauge("moothall.reader.waiting", () => watch.Latest is { } seen
            ? seen.Readers.Select(r => new Measurement<long>(r.Waiting, new KeyValuePair<string, object?>("reader", r.Name))) : [], "{event}", "Events that readers of the log have not handled, counted to a thousand.");
        meter.CreateObservableGauge("moothall.outbox.due", () => watch.Latest is { } seen ? [new Measurement<long>(seen.MessagesDue)] : (Measurement<long>[])[], "{message}", "Messages that are due and not sent, counted to a thousand.");
        meter.CreateObservableGauge("moothall.queue.depth", () => watch.Latest?.Depth is { } depth
            ? [new Measurement<long>(depth.Inbox, new KeyValuePair<string, object?>("queue", "inbox")), new Measurement<long>(depth.Dead, new KeyValuePair<string, object?>("queue", "dead"))] : (Measurement<long>[])[], "{message}", "Messages that lie in the queue.");

        var resource = ResourceBuilder.CreateDefault().AddService(Signals.Name, serviceVersion: version, serviceInstanceId: node);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Signals.Name, "Microsoft.AspNetCore").AddOtlpExporter(to => Send(to, address, "traces")).Build();
        measures = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Signals.Name, meter.Name, "Microsoft.AspNetCore.Hosting").AddOtlpExporter(to => Send(to, address, "metrics")).Build();
    }

    /// <summary>Begins to listen, where an address is set.</summary>
    public static Telemetry? Open(Settings settings, string version, Gates gates, RunningWatch watch) =>
        settings.Telemetry is { } address ? new Telemetry(address, settings.Node, version, gates, watch) : null;

    static void Send(OtlpExporterOptions to, Uri address, string signal)
    {
        to.Protocol = OtlpExportProtocol.HttpProtobuf;
        to.Endpoint = new Uri(address.ToString().TrimEnd('/') + "/v1/" + signal);
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces.Dispose();
        measures.Dispose();
        meter.Dispose();
    }
}
