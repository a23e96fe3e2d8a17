using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Moothall.Definitions;
using Moothall.Store;
using Moothall.Testing;
using Xunit;

namespace Moothall.Web.Tests.Languages;

/// <summary>
/// A council whose second language is English in brackets: every message of the program stands between ⟦ and ⟧. What a page of it shows outside them was not
/// said through the languages, unless it is data: names, references, what people typed, or prose that is marked as English.
/// </summary>
public sealed partial class BracketLanguage : IAsyncLifetime
{
    public const string Code = "qps";
    static readonly string[] Spoken = ["aria-label", "placeholder", "title", "alt", "data-close", "data-off", "data-on", "data-cancelled", "data-known", "data-unable", "data-failed", "data-maxlength-words"];
    readonly string folder = Directory.CreateTempSubdirectory("moothall-council-").FullName;
    /// <summary>The address that people of the tests give.</summary>
    public const string Email = "5@5.5555.uk";
    readonly List<string> data = [Email];
    // No marks can stand in the title of a page: services are named there as they are.
    string[] titles = [];

    public RunningCouncil Council { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Folders.Copy(Path.Combine(RunningCouncil.Repository, "council"), folder);
        var authorities = Path.Combine(folder, "authorities.yaml");
        await File.WriteAllTextAsync(authorities, (await File.ReadAllTextAsync(authorities)).Replace("languages: [en, cy]", $"languages: [en, {Code}]", StringComparison.Ordinal));
        var own = Directory.CreateDirectory(Path.Combine(folder, "languages", Code)).FullName;
        var list = Path.Combine(RunningCouncil.Repository, "languages", "messages.pot");
        var po = new StringBuilder("msgid \"\"\nmsgstr \"\"\n\"X-Name: ⟦English⟧\\n\"\n\"X-Plurals: one: i = 1 and v = 0\\n\"\n");
        foreach (var entry in PoFile.Read(list, await File.ReadAllTextAsync(list)).Where(e => e.English.Length > 0))
            po.Append("\nmsgid ").Append(PoFile.Quoted(entry.English)).Append("\nmsgstr ").Append(PoFile.Quoted($"⟦{entry.English}⟧")).Append('\n');
        await File.WriteAllTextAsync(Path.Combine(own, "all.po"), po.ToString());
        Council = await RunningCouncil.Start(Dialect.Sqlite, change: s => s with { Council = folder });
        var council = Council.House.Council;
        data.AddRange(council.Authorities.SelectMany(a => (string[])[a.Name, a.Short, a.Id, a.Contact.Phone, a.Contact.Email, new Uri(a.PublicAddress).Authority, a.PublicAddress]));
        data.AddRange(council.Teams.Values.Select(t => t.Name).Concat(council.Members.Values.SelectMany(m => (string?[])[m.Name, m.Id, m.Email]).OfType<string>()));
        titles = [.. Council.House.Services.All.SelectMany(s => s.Definition.Work.Stages.SelectMany(stage => stage.Actions.Select(a => a.Label.English)).Prepend(s.Definition.Title.English).Concat(s.Definition.Ask.Select(q => q.Text.English)))];
        data.AddRange(council.Contractors.SelectMany(c => (string[])[c.Name, c.Email]).Concat(council.Replies.SelectMany(r => (string[])[r.Title.English, r.Text.English])).Concat(council.Agreements.Keys));
    }

    /// <summary>Words that a test typed or that the council's own files say; they are no sentences of the program.</summary>
    public void IsData(params string[] words) => data.AddRange(words);

    public async ValueTask DisposeAsync()
    {
        await Council.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What a page says in English, each with some words around it.</summary>
    public IReadOnlyList<string> EnglishOn(IDocument shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var page = (IDocument)shown.Clone();
        var left = new List<string>();
        var html = page.DocumentElement;
        if (html.GetAttribute("lang") != Code) left.Add("the page does not say which language it is in");
        left.AddRange(Outside(page.Title ?? "", titles));
        foreach (var other in page.QuerySelectorAll($"body [lang]:not([lang={Code}]), script, style, textarea, kbd, noscript style").ToList()) other.Remove();
        left.AddRange(Outside(page.Body!.TextContent));
        left.AddRange(page.Body.QuerySelectorAll("*").SelectMany(e => Spoken.Select(e.GetAttribute)).OfType<string>().SelectMany(text => Outside(text)));
        return left;
    }

    IEnumerable<string> Outside(string text, IEnumerable<string>? also = null)
    {
        var (outside, depth) = (new StringBuilder(), 0);
        foreach (var c in text)
        {
            if (c == '⟦') depth++;
            if (depth == 0) outside.Append(c);
            else if (depth == 1 && c == '⟦') outside.Append('\n');
            if (c == '⟧') depth = Math.Max(0, depth - 1);
        }
        // References first: chance may put the letters of a known word into one, "GB" into POT-5FJS-7GBV.
        var rest = Reference().Replace(outside.ToString(), "#");
        foreach (var known in data.Concat(also ?? []).Where(d => d.Length > 1).OrderByDescending(d => d.Length)) rest = rest.Replace(known, "#", StringComparison.Ordinal);
        return rest.Split('\n').Select(l => l.Trim()).Where(l => Letters().IsMatch(l)).Select(l => l.Length > 160 ? l[..160] : l);
    }

    // A reference of a case or a list, which may stand right before a number, and a hash.
    [GeneratedRegex("\\b[A-Z]{3,4}-[0-9A-Z]{4}-[0-9A-Z]{4}|\\b[0-9a-f]{64}\\b")]
    private static partial Regex Reference();

    // Two letters of the alphabet that English is written in.
    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Letters();
}
