using System.CommandLine;
using Moothall.Definitions;
using Moothall.Exchange;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall inbox [--retry]`: events that partners sent and nothing here could take in, and why; --retry tries them again.</summary>
static class InboxCommand
{
    public static Command Make()
    {
        var retry = new Option<bool>("--retry") { Description = Phrases.Mark("Try each of them again, as when a person's rights were missing.") };
        var command = new Command("inbox", Phrases.Mark("Shows what came by the queue and could not be taken in, with the reason.")) { retry, CommandLine.Data, CommandLine.Database, CommandLine.Council };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var council = settings.ReadCouncil();
            await using var database = await settings.OpenStore();
            var house = await House.Open(database, council, SystemClock.Instance);
            var inbox = new Inbox(house);
            var waiting = 0;
            foreach (var parked in await database.Read(session => Inbox.Parked(session), cancel))
            {
                var why = parsed.GetValue(retry) ? await inbox.Retry(parked.Source, parked.Id, cancel) : parked.Why;
                if (why is not null) waiting++;
                var head = FormattableString.Invariant($"{parked.Arrived:uuuu-MM-dd HH:mm} {parked.Type} {parked.Source} {parked.Id}");
                var from = (object?)parked.User ?? new Message("nobody known");
                Console.WriteLine(new Message("{event} from {user}: {what}", ("event", head), ("user", from), ("what", why ?? new Message("taken in now"))).In(CommandLanguage.Spoken));
            }
            if (waiting == 0) Console.WriteLine(CommandLanguage.Say("Nothing waits."));
            return 0;
        });
        return command;
    }
}
