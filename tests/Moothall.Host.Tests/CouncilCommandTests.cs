using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>A council of one's own: made by one command, right at once, and served.</summary>
public sealed class CouncilCommandTests : IDisposable
{
    static readonly string[] Wexham =
    [
        "--name", "Little Wexham's Town Council", "--public-address", "http://www.littlewexham.example", "--phone", "01632 960300", "--email", "help@littlewexham.example", "--administrator", "Siân O'Brien",
    ];

    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_new_council_passes_the_check_and_serves_its_own_name()
    {
        var made = await program.Run(["council", "create", "mine", .. Wexham]);
        made.Code.ShouldBe(0, made.Complained);
        made.Said.ShouldContain("moothall staff invite sian-o-brien");
        var check = await program.Run("check", "--council", "mine/council", "--services", "mine/services");
        check.Complained.ShouldContain("Nothing to mend.");
        (await program.Run("publish", "--council", "mine/council", "--services", "mine/services", "--data", "mine/data")).Code.ShouldBe(0);

        using var server = await program.Serve("--council", "mine/council", "--services", "mine/services", "--data", "mine/data");
        using var http = new HttpClient { BaseAddress = server.Address };
        System.Net.WebUtility.HtmlDecode(await http.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain("Little Wexham's Town Council");
        (await http.GetStringAsync("/services/report-a-pothole", TestContext.Current.CancellationToken)).ShouldContain("01632 960300");
    }

    [Theory]
    [InlineData("--colour", "#ffee00", "White words cannot be read on the brand colour #ffee00. Choose a darker one.")]
    [InlineData("--public-address", "littlewexham", "--public-address needs an address like https://www.example.org")]
    public async Task What_cannot_be_is_refused_and_nothing_is_written(string option, string value, string why)
    {
        var at = Array.IndexOf(Wexham, option);
        string[] options = at < 0 ? [.. Wexham, option, value] : [.. Wexham[..(at + 1)], value, .. Wexham[(at + 2)..]];
        var refused = await program.Run(["council", "create", "mine", .. options]);
        refused.Code.ShouldBe(1);
        refused.Complained.ShouldContain(why);
        Directory.Exists(Path.Combine(program.Folder, "mine")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_in_use_is_left_alone()
    {
        var refused = await program.Run(["council", "create", "council", .. Wexham]);
        refused.Code.ShouldBe(1);
        refused.Complained.ShouldContain("holds something already");
    }

    [Fact]
    public async Task Behind_a_proxy_on_this_machine_a_page_knows_that_it_was_asked_for_over_HTTPS()
    {
        using var server = await program.Serve("--demo");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/services/report-a-pothole/questions/where") { Headers = { Host = "www.littlewexham.example" } };
        asked.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await http.SendAsync(asked, TestContext.Current.CancellationToken);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase));
        answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
    }
}
