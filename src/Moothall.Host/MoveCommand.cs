using System.CommandLine;
using System.Globalization;
using Moothall.Definitions;
using Moothall.Store;
using Npgsql;

namespace Moothall.Host;

/// <summary>`moothall move --to PLACE`: the whole council from SQLite to PostgreSQL or back; the old store takes nothing more.</summary>
static class MoveCommand
{
    public static Command Make()
    {
        var to = new Option<string>("--to") { Description = Phrases.Mark("Where to: a connection string of an empty PostgreSQL database, or a folder without a council."), Required = true };
        var command = new Command("move", Phrases.Mark("Moves the council from SQLite to PostgreSQL or back, and shuts the old store. Stop the council first.")) { to, CommandLine.Data, CommandLine.Database };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var target = parsed.GetValue(to)!;
            await using (settings.OpenAsItIs()) { }
            using var shown = new ShownProgress();
            MoveReport moved;
            await using (var from = await settings.OpenStore(evenShut: true))
            {
                if (target.Contains('=', StringComparison.Ordinal))
                {
                    var there = settings with { Database = target };
                    await using var database = there.OpenAsItIs();
                    moved = await Noted(database, await Move.Run(from, database, PlaceOf(target), Settings.SchemaAssemblies, made => RestoreCommand.BuildFigures(made, shown, cancel), shown.Show, cancel));
                }
                else moved = await IntoFolder(from, settings with { Database = null, Data = target }, shown, cancel);
            }
            shown.Done();
            Console.WriteLine(CommandLanguage.Say("Moved {rows} rows of {tables} tables; both stores were the same. Start the council with “moothall serve” at its new place; the old one takes nothing more.",
                ("rows", moved.Rows.ToString(CultureInfo.InvariantCulture)), ("tables", moved.Tables.ToString(CultureInfo.InvariantCulture))));
            Console.WriteLine(CommandLanguage.Say("content {hash}", ("hash", moved.Content)));
            return 0;
        });
        return command;
    }

    static async Task<MoveReport> IntoFolder(Database from, Settings there, ShownProgress shown, CancellationToken cancel)
    {
        var isNew = !File.Exists(there.DatabaseFile);
        // A shut store and nothing there: no move to be finished, so no folder is made.
        if (isNew && await Move.WhyNotHere(from, cancel) is { } shut) throw new CommandRefused(shut.AsMessage());
        Directory.CreateDirectory(there.Data);
        try
        {
            await using var database = Database.Sqlite(there.DatabaseFile);
            return await Noted(database, await Move.Run(from, database, MovePlace.Folder(Path.GetFullPath(there.Data)).ToString(), Settings.SchemaAssemblies, made => RestoreCommand.BuildFigures(made, shown, cancel), shown.Show, cancel));
        }
        catch when (isNew)
        {
            // Not shut: the council is whole where it was, and what is half made here is of no use.
            if (await Move.WhyNotHere(from, CancellationToken.None) is null)
                foreach (var made in new[] { "", "-wal", "-shm" }) File.Delete(there.DatabaseFile + made);
            throw;
        }
    }

    // The old store takes nothing more, so that it moved is noted where it arrived.
    static async Task<MoveReport> Noted(Database arrived, MoveReport report)
    {
        await CommandAudit.Note(arrived, Identity.AuditKinds.Moved, null, new Message("Content {hash}.", ("hash", report.Content)));
        return report;
    }

    static string PlaceOf(string connection)
    {
        var target = new NpgsqlConnectionStringBuilder(connection);
        return MovePlace.Postgres(target.Database, target.Host).ToString();
    }
}
