using System.CommandLine;
using System.Globalization;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>`moothall replay [PROJECTION]`: builds figures again from the log beside the serving council and swaps them in.</summary>
static class ReplayCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("projection") { Description = Phrases.Mark("One projection; without it, all."), Arity = ArgumentArity.ZeroOrOne }.NoOption();
        var command = new Command("replay", Phrases.Mark("Builds projections again from the log and swaps them in.")) { name, CommandLine.Data, CommandLine.Database };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var all = House.Projections();
            var chosen = parsed.GetValue(name) is { } one ? [.. all.Where(p => p.Name == one)] : all;
            if (chosen.Count == 0) throw new CommandRefused(new Message("There is no projection “{name}”. Known: {known}.", ("name", parsed.GetValue(name)), ("known", string.Join(", ", all.Select(p => p.Name)))));
            await using var database = await settings.OpenStore();
            foreach (var projection in chosen)
            {
                Action<ReplayProgress>? progress = Console.IsErrorRedirected ? null : p => Console.Error.Write("\r" + CommandLanguage.Say("{projection}: {events} events", ("projection", p.Projection), ("events", p.Events.ToString(CultureInfo.InvariantCulture))));
                var done = await Replay.Run(database, projection, progress, cancel);
                if (progress is not null) Console.Error.WriteLine();
                var seconds = done.Time.TotalSeconds;
                Console.WriteLine(CommandLanguage.Say("{projection}: {events} events, {seconds} seconds, {rate} events/s", ("projection", projection.Name), ("events", done.Events.ToString(CultureInfo.InvariantCulture)),
                    ("seconds", seconds.ToString("0.0", CultureInfo.InvariantCulture)), ("rate", (done.Events / Math.Max(seconds, 0.001)).ToString("0", CultureInfo.InvariantCulture))));
            }
            return 0;
        });
        return command;
    }
}
