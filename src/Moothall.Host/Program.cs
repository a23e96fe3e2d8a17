using System.CommandLine;
using Moothall.Definitions;
using Moothall.Host;

var root = new RootCommand(Phrases.Mark("Moothall: a council's digital platform in one program. A council service is a file; everything else follows from it."))
{
    ServeCommand.Make(),
    CheckCommand.Make(),
    PublishCommand.Make(),
    CouncilCommand.Make(),
    TokenCommand.Make(),
    StaffCommand.Make(),
    ReplayCommand.Make(),
    BackupCommand.Make(),
    RestoreCommand.Make(), KeepCommand.Make(),
    BounceCommand.Make(), InboxCommand.Make(), MoveCommand.Make(),
};
root.Options.Add(CommandLanguage.Option);
CommandHelp.GiveTo(root);
return await CommandLine.Run(root, args);
