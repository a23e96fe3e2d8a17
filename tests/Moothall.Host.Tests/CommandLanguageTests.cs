using System.Text.Json;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>
/// What commands say, in the reader's language. Most run within this process; some are a process of their own, as people start them: help, a finding, a start that is refused, a language
/// that is not there, and a council that serves.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class CommandLanguageTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    async Task Break()
    {
        var file = program.ServiceFile("report-a-pothole");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("when: size is large", "when: sise is large", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_finding_is_said_in_Welsh_behind_the_same_place_and_code()
    {
        await Break();
        var ended = await program.Run("check", "--language", "cy");
        ended.Code.ShouldBe(1);
        var error = ended.Said.Split('\n').First(l => l.Contains("`sise`", StringComparison.Ordinal));
        error.ShouldMatch(@"^services/report-a-pothole/service\.yaml:[0-9]+:[0-9]+: error: nid oes cwestiwn o'r enw `sise`; ai `size` oeddech chi'n ei feddwl\?$");
        ended.Complained.ShouldMatch("[0-9]+ (gwall|wall), [0-9]+ rhybudd");
        var refused = await program.RunHere("publish", "report-a-pothole", "--language", "cy");
        (refused.Code, refused.Said.Contains("nid oes cwestiwn o'r enw `sise`", StringComparison.Ordinal)).ShouldBe((1, true), refused.Said);
    }

    [Theory]
    [InlineData("cy", "--language cy", "LANG=en_GB.UTF-8")]
    [InlineData("cy", "", "LANG=cy_GB.UTF-8")]
    [InlineData("cy", "", "LANG=en_GB.UTF-8", "LC_MESSAGES=cy_GB")]
    [InlineData("cy", "", "LANG=en_GB.UTF-8", "LC_MESSAGES=en_GB", "LC_ALL=cy_GB.UTF-8@euro")]
    [InlineData("en", "", "LANG=cy_GB.UTF-8", "LC_ALL=C.UTF-8")]
    [InlineData("en", "", "LANG=cy_GB.UTF-8", "MOOTHALL_LANGUAGE=en")]
    [InlineData("cy", "", "LANG=en_GB.UTF-8", "MOOTHALL_LANGUAGE=cy")]
    [InlineData("en", "--language en", "LANG=cy_GB.UTF-8", "MOOTHALL_LANGUAGE=cy")]
    [InlineData("en", "", "LANG=de_DE.UTF-8")]
    public async Task The_language_comes_from_the_option_then_the_setting_then_the_terminal(string language, string option, params string[] environment)
    {
        foreach (var name in new[] { "LC_ALL", "LC_MESSAGES", "LANG" }) program.Environment[name] = "";
        foreach (var one in environment) program.Environment[one.Split('=')[0]] = one.Split('=')[1];
        var ended = await program.RunHere([.. "check nowhere".Split(' '), .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        ended.Code.ShouldBe(1);
        ended.Complained.Trim().ShouldBe(language == "cy" ? "Nid oes ffeil na ffolder “nowhere”." : "There is no file or folder “nowhere”.");
    }

    [Fact]
    public async Task A_language_that_is_not_there_is_refused_where_it_was_named()
    {
        var named = await program.Run("check", "--language", "tlh");
        (named.Code, named.Complained.Trim()).ShouldBe((1, "--language is one of en and cy, and “tlh” is not."));
        program.Environment["MOOTHALL_LANGUAGE"] = "tlh";
        (await program.Run("check")).Complained.Trim().ShouldBe("The setting language is one of en and cy, and “tlh” is not.");
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "appsettings.json"), """{"language": "cy"}""", TestContext.Current.CancellationToken);
        program.Environment.Remove("MOOTHALL_LANGUAGE");
        (await program.RunHere("check", "nowhere")).Complained.Trim().ShouldBe("Nid oes ffeil na ffolder “nowhere”.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("check")]
    [InlineData("publish")]
    [InlineData("council")]
    [InlineData("council create")]
    [InlineData("token")]
    [InlineData("token create")]
    [InlineData("staff")]
    [InlineData("staff invite")]
    [InlineData("replay")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("keep")]
    [InlineData("bounce")]
    [InlineData("inbox")]
    [InlineData("move")]
    [InlineData("import")]
    [InlineData("import xgov")]
    public async Task Help_says_every_word_through_the_languages(string command)
    {
        BracketedCommands.GiveTo(program);
        string[] asked = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help", "--language", BracketedCommands.Code];
        var ended = command == "" ? await program.Run(asked) : await program.RunHere(asked);
        ended.Code.ShouldBe(0, ended.Complained);
        BracketedCommands.EnglishIn(ended.Said + ended.Complained).ShouldBeEmpty(ended.Said);
        ended.Said.ShouldContain($"moothall {command}".TrimEnd());
        ended.Said.ShouldContain("--language <language>");
        if (command == "") (await program.RunHere("--help", "--language", "cy")).Said.ShouldStartWith("Disgrifiad:");
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("demolish", 2)]
    [InlineData("check --everything", 2)]
    [InlineData("check --Everything=1 -x", 2)]
    [InlineData("serve --urls", 2)]
    [InlineData("serve --urls http://127.0.0.1:1 --urls http://127.0.0.1:2", 2)]
    [InlineData("token", 2)]
    [InlineData("token create", 2)]
    [InlineData("token create --as amara-okafor --expires soon", 2)]
    [InlineData("replay one two", 2)]
    [InlineData("backup", 2)]
    [InlineData("--version serve", 2)]
    [InlineData("serve --demo --urls http://0.0.0.0:8099", 1)]
    [InlineData("serve --demo --environment Production", 1)]
    [InlineData("serve --smtp-host mail.example", 1)]
    [InlineData("serve --smtp-host mail.example --smtp-port x", 1)]
    [InlineData("serve --smtp-host mail.example --smtp-tls x", 1)]
    [InlineData("serve --smtp-host mail.example --mail-from x", 1)]
    [InlineData("serve --smtp-host mail.example --mail-from a@council.example --smtp-ca council/staff.yaml", 1)]
    [InlineData("serve --urls nonsense", 1)]
    [InlineData("serve --queue localhost:5672", 1)]
    [InlineData("serve --queue amqp://localhost:5672 --queue-ca council/staff.yaml", 1)]
    [InlineData("serve --queue amqps://localhost:5671 --queue-ca council/staff.yaml", 1)]
    [InlineData("serve --node Town_Hall", 1)]
    [InlineData("serve --database nonsense", 1)]
    [InlineData("serve --database Host=127.0.0.1;Port=1;Database=moothall;Username=moothall", 1)]
    [InlineData("serve --data /dev/null/data", 1)]
    [InlineData("publish sell-the-moon", 1)]
    [InlineData("publish --services nowhere", 1)]
    [InlineData("check --services nowhere", 1)]
    [InlineData("check council/pages", 1)]
    [InlineData("bounce council/staff.yaml", 1)]
    [InlineData("bounce nothing.txt", 1)]
    [InlineData("replay horoscope", 1)]
    [InlineData("backup a.backup --data nowhere", 1)]
    [InlineData("backup no/such/folder/a.backup", 1)]
    [InlineData("restore council/staff.yaml", 1)]
    [InlineData("restore nothing.backup", 1)]
    [InlineData("token create --as nobody-at-all", 1)]
    [InlineData("token create --as amara-okafor --expires 0", 1)]
    [InlineData("staff invite nobody-at-all", 1)]
    [InlineData("staff invite history-import", 1)]
    [InlineData("staff invite amara-okafor --expires 0", 1)]
    [InlineData("move --to Host= --data nowhere", 1)]
    [InlineData("import xgov council/staff.yaml --to council/staff.yaml", 1)]
    [InlineData("council create council --name A --public-address https://a.example --phone 1 --email a@a.example --administrator B", 1)]
    [InlineData("council create new --name A --public-address a --phone 1 --email a@a.example --administrator B", 1)]
    [InlineData("council create new --name A --public-address https://a.example --phone 1 --email a@a.example --administrator B --colour yellow", 1)]
    [InlineData("council create new --name A --public-address https://a.example --phone 1 --email a@a.example --administrator B --colour #ffff00", 1)]
    public async Task What_is_refused_is_said_through_the_languages(string command, int code)
    {
        BracketedCommands.GiveTo(program);
        var ended = await program.RunHere(["--language", BracketedCommands.Code, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        ended.Code.ShouldBe(code, ended.Said + ended.Complained);
        ended.Complained.ShouldContain("⟦");
        BracketedCommands.EnglishIn(ended.Said + ended.Complained, "Format of the initialization string does not conform to specification starting at index 0.", "Failed to connect to 127.0.0.1").ShouldBeEmpty(ended.Complained);
    }

    [Fact]
    public async Task What_commands_do_is_said_through_the_languages()
    {
        BracketedCommands.GiveTo(program);
        await File.AppendAllTextAsync(program.ServiceFile("report-a-missed-bin"), "colour: blue\n", TestContext.Current.CancellationToken);
        foreach (var (command, code) in ((string, int)[])[
            ("check", 1), ("check services/report-a-pothole", 0), ("publish report-a-pothole", 0), ("publish report-a-missed-bin", 1), ("replay", 0), ("inbox", 0), ("keep --now --list", 0),
            ("backup a.backup", 0), ("backup a.backup", 1), ("backup a.backup --verify", 0), ("restore a.backup", 1), ("restore a.backup --data other", 0),
            ("council create mine --name Wexham --public-address https://wexham.example --phone 01632960000 --email a@wexham.example --administrator Okoro", 0),
            ("move --to elsewhere", 0), ("serve --urls http://127.0.0.1:0", 1), ("move --to third", 1)])
        {
            if (command.StartsWith("restore a.backup --data", StringComparison.Ordinal)) await File.WriteAllTextAsync(program.ServiceFile("report-a-missed-bin"), await File.ReadAllTextAsync(Path.Combine(CommandLineProgram.Repository(), "services", "report-a-missed-bin", "service.yaml"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var ended = await program.RunHere([.. command.Split(' '), "--language", BracketedCommands.Code]);
            ended.Code.ShouldBe(code, $"{command}: {ended.Said}{ended.Complained}");
            BracketedCommands.EnglishIn(ended.Said + ended.Complained).ShouldBeEmpty($"{command}: {ended.Said}{ended.Complained}");
        }
    }

    [Fact]
    public async Task A_start_that_is_refused_names_the_findings_in_Welsh()
    {
        await File.AppendAllTextAsync(Path.Combine(program.Folder, "council", "teams.yaml"), "  lamps:\n    nam: Lamps\n", TestContext.Current.CancellationToken);
        program.Environment["LC_ALL"] = "cy_GB.UTF-8";
        var ended = await program.Run("serve", "--urls", "http://127.0.0.1:0");
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldStartWith("Mae gwallau yn ffeiliau'r cyngor:");
        ended.Complained.ShouldMatch(@"council/teams\.yaml:[0-9]+:[0-9]+: error: nid oes allwedd o'r enw `nam` yma; ai `name` oeddech chi'n ei feddwl\?");
        var demo = await program.RunHere("serve", "--demo", "--urls", "http://0.0.0.0:8099");
        (demo.Code, demo.Complained.Contains("nid yw http://0.0.0.0:8099 yn un", StringComparison.Ordinal)).ShouldBe((1, true), demo.Complained);
    }

    [Fact]
    public async Task A_published_service_that_cannot_be_read_any_more_is_named_in_Welsh_with_its_findings()
    {
        (await program.RunHere("publish", "report-a-pothole")).Code.ShouldBe(0);
        await using (var database = Store.Database.Sqlite(Path.Combine(program.Folder, "data", "moothall.db")))
            await database.Commit(unit => unit.Execute($"update published_service set source = replace(source, 'kind: report', 'kind: riport')"), TestContext.Current.CancellationToken);
        var ended = await program.RunHere("keep", "--language", "cy");
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldStartWith("Cyhoeddwyd fersiwn 1 o report-a-pothole ac ni all y rhaglen hon ei ddarllen.");
        ended.Complained.ShouldMatch(@"report-a-pothole/service\.yaml:[0-9]+:[0-9]+: error: nid oes math o wasanaeth o'r enw `riport`");
    }

    [Fact]
    public async Task Health_says_why_it_is_not_ready_in_the_language_that_is_asked_for()
    {
        using var server = await program.Serve("--demo");
        using var http = new HttpClient { BaseAddress = server.Address };
        var cancel = TestContext.Current.CancellationToken;
        (await program.RunHere("move", "--to", "elsewhere")).Code.ShouldBe(0);
        async Task<(string Reason, string Language)> Ready(string address, string? accept)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (accept is not null) request.Headers.Add("Accept-Language", accept);
            using var response = await http.SendAsync(request, cancel);
            ((int)response.StatusCode).ShouldBe(503);
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel)).RootElement;
            body.GetProperty("status").GetString().ShouldBe("not ready");
            return (body.GetProperty("reasons")[0].GetString()!, string.Join(',', response.Content.Headers.ContentLanguage));
        }
        var english = await Ready("/health/ready", null);
        english.Reason.ShouldStartWith("This council moved to the folder ");
        english.Language.ShouldBe("en");
        foreach (var (reason, language) in new[] { await Ready("/health/ready?lang=cy", null), await Ready("/health/ready", "cy-GB,en;q=0.5") })
        {
            reason.ShouldMatch("^Symudodd y cyngor hwn ar [0-9-]{10}\\. Ei le newydd: y ffolder /");
            language.ShouldBe("cy");
        }
    }
}
