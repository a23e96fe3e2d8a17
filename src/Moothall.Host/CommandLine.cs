using System.CommandLine;
using System.CommandLine.Parsing;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>How every command behaves: 0 done, 1 refused or failed, 2 wrong usage; a failure is a sentence, never a stack trace.</summary>
static class CommandLine
{
    public static readonly Option<string?> Data = new("--data") { Description = Phrases.Mark("The folder that holds the council's data (SQLite). Default: ./data") };
    public static readonly Option<string?> Database = new("--database") { Description = Phrases.Mark("A PostgreSQL connection string; without it the data are in SQLite in the folder --data.") };
    public static readonly Option<string?> Services = new("--services") { Description = Phrases.Mark("The folder of services. Default: services beside the program or the present folder.") };
    public static readonly Option<string?> Council = new("--council") { Description = Phrases.Mark("The folder of the council's files. Default: council beside the program or the present folder.") };

    /// <summary>How long a command that is told to stop may take to end what it has begun. The library's own two seconds would end a node in the middle of requests.</summary>
    static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(90);

    /// <summary>All commands of the program.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand(Phrases.Mark("Moothall: a council's digital platform in one program. A council service is a file; everything else follows from it."))
        {
            ServeCommand.Make(),
            CheckCommand.Make(),
            PreviewCommand.Make(),
            ImportCommand.Make(),
            PublishCommand.Make(),
            CouncilCommand.Make(),
            TokenCommand.Make(),
            StaffCommand.Make(),
            ReplayCommand.Make(),
            BackupCommand.Make(),
            RestoreCommand.Make(), KeepCommand.Make(),
            BounceCommand.Make(), InboxCommand.Make(), MoveCommand.Make(), AuditCommand.Make(),
        };
        root.Options.Add(CommandLanguage.Option);
        CommandHelp.GiveTo(root);
        return root;
    }

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        try
        {
            CommandLanguage.Choose(parsed);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(UsageErrors.Of(error).In(CommandLanguage.Spoken));
                await Console.Error.WriteLineAsync(CommandLanguage.Say("Try `{command}`.", ("command", $"moothall {string.Concat(Names(parsed.CommandResult).Select(name => name + " "))}--help")));
                return 2;
            }
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd });
        }
        catch (Exception trouble) when (trouble is CommandRefused or StoreException or Journeys.UnreadableServiceException or IOException or InvalidDataException or UnauthorizedAccessException
            or System.Net.Sockets.SocketException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(WhatIsWrong(trouble));
            return 1;
        }
    }

    /// <summary>What stopped a command, in the language it speaks. What the system or another program says of itself stays as it is.</summary>
    internal static string WhatIsWrong(Exception trouble) => trouble switch
    {
        CommandRefused refused => refused.In(CommandLanguage.Spoken),
        Journeys.UnreadableServiceException unreadable => unreadable.In(CommandLanguage.Spoken),
        StoreException ofStore => ofStore.Words.AsMessage().In(CommandLanguage.Spoken),
        _ => trouble.Message,
    };

    /// <summary>An argument that takes no mistyped option for a value.</summary>
    public static Argument<T> NoOption<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.StartsWith('-')) result.AddError($"There is no option “{token.Value}” here.");
        });
        return argument;
    }

    // The names of a command within commands, without the program's own.
    static IEnumerable<string> Names(CommandResult command) => command.Parent is CommandResult parent ? Names(parent).Append(command.Command.Name) : [];
}

/// <summary>A command that will not be done, with the reason and the mend.</summary>
sealed class CommandRefused(Message why, IReadOnlyList<Finding>? findings = null) : Exception(Words(why, findings ?? [], Phrases.English))
{
    /// <summary>Why, and what was found, in a language.</summary>
    public string In(Phrases phrases) => Words(why, findings ?? [], phrases);

    static string Words(Message why, IReadOnlyList<Finding> findings, Phrases phrases) => string.Join('\n', findings.Select(f => f.In(phrases)).Prepend(why.In(phrases)));
}
