using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodaTime;

namespace Moothall.StandIns;

/// <summary>
/// An authority made up for one test, which no machine trusts, and the certificates that it gives to mail servers. It lives as long as this object.
/// </summary>
public sealed class MailCertificates : IDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    readonly DateTimeOffset now;

    /// <param name="clock">The real one, unless nobody checks: TLS goes by the machine's time.</param>
    public MailCertificates(IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        now = clock.GetCurrentInstant().ToDateTimeOffset();
        var request = new CertificateRequest("CN=Stand-in authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
    }

    /// <summary>What a mailer must trust to take the certificates for good.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>A certificate for a name; days until it ends, before now for one that is over.</summary>
    public X509Certificate2 For(string name, int days = 30)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(Authority, now.AddYears(-1), now.AddDays(days), RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        Authority.Dispose();
        key.Dispose();
    }
}
