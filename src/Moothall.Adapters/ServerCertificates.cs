using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Moothall.Adapters;

/// <summary>What is wrong with the certificate that a server shows.</summary>
enum CertificateFault { None, Missing, NotValidNow, NotTrusted, OtherName }

/// <summary>Whether a server is who it says: its certificate held against the authorities of this machine, or against those that were named.</summary>
static class ServerCertificates
{
    /// <summary>How certificates are looked at. Null: the authorities that this machine trusts; else only those given are.</summary>
    public static X509ChainPolicy Policy(X509Certificate2Collection? trustedOnly)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (trustedOnly is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(trustedOnly);
        return policy;
    }

    /// <summary>What is wrong, as a handshake under <see cref="Policy"/> found it.</summary>
    public static CertificateFault Fault(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return CertificateFault.None;
        if (certificate is not X509Certificate2) return CertificateFault.Missing;
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) return CertificateFault.OtherName;
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? CertificateFault.NotValidNow : CertificateFault.NotTrusted;
    }

    /// <summary>The same where the handshake is another's, which knows nothing of <see cref="Policy"/>.</summary>
    public static CertificateFault Fault(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? trustedOnly)
    {
        if (trustedOnly is null || certificate is not X509Certificate2 shown) return Fault(certificate, chain, errors);
        using var own = new X509Chain { ChainPolicy = Policy(trustedOnly) };
        own.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1")); // It is a server's (RFC 5280, 4.2.1.12).
        if (chain is not null)
            foreach (var element in chain.ChainElements) own.ChainPolicy.ExtraStore.Add(element.Certificate);
        errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        if (!own.Build(shown)) errors |= SslPolicyErrors.RemoteCertificateChainErrors;
        return Fault(certificate, own, errors);
    }

    /// <summary>For whom a certificate is, in at most 200 letters.</summary>
    public static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames()).Take(5).ToList();
        var all = names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return all.Length <= 200 ? all : all[..200];
    }
}
