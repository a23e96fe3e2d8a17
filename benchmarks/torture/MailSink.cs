using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Moothall.Torture;

/// <summary>A mail server that takes everything and remembers to whom which reference was told.</summary>
sealed partial class MailSink : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource over = new();

    public MailSink()
    {
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Each mail: to whom, and every reference that stands in it.</summary>
    public ConcurrentBag<(string To, string[] References)> Mails { get; } = [];

    async Task Accept()
    {
        while (!over.IsCancellationRequested)
            try
            {
                var client = await listener.AcceptTcpClientAsync(over.Token);
                _ = Talk(client);
            }
            catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
    }

    async Task Talk(TcpClient client)
    {
        using (client)
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 torture");
                var to = "";
                while (await reader.ReadLineAsync(over.Token) is { } line)
                {
                    if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to = line[8..].Trim(' ', '<', '>');
                    if (line.Equals("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        await writer.WriteLineAsync("354 go on");
                        var mail = new StringBuilder();
                        while (await reader.ReadLineAsync(over.Token) is { } text && text != ".") mail.Append(text).Append('\n');
                        Mails.Add((to, ReferencesIn(mail.ToString())));
                        await writer.WriteLineAsync("250 taken");
                    }
                    else if (line.Equals("QUIT", StringComparison.OrdinalIgnoreCase))
                    {
                        await writer.WriteLineAsync("221 bye");
                        return;
                    }
                    else await writer.WriteLineAsync("250 fine");
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
            {
                // Hung up: not taken, and it comes again.
            }
    }

    static string[] ReferencesIn(string mail)
    {
        var words = new StringBuilder();
        foreach (Match part in Base64Part().Matches(mail))
            words.Append(Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value.Replace("\n", "", StringComparison.Ordinal)))).Append('\n');
        return [.. Reference().Matches(words.ToString()).Select(m => m.Value).Distinct()];
    }

    [GeneratedRegex(@"Content-Transfer-Encoding: base64\n\n([A-Za-z0-9+/=\n]+)")]
    private static partial Regex Base64Part();

    [GeneratedRegex(@"\bPOT-[0-9A-Z]{4}-[0-9A-Z]{4}\b")]
    private static partial Regex Reference();

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        over.Dispose();
    }
}
