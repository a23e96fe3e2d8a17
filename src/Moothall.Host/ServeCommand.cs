using System.CommandLine;
using System.Net;
using Moothall.Definitions;

namespace Moothall.Host;

/// <summary>`moothall serve`: one node.</summary>
static class ServeCommand
{
    public static readonly Option<string?> Queue = new("--queue") { Description = Phrases.Mark("The address of a RabbitMQ that carries events out and in: amqp://user:password@host:5672/virtual-host, or amqps:// with TLS") };
    public static readonly Option<string?> QueueCa = new("--queue-ca") { Description = Phrases.Mark("A PEM file with the certificate that RabbitMQ's is issued by, or its own, where this machine does not trust it.") };
    public static readonly Option<string?> Scanner = new("--scanner") { Description = Phrases.Mark("Where ClamAV's clamd listens, which looks for viruses in files that people send: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310") };
    public static readonly Option<string?> Node = new("--node") { Description = Phrases.Mark("What this node is called; no two nodes of a council have one name. Default: the machine's name and some letters.") };

    public static Command Make()
    {
        var urls = new Option<string?>("--urls") { Description = Phrases.Mark("The address to listen on. Default: http://127.0.0.1:8080") };
        var environment = new Option<string?>("--environment") { Description = Phrases.Mark("The .NET environment: Production (default) or Development.") };
        var demo = new Option<bool>("--demo") { Description = Phrases.Mark("Example staff sign in by choosing a name; on loopback addresses only.") };
        var command = new Command("serve", Phrases.Mark("Serves the council."))
        {
            urls, CommandLine.Data, CommandLine.Database, Queue, QueueCa, Scanner, Node, CommandLine.Services, CommandLine.Council, demo, environment,
        };
        foreach (var option in MailSettings.Options.Values) command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            var explicitly = parsed.GetValue(environment);
            var isDemo = parsed.GetValue(demo);
            var settings = Settings.From(parsed, urls, isDemo ? "Demo" : explicitly);
            if (settings.IsDemo && explicitly is not null && explicitly != "Demo")
                throw new CommandRefused(new Message("--demo cannot be used with --environment {environment}: it lets anybody sign in as staff. Leave one of them out.", ("environment", explicitly)));
            if (settings.Urls.Split(';').FirstOrDefault(u => !IsAddress(u)) is { } wrong)
                throw new CommandRefused(new Message("--urls needs addresses like http://127.0.0.1:8080, and “{address}” is not one.", ("address", wrong)));
            if (settings.IsDemo && settings.Urls.Split(';').FirstOrDefault(u => !IsLoopback(u)) is { } open)
                throw new CommandRefused(new Message("--demo serves loopback addresses only, because it lets anybody sign in as staff; {address} is not one. Use http://127.0.0.1:8080, or leave --demo out.", ("address", open)));
            AnswerWhereHeard(settings);
            await using var serving = await Serving.Start(settings, cancel: cancel);
            await Console.Error.WriteLineAsync(CommandLanguage.Say("Moothall serves {addresses}. Stop it with Ctrl+C.", ("addresses", Message.List([.. serving.Addresses]).In(CommandLanguage.Spoken))));
            Systemd.SayReady();
            await serving.UntilStopped(settings.Leave, cancel);
            return serving.Node.Lost.IsCompleted ? 1 : 0;
        });
        return command;
    }

    // docs/adr/0039: on SQLite the thread that hears a request answers it. The framework looks for that in the environment alone, when its first socket is made; whoever set it has the last word.
    static void AnswerWhereHeard(Settings settings)
    {
        const string name = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
        if (settings.Database is null && Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, "1");
    }

    // `*` and `+` stand for every address of this machine.
    static bool IsAddress(string url) =>
        Uri.TryCreate(url.Trim().Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri.Scheme is ("http" or "https") && uri.AbsolutePath == "/";

    internal static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) && (uri.Host is "localhost" || uri.Host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
