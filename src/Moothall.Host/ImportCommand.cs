using System.CommandLine;
using System.Text;
using Moothall.Definitions.Importing;

namespace Moothall.Host;

/// <summary>`moothall import xgov|defra|govuk-forms FILE... --to DIR`: makes service files of other builders' forms, a line per file.</summary>
static class ImportCommand
{
    /// <summary>Files of one import: more than any builder has forms of one organisation.</summary>
    const int MostFiles = 2_000;

    public static Command Make()
    {
        var command = new Command("import", "Makes service files of forms that another builder of forms wrote. Look through what comes out before you publish it.");
        command.Subcommands.Add(Of("xgov", "Forms of XGov's digital form builder (JSON)."));
        command.Subcommands.Add(Of("defra", "Forms of DEFRA's forms engine (YAML or JSON)."));
        command.Subcommands.Add(Of("govuk-forms", "Forms of GOV.UK Forms (JSON)."));
        return command;
    }

    static Command Of(string kind, string description)
    {
        var files = new Argument<string[]>("file") { Description = "The forms. An English file and its Welsh twin, given together, become one service.", Arity = ArgumentArity.OneOrMore }.NoOption();
        var to = new Option<string>("--to") { Description = "The folder that gets a folder per service. It is made where it is not there; a service that is there already is left alone.", Required = true };
        var command = new Command(kind, description) { files, to };
        command.SetAction(parsed => Import(FormImport.Kinds[kind], [.. parsed.GetRequiredValue(files).Distinct()], parsed.GetRequiredValue(to)));
        return command;
    }

    static int Import(FormKind kind, IReadOnlyList<string> files, string to)
    {
        if (files.Count > MostFiles) throw new CommandRefused($"These are {files.Count} files; import at most {MostFiles} at a time.");
        if (File.Exists(to)) throw new CommandRefused($"“{to}” is a file; name a folder with --to.");
        var texts = new List<(string File, string Text)>();
        var unread = new Dictionary<string, string>();
        foreach (var file in files)
        {
            if (Text(file, out var why) is { } text) texts.Add((file, text));
            else unread[file] = why;
        }
        var imported = FormImport.Import(kind, texts).ToDictionary(i => i.File);
        var failed = false;
        foreach (var file in files)
        {
            var line = unread.TryGetValue(file, out var why) ? $"failed {file}: {why}" : Written(imported[file], to);
            failed |= line.StartsWith("failed", StringComparison.Ordinal);
            Console.WriteLine(line);
        }
        return failed ? 1 : 0;
    }

    static string Written(ImportedFile file, string to)
    {
        if (file.Failure is { } why) return $"failed {file.File}: {why}";
        if (file.Definition is { } text)
        {
            var path = Path.Combine(to, file.Service!, "service.yaml");
            if (File.Exists(path) && File.ReadAllText(path) != text) return $"failed {file.File}: {path} is there already and says something else; move it away, or name another folder with --to";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        return file.NotExpressed.Count == 0 ? $"ok {file.File} {file.Service}" : $"partly {file.File} {file.Service}: {file.NotExpressed.Count} not expressed: {string.Join("; ", file.NotExpressed)}";
    }

    /// <summary>The text of a file, or why it has none. No more is read than a form can have.</summary>
    static string? Text(string file, out string why)
    {
        why = "";
        try
        {
            if (Directory.Exists(file)) why = "this is a folder; name the files in it";
            else if (!File.Exists(file)) why = "there is no such file; check the name";
            else
            {
                using var stream = File.OpenRead(file);
                var bytes = new byte[FormImport.MostBytes + 1];
                var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (length > FormImport.MostBytes) why = $"this file is longer than {FormImport.MostBytes / 1_000_000} MB, which no form is; give the form's own file";
                else return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
            }
        }
        catch (DecoderFallbackException)
        {
            why = "this is not text in UTF-8; export the form anew as JSON or YAML";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"it cannot be read ({e.Message.TrimEnd('.')})";
        }
        return null;
    }
}
