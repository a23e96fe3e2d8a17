using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Moothall.Browser.Tests;
using Moothall.Store;
using Moothall.Web.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Browsing))]

namespace Moothall.Browser.Tests;

/// <summary>A real browser before a running council with something in it: open and closed cases, feedback, figures. Shared by all tests of this assembly.</summary>
public sealed class Browsing : IAsyncLifetime
{
    // The first draws pages only; the second also the frame of a window around each, by pages of its own, which takes more of the processor than the pages.
    static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    IPlaywright? playwright;
    IBrowser? browser;

    public RunningCouncil Council { get; private set; } = null!;
    /// <summary>What there is to look at.</summary>
    public Told Told { get; private set; } = null!;
    public (string Reference, string Code) Waiting => Told.Waiting;
    public (string Reference, string Code) Closed => Told.Closed;

    public async ValueTask InitializeAsync()
    {
        Council = await RunningCouncil.Start(Dialect.Sqlite);
        Council.House.MailIsSet = true;
        Told = await Story.Tell(Council);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.First(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
        });
    }

    /// <summary>A new window: its own cookies, a width in pixels, script on or off.</summary>
    public async Task<IPage> Window(int width, bool script)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address, JavaScriptEnabled = script, ViewportSize = new ViewportSize { Width = width, Height = 844 }, BypassCSP = false, Locale = "en-GB",
        });
        // Generous, because a busy machine is no fault of the page.
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>
    /// Waits until a window is at an address that the pattern matches, and until its page is there to the foot. The page itself is asked: what Playwright's own waiting (`WaitForURLAsync`) goes by,
    /// the events `load` and `DOMContentLoaded`, is missed now and then when a page comes while it begins to wait.
    /// </summary>
    public static async Task Arrive(IPage page, [System.Diagnostics.CodeAnalysis.StringSyntax("Regex")] string address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(address), new() { Timeout = 60_000 });
        await page.Locator("footer").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Gives a window a device that makes passkeys and verifies its owner.</summary>
    public static async Task<ICDPSession> Device(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        return devtools;
    }

    readonly Dictionary<string, (IPage Page, List<string> Faults)> shared = [];

    /// <summary>One narrow window for looking at many pages, with what the browser complains of.</summary>
    /// <param name="member">Who is signed in there; empty for nobody. Each has a window of their own, so that nobody signs in twice.</param>
    public async Task<(IPage Page, List<string> Faults)> SharedWindow(string member)
    {
        if (shared.TryGetValue(member, out var open)) return open;
        var (page, faults) = (await Window(320, script: true), new List<string>());
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        page.PageError += (_, error) => faults.Add(error);
        return shared[member] = (page, faults);
    }

    /// <summary>The front door of the first council.</summary>
    public string Address => $"http://wessex.localhost:{Council.Address.Port}";

    /// <summary>What is not valid HTML in some pages, a line each; nothing when all is well.</summary>
    public static Task<string> InvalidHtml(IReadOnlyDictionary<string, string> pages) => Judged("check.mjs", pages);

    /// <summary>What a program of the folder `html` says of something that it is given as JSON.</summary>
    public static async Task<string> Judged(string program, object given)
    {
        var start = new ProcessStartInfo("node", program)
        {
            WorkingDirectory = Path.Combine(RunningCouncil.Repository, "tests", "Moothall.Browser.Tests", "html"), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var check = Process.Start(start)!;
        var (output, errors) = (check.StandardOutput.ReadToEndAsync(), check.StandardError.ReadToEndAsync());
        await check.StandardInput.WriteAsync(JsonSerializer.Serialize(given));
        check.StandardInput.Close();
        await check.WaitForExitAsync();
        return await output + await errors;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        await Council.DisposeAsync();
    }
}
