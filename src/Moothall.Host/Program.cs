using Moothall.Host;

return await CommandLine.Run(CommandLine.Root(), args);
