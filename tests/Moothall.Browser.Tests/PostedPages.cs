using Microsoft.Playwright;

namespace Moothall.Browser.Tests;

/// <summary>Pages that come only after a form was sent, each by the steps that lead to it; the last step gives the answer that is the page.</summary>
static class PostedPages
{
    /// <summary>The steps, and who takes them, by the name of the page. A name is no address, so it begins with a star.</summary>
    public static readonly IReadOnlyDictionary<string, (string Member, Func<IPage, Func<string, string>, Task<IResponse>> Steps)> All = new Dictionary<string, (string, Func<IPage, Func<string, string>, Task<IResponse>>)>
    {
        ["* preview of many cases"] = (Staff.Leader, (page, _) => Preview(page, "note", "Rang the contractor.")),
        ["* preview of many cases that are closed"] = (Staff.Leader, (page, _) => Preview(page, "assign", null)),
        ["* letter to a contractor"] = (Staff.Leader, (page, _) => Preview(page, "send", null)),
        ["* many cases done"] = (Staff.Leader, async (page, _) =>
        {
            await Preview(page, "note", "Rang the contractor.");
            return await Sent(page, page.Locator("form[action='/desk/bulk'] button"));
        }),
        ["* what is held of a person"] = (Staff.Administrator, (page, _) => Person(page)),
        ["* erasing what is held of a person"] = (Staff.Administrator, async (page, _) =>
        {
            await Person(page);
            await page.Locator("input[name=reference]").First.CheckAsync();
            return await Sent(page, page.Locator("button[formaction='/desk/records/person/erase']"));
        }),
        ["* a token that was just made"] = (Staff.Administrator, async (page, _) =>
        {
            await page.GotoAsync("/desk/tokens");
            await page.Locator("#member").SelectOptionAsync("history-import");
            await page.Locator("#name").FillAsync("The old case system");
            await page.Locator("input[name=scopes][value=history]").CheckAsync();
            return await Sent(page, page.Locator("form[action='/desk/tokens'] button"));
        }),
        ["* an action that is refused"] = (Staff.Worker, async (page, real) =>
        {
            await page.GotoAsync(real("/desk/cases/WAITING/actions/not-ours"));
            return await Sent(page, page.Locator("form.action > .govuk-button-group button"));
        }),
        ["* an action that somebody else was first with"] = (Staff.Worker, async (page, real) =>
        {
            await page.GotoAsync(real("/desk/cases/WAITING/actions/not-ours"));
            await page.Locator("#finding").FillAsync("It is the railway's car park.");
            // As if the page had been open since before the last thing that happened.
            await page.Locator("form.action input[name=_version]").EvaluateAsync("field => { field.value = '1' }");
            return await Sent(page, page.Locator("form.action > .govuk-button-group button"));
        }),
    };

    static async Task<IResponse> Preview(IPage page, string what, string? note)
    {
        await page.GotoAsync("/desk/bulk?all=yes&team=streets");
        await page.Locator($"input[name=what][value={what}]").CheckAsync();
        if (note is not null) await page.Locator("#_note").FillAsync(note);
        if (what == "send") await page.Locator("#contractor").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        return await Sent(page, page.Locator("form.bulk > button"));
    }

    static async Task<IResponse> Person(IPage page)
    {
        await page.GotoAsync("/desk/records/person");
        await page.Locator("#person").FillAsync("sian@example.com");
        return await Sent(page, page.Locator("main form button").First);
    }

    /// <summary>Presses a button; the page that comes then, when all has led there.</summary>
    public static Task<IResponse> Sent(IPage page, ILocator button) =>
        page.RunAndWaitForResponseAsync(() => button.ClickAsync(), answer => answer.Request.IsNavigationRequest && answer.Status is not (301 or 302 or 303 or 307));
}
