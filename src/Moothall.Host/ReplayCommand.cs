using System.CommandLine;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>`moothall replay [PROJECTION]`: builds figures again from the log beside the serving council and swaps them in.</summary>
static class ReplayCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("projection") { Description = "One projection; without it, all.", Arity = ArgumentArity.ZeroOrOne }.NoOption();
        var command = new Command("replay", "Builds projections again from the log and swaps them in.") { name, CommandLine.Data, CommandLine.Database };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var all = House.Projections();
            var chosen = parsed.GetValue(name) is { } one ? [.. all.Where(p => p.Name == one)] : all;
            if (chosen.Count == 0) throw new CommandRefused($"There is no projection “{parsed.GetValue(name)}”. Known: {string.Join(", ", all.Select(p => p.Name))}.");
            await using var database = await settings.OpenStore();
            foreach (var projection in chosen)
            {
                Action<ReplayProgress>? progress = Console.IsErrorRedirected ? null : p => Console.Error.Write($"\r{p.Projection}: {p.Events} events");
                var done = await Replay.Run(database, projection, progress, cancel);
                if (progress is not null) Console.Error.WriteLine();
                var seconds = done.Time.TotalSeconds;
                Console.WriteLine(FormattableString.Invariant($"{projection.Name}: {done.Events} events, {seconds:0.0} seconds, {done.Events / Math.Max(seconds, 0.001):0} events/s"));
            }
            return 0;
        });
        return command;
    }
}
