using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Moothall.Definitions;
using Moothall.Notifications;
using NodaTime;

namespace Moothall.Adapters.Smtp;

/// <summary>
/// Hands messages to the council's mail server by SMTP. What is refused for good (5xx) is told from what is refused for now (4xx), and a fault of the server
/// as a whole from one of a single message, because the first must not be tried again and the second must not be lost.
/// </summary>
public sealed class SmtpMailer(SmtpSettings settings, IClock clock) : IMailer
{
    /// <summary>A step of the conversation that the server refused.</summary>
    sealed class Refused(MailOutcome outcome) : Exception
    {
        public MailOutcome Outcome => outcome;
    }

    public async Task<MailOutcome> Send(Letter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (!MailWriter.IsAddress(letter.To)) return new(MailFault.ForGood, Trouble.RefusedAddress, new Message("It is not written like an e-mail address."));
        return await Talk(async server =>
        {
            var utf8 = letter.To.Any(c => c > 126);
            if (utf8 && !server.Offers("SMTPUTF8")) throw new Refused(new(MailFault.ForGood, Trouble.RefusedAddress, new Message("The mail server cannot send to an address with such letters (SMTPUTF8).")));
            var from = settings.Bounces is { } bounces ? bounces.Insert(bounces.LastIndexOf('@'), "+" + letter.Token) : settings.From;
            Must(await server.Talk.Say($"MAIL FROM:<{from}>{(utf8 ? " SMTPUTF8" : "")}", cancel), letter, Trouble.RefusedUs, MailFault.Server);
            var taken = await server.Talk.Say($"RCPT TO:<{letter.To}>", cancel);
            Must(taken, letter, IsAboutTheAddress(taken) ? Trouble.RefusedAddress : Trouble.RefusedMessage, MailFault.ForGood);
            Must(await server.Talk.Say("DATA", cancel), letter, Trouble.RefusedMessage, MailFault.ForGood);
            await server.Talk.Write(MailWriter.Write(letter, settings.From, clock.GetCurrentInstant()), cancel);
            Must(await server.Talk.Answer(settings.PatienceAfterData, cancel), letter, Trouble.RefusedMessage, MailFault.ForGood);
            await Quit(server.Talk, cancel);
            return MailOutcome.Sent;
        }, letter, cancel);
    }

    public async Task<Message?> Check(CancellationToken cancel)
    {
        var outcome = await Talk(async server =>
        {
            await Quit(server.Talk, cancel);
            return MailOutcome.Sent;
        }, null, cancel);
        return outcome.Words;
    }

    /// <summary>A server that has greeted us and knows who we are, with what it offers.</summary>
    sealed record Greeted(SmtpConversation Talk, IReadOnlySet<string> Extensions)
    {
        public bool Offers(string extension) => Extensions.Contains(extension);
    }

    async Task<MailOutcome> Talk(Func<Greeted, Task<MailOutcome>> work, Letter? letter, CancellationToken cancel)
    {
        // Whoever is on the way could read it.
        if (settings is { User: not null, Tls: SmtpTls.None, IsOnThisMachine: false })
            return new(MailFault.Server, Trouble.RefusedUs, new Message("smtp-tls is none and the mail server {server} is not on this machine, so the password was not sent. Set smtp-tls to required.", ("server", settings.Host)));
        try
        {
            await using var conversation = await SmtpConversation.Connect(settings, cancel);
            return await work(await Greet(conversation, cancel));
        }
        catch (Refused refused)
        {
            return refused.Outcome;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(MailFault.Server, Trouble.Slow, settings is { Port: 465, Tls: not SmtpTls.Implicit }
                ? new Message("The mail server {server} did not answer within {seconds, plural, one {# second} other {# seconds}}. On port 465 it waits for encryption first: set smtp-tls to implicit.", ("server", settings.Host), ("seconds", (int)settings.Patience.TotalSeconds))
                : new Message("The mail server {server} did not answer within {seconds, plural, one {# second} other {# seconds}}. Look whether it is overloaded.", ("server", settings.Host), ("seconds", (int)settings.Patience.TotalSeconds)));
        }
        catch (SmtpUnsafe unsafeNow)
        {
            return new(MailFault.Server, Trouble.RefusedUs, unsafeNow.Why);
        }
        catch (SmtpBroken broken)
        {
            return new(MailFault.Server, Trouble.Down, new Message("The talk with the mail server {server} on port {port} broke off: {why}", ("server", settings.Host), ("port", settings.Port.ToString(CultureInfo.InvariantCulture)), ("why", broken.Why)));
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return new(MailFault.Server, Trouble.Down, new Message("The mail server {server} on port {port} cannot be reached: {why}", ("server", settings.Host), ("port", settings.Port.ToString(CultureInfo.InvariantCulture)), ("why", Without(broken.Message, letter))));
        }
    }

