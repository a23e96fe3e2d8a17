using System.CommandLine;
using Moothall.Records;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>
/// `moothall keep [--list] [--now]`: what is to be erased because its time is over. A serving council does this each night by itself; --now does tonight's
/// work at once, which carries out only lists that have stood long enough.
/// </summary>
static class KeepCommand
{
    public static Command Make()
    {
        var list = new Option<bool>("--list") { Description = "Show every record on the lists, not only how many." };
        var now = new Option<bool>("--now") { Description = "Do tonight's work at once: make the list, and carry out lists that have stood long enough." };
        var command = new Command("keep", "Shows what is to be deleted because its time is over, and when.") { list, now, CommandLine.Data, CommandLine.Database, CommandLine.Council };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var council = settings.ReadCouncil();
            await using var database = await settings.OpenStore();
            var house = await House.Open(database, council, SystemClock.Instance);
            if (parsed.GetValue(now)) await Tonight(house, cancel);
            await Show(house, parsed.GetValue(list), cancel);
            return 0;
        });
        return command;
    }

    /// <summary>The work of one night, a unit at a time.</summary>
    static async Task Tonight(House house, CancellationToken cancel)
    {
        var database = house.Database;
        while (!await database.Commit(unit => MakeList.Step(unit, house, house.Now), cancel)) cancel.ThrowIfCancellationRequested();
        await database.Commit(unit => CarryOut.Expire(unit, house, house.Now), cancel);
        foreach (var list in await database.Read(session => RecordLists.In(session, "standing"), cancel))
        {
            if (list.Due > house.Now) continue;
            while (!await database.Commit(unit => CarryOut.Step(unit, house, list.Id, house.Now), cancel)) cancel.ThrowIfCancellationRequested();
            Console.WriteLine($"{list.Id} was carried out; its certificate is at /desk/records/lists/{list.Id}.");
        }
    }

    static async Task Show(House house, bool each, CancellationToken cancel)
    {
        var zone = house.Council.Authorities[0].Calendar.Zone;
        var standing = await house.Database.Read(session => RecordLists.In(session, "standing"), cancel);
        if (standing.Count == 0) Console.WriteLine("Nothing is on a list to be deleted.");
        foreach (var list in standing)
        {
            Console.WriteLine(FormattableString.Invariant($"{list.Id}: to be carried out from {list.Due.InZone(zone).Date:uuuu-MM-dd}"));
            foreach (var count in await house.Database.Read(session => RecordLists.Counts(session, list.Id), cancel))
                Console.WriteLine(FormattableString.Invariant($"  {count.Lines} of {(count.Service.Length > 0 ? count.Service : count.First[..count.First.IndexOf('/', StringComparison.Ordinal)] + "s that belong to no case")}, {count.Rule}, the oldest from {count.From:uuuu-MM-dd}: {count.State}"));
            if (!each) continue;
            List<string> authorities = [.. house.Council.Authorities.Select(a => a.Id), ""];
            for (var after = ""; ;)
            {
                var lines = await house.Database.Read(session => RecordLists.Lines(session, list.Id, authorities, after), cancel);
                foreach (var line in lines) Console.WriteLine(FormattableString.Invariant($"    {line.Reference} {line.Service} {line.Since:uuuu-MM-dd} {line.State} {line.What}"));
                if (lines.Count < 500) break;
                after = lines[^1].Reference;
            }
        }
        foreach (var hold in await house.Database.Read(Holds.InForce, cancel))
            Console.WriteLine(FormattableString.Invariant($"{hold.Id}: holds {(hold.Kind == "person" ? "a person's cases" : hold.About)}, to be looked at again on {hold.Review:uuuu-MM-dd}"));
    }
}
