using System.CommandLine;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall staff invite NAME [--expires HOURS]`: prints a one-time link with which somebody makes a passkey.</summary>
static class StaffCommand
{
    const int MostHours = 24 * 30;

    public static Command Make()
    {
        var who = new Argument<string>("name") { Description = Phrases.Mark("The id of a member of staff, as in council/staff.yaml or on the desk's page of them.") }.NoOption();
        var expires = new Option<int?>("--expires") { Description = Phrases.Mark("Hours until the link expires. Default: 48.") };
        var invite = new Command("invite", Phrases.Mark("Prints a one-time link with which a member of staff makes a passkey and signs in; only its hash is stored."))
        {
            who, expires, CommandLine.Data, CommandLine.Database, CommandLine.Council,
        };
        invite.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var folder = settings.ReadCouncil();
            var name = parsed.GetValue(who)!;
            var hours = parsed.GetValue(expires) ?? (int)Invitations.Usual.TotalHours;
            if (hours is < 1 or > MostHours) throw new CommandRefused(new Message("--expires must be between 1 and {most} hours.", ("most", MostHours)));
            await using var database = await settings.OpenStore();
            var council = await People.Over(database, folder);
            if (council.Away.ContainsKey(name)) throw new CommandRefused(new Message("“{name}” is suspended or has left. An administrator takes them back on their page of the desk.", ("name", name)));
            if (!council.Members.TryGetValue(name, out var member)) throw new CommandRefused(TokenCommand.Nobody(council, settings, name, partnersToo: false));
            if (member.IsPartner) throw new CommandRefused(new Message("“{name}” is a partner, whose program signs in with a token: moothall token create --as {name}", ("name", name)));
            var made = await database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, folder, name, Duration.FromHours(hours), SystemClock.Instance.GetCurrentInstant(), CommandAudit.Who), cancel);
            Console.WriteLine(Invitations.Link(council, member, made.Value ?? throw new CommandRefused(made.Refusal!.Message)));
            return 0;
        });
        return new Command("staff", Phrases.Mark("Members of staff.")) { invite };
    }
}
