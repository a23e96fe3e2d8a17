using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Moothall.Host.Tests;

/// <summary>Secrets come from the environment or from files, and the program writes none of them down, whatever goes wrong.</summary>
public sealed class SecretsTests : IDisposable
{
    const string Key = "c2VjcmV0LXJpbmctMDEyMzQ1Njc4OWFiY2RlZmdoaWo=";
    static readonly string[] Secrets = ["s3cret-mail", "s3cret-queue", "s3cret-base", Key];
    readonly CommandLineProgram program = new();

    public void Dispose() => program.Dispose();

    static void NoneIn(IEnumerable<string> lines)
    {
        foreach (var line in lines) foreach (var secret in Secrets) line.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_council_that_serves_with_secrets_writes_none_of_them_down()
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(program.Folder, "queue-address");
        await File.WriteAllTextAsync(file, "amqp://council:s3cret-queue@127.0.0.1:1/x\n", cancel);
        program.Environment["MOOTHALL_QUEUE_FILE"] = file;
        program.Environment["MOOTHALL_SMTP_HOST"] = "127.0.0.1";
        program.Environment["MOOTHALL_SMTP_PORT"] = "1";
        program.Environment["MOOTHALL_SMTP_USER"] = "council";
        program.Environment["MOOTHALL_SMTP_PASSWORD"] = "s3cret-mail";
        program.Environment["MOOTHALL_MAIL_FROM"] = "no-reply@council.example";
        program.Environment["MOOTHALL_KEY_RING_KEY"] = Key;
        using var server = await program.Serve("--environment", "Development");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var made = await http.PostAsJsonAsync("/api/v1/services/report-a-pothole/cases", new { channel = "web", answers = new { where = new { text = "Mill Lane, Grove" }, size = "small", you = new { name = "A B", email = "a@mail.example" } } }, cancel);
        made.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var path in (string[])["/", "/desk", "/desk/sign-in", "/health/ready", "/health/live", "/openapi/v1.json", "/api/v1/desk/cases", "/no/such"])
        {
            using var answer = await http.GetAsync(path, cancel);
            NoneIn([await answer.Content.ReadAsStringAsync(cancel), answer.Headers.ToString()]);
        }
        await server.Says("RabbitMQ");
        // To anybody a node says that it serves, and nothing of how it is made.
        var ready = await http.GetFromJsonAsync<JsonElement>("/health/ready", cancel);
        ready.GetProperty("status").GetString().ShouldBe("ok");
        ready.GetProperty("warnings").GetArrayLength().ShouldBe(0);
        foreach (var path in (string[])["/metrics", "/health", "/health/startup", "/debug", "/actuator", "/.env", "/appsettings.json"])
            using (var none = await http.GetAsync(path, cancel)) none.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, path);
        NoneIn(server.Lines);
    }

    [Theory]
    [InlineData("MOOTHALL_DATABASE", "Host=127.0.0.1;Port=1;Username=m;Password=s3cret-base;Database=m")]
    [InlineData("MOOTHALL_DATABASE", "Host=127.0.0.1;Passwort=s3cret-base")]
    [InlineData("MOOTHALL_QUEUE", "amqp:/council:s3cret-queue@127.0.0.1")]
    [InlineData("MOOTHALL_KEY_RING_KEY", Key + "x")]
    public async Task A_start_that_is_refused_says_why_and_not_the_secret(string variable, string value)
    {
        program.Environment[variable] = value;
        var ended = await program.Run("serve", "--urls", "http://127.0.0.1:0");
        ended.Code.ShouldBe(1);
        ended.Complained.Trim().ShouldNotBeEmpty();
        NoneIn([ended.Complained, ended.Said]);
        ended.Complained.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_file_that_is_named_for_a_secret_and_cannot_be_read_is_said()
    {
        program.Environment["MOOTHALL_KEY_RING_KEY_FILE"] = Path.Combine(program.Folder, "nothing-here");
        var ended = await program.Run("serve", "--urls", "http://127.0.0.1:0");
        ended.Code.ShouldBe(1);
        ended.Complained.ShouldContain("The setting key-ring-key-file names the file");
    }
}
