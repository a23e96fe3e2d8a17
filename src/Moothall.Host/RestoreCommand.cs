using System.CommandLine;
using System.Globalization;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>`moothall restore FILE`: a backup into an empty store of either kind; figures are built again before it is said to be done.</summary>
static class RestoreCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = Phrases.Mark("A file that `moothall backup` made, of either database.") }.NoOption();
        var command = new Command("restore", Phrases.Mark("Puts a backup into an empty folder or an empty PostgreSQL database.")) { file, CommandLine.Data, CommandLine.Database };
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var path = parsed.GetValue(file)!;
            using var shown = new ShownProgress();
            BackupManifest restored;
            if (settings.Database is not null)
            {
                await using var database = settings.OpenAsItIs();
                restored = await Restore.Into(database, path, Settings.SchemaAssemblies, shown.Show, cancel);
                await BuildFigures(database, shown, cancel);
                await Note(database, restored);
            }
            else
            {
                Directory.CreateDirectory(settings.Data);
                restored = await Restore.IntoSqlite(path, settings.DatabaseFile, Settings.SchemaAssemblies, async (database, manifest) =>
                {
                    await BuildFigures(database, shown, cancel);
                    await Note(database, manifest);
                }, shown.Show, cancel);
            }
            shown.Done();
            Console.WriteLine(CommandLanguage.Say("Restored {rows} rows of {tables} tables, as they were at {at}. Start the council with “moothall serve”.",
                ("rows", restored.Rows.ToString(CultureInfo.InvariantCulture)), ("tables", restored.Tables.Count.ToString(CultureInfo.InvariantCulture)), ("at", restored.Made)));
            return 0;
        });
        return command;
    }

    static Task Note(Database database, BackupManifest restored) =>
        CommandAudit.Note(database, Identity.AuditKinds.Restored, null, new Message("As it was at {at}, content {hash}.", ("at", restored.Made), ("hash", restored.Content)));

    internal static async Task BuildFigures(Database database, ShownProgress shown, CancellationToken cancel)
    {
        foreach (var projection in House.Projections()) await Replay.Run(database, projection, p => shown.Show(new BackupProgress(p.Projection, p.Events)), cancel);
    }
}
