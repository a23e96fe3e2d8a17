using System.Net;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using Moothall.Testing;
using Shouldly;

namespace Moothall.Web.Tests.OneMeaning;

/// <summary>A page that was refused: what stood in its fields, by its place, and what was said to be wrong.</summary>
/// <param name="Rows">The rows around it; none where it stands in none.</param>
/// <param name="Said">What was said to each question; of a list of rows that are too few, null under the group's name.</param>
sealed record RefusedPage(IReadOnlyList<RowNumber> Rows, IReadOnlyDictionary<string, JsonNode?> Said, IReadOnlyList<string> Errors);

/// <summary>
/// Somebody's way through the pages of a service, without script: what is asked they read from the page, what comes next they learn by sending it. They know the definition only to know
/// what kind of answer a field wants.
/// </summary>
sealed class PageJourney(Browser browser, ServiceDefinition definition, RandomPerson person)
{
    readonly HashSet<string> tried = [];
    int mind;

    string Address => "/services/" + definition.Name;

    /// <summary>What was accepted, as a program would send it.</summary>
    public JsonObject Given { get; } = [];
    public List<RefusedPage> Refused { get; } = [];

    /// <summary>From the beginning as far as it goes: "Check your answers", or a designed end.</summary>
    public async Task<Sight> Begin() => await GoOn(await browser.Open($"{Address}/start"));

    async Task<Sight> GoOn(Sight page)
    {
        for (var turns = 0; page.Address != $"{Address}/check" && !page.Address.StartsWith($"{Address}/exits/", StringComparison.Ordinal); turns++)
        {
            turns.ShouldBeLessThan(300, $"it does not come to an end at {page.Address}");
            page = await Answer(page, again: false);
        }
        return page;
    }

    /// <summary>Goes back from where the journey led, by the back links or by a link to change an answer, answers otherwise, and goes on to the end.</summary>
    public async Task<Sight> ChangeSomething(Sight end)
    {
        mind++;
        var dice = person.At("change", mind);
        var links = Links(end, ".govuk-summary-list__actions a");
        var page = end;
        if (links.Count > 0 && dice.Next(2) == 0)
        {
            page = await browser.Open(links[dice.Next(links.Count)]);
            page.Address.ShouldContain("from=check");
        }
        else
            for (var steps = dice.Next(1, 6); steps > 0 || !IsOfQuestions(page); steps--)
            {
                if (page.Address == $"{Address}/tasks")
                {
                    // A section that was filled in before, and one of its answers.
                    var completed = page.Document.QuerySelectorAll(".govuk-task-list__item--with-link").Where(item => item.QuerySelector(".govuk-tag") is null).Select(item => item.QuerySelector("a")!.GetAttribute("href")!).ToList();
                    if (completed.Count == 0) return await GoOn(page);
                    page = await browser.Open(completed[dice.Next(completed.Count)]);
                    var changes = Links(page, ".govuk-summary-list__actions a");
                    page = await browser.Open(changes[dice.Next(changes.Count)]);
                    break;
                }
                var back = page.Document.QuerySelector(".govuk-back-link")!.GetAttribute("href")!;
                if (back == Address) break;
                page = await browser.Open(back);
            }
        // A page that is only read leads on to what comes after it, answered or not.
        while (definition.Pages.Any(p => p.IsOnlyRead && PathOf(page) == "pages/" + p.Name)) page = await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        if (!IsOfQuestions(page)) return await GoOn(page);
        return await GoOn(await Answer(page, again: true));
    }

    bool IsOfQuestions(Sight page) => PathOf(page) is var path && (path.StartsWith("questions/", StringComparison.Ordinal) || definition.Pages.Any(p => !p.IsOnlyRead && path == "pages/" + p.Name));

    string PathOf(Sight page) => page.Address.Split('?')[0][(Address.Length + 1)..];

    static List<string> Links(Sight page, string selector) => [.. page.Document.QuerySelectorAll(selector).Select(a => a.GetAttribute("href")!)];

