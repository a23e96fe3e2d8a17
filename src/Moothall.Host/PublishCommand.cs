using System.CommandLine;
using Moothall.Definitions;
using Moothall.Journeys;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall publish [SERVICE...]`: checks and publishes new versions; a running council takes them up within a second.</summary>
static class PublishCommand
{
    public static Command Make()
    {
        var services = new Argument<string[]>("service") { Description = "Names of services; without any, all in the folder.", Arity = ArgumentArity.ZeroOrMore }.NoOption();
        var command = new Command("publish", "Checks services and publishes new versions to the running council.")
        {
            services, CommandLine.Data, CommandLine.Database, CommandLine.Services, CommandLine.Council,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var council = settings.ReadCouncil();
            var named = parsed.GetValue(services) ?? [];
            var files = ServiceFolder.Check([settings.Services], council, Settings.Today(council));
            foreach (var name in named)
                if (files.All(f => NameOf(f) != name)) throw new CommandRefused($"There is no service “{name}” in {settings.Services}.");
            var chosen = named.Length == 0 ? files : [.. files.Where(f => named.Contains(NameOf(f)))];
            await using var database = await settings.OpenStore();
            if (await Settings.WhyNotPublish(database) is { } why) throw new CommandRefused(why);
            return await Publish(database, chosen, "command line", Console.WriteLine, cancel) ? 0 : 1;
        });
        return command;
    }

    // A file that cannot be read is known by its folder, so that what is wrong with it can be said.
    static string? NameOf(ServiceFile file) => file.Definition?.Name ?? Path.GetFileName(Path.GetDirectoryName(file.Path));

    /// <summary>Publishes what has no errors and says each result in a line. True when nothing was refused.</summary>
    internal static async Task<bool> Publish(Store.Database database, IReadOnlyList<ServiceFile> files, string by, Action<string> say, CancellationToken cancel)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        foreach (var file in files)
        {
            foreach (var finding in file.Findings) say(finding.ToString());
            if (!file.MayBePublished) continue;
            var definition = file.Definition!;
            var (version, isNew) = await database.Commit(unit => PublishService.Publish(unit, definition, file.Source, now, by, file.Templates), cancel);
            if (isNew) say($"Published version {version} of {definition.Name}.");
        }
        return files.All(f => f.MayBePublished);
    }
}
