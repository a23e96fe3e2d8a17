using System.Globalization;
using System.Text.Json.Nodes;
using Moothall.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Testing;

/// <summary>
/// Somebody who answers at random, now and then wrongly at first: what they say depends on the question, on where it stands, and on how often they changed their mind, and on nothing else.
/// Answers are as a program sends them; files are named by their names.
/// </summary>
sealed class RandomPerson(int seed, LocalDate today)
{
    /// <summary>A throw of the dice that is the same for the same place.</summary>
    public Random At(string place, int mind) => new(unchecked((int)place.Aggregate(2166136261u + (uint)seed * 31 + (uint)mind, (hash, c) => (hash ^ c) * 16777619)));

    /// <summary>How many rows they have for a group.</summary>
    public int Rows(Question group, string place, int mind)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Optional && At(place, mind).Next(3) == 0 ? 0 : At(place + "#", mind).Next(group.FewestRows, group.MostRows + 1);
    }

    /// <summary>What was said, with a right answer to everything else, asked or not.</summary>
    public JsonObject Whole(IReadOnlyList<Question> questions, JsonObject given, string place = "")
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(given);
        var whole = new JsonObject();
        foreach (var question in questions)
        {
            var said = given.TryGetPropertyValue(question.Name, out var value);
            if (!question.IsGroup) whole[question.Name] = said ? value?.DeepClone() : Right(question, place + question.Name, 0);
            else if (!said || value is JsonArray)
            {
                // What is not complete yet gets the rows that it lacks.
                var rows = value is JsonArray several ? several.Select(row => (JsonObject)row!).ToList() : [];
                for (var wanted = said ? Math.Max(1, question.FewestRows) : Rows(question, place + question.Name, 0); rows.Count < wanted;) rows.Add([]);
                whole[question.Name] = new JsonArray([.. rows.Select((row, index) => Whole(question.Inside, row, $"{place}{question.Name}/{index + 1}/"))]);
            }
        }
        return whole;
    }

    /// <summary>What they say first: mostly right.</summary>
    /// <param name="anchor">The first question of a row is never left empty.</param>
    public JsonNode? First(Question question, string place, int mind, bool anchor) =>
        At(place + "!", mind).Next(6) == 0 && Wrong(question, At(place + "?", mind), anchor) is { } wrong ? wrong.Value : Right(question, place, mind);

    /// <summary>An answer that nothing is wrong with; null where they pass the question over.</summary>
    public JsonNode? Right(Question question, string place, int mind)
    {
        ArgumentNullException.ThrowIfNull(question);
        var random = At(place, mind);
        if (question.Optional && random.Next(3) == 0) return null;
        T Any<T>(params IReadOnlyList<T> of) => of[random.Next(of.Count)];
        string Files(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"{place.Replace('/', '-')}-{mind}-{i}.{Any("pdf", question.Accept.Contains("txt") ? "txt" : "pdf")}"));
        return question.Type.Name switch
        {
            "text" when question.LooksLike is not null => Any("qq 34 z", "AB12C"),
            "text" => Any("red", "Red ", "blue", " two  words", "<b>O'Neil", "Ŵyn & Co"),
            "long-text" => Any("One line.", "One.\nTwo & three.\n\nFour", "red"),
            "number" => Number(question, random),
            "money" => Any<JsonNode>((decimal)random.Next(1, 50), random.Next(100, 5000) / 100m, $"£{random.Next(1, 50)}"),
            "date" => LocalDatePattern.Iso.Format(Day(question, random)),
            "month" => $"{today.Year - random.Next(1, 3):0000}-{random.Next(1, 13):00}",
            "time" => $"{random.Next(24):00}:{random.Next(60):00}",
            "yes-no" => random.Next(2) == 0,
            "choice" => Any(question.Options).Name,
            "choices" => new JsonArray([.. Chosen(question, random).Select(o => JsonValue.Create(o))]),
            "file" => new JsonArray([.. Files(random.Next(1, question.MostFiles + 1)).Split(' ').Select(f => JsonValue.Create(f))]),
            "email" => Any("ann@mail.example", " Ann.Lee@Mail.example"),
            "phone" => Any("01632 960001", "+44 1632 960 002"),
            "web" => Any("https://hall.example/rooms", "www.hall.example"),
            "postcode" => Any("OX10 8AA", "ox10 8ab"),
            "address" => random.Next(2) == 0 ? new JsonObject { ["line1"] = "1 Church Road", ["postcode"] = "OX10 8AA" } : new JsonObject { ["line1"] = "The Barn", ["line2"] = "Low Lane", ["town"] = "Cholsey", ["postcode"] = "ox108ab" },
            "location" => random.Next(2) == 0 ? "Church Road, Cholsey" : new JsonObject { ["text"] = "By the bridge", ["latitude"] = 51.5991, ["longitude"] = -1.1252 },
            "person" => random.Next(2) == 0 ? new JsonObject { ["name"] = "Ann Lee", ["email"] = "ann@mail.example" } : new JsonObject { ["name"] = "Seun Adébáyò", ["phone"] = "01632 960003" },
            "organisation" => random.Next(2) == 0 ? new JsonObject { ["name"] = "Friends of the Hall" } : new JsonObject { ["name"] = "Hall & Sons", ["number"] = "01234567" },
            "declaration" => true,
            var other => throw new InvalidOperationException($"Nobody knows what to answer to a question of type {other}."),
        };
    }

    static IReadOnlyList<string> Chosen(Question question, Random random)
    {
        var several = question.Options.Where(o => !o.Alone && random.Next(2) == 0).Select(o => o.Name).ToList();
        return several.Count > 0 ? several : [question.Options[^1].Name];
    }

    JsonNode Number(Question question, Random random)
    {
        decimal number = random.Next((int)(question.AtLeast?.Number ?? 0), (int)(question.AtMost?.Number ?? 15) + 1);
        if (!question.Whole && number < (question.AtMost?.Number ?? 15) && random.Next(3) == 0) number += 0.5m;
        return random.Next(3) == 0 ? JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)) : JsonValue.Create(number);
    }

    LocalDate Day(Question question, Random random) => question switch
    {
        { AtLeast.IsToday: true } => today.PlusDays(random.Next(300)),
        { AtMost.IsToday: true } => today.PlusDays(-random.Next(200)),
        _ => today.PlusDays(random.Next(-200, 300)),
    };

    /// <summary>An answer that is wrong, which may be none; null where the type has no wrong one, or none that a page can send.</summary>
    static Holder? Wrong(Question question, Random random, bool anchor)
    {
        List<JsonNode?> wrongs = question.Type.Name switch
        {
            "text" when question.LooksLike is not null => ["something else"],
            "text" => [new string('x', (question.MaxLength ?? 500) + 1)],
            "long-text" when question.MaxWords is { } words => [string.Join(' ', Enumerable.Repeat("word", words + 1))],
            "long-text" => [new string('y', 4001)],
            "number" => ["many", .. question.AtMost is null ? Array.Empty<JsonNode>() : [1000], .. question.AtLeast is null ? Array.Empty<JsonNode>() : [-5], .. question.Whole ? [2.5m] : Array.Empty<JsonNode>()],
            "money" => ["a lot", "£1.234", .. question.AtMost is null ? Array.Empty<JsonNode>() : [1000]],
            "date" => ["2026-02-31", "1066-10-14", "9999-12-31", "2026-xx-1"],
            "month" => ["2026-13", .. question.AtMost is null ? Array.Empty<JsonNode>() : ["2199-01"]],
            "time" => ["25:00", "12:60"],
            "choices" when question.Options.Any(o => o.Alone) => [new JsonArray([.. question.Options.Select(o => JsonValue.Create(o.Name))])],
            "file" => [new JsonArray("wrong.csv"), .. question.MostFiles > 1 ? [new JsonArray("a.pdf", "b.pdf", "c.pdf")] : Array.Empty<JsonNode>()],
            "email" => ["ann.mail.example", "ann@"],
            "phone" => ["12", "ring me"],
            "web" => ["no address at all"],
            "postcode" => ["nowhere"],
            "address" => [new JsonObject { ["line1"] = "1 Church Road" }, new JsonObject { ["postcode"] = "nowhere" }],
            "location" => [new JsonObject { ["text"] = "Here", ["latitude"] = "91", ["longitude"] = "0" }],
            "person" => [new JsonObject { ["name"] = "Ann Lee" }, new JsonObject { ["email"] = "ann.lee", ["phone"] = "12" }],
            "organisation" => [new JsonObject { ["number"] = "1" }],
            _ => [],
        };
        if (!anchor && !question.Optional) wrongs.Add(null);
        return wrongs.Count == 0 ? null : new Holder(wrongs[random.Next(wrongs.Count)]);
    }

    /// <summary>What is said, where that may be nothing.</summary>
    sealed record Holder(JsonNode? Value);
}
