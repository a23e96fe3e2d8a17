using System.Text.Json;

namespace Moothall.Definitions.Tests;

/// <summary>The naughty strings and the names of 50 locales of the shared data, which are not part of this repository.</summary>
public sealed class NastyInputTests
{
    static readonly string[] TextLike = ["text", "long-text", "email", "phone", "web", "postcode", "reference", "number", "money", "date", "month", "time", "yes-no", "choice", "choices", "declaration", "file", "location", "person", "organisation", "address"];

    static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data", "nasties") is var folder && Directory.Exists(folder))
                return folder;
        return null;
    }

    static JsonDocument Load(string file)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, $"{file} of the shared data is not here");
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!, file)));
    }

    static void IsSafe(string type, string typed)
    {
        var question = Asked.Of(type);
        var fields = question.Type.Fields(question).Append(question.Name).Distinct().Select(f => (f, typed)).ToArray();
        foreach (var reading in new[] { Asked.Typed(question, fields), Asked.Typed(question, typed), Asked.Json(question, JsonSerializer.Serialize(typed)) })
        {
            reading.IsGood.ShouldBe(reading.Faults.Count == 0);
            foreach (var said in reading.Faults.Select(f => f.Message).Concat(reading.Answer is { } a ? question.Type.Show(question, a, "en") : []))
                said.Where(c => char.IsControl(c) && (type != "long-text" || c != '\t')).ShouldBeEmpty();
            if (reading.Answer is not { } answer)
                continue;
            Asked.Stored(question, answer).ShouldBe(answer);
            Asked.Refilled(question, answer).Answer.ShouldBe(answer);
        }
    }

    [Fact]
    public void Naughty_strings_do_no_harm()
    {
        using var strings = Load("blns.json");
        foreach (var typed in strings.RootElement.EnumerateArray().Select(s => s.GetString()!))
            foreach (var type in TextLike)
                IsSafe(type, typed);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("a.")]
    [InlineData("(")]
    [InlineData(" ")]
    [InlineData("1 ")]
    [InlineData("@a.")]
    [InlineData("\u0301")]
    public void A_very_long_run_of_anything_is_refused_by_every_type(string piece)
    {
        var typed = string.Concat(Enumerable.Repeat(piece, 50_000));
        foreach (var type in TextLike)
            Asked.Typed(Asked.Of(type), [.. Asked.Of(type).Type.Fields(Asked.Of(type)).Select(f => (f, typed))]).IsGood.ShouldBeFalse(type);
    }

    [Fact]
    public void Names_of_fifty_locales_are_kept_as_they_are_written()
    {
        using var locales = Load("names-by-locale.json");
        var text = Asked.Of("text");
        var person = Asked.Of("person");
        foreach (var locale in locales.RootElement.EnumerateObject())
            foreach (var name in locale.Value.EnumerateObject().Where(l => l.Value.ValueKind == JsonValueKind.Array).SelectMany(l => l.Value.EnumerateArray()).Select(n => n.GetString()!))
            {
                var kept = Asked.Answer<TextAnswer>(Asked.Typed(text, name)).Text;
                kept.Replace(" ", "", StringComparison.Ordinal).ShouldBe(string.Concat(name.Normalize().TrimEnd('\u200C').Where(c => !char.IsWhiteSpace(c) && c is not ('\u200E' or '\u200F' or '\u200B' or '\u00AD'))), $"{locale.Name}: {name}");
                Asked.Answer<PersonAnswer>(Asked.Typed(person, ("q-name", name), ("q-email", "a@example.org"))).Name.ShouldBe(kept);
                IsSafe("long-text", name);
                IsSafe("location", name);
            }
    }
}
