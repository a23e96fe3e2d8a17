using Microsoft.Playwright;
using Moothall.Identity;
using Moothall.Store;
using Moothall.Web.Tests;
using NodaTime;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>A council whose staff cannot choose a name to sign in. Each test signs in somebody else, so that they share it.</summary>
public sealed class CouncilWithPasskeys : IAsyncLifetime
{
    public RunningCouncil Council { get; private set; } = null!;

    /// <summary>Pages as they came. They are validated together when all tests are over: each look at HTML starts a program.</summary>
    public Dictionary<string, string> Html { get; } = [];

    public async ValueTask InitializeAsync() => Council = await RunningCouncil.Start(Dialect.Sqlite, change: settings => settings with { Environment = "Development" });

    public async ValueTask DisposeAsync()
    {
        await Council.DisposeAsync();
        (await Browsing.InvalidHtml(Html)).ShouldBe("");
    }
}

/// <summary>Passkeys in a real browser with a virtual authenticator; and the warning before a session ends.</summary>
public sealed class PasskeyTests(Browsing browsing, CouncilWithPasskeys shared) : IClassFixture<CouncilWithPasskeys>
{
    readonly RunningCouncil council = shared.Council;
    string Address => $"http://wessex.localhost:{council.Address.Port}";

    async Task<string> Invite(string member)
    {
        var house = council.House;
        var made = await house.Database.Commit(unit => ManageStaff.InviteFromCommandLine(unit, house.CurrentCouncil.Folder, member, Invitations.Usual, house.Now));
        var link = Invitations.Link(house.Council, house.Council.Members[member], made.Value!);
        return Address + new Uri(link).AbsolutePath;
    }

    static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();

    static async Task Enter(IPage page, string link)
    {
        await page.GotoAsync(link);
        await Press(page, "Make a passkey and sign in");
        await Browsing.Arrive(page, "/desk/you");
    }

    [Fact]
    public async Task Somebody_invited_makes_a_passkey_and_signs_in_with_it_again()
    {
        var page = await browsing.Window(320, script: true);
        await Browsing.Device(page);
        var link = await Invite("amara-okafor");
        await page.GotoAsync(link);
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Welcome, Amara Okafor");
        await ShouldBeGood(page);
        await Enter(page, link);
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Your passkey is made and you are signed in.");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Linux computer");
        await ShouldBeGood(page);

        await page.GotoAsync(Address + "/desk/you");
        await Press(page, "Sign out");
        await Browsing.Arrive(page, "/desk/sign-in$");
        (await page.Locator("main").TextContentAsync())!.ShouldNotContain("choose a name", Case.Insensitive);
        await ShouldBeGood(page);
        await page.GotoAsync(Address + "/desk?due=late");
        await Press(page, "Sign in with your passkey");
        await Browsing.Arrive(page, "/desk[?]due=late$");
        (await page.Locator("header").TextContentAsync())!.ShouldContain("Amara Okafor");

