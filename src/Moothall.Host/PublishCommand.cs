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
        var services = new Argument<string[]>("service") { Description = Phrases.Mark("Names of services; without any, all in the folder."), Arity = ArgumentArity.ZeroOrMore }.NoOption();
        var command = new Command("publish", Phrases.Mark("Checks services and publishes new versions to the running council."))
        {
            services, CommandLine.Data, CommandLine.Database, CommandLine.Services, CommandLine.Council,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var council = settings.ReadCouncil();
            var named = parsed.GetValue(services) ?? [];
            if (!Directory.Exists(settings.Services)) throw new CommandRefused(new Message("There is no folder “{services}” with services. Name it with --services.", ("services", settings.Services)));
            var files = ServiceFolder.Check([settings.Services], council, Settings.Today(council));
            foreach (var name in named)
                if (files.All(f => f.Name != name)) throw new CommandRefused(new Message("There is no service “{name}” in {services}.", ("name", name), ("services", settings.Services)));
            var chosen = named.Length == 0 ? files : [.. files.Where(f => named.Contains(f.Name))];
            await using var database = await settings.OpenStore();
            if (await Settings.WhyNotPublish(database) is { } why) throw new CommandRefused(why);
            return await Publish(database, chosen, "command line", CommandLanguage.Spoken, Console.WriteLine, cancel) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Publishes what has no errors and says each result in a line, in a language. True when nothing was refused.</summary>
    internal static async Task<bool> Publish(Store.Database database, IReadOnlyList<ServiceFile> files, string by, Phrases phrases, Action<string> say, CancellationToken cancel)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        foreach (var file in files)
        {
            foreach (var finding in file.Findings) say(finding.In(phrases));
            if (!file.MayBePublished) continue;
            var definition = file.Definition!;
            var (version, isNew) = await database.Commit(async unit =>
            {
                var published = await PublishService.Publish(unit, definition, file.Source, now, by, file.Templates);
                if (published.IsNew) await Identity.Audit.Note(unit, now, CommandAudit.Entry(Identity.AuditKinds.Published, "service/" + definition.Name, new Message("Version {version}.", ("version", published.Version))));
                return published;
            }, cancel);
            if (isNew) say(phrases.Say("Published version {version} of {service}.", ("version", version), ("service", definition.Name)));
        }
        return files.All(f => f.MayBePublished);
    }
}
