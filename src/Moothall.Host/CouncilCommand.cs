using System.CommandLine;
using Moothall.Definitions;

namespace Moothall.Host;

/// <summary>`moothall council create FOLDER`: the files of a council of one's own, to begin with and to change.</summary>
static class CouncilCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("folder") { Description = Phrases.Mark("A new folder for the council's files and services.") }.NoOption();
        var name = new Option<string>("--name") { Description = Phrases.Mark("The council's name in full: “Little Wexham Town Council”."), Required = true };
        var address = new Option<string>("--public-address") { Description = Phrases.Mark("The address people will use: https://www.littlewexham.example."), Required = true };
        var phone = new Option<string>("--phone") { Description = Phrases.Mark("The number people ring."), Required = true };
        var email = new Option<string>("--email") { Description = Phrases.Mark("The address people write to."), Required = true };
        var administrator = new Option<string>("--administrator") { Description = Phrases.Mark("The name of the first member of staff, who invites the others: “Sam Okoro”."), Required = true };
        var colour = new Option<string>("--colour") { Description = Phrases.Mark("The council's dark colour, like \"#173a37\". White words must be readable on it. Default: #173a37."), DefaultValueFactory = _ => "#173a37" };
        var create = new Command("create", Phrases.Mark("Writes the files of a new council: one authority, one team, one member of staff, and every service that comes with the program."))
        {
            folder, name, address, phone, email, administrator, colour, CommandLine.Services, CommandLine.Council,
        };
        create.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var council = new NewCouncil
            {
                Name = parsed.GetValue(name)!.Trim(), PublicAddress = parsed.GetValue(address)!.Trim().TrimEnd('/'), Phone = parsed.GetValue(phone)!.Trim(), Email = parsed.GetValue(email)!.Trim(),
                Administrator = parsed.GetValue(administrator)!.Trim(), Colour = parsed.GetValue(colour)!.Trim(),
            };
            await council.Write(parsed.GetValue(folder)!, settings.Services, settings.Council, message => Console.WriteLine(message.In(CommandLanguage.Spoken)), cancel);
            return 0;
        });
        return new Command("council", Phrases.Mark("The files that say who the council is.")) { create };
    }
}