    async Task<Greeted> Greet(SmtpConversation conversation, CancellationToken cancel)
    {
        Must(await conversation.Answer(settings.Patience, cancel), null, Trouble.RefusedUs, MailFault.Server);
        var offers = await Hello(conversation, cancel);
        var encrypted = settings.Tls == SmtpTls.Implicit;
        if (settings.Tls is SmtpTls.Required or SmtpTls.IfOffered && offers.ContainsKey("STARTTLS"))
        {
            Must(await conversation.Say("STARTTLS", cancel), null, Trouble.RefusedUs, MailFault.Server);
            await conversation.Encrypt(settings, cancel);
            offers = await Hello(conversation, cancel);
            encrypted = true;
        }
        else if (settings.Tls == SmtpTls.Required)
            throw new Refused(new(MailFault.Server, Trouble.RefusedUs, new Message("The mail server {server} does not offer to encrypt the connection (STARTTLS). Set smtp-tls to none only where it is on this machine.", ("server", settings.Host))));
        if (settings.User is { } user) await SignIn(conversation, user, offers.GetValueOrDefault("AUTH", ""), encrypted, cancel);
        return new Greeted(conversation, offers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    // A policy ("relaying denied", 5.7.1) says nothing about whether the address exists (RFC 3463); without such a code 550, 551 and 553 do.
    static bool IsAboutTheAddress(SmtpAnswer answer) => answer.Words.StartsWith("5.", StringComparison.Ordinal)
        ? answer.Words.StartsWith("5.1.", StringComparison.Ordinal) || answer.Words.StartsWith("5.2.1", StringComparison.Ordinal) : answer.Code is 550 or 551 or 553;

    async Task<Dictionary<string, string>> Hello(SmtpConversation conversation, CancellationToken cancel)
    {
        var answer = await conversation.Say("EHLO " + settings.From[(settings.From.LastIndexOf('@') + 1)..], cancel);
        Must(answer, null, Trouble.RefusedUs, MailFault.Server);
        return answer.Words.Split('\n').Skip(1).Select(line => line.Trim().Split(' ', 2)).GroupBy(w => w[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First() is [_, var more] ? more : "", StringComparer.OrdinalIgnoreCase);
    }

    async Task SignIn(SmtpConversation conversation, string user, string ways, bool encrypted, CancellationToken cancel)
    {
        if (!encrypted && settings.Tls != SmtpTls.None)
            throw new Refused(new(MailFault.Server, Trouble.RefusedUs, new Message("The mail server {server} does not offer to encrypt the connection, so the password was not sent.", ("server", settings.Host))));
        var offered = ways.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        SmtpAnswer answer;
        if (offered.Contains("PLAIN", StringComparer.OrdinalIgnoreCase) || offered.Length == 0)
            answer = await conversation.Say("AUTH PLAIN " + Encoded($"\0{user}\0{settings.Password}"), cancel);
        else
        {
            Must(await conversation.Say("AUTH LOGIN", cancel), null, Trouble.RefusedUs, MailFault.Server);
            Must(await conversation.Say(Encoded(user), cancel), null, Trouble.RefusedUs, MailFault.Server);
            answer = await conversation.Say(Encoded(settings.Password ?? ""), cancel);
        }
        if (!answer.IsGood)
            throw new Refused(new(MailFault.Server, Trouble.RefusedUs, new Message("The mail server does not know us ({code}). Check smtp-user and smtp-password.", ("code", answer.Code.ToString(CultureInfo.InvariantCulture)))));
    }

    static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // The message was taken: whatever is said to goodbye changes nothing.
    static async Task Quit(SmtpConversation conversation, CancellationToken cancel)
    {
        try
        {
            await conversation.Say("QUIT", cancel);
        }
        catch (Exception impolite) when (impolite is IOException or OperationCanceledException) { /* It hung up without a word. */ }
    }

    static void Must(SmtpAnswer answer, Letter? letter, string trouble, MailFault forGood)
    {
        if (answer.IsGood) return;
        var said = $"{answer.Code} {Without(answer.Words.ReplaceLineEndings(" "), letter)}".Trim();
        // 421: the server is closing down or has had enough of us, whatever it was asked (RFC 5321, 3.8).
        if (answer.Code == 421) throw new Refused(new(MailFault.Server, Trouble.Busy, new Message("The mail server asks to come back later: {said}", ("said", said))));
        if (answer.IsForNow) throw new Refused(new(forGood == MailFault.Server ? MailFault.Server : MailFault.ForNow, Trouble.Busy, new Message("The mail server asks to come back later: {said}", ("said", said))));
        throw new Refused(new(forGood, trouble, trouble switch
        {
            Trouble.RefusedAddress => new Message("The mail server refused the address: {said}", ("said", said)),
            Trouble.RefusedMessage => new Message("The mail server refused the message: {said}", ("said", said)),
            _ => new Message("The mail server does not take mail from us: {said}", ("said", said)),
        }));
    }

    static string Without(string words, Letter? letter)
    {
        var kept = letter is null ? words : words.Replace(letter.To, "the address", StringComparison.OrdinalIgnoreCase);
        return kept.Length <= 400 ? kept : kept[..400];
    }
}
