namespace Moothall.Definitions.Tests.Languages;

public sealed class PhrasesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moothall-languages-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Phrases Load(string po)
    {
        Directory.CreateDirectory(Path.Combine(folder, "pl"));
        File.WriteAllText(Path.Combine(folder, "pl", "pages.po"), "msgid \"\"\nmsgstr \"\"\n\"X-Name: Polski\\n\"\n\"X-Plurals: one: n = 1; few: n = 2..4\\n\"\n\n" + po);
        return Phrases.Load(folder)["pl"];
    }

    [Fact]
    public void A_third_language_is_a_folder_of_files()
    {
        var polish = Load("msgid \"{n, plural, one {# case} other {# cases}}\"\nmsgstr \"\"\n\"{n, plural, one {# sprawa} \"\n\"few {# sprawy} other {# spraw}}\"\n");
        polish.Name.ShouldBe("Polski");
        polish.Say("{n, plural, one {# case} other {# cases}}", ("n", 3)).ShouldBe("3 sprawy");
    }

    [Fact]
    public void What_a_language_lacks_is_said_in_English_with_English_plurals()
    {
        var polish = Load("msgid \"Continue\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"Back\"\nmsgstr \"Wstecz?\"\n");
        polish.Say("Continue").ShouldBe("Continue");
        polish.Say("Back").ShouldBe("Back");
        polish.Say("{n, plural, one {# case} other {# cases}}", ("n", 3)).ShouldBe("3 cases");
    }

    [Fact]
    public void A_translation_with_a_strange_field_is_refused_with_its_line() =>
        Should.Throw<FormatException>(() => Load("msgid \"By {day}\"\nmsgstr \"Do {dzień}\"\n")).Message.ShouldMatch(@"pages\.po:6:1: .*\{dzień\}");

    [Fact]
    public void A_line_that_is_not_PO_is_refused_with_its_line() =>
        Should.Throw<FormatException>(() => Load("msgid \"By\"\nmsgtsr \"Do\"\n")).Message.ShouldContain("pages.po:7:1");

    [Fact]
    public void Text_comes_back_from_a_file_as_it_was_written()
    {
        const string odd = "A \"quoted\" \\ line\nand a second";
        PoFile.Read("x", $"msgid {PoFile.Quoted(odd)}\nmsgstr \"y\"").ShouldHaveSingleItem().English.ShouldBe(odd);
    }

    [Fact]
    public void Welsh_comes_with_the_program() => Phrases.In("cy").Say("Continue").ShouldBe("Parhau");
}
