using System.Text;

namespace Moothall.Definitions.Tests.Languages;

/// <summary>Writes the list of messages, and completes the files of a language: entries stay in their file, what is missing is added empty, what nobody says goes.</summary>
static class MessageFiles
{
    /// <summary>The list as a PO template, with the files that say each message.</summary>
    public static string Template(IReadOnlyList<SourceMessages.Found> messages)
    {
        var text = new StringBuilder("# Every message that Moothall says. Written by bin/messages from the source: do not change it by hand.\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n");
        foreach (var message in messages)
        {
            text.Append('\n');
            foreach (var file in message.Files) text.Append("#: ").Append(file).Append('\n');
            text.Append("msgid ").Append(PoFile.Quoted(message.English)).Append("\nmsgstr \"\"\n");
        }
        return text.ToString();
    }

    /// <summary>Brings the files of one language up to the source.</summary>
    public static void Complete(string folder, IReadOnlyList<SourceMessages.Found> messages)
    {
        var wanted = messages.Select(m => m.English).ToHashSet(StringComparer.Ordinal);
        var files = new SortedDictionary<string, SortedDictionary<string, PoFile.Entry>>(StringComparer.Ordinal);
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.po").Order(StringComparer.Ordinal))
        {
            var entries = new SortedDictionary<string, PoFile.Entry>(StringComparer.Ordinal);
            files[Path.GetFileName(path)] = entries;
            foreach (var entry in PoFile.Read(path, File.ReadAllText(path)))
            {
                if (entry.English.Length == 0) heads[Path.GetFileName(path)] = entry.Translation;
                else if (wanted.Remove(entry.English)) entries[entry.English] = entry;
            }
        }
        foreach (var message in messages.Where(m => wanted.Contains(m.English)))
        {
            var name = FileFor(message);
            if (!files.TryGetValue(name, out var entries)) files[name] = entries = new(StringComparer.Ordinal);
            entries[message.English] = new PoFile.Entry(message.English, "", 0, false);
        }
        foreach (var (name, entries) in files)
        {
            var text = new StringBuilder();
            if (heads.TryGetValue(name, out var head))
                text.Append("msgid \"\"\nmsgstr \"\"\n").AppendJoin('\n', head.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => PoFile.Quoted(line + "\n"))).Append('\n');
            foreach (var entry in entries.Values)
                text.Append(text.Length > 0 ? "\n" : "").Append(entry.Fuzzy ? "#, fuzzy\n" : "").Append("msgid ").Append(PoFile.Quoted(entry.English)).Append("\nmsgstr ").Append(PoFile.Quoted(entry.Translation)).Append('\n');
            File.WriteAllText(Path.Combine(folder, name), text.ToString());
        }
    }

    /// <summary>The file of a message's area: what the checker finds, what commands and the store say, the questions' errors, the desk, or the open pages.</summary>
    static string FileFor(SourceMessages.Found message) =>
        message.Files.Any(SourceMessages.IsFinder) ? "checks.po"
        : message.Files.Any(f => f.StartsWith("src/Moothall.Host/", StringComparison.Ordinal) || f.StartsWith("src/Moothall.Store/", StringComparison.Ordinal)) ? "commands.po"
        : message.Files.Any(f => f.StartsWith("src/Moothall.Definitions/", StringComparison.Ordinal)) ? "questions.po"
        : message.Files.All(f => f.Contains("/Desk/", StringComparison.Ordinal) || f.EndsWith("DeskPage.razor", StringComparison.Ordinal)) ? "desk.po" : "pages.po";
}
