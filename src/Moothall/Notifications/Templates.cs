using System.Collections.Concurrent;
using System.Reflection;
using Moothall.Council;
using Moothall.Definitions;

namespace Moothall.Notifications;

/// <summary>A template, and the language that it is written in.</summary>
public sealed record FoundTemplate(MailTemplate Template, string Language);

/// <summary>
/// Where the words of a message come from: the service's own template, then the council's, then that of the language's folder, then the program's; each in the person's
/// language before English.
/// </summary>
public static class Templates
{
    static readonly IReadOnlyDictionary<string, string> Shipped = ReadShipped();
    static readonly ConcurrentDictionary<string, MailTemplate> Read = new(StringComparer.Ordinal);

    /// <summary>The names of the program's own templates, with their language: `received.en`.</summary>
    public static IReadOnlyCollection<string> ShippedNames => [.. Shipped.Keys];

    /// <summary>The fields of the messages that are about no case, by name: those that the program's own template names, and what every message may.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OtherFields { get; } = Shipped.Where(t => t.Key.EndsWith(".en", StringComparison.Ordinal))
        .Select(t => (Name: t.Key[..^3], t.Value)).Where(t => MailMoment.Fields(t.Name) is null)
        .ToDictionary(t => t.Name, t => (IReadOnlyList<string>)[.. MailTemplate.FieldsIn(t.Value).Concat(["council", "phone"]).Distinct()], StringComparer.Ordinal);

    /// <summary>The source of one of the program's own templates.</summary>
    public static string? ShippedSource(string nameAndLanguage) => Shipped.GetValueOrDefault(nameAndLanguage);

    /// <summary>The template of a name for messages that belong to no service.</summary>
    public static FoundTemplate Find(CouncilFiles council, string name, string language)
    {
        ArgumentNullException.ThrowIfNull(council);
        return Find([council.Templates, Phrases.In(language).Templates, Shipped], [name], language) ?? throw new InvalidOperationException($"There is no template of messages called {name}.");
    }

    /// <summary>The template of a moment of a case: of its own stage or outcome first (`closed-repaired`), then the moment's (`closed`).</summary>
    /// <param name="ofService">The templates of the service's newest version.</param>
    public static FoundTemplate Find(CouncilFiles council, IReadOnlyDictionary<string, string> ofService, string moment, string? own, string language)
    {
        ArgumentNullException.ThrowIfNull(council);
        string[] names = own is null ? [moment] : [$"{moment}-{own}", moment];
        return Find([ofService, council.Templates, Phrases.In(language).Templates, Shipped], names, language) ?? throw new InvalidOperationException($"There is no template of messages for {moment}.");
    }

    /// <summary>The mails that would be written in English to somebody who reads another language, by name.</summary>
    public static IReadOnlyList<string> Lacking(CouncilFiles council, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(council);
        ArgumentNullException.ThrowIfNull(phrases);
        return [.. Shipped.Keys.Where(n => n.EndsWith(".en", StringComparison.Ordinal)).Select(n => n[..^3]).Order(StringComparer.Ordinal).Where(n => Find(council, n, phrases.Language).Language != phrases.Language)];
    }

    // A special template in English is better than a general one in the person's language only where there is none in their language at all.
    static FoundTemplate? Find(IReadOnlyList<IReadOnlyDictionary<string, string>> places, IReadOnlyList<string> names, string language)
    {
        foreach (var tongue in language == "en" ? ["en"] : new[] { language, "en" })
            foreach (var place in places)
                foreach (var name in names)
                    if (place.TryGetValue($"{name}.{tongue}", out var source))
                        return new FoundTemplate(Read.GetOrAdd(source, static s => MailTemplate.Read("template", s).Template
                            ?? throw new InvalidDataException("A template that was found good cannot be read any more.")), tongue);
        return null;
    }

    static Dictionary<string, string> ReadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith("message/", StringComparison.Ordinal)).ToDictionary(n => n["message/".Length..], n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
            return reader.ReadToEnd();
        }, StringComparer.Ordinal);
    }
}
