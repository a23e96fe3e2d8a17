using System.CommandLine;
using System.Globalization;
using Moothall.Definitions;
using Moothall.Store;

namespace Moothall.Host;

/// <summary>`moothall backup FILE [--verify]`: the whole council in one file while it serves, or a look whether such a file is whole.</summary>
static class BackupCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = Phrases.Mark("The file to make. It must not be there yet; keep it as secret as the council itself.") }.NoOption();
        var verify = new Option<bool>("--verify") { Description = Phrases.Mark("Make nothing: read FILE and hold it against its hashes.") };
        var command = new Command("backup", Phrases.Mark("Takes the whole council into one file, also while it serves.")) { file, verify, CommandLine.Data, CommandLine.Database };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            using var shown = new ShownProgress();
            BackupManifest made;
            if (parsed.GetValue(verify)) made = await Backup.Verify(path, shown.Show, cancel);
            else
            {
                if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new CommandRefused(new Message("There is no folder “{folder}” to put the backup into. Make it first.", ("folder", folder)));
                var settings = Settings.From(parsed);
                await using var database = settings.OpenAsItIs();
                await CommandAudit.NoteWherePossible(database, Identity.AuditKinds.BackedUp, new Message("Into {file}.", ("file", Path.GetFileName(path))));
                made = await Backup.Write(database, path, shown.Show, cancel);
                settings.NoteBackup(made.Made);
            }
            shown.Done();
            Console.WriteLine(CommandLanguage.Say("{file}: whole, {rows} rows of {tables} tables, {bytes} bytes, made {at} from {database}",
                ("file", path), ("rows", made.Rows.ToString(CultureInfo.InvariantCulture)), ("tables", made.Tables.Count.ToString(CultureInfo.InvariantCulture)), ("bytes", new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture)), ("at", made.Made), ("database", made.From)));
            Console.WriteLine(CommandLanguage.Say("content {hash}", ("hash", made.Content)));
            return 0;
        });
        return command;
    }
}

/// <summary>A line on a terminal that says how far it is; nothing where nobody looks.</summary>
sealed class ShownProgress : IDisposable
{
    const int Width = 60;
    readonly bool looks = !Console.IsErrorRedirected;
    bool written;

    public void Show(BackupProgress progress)
    {
        if (!looks) return;
        written = true;
        Console.Error.Write("\r" + CommandLanguage.Say("{table}: {rows} rows", ("table", progress.Table), ("rows", progress.Rows.ToString(CultureInfo.InvariantCulture))).PadRight(Width));
    }

    /// <summary>How many of all entries were looked at.</summary>
    public void Show(long done, long all)
    {
        if (!looks) return;
        written = true;
        Console.Error.Write("\r" + CommandLanguage.Say("{done} of {all} entries", ("done", done.ToString("N0", CultureInfo.InvariantCulture)), ("all", all.ToString("N0", CultureInfo.InvariantCulture))).PadRight(Width));
    }

    public void Done()
    {
        if (written) Console.Error.Write("\r" + new string(' ', Width) + "\r");
        written = false;
    }

    public void Dispose() => Done();
}
