using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Moothall.Definitions;

/// <summary>
/// What Moothall says to people in one language: every message of pages, errors and mails by its English words, whole sentences in ICU message format. A language is
/// a folder below `languages/` beside the program, with PO files and templates of mails; English needs none. What a language lacks is said in English.
/// </summary>
public sealed class Phrases
{
    /// <summary>As many patterns as are kept ready: more than Moothall has messages.</summary>
    const int MostPatterns = 20_000;
    /// <summary>The folder with the languages that come with the program.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "languages");
    static FrozenDictionary<string, Phrases>? known;
    static FrozenDictionary<string, Phrases> Known => known ??= Load(Folder);
    readonly ConcurrentDictionary<string, MessagePattern> patterns = new(StringComparer.Ordinal);
    readonly FrozenDictionary<string, string> translations;
    Wording? wording;

    Phrases(string language, string name, string direction, PluralRules plurals, IReadOnlyDictionary<string, string> translations)
    {
        (Language, Name, Direction, Plurals) = (language, name, direction, plurals);
        this.translations = translations.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>English as it stands in the source.</summary>
    public static readonly Phrases English = new("en", "English", "ltr", PluralRules.English, new Dictionary<string, string>());

    /// <summary>Its code: `cy`.</summary>
    public string Language { get; }
    /// <summary>What its speakers call it: `Cymraeg`.</summary>
    public string Name { get; }
    /// <summary>`ltr` or `rtl`.</summary>
    public string Direction { get; }
    /// <summary>Its templates of mails, by their name: `received.pl`.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; private init; } = FrozenDictionary<string, string>.Empty;
    /// <summary>Its plural forms.</summary>
    public PluralRules Plurals { get; }

    /// <summary>The sentences of the question types in this language.</summary>
    internal Wording Wording => wording ??= new Wording(this);

    /// <summary>Hears of every message that was said in English because its language lacks it: for tests.</summary>
    public static event Action<Phrases, string>? Missed;

    internal void Miss(string english)
    {
        if (Language != "en") Missed?.Invoke(this, english);
    }

    /// <summary>The messages of the program that it has no words for, with their place in the list of messages.</summary>
    public IReadOnlyList<(string English, string File, int Line)> Lacks()
    {
        var list = Path.Combine(Folder, "messages.pot");
        return File.Exists(list) ? [.. PoFile.Read(list, File.ReadAllText(list)).Where(e => e.English.Length > 0 && !Has(e.English)).Select(e => (e.English, list, e.Line))] : [];
    }

    /// <summary>Takes further languages, and other words for those that are there, from a council's own folder.</summary>
    /// <exception cref="LanguageFileException">As for <see cref="Load"/>.</exception>
    public static void Take(string folder)
    {
        var taken = new Dictionary<string, Phrases>(Known, StringComparer.Ordinal);
        foreach (var (code, own) in Load(folder)) taken[code] = taken.TryGetValue(code, out var there) ? there.With(own) : own;
        known = taken.ToFrozenDictionary(StringComparer.Ordinal);
    }

    Phrases With(Phrases own)
    {
        var both = new Dictionary<string, string>(translations, StringComparer.Ordinal);
        foreach (var (english, translation) in own.translations) both[english] = translation;
        var templates = new Dictionary<string, string>(Templates, StringComparer.Ordinal);
        foreach (var (name, text) in own.Templates) templates[name] = text;
        return new Phrases(Language, Name, Direction, Plurals, both) { Templates = templates };
    }

    /// <summary>Every language that is there, English first.</summary>
    public static IReadOnlyList<Phrases> All => [English, .. Known.Values.OrderBy(p => p.Language, StringComparer.Ordinal)];

    /// <summary>A language by its code, or null when there is no folder of it.</summary>
    public static Phrases? Find(string language) => language == "en" ? English : Known.GetValueOrDefault(language);

    /// <summary>A language by its code, or English.</summary>
    public static Phrases In(string language) => Find(language) ?? English;

    /// <summary>Whether it has its own words for a message.</summary>
    public bool Has(string english) => Language == "en" || translations.ContainsKey(english);

    /// <summary>A message in this language.</summary>
    /// <param name="english">The whole sentence in English, in ICU message format; always a literal, for the list of messages is taken from the source.</param>
    /// <param name="values">What stands in its braces.</param>
    public string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        ArgumentNullException.ThrowIfNull(english);
        if (!translations.TryGetValue(english, out var message))
        {
            Miss(english);
            message = english;
        }
        if (values.Length == 0 && !message.AsSpan().ContainsAny('{', '\'')) return message;
        if (!patterns.TryGetValue(message, out var pattern))
        {
            pattern = MessagePattern.Parse(message);
            if (patterns.Count < MostPatterns) patterns[message] = pattern;
        }
        return pattern.Format(ReferenceEquals(message, english) ? PluralRules.English : Plurals, values);
    }

