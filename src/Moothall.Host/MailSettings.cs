using System.CommandLine;
using System.Globalization;
using Moothall.Adapters.Smtp;

namespace Moothall.Host;

/// <summary>Reads where the council's mail server is. The password is no option of the command line, where other people of the machine would read it.</summary>
static class MailSettings
{
    /// <summary>The options of `serve`, by the name of the setting.</summary>
    public static readonly IReadOnlyDictionary<string, Option<string?>> Options = new[]
    {
        new Option<string?>("--smtp-host") { Description = "The council's mail server. Without one, messages wait." },
        new Option<string?>("--smtp-port") { Description = "Its port. Default: 587, or 465 where smtp-tls is implicit." },
        new Option<string?>("--smtp-user") { Description = "Who signs in there. The password is read from MOOTHALL_SMTP_PASSWORD or appsettings.json." },
        new Option<string?>("--smtp-tls") { Description = "if-offered (default), required, implicit or none." },
        new Option<string?>("--smtp-ca") { Description = "A PEM file with the certificate that the mail server's is issued by, or its own, where this machine does not trust it." },
        new Option<string?>("--mail-from") { Description = "The address that messages come from." },
        new Option<string?>("--mail-bounces") { Description = "The address that undelivered mails come back to, with +NAME added before the @. Default: mail-from, as it is." },
    }.ToDictionary(o => o.Name[2..]);

    public static SmtpSettings? From(Func<string, string?> setting)
    {
        if (setting("smtp-host") is not { Length: > 0 } host) return null;
        var tls = setting("smtp-tls") switch
        {
            null or "" or "if-offered" => SmtpTls.IfOffered,
            "required" => SmtpTls.Required,
            "implicit" => SmtpTls.Implicit,
            "none" => SmtpTls.None,
            var other => throw new CommandRefused($"smtp-tls is if-offered, required, implicit or none, and not “{other}”."),
        };
        var port = setting("smtp-port") is not { Length: > 0 } written ? tls == SmtpTls.Implicit ? 465 : 587
            : int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? number
            : throw new CommandRefused($"smtp-port is a number like 587, and not “{written}”.");
        return new SmtpSettings
        {
            Host = host, Port = port, Tls = tls, User = setting("smtp-user") is { Length: > 0 } user ? user : null, Password = setting("smtp-password"),
            From = Address("mail-from") ?? throw new CommandRefused("smtp-host is set, so mail-from is needed too: the address that messages come from, like no-reply@council.example."),
            Bounces = Address("mail-bounces"), TrustedOnly = setting("smtp-ca") is { Length: > 0 } file ? PemFile.Certificates("smtp-ca", file) : null,
        };

        string? Address(string name) => setting(name) is not { Length: > 0 } address ? null
            : MailWriter.IsAddress(address) ? address : throw new CommandRefused($"{name} is an e-mail address like no-reply@council.example, and not “{address}”.");
    }
}
