using System.Globalization;
using System.Text.Json.Nodes;
using Moothall.Definitions;

namespace Moothall.Web.Tests.OneMeaning;

/// <summary>An advisor who types all answers into the one-page form of a service.</summary>
/// <param name="shown">The form as it was shown; null where it is not open yet.</param>
sealed class AdvisorForm(Browser browser, ServiceDefinition definition, Sight? shown = null)
{
    /// <summary>The form as it was shown last.</summary>
    public Sight? Page { get; private set; } = shown;

    /// <summary>Signs an advisor in.</summary>
    public static async Task<Browser> SignIn(RunningCouncil council)
    {
        var browser = new Browser(await council.Client());
        await browser.Send(await browser.Open("/desk/sign-in"), form: "form:has(input[name=member][value=grace-adeyemi-clarke])");
        return browser;
    }

    /// <summary>Types answers, as a program would send them, over what the form shows, and presses a button.</summary>
    /// <param name="sent">Names of files that the form took before.</param>
    /// <param name="button">The field of the button; null for "Send".</param>
    public async Task<Sight> Send(JsonObject answers, HashSet<string> sent, string? button = null)
    {
        Page ??= await browser.Open($"/desk/new/{definition.Name}");
        foreach (var question in definition.Ask) await ShowRows(question, answers);
        var (typed, files) = FormFill.Of(Page, definition.Ask.SelectMany(q => Typed(q, answers)), sent);
        if (button is not null) typed[button] = ["yes"];
        return Page = await browser.Send(Page, typed, files, "form.new");
    }

    static int Shown(Sight page, Question group) => int.Parse(page.Document.QuerySelector($"[name='{GroupType.CountField(group)}']")!.GetAttribute("value")!, CultureInfo.InvariantCulture);

    /// <summary>Asks for rows until there are as many as the answers have.</summary>
    async Task ShowRows(Question question, JsonObject? answers, string name = "")
    {
        if (!question.IsGroup || answers?[name.Length == 0 ? question.Name : name] is not JsonArray rows) return;
        while (Shown(Page!, question) < rows.Count)
            Page = await browser.Send(Page!, new Dictionary<string, IReadOnlyList<string>> { ["_add"] = [question.Name] }, form: "form.new");
        for (var number = 1; number <= rows.Count; number++)
            foreach (var inside in question.Inside) await ShowRows(inside.InRow(question, number), (JsonObject)rows[number - 1]!, inside.Name);
    }

    /// <summary>Each field's question under its name on the form, with what is said to it; rows that nobody meant are left empty.</summary>
    IEnumerable<(Question Question, JsonNode? Said)> Typed(Question question, JsonObject? answers, string name = "")
    {
        var said = answers?[name.Length == 0 ? question.Name : name];
        return !question.IsGroup ? [(question, said)]
            : Enumerable.Range(1, Shown(Page!, question)).SelectMany(number => question.Inside.SelectMany(inside => Typed(inside.InRow(question, number), (said as JsonArray)?.ElementAtOrDefault(number - 1) as JsonObject, inside.Name)));
    }
}
