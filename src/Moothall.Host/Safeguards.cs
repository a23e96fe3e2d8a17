using System.Net;
using Moothall.Adapters.Smtp;
using Moothall.Definitions;
using Npgsql;

namespace Moothall.Host;

/// <summary>
/// What of a serving council is not guarded as it should be, each with the mend: a connection that can be read or that does not prove who answers, wherever it leads outside this machine, and what has not
/// been set that keeps a council safe. Said in the log at the start and on the page of what runs; nothing of it stands in the way of the demo or of a first try.
/// </summary>
static class Safeguards
{
    /// <summary>What is missing.</summary>
    public static IReadOnlyList<Message> Missing(Settings settings)
    {
        if (settings.IsDemo || settings.Preview is not null) return [];
        return [.. Of(settings).OfType<Message>()];
    }

    static IEnumerable<Message?> Of(Settings settings)
    {
        yield return settings.Database is { } connection ? OfDatabase(connection) : null;
        if (settings.Queue is { IsEncrypted: false } queue && !IsHere(queue.Host))
            yield return new Message("The connection to RabbitMQ at {host} is not encrypted, and anybody on the way reads events and the password. Write amqps:// in --queue.", ("host", queue.Host));
        if (settings.Smtp is { Tls: SmtpTls.None or SmtpTls.IfOffered } mail && !IsHere(mail.Host))
            yield return new Message("Mails go to {host} without encryption where nothing better is offered, and somebody on the way can see to that. Set smtp-tls to required, or to implicit.", ("host", mail.Host));
        if (settings.Scanner is { IsOnThisMachine: false } scanner)
            yield return new Message("Files go to ClamAV at {host} without encryption, which it does not know. Run clamd on this machine, or lead the connection through a tunnel.", ("host", scanner.Host));
        if (settings.Telemetry is { Scheme: "http" } collector && !IsHere(collector.Host))
            yield return new Message("Traces and measures go to {host} without encryption. Write https:// in the setting telemetry.", ("host", collector.Host));
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && !ServeCommand.IsLoopback(url))
                yield return new Message("Pages are served at {address} without encryption. Let the server that ends TLS run on this machine and listen on 127.0.0.1 only, or give this one a certificate and an address with https.", ("address", url));
        if (settings.KeyRing.IsEmpty)
            yield return new Message("The keys that seal cookies and kept forms stand in the store as they are: whoever reads the store or a backup can make them. Set key-ring-key; docs/how-to/security.md says how.");
        if (settings.Scanner is null)
            yield return new Message("Nobody looks for viruses in files that people send. Install ClamAV and set scanner.");
    }

    static Message? OfDatabase(string connection)
    {
        NpgsqlConnectionStringBuilder database;
        try
        {
            database = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException)
        {
            return null; // It is refused when it is opened.
        }
        var hosts = (database.Host ?? "localhost").Split(',', StringSplitOptions.TrimEntries);
        if (hosts.All(h => h.StartsWith('/') || IsHere(h.Split(':')[0]))) return null;
        return database.SslMode switch
        {
            SslMode.VerifyFull => null,
            SslMode.VerifyCA => new Message("The connection to PostgreSQL at {host} does not prove that it is that very machine. Write SSL Mode=VerifyFull into --database.", ("host", string.Join(", ", hosts))),
            SslMode.Require => new Message("The connection to PostgreSQL at {host} is encrypted, but nobody proves who answers. Write SSL Mode=VerifyFull and Root Certificate=FILE into --database.", ("host", string.Join(", ", hosts))),
            _ => new Message("The connection to PostgreSQL at {host} may be without encryption, and nobody proves who answers. Write SSL Mode=VerifyFull and Root Certificate=FILE into --database.", ("host", string.Join(", ", hosts))),
        };
    }

    static bool IsHere(string host) => host is "localhost" or "" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
