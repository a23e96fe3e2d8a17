using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>Forms of other builders, imported from the command line.</summary>
public sealed class ImportCommandTests : IDisposable
{
    const string Form = """
        { "startPage": "/a", "name": "Tell us", "pages": [
          { "path": "/a", "title": "Is it yours?", "components": [{ "type": "YesNoField", "name": "a", "title": "Is it yours?" }, { "type": "TextField", "name": "b", "title": "Code", "schema": { "regex": "^x+$" } }], "next": [{ "path": "/summary" }] },
          { "path": "/summary", "title": "Summary", "controller": "./pages/summary.js" }] }
        """;

    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    void Put(string name, string text) => File.WriteAllText(Path.Combine(program.Folder, name), text);

    [Fact]
    public async Task Each_file_gets_a_line_and_what_comes_out_passes_the_check()
    {
        Put("good.json", Form.Replace(", \"schema\": { \"regex\": \"^x+$\" }", "", StringComparison.Ordinal));
        Put("pattern.json", Form);
        Put("broken.json", Form[..200]);
        File.WriteAllBytes(Path.Combine(program.Folder, "picture.json"), [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE]);
        using (var zip = new System.IO.Compression.ZipArchive(File.Create(Path.Combine(program.Folder, "archive.json")), System.IO.Compression.ZipArchiveMode.Create))
        using (var inside = new StreamWriter(zip.CreateEntry("form.json").Open())) inside.Write(Form);
        File.WriteAllText(Path.Combine(program.Folder, "wide.json"), Form, System.Text.Encoding.Unicode);
        using (var large = File.Create(Path.Combine(program.Folder, "large.json"))) large.SetLength(100_000_000);

        var run = await program.Run("import", "xgov", "good.json", "pattern.json", "broken.json", "missing.json", "picture.json", "large.json", "archive.json", "wide.json", "--to", "out");
        run.Code.ShouldBe(1);
        var lines = run.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(8);
        lines[0].ShouldBe("ok good.json good");
        lines[1].ShouldStartWith("partly pattern.json pattern: 1 not expressed: the pattern that the answer to “Code”");
        lines[2].ShouldStartWith("failed broken.json: line ");
        lines[3].ShouldBe("failed missing.json: there is no such file; check the name");
        lines[4].ShouldStartWith("failed picture.json: this is not text in UTF-8");
        lines[5].ShouldStartWith("failed large.json: this file is longer than 4 MB");
        lines[6].ShouldStartWith("failed archive.json: this is not text in UTF-8");
        lines[7].ShouldStartWith("failed wide.json: this is not text in UTF-8");
        File.ReadAllText(Path.Combine(program.Folder, "out", "schema.json")).ShouldStartWith("{");
        File.ReadAllText(Path.Combine(program.Folder, "out", "good", "service.yaml")).ShouldStartWith("# yaml-language-server: $schema=../schema.json\n");

        var check = await program.Run("check", "out");
        check.Code.ShouldBe(0, check.Said);

        (await program.Run("import", "xgov", "good.json", "pattern.json", "--to", "out")).Code.ShouldBe(0, "the same may be written again");
        File.AppendAllText(Path.Combine(program.Folder, "out", "good", "service.yaml"), "# mine\n");
        var again = await program.Run("import", "xgov", "good.json", "--to", "out");
        again.Code.ShouldBe(1);
        again.Said.ShouldContain("is there already and says something else");
        File.ReadAllText(Path.Combine(program.Folder, "out", "good", "service.yaml")).ShouldEndWith("# mine\n");
    }

    [Fact]
    public async Task Why_a_file_failed_and_what_is_not_expressed_is_said_in_the_language_behind_the_same_codes()
    {
        Put("good.json", Form.Replace(", \"schema\": { \"regex\": \"^x+$\" }", "", StringComparison.Ordinal));
        Put("pattern.json", Form);
        Put("broken.json", Form[..200]);
        var lines = (await program.Run("import", "xgov", "good.json", "pattern.json", "broken.json", "missing.json", "--to", "out", "--language", "cy")).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("ok good.json good");
        lines[1].ShouldBe("partly pattern.json pattern: 1 heb eu mynegi: y patrwm y mae'n rhaid i'r ateb i “Code” (llinell 2) ei ddilyn");
        lines[2].ShouldStartWith("failed broken.json: llinell ");
        lines[3].ShouldBe("failed missing.json: nid oes ffeil o'r fath; gwiriwch yr enw");

        BracketedCommands.GiveTo(program);
        var marked = await program.Run("import", "xgov", "pattern.json", "broken.json", "missing.json", "council", "--to", "other", "--language", BracketedCommands.Code);
        marked.Code.ShouldBe(1);
        var reasons = marked.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)[1]).ToList();
        reasons.Count.ShouldBe(4);
        reasons.ShouldAllBe(reason => reason.StartsWith('⟦'));
        BracketedCommands.EnglishIn(string.Join('\n', reasons) + marked.Complained).ShouldBeEmpty(marked.Said);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "xgov", "--to", "out")]
    [InlineData("import", "xgov", "good.json")]
    [InlineData("import", "word", "good.json", "--to", "out")]
    [InlineData("import", "xgov", "good.json", "--into", "out")]
    public async Task What_is_called_wrongly_is_wrong_usage(params string[] words) => (await program.Run(words)).Code.ShouldBe(2);
}
