namespace Moothall.Web.Tests;

/// <summary>What was put into the outbox, as whoever it is for reads it.</summary>
public static class Mails
{
    /// <summary>The plain words of the newest mail to an address.</summary>
    public static async Task<string> MailTo(this RunningCouncil council, string address) => await council.House.Database.Read(session =>
        session.First($"select plain from message where address = {address} order by number desc limit 1", row => row.Text(0))) ?? throw new InvalidOperationException($"No mail to {address}.");

    /// <summary>The path of the first link of ours in a mail.</summary>
    public static string LinkIn(string mail, string path)
    {
        var at = mail.IndexOf(path, StringComparison.Ordinal);
        var end = mail.AsSpan(at).IndexOfAny(' ', '\n', '\r');
        return end < 0 ? mail[at..] : mail.Substring(at, end);
    }
}
