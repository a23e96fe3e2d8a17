using System.CommandLine;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall token create --as NAME [--expires DAYS]`: prints a bearer token once.</summary>
static class TokenCommand
{
    public static Command Make()
    {
        var who = new Option<string>("--as") { Description = Phrases.Mark("The id of a member of staff or a partner in council/staff.yaml."), Required = true };
        var expires = new Option<int?>("--expires") { Description = Phrases.Mark("Days until the token expires. Default: 365.") };
        var create = new Command("create", Phrases.Mark("Prints a bearer token for a program, once; only its hash is stored.")) { who, expires, CommandLine.Data, CommandLine.Database, CommandLine.Council };
        create.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var folder = settings.ReadCouncil();
            var member = parsed.GetValue(who)!;
            var days = parsed.GetValue(expires) ?? 365;
            if (days is < 1 or > 3650) throw new CommandRefused(new Message("--expires must be between 1 and 3650 days."));
            await using var database = await settings.OpenStore();
            var council = await People.Over(database, folder);
            if (!council.Members.ContainsKey(member)) throw new CommandRefused(Nobody(council, settings, member, partnersToo: true));
            var now = SystemClock.Instance.GetCurrentInstant();
            Console.WriteLine(await database.Commit(unit => Tokens.Create(unit, member, now, Duration.FromDays(days), detail: CommandAudit.Who), cancel));
            return 0;
        });
        return new Command("token", Phrases.Mark("Tokens with which programs use the API.")) { create };
    }

    /// <summary>Nobody has this id: where ids stand, and which are known.</summary>
    internal static Message Nobody(Council.CouncilFiles council, Settings settings, string name, bool partnersToo) =>
        new Message("Nobody is called “{name}” in {file} or at the desk. Known: {known}.", ("name", name), ("file", Path.Combine(settings.Council, "staff.yaml")),
            ("known", string.Join(", ", council.Members.Values.Where(m => partnersToo || !m.IsPartner).Select(m => m.Id).Order())));
}
