namespace Moothall.Definitions.Importing;

/// <summary>What somebody else's builder of forms writes its forms as.</summary>
public enum FormKind { XGov, Defra, GovukForms }

/// <summary>What became of one file: the service that it is in, the text of its definition (with the first of a pair of twins), what is not expressed, or why it failed.</summary>
public sealed record ImportedFile(string File, string? Service, string? Definition, IReadOnlyList<Message> NotExpressed, Message? Failure);

/// <summary>
/// Makes service files of the forms of other builders: text in, text out. Whatever the file, there is an answer: a definition that the checker accepts, with what is not
/// expressed named, or the reason why there is none.
/// </summary>
public static partial class FormImport
{
    /// <summary>The kinds by the names that the command takes.</summary>
    public static readonly IReadOnlyDictionary<string, FormKind> Kinds = new Dictionary<string, FormKind> { ["xgov"] = FormKind.XGov, ["defra"] = FormKind.Defra, ["govuk-forms"] = FormKind.GovukForms };

    /// <summary>The longest file that is read.</summary>
    public const int MostBytes = FormNode.MostBytes;

    sealed record Read(string File, ImportedForm? Form, Message? Failure)
    {
        public Read? Twin { get; set; }
        public bool IsTwin { get; set; }
    }

    /// <summary>Imports files that belong together; an English and a Welsh file of one form become one definition.</summary>
    public static IReadOnlyList<ImportedFile> Import(FormKind kind, IReadOnlyList<(string File, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var read = files.Select(f => ReadOne(kind, f.File, f.Text)).ToList();
        foreach (var welsh in read.Where(r => r.Form is { IsWelsh: true }).ToList())
        {
            var twin = read.Where(r => r.Form is { IsWelsh: false } && r.Twin is null).Select(r => (Read: r, Like: WelshTwin.Likeness(r.Form!, welsh.Form!), Near: Near(r.File, welsh.File)))
                .Where(r => r.Like >= 0.5).OrderByDescending(r => r.Like).ThenByDescending(r => r.Near).Select(r => r.Read).FirstOrDefault();
            if (twin is null) continue;
            (twin.Twin, welsh.IsTwin) = (welsh, true);
        }
        var made = new Dictionary<string, ImportedFile>(StringComparer.Ordinal);
        var names = new FormNames();
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in read.Where(r => !r.IsTwin))
        {
            var file = Made(one, names, prefixes);
            made[one.File] = file;
            if (one.Twin is { } twin) made[twin.File] = file with { File = twin.File, Definition = null };
        }
        return [.. read.Select(r => made[r.File])];
    }

    static int Near(string one, string other)
    {
        var (a, b) = (one.Split('/', '\\'), other.Split('/', '\\'));
        return a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
    }

    static Read ReadOne(FormKind kind, string file, string text)
    {
        try
        {
            var root = FormNode.Read(text);
            var form = kind switch
            {
                FormKind.XGov => ReadXGov.Read(root, file),
                FormKind.Defra => ReadDefra.Read(root, file),
                _ => ReadGovukForms.Read(root, file),
            };
            NotRead.Tell(root, form);
            var folders = file.Split('/', '\\');
            if (folders.SkipLast(1).Any(f => f == "cy") || Path.GetFileNameWithoutExtension(folders[^1]) is var stem && (stem.EndsWith("-cy", StringComparison.Ordinal) || stem.EndsWith(".cy", StringComparison.Ordinal) || stem.EndsWith("_cy", StringComparison.Ordinal))) form.IsWelsh = true;
            return new(file, form, null);
        }
        catch (NotImported why)
        {
            return new(file, null, why.Why);
        }
    }

    static ImportedFile Made(Read read, FormNames names, HashSet<string> prefixes)
    {
        if (read.Form is not { } form) return new(read.File, null, null, [], read.Failure);
        try
        {
            if (read.Twin is { } twin) WelshTwin.Join(form, twin.Form!);
            else if (form.HasWelshTwin) form.Lacks(new Message("the Welsh words that this form has too: give its Welsh file with it"));
            else if (form.IsWelsh) form.Lacks(new Message("English words, because the file is Welsh and its English twin was not given with it: write them after `en:`"));
            var name = names.Whole(Words.FromFileName(Path.GetFileName(read.File)), "imported-form");
            var prefix = PrefixOf(name, prefixes);
            // What the checker proves that nobody comes to is told and left out, since it looks at more than the ways: at limits of numbers, and at dates.
            var never = new HashSet<int>();
            string text;
            for (; ; )
            {
                (text, var pageOf) = DefinitionWriter.Write(form, name, prefix, [.. new[] { read, read.Twin }.OfType<Read>().Select(r => Path.GetFileName(r.File))], never);
                if (Wrong(text) is not { } error) break;
                if (Never().Match(error.Message) is { Success: true } match && pageOf.TryGetValue(match.Groups[1].Value, out var page) && never.Add(page)) continue;
                return new(read.File, null, null, [], new Message("the definition made from it is not good (line {line}: {problem}); mend the form there, or write the service by hand", ("line", error.Place.Line), ("problem", error.What)));
            }
            return new(read.File, name, text, form.NotExpressed, null);
        }
        catch (NotImported why)
        {
            return new(read.File, null, null, [], why.Why);
        }
    }

    /// <summary>The first error of the checker in what was written, if there is one: then nothing is given out.</summary>
    static Finding? Wrong(string text)
    {
        var reading = ServiceReader.Read("service.yaml", text);
        var findings = reading.Definition is { } definition ? Checker.Check(definition, new Surroundings { Today = new NodaTime.LocalDate(2026, 1, 1) }) : reading.Findings;
        return findings.FirstOrDefault(f => f.Severity == Severity.Error);
    }

    [System.Text.RegularExpressions.GeneratedRegex("^(?:the exit )?`([a-z0-9-]+)` can never be (?:asked|taken)")]
    private static partial System.Text.RegularExpressions.Regex Never();

    /// <summary>Two to four letters from the name, unlike the others of this import.</summary>
    static string PrefixOf(string name, HashSet<string> taken)
    {
        var words = name.Split('-').Where(w => w.Any(char.IsAsciiLetter)).Select(w => new string([.. w.Where(char.IsAsciiLetter)]).ToUpperInvariant()).ToList();
        var letters = string.Concat(words);
        var initials = string.Concat(words.Select(w => w[0]));
        IEnumerable<string> tries = [initials.Length > 4 ? initials[..4] : initials, .. letters.Length >= 3 ? new[] { letters[..3] } : [], .. letters.Length >= 4 ? new[] { letters[..4] } : []];
        foreach (var prefix in tries)
            if (prefix.Length >= 2 && taken.Add(prefix)) return prefix;
        var stem = (letters + "XX")[..2];
        for (var i = 0; ; i++)
        {
            var prefix = stem + (char)('A' + i / 676 % 26) + (char)('A' + i / 26 % 26) + (char)('A' + i % 26);
            if (taken.Add(prefix)) return prefix;
        }
    }
}
