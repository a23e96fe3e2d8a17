using System.CommandLine;
using Moothall.Host;

var root = new RootCommand("Moothall: a council's digital platform in one program. A council service is a file; everything else follows from it.")
{
    ServeCommand.Make(),
    CheckCommand.Make(),
    ImportCommand.Make(),
    PublishCommand.Make(),
    CouncilCommand.Make(),
    TokenCommand.Make(),
    StaffCommand.Make(),
    ReplayCommand.Make(),
    BackupCommand.Make(),
    RestoreCommand.Make(), KeepCommand.Make(),
    BounceCommand.Make(), InboxCommand.Make(), MoveCommand.Make(),
};
return await CommandLine.Run(root, args);
