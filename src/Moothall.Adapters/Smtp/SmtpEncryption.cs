using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Moothall.Definitions;
using NodaTime;

namespace Moothall.Adapters.Smtp;

/// <summary>The connection cannot be kept from being read or changed, so nothing goes over it.</summary>
sealed class SmtpUnsafe(Message why) : IOException(why.ToString())
{
    public Message Why => why;
}

/// <summary>Begins TLS with a mail server, and says in words what is wrong with its certificate.</summary>
static class SmtpEncryption
{
    /// <summary>The encrypted stream; the one below it is disposed of with it, also when this fails.</summary>
    public static async Task<Stream> Begin(Stream below, SmtpSettings settings, CancellationToken cancel)
    {
        Message? wrong = null;
        var secured = new SslStream(below);
        try
        {
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                CertificateChainPolicy = ServerCertificates.Policy(settings.TrustedOnly),
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    if (errors != SslPolicyErrors.None) wrong = Wrong(settings.Host, certificate as X509Certificate2, ServerCertificates.Fault(certificate, chain, errors));
                    return errors == SslPolicyErrors.None;
                },
            }, cancel);
            return secured;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            throw new SmtpUnsafe(wrong ?? (failed is AuthenticationException
                ? new Message("The mail server {server} does not speak TLS on port {port}. Set smtp-tls to required for port 587 and to implicit for port 465.", ("server", settings.Host), ("port", settings.Port.ToString(CultureInfo.InvariantCulture)))
                : new Message("The mail server {server} hung up while the connection was being encrypted. Nothing was sent.", ("server", settings.Host))));
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    static Message Wrong(string host, X509Certificate2? shown, CertificateFault fault) => fault switch
    {
        _ when shown is null => new Message("The mail server {server} shows no certificate, so nothing was sent.", ("server", host)),
        CertificateFault.NotValidNow => new Message("The certificate of the mail server {server} is not valid now: it is for {from} to {until}. Ask whoever looks after the mail server to renew it.", ("server", host), ("from", LocalDate.FromDateTime(shown.NotBefore)), ("until", LocalDate.FromDateTime(shown.NotAfter))),
        CertificateFault.OtherName => new Message("The certificate of the mail server is not for {server} but for {names}. Set smtp-host to the name in the certificate. Nothing was sent.", ("server", host), ("names", ServerCertificates.Names(shown))),
        _ => new Message("The certificate of the mail server {server} is not from an authority that we trust. If it is your own, name its file in smtp-ca. Nothing was sent.", ("server", host)),
    };
}
