using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace Moothall.Web.Tests.Open;

/// <summary>A page as a browser would read it, and the rules that every open page keeps.</summary>
static class OpenPage
{
    public static async Task<IHtmlDocument> Get(HttpClient client, string address, int status = 200)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        ((int)response.StatusCode).ShouldBe(status, address);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'nonce-");
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldNotContain("unsafe-eval");
        var page = await new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocumentAsync(await response.Content.ReadAsStringAsync());
        Keeps(page, policy);
        return page;
    }

    static void Keeps(IHtmlDocument page, string policy)
    {
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("main").Length.ShouldBe(1);
        page.QuerySelectorAll("body > header, body > footer").Length.ShouldBe(2);
        page.Title.ShouldNotBeNullOrWhiteSpace();
        page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
        page.QuerySelectorAll("[style]").ShouldBeEmpty();
        page.All.Where(e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))).ShouldBeEmpty();
        foreach (var style in page.QuerySelectorAll("style")) policy.ShouldContain($"'nonce-{style.GetAttribute("nonce")}'");
        page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
        foreach (var named in page.QuerySelectorAll("[aria-labelledby]").SelectMany(e => e.GetAttribute("aria-labelledby")!.Split(' '))) page.GetElementById(named).ShouldNotBeNull(named);
        foreach (var anchor in page.QuerySelectorAll("a[href^='#']").Select(a => a.GetAttribute("href")![1..])) page.GetElementById(anchor).ShouldNotBeNull(anchor);
        var levels = page.QuerySelectorAll("h1, h2, h3, h4").Select(h => h.LocalName[1] - '0').ToList();
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
    }

    public static string Words(this IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
