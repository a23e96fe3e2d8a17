using System.Globalization;
using System.Text;
using Moothall.Notifications;
using NodaTime;
using NodaTime.Text;

namespace Moothall.Adapters.Smtp;

/// <summary>
/// A message in the form of RFC 5322 and MIME: plain text and HTML side by side. Every value of a header is encoded or refused, so that none can begin a
/// header of its own.
/// </summary>
public static class MailWriter
{
    static readonly InstantPattern Date = InstantPattern.Create("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Whether it can stand between the brackets of SMTP: no spaces, no control characters, one place, one domain.</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 2 and <= 254 && text.LastIndexOf('@') is > 0 and var at && at < text.Length - 1 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"')
        && text.IndexOf('@', StringComparison.Ordinal) == at;

    /// <summary>The whole message as it goes over the wire, to the closing dot.</summary>
    internal static byte[] Write(Letter letter, string from, Instant now)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..];
        var text = new StringBuilder();
        Header("Date", Date.Format(now));
        Header("From", $"{Words(letter.FromName)} <{from}>");
        Header("To", $"<{letter.To}>");
        if (IsAddress(letter.ReplyTo)) Header("Reply-To", $"<{letter.ReplyTo}>");
        Header("Subject", Words(letter.Subject));
        // The same over all attempts: whoever gets it twice is shown it once.
        Header("Message-ID", $"<moothall-{letter.Token}@{domain}>");
        // RFC 3834: nobody's absence note answers it.
        Header("Auto-Submitted", "auto-generated");
        Header("Content-Language", letter.Language);
        if (letter.StopLink is { } stop)
        {
            Header("List-Unsubscribe", $"<{stop}>");
            // RFC 8058: the mail program may stop them with one click.
            Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Header("MIME-Version", "1.0");
        var border = $"part-{letter.Token}";
        if (letter.Attachment is { } file)
        {
            Header("Content-Type", $"multipart/mixed; boundary=\"all-{border}\"");
            text.Append("\r\n--all-").Append(border).Append("\r\n");
            Alternatives();
            text.Append("--all-").Append(border).Append("\r\n");
            Header("Content-Type", file.Kind);
            Header("Content-Disposition", $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}");
            Body(file.Content);
            text.Append("--all-").Append(border).Append("--\r\n");
        }
        else Alternatives();
        text.Append(".\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());

        void Alternatives()
        {
            Header("Content-Type", $"multipart/alternative; boundary=\"{border}\"");
            text.Append("\r\n--").Append(border).Append("\r\n");
            Header("Content-Type", "text/plain; charset=utf-8");
            Body(Encoding.UTF8.GetBytes(letter.Plain.ReplaceLineEndings("\r\n")));
            text.Append("--").Append(border).Append("\r\n");
            Header("Content-Type", "text/html; charset=utf-8");
            Body(Encoding.UTF8.GetBytes(letter.Html.ReplaceLineEndings("\r\n")));
            text.Append("--").Append(border).Append("--\r\n");
        }

        void Header(string name, string value)
        {
            if (value.Any(char.IsControl)) value = string.Concat(value.Where(c => !char.IsControl(c)));
            text.Append(name).Append(": ").Append(value.Replace("?= =?", "?=\r\n =?", StringComparison.Ordinal)).Append("\r\n");
        }

        void Body(byte[] bytes)
        {
            Header("Content-Transfer-Encoding", "base64");
            text.Append("\r\n");
            foreach (var line in Convert.ToBase64String(bytes).Chunk(76)) text.Append(line).Append("\r\n");
        }
    }

    /// <summary>Words in a header, in RFC 2047's form; each piece is short enough for a line.</summary>
    static string Words(string text)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (plain.Length <= 60 && plain.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '\'' or '!')) return plain;
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(piece.ToString()) + rune.Utf8SequenceLength > 42)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            piece.Append(rune);
        }
        pieces.Add(piece.ToString());
        return string.Join(' ', pieces.Select(p => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(p))}?="));
    }
}