        // The link makes no second passkey, for nobody.
        var other = await browsing.Window(320, script: true);
        (await other.GotoAsync(link))!.Status.ShouldBe(410);
        (await other.Locator("h1").TextContentAsync()).ShouldBe("This link was used already");
        await ShouldBeGood(other);
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task A_second_passkey_is_added_and_one_is_removed_but_not_the_last()
    {
        var page = await browsing.Window(1280, script: true);
        var devtools = await Browsing.Device(page);
        await Enter(page, await Invite("tomasz-zielinski"));
        await Press(page, "Add a passkey");
        await page.Locator(".passkey__says").GetByText("This device has a passkey for you already").WaitForAsync();
        await devtools.SendAsync("WebAuthn.disable");
        await Browsing.Device(page);
        await Press(page, "Add a passkey");
        await Browsing.Arrive(page, "/desk/you[?]done=added$");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Remove" }).First.ClickAsync();
        await Browsing.Arrive(page, "/desk/you[?]done=removed$");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Remove" }).First.ClickAsync();
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("This is your only passkey");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_passkey_that_was_removed_signs_nobody_in_and_a_cancelled_one_is_told_in_words()
    {
        var page = await browsing.Window(1280, script: true);
        await Browsing.Device(page);
        await Enter(page, await Invite("sian-prydderch"));
        await council.House.Database.Commit(unit => Passkeys.RemoveAllOf(unit, "sian-prydderch"));
        await Press(page, "Sign out");
        await Press(page, "Sign in with your passkey");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        (await page.Locator(".govuk-error-summary").TextContentAsync())!.ShouldContain("We do not know this passkey");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_the_page_says_that_passkeys_need_it_and_how_long_the_session_lasts()
    {
        var page = await browsing.Window(320, script: false);
        await page.GotoAsync(Address + "/desk/sign-in");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Passkeys need script");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with your passkey" }).IsVisibleAsync()).ShouldBeFalse();
        await page.GotoAsync(await Invite("mohammed-rahman"));
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Passkeys need script");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_minutes_before_a_session_ends_somebody_is_warned_and_stays_with_one_key()
    {
        var page = await browsing.Window(320, script: true);
        await Browsing.Device(page);
        await page.Clock.InstallAsync();
        await Enter(page, await Invite("grace-adeyemi-clarke"));
        // What the page asks by itself once it is open comes as late as it can: it must not count as somebody there.
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/desk/new/report-a-pothole", async route =>
        {
            if (route.Request.Method == "POST" && asked.TrySetResult()) await go.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(Address + "/desk/new/report-a-pothole");
        await asked.Task;
        var dialog = page.Locator("dialog.session");

        council.Clock.Advance(Duration.FromMinutes(28.5));
        var late = page.WaitForResponseAsync(r => r.Request.Method == "POST" && r.Url.EndsWith("/desk/new/report-a-pothole", StringComparison.Ordinal));
        go.SetResult();
        (await late).Status.ShouldBe(200);
        await page.Clock.RunForAsync(28 * 60 * 1000 + 30_000);
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Stay signed in");
        (await dialog.TextContentAsync())!.ShouldContain("You will be signed out in less than 2 minutes");
        await ShouldBeGood(page);
        await page.Keyboard.PressAsync("Enter");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // Another half hour without a page: warned again, then told that it is over. What was typed is not lost.
        await page.Locator("main [name^=where]:visible").First.FillAsync("Broadway, Didcot");
        council.Clock.Advance(Duration.FromMinutes(31));
        await page.Clock.RunForAsync(31 * 60 * 1000);
        await dialog.GetByText("You were signed out").WaitForAsync();
        await Press(page, "Close this message");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await Browsing.Arrive(page, "/desk/sign-in[?]return=%2Fdesk%2Fkept%2F[^/]*$");
        await Press(page, "Sign in with your passkey");
        await Browsing.Arrive(page, "/desk/kept/[^/]*$");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("Broadway, Didcot");
        await ShouldBeGood(page);
        await Press(page, "Change it first");
        (await page.Locator("main [name^=where]:visible").First.InputValueAsync()).ShouldBe("Broadway, Didcot");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_administrator_adds_somebody_who_signs_in_and_pages_of_staff_are_good()
    {
        var page = await browsing.Window(320, script: true);
        await Browsing.Device(page);
        await Enter(page, await Invite("fatima-al-sayed"));
        await page.GotoAsync(Address + "/desk/staff/new");
        await ShouldBeGood(page);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ọlúwaṣeun Adébáyọ̀");
        await page.GetByLabel("Worker").CheckAsync();
        await page.GetByLabel("Wessex Council").CheckAsync();
        await page.GetByLabel("Streets").CheckAsync();
        await Press(page, "Add");
        (await page.Locator("h1").TextContentAsync())!.Trim().ShouldBe("Ọlúwaṣeun Adébáyọ̀".Normalize());
        await ShouldBeGood(page);
        await Press(page, "Invite to make a passkey");
        var link = (await page.Locator(".once__link").TextContentAsync())!.Trim();
        await ShouldBeGood(page);
        foreach (var path in new[] { "/desk/staff", "/desk/teams", "/desk/teams/new", "/desk/teams/streets", "/desk/staff/amara-okafor/readings", "/desk/staff/fatima-al-sayed/change" })
        {
            await page.GotoAsync(Address + path);
            await ShouldBeGood(page);
        }

        var theirs = await browsing.Window(320, script: true);
        await Browsing.Device(theirs);
        await Enter(theirs, Address + new Uri(link).AbsolutePath);
        (await theirs.Locator("header").TextContentAsync())!.ShouldContain("Ọlúwaṣeun Adébáyọ̀".Normalize());
        await page.Context.CloseAsync();
        await theirs.Context.CloseAsync();
    }

    async Task ShouldBeGood(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, page.Url);
        (await Axe.FindingsOn(page)).ShouldBeEmpty(page.Url);
        shared.Html[$"{page.Url} ({shared.Html.Count + 1})"] = await page.EvaluateAsync<string>("fetch(location.href).then(answer => answer.text())");
    }
}
