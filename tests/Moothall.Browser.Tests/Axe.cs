using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Moothall.Browser.Tests;

/// <summary>What axe finds on a page: WCAG 2.2 A and AA and its best practice.</summary>
static class Axe
{
    static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // It is run where the page is: the library's own run opens a further window for each look, which costs more than the looking, to keep apart what frames of strangers say; there are none.
    // Only violations are wanted: naming each element that is all right takes axe and the browser longer than the looking.
    const string Run = """
        async () => (await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'] }))
          .violations.map(v => `${v.id}: ${v.help} ${v.nodes.map(n => n.html).join(' | ')}`)
        """;

    /// <summary>A line for each rule that is broken, with the elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> FindingsOn(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(Run);
    }
}
