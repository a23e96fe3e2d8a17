using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Moothall.Browser.Tests;

/// <summary>The keys of the desk: quick for those who want them, never in the way of typing, and turned off by those who do not.</summary>
public sealed class DeskKeysTests(Browsing browsing)
{
    static Task<string> Focused(IPage page, string what = "id") => page.EvaluateAsync<string>($"String(document.activeElement.{what} ?? '')");

    [Fact]
    public async Task Keys_move_through_the_queue_open_a_case_and_lead_to_its_forms()
    {
        var page = await browsing.Window(1280, script: true);
        await Staff.SignIn(page, Staff.Worker);
        await page.GotoAsync("/desk?team=all");
        await page.Keyboard.PressAsync("j");
        var first = await Focused(page, "href");
        first.ShouldContain("/desk/cases/");
        await page.Keyboard.PressAsync("/");
        (await Focused(page)).ShouldBe("q");
        await page.Keyboard.TypeAsync("jkona?/");
        (await page.InputValueAsync("#q")).ShouldBe("jkona?/");
        await page.Locator("main h1, main h2").First.ClickAsync();
        await page.Keyboard.PressAsync("j");
        (await Focused(page, "href")).ShouldBe(first);
        await page.Keyboard.PressAsync("o");
        await page.Locator(".history").WaitForAsync();
        await page.GotoAsync("/desk/cases/" + browsing.Waiting.Reference);
        await page.Keyboard.PressAsync("n");
        (await Focused(page)).ShouldBe("note");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("a");
        (await Focused(page)).ShouldBe("to");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task One_key_says_why_a_caller_rang()
    {
        var page = await browsing.Window(1280, script: true);
        await Staff.SignIn(page, Staff.Advisor);
        await page.GotoAsync("/desk?q=featherstonehaugh");
        (await page.Locator(".call__reason").CountAsync()).ShouldBe(5);
        await page.Locator("#q").FocusAsync();
        await page.Keyboard.TypeAsync("5");
        (await page.Locator(".call").IsVisibleAsync()).ShouldBeTrue("a figure that is typed is not a key");
        await page.Locator("main h1").First.ClickAsync();
        await page.Keyboard.PressAsync("5");
        await page.Locator(".govuk-notification-banner--success").WaitForAsync();
        (await page.Locator(".call").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_keys_are_shown_where_they_are_used_while_they_work()
    {
        var page = await browsing.Window(1280, script: true);
        await Staff.SignIn(page, Staff.Worker);
        await page.GotoAsync("/desk?team=all");
        (await page.Locator(".keys-hint").First.IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("#keys summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn single keys off" }).ClickAsync();
        (await page.Locator(".keys-hint").First.IsVisibleAsync()).ShouldBeFalse();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Help_is_a_dialog_and_turning_the_keys_off_lasts()
    {
        var page = await browsing.Window(390, script: true);
        await Staff.SignIn(page, Staff.Worker);
        await page.GotoAsync("/desk?team=all");
        await page.Keyboard.PressAsync("?");
        var dialog = page.Locator("dialog.keys");
        (await dialog.IsVisibleAsync()).ShouldBeTrue();
        (await Axe.FindingsOn(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Turn single keys off" }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        (await dialog.IsVisibleAsync()).ShouldBeFalse();
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("j");
        (await Focused(page, "tagName")).ShouldBe("BODY");
        await page.Locator("#keys summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn single keys on" }).ClickAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");
        (await Focused(page, "href")).ShouldContain("/desk/cases/");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Questions_come_and_go_and_a_reply_is_put_in_at_once_where_script_runs()
    {
        var page = await browsing.Window(1280, script: true);
        await Staff.SignIn(page, Staff.Advisor);
        await page.GotoAsync("/desk/new/report-a-pothole");
        await page.Locator("[data-question=deep]").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Locator("input[name=size][value=large]").CheckAsync();
        await page.Locator("[data-question=deep]").WaitForAsync(new() { State = WaitForSelectorState.Visible });
        await Staff.SignIn(page, Staff.Worker);
        await page.GotoAsync($"/desk/cases/{browsing.Waiting.Reference}/actions/ask-customer");
        await page.FillAsync("#_note", "Hello,");
        await page.SelectOptionAsync("select[name=_reply]", "where-exactly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this text" }).ClickAsync();
        (await page.InputValueAsync("#_note")).ShouldStartWith("Hello,\n\nThank you for telling us.");
        page.Url.ShouldEndWith("/ask-customer");
        await page.Context.CloseAsync();
    }
}
