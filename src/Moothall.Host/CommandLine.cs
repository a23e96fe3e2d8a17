using System.CommandLine;
using System.CommandLine.Parsing;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>How every command behaves: 0 done, 1 refused or failed, 2 wrong usage; a failure is a sentence, never a stack trace.</summary>
static class CommandLine
{
    public static readonly Option<string?> Data = new("--data") { Description = "The folder that holds the council's data (SQLite). Default: ./data" };
    public static readonly Option<string?> Database = new("--database") { Description = "A PostgreSQL connection string; without it the data are in SQLite in the folder --data." };
    public static readonly Option<string?> Services = new("--services") { Description = "The folder of services. Default: services beside the program or the present folder." };
    public static readonly Option<string?> Council = new("--council") { Description = "The folder of the council's files. Default: council beside the program or the present folder." };

    /// <summary>How long a command that is told to stop may take to end what it has begun. The library's own two seconds would end a node in the middle of requests.</summary>
    static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(90);

    public static async Task<int> Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync($"Try `moothall {string.Concat(Names(parsed.CommandResult).Select(name => name + " "))}--help`.");
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd });
        }
        catch (Exception trouble) when (trouble is CommandRefused or StoreUnavailableException or StoreBusyException or SchemaException or BackupException or MoveException or IOException or InvalidDataException or UnauthorizedAccessException
            or System.Net.Sockets.SocketException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync(trouble.Message);
            return 1;
        }
    }

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
sealed class CommandRefused(string why) : Exception(why);
