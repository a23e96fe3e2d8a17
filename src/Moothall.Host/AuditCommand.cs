using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Moothall.Definitions;
using Moothall.Identity;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Host;

/// <summary>`moothall audit verify [--against FILE]`: walks the whole audit log and says at the first fault what happened to which entry.</summary>
static class AuditCommand
{
    public static Command Make()
    {
        var against = new Option<string?>("--against") { Description = Phrases.Mark("A file that was saved from /open/audit.json of this council: what was published of its days must be in this log.") };
        var verify = new Command("verify", Phrases.Mark("Looks through the audit log for what was removed, altered, moved or put in."))
        {
            against, CommandLine.Data, CommandLine.Database,
        };
        verify.SetAction(async (parsed, cancel) =>
        {
            var settings = Settings.From(parsed);
            var kept = parsed.GetValue(against) is { } file ? ReadKept(file) : null;
            await using var database = settings.OpenAsItIs();
            if (!await database.Read(AuditVerify.IsThere, cancel)) throw new CommandRefused(new Message("This council has no sealed audit log yet. Serve it once with this program."));
            using var shown = new ShownProgress();
            var report = await new AuditVerify(database).Run(kept, (done, all) => shown.Show(done, all), cancel);
            shown.Done();
            if (report.Fault is not null) throw new CommandRefused(new Message("The audit log is not as it was sealed. {fault} Keep this database as it is and tell your information officer.", ("fault", report.Words)));
            Console.WriteLine(CommandLanguage.Say("{entries, plural, =0 {Nothing is sealed yet.} one {The one sealed entry is as it was sealed: not removed, altered, moved or put in.} other {All # sealed entries are as they were sealed: none was removed, altered, moved or put in.}}", ("entries", report.Entries)));
            if (report.Erased > 0) Console.WriteLine(CommandLanguage.Say("{count, plural, one {Of # entry what was personal was erased, and the log says so.} other {Of # entries what was personal was erased, and the log says so.}}", ("count", report.Erased)));
            if (report.Waiting > 0) Console.WriteLine(CommandLanguage.Say("{count, plural, one {# newer entry waits to be sealed.} other {# newer entries wait to be sealed.}}", ("count", report.Waiting)));
            if (report.Newest is { } day) Console.WriteLine(CommandLanguage.Say("The root of {day}: {root}", ("day", LocalDatePattern.Iso.Format(day.Day)), ("root", Convert.ToHexStringLower(day.Root))));
            if (kept is not null) Console.WriteLine(CommandLanguage.Say("{count, plural, one {The day in the file is in this log as it was published.} other {All # days in the file are in this log as they were published.}}", ("count", kept.Count)));
            return 0;
        });
        return new Command("audit", Phrases.Mark("The audit log: who did what with people's data and with rights.")) { verify };
    }

    static Dictionary<LocalDate, string> ReadKept(string file)
    {
        if (!File.Exists(file)) throw new CommandRefused(new Message("There is no file “{file}”.", ("file", file)));
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            return json.RootElement.GetProperty("days").EnumerateArray().ToDictionary(d => LocalDatePattern.Iso.Parse(d.GetProperty("day").GetString()!).GetValueOrThrow(), d => d.GetProperty("root").GetString()!);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or UnparsableValueException)
        {
            throw new CommandRefused(new Message("“{file}” is not a list of days as /open/audit.json gives it.", ("file", file)));
        }
    }
}
