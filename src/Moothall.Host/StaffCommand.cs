using System.CommandLine;
using Moothall.Identity;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall staff invite NAME [--expires HOURS]`: prints a one-time link with which somebody makes a passkey.</summary>
static class StaffCommand
{
    const int MostHours = 24 * 30;

    public static Command Make()
    {
        var who = new Argument<string>("name") { Description = "The id of a member of staff, as in council/staff.yaml or on the desk's page of them." }.NoOption();
        var expires = new Option<int?>("--expires") { Description = "Hours until the link expires. Default: 48." };
        var invite = new Command("invite", "Prints a one-time link with which a member of staff makes a passkey and signs in; only its hash is stored.")
        {
            who, expires, CommandLine.Data, CommandLine.Database, CommandLine.Council,
        };
        invite.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var folder = settings.ReadCouncil();
            var name = parsed.GetValue(who)!;
            var hours = parsed.GetValue(expires) ?? (int)Invitations.Usual.TotalHours;
            if (hours is < 1 or > MostHours) throw new CommandRefused($"--expires must be between 1 and {MostHours} hours.");
            await using var database = await settings.OpenStore();
            var council = await People.Over(database, folder);
            if (council.Away.ContainsKey(name)) throw new CommandRefused($"“{name}” is suspended or has left. An administrator takes them back on their page of the desk.");
            if (!council.Members.TryGetValue(name, out var member)) throw new CommandRefused(TokenCommand.Nobody(council, settings, name, partnersToo: false));
            if (member.IsPartner) throw new CommandRefused($"“{name}” is a partner, whose program signs in with a token: moothall token create --as {name}");
            var made = await database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, folder, name, Duration.FromHours(hours), SystemClock.Instance.GetCurrentInstant()), cancel);
            Console.WriteLine(Invitations.Link(council, member, made.Value ?? throw new CommandRefused(made.Refusal!.Why)));
            return 0;
        });
        return new Command("staff", "Members of staff.") { invite };
    }
}
