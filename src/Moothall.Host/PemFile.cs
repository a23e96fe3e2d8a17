using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moothall.Host;

/// <summary>Reads the certificates that a server's has to be issued by.</summary>
static class PemFile
{
    /// <summary>The certificates in a file; refuses with words that name the setting where there is none.</summary>
    public static X509Certificate2Collection Certificates(string setting, string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandRefused($"{setting} names a file with certificates in PEM form, and “{file}” cannot be read as one: {trouble.Message}");
        }
        return certificates.Count > 0 ? certificates : throw new CommandRefused($"{setting} names a file with certificates in PEM form, and there is none in “{file}”. It begins with -----BEGIN CERTIFICATE-----.");
    }
}
