using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Moothall.Browser.Tests;

/// <summary>What axe finds on a page: WCAG 2.2 A and AA and its best practice.</summary>
static class Axe
{
    // Only violations are wanted: naming each element that is all right takes axe and the browser longer than the looking.
    static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, ResultTypes = [ResultType.Violations],
    };

    /// <summary>A line for each rule that is broken, with the elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> FindingsOn(IPage page) =>
        [.. (await page.RunAxe(Rules)).Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html))}")];
}
