using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Moothall.Definitions;
using Moothall.Store;
using NodaTime;

namespace Moothall.Journeys;

/// <summary>One version of a service as it was published: immutable.</summary>
public sealed record PublishedService(ServiceDefinition Definition, int Version)
{
    /// <summary>Its own templates of messages, by moment and language: `received.en`.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = ServiceFile.NoTemplates;
}

/// <summary>
/// The services that are published, as every node knows them: sources are in the store by version, each is read once and kept. What a draft or a case
/// is pinned to is looked up here; a new journey takes the newest version.
/// </summary>
/// <param name="lookUps">The council's tables, which the sentences of a definition may name the values of.</param>
/// <param name="taken">Told of all services whenever some are new, before anybody finds them here.</param>
public sealed class PublishedServices(Database database, Func<ILookUps> lookUps, Action<IEnumerable<ServiceDefinition>>? taken = null)
{
    readonly ConcurrentDictionary<(string Service, int Version), PublishedService> versions = new();
    volatile Newest newest = new([], FrozenDictionary<string, PublishedService>.Empty, Question.UsualFile);

    sealed record Newest(IReadOnlyList<PublishedService> All, FrozenDictionary<string, PublishedService> ByName, int LargestFile);

    /// <summary>The newest version of every service, by title.</summary>
    public IReadOnlyList<PublishedService> All => newest.All;

    /// <summary>The largest file that any service takes, in megabytes.</summary>
    public int LargestFile => newest.LargestFile;

    /// <summary>The newest version of a service, or null when none is published under that name.</summary>
    public PublishedService? Find(string service) => newest.ByName.GetValueOrDefault(service);

    /// <summary>The version that a draft or case is pinned to.</summary>
    public async ValueTask<PublishedService> Version(string service, int version)
    {
        if (versions.TryGetValue((service, version), out var known)) return known;
        var (source, templates) = await database.Read(session => session.First($"""
            select source, templates from published_service where service = {service} and version = {version}
            """, row => (row.Text(0), row.TextOrNull(1))));
        if (source is null) throw new InvalidDataException($"Version {version} of {service} is not in the store.");
        var read = Read(service, version, source);
        return versions.GetOrAdd((service, version), templates is null ? read : read with { Templates = JsonSerializer.Deserialize<Dictionary<string, string>>(templates)! });
    }

    /// <summary>Reads what was published since the last time, by this node or another. Called at start, after publishing, and every second.</summary>
    /// <returns>Whether anything was new.</returns>
    public async Task<bool> Refresh()
    {
        // Not by the rows' numbers: on PostgreSQL a lower number may become visible after a higher one.
        var rows = await database.Read(session => session.Query($"select service, max(version) from published_service group by service", row => (Service: row.Text(0), Version: row.Int(1))));
        var changed = rows.Where(row => Find(row.Service) is not { } known || known.Version < row.Version).ToList();
        if (changed.Count == 0) return false;
        var byName = newest.ByName.ToDictionary();
        foreach (var (service, version) in changed) byName[service] = await Version(service, version);
        taken?.Invoke(byName.Values.Select(p => p.Definition));
        newest = new Newest([.. byName.Values.OrderBy(p => p.Definition.Title.English, StringComparer.Ordinal)], byName.ToFrozenDictionary(), byName.Values.Max(p => p.Definition.LargestFile));
        return true;
    }

    PublishedService Read(string service, int version, string source)
    {
        // It was good when it was published; where a table has lost a value since, its sentences are read without the tables.
        var reading = ServiceReader.Read($"{service}/service.yaml", source, lookUps(), withPlaces: false);
        if (reading.Definition is null) reading = ServiceReader.Read($"{service}/service.yaml", source, withPlaces: false);
        return reading.Definition is { } definition ? new PublishedService(definition, version)
            : throw new UnreadableServiceException(new Message("Version {version} of {service} was published and this program cannot read it. Serve with the program that published it, or restore a backup:", ("version", version), ("service", service)), reading.Findings);
    }
}

/// <summary>A published version of a service that cannot be read any more: no case of it could be shown.</summary>
public sealed class UnreadableServiceException(Message why, IReadOnlyList<Finding> findings) : Exception(Words(why, findings, Phrases.English))
{
    /// <summary>Why, and what was found, in a language.</summary>
    public string In(Phrases phrases) => Words(why, findings, phrases);

    static string Words(Message why, IReadOnlyList<Finding> findings, Phrases phrases) => string.Join('\n', findings.Select(f => f.In(phrases)).Prepend(why.In(phrases)));
}

/// <summary>Publishes a checked definition as a new version; one that is published already word for word stays as it is.</summary>
public static class PublishService
{
    /// <param name="templates">Its templates of messages: a change of one is a new version too.</param>
    /// <returns>The version that is in force now, and whether it is new.</returns>
    public static async Task<(int Version, bool IsNew)> Publish(Unit unit, ServiceDefinition definition, string source, Instant now, string by, IReadOnlyDictionary<string, string>? templates = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(definition);
        var last = await unit.First($"""
            select version, hash from published_service where service = {definition.Name} order by version desc limit 1
            """, row => (Version: row.Int(0), Hash: row.Text(1)));
        var stored = Stored(templates);
        var hash = HashOf(definition.Hash, templates);
        if (last.Hash == hash) return (last.Version, false);
        var version = last.Version + 1;
        await unit.Execute($"""
            insert into published_service (service, version, hash, source, templates, at, by_member) values ({definition.Name}, {version}, {hash}, {source}, {stored}, {now}, {by})
            """);
        await unit.Append($"service/{definition.Name}", version - 1, [EventJson.ToLog(new ServicePublished(definition.Name, version, hash), now)]);
        return (version, true);
    }

    /// <summary>What tells one version of a service from another: its own text and that of its templates.</summary>
    internal static string HashOf(string source, IReadOnlyDictionary<string, string>? templates) => Stored(templates) is { } stored ? ServiceReader.Hash(source + stored) : source;

    static string? Stored(IReadOnlyDictionary<string, string>? templates) =>
        templates is { Count: > 0 } ? JsonSerializer.Serialize(new SortedDictionary<string, string>(templates.ToDictionary(), StringComparer.Ordinal)) : null;
}
