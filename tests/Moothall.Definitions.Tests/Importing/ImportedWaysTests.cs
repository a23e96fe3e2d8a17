using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Moothall.Definitions.Importing;

namespace Moothall.Definitions.Tests.Importing;

/// <summary>
/// The ways between pages mean in sentences what they mean in the form: random forms are walked page by page, as their own runner does, and as services, with the same answers.
/// </summary>
public sealed class ImportedWaysTests
{
    /// <summary>A form made by chance, whose pages lead forward, and its own small runner.</summary>
    sealed class ChanceForm
    {
        readonly Random chance;
        readonly List<(string Kind, bool Optional, List<(Func<Dictionary<int, object?>, bool>? When, int To)> Next)> pages = [];
        readonly JsonArray conditions = [];
        readonly JsonArray json = [];
        readonly int count;

        public ChanceForm(int seed)
        {
            chance = new Random(seed);
            count = chance.Next(3, 9);
            for (var i = 0; i < count; i++)
            {
                var end = i > 1 && chance.Next(5) == 0;
                pages.Add((end ? "end" : new[] { "yes-no", "yes-no", "choice", "choices", "number" }[chance.Next(5)], chance.Next(4) == 0, []));
            }
            for (var i = 0; i < count; i++) json.Add(Page(i));
            json.Add(new JsonObject { ["path"] = "/summary", ["title"] = "Summary", ["controller"] = "./pages/summary.js", ["components"] = new JsonArray(), ["next"] = new JsonArray() });
        }

        string? text;

        public string Text => text ??= new JsonObject
        {
            ["startPage"] = "/p0", ["pages"] = json, ["conditions"] = conditions, ["sections"] = new JsonArray(),
            ["lists"] = new JsonArray(new JsonObject { ["name"] = "abc", ["items"] = new JsonArray(new[] { "Apple", "Bread", "Cheese" }.Select(t => (JsonNode)new JsonObject { ["text"] = t, ["value"] = t }).ToArray()) }),
        }.ToJsonString();

        static string TitleOf(int page) => $"Matter {(char)('a' + page)}{(char)('a' + page)} of this form?";

        JsonObject Page(int i)
        {
            var (kind, optional, ways) = pages[i];
            var next = new JsonArray();
            if (kind != "end")
            {
                for (var n = chance.Next(3); n > 0; n--)
                {
                    var (node, holds) = Tree(i, 0);
                    var name = $"c{conditions.Count}";
                    conditions.Add(new JsonObject { ["name"] = name, ["displayName"] = name, ["value"] = new JsonObject { ["name"] = name, ["conditions"] = node } });
                    var to = chance.Next(i + 1, count + 1);
                    next.Add(new JsonObject { ["path"] = PathOf(to), ["condition"] = name });
                    ways.Add((holds, to));
                }
                var otherwise = i == 0 ? 1 : chance.Next(i + 1, Math.Min(count, i + 2) + 1);
                next.Insert(chance.Next(next.Count + 1), new JsonObject { ["path"] = PathOf(otherwise) });
                ways.Add((null, otherwise));
            }
            return new JsonObject
            {
                ["path"] = $"/p{i}", ["title"] = TitleOf(i), ["next"] = next,
                ["components"] = new JsonArray(kind == "end" ? new JsonObject { ["type"] = "Para", ["content"] = $"The end {i}." } : new JsonObject
                {
                    ["type"] = kind switch { "yes-no" => "YesNoField", "choice" => "RadiosField", "choices" => "CheckboxesField", _ => "NumberField" }, ["name"] = $"q{i}", ["title"] = TitleOf(i), ["list"] = kind.StartsWith("choice", StringComparison.Ordinal) ? "abc" : null,
                    ["options"] = new JsonObject { ["required"] = !optional },
                }),
            };
        }

        string PathOf(int page) => page == count ? "/summary" : $"/p{page}";

