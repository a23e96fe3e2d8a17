using Moothall.Store;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>Backup, restore and keep as an administrator types them.</summary>
public sealed class BackupCommandTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_council_is_backed_up_while_it_serves_and_comes_back_in_another_folder()
    {
        using (await program.Serve("--demo"))
        {
            var made = await program.Run("backup", "monday.backup");
            made.Code.ShouldBe(0, made.Complained);
            made.Said.ShouldContain("monday.backup: whole");
            // The desk says when that was.
            InstantPattern.ExtendedIso.Parse((await File.ReadAllTextAsync(Path.Combine(program.Folder, "data", "last-backup"), TestContext.Current.CancellationToken)).Trim()).Success.ShouldBeTrue();
            var over = await program.Run("restore", "monday.backup");
            (over.Code, over.Complained.Contains("never writes over a council", StringComparison.Ordinal)).ShouldBe((1, true), over.Complained);
        }
        var again = await program.Run("backup", "monday.backup");
        (again.Code, again.Complained.Contains("another name", StringComparison.Ordinal)).ShouldBe((1, true), again.Complained);
        var looked = await program.Run("backup", "--verify", "monday.backup");
        looked.Code.ShouldBe(0, looked.Complained);

        var restored = await program.Run("restore", "monday.backup", "--data", "elsewhere");
        restored.Code.ShouldBe(0, restored.Complained);
        restored.Said.ShouldContain("Start the council");
        var second = await program.Run("backup", "tuesday.backup", "--data", "elsewhere");
        second.Code.ShouldBe(0, second.Complained);
        // That it was restored and backed up again stands in the audit log; all else is the same.
        async Task<string[]> Content(string name) =>
            [.. (await Backup.Verify(Path.Combine(program.Folder, name), cancel: TestContext.Current.CancellationToken)).Tables.Where(t => t.Name != "audit_entry").Select(t => t.Name + " " + t.Sha256)];
        (await Content("tuesday.backup")).ShouldBe(await Content("monday.backup"), "the same content, the same hash");
        using var server = await program.Serve("--demo", "--data", "elsewhere");
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_no_backup_or_no_council_is_refused_in_a_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "letter.txt"), "Dear Sir or Madam", TestContext.Current.CancellationToken);
        foreach (var (arguments, words) in ((string[], string)[])[
            (["restore", "letter.txt"], "is not a backup of Moothall"), (["restore", "nothing.backup"], "There is no file"), (["backup", "--verify", "letter.txt"], "is not a backup of Moothall"),
            (["backup", "a.backup", "--data", "nowhere"], "There is no council in"), (["backup", "no/such/folder/a.backup"], "There is no folder")])
        {
            var ended = await program.Run(arguments);
            ended.Code.ShouldBe(1, string.Join(' ', arguments));
            ended.Complained.ShouldContain(words);
            ended.Complained.ShouldNotContain("   at ");
        }
        Directory.Exists(Path.Combine(program.Folder, "nowhere")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_to_be_deleted_can_be_asked_for()
    {
        using (await program.Serve("--demo")) { }
        var shown = await program.Run("keep", "--now", "--list");
        shown.Code.ShouldBe(0, shown.Complained);
        shown.Said.ShouldContain("Nothing is on a list to be deleted.");
    }

    [Fact]
    public async Task A_council_moves_to_another_folder_and_the_old_one_is_shut()
    {
        using (await program.Serve("--demo")) { }
        var moved = await program.Run("move", "--to", "elsewhere");
        moved.Code.ShouldBe(0, moved.Complained);
        moved.Said.ShouldContain("both stores were the same");
        var old = await program.Run("serve", "--demo", "--urls", "http://127.0.0.1:0");
        (old.Code, old.Complained.Contains("This council moved to the folder", StringComparison.Ordinal)).ShouldBe((1, true), old.Complained);
        using (await program.Serve("--demo", "--data", "elsewhere")) { }
        foreach (var (arguments, words) in ((string[], string)[])[
            (["move", "--to", "third"], "This council moved to the folder"), (["move", "--to", "third", "--data", "nowhere"], "There is no council in"),
            (["move", "--to", "Host=", "--data", "elsewhere"], "connection string"), (["move", "--to", "data", "--data", "elsewhere"], "This council moved to the folder")])
        {
            var ended = await program.Run(arguments);
            ended.Code.ShouldBe(1, string.Join(' ', arguments));
            ended.Complained.ShouldContain(words);
            ended.Complained.ShouldNotContain("   at ");
        }
        Directory.Exists(Path.Combine(program.Folder, "third")).ShouldBeFalse("nothing half made is left");
    }

    [Fact]
    public async Task The_audit_log_is_verified_and_what_somebody_changed_in_it_is_named()
    {
        var before = await program.Run("audit", "verify");
        (before.Code, before.Complained.Contains("There is no council in", StringComparison.Ordinal)).ShouldBe((1, true), before.Complained);
        (await program.Run("token", "create", "--as", "history-import")).Code.ShouldBe(0);
        (await program.Run("keep", "--now")).Code.ShouldBe(0);
        var file = Path.Combine(program.Folder, "data", "moothall.db");
        await using (var database = Database.Sqlite(file))
        {
            while (await database.Commit(unit => Identity.AuditSeal.Step(unit, NodaTime.SystemClock.Instance.GetCurrentInstant(), NodaTime.DateTimeZone.Utc))) { }
            (await database.Read(s => s.Query($"select kind from audit_entry order by number", row => row.Text(0)))).ShouldBe(["token.made", "system.keep"]);
        }
        var whole = await program.Run("audit", "verify");
        whole.Code.ShouldBe(0, whole.Complained);
        whole.Said.ShouldContain("All 2 sealed entries are as they were sealed");
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "kept.json"), """{"days":[{"day":"2020-01-01","entries":1,"total":1,"root":"00"}],"next":null}""", TestContext.Current.CancellationToken);
        var against = await program.Run("audit", "verify", "--against", "kept.json");
        (against.Code, against.Complained.Contains("its end was cut off", StringComparison.Ordinal)).ShouldBe((1, true), against.Complained);
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "letter.json"), "[1, 2", TestContext.Current.CancellationToken);
        (await program.Run("audit", "verify", "--against", "letter.json")).Complained.ShouldContain("is not a list of days");
        await using (var database = Database.Sqlite(file)) await database.Commit(unit => unit.Execute($"update audit_entry set about = 'staff/somebody-else' where kind = 'token.made'"));
        var altered = await program.Run("audit", "verify");
        altered.Code.ShouldBe(1);
        altered.Complained.ShouldContain("The audit log is not as it was sealed. Entry 1 (Made a token for a program, ");
        altered.Complained.ShouldContain("What it says was altered.");
    }
}
