using System.CommandLine;
using System.Text;
using Moothall.Definitions;
using Moothall.Definitions.Importing;

namespace Moothall.Host;

/// <summary>
/// `moothall import xgov|defra|govuk-forms FILE... --to DIR`: makes service files of other builders' forms, a line per file. `ok`, `partly` and `failed` are codes; what follows them is
/// said in the reader's language.
/// </summary>
static class ImportCommand
{
    /// <summary>Files of one import: more than any builder has forms of one organisation.</summary>
    const int MostFiles = 2_000;

    public static Command Make()
    {
        var command = new Command("import", Phrases.Mark("Makes service files of forms that another builder of forms wrote. Look through what comes out before you publish it."));
        command.Subcommands.Add(Of("xgov", Phrases.Mark("Forms of XGov's digital form builder (JSON).")));
        command.Subcommands.Add(Of("defra", Phrases.Mark("Forms of DEFRA's forms engine (YAML or JSON).")));
        command.Subcommands.Add(Of("govuk-forms", Phrases.Mark("Forms of GOV.UK Forms (JSON).")));
        return command;
    }

    static Command Of(string kind, string description)
    {
        var files = new Argument<string[]>("file") { Description = Phrases.Mark("The forms. An English file and its Welsh twin, given together, become one service."), Arity = ArgumentArity.OneOrMore }.NoOption();
        var to = new Option<string>("--to") { Description = Phrases.Mark("The folder that gets a folder per service. It is made where it is not there; a service that is there already is left alone."), Required = true };
        var command = new Command(kind, description) { files, to };
        command.SetAction(parsed => Import(FormImport.Kinds[kind], [.. parsed.GetRequiredValue(files).Distinct()], parsed.GetRequiredValue(to)));
        return command;
    }

    static int Import(FormKind kind, IReadOnlyList<string> files, string to)
    {
        if (files.Count > MostFiles) throw new CommandRefused(new Message("These are {count} files; import at most {most} at a time.", ("count", files.Count), ("most", MostFiles)));
        if (File.Exists(to)) throw new CommandRefused(new Message("“{file}” is a file; name a folder with --to.", ("file", to)));
        var texts = new List<(string File, string Text)>();
        var unread = new Dictionary<string, Message>();
        foreach (var file in files)
        {
            var (text, why) = Text(file);
            if (text is not null) texts.Add((file, text));
            else unread[file] = why!;
        }
        var imported = FormImport.Import(kind, texts).ToDictionary(i => i.File);
        var (failed, written) = (false, false);
        foreach (var file in files)
        {
            var line = unread.TryGetValue(file, out var why) ? Failed(file, why) : Written(imported[file], to);
            var fails = line.StartsWith("failed", StringComparison.Ordinal);
            (failed, written) = (failed || fails, written || !fails);
            Console.WriteLine(line);
        }
        if (written) File.WriteAllText(Path.Combine(to, ServiceSchema.FileName), ServiceSchema.Text);
        return failed ? 1 : 0;
    }

    static string Failed(string file, Message why) => $"failed {file}: {why.In(CommandLanguage.Spoken)}";

    static string Written(ImportedFile file, string to)
    {
        if (file.Failure is { } why) return Failed(file.File, why);
        if (file.Definition is { } text)
        {
            var path = Path.Combine(to, file.Service!, "service.yaml");
            if (File.Exists(path) && File.ReadAllText(path) != text) return Failed(file.File, new Message("{path} is there already and says something else; move it away, or name another folder with --to", ("path", path)));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        if (file.NotExpressed.Count == 0) return $"ok {file.File} {file.Service}";
        var lacks = string.Join("; ", file.NotExpressed.Select(lack => lack.In(CommandLanguage.Spoken)));
        return $"partly {file.File} {file.Service}: {CommandLanguage.Say("{count} not expressed: {lacks}", ("count", file.NotExpressed.Count), ("lacks", lacks))}";
    }

    /// <summary>The text of a file, or why it has none. No more is read than a form can have.</summary>
    static (string? Text, Message? Why) Text(string file)
    {
        try
        {
            if (Directory.Exists(file)) return (null, new Message("this is a folder; name the files in it"));
            if (!File.Exists(file)) return (null, new Message("there is no such file; check the name"));
            using var stream = File.OpenRead(file);
            var bytes = new byte[FormImport.MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > FormImport.MostBytes
                ? (null, new Message("this file is longer than {megabytes} MB, which no form is; give the form's own file", ("megabytes", FormImport.MostBytes / 1_000_000)))
                : (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, new Message("this is not text in UTF-8; export the form anew as JSON or YAML"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new Message("it cannot be read ({reason})", ("reason", e.Message.TrimEnd('.'))));
        }
    }
}