        (JsonArray Node, Func<Dictionary<int, object?>, bool> Holds) Tree(int upTo, int depth)
        {
            var list = new JsonArray();
            var either = new List<List<Func<Dictionary<int, object?>, bool>>>();
            for (var n = chance.Next(1, 4); n > 0; n--)
            {
                var or = chance.Next(2) == 0;
                JsonObject item;
                Func<Dictionary<int, object?>, bool> holds;
                if (depth < 2 && chance.Next(5) == 0)
                {
                    var (node, inside) = Tree(upTo, depth + 1);
                    (item, holds) = (new JsonObject { ["conditions"] = node }, inside);
                }
                else (item, holds) = Test(upTo);
                if (list.Count > 0) item["coordinator"] = or ? "or" : "and";
                list.Add(item);
                if (either.Count == 0 || or) either.Add([holds]);
                else either[^1].Add(holds);
            }
            return (list, answers => either.Exists(all => all.TrueForAll(one => one(answers))));
        }

        (JsonObject, Func<Dictionary<int, object?>, bool>) Test(int upTo)
        {
            var page = Enumerable.Range(0, upTo + 1).Where(p => pages[p].Kind != "end").OrderBy(_ => chance.Next()).First();
            JsonObject Item(string type, string how, string value) => new()
            {
                ["field"] = new JsonObject { ["name"] = $"q{page}", ["type"] = type, ["display"] = "" }, ["operator"] = how, ["value"] = new JsonObject { ["type"] = "Value", ["value"] = value, ["display"] = value },
            };
            var contrary = chance.Next(3) == 0;
            switch (pages[page].Kind)
            {
                case "yes-no":
                    var yes = chance.Next(2) == 0;
                    return (Item("YesNoField", contrary ? "is not" : "is", yes ? "true" : "false"), a => (a[page] is bool given && given == yes) != contrary);
                case "choice":
                    var option = new[] { "Apple", "Bread", "Cheese" }[chance.Next(3)];
                    return (Item("RadiosField", contrary ? "is not" : "is", option), a => (a[page] is string given && given == option) != contrary);
                case "choices":
                    var one = new[] { "Apple", "Bread", "Cheese" }[chance.Next(3)];
                    return (Item("CheckboxesField", contrary ? "does not contain" : "contains", one), a => (a[page] is string[] given && given.Contains(one)) != contrary);
                default:
                    var limit = chance.Next(1, 4);
                    var (how, holds) = new (string, Func<int, bool>)[] { ("is", g => g == limit), ("is at least", g => g >= limit), ("is at most", g => g <= limit), ("is less than", g => g < limit), ("is more than", g => g > limit) }[chance.Next(5)];
                    return (Item("NumberField", how, limit.ToString(CultureInfo.InvariantCulture)), a => a[page] is int given && holds(given));
            }
        }

        /// <summary>Answers to every question, by its page.</summary>
        public Dictionary<int, object?> Answers() => Enumerable.Range(0, count).ToDictionary(i => i, i => pages[i] switch
        {
            (_, true, _) when chance.Next(2) == 0 => null,
            ("yes-no", _, _) => chance.Next(2) == 0,
            ("choice", _, _) => new[] { "Apple", "Bread", "Cheese" }[chance.Next(3)],
            ("choices", _, _) => new[] { "Apple", "Bread", "Cheese" }.Where((_, n) => n == i % 3 || chance.Next(2) == 0).ToArray(),
            ("number", _, _) => (object?)chance.Next(0, 5),
            _ => null,
        });

        /// <summary>What the runner asks: the pages come to, and the end.</summary>
        public (List<string> Asked, string? End) Walk(Dictionary<int, object?> answers)
        {
            var asked = new List<string>();
            var given = Enumerable.Range(0, count).ToDictionary(i => i, _ => (object?)null);
            for (var page = 0; ;)
            {
                if (page == count) return (asked, null);
                if (pages[page].Kind == "end") return (asked, TitleOf(page));
                asked.Add(TitleOf(page));
                given[page] = answers[page];
                var ways = pages[page].Next;
                var way = ways.FindIndex(w => w.When is not null && w.When(given));
                page = way >= 0 ? ways[way].To : ways.Last(w => w.When is null).To;
            }
        }