    /// <summary>A message that was marked as one where it stands as a literal.</summary>
    public string SayMarked(string english, params ReadOnlySpan<(string Name, object? Value)> values) => Say(english, values);

    /// <summary>A message as prose in every language that has it: for questions that are asked by the program itself.</summary>
    public static Prose InAll(string english) =>
        new(All.Where(p => p.Has(english)).ToDictionary(p => p.Language, p => p.Say(english)));

    /// <summary>Marks a literal as a message that is said later, for the list of messages.</summary>
    public static string Mark(string english) => english;

    /// <summary>Reads every language of a folder.</summary>
    /// <exception cref="LanguageFileException">A file cannot be read, or a translation is not a message or has other fields than the English.</exception>
    public static FrozenDictionary<string, Phrases> Load(string folder)
    {
        var languages = new Dictionary<string, Phrases>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
            foreach (var language in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)) languages[Path.GetFileName(language)] = LoadOne(language);
        return languages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    static Phrases LoadOne(string folder)
    {
        var code = Path.GetFileName(folder);
        var translations = new Dictionary<string, string>(StringComparer.Ordinal);
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.po").Order(StringComparer.Ordinal))
        {
            foreach (var entry in PoFile.Read(file, File.ReadAllText(file)))
            {
                if (entry.English.Length == 0)
                {
                    foreach (var line in entry.Translation.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                        if (line.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value]) head[name] = value;
                }
                else if (entry.Translation.Length > 0 && !entry.Fuzzy)
                {
                    Fits(file, entry);
                    translations[entry.English] = entry.Translation;
                }
            }
        }
        var templates = Directory.EnumerateFiles(folder, $"*.{code}.md").Order(StringComparer.Ordinal).ToDictionary(f => Path.GetFileNameWithoutExtension(f), Template, StringComparer.Ordinal);
        return new Phrases(code, head.GetValueOrDefault("X-Name", code), head.GetValueOrDefault("X-Direction", "ltr"), Plural(folder, head.GetValueOrDefault("X-Plurals", "one: n = 1")), translations) { Templates = templates };
    }

    static PluralRules Plural(string folder, string rules)
    {
        try
        {
            return PluralRules.Parse(rules);
        }
        catch (LanguageFileException wrong)
        {
            throw new LanguageFileException(wrong.What, new(folder, 1, 1), wrong);
        }
    }

    static string Template(string file)
    {
        var text = File.ReadAllText(file);
        return MailTemplate.Read(file, text) is { Template: null, Findings: [var first, ..] } ? throw new LanguageFileException(first.What, first.Place) : text;
    }

    static void Fits(string file, PoFile.Entry entry)
    {
        if (MessagePattern.IsPlain(entry.Translation) && MessagePattern.IsPlain(entry.English)) return;
        try
        {
            var strange = MessagePattern.Parse(entry.Translation).Names.Except(MessagePattern.Parse(entry.English).Names).FirstOrDefault();
            if (strange is not null) throw new LanguageFileException(new Message("The translation has a field {field} that the English does not have.", ("field", $"{{{strange}}}")));
        }
        catch (LanguageFileException wrong)
        {
            throw new LanguageFileException(wrong.What, new(file, entry.Line, 1), wrong);
        }
    }
}
