using System.CommandLine;
using Moothall.Definitions;
using Moothall.Records;
using Moothall.Store;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Host;

/// <summary>
/// `moothall keep [--list] [--now]`: what is to be erased because its time is over. A serving council does this each night by itself; --now does tonight's
/// work at once, which carries out only lists that have stood long enough.
/// </summary>
static class KeepCommand
{
    public static Command Make()
    {
        var list = new Option<bool>("--list") { Description = Phrases.Mark("Show every record on the lists, not only how many.") };
        var now = new Option<bool>("--now") { Description = Phrases.Mark("Do tonight's work at once: make the list, and carry out lists that have stood long enough.") };
        var command = new Command("keep", Phrases.Mark("Shows what is to be deleted because its time is over, and when.")) { list, now, CommandLine.Data, CommandLine.Database, CommandLine.Council };
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
        await CommandAudit.Note(database, Identity.AuditKinds.KeptNow);
        while (!await database.Commit(unit => MakeList.Step(unit, house, house.Now), cancel)) cancel.ThrowIfCancellationRequested();
        await database.Commit(unit => CarryOut.Expire(unit, house, house.Now), cancel);
        foreach (var list in await database.Read(session => RecordLists.In(session, "standing"), cancel))
        {
            if (list.Due > house.Now) continue;
            while (!await database.Commit(unit => CarryOut.Step(unit, house, list.Id, house.Now), cancel)) cancel.ThrowIfCancellationRequested();
            Console.WriteLine(CommandLanguage.Say("{list} was carried out; its certificate is at /desk/records/lists/{list}.", ("list", list.Id)));
        }
    }

    static async Task Show(House house, bool each, CancellationToken cancel)
    {
        var zone = house.Council.Authorities[0].Calendar.Zone;
        var standing = await house.Database.Read(session => RecordLists.In(session, "standing"), cancel);
        if (standing.Count == 0) Console.WriteLine(CommandLanguage.Say("Nothing is on a list to be deleted."));
        foreach (var list in standing)
        {
            Console.WriteLine(CommandLanguage.Say("{list}: to be carried out from {day}", ("list", list.Id), ("day", Day(list.Due.InZone(zone).Date))));
            foreach (var count in await house.Database.Read(session => RecordLists.Counts(session, list.Id), cancel))
                Console.WriteLine("  " + new Message("{count} of {what}, {rule}, the oldest from {day}: {state}", ("count", count.Lines), ("what", count.Service.Length > 0 ? count.Service : RecordMessages.OfNoCase(count.First) ?? count.First),
                    ("rule", RecordMessages.Rule(count.Rule)), ("day", Day(count.From)), ("state", State(count.State))).In(CommandLanguage.Spoken));
            if (!each) continue;
            List<string> authorities = [.. house.Council.Authorities.Select(a => a.Id), ""];
            for (var after = ""; ;)
            {
                var lines = await house.Database.Read(session => RecordLists.Lines(session, list.Id, authorities, after), cancel);
                foreach (var line in lines) Console.WriteLine($"    {line.Reference} {line.Service} {Day(line.Since)} {RecordMessages.State(line.State, line.What is null ? null : (Message)line.What).In(CommandLanguage.Spoken)}");
                if (lines.Count < 500) break;
                after = lines[^1].Reference;
            }
        }
        foreach (var hold in await house.Database.Read(Holds.InForce, cancel))
            Console.WriteLine(hold.Kind == "person"
                ? CommandLanguage.Say("{hold}: holds a person's cases, to be looked at again on {day}", ("hold", hold.Id), ("day", Day(hold.Review)))
                : CommandLanguage.Say("{hold}: holds {about}, to be looked at again on {day}", ("hold", hold.Id), ("about", hold.About), ("day", Day(hold.Review))));
    }

    static Message State(string state) => state switch
    {
        "listed" => new Message("On the list"),
        "gone" => new Message("Deleted"),
        _ => new Message("Kept"),
    };

    static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
