using Microsoft.Playwright;
using Moothall.Journeys;
using Moothall.Store;
using Moothall.Testing;
using Moothall.Web.Tests;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>The preview in a real browser: usable at 320 pixels and in somebody's own colours, no finding of axe, and it follows a save.</summary>
public sealed class PreviewTests(Browsing browsing) : IDisposable
{
    const string Service = "apply-for-a-community-grant";
    readonly string folder = Directory.CreateTempSubdirectory("moothall-preview-browser-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string File => Path.Combine(folder, Service, "service.yaml");

    void Copy() => Folders.Copy(Path.Combine(RunningCouncil.Repository, "services", Service), Path.Combine(folder, Service));

    [Fact]
    public async Task The_map_fits_320_pixels_axe_finds_nothing_and_it_follows_a_save()
    {
        Copy();
        var preview = new ServicePreview(folder, Service);
        await using var council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Services = preview.Folder, Preview = preview });
        var address = $"http://127.0.0.1:{council.Address.Port}";
        var (page, faults) = (await browsing.Window(320, script: true), new List<string>());
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        page.PageError += (_, error) => faults.Add(error);
        var html = new Dictionary<string, string>();
        foreach (var path in new[] { "/preview", "/preview/fragments", "/preview/go/questions/what-for", "/preview/go/check/answers", "/desk/sign-in" })
        {
            var answer = await page.GotoAsync(address + path);
            answer!.Status.ShouldBe(200);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, $"{path} is wider than the window, so people must scroll sideways.");
            (await Axe.FindingsOn(page)).ShouldBeEmpty(path);
            html[path] = await answer.TextAsync();
        }
        (await Browsing.InvalidHtml(html)).ShouldBeEmpty();

        // The drawing scrolls within its own box, and a stop of it opens its page.
        await page.GotoAsync(address + "/preview");
        (await page.Locator(".map").First.EvaluateAsync<bool>("box => box.scrollWidth > box.clientWidth")).ShouldBeTrue();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        (await page.Locator(".map__track").First.EvaluateAsync<string>("track => getComputedStyle(track).stroke")).ShouldBe(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.govuk-heading-l')).color"));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.None });
        await page.Locator(".map a[href$='/questions/charity-number'], .map a[href$='/questions/amount']").First.ClickAsync();
        page.Url.ShouldContain($"/services/{Service}/");

        await page.GotoAsync(address + "/preview");
        var source = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, source.Replace("  en: Apply for a community grant", "  en: Apply for a village grant", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await page.Locator("h1", new PageLocatorOptions { HasText = "Apply for a village grant" }).WaitForAsync();
        faults.ShouldBeEmpty("The browser said that something is not allowed or broken.");
    }
}
