using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

public sealed class CommandLineTests : IDisposable
{
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("check")]
    [InlineData("publish")]
    [InlineData("token create")]
    [InlineData("staff invite")]
    [InlineData("replay")]
    [InlineData("inbox")]
    [InlineData("council create")]
    public async Task Every_command_explains_itself(string command)
    {
        var ended = await program.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        ended.Code.ShouldBe(0);
        ended.Said.ShouldContain("Usage:");
        ended.Complained.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "moothall --help")]
    [InlineData("demolish", "moothall --help")]
    [InlineData("check --everything", "moothall check --help")]
    [InlineData("serve --urls", "moothall serve --help")]
    [InlineData("token create", "moothall token create --help")]
    [InlineData("token create --as amara-okafor --expires soon", "moothall token create --help")]
    [InlineData("replay one two", "moothall replay --help")]
    public async Task Wrong_usage_exits_2_and_says_where_help_is(string command, string help)
    {
        var ended = await program.Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ended.Code.ShouldBe(2);
        ended.Complained.ShouldContain(help);
    }

    [Theory]
    [InlineData("serve --demo --urls http://0.0.0.0:8099")]
    [InlineData("serve --demo --urls http://127.0.0.1:8099;http://*:8099")]
    [InlineData("serve --demo --urls http://[::]:8099")]
    [InlineData("serve --demo --environment Production")]
    [InlineData("serve --environment Demo --urls http://192.0.2.1:8099")]
    public async Task The_demo_is_refused_where_strangers_could_sign_in(string command)
    {
        var ended = await program.Run(command.Split(' '));
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldContain("--demo");
        Directory.Exists(Path.Combine(program.Folder, "data")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("serve --smtp-host mail.example --mail-from a@council.example --smtp-ca council/staff.yaml", "there is none in “council/staff.yaml”")]
    [InlineData("serve --smtp-host mail.example --mail-from a@council.example --smtp-ca council/none.pem", "cannot be read")]
    [InlineData("bounce council/staff.yaml", "not a delivery report")]
    [InlineData("serve --urls nonsense", "“nonsense” is not one")]
    [InlineData("serve --urls http://192.0.2.1:8099", "cannot listen on http://192.0.2.1:8099")]
    [InlineData("serve --queue localhost:5672", "--queue needs an address like amqp://user:password@localhost:5672/council")]
    [InlineData("serve --queue http://guest:s3cret@localhost/", "--queue needs an address like amqp://")]
    [InlineData("serve --queue amqp://localhost/ --queue-ca council/staff.yaml", "Write amqps:// in place of amqp://.")]
    [InlineData("serve --queue amqps://localhost/ --queue-ca council/staff.yaml", "queue-ca names a file with certificates in PEM form, and there is none in “council/staff.yaml”")]
    [InlineData("serve --node Town_Hall", "“Town_Hall” is not one")]
    [InlineData("serve --database Host=127.0.0.1;Port=1;Database=moothall;Username=moothall;Password=s3cret", "See that PostgreSQL runs, and that host, port, database, user and password in --database are right.")]
    [InlineData("serve --database Host=no-such-host.invalid;Database=moothall", "See that PostgreSQL runs")]
    [InlineData("serve --database Host=127.0.0.1;Databse=moothall", "--database has “databse”, and a connection string knows no such word. Did you mean “Database”?")]
    [InlineData("serve --database Nonsense=1;Host=127.0.0.1", "--database has “nonsense”")]
    [InlineData("serve --database Host=127.0.0.1;TargetSessionAttributes=primary", "--database needs a connection string")]
    [InlineData("serve --database nonsense", "--database needs a connection string")]
    [InlineData("publish --council nowhere", "There is no folder “nowhere”")]
    [InlineData("replay --data /dev/null/data", "")]
    public async Task What_cannot_be_done_is_a_sentence_and_exits_1(string command, string why)
    {
        var ended = await program.Run(command.Split(' '));
        ended.Code.ShouldBe(1, ended.Complained);
        ended.Complained.ShouldContain(why);
        ended.Complained.ShouldNotContain("   at ");
        ended.Complained.ShouldNotContain("s3cret");
        ended.Complained.Trim().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_just_now_is_given_again_by_the_mail_server()
    {
        var ended = await program.Run("bounce", "council/staff.yaml", "--database", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        ended.Code.ShouldBe(75, ended.Complained);
        ended.Complained.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Settings_also_come_from_the_environments_file()
    {
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "appsettings.json"), """{"environment": "Demo", "urls": "http://0.0.0.0:8099"}""", TestContext.Current.CancellationToken);
        (await program.Run("serve")).Complained.ShouldContain("--demo");
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "appsettings.json"), "{", TestContext.Current.CancellationToken);
        var broken = await program.Run("serve");
        broken.Code.ShouldBe(1);
        broken.Complained.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_token_is_printed_once_for_somebody_of_the_council_only()
    {
        var unknown = await program.Run("token", "create", "--as", "nobody-at-all");
        unknown.Code.ShouldBe(1);
        unknown.Complained.ShouldContain("Nobody is called “nobody-at-all”");
        unknown.Complained.ShouldContain("amara-okafor");
        var made = await program.Run("token", "create", "--as", "amara-okafor", "--expires", "1");
        made.Code.ShouldBe(0, made.Complained);
        made.Said.ShouldMatch("^mh_[A-Za-z0-9_-]{43}\r?\n$");
        (await File.ReadAllBytesAsync(Path.Combine(program.Folder, "data", "moothall.db"), TestContext.Current.CancellationToken)).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(made.Said.Trim())).ShouldBe(-1);
        (await program.Run("token", "create", "--as", "amara-okafor", "--expires", "0")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_link_is_printed_for_somebody_of_the_staff_only()
    {
        var unknown = await program.Run("staff", "invite", "nobody-at-all");
        unknown.Code.ShouldBe(1);
        unknown.Complained.ShouldContain("Nobody is called “nobody-at-all”");
        unknown.Complained.ShouldNotContain("history-import");
        (await program.Run("staff", "invite", "history-import")).Complained.ShouldContain("token create --as history-import");
        (await program.Run("staff", "invite", "amara-okafor", "--expires", "0")).Code.ShouldBe(1);
        (await program.Run("staff", "invite", "amara-okafor", "--expires", "soon")).Code.ShouldBe(2);
        var made = await program.Run("staff", "invite", "amara-okafor", "--expires", "24");
        made.Code.ShouldBe(0, made.Complained);
        made.Said.ShouldMatch("^http://wessex.localhost:8080/desk/invitation/[A-Za-z0-9_-]{32}\r?\n$");
        (await File.ReadAllBytesAsync(Path.Combine(program.Folder, "data", "moothall.db"), TestContext.Current.CancellationToken)).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(made.Said.Trim()[^32..])).ShouldBe(-1);
    }

    [Fact]
    public async Task Publishing_says_what_is_new_and_a_second_time_nothing()
    {
        var first = await program.Run("publish", "report-a-pothole");
        first.Code.ShouldBe(0, first.Complained);
        first.Said.ShouldContain("Published version 1 of report-a-pothole.");
        (await program.Run("publish", "report-a-pothole")).Said.ShouldNotContain("Published");
        (await program.Run("publish")).Said.ShouldContain("Published version 1 of make-a-complaint.");
        (await program.Run("publish", "sell-the-moon")).Code.ShouldBe(1);
        var broken = program.ServiceFile("report-a-pothole");
        await File.AppendAllTextAsync(broken, "colour: blue\n", TestContext.Current.CancellationToken);
        var refused = await program.Run("publish", "report-a-pothole");
        refused.Code.ShouldBe(1);
        refused.Said.ShouldContain("error:");
        refused.Said.ShouldNotContain("Published");
    }

    [Fact]
    public async Task A_service_whose_offer_lacks_a_price_or_how_to_pay_is_not_published_and_is_told_in_the_words_of_check()
    {
        var offers = Path.Combine(program.Folder, "council", "offers.yaml");
        var text = await File.ReadAllTextAsync(offers, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(offers, text.Replace("{first-bin: £52.00, another-bin: £40.00}", "{first-bin: £52.00}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        const string wrong = "`subscribe-to-garden-waste` charges the fee `another-bin`, but `wessex` does not say how much it is";
        var refused = await program.Run("publish", "subscribe-to-garden-waste");
        (refused.Code, refused.Said.Contains(wrong, StringComparison.Ordinal), refused.Said.Contains("Published", StringComparison.Ordinal)).ShouldBe((1, true, false), refused.Said + refused.Complained);
        var found = (await program.Run("check")).Said.Split('\n').Where(l => l.Contains(wrong, StringComparison.Ordinal)).ShouldHaveSingleItem();
        refused.Said.ShouldContain(found[found.IndexOf("error:", StringComparison.Ordinal)..].TrimEnd());
        (await program.Run("publish", "report-a-pothole")).Code.ShouldBe(0);
        await File.WriteAllTextAsync(offers, text, TestContext.Current.CancellationToken);
        (await program.Run("publish", "subscribe-to-garden-waste")).Said.ShouldContain("Published version 1 of subscribe-to-garden-waste.");
    }

    [Fact]
    public async Task A_replay_says_events_and_time_for_each_projection()
    {
        var ended = await program.Run("replay");
        ended.Code.ShouldBe(0, ended.Complained);
        ended.Said.Trim().Split('\n').ShouldAllBe(l => System.Text.RegularExpressions.Regex.IsMatch(l.Trim(), @"^[a-z-]+: [0-9]+ events, [0-9.]+ seconds, [0-9]+ events/s$"));
        var unknown = await program.Run("replay", "horoscope");
        unknown.Code.ShouldBe(1);
        unknown.Complained.ShouldContain("There is no projection “horoscope”. Known: ");
    }

    [Fact]
    public async Task A_setting_that_is_no_number_says_which_and_between_what()
    {
        program.Environment["MOOTHALL_REQUESTS_PER_PROGRAM"] = "lots";
        var ended = await program.Run("serve", "--urls", "http://127.0.0.1:0");
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldContain("The setting requests-per-program must be a whole number between 60 and");
        ended.Complained.ShouldContain("“lots” is not");
    }
}
