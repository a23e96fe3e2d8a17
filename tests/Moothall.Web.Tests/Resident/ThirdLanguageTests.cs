using Moothall.Definitions;
using Moothall.Store;
using Moothall.Testing;
using Shouldly;
using Xunit;

namespace Moothall.Web.Tests.Resident;

/// <summary>A language that the program does not know: a folder of files in the council's own, written from right to left.</summary>
public sealed class ThirdLanguageTests : IDisposable
{
    readonly string council = Directory.CreateTempSubdirectory("moothall-council-").FullName;

    public ThirdLanguageTests()
    {
        Folders.Copy(Path.Combine(RunningCouncil.Repository, "council"), council);
        var authorities = Path.Combine(council, "authorities.yaml");
        File.WriteAllText(authorities, File.ReadAllText(authorities).Replace("languages: [en, cy]", "languages: [en, ur]", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(council, "languages", "ur"));
        File.WriteAllText(Path.Combine(council, "languages", "ur", "pages.po"), """
            msgid ""
            msgstr ""
            "X-Name: اردو\n"
            "X-Direction: rtl\n"
            "X-Plurals: one: i = 1 and v = 0\n"

            msgid "What do you need to do?"
            msgstr "آپ کو کیا کرنا ہے؟"

            msgid "{count, plural, one {# service} other {# services}} for “{query}”"
            msgstr "“{query}” کے لیے {count, plural, one {# خدمت} other {# خدمات}}"
            """);
    }

    public void Dispose() => Directory.Delete(council, recursive: true);

    [Fact]
    public async Task A_folder_of_files_is_a_language_and_its_pages_turn_round()
    {
        await using var node = await RunningCouncil.Start(Dialect.Sqlite, change: s => s with { Council = council });
        using var reader = await node.Client();
        var home = await reader.GetStringAsync("/?lang=ur");
        home.ShouldContain("<html class=\"govuk-template\" lang=\"ur\" dir=\"rtl\">");
        home.ShouldContain("آپ کو کیا کرنا ہے؟");
        // Prose that is not translated says which language it is in (WCAG 2.2, 3.1.2).
        (await reader.GetStringAsync("/services")).ShouldContain("<span lang=\"en\" dir=\"ltr\">Report a pothole</span>");
        (await reader.GetStringAsync("/services?q=pothole")).ShouldMatch("“pothole” کے لیے \\d+ خدم");
    }

    [Fact]
    public async Task The_api_says_what_is_wrong_in_the_language_of_the_body()
    {
        await using var node = await RunningCouncil.Start(Dialect.Sqlite);
        using var program = await node.Client();
        using var body = new StringContent("{\"answers\": {\"where\": {\"text\": \"Didcot\"}, \"size\": \"vast\"}, \"language\": \"cy\"}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await program.PostAsync("/api/v1/services/report-a-pothole/cases", body);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Dewiswch ateb i “Pa mor fawr ydyw?” o'r rhai a restrir; nid yw “vast” yn un ohonynt");
    }

    [Fact]
    public void A_date_among_the_values_of_a_message_is_written_in_the_language() =>
        new Message("The agreement {agreement} ended on {day}. Pass nothing on until it is renewed.", ("agreement", "A-1"), ("day", new NodaTime.LocalDate(2026, 3, 6))).In(Phrases.In("cy")).ShouldContain("6 Mawrth 2026");
}
