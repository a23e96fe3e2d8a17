using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Moothall.Definitions;

namespace Moothall.Adapters.Smtp;

/// <summary>An answer of a mail server: its number and its words.</summary>
sealed record SmtpAnswer(int Code, string Words)
{
    public bool IsGood => Code is >= 200 and < 400;
    public bool IsForNow => Code is >= 400 and < 500;
}

/// <summary>The server did not speak as SMTP does, or hung up.</summary>
sealed class SmtpBroken(Message why) : IOException(why.ToString())
{
    public Message Why => why;
}

/// <summary>One connection to a mail server (RFC 5321): a line there, an answer back, each within a time.</summary>
sealed class SmtpConversation(Stream stream, TimeSpan patience) : IAsyncDisposable
{
    /// <summary>The longest line, and how much of an answer is kept.</summary>
    const int MostKept = 16_384;
    /// <summary>The longest answer that is listened to: what comes after the message was taken must be heard to its end, or the message is sent twice.</summary>
    const int LongestAnswer = 1_048_576;
    readonly byte[] buffer = new byte[1024];
    Stream stream = stream;
    int filled, read;

    /// <summary>Connects, with TLS from the first byte where that is wanted.</summary>
    public static async Task<SmtpConversation> Connect(SmtpSettings settings, CancellationToken cancel)
    {
        var socket = new TcpClient();
        try
        {
            using var limit = Limit(settings.Patience, cancel);
            await socket.ConnectAsync(settings.Host, settings.Port, limit.Token);
            var conversation = new SmtpConversation(socket.GetStream(), settings.Patience);
            if (settings.Tls == SmtpTls.Implicit) await conversation.Encrypt(settings, cancel);
            return conversation;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Goes on under TLS; the server's certificate must be good for its name.</summary>
    public async Task Encrypt(SmtpSettings settings, CancellationToken cancel)
    {
        // What a man in the middle sent before the encryption must not count as sent under it (CVE-2011-0411).
        if (read < filled) throw new SmtpUnsafe(new Message("The mail server {server} said more than it was asked before the connection was encrypted, so nothing was sent. Somebody may be changing what it says.", ("server", settings.Host)));
        using var limit = Limit(patience, cancel);
        stream = await SmtpEncryption.Begin(stream, settings, limit.Token);
    }

    /// <summary>Sends a line and waits for the answer.</summary>
    public async Task<SmtpAnswer> Say(string line, CancellationToken cancel)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n') >= 0) throw new ArgumentException("A line of SMTP has no line end in it.", nameof(line));
        await Write(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);
        return await Answer(patience, cancel);
    }

    /// <summary>Sends bytes without waiting for an answer.</summary>
    public async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var limit = Limit(patience, cancel);
        await stream.WriteAsync(bytes, limit.Token);
        await stream.FlushAsync(limit.Token);
    }

    /// <summary>Reads an answer of one or several lines.</summary>
    public async Task<SmtpAnswer> Answer(TimeSpan within, CancellationToken cancel)
    {
        using var limit = Limit(within, cancel);
        var words = new List<string>();
        var length = 0;
        while (true)
        {
            var line = await Line(limit.Token);
            length += line.Length;
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || length > LongestAnswer)
                throw new SmtpBroken(new Message("It does not answer like a mail server."));
            if (length <= MostKept) words.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new SmtpAnswer(code, string.Join('\n', words));
        }
    }

    async Task<string> Line(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (read == filled)
            {
                (read, filled) = (0, await stream.ReadAsync(buffer, cancel));
                if (filled == 0) throw new SmtpBroken(new Message("It hung up."));
            }
            var c = (char)buffer[read++];
            if (c == '\n') return line.ToString().TrimEnd('\r');
            line.Append(char.IsControl(c) && c != '\r' ? ' ' : c);
            if (line.Length > MostKept) throw new SmtpBroken(new Message("It does not answer like a mail server."));
        }
    }

    static CancellationTokenSource Limit(TimeSpan within, CancellationToken cancel)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        return limit;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
