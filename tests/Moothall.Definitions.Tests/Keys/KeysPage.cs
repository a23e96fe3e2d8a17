using System.Text;

namespace Moothall.Definitions.Tests.Keys;

/// <summary>Writes docs/reference/keys.md from the register of keys, types and words.</summary>
static class KeysPage
{
    public static string Text { get; } = Whole();

    static string Whole()
    {
        var page = new StringBuilder("""
            # Every key, type and word

            This page is made from the program, like the [JSON Schema](../../services/schema.json) by which editors complete and underline. Do not write in it: say it in
            `src/Moothall.Definitions/Reading/Keys`, and `bin/reference` writes both anew. How a service file is written and what it all means together stands in
            [the service file](service-definition.md).

            *Prose* is words for people, in one language or in several. A *name* is lower-case letters and figures with hyphens. A *sentence* is made of [these words](#words-of-sentences), and
            a *period* is a [length of time](periods.md).

            ## Keys

            """.ReplaceLineEndings("\n"));
        foreach (var block in ServiceKeys.Blocks) Block(page, block);
        page.Append("## Types\n\n| type | asks for |\n| --- | --- |\n");
        foreach (var type in TypeExample.All) page.Append(Invariant($"| `{type.Type}` | {type.Says} |\n"));
        page.Append("\n```yaml\nask:\n");
        foreach (var type in TypeExample.All)
            page.Append(Invariant($"  of-{type.Type}:\n")).AppendJoin("", type.Example.Split('\n').Select(l => $"    {l}\n"));
        page.Append("```\n\n## Words of sentences\n\n| word | means | for example |\n| --- | --- | --- |\n");
        foreach (var word in SentenceWord.All) page.Append(Invariant($"| `{word.Word}` | {word.Says} | `{word.Example}` |\n"));
        return page.Append("\nHow they go together, and what holds when there is no answer, stands in [sentences](sentences.md).\n").ToString();
    }

    static void Block(StringBuilder page, FileBlock block)
    {
        page.Append(Invariant($"### {block.Name}\n\n{block.Says}\n\n| key | needed | takes | says | for example |\n| --- | --- | --- | --- | --- |\n"));
        foreach (var key in block.Keys)
        {
            var needed = key.Needed ? "yes" : block.OneOf.Contains(key.Name) ? $"or {string.Join(" or ", block.OneOf.Where(k => k != key.Name).Select(k => $"`{k}`"))}" : "";
            var only = key.Types.Count == 0 ? "" : $" Only for {string.Join(", ", key.Types.Select(t => $"`{t}`"))}.";
            var residents = key.OfResidents ? " Only in `ask`." : "";
            var example = key.Example.Contains('\n', StringComparison.Ordinal) ? "below" : $"`{key.Example}`";
            page.Append(Invariant($"| `{key.Name}` | {needed} | {key.Takes.Words} | {key.Says}{only}{residents} | {example} |\n"));
        }
        if (block.Others is not null) page.Append(Invariant($"| other names | | {block.Others.Words} | A value, and when it is taken. The last is `otherwise`. | `urgent: size is large` |\n"));
        page.Append('\n');
        if (block.Keys.Where(k => k.Example.Contains('\n', StringComparison.Ordinal)).ToList() is { Count: > 0 } longer)
            page.Append("```yaml\n").AppendJoin("\n", longer.Select(k => k.Example + "\n")).Append("```\n\n");
    }

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
