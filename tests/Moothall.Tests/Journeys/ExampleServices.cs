using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Moothall.Definitions;
using Moothall.Journeys;
using Moothall.Tests.Council;
using NodaTime;

namespace Moothall.Tests.Journeys;

/// <summary>The services that are shipped as examples, each read once.</summary>
static class ExampleServices
{
    static readonly ConcurrentDictionary<string, (string Source, ServiceDefinition Definition)> Read = new();

    public static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services"));

    public static string Source(string service) => Of(service).Source;
    public static ServiceDefinition Definition(string service) => Of(service).Definition;

    /// <summary>A definition from words.</summary>
    public static ServiceDefinition FromText(string source) =>
        ServiceReader.Read("service.yaml", source, ExampleCouncil.Files.Places) is { Definition: { } definition } ? definition
            : throw new InvalidDataException(string.Join('\n', ServiceReader.Read("service.yaml", source, ExampleCouncil.Files.Places).Findings));

    static (string Source, ServiceDefinition Definition) Of(string service) => Read.GetOrAdd(service, name =>
    {
        var source = ServiceFolder.Whole(Path.Combine(Folder(), name, "service.yaml")).Text;
        return (source, FromText(source));
    });

    /// <summary>Good answers, given as the API takes them.</summary>
    public static Answers Answers(this ServiceDefinition definition, string json, LocalDate? today = null)
    {
        using var document = JsonDocument.Parse(json);
        var day = today ?? new LocalDate(2026, 3, 2);
        var files = new Func<string, KnownFile?>(id => new KnownFile(id, "photo.jpg", "jpeg", 4));
        var (answers, faults) = AnswersReader.ReadAll(definition, document.RootElement, new ReadingContext { Today = day, File = files, LookUps = ExampleCouncil.Files.Places }, day);
        return faults.Count == 0 ? answers : throw new InvalidDataException(string.Join('\n', faults));
    }
}
