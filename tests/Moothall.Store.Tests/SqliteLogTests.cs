using Microsoft.Data.Sqlite;
using Moothall.Store.Sqlite;
using Shouldly;
using Xunit;

namespace Moothall.Store.Tests;

/// <summary>The log as its writer writes it: in one piece, and only its data waited for.</summary>
public sealed class SqliteLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moothall-log-").FullName;
    private readonly SqliteFile file;
    private readonly SqliteConnection writer;

    public SqliteLogTests()
    {
        file = new SqliteFile(Path.Combine(folder, "moothall.db"), new SqliteSettings());
        writer = file.OpenWriter();
        Run(writer, "create table note (number integer primary key, text blob not null)");
    }

    public void Dispose()
    {
        writer.Dispose();
        Directory.Delete(folder, true);
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!.ToString()!;
    }

    // Notes of lengths from nothing to several pages.
    const string Notes = "insert into note (text) with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select randomblob(i * 37 % 9000) from n";

    [Fact]
    public void What_was_committed_stands_in_the_log_to_its_last_page_before_anything_else_is_done()
    {
        using (var log = SqliteLog.Of(writer))
        {
            log.ShouldNotBeNull();
            // Pages that do not fit are written before the commit and read again within it.
            Run(writer, "pragma cache_size = 10");
            using var reader = file.OpenReader();
            for (var commit = 1; commit <= 5; commit++)
            {
                Run(writer, "begin immediate");
                Run(writer, Notes);
                Ask(writer, "select sum(length(text)) from note");
                Run(writer, "update note set text = randomblob(length(text) + 1) where number % 7 = 0");
                Ask(reader, "select count(*) from note").ShouldBe($"{(commit - 1) * 400}");
                Run(writer, "commit");
                Ask(reader, "select count(*) from note").ShouldBe($"{commit * 400}");

                // The files as they lie there are what a machine finds that was switched off now.
                var left = Path.Combine(folder, $"left-{commit}");
                Directory.CreateDirectory(left);
                foreach (var end in new[] { "", "-wal" }) File.Copy(Path.Combine(folder, "moothall.db" + end), Path.Combine(left, "moothall.db" + end));
                using var found = new SqliteFile(Path.Combine(left, "moothall.db"), new SqliteSettings()).OpenWriter();
                Ask(found, "pragma integrity_check").ShouldBe("ok");
                Ask(found, "select count(*) || ' ' || sum(length(text)) from note").ShouldBe(Ask(reader, "select count(*) || ' ' || sum(length(text)) from note"));
            }
            writer.Dispose();
        }
    }

    [Fact]
    public void What_was_rolled_back_leaves_nothing_whether_it_had_been_written_or_not()
    {
        using (var log = SqliteLog.Of(writer))
        {
            Run(writer, "pragma cache_size = 10");
            Run(writer, Notes);
            var before = Ask(writer, "select count(*) || ' ' || sum(length(text)) from note");
            foreach (var much in new[] { Notes, "insert into note (text) values ('one')" })
            {
                Run(writer, "begin immediate");
                Run(writer, much);
                Run(writer, "rollback");
                Ask(writer, "select count(*) || ' ' || sum(length(text)) from note").ShouldBe(before);
                Run(writer, "update note set text = text where number = 1");
            }
            Run(writer, "pragma wal_checkpoint(truncate)");
            Ask(writer, "pragma integrity_check").ShouldBe("ok");
            Ask(writer, "select count(*) || ' ' || sum(length(text)) from note").ShouldBe(before);
            writer.Dispose();
        }
    }

    [Theory, InlineData("begin immediate"), InlineData("begin")]
    public void What_was_rolled_back_is_not_written_over_what_another_program_wrote_since(string begin)
    {
        using (var log = SqliteLog.Of(writer))
        {
            using var other = file.OpenWriter();
            for (var turn = 1; turn <= 20; turn++)
            {
                // With all pages in their places, rolling back reads nothing from the log.
                Run(other, "pragma wal_checkpoint(truncate)");
                // Somewhat more than fits, so that pages go to the log before the commit, and are still put together when it is rolled back.
                Run(writer, "pragma cache_size = 10");
                Run(writer, begin);
                Run(writer, "insert into note (text) values (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000))");
                Run(writer, "rollback");
                Run(other, "insert into note (text) values (randomblob(9000)), (randomblob(9000)), (randomblob(9000)), (randomblob(9000))");
                Run(writer, begin);
                if (turn % 2 == 0) log!.Forget();
                Run(writer, "insert into note (text) values ('mine')");
                Run(writer, "commit");
                using var reader = file.OpenReader();
                Ask(reader, "pragma integrity_check").ShouldBe("ok");
                Ask(reader, "select count(*) || ' ' || sum(length(text)) from note").ShouldBe($"{turn * 5} {turn * 36_004}");
            }
            log!.Forget();
            writer.Dispose();
        }
        using var after = file.OpenReader();
        Ask(after, "pragma integrity_check").ShouldBe("ok");
    }

    [Fact]
    public void A_log_that_the_disk_does_not_take_refuses_the_commit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is the data of the log waited for by itself.");
        // A device that has nothing to wait for says so, as a broken disk does.
        using (var log = new SqliteLog(writer, File.OpenHandle("/dev/null")))
        {
            Should.Throw<SqliteException>(() => Run(writer, "insert into note (text) values ('lost')")).SqliteExtendedErrorCode.ShouldBe(10 | (4 << 8));
            using var reader = file.OpenReader();
            Ask(reader, "select count(*) from note").ShouldBe("0");
            writer.Dispose();
        }
    }
}
