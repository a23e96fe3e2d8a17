using System.CommandLine;
using Moothall.Council;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall check [PATH...] [--watch]`: a line per finding; with --watch again on every save, with --languages every text that is not translated.</summary>
static class CheckCommand
{
    public static Command Make()
    {
        var paths = new Argument<string[]>("path") { Description = Phrases.Mark("Service files or folders; without any, all services and the council's files."), Arity = ArgumentArity.ZeroOrMore }.NoOption();
        var watch = new Option<bool>("--watch") { Description = Phrases.Mark("Check again whenever a file is saved. Stop with Ctrl+C.") };
        var languages = new Option<bool>("--languages") { Description = Phrases.Mark("Also lists every text that a language of the council lacks.") };
        var command = new Command("check", Phrases.Mark("Checks definitions and council files, and says what is wrong and how to mend it.")) { paths, watch, languages, CommandLine.Services, CommandLine.Council };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var named = parsed.GetValue(paths) ?? [];
            foreach (var path in named)
                if (!File.Exists(path) && !Directory.Exists(path)) throw new CommandRefused(new Message("There is no file or folder “{path}”.", ("path", path)));
            var each = parsed.GetValue(languages);
            if (!parsed.GetValue(watch)) return ErrorsIn(Check(settings, named, each, memory: null)) > 0 ? 1 : 0;
            // Watched from before the first check on, so that no save falls between the two.
            using var changes = new FolderWatch([settings.Services, settings.Council, .. named.Select(p => File.Exists(p) ? Path.GetDirectoryName(Path.GetFullPath(p))! : p)]);
            var memory = new CheckMemory();
            var found = Check(settings, named, each, memory);
            while (!cancel.IsCancellationRequested)
            {
                if (!await changes.Next(cancel)) break;
                Console.WriteLine();
                var before = found;
                found = Check(settings, named, each, memory);
                Console.Error.WriteLine(Changed(before, found).In(CommandLanguage.Spoken));
            }
            return ErrorsIn(found) > 0 ? 1 : 0;
        });
        return command;
    }

    /// <summary>What a save has changed of the findings. One that only moved to another line is the same.</summary>
    internal static Message Changed(IReadOnlyList<Finding> before, IReadOnlyList<Finding> now)
    {
        // The same words at two places are two findings.
        static Dictionary<(string, Severity, string), int> Known(IReadOnlyList<Finding> findings) => findings.CountBy(f => (f.Place.File, f.Severity, f.Message)).ToDictionary();
        static int More(Dictionary<(string, Severity, string), int> here, Dictionary<(string, Severity, string), int> there) => here.Sum(f => Math.Max(0, f.Value - there.GetValueOrDefault(f.Key)));
        var (was, are) = (Known(before), Known(now));
        var (added, mended) = (More(are, was), More(was, are));
        return added + mended == 0 ? new Message("The save changes nothing in what is found.")
            : new Message("Since the save before: {added, plural, one {# new finding} other {# new findings}}, {mended, plural, one {# mended} other {# mended}}.", ("added", added), ("mended", mended));
    }

    static int ErrorsIn(IReadOnlyList<Finding> findings) => findings.Count(f => f.Severity == Severity.Error);

    static IReadOnlyList<Finding> Check(Settings settings, string[] named, bool eachLanguage, CheckMemory? memory)
    {
        var findings = Findings(settings, named, eachLanguage, memory);
        foreach (var finding in findings) Console.WriteLine((finding with { Place = finding.Place with { File = Path.GetRelativePath(".", finding.Place.File) } }).In(CommandLanguage.Spoken));
        var errors = ErrorsIn(findings);
        Console.Error.WriteLine(findings.Count == 0 ? CommandLanguage.Say("Nothing to mend.")
            : CommandLanguage.Say("{errors, plural, one {# error} other {# errors}}, {warnings, plural, one {# warning} other {# warnings}}.", ("errors", errors), ("warnings", findings.Count - errors)));
        return findings;
    }

    static bool IsCouncil(string path) => File.Exists(Path.Combine(path, "authorities.yaml"));

    internal static IReadOnlyList<Finding> Findings(Settings settings, string[] named, bool eachLanguage = false, CheckMemory? memory = null)
    {
        var reading = !Directory.Exists(settings.Council) ? null : memory is null ? CouncilReader.Read(settings.Council) : memory.CouncilIn(settings.Council);
        var today = reading?.Council is { } council ? Settings.Today(council) : SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        var folders = named.Where(IsCouncil).ToList();
        IReadOnlyList<string> paths = named.Length > 0 ? [.. named.Except(folders)] : [settings.Services];
        if (named.Length == 0 && !Directory.Exists(settings.Services)) throw new CommandRefused(new Message("There is no folder “{services}” with services. Name it with --services.", ("services", settings.Services)));
        // Services are checked against the council: while its files cannot be read, what they say of services would mislead.
        if (named.Length == 0 && reading is { Council: null }) return [.. reading.Findings];
        var files = ServiceFolder.Check(paths, reading?.Council, today, memory);
        var definitions = files.Select(f => f.Definition).OfType<ServiceDefinition>().ToList();
        if (named.Length > 0 && files.Count == 0 && folders.Count == 0) throw new CommandRefused(new Message("There is no service.yaml in {places}.", ("places", string.Join(", ", named.Select(n => $"“{n}”")))));
        var ofCouncil = named.Length > 0 ? folders.SelectMany(folder => CouncilReader.Read(folder).Findings)
            : reading is null ? [] : reading.Findings.Concat(reading.Council?.CheckOffers(definitions, files.Where(f => f.Definition is null).Select(f => f.Name)) ?? []).Concat(reading.Council?.CheckAgreements(today) ?? []);
        var ofLanguages = reading?.Council is { } offered && folders.Count == 0 ? LanguageGaps.Find(offered, definitions, settings.Council, eachLanguage).Select(f => files.FirstOrDefault(file => file.Path == f.Place.File)?.Where(f) ?? f) : [];
        return [.. files.SelectMany(f => f.Findings).Concat(ofCouncil).Concat(ofLanguages).Distinct().OrderBy(f => f.Place.File, StringComparer.Ordinal).ThenBy(f => f.Place.Line).ThenBy(f => f.Place.Column)];
    }
}
