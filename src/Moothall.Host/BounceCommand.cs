using System.CommandLine;
using Moothall.Definitions;
using Moothall.Notifications;
using Moothall.Store;
using NodaTime;

namespace Moothall.Host;

/// <summary>`moothall bounce [FILE]`: takes in a mail that came back, from a file or, as the pipe of a mail server gives it, from standard input.</summary>
static class BounceCommand
{
    /// <summary>EX_TEMPFAIL of sysexits.h: the mail server keeps the report and gives it again.</summary>
    const int TryLater = 75;

    public static Command Make()
    {
        var file = new Argument<string?>("file") { Description = Phrases.Mark("The report as a file; without one it is read from standard input."), Arity = ArgumentArity.ZeroOrOne }.NoOption();
        var command = new Command("bounce", Phrases.Mark("Takes in a mail that came back, so that the desk shows it and no more go to an address that does not exist."))
        {
            file, CommandLine.Data, CommandLine.Database, CommandLine.Council,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var text = await Read(parsed.GetValue(file), cancel);
            var council = settings.ReadCouncil();
            try
            {
                await using var database = await settings.OpenStore();
                var house = await House.Open(database, council, SystemClock.Instance);
                var taken = await database.Commit(unit => TakeBounce.Take(unit, house, text), cancel);
                if (taken.Refusal is { } refusal) throw new CommandRefused(refusal.Message);
                Console.WriteLine(taken.Value!.In(CommandLanguage.Spoken));
                return 0;
            }
            catch (Exception trouble) when (trouble is StoreUnavailableException or StoreBusyException or StoreConflictException or Npgsql.NpgsqlException or System.Net.Sockets.SocketException)
            {
                await Console.Error.WriteLineAsync(CommandLine.WhatIsWrong(trouble));
                return TryLater;
            }
        });
        return command;
    }

    static async Task<string> Read(string? file, CancellationToken cancel)
    {
        if (file is not null && !File.Exists(file)) throw new CommandRefused(new Message("There is no file “{file}”.", ("file", file)));
        using var reader = file is null ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
        var text = new char[TakeBounce.LongestReport + 1];
        var length = await reader.ReadBlockAsync(text, cancel);
        return new string(text, 0, length);
    }
}