        public Answers Of(ServiceDefinition service, Dictionary<int, object?> answers) => answers.Aggregate(Definitions.Answers.None, (all, answer) =>
            service.Ask.FirstOrDefault(q => q.Text.English == TitleOf(answer.Key)) is not { } question ? all : all.With(question.Name, answer.Value switch
            {
                bool yes => new YesNoAnswer(yes),
                string option => new ChoiceAnswer(question.Options.Single(o => o.Label.English == option).Name),
                string[] several => new ChoicesAnswer([.. several.Select(s => question.Options.Single(o => o.Label.English == s).Name)]),
                int number => new NumberAnswer(number),
                _ => SkippedAnswer.Value,
            }));
    }

    [Fact]
    public void A_service_asks_what_the_form_asked_and_ends_where_it_ended()
    {
        var ends = 0;
        var sent = 0;
        var closed = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var form = new ChanceForm(seed);
            var file = Imported.One(FormKind.XGov, form.Text);
            if (file.Failure?.ToString().Contains("nobody can come to the end", StringComparison.Ordinal) == true)
            {
                for (var i = 0; i < 200; i++) form.Walk(form.Answers()).End.ShouldNotBeNull("the form has no end where something is sent, and this is told");
                closed++;
                continue;
            }
            file.Failure.ShouldBeNull($"form {seed}\n{(file.Failure is null ? "" : DefinitionWriter.Write(ReadXGov.Read(FormNode.Read(form.Text), "form"), "form", "FO", [], new HashSet<int>()).Text)}\n{form.Text}");
            var service = file.Good();
            for (var i = 0; i < 40; i++)
            {
                var answers = form.Answers();
                var (asked, end) = form.Walk(answers);
                var walk = Journey.Walk(service, form.Of(service, answers), Imported.Today);
                var told = $"form {seed}, {string.Join(", ", answers.Select(a => $"{a.Key}: {(a.Value is string[] all ? string.Join('+', all) : a.Value)}"))}\n{file.Definition}";
                // An end that everybody comes to is what is said after sending.
                if (service.Exits.Count == 0 && service.WhatHappensNext is not null) end = null;
                (walk.Exit?.Title.English).ShouldBe(end, told);
                var path = walk.Path.Select(q => q.Text.English).ToList();
                // A designed end is told as soon as it is known, and nothing is asked in vain before it.
                path.ShouldBe(end is null ? asked : asked.Take(path.Count), told);
                walk.Next.ShouldBeNull(told);
                if (end is null) sent++;
                else ends++;
            }
        }
        closed.ShouldBeLessThan(60);
        ends.ShouldBeGreaterThan(1000);
        sent.ShouldBeGreaterThan(5000);
    }

    [Fact]
    public void Two_branches_that_come_together_need_no_sentence_after_it()
    {
        var service = Imported.One(FormKind.XGov, Imported.XGov("""
            { "path": "/first", "title": "Is it big?", "components": [{ "type": "YesNoField", "name": "b", "title": "Is it big?" }], "next": [{ "path": "/yes", "condition": "y" }, { "path": "/no", "condition": "n" }] },
            { "path": "/yes", "title": "How big?", "components": [{ "type": "NumberField", "name": "h", "title": "How big?" }], "next": [{ "path": "/last" }] },
            { "path": "/no", "title": "How small?", "components": [{ "type": "NumberField", "name": "s", "title": "How small?" }], "next": [{ "path": "/last" }] },
            { "path": "/last", "title": "What colour?", "components": [{ "type": "TextField", "name": "c", "title": "What colour?" }], "next": [{ "path": "/summary" }] }
            """, """
            { "name": "y", "value": { "conditions": [{ "field": { "name": "b", "type": "YesNoField" }, "operator": "is", "value": { "value": "true" } }] } },
            { "name": "n", "value": { "conditions": [{ "field": { "name": "b", "type": "YesNoField" }, "operator": "is", "value": { "value": "false" } }] } }
            """)).Good();
        service.Ask.Select(q => (q.Text.English, q.When?.Text)).ShouldBe([("Is it big?", null), ("How big?", "big"), ("How small?", "big is no"), ("What colour?", null)]);
    }
}