    /// <summary>Does what a page wants and goes where it leads.</summary>
    /// <param name="again">Somebody came back to it to change something.</param>
    async Task<Sight> Answer(Sight page, bool again)
    {
        page.Status.ShouldBe(HttpStatusCode.OK, page.Address);
        var path = PathOf(page).Split('/');
        switch (path[0])
        {
            case "tasks":
                var open = page.Document.QuerySelectorAll(".govuk-task-list__item--with-link").Where(item => item.QuerySelector(".govuk-tag") is not null).Select(item => item.QuerySelector("a")!.GetAttribute("href")!).ToList();
                return await browser.Open(open.Count > 0 ? open[person.At(string.Concat(open), mind).Next(open.Count)] : page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
            case "sections":
                return await browser.Open($"{Address}/tasks");
            case "alerts":
                return await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
            case "pages":
                var heading = definition.Pages.Single(p => p.Name == path[1]);
                return heading.IsOnlyRead ? await browser.Open(page.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!)
                    : await Fill(page, [], definition.Ask.Where(q => heading.Ask.Contains(q.Name)), again);
        }
        path[0].ShouldBe("questions", page.Address);
        var question = definition.FindQuestion(path[1])!;
        if (!question.IsGroup) return await Fill(page, [], [question], again);
        if (path.Length == 2) return await List(page, [], question, again);
        var place = RowPlace.Find(question, string.Join('/', path[2..]))!;
        return place.Question.IsGroup ? await List(page, place.Rows, place.Question, again) : await Fill(page, place.Rows, place.Group.Inside.Where(q => !q.IsGroup), again);
    }

    static string PlaceOf(IReadOnlyList<RowNumber> rows, string name) => string.Concat(rows.Select(r => $"{r.Group.Name}/{r.Number}/")) + name;

    /// <summary>The row around a place in what was accepted.</summary>
    JsonObject Around(IReadOnlyList<RowNumber> rows)
    {
        var around = Given;
        foreach (var (group, number) in rows)
        {
            if (around[group.Name] is not JsonArray several) around[group.Name] = several = [];
            number.ShouldBeLessThanOrEqualTo(several.Count + 1, "rows follow each other");
            if (number > several.Count) several.Add((JsonNode)new JsonObject());
            around = (JsonObject)several[number - 1]!;
        }
        return around;
    }

    async Task<Sight> Fill(Sight page, IReadOnlyList<RowNumber> rows, IEnumerable<Question> candidates, bool again)
    {
        var asked = candidates.Where(q => q.Type.Fields(q).Any(f => page.Document.QuerySelector($"[name='{f}']") is not null)).ToList();
        asked.ShouldNotBeEmpty(page.Address);
        if (!again && rows.Count == 0) asked.ShouldContain(q => !Given.ContainsKey(q.Name), $"{page.Address} was answered before");
        var said = asked.ToDictionary(q => q.Name, q => PlaceOf(rows, q.Name) is var place && tried.Add(place + mind)
            ? person.First(q, place, mind, anchor: rows.Count > 0 && q == rows[^1].Group.Inside[0]) : person.Right(q, place, mind));
        var (from, sent) = (page, new HashSet<string>());
        if (page.Document.QuerySelector("button[name=then][value=more]") is not null && person.At(page.Address + "more", mind).Next(2) == 0)
        {
            // The files first, without leaving the page.
            from = await Send(page, asked, said, sent, ("then", "more"));
            if (from.Address != page.Address)
            {
                // They lead to an end, or raise a danger that is told at once; what else was typed is asked again.
                var kept = Around(rows);
                foreach (var files in asked.Where(q => q.Type.Name == "file"))
                    if (said[files.Name] is { } named) kept[files.Name] = named.DeepClone();
                    else kept.Remove(files.Name);
                return from;
            }
        }
        from = await Send(from, asked, said, sent);
        if (from.Status == HttpStatusCode.UnprocessableEntity)
        {
            Refused.Add(new RefusedPage(rows, said, from.Errors));
            from.Errors.ShouldNotBeEmpty();
            Links(from, ".govuk-error-summary__list a").ShouldAllBe(href => from.Document.QuerySelector(href) != null);
            said = asked.ToDictionary(q => q.Name, q => person.Right(q, PlaceOf(rows, q.Name), mind));
            from = await Send(from, asked, said, []);
        }
        from.Errors.ShouldBeEmpty(page.Address);
        from.Status.ShouldBe(HttpStatusCode.OK, page.Address);
        var around = Around(rows);
        foreach (var (name, value) in said) around[name] = value?.DeepClone();
        return from;
    }

    /// <summary>Sends a page with answers: each field of the page is filled or emptied, files that are there and not meant are taken out.</summary>
    /// <param name="sent">Names of files that this page took before.</param>
    Task<Sight> Send(Sight page, IReadOnlyList<Question> asked, IReadOnlyDictionary<string, JsonNode?> said, HashSet<string> sent, params IEnumerable<(string Field, string Value)> also)
    {
        var (typed, files) = FormFill.Of(page, asked.Select(q => (q, said[q.Name])), sent);
        foreach (var (field, value) in also) typed[field] = [value];
        return browser.Send(page, typed, files);
    }

    async Task<Sight> List(Sight page, IReadOnlyList<RowNumber> around, Question group, bool again)
    {
        var place = PlaceOf(around, group.Name);
        var shown = page.Document.QuerySelectorAll(".govuk-summary-list__row:not(.worked)").Length;
        if (again && person.At(place + "+", mind).Next(3) != 0)
        {
            var links = Links(page, ".govuk-summary-list__actions a");
            if (links.Count > 0)
            {
                var link = links[person.At(place + "-", mind).Next(links.Count)];
                page = await browser.Open(link);
                if (!link.Contains("?remove=", StringComparison.Ordinal)) return await Answer(page, again: true);
                Remove(around, group, int.Parse(link.Split("?remove=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture));
                return await browser.Send(page);
            }
        }
        var wanted = Math.Max(person.Rows(group, place, mind), again ? shown + 1 : 0);
        if (shown > 0) wanted = Math.Max(wanted, group.FewestRows);
        if (shown < wanted && shown < group.FewestRows && (shown > 0 || !group.Optional) && tried.Add(place + mind))
        {
            // Too soon.
            var refused = await browser.Send(page);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, page.Address);
            Refused.Add(new RefusedPage(around, new Dictionary<string, JsonNode?> { [group.Name] = Around(around)[group.Name]?.DeepClone() }, refused.Errors));
            page = refused;
        }
        if (shown < wanted && page.Document.QuerySelector("a#add-row") is { } add) return await browser.Open(add.GetAttribute("href")!);
        if (shown == 0) Around(around)[group.Name] = null;
        return await browser.Send(page);
    }

    void Remove(IReadOnlyList<RowNumber> around, Question group, int number)
    {
        var (row, rows) = (Around(around), (JsonArray)Around(around)[group.Name]!);
        rows.RemoveAt(number - 1);
        if (rows.Count == 0) row.Remove(group.Name);
    }
}

/// <summary>Fills the fields of a form with answers as a program would send them.</summary>
static class FormFill
{
    /// <summary>What is typed, chosen and picked; what stands in a field and is not meant is taken out of it.</summary>
    /// <param name="sent">Names of files that the form took before; those now picked are added.</param>
    public static (Dictionary<string, IReadOnlyList<string>> Typed, Dictionary<string, IReadOnlyList<Picked>> Files) Of(Sight page, IEnumerable<(Question Question, JsonNode? Said)> answers, HashSet<string> sent)
    {
        var (typed, files) = (new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, IReadOnlyList<Picked>>());
        foreach (var (question, said) in answers)
        {
            if (question.Type.Name == "file")
            {
                var there = page.Document.QuerySelectorAll($"input[name='{question.Name}-remove']").Select(i => i.GetAttribute("value")!).ToList();
                var picked = (said as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !sent.Contains(question.Name + name)).ToList();
                if (there.Count > 0 && !sent.Any(s => s.StartsWith(question.Name, StringComparison.Ordinal))) typed[question.Name + "-remove"] = there;
                files[question.Name] = [.. picked.Select(SmallFile)];
                sent.UnionWith(picked.Select(name => question.Name + name));
                continue;
            }
            foreach (var field in question.Type.Fields(question))
                typed[field] = page.Document.QuerySelector($"input[name='{field}'][type=radio], input[name='{field}'][type=checkbox]") is null ? [""] : [];
            foreach (var (field, values) in Example.Fields(question, said)) typed[field] = [.. values.Select(v => v.Replace("\n", "\r\n", StringComparison.Ordinal))];
        }
        return (typed, files);
    }

    /// <summary>A file of the kind that its name says.</summary>
    public static Picked SmallFile(string name) => new(name, [.. name.EndsWith(".pdf", StringComparison.Ordinal) ? "%PDF-1.7\n"u8 : "Plain, words\n"u8, .. System.Text.Encoding.ASCII.GetBytes(name), .. "\n%%EOF\n"u8]);
}
