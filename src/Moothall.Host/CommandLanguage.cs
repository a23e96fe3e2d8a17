using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Moothall.Definitions;

namespace Moothall.Host;

/// <summary>
/// The language that a command speaks: `--language`, then the setting `language` (MOOTHALL_LANGUAGE, appsettings.json), then what the terminal is set to (LC_ALL,
/// LC_MESSAGES, LANG, as POSIX has them), else English. What is named and is not there is refused; a terminal in another language is spoken to in English.
/// </summary>
static class CommandLanguage
{
    public static readonly Option<string?> Option = new("--language")
    {
        Description = Phrases.Mark("The language that the command speaks, such as en or cy. Default: that of the terminal, where there is a translation, else English."), Recursive = true,
    };

    static string code = "en";

    /// <summary>The language of this process; English until its command line was read.</summary>
    public static Phrases Spoken => Phrases.In(code);

    /// <summary>A message in the language of this process.</summary>
    public static string Say(string english, params ReadOnlySpan<(string Name, object? Value)> values) => Spoken.SayMarked(english, values);

    /// <summary>Takes the language of a command line for this process.</summary>
    /// <exception cref="CommandRefused">A language was named that is not there.</exception>
    public static void Choose(ParseResult parsed)
    {
        // What .NET and the reader of the command line say is not translated by us: let it be English on every machine.
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        code = "en";
        var configuration = Settings.Configuration();
        var named = Given(parsed, Option);
        var set = configuration?["language"];
        var terminal = OfTerminal(Environment.GetEnvironmentVariable("LC_ALL"), Environment.GetEnvironmentVariable("LC_MESSAGES"), Environment.GetEnvironmentVariable("LANG"));
        if ((named ?? set ?? terminal) is null or "en") return;
        TakeCouncils(Given(parsed, CommandLine.Council), configuration);
        code = Known(named, wrong => new Message("--language is one of {known}, and “{wrong}” is not.", ("known", wrong.Known), ("wrong", wrong.Named)))
            ?? Known(set, wrong => new Message("The setting language is one of {known}, and “{wrong}” is not.", ("known", wrong.Known), ("wrong", wrong.Named)))
            ?? (terminal is not null && Phrases.Find(terminal) is not null ? terminal : "en");
    }

    /// <summary>The language that the environment of a terminal names: `cy` of `cy_GB.UTF-8`; null for none, or for C, which asks for none.</summary>
    internal static string? OfTerminal(string? all, string? messages, string? lang)
    {
        var locale = new[] { all, messages, lang }.FirstOrDefault(l => !string.IsNullOrEmpty(l));
        var language = locale?.Split('.', '@', '_', '-')[0].ToLowerInvariant();
        return language is null or "c" or "posix" ? null : language;
    }

    // An option that lacks its value has none to be asked for.
    static string? Given(ParseResult parsed, Option<string?> option) => parsed.GetResult(option) is { } result && !result.Errors.Any() ? parsed.GetValue(option) : null;

    static string? Known(string? language, Func<(Message Known, string Named), Message> refusal) =>
        language is null ? null
        : Phrases.Find(language) is not null ? language
        : throw new CommandRefused(refusal((Message.List([.. Phrases.All.Select(p => p.Language)]), language)));

    // A council's own language, and its own words. What is wrong with its files is said where they are read.
    static void TakeCouncils(string? council, IConfiguration? configuration)
    {
        var folder = Path.Combine(council ?? configuration?["council"] ?? Settings.Beside("council"), "languages");
        if (!Directory.Exists(folder)) return;
        try
        {
            Phrases.Take(folder);
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
